"""Documents that never act, in files that are never overwritten by accident."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerman_tui.clips import export, files, tables
from kerman_tui.clips.files import AlreadyThereError, ExportError, save, slug
from kerman_tui.model import Citation, Clip, Comparison, Edit, Passage, Row, Side, Span


def clip(text: str = "A passage", title: str = "T", note: str = "", url: str | None = None) -> Clip:
    cited = Citation("Post", title, "2024-01-04", None, url, "a.txt", 3, "0" * 64)
    return Clip("1", text, Span("a", 0, 0, len(text)), cited, "2024-02-02T00:00:00Z", "P", note, ("x", "y"))


@pytest.mark.parametrize("form", export.FORMATS)
def test_every_format_holds_passage_and_receipt(form: str) -> None:
    document = export.clips([clip(note="call"), clip("Another")], form)
    for part in ("A passage", "Another", "Post", "a.txt", "call"):
        assert part in document
    assert document.endswith("\n")
    export.clips([], form)


def test_json_has_the_fields_of_a_span() -> None:
    (one,) = json.loads(export.clips([clip()], "json"))
    assert one["span"] == {"paragraph": 0, "start": 0, "end": 9, "text": "A passage"}
    assert one["published"] == "2024-01-04" and one["tags"] == ["x", "y"] and one["line"] == 3


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [value or "" for _, value in attrs]


def test_html_is_escaped_and_needs_nothing_from_elsewhere() -> None:
    nasty = '</blockquote><script>alert(1)</script><img src=x onerror="1">'
    page = export.clips([clip(nasty, title=nasty, note=nasty, url="javascript:alert(1)")], "html", title=nasty)
    seen = _Tags()
    seen.feed(page)
    assert not {"script", "img", "link", "iframe", "a"} & set(seen.tags)
    assert "default-src 'none'" in page
    assert 'href="https://e.example/?a=1&amp;b=2"' in export.clips([clip(url="https://e.example/?a=1&b=2")], "html")


@given(st.text(max_size=20))
def test_no_csv_cell_starts_a_formula(text: str) -> None:
    (row,) = list(csv.reader(io.StringIO(tables.table(["c"], [[text]], "csv"), newline="")))[1:] or [[""]]
    cell = row[0] if row else ""
    assert cell.removeprefix("'").replace("\r\n", "\n") == text.removeprefix("'").replace("\r\n", "\n") or cell == text
    assert not cell.startswith(("=", "@", "\t", "\r")) and (not cell.startswith(("+", "-")) or cell[1:].isascii())


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "\n=1"])
def test_formulas_are_text(cell: str) -> None:
    assert tables.formula_safe(cell) == f"'{cell}"


def test_numbers_and_words_stay_as_they_are() -> None:
    assert [tables.formula_safe(cell) for cell in ("-5", "+3.2", "84", "a=b", "")] == ["-5", "+3.2", "84", "a=b", ""]


@pytest.mark.parametrize("form", tables.TABLE_FORMATS)
def test_tables(form: str) -> None:
    document = tables.table(["name", "n"], [["Raisi | x", 3], ["دو", None]], form, "Leaders")
    assert "Raisi" in document and "دو" in document and "3" in document
    with pytest.raises(ExportError, match="there are text"):
        tables.table(["a"], [], "pdf")


def compared() -> Comparison:
    left = Passage(0, 0, 14, "84 were killed")
    right = Passage(1, 0, 14, "95 were killed")
    rows = (
        Row("edited", left, right, 0.9, (Edit("replace", "84", "95", 0, 2, 0, 2),)),
        Row("same", left, left, 1.0),
        Row("left", Passage(2, 0, 5, "Alone"), None, 0.0),
    )
    return Comparison(Side("a", "Post", "T", 10, 5, 0.5), Side("b", "Other", "U", 20, 5, 0.25), rows)


@pytest.mark.parametrize("form", ["text", "markdown", "csv", "json"])
def test_a_comparison_as_a_document(form: str) -> None:
    document = export.comparison(compared(), clip().citation, clip().citation, form)
    assert "Alone" in document and "84" in document and "95" in document
    if form == "text":
        assert "[edited]\n[-84-]{+95+} were killed" in document and "Shared: 50% of A, 25% of B" in document
    if form == "json":
        assert json.loads(document)["rows"][0]["edits"][0]["left"] == "84"


def test_a_home_is_understood_and_nothing_is_overwritten_without_a_word(tmp_path: Path) -> None:
    home = Path(os.environ["HOME"])
    where = save("one", " ~/notes.md ")
    assert where == home / "notes.md" and where.read_text() == "one"
    with pytest.raises(AlreadyThereError, match="is there already and was left as it is"):
        save("two", "~/notes.md")
    assert where.read_text() == "one"
    where.chmod(0o600)
    save("two", str(where), overwrite=True)
    assert where.read_text() == "two" and stat.S_IMODE(where.stat().st_mode) == 0o600
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(AlreadyThereError):
        save("x", str(link))
    assert [file.name for file in home.iterdir()] == ["notes.md"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "no file"),
        ("a\0b", "no file"),
        ("/proc/nothing/x", "No such file|Permission"),
        ("/", "is a folder"),
        ("~nobody-of-that-name/x", "no such home"),
        ("/tmp/" + "x" * 300, "too long"),
    ],
)
def test_what_cannot_be_written_is_said_with_file_and_reason(name: str, why: str) -> None:
    with pytest.raises(ExportError, match=why):
        save("x", name)


def test_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    assert save("a\r\nb\nپ", str(tmp_path / "f")).read_bytes() == "a\r\nb\nپ".encode()


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = save("old", str(tmp_path / "f"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match="No space left"):
        save("new", str(where), overwrite=True)
    assert where.read_text() == "old" and [f.name for f in tmp_path.iterdir()] == ["f"]


@given(st.text(max_size=400))
def test_a_slug_is_one_name_in_its_folder(title: str) -> None:
    name = slug(title)
    assert name and "/" not in name and not name.startswith((".", "-", "~")) and len(name.encode()) <= 200
    assert name.isprintable() and Path(name).name == name


def test_slugs() -> None:
    assert slug("../../etc/passwd\x1b[31m\n") == "etc-passwd-31m"
    assert slug("Iran’s “Kerman” blasts: 84 dead?") == "iran-s-kerman-blasts-84-dead"
    assert slug("انفجار در کرمان") == "انفجار-در-کرمان"
    assert slug("///") == "passages"
    assert len(slug("x" * 300)) == files.SLUG_LENGTH
