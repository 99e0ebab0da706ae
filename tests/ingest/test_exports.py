"""Exports of press databases are divided into their documents, with what each says of itself."""

from __future__ import annotations

from kerman_tui.ingest.draft import Draft
from kerman_tui.ingest.readers import text

_MATTERS = ("Harbour reopens after the storm", "Central bank leaves its rate", "Ferry runs aground near Erdin")


def _export() -> str:
    parts = []
    for number, title in enumerate(_MATTERS, 1):
        parts += [
            f"{number} of {len(_MATTERS)} DOCUMENTS", "Telmora Times",
            f"March {number + 4}, 2024 Tuesday", title, f"BYLINE: Ann Bell {number}",
            f"SECTION: NEWS; Pg. A{number}", "LENGTH: 212 words",
            f"Officials of Telmora told the council about it for {number + 2} hours, and nobody left the hall.",
            f"The council will vote on the {number + 8}th of the month: its members were not of one mind.",
            "LOAD-DATE: March 9, 2024", "LANGUAGE: ENGLISH", "Copyright 2024 Telmora Times", "All Rights Reserved",
        ]  # fmt: skip
    return "\n\n".join(parts)


def test_each_numbered_document_is_an_article_with_its_title_date_outlet_and_byline() -> None:
    source = _export()
    lines = source.split("\n")
    found = list(text.articles(source))
    assert len(found) == 3
    for number, (draft, title) in enumerate(zip(found, _MATTERS, strict=True), 1):
        assert isinstance(draft, Draft)
        assert (draft.title, draft.outlet, draft.byline) == (title, "Telmora Times", f"Ann Bell {number}")
        assert (draft.published, draft.date_evidence) == (f"2024-03-0{number + 4}", "page")
        assert [p.text for p in draft.paragraphs] == [lines[p.line - 1] for p in draft.paragraphs]
        assert len(draft.paragraphs) == 2
        assert lines[draft.title_lines[0] - 1] == title
        assert draft.start_line <= draft.title_lines[0] < draft.end_line


def test_counted_pictures_are_no_export() -> None:
    gallery = "\n\n".join(
        [
            "Storm over Telmora in pictures",
            "1 of 2",
            "Waves at the quay on Friday.",
            "2 of 2",
            "A lost ferry.",
        ]
    )
    assert len(list(text.articles(gallery))) == 1
