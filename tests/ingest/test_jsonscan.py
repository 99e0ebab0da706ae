"""Large JSON lists are read an element at a time, whatever stands around and inside the elements."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerman_tui.ingest import jsonscan
from kerman_tui.ingest.jsonscan import CutError, Scanner
from kerman_tui.ingest.pipeline import read
from kerman_tui.ingest.readers import json as json_reader
from kerman_tui.model import Article, Skipped

_VALUES = st.recursive(
    st.text() | st.none() | st.booleans() | st.integers(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(st.dictionaries(st.text(), _VALUES, max_size=4)), st.sampled_from([None, 2]), st.booleans())
def test_the_elements_are_those_that_a_parser_finds(records: list[object], indent: int | None, ascii_: bool) -> None:
    data = json.dumps(records, indent=indent, ensure_ascii=ascii_).encode("utf-8", "surrogatepass")
    for given_ in (len(data), 1):
        scanner = Scanner(io.BytesIO(data[given_:]), data[:given_])
        assert scanner.enter(lambda _: False)
        found = [json.loads(e.decode("utf-8", "surrogatepass")) for e in scanner.elements() if e is not None]
        assert found == records


def test_tokens_may_lie_across_buffers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonscan, "_BUFFER", 3)
    records = [{"a": 'x"]}\\' * n, "b": [{}, []]} for n in range(5)]
    scanner = Scanner(io.BytesIO(json.dumps(records).encode()[1:]), b"[")
    assert scanner.enter(lambda _: False)
    assert [json.loads(e) for e in scanner.elements() if e] == records


def _record(number: int) -> dict[str, object]:
    text = f"The ferry number {number} came to the quay of Telmora. " * 40
    return {"title": f"Ferry {number} [arrives]", "text": text, "publisher": "Harbour Post", "tags": ["a", {"b": "}"}]}


@pytest.mark.parametrize("shape", ["list", "articles", "response", "lines", "indented"])
def test_a_large_list_gives_what_a_small_one_gives(shape: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [_record(number) for number in range(300)]
    whole: dict[str, object] | list[dict[str, object]] = records
    if shape == "articles":
        whole = {"status": "ok", "meta": {"items": 3, "list_of": []}, "articles": records}
    elif shape == "response":
        whole = {"response": {"status": "ok", "results": records}}
    text = json.dumps(whole, indent=1 if shape == "indented" else None)
    if shape == "lines":
        text = "\n".join(map(json.dumps, records))
    path = tmp_path / "big.json"
    path.write_text(text)
    small = list(read([path], cache=False))
    monkeypatch.setattr(json_reader, "_LARGE", 1 << 16)
    monkeypatch.setattr(json_reader, "_CHUNK_FIRST", 1 << 14)
    large = list(read([path], cache=False))
    assert [a.id for a in large if isinstance(a, Article)] == [f"big-{n}" for n in range(1, 301)]
    assert large == small


def test_a_list_that_breaks_off_or_holds_a_bad_element_gives_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_reader, "_LARGE", 1 << 12)
    good = [json.dumps(_record(number)) for number in range(6)]
    good[2] = '{"title": nonsense, "text": "x"}'
    (tmp_path / "cut.json").write_text("[" + ",".join(good) + ',{"title": "Half a')
    found = list(read([tmp_path], cache=False))
    assert len([a for a in found if isinstance(a, Article)]) == 5
    why = [s.why for s in found if isinstance(s, Skipped)]
    assert any("no valid JSON" in w for w in why)
    assert any("has no end" in w for w in why)


def test_what_comes_to_no_end_is_said() -> None:
    scanner = Scanner(io.BytesIO(), b'[{"a": 1}, {"b"')
    assert scanner.enter(lambda _: False)
    elements = scanner.elements()
    assert next(elements) == b'{"a": 1}'
    with pytest.raises(CutError):
        next(elements)
