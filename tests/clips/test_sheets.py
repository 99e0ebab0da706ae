"""A whole table is kept, cited and handed out like a passage, in every format, and never acts."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerman_tui.clips import export, storage
from kerman_tui.clips.basket import Basket
from kerman_tui.clips.citation import STYLES, render
from kerman_tui.clips.sheets import MOST_ROWS, NO_ARTICLE, SheetError, kept_as, new_sheet_clip
from kerman_tui.model import Clip, Sheet, Span

SHEET = Sheet(
    "Figures",
    ("unit", "number", "outlet"),
    (("killed", "84", "Post"), ("killed", "=1+1", "Gazette | Herald")),
    "harbour",
    "soleimani",
    (Span("a", 0, 3, 9), None),
)


def table_clip(sheet: Sheet = SHEET) -> Clip:
    return new_sheet_clip(sheet, "P")


def test_its_citation_says_corpus_query_day_and_which_table_it_is() -> None:
    clip = table_clip()
    day = clip.citation.published
    said = f"corpus harbour, “Figures”, {day}; table of 2 rows, query: soleimani, SHA-256 {clip.citation.sha256[:12]}"
    assert render(clip.citation) == said
    assert "line" not in render(clip.citation)
    assert clip.span == NO_ARTICLE
    whole = Sheet("People", ("name",), (("Raisi",),), "harbour")
    assert "table of 1 row, no query: all its articles" in render(new_sheet_clip(whole).citation)


@pytest.mark.parametrize("style", STYLES)
def test_every_style_of_citation_names_corpus_and_cells(style: str) -> None:
    text = render(table_clip(), style)
    for part in ("harbour", "Figures", "84", "soleimani"):
        assert part in text


@pytest.mark.parametrize("form", export.FORMATS)
def test_every_format_holds_its_cells_and_its_citation(form: str) -> None:
    document = export.clips([table_clip()], form)
    for part in ("Figures", "84", "Gazette", "harbour", "soleimani"):
        assert part in document
    assert document.endswith("\n")


def test_a_table_alone_is_a_csv_of_its_own_columns_and_no_cell_is_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(export.clips([table_clip()], "csv"))))
    assert rows[0] == ["unit", "number", "outlet", "citation"]
    assert rows[2][1] == "'=1+1" and "corpus harbour" in rows[2][3]


def test_among_other_clips_each_of_its_rows_is_a_row() -> None:
    rows = list(csv.DictReader(io.StringIO(export.clips([table_clip(), table_clip()], "csv"))))
    assert [row["text"] for row in rows[:2]] == [
        "unit: killed; number: 84; outlet: Post",
        "unit: killed; number: =1+1; outlet: Gazette | Herald",
    ]
    assert {row["outlet"] for row in rows} == {"corpus harbour"} and {row["line"] for row in rows} == {""}


def test_markdown_and_html_show_a_table_and_json_and_csl_its_cells() -> None:
    clip = table_clip()
    markdown = export.clips([clip], "markdown")
    assert "| killed | 84 | Post |" in markdown and "Gazette \\| Herald" in markdown
    assert "| killed | 84 | Post |" in render(clip, "markdown")
    assert '<td dir="auto">84</td>' in export.clips([clip], "html")
    (one,) = json.loads(export.clips([clip], "json"))
    assert one["table"]["rows"][0] == ["killed", "84", "Post"] and one["line"] is None
    (item,) = json.loads(export.clips([clip], "csl-json"))
    assert item["type"] == "dataset"
    assert export.clips([clip], "bibtex").startswith("@misc{")


def test_it_comes_back_whole_and_is_known_again(tmp_path: Path) -> None:
    with Basket.open(tmp_path / "b.sqlite") as basket:
        kept = basket.add(table_clip())
        basket.set_note(kept.id, "for the desk")
        basket.remove(kept.id)
        basket.undo()
    with Basket.open(tmp_path / "b.sqlite") as basket:
        (clip,) = basket.clips(query="gazette")
        assert clip.sheet == SHEET and clip.note == "for the desk"
        assert kept_as(SHEET, basket.clips()) == clip
        assert kept_as(Sheet("Figures", ("unit",), (("killed",),), "harbour"), basket.clips()) is None


def test_a_table_without_rows_or_with_too_many_is_refused_with_what_to_do_instead() -> None:
    for rows, why in (((), "no table"), ((("x",),) * (MOST_ROWS + 1), "writes it to a file")):
        with pytest.raises(SheetError, match=why):
            new_sheet_clip(Sheet("T", ("c",), rows, "harbour"))


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_text_of_a_table_acts(title: str, cell: str) -> None:
    clip = new_sheet_clip(Sheet(title, ("c",), ((cell,),), "harbour"))
    for form in export.FORMATS:
        document = export.clips([clip], form)
        assert not any((ord(char) < 32 and char not in "\n\r") or char in "\x7f\x9b\u202e" for char in document)
    row = storage.row_of(clip)
    assert storage.clip_of((*row[:2], 1, *row[2:])).sheet == clip.sheet


def test_a_basket_from_before_there_were_tables_keeps_its_passages(tmp_path: Path) -> None:
    path = tmp_path / "b.sqlite"
    database = sqlite3.connect(path)
    database.executescript(storage.MIGRATIONS[0] + "PRAGMA user_version = 1;")
    database.execute(
        "INSERT INTO clips (id, project, position, text, article, start, end, outlet, title, source, line, sha256, "
        "marked_at) VALUES ('1', '', 1, 'kept', 'a', 0, 4, 'Post', 'T', 'a.txt', 3, '', '2024')"
    )
    database.commit()
    database.close()
    assert [storage.clip_of(row).text for row in storage.read_rows(path)] == ["kept"]
    with Basket.open(path) as basket:
        assert "brought up to date" in basket.notice and basket.kept
        basket.add(table_clip())
        assert [clip.sheet is not None for clip in basket.clips()] == [False, True]


@pytest.mark.parametrize(
    "stored", ["{", "[]", '{"title": "x"}', '{"title":"","columns":["a"],"rows":[["1","2"]],"corpus":""}']
)
def test_a_stored_table_that_is_none_costs_no_passage(stored: str) -> None:
    row = storage.row_of(table_clip())
    assert storage.clip_of((*row[:2], 1, *row[2:-1], stored)).sheet is None
