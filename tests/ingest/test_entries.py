"""Saved pages of several articles are divided, however they are built; pages of one article are not."""

from __future__ import annotations

import random
import re

import pytest

from kerman_tui.ingest.draft import Draft
from kerman_tui.ingest.readers import Page, html
from tests.ingest import html_pages
from tests.ingest.html_pages import Story

_MATTERS = ("harbour", "bridge", "market", "school", "ferry", "library", "tunnel", "festival")


def _story(number: int) -> Story:
    matter = _MATTERS[number % len(_MATTERS)]
    return Story(
        f"Telmora opens its {matter} number {number} after the storm",
        (
            f"The {matter} of Telmora was opened again on Friday, its master said, after {number + 3} weeks of repair.",
            f"Several hundred people came to see the {matter}, some with children and dogs, in spite of the rain.",
            f"The town will pay for the {matter} over {number + 5} years, as its council decided in the spring.",
        ),
        f"/2024/01/{number}-{matter}.html",
    )


def _read(markup: str, url: str | None = None) -> list[Draft]:
    return [d for d in html.read(Page("x.html", markup.encode(), url=url)) if isinstance(d, Draft)]


@pytest.mark.parametrize("built", html_pages.LISTINGS)
@pytest.mark.parametrize("url", [None, "https://harbour.example/news/"])
def test_a_listing_gives_an_article_for_each_of_its_headlines(built: str, url: str | None) -> None:
    stories = [_story(number) for number in range(6)]
    drafts = _read(html_pages.page(html_pages.LISTINGS[built](stories, 3), "News | The Harbour Post"), url)
    assert [d.title for d in drafts] == [s.title for s in stories]
    for draft, story in zip(drafts, stories, strict=True):
        text = [p.text for p in draft.paragraphs]
        assert text == list(story.paragraphs[: len(text)])
        assert draft.published in (story.day, None)
        assert draft.url == (f"https://harbour.example{story.address}" if url else None)


def test_an_entry_keeps_its_date_its_author_and_its_lines() -> None:
    stories = [_story(number) for number in range(4)]
    markup = html_pages.page(html_pages.archive(stories, 2), "News")
    lines = markup.split("\n")
    for draft, story in zip(_read(markup), stories, strict=True):
        assert (draft.published, draft.date_evidence, draft.byline) == ("2024-01-05", "page", "Ann Bell")
        assert story.title in lines[draft.title_lines[0] - 1]
        assert all(p.text in lines[p.line - 1] for p in draft.paragraphs)
        assert draft.start_line <= draft.paragraphs[0].line <= draft.end_line


@pytest.mark.parametrize("seed", range(24))
def test_one_article_with_teasers_of_others_stays_one(seed: int) -> None:
    rng = random.Random(seed)
    story, *others = (_story(number) for number in rng.sample(range(40), rng.randint(4, 9)))
    drafts = _read(html_pages.single(story, others, rng))
    assert len(drafts) == 1
    assert drafts[0].title == story.title


def test_an_article_whose_headings_link_to_other_sites_stays_one() -> None:
    items = "".join(
        f'<h2><a href="https://shop{n}.example/lamp">Lamp number {n} is bright</a></h2><p>{_story(n).paragraphs[0]}</p>'
        for n in range(5)
    )
    markup = html_pages.page(f"<article><h1>Five lamps for a ship</h1>{items}</article>", "Five lamps for a ship")
    assert len(_read(markup, "https://harbour.example/lamps")) == 1


def test_a_live_blog_stays_one_article() -> None:
    updates = re.sub("/2024/01/", "/live/storm?post=", html_pages.archive([_story(n) for n in range(5)], 2))
    head = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "Storm over Telmora"}</script>'
    assert len(_read(html_pages.page(updates, "Storm over Telmora", head=head))) == 1
