"""A large index is searched by two threads, each through its share, and answers as it does by one."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st

from kerman_tui.search import entries, shares
from kerman_tui.search.engine import DOCUMENTS, TantivyIndex
from kerman_tui.search.index import Document, SearchIndex
from kerman_tui.search.opening import build_index, open_index

from .test_parts import COUNT, article

QUERIES = (
    "kerman",
    "ker",
    '"vučić"',
    "qatari",
    "harbour 17",
    "tabris",
    "brigde reopned",
    "kerman OR shiraz",
    "outlet:post",
)


def documents(first: int, last: int) -> Iterator[Document]:
    return (Document(number, article(number)) for number in range(first, last))


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.setattr(entries, "TOGETHER", 16)
    monkeypatch.setattr(shares, "MIN_DOCUMENTS", 10)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    return place


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build_index(documents(0, COUNT), tmp_path / "index", workers=2).close()
    return tmp_path / "index"


def shared(index: SearchIndex) -> bool:
    assert isinstance(index, TantivyIndex)
    return index._state.shares is not None


def answers(index: SearchIndex) -> list[tuple[int, dict[str, float]]]:
    found = []
    for query in QUERIES:
        result = index.search(query, article, limit=COUNT)
        found.append((result.total, {hit.id: hit.score for hit in result.hits}))
    return found


def assert_same_answers(one: SearchIndex, other: SearchIndex) -> None:
    for (total, hits), (expected, others) in zip(answers(one), answers(other), strict=True):
        assert total == expected
        assert hits == pytest.approx(others, abs=0.05)  # of 8 for the cheapest difference of words
    for query in QUERIES:
        scores = [hit.score for hit in one.search(query, article, limit=20).hits]
        assert scores == sorted(scores, reverse=True)


def test_it_answers_as_one_thread_does(folder: Path, monkeypatch: pytest.MonkeyPatch, temporary: Path) -> None:
    index = open_index(folder)
    assert shared(index)
    assert list(temporary.iterdir()) == []
    monkeypatch.setattr(shares, "MIN_DOCUMENTS", COUNT + 1)
    alone = open_index(folder)
    assert not shared(alone)
    assert_same_answers(index, alone)


def test_what_is_added_and_removed_is_seen_by_writer_and_readers(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = open_index(folder), open_index(folder)
    writer.remove(range(0, COUNT, 3))
    writer.add(documents(COUNT, COUNT + 40))
    writer.add(documents(1, 2))
    assert shared(writer)
    kept = [number for number in range(COUNT + 40) if number >= COUNT or number % 3]
    with monkeypatch.context() as patched:
        patched.setattr(shares, "MIN_DOCUMENTS", 1000)
        anew = build_index((Document(number, article(number)) for number in kept), tmp_path / "anew")
    for index in (writer, reader, open_index(folder)):
        assert [(total, set(hits)) for total, hits in answers(index)] == [
            (total, set(hits)) for total, hits in answers(anew)
        ]
    assert shared(reader)


def test_it_goes_on_when_its_files_are_removed(folder: Path) -> None:
    index = open_index(folder)
    before = answers(open_index(folder))
    for path in (folder / DOCUMENTS).iterdir():
        path.unlink()
    (folder / "state.json").rename(folder / "state.old")
    assert answers(index) == before


def refused(*_: object, **__: object) -> None:
    raise OSError("no links here")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("os.cpu_count", lambda: 1),
        ("kerman_tui.search.shares.room", lambda: 1 << 20),
        ("pathlib.Path.symlink_to", refused),
        ("tempfile.TemporaryDirectory", refused),
        ("kerman_tui.search.shares.MIN_DOCUMENTS", COUNT + 1),
    ],
)
def test_one_thread_searches_where_two_cannot(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    expected = answers(open_index(folder))
    monkeypatch.setattr(name, value)
    index = open_index(folder)
    assert not shared(index)
    assert [total for total, _ in answers(index)] == [total for total, _ in expected]


def test_one_segment_is_searched_by_one_thread(tmp_path: Path) -> None:
    assert not shared(build_index(documents(0, COUNT), tmp_path / "index"))


@pytest.mark.parametrize(
    "kept", ["{", '{"segments": []}', '{"segments": [{"max_doc": 1}, {"max_doc": 1}]}', None, "swapped"]
)
def test_a_list_that_is_of_another_state_is_not_gone_by(folder: Path, kept: str | None) -> None:
    index = tantivy.Index.open(str(folder / DOCUMENTS))
    searcher = index.searcher()
    assert shares.open_shares(tantivy, folder / DOCUMENTS, searcher) is not None
    path = folder / DOCUMENTS / shares.LIST
    if kept is None:
        path.unlink()
    elif kept == "swapped":
        listed = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps(listed | {"segments": listed["segments"][::-1]}), "utf-8")
    else:
        path.write_text(kept, "utf-8")
    assert shares.open_shares(tantivy, folder / DOCUMENTS, searcher) is None


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=12))
def test_segments_are_parted_where_it_is_most_even(sizes: list[int]) -> None:
    first, second = shares._halves(sizes)
    assert first + second == tuple(range(len(sizes)))
    uneven = abs(sum(sizes[n] for n in first) - sum(sizes[n] for n in second))
    assert all(uneven <= abs(sum(sizes[:at]) - sum(sizes[at:])) for at in range(len(sizes) + 1))
