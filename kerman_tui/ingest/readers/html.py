"""Saved web pages: HTML in, its article or those of a listing out. Nothing is fetched or run.

The body is found by trafilatura, the date by htmldate where the page does not state it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kerman_tui.ingest import furniture, outlets
from kerman_tui.ingest.decode import decode
from kerman_tui.ingest.draft import Draft, Problem, clean_title, opening_words, within_limits
from kerman_tui.ingest.entries import entries
from kerman_tui.ingest.limits import LIMITS, LimitReachedError
from kerman_tui.ingest.markup import plain_paragraphs
from kerman_tui.ingest.page import same
from kerman_tui.ingest.pagedata import PageData, page_data
from kerman_tui.ingest.pagestate import article_in_scripts
from kerman_tui.ingest.readers import Page
from kerman_tui.ingest.readers import text as text_reader
from kerman_tui.ingest.savers import savers_note
from kerman_tui.ingest.viewsource import shown_page
from kerman_tui.model import Paragraph, ParagraphKind
from kerman_tui.text.safe import make_safe_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset\s*=\s*["']?|<\?xml[^>]{0,60}encoding\s*=\s*["'])([\w:.-]{2,40})""", re.I
)
_TAG = re.compile(r"<[a-zA-Z]")
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
_HUGE_VALUE = re.compile(
    r"""((?:src|srcset|href|data-[\w-]{1,40}|style|content|value)\s*=\s*)(["'])[^"']{20000,}\2""", re.I
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_LEAST_TEXT = 120
_ANCHOR = re.compile(r"[A-Za-z0-9 ,]{10,60}")
_BLOCKS: dict[str, ParagraphKind] = {
    "p": "body",
    "item": "body",
    "quote": "body",
    "code": "body",
    "head": "heading",
    "cell": "body",
}


def read(source: Page) -> Iterator[Draft | Problem]:
    """Yield the article of a saved page, or why there is none."""
    match = _CHARSET.search(source.data[:4096])
    charset = source.charset or (match[1].decode("ascii", "replace") if match else None)
    yield from articles(decode(source.data, charset), source.url, source.seen)


def articles(markup: str, url: str | None = None, seen: str | None = None) -> Iterator[Draft | Problem]:
    """Yield the article of a page that is decoded already, or the articles of a listing.

    ``url`` is where it was found and ``seen`` (ISO) when, if known; else what the saving program noted is taken.
    """
    shown = shown_page(markup)
    if shown is not None:
        markup, url = shown[0], shown[1] or url
    tags = sum(1 for _ in _TAG.finditer(markup))
    if tags < 3 and "</" not in markup:
        yield from text_reader.articles(markup)
        return
    if tags > LIMITS.elements:
        raise LimitReachedError(f"more than {LIMITS.elements:,} elements, the limit of one page")
    markup = _HUGE_VALUE.sub(r"\1\2\2", _XML_HEAD.sub("", markup))
    tree = _tree(markup)
    if tree is None:
        yield Problem("no HTML that can be read")
        return
    noted = savers_note(markup)
    data = page_data(tree, url or noted.url, seen or noted.moment)
    extracted = _extracted(tree, data.url) if _depth(tree) <= LIMITS.depth else None
    if extracted is not None:
        several = entries(tree, data, [text for text, _ in extracted], _Lines(markup).of)
        if several:
            yield from several
            return
    title, paragraphs = _content(extracted or [], tree, markup, data)
    if not any(any(c.isalnum() for c in text) for text, _ in paragraphs):
        kept = article_in_scripts(tree)
        yield _in_page(kept, data) if kept is not None else Problem("no article text found")
        return
    yield _draft(title, paragraphs, markup, data)


def _tree(markup: str) -> HtmlElement | None:
    from lxml import etree, html

    try:
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False, no_network=True)
        tree = html.document_fromstring(markup, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if tree is not None and len(tree) else None


def _content(
    found: list[tuple[str, ParagraphKind]], tree: HtmlElement, markup: str, data: PageData
) -> tuple[str, list[tuple[str, ParagraphKind]]]:
    """Title and paragraphs. What the extractor cannot cope with is read plainly, as all the text that shows."""
    captions = {_flat(c) for c in tree.iter("figcaption")}
    told = [make_safe_line(part) for part in re.split(r"\n+", data.body)] if data.body else []
    if sum(len(p) for p in told) > 2 * sum(len(text) for text, _ in found) + _LEAST_TEXT:
        # some pages keep their text in a script's JSON alone
        found = [(part, "body") for part in told if part]
    if not found:
        found = [(make_safe_line(block), "body") for block in plain_paragraphs(markup).split("\n\n")]
        found = [block for block in found if furniture.is_prose(block[0])]
    title = clean_title(data.title)
    return title, _without_page(found, title, captions)


def _extracted(tree: HtmlElement, url: str | None) -> list[tuple[str, ParagraphKind]]:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    pruned = _without_hidden(tree)
    found = trafilatura.bare_extraction(
        pruned, url=url, include_comments=False, include_tables=False, with_metadata=False, as_dict=False
    )
    if found is None or isinstance(found, dict) or found.body is None:
        return []
    return list(_blocks(found.body))


def _without_hidden(tree: HtmlElement) -> HtmlElement:
    """A copy of the tree without what a browser would not show; the tree itself when that is nearly all of it."""
    from copy import deepcopy

    copy = deepcopy(tree)
    whole = len(copy.text_content())
    for element in list(copy.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body"):
            continue
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") or element.tag == "template":
            parent = element.getparent()
            if parent is not None:
                element.drop_tree()
    return copy if len(copy.text_content()) > 0.3 * whole else tree


def _depth(tree: HtmlElement) -> int:
    deepest, level = 0, [(tree, 1)]
    while level:
        element, depth = level.pop()
        deepest = max(deepest, depth)
        level.extend((child, depth + 1) for child in element)
    return deepest


def _blocks(body: HtmlElement) -> Iterator[tuple[str, ParagraphKind]]:
    """The paragraphs of an extractor's tree, in order; a block that only wraps others gives way to them."""
    for element in body.iter():
        kind = _BLOCKS.get(element.tag if isinstance(element.tag, str) else "")
        if kind is None or any(parent.tag in _BLOCKS for parent in element.iterancestors() if parent is not body):
            continue
        inner = [e for e in element.iterdescendants() if e.tag in ("p", "item")]
        if not inner:
            yield from ((text, kind) for text in _lines(element))
            continue
        if own := make_safe_line(element.text or ""):
            yield own, kind
        for one in inner:
            yield from ((text, kind) for text in _lines(one))
            if tail := make_safe_line(one.tail or ""):
                yield tail, kind


def _lines(element: HtmlElement) -> Iterator[str]:
    parts: list[str] = []
    for event in element.iter():
        if event.tag == "lb":
            parts.append("\n\n" if event.tail and len(event.tail.strip()) > 1 else " ")
        elif (event.text and event is not element) or (event is element and event.text):
            parts.append(event.text)
        if event is not element and event.tail:
            parts.append(event.tail)
    for block in "".join(parts).split("\n\n"):
        if text := make_safe_line(block):
            yield text


def _flat(element: HtmlElement) -> str:
    return make_safe_line(str(element.text_content()))


def _without_page(
    blocks: Sequence[tuple[str, ParagraphKind]], title: str, captions: set[str]
) -> list[tuple[str, ParagraphKind]]:
    kept: list[tuple[str, ParagraphKind]] = []
    for index, (text, kind) in enumerate(blocks):
        if not text or (index < 4 and same(text, title)) or (kept and kept[-1][0] == text):
            continue
        if furniture.is_furniture(text):
            continue
        if text in captions or furniture.is_credit(text):
            kind = "caption"
        kept.append((text, kind))
    while len(kept) > 1 and kept[-1][1] == "heading":
        kept.pop()
    return kept


def _draft(title: str, blocks: Sequence[tuple[str, ParagraphKind]], markup: str, data: PageData) -> Draft:
    lines = _Lines(markup)
    title_line = lines.of(title) if title else None
    paragraphs = within_limits(Paragraph(text, lines.of(text) or lines.last, kind) for text, kind in blocks)
    first = title_line or paragraphs[0].line
    return Draft(
        title=title or opening_words(paragraphs),
        paragraphs=paragraphs,
        start_line=min(first, paragraphs[0].line),
        end_line=max(p.line for p in paragraphs),
        title_lines=(title_line,) if title_line else (),
        outlet=(outlets.known_outlet_of_url(data.url) if data.url else None) or data.site,
        published=data.published,
        date_evidence=data.evidence,
        loose_date=data.loose,
        byline=data.byline,
        language=data.language,
        url=data.url,
    )


def _in_page(draft: Draft, data: PageData) -> Draft:
    """An article from a script, with what the page says about it."""
    return replace(
        draft,
        title=clean_title(data.title) or draft.title,
        outlet=(outlets.known_outlet_of_url(data.url) if data.url else None) or data.site or draft.outlet,
        published=data.published or draft.published,
        date_evidence=data.evidence if data.published else draft.date_evidence,
        loose_date=data.loose if data.loose else draft.loose_date,
        byline=data.byline or draft.byline,
        language=data.language or draft.language,
        url=data.url or draft.url,
        id=None,
    )


class _Lines:
    """Where in the source a text stands: searched onwards from the text before, by its first plain words."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        start = re.search(r"<body\b", markup, re.I)
        self._at = start.start() if start else 0
        self.last = markup.count("\n", 0, self._at) + 1

    def of(self, text: str) -> int | None:
        anchor = _ANCHOR.search(text)
        if anchor is None:
            return None
        found = self._markup.find(anchor.group().strip(), self._at)
        if found < 0:
            return None
        self.last += self._markup.count("\n", self._at, found)
        self._at = found
        return self.last
