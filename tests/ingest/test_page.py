"""Scraped text of any site: headline, date, byline and body found, the page left behind."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerman_tui.ingest.draft import Draft
from kerman_tui.ingest.readers.text import articles
from kerman_tui.text.safe import make_safe

BODY = (
    "TELMORA — The harbour bridge will open again on Friday, Mayor Ilse Brandt said after a week of repairs.",
    "“We shall drive over it ourselves,” Brandt told reporters on the quay of the harbour.",
    "Engineers replaced two cables that the storm had torn off the bridge in April.",
)
TITLE = "Harbour bridge of Telmora to open again after storm"


def _one(*lines: str) -> Draft:
    found = list(articles("\n".join(lines)))
    assert len(found) == 1
    assert isinstance(found[0], Draft)
    return found[0]


def _body(draft: Draft) -> list[str]:
    return [p.text for p in draft.paragraphs if p.kind == "body"]


def _spaced(*lines: str) -> list[str]:
    return [part for line in lines for part in (line, "")]


def test_a_page_with_everything_around_its_article() -> None:
    draft = _one(
        *(
            "Skip to main content",
            "Home > World > Harbours",
            "Subscribe | Sign in",
            "",
            "We value your privacy",
            "",
            "WORLD",
            "",
        ),
        *(
            TITLE,
            "",
            "By Ann Bell and Rob Roe",
            "May 4, 2021 at 9:14 a.m. EST",
            "",
            "Listen",
            "5 min",
            "Share",
            "Save",
            "",
        ),
        *("The bridge seen from the quay on May 3. (Ann Bell/AP)", ""),
        *_spaced(BODY[0], "Sign up for our daily newsletter", BODY[1], "What comes next", BODY[2]),
        *("Most read", "", "1 Another story", "2 A third story", "© 2021 Harbour Post. All rights reserved."),
    )
    assert draft.title == TITLE
    assert draft.published == "2021-05-04T09:14-05:00"
    assert draft.byline == "Ann Bell and Rob Roe"
    assert _body(draft) == list(BODY)
    assert [p.text for p in draft.paragraphs if p.kind == "heading"] == ["What comes next"]
    assert [p.text for p in draft.paragraphs if p.kind == "caption"] == [
        "The bridge seen from the quay on May 3. (Ann Bell/AP)"
    ]


@pytest.mark.parametrize(
    "furniture",
    [
        "icon clockicon shareicon tagicon menuicon fbicon twicon searchicon fm",
        "folder_openHarbours access_timea year ago",
        "starAdd to favorites",
        "Share on Facebook | Twitter | WhatsApp",
        "This site uses cookies to improve your experience.",
        "Read more: The storm of the century",
        "Already a subscriber? Sign in",
        "Get the Morning Briefing delivered to your inbox",
        "ADVERTISEMENT",
        "3 comments",
        "To comment, click here.",
    ],
)
@pytest.mark.parametrize("place", [1, 2])
def test_what_pages_print_between_paragraphs_is_no_text(furniture: str, place: int) -> None:
    lines = [TITLE, *BODY]
    lines.insert(place, furniture)
    assert _body(_one(*_spaced(*lines))) == list(BODY)


@pytest.mark.parametrize(
    ("above", "below", "published"),
    [
        ("4 May, 2021 00:23", "", "2021-05-04T00:23"),
        ("Published: 4 May 2021", "", "2021-05-04"),
        ("", "May 4, 2021", "2021-05-04"),
        ("", "Posted on 04/05/2021", None),
        ("", "a year ago", None),
        ("Saturday, January 3, 2026", "", None),
        ("Ramadan 2025", "", None),
        ("Last updated: January 3, 2026", "", None),
        ("", "31 February 2021", None),
        ("", "30/11/0001", None),
    ],
)
def test_dates_around_the_headline(above: str, below: str, published: str | None) -> None:
    draft = _one(above, "", TITLE, "", below, "", *_spaced(*BODY))
    assert (draft.title, draft.published) == (TITLE, published)
    assert draft.date_evidence == ("page" if published else "none")
    assert _body(draft) == list(BODY)


@pytest.mark.parametrize(
    ("masthead", "outlet"),
    [
        ("The New York Times", "The New York Times"),
        ("AL JAZEERA", "Al Jazeera"),
        ("Harbour Post", None),
        ("Time", None),
    ],
)
def test_a_masthead_names_the_outlet_when_it_is_a_known_one(masthead: str, outlet: str | None) -> None:
    draft = _one(masthead, "", TITLE, "", *_spaced(*BODY))
    assert (draft.title, draft.outlet) == (TITLE, outlet)


def test_a_date_glued_to_the_headline_is_cut_off_and_not_believed() -> None:
    draft = _one(f" date 2024-10-21 {TITLE}", "", *_spaced(*BODY))
    assert (draft.title, draft.published) == (TITLE, None)


def test_a_headline_printed_twice_is_one_headline_on_two_lines() -> None:
    draft = _one(
        "Spring 2025", "", TITLE, "", "A deck that says what the text below will say", TITLE, "", *_spaced(*BODY)
    )
    assert (draft.title, draft.title_lines) == (TITLE, (3, 6))
    assert _body(draft) == ["A deck that says what the text below will say", *BODY]


def test_a_note_on_the_writer_gives_the_byline_and_ends_the_article() -> None:
    motto = "The Harbour Post is committed to calm seas and prosperous voyages for all its readers."
    draft = _one(
        *_spaced(TITLE, *BODY, "Common Ground", motto, motto, "About the writer"),
        *(
            "Ann Bell is a reporter for the Harbour Post based in Telmora. She covers bridges.",
            "",
            "Post cover",
            "  • Cheap",
        ),
    )
    assert draft.byline == "Ann Bell"
    assert _body(draft) == list(BODY)
    assert draft.end_line == 17


def test_lines_that_an_editor_broke_are_paragraphs_again() -> None:
    draft = _one(
        "Harbour bridge of Telmora to open",
        "again after the storm",
        "",
        "The harbour bridge will open again on Friday, Mayor Ilse Brandt",
        "said after a week of repairs. Engineers had replaced two cables",
        "that the storm of April had torn off.",
        "",
        "“We shall drive over it ourselves,” Brandt told reporters on the",
        "quay of the harbour.",
    )
    assert draft.title == "Harbour bridge of Telmora to open again after the storm"
    assert _body(draft)[1] == "“We shall drive over it ourselves,” Brandt told reporters on the quay of the harbour."
    assert [p.line for p in draft.paragraphs] == [4, 8]
    assert (draft.start_line, draft.end_line) == (1, 9)


def test_a_text_without_a_headline_is_named_by_its_first_words() -> None:
    draft = _one("TELMORA, May 4 (HPA) - The bridge will open on Friday.", "", BODY[1])
    assert draft.title == "TELMORA, May 4 (HPA) - The bridge will open on Friday."
    assert draft.title_lines == ()
    assert len(draft.paragraphs) == 2


@settings(max_examples=150)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["", TITLE, *BODY, "Share", "By Ann Bell", "4 May 2021", "Comments", "Home", "  • x", "Read more"]
            ),
            st.text(max_size=80),
        ),
        max_size=30,
    )
)
def test_whatever_the_lines_every_paragraph_is_text_that_stands_there(lines: list[str]) -> None:
    text = "\n".join(lines)
    flat = " ".join(make_safe(text).split())
    count = len(make_safe(text).split("\n"))
    for found in articles(text):
        if isinstance(found, Draft):
            assert found.title
            assert found.paragraphs
            assert 1 <= found.start_line <= found.end_line <= count
            for paragraph in found.paragraphs:
                assert " ".join(paragraph.text.split()) in flat
                assert found.start_line <= paragraph.line <= found.end_line
                assert make_safe(paragraph.text) == paragraph.text
