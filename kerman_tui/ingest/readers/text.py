"""Scraped text: what a page looked like when its words were copied out, one article or a whole listing of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kerman_tui.ingest import dates, exports, furniture, listing, page
from kerman_tui.ingest.decode import decode
from kerman_tui.ingest.draft import Draft, Problem, clean_title
from kerman_tui.ingest.limits import LIMITS
from kerman_tui.ingest.lines import Line, lines_of
from kerman_tui.ingest.readers import Page
from kerman_tui.model import Paragraph

_FIELD = re.compile(
    r"(?P<name>title|headline|date|published|author|byline|url|link|source|outlet|publisher|language|lang)\s*:\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
_FENCE = "---"
_MARKDOWN = (".md", ".markdown")
_HASHES = re.compile(r"^ {0,3}#{1,6}[ \t]++(.*)$", re.MULTILINE)
_LINKED = re.compile(r"!?\[([^\[\]\n]{0,500})\]\((?:[^()\s]|\([^()\s]*\)){0,2000}(?:\s+\"[^\"\n]*\")?\)")
_STRESSED = re.compile(r"(?<![\w*])(\*\*|__)(?=\S)([^*_\n]{1,500}?)(?<=\S)\1(?![\w*])")


def read(source: Page) -> Iterator[Draft | Problem]:
    """Yield the articles of a text file; a file without words is a Problem."""
    text = decode(source.data, source.charset)
    yield from articles(_without_marks(text) if source.name.lower().endswith(_MARKDOWN) else text)


def _without_marks(text: str) -> str:
    """Markdown as it is read: headings, links and stress without their marks, each line where it was."""
    return _STRESSED.sub(
        r"\2", _LINKED.sub(r"\1", _HASHES.sub(lambda heading: heading[1].rstrip(" \t").rstrip("#").rstrip(" \t"), text))
    )


def articles(text: str) -> Iterator[Draft | Problem]:
    """Yield the articles of one page of text, already decoded."""
    lines: Sequence[Line] = lines_of(text)
    if not any(any(c.isalnum() for c in line.text) for line in lines):
        yield Problem("no text")
        return
    exported = list(exports.articles(lines))
    if exported:
        yield from exported[: LIMITS.articles_per_page]
        return
    header, lines = _header(lines)
    if not lines:
        yield Problem("no text under the header")
        return
    starts = listing.headlines(lines) if not header else []
    if not starts:
        draft = page.article_of(lines)
        if draft is None and len(lines) == 1:
            draft = page.bare_article(lines[0])
        if draft is None:
            yield Problem("no article text found, only page furniture")
        else:
            yield _with_header(draft, header)
        return
    known = frozenset(starts)
    if any(furniture.is_prose(line.text) and not furniture.is_furniture(line.text) for line in lines[: starts[0]]):
        starts.insert(0, 0)  # an article whose headline was not recognised stands above the first that was
    divided = itertools.pairwise([*starts, len(lines)])
    for begin, end in itertools.islice(divided, LIMITS.articles_per_page):
        draft = page.article_of(lines[begin:end], listed=begin in known)
        if draft is not None:
            yield draft
    if len(starts) > LIMITS.articles_per_page:
        yield Problem(f"only the first {LIMITS.articles_per_page} articles of the page are read")


def _header(lines: Sequence[Line]) -> tuple[Mapping[str, str], Sequence[Line]]:
    """Fields that a saving tool wrote above the text ("Title: ..."), with or without a fence; nothing is evaluated."""
    fenced = lines[0].text == _FENCE
    found: dict[str, str] = {}
    at = 1 if fenced else 0
    while at < min(len(lines), 40):
        text = lines[at].text
        if fenced and text == _FENCE:
            return (found, lines[at + 1 :]) if found else ({}, lines[at + 1 :])
        match = _FIELD.fullmatch(text)
        if match:
            found.setdefault(match["name"].lower(), match["value"].strip("\"' "))
        elif not fenced:
            break
        at += 1
    return (found, lines[at:]) if len(found) >= 2 and not fenced else ({}, lines)


def _with_header(draft: Draft, header: Mapping[str, str]) -> Draft:
    if not header:
        return draft

    def first(*names: str) -> str | None:
        return next((clean_title(header[name]) for name in names if header.get(name)), None)

    title = first("title", "headline")
    if title and title != draft.title and not draft.title_lines:
        draft = replace(draft, title=title)
    elif title and title != draft.title:
        own = tuple(p for p in draft.paragraphs if p.line not in draft.title_lines)
        lead = () if page.same(title, draft.title) else (_as_paragraph(draft),)
        draft = replace(draft, title=title, title_lines=(), paragraphs=(*lead, *own) or draft.paragraphs)
    reading = dates.read_date(first("date", "published") or "")
    return replace(
        draft,
        published=reading.iso or draft.published,
        date_evidence="metadata" if reading.iso else draft.date_evidence,
        loose_date=reading.loose or draft.loose_date,
        outlet=first("outlet", "publisher", "source") or draft.outlet,
        byline=first("author", "byline") or draft.byline,
        language=first("language", "lang") or draft.language,
        url=first("url", "link") or draft.url,
    )


def _as_paragraph(draft: Draft) -> Paragraph:
    return Paragraph(draft.title, draft.title_lines[0])
