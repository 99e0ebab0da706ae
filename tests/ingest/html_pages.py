"""Saved web pages built from articles in the ways that sites build them: listings, and single articles with teasers."""

# ruff: noqa: E501 - templates are read more easily a line an element

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple


class Story(NamedTuple):
    """What stands on a page about one article."""

    title: str
    paragraphs: Sequence[str]
    address: str
    day: str = "2024-01-05"
    byline: str = "Ann Bell"


def page(main: str, title: str, *, head: str = "", tail: str = "") -> str:
    """A page with what sites put around the matter of it."""
    menu = "".join(
        f'<li><a href="/{name.lower()}">{name}</a></li>' for name in ("World", "Politics", "Sport", "Culture")
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head>\n<body>'
        f'<header><div class="logo"><a href="/">The Harbour Post</a></div><nav><ul>{menu}</ul></nav></header>\n'
        f"{main}\n{tail}"
        "<footer><p>About us | Contact | Privacy policy</p><p>© 2024 The Harbour Post. All rights reserved.</p></footer>"
        "</body></html>"
    )


def _paragraphs(story: Story, most: int) -> str:
    return "\n".join(f"<p>{escape(text)}</p>" for text in story.paragraphs[:most])


def archive(stories: Sequence[Story], most: int) -> str:
    """The loop of a blogging system: one <article> a post."""
    return (
        '<main id="main" class="site-main"><h1 class="page-title">Category: News</h1>'
        + "\n".join(
            f'<article id="post-{number}" class="post-{number} post type-post hentry category-news">\n'
            f'<header class="entry-header"><h2 class="entry-title"><a href="{s.address}" rel="bookmark">{escape(s.title)}</a></h2>\n'
            f'<div class="entry-meta"><span class="posted-on">Posted on <time class="entry-date published" datetime="{s.day}">'
            f'{s.day}</time></span> <span class="byline">by <a rel="author" href="/author/a">{s.byline}</a></span></div></header>\n'
            f'<div class="entry-content">{_paragraphs(s, most)}\n<p><a class="more-link" href="{s.address}">Continue reading</a></p>'
            "</div></article>"
            for number, s in enumerate(stories, 100)
        )
        + '<nav class="pagination"><a href="/page/2">Older posts</a></nav></main>'
    )


def cards(stories: Sequence[Story], most: int) -> str:
    """A grid of cards, every second column in another row."""
    return (
        '<div class="container"><div class="row">'
        + '</div><div class="row">'.join(
            f'<div class="col-md-4"><div class="card"><img src="a.jpg" alt="picture"><div class="card-body">'
            f'<h5 class="card-title"><a href="{s.address}">{escape(s.title)}</a></h5><span class="date">{s.day}</span>'
            f'<p class="card-text">{escape(s.paragraphs[0])}</p></div></div></div>'
            for s in stories
        )
        + "</div></div>"
    )


def linked_items(stories: Sequence[Story], most: int) -> str:
    """A list whose items are links as a whole."""
    return (
        '<section><h2>Latest news</h2><ul class="list">'
        + "\n".join(
            f'<li><a href="{s.address}"><h3>{escape(s.title)}</h3><p>{escape(s.paragraphs[0])}</p>'
            f'<time datetime="{s.day}">2 hours ago</time></a></li>'
            for s in stories
        )
        + "</ul></section>"
    )


def flat(stories: Sequence[Story], most: int) -> str:
    """Headlines and paragraphs one after another, with nothing around an entry."""
    return (
        '<div id="content">'
        + "<hr>\n".join(
            f'<h2><a href="{s.address}">{escape(s.title)}</a></h2>\n<p class="meta">By {s.byline} | {s.day}</p>\n'
            f"{_paragraphs(s, most)}"
            for s in stories
        )
        + "</div>"
    )


def table(stories: Sequence[Story], most: int) -> str:
    """As pages were built when tables made the columns."""
    return (
        "<table>"
        + "\n".join(
            f'<tr><td><img src="x.gif"></td><td><a class="headline" href="{s.address}">{escape(s.title)}</a><br>'
            f"{'<br><br>'.join(escape(text) for text in s.paragraphs[:most])}</td></tr>"
            for s in stories
        )
        + "</table>"
    )


def titled_boxes(stories: Sequence[Story], most: int) -> str:
    """No heading elements at all: boxes with a class for the title."""
    return (
        '<div class="news-list">'
        + "\n".join(
            f'<div class="item"><div class="item-title"><a href="{s.address}">{escape(s.title)}</a></div>'
            f'<div class="item-date">{s.day}</div><div class="item-text">{escape(s.paragraphs[0])}</div></div>'
            for s in stories
        )
        + "</div>"
    )


def front(stories: Sequence[Story], most: int) -> str:
    """A front page: the lead under a larger heading, the others in sections, a list of headlines beside."""
    lead, *others = stories
    beside = "".join(f'<li><a href="/most/{n}">What readers liked most this week, part {n}</a></li>' for n in range(5))
    return (
        f'<div class="lead"><h2><a href="{lead.address}">{escape(lead.title)}</a></h2><p>{escape(lead.paragraphs[0])}</p></div>'
        '<section class="more">'
        + "".join(
            f'<div class="story"><h3><a href="{s.address}">{escape(s.title)}</a></h3><p>{escape(s.paragraphs[0])}</p></div>'
            for s in others
        )
        + f"</section><aside><h4>Most read</h4><ol>{beside}</ol></aside>"
    )


def old_blog(stories: Sequence[Story], most: int) -> str:
    """Whole posts, their paragraphs divided by line breaks."""
    return (
        '<div class="blog-posts hfeed">'
        + "\n".join(
            f'<div class="post hentry"><h3 class="post-title entry-title"><a href="{s.address}">{escape(s.title)}</a></h3>'
            f'<div class="post-body entry-content">{"<br /><br />".join(escape(text) for text in s.paragraphs[:most])}</div>'
            f'<div class="post-footer">Posted by {s.byline} at <abbr class="published" title="{s.day}">noon</abbr></div></div>'
            for s in stories
        )
        + "</div>"
    )


LISTINGS: dict[str, Callable[[Sequence[Story], int], str]] = {
    one.__name__: one for one in (archive, cards, linked_items, flat, table, titled_boxes, front, old_blog)
}


def single(story: Story, others: Sequence[Story], rng: random.Random) -> str:
    """One article with headings, links in it, and teasers of others below or beside."""
    body = [f"<p>{escape(text)}</p>" for text in story.paragraphs]
    if len(body) > 4 and rng.random() < 0.5:
        body.insert(3, "<h2>What is known so far</h2>")
    if rng.random() < 0.5:
        body.insert(1, f'<p>Also read: <a href="{others[0].address}">{escape(others[0].title)}</a></p>')
    teasers = rng.choice((archive, cards, linked_items, titled_boxes, flat))(others, 1)
    heading = rng.choice(("Related articles", "More from World", "You may also like", ""))
    box = rng.choice(('<aside class="related">', '<div class="more-stories">', "<section>"))
    end = {"<a": "</aside>", "<d": "</div>", "<s": "</section>"}[box[:2]]
    return page(
        f'<article><h1>{escape(story.title)}</h1><p class="byline">By {story.byline}</p><time datetime="{story.day}">'
        f"{story.day}</time>{''.join(body)}</article>{box}<h3>{heading}</h3>{teasers}{end}",
        f"{story.title} - The Harbour Post",
    )
