"""Listing pages are divided at their headlines, and articles with headings stay one article."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kerman_tui.ingest.draft import Draft
from kerman_tui.ingest.readers.text import articles
from tests.ingest import news_pages

STORIES = (
    (
        "Harbour bridge of Telmora closed after storm",
        "Harbour Bridge At Night",
        (
            "The storm tore two cables off the bridge, Mayor Ilse Brandt said, and lorries took the old road.",
            "Brandt told reporters that engineers would need a week before the harbour could be crossed again.",
            "Two fishing boats were lost in the storm, according to the coast guard of Telmora.",
        ),
    ),
    (
        "Parliament votes to cut fuel tax by a third",
        "Finance Minister Oskar Lund",
        (
            "Lund had promised the cut in spring, when fuel first rose above two crowns.",
            "The opposition called the vote a gift to hauliers and asked where the missing tax would come from.",
            "Parliament will debate the budget next, and Lund expects the tax to fill the gap within two years.",
        ),
    ),
    (
        "Scientists find a second spring under Mount Karel",
        "Mount Karel",
        (
            "The spring lies eighty metres below the summit, Professor Nadia Oray wrote in a journal.",
            "Oray said the water was warm enough for bathing, and older than any other found on the mountain.",
            "The scientists will return in autumn to follow the spring to its source.",
        ),
    ),
)


def _page(*, captions: bool = True) -> tuple[str, list[int]]:
    lines = ["Monday, May 4, 2020", "Home Blog Page 31", ""]
    headlines = []
    for title, caption, paragraphs in STORIES:
        headlines.append(len(lines) + 1)
        lines += [title, ""]
        if captions:
            lines += [caption, ""]
        for paragraph in paragraphs:
            lines += [paragraph, ""]
    return "\n".join(lines), headlines


@pytest.mark.parametrize("captions", [True, False])
def test_a_listing_page_gives_an_article_for_every_headline(captions: bool) -> None:
    text, headlines = _page(captions=captions)
    found = [draft for draft in articles(text) if isinstance(draft, Draft)]
    assert [draft.title for draft in found] == [title for title, _, _ in STORIES]
    assert [draft.start_line for draft in found] == headlines
    for draft, (_, caption, paragraphs) in zip(found, STORIES, strict=True):
        assert [p.text for p in draft.paragraphs if p.kind == "body"] == list(paragraphs)
        assert [p.text for p in draft.paragraphs if p.kind == "caption"] == ([caption] if captions else [])
        assert draft.published is None, "the day in the banner is not the day of any article"


def test_headings_inside_one_article_do_not_divide_it() -> None:
    title, _, opening = STORIES[0]
    text = "\n\n".join(
        [
            title,
            *opening,
            "What the storm did to the bridge",
            "Engineers found that the storm had bent the second tower of the bridge and its cables.",
            "Why nobody warned the harbour",
            "The coast guard of Telmora had warned the harbour at noon, but the mayor's office was closed that Monday.",
            "What happens next",
            "Brandt wants the bridge open again before the fishing season, and the harbour dredged before winter.",
        ]
    )
    found = [draft for draft in articles(text) if isinstance(draft, Draft)]
    assert [draft.title for draft in found] == [title]
    assert [p.text for p in found[0].paragraphs if p.kind == "heading"] == [
        "What the storm did to the bridge",
        "Why nobody warned the harbour",
        "What happens next",
    ]


@pytest.mark.data
def test_boundaries_of_listing_pages_made_from_news(data_folder: Path, record_property: object) -> None:
    pool, rng = news_pages.items(data_folder, half=1, most=12_000), random.Random(2024)
    right = wrong = missed = 0
    for _ in range(150):
        one = news_pages.listing(rng, pool)
        got = {draft.title_lines[0] for draft in articles(one.text) if isinstance(draft, Draft) and draft.title_lines}
        right, wrong, missed = (
            right + len(got & one.headlines),
            wrong + len(got - one.headlines),
            missed + len(one.headlines - got),
        )
    f1 = 2 * right / (2 * right + wrong + missed)
    print(f"listing pages: boundary F1 {f1:.4f} ({right} right, {wrong} wrong, {missed} missed)")  # noqa: T201
    assert f1 >= 0.95


@pytest.mark.data
def test_single_articles_are_not_divided(data_folder: Path) -> None:
    pool = random.Random(7).sample(news_pages.items(data_folder, half=1, most=12_000), 2500)
    divided = sum(
        sum(isinstance(draft, Draft) for draft in articles(news_pages.single(item).text)) > 1 for item in pool
    )
    print(f"single articles divided by mistake: {divided} of {len(pool)}")  # noqa: T201
    assert divided / len(pool) < 0.01
