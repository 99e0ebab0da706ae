"""A web page of several articles (home, section, archive, blog), divided by how it is built: a tree in, drafts out.

An entry is what stands around a headline that links to a page of its own, as far as no other such headline stands in
it. A page is divided when three of its headlines of one kind have text below them and nearly all text of the page
belongs to them; an article with headings, a live blog, or an article with teasers of others below stays one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from kerman_tui.ingest import dates, furniture, outlets
from kerman_tui.ingest.draft import Draft, clean_title, within_limits
from kerman_tui.ingest.limits import LIMITS
from kerman_tui.ingest.page import date_of_line, same
from kerman_tui.ingest.pagedata import PageData
from kerman_tui.model import Paragraph, ParagraphKind
from kerman_tui.text.safe import make_safe_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LEAST = 3
"""Entries with text from which on a page is one of several articles; two are enough where both are whole articles."""
_LEAST_HEADLINE, _LEAST_TEXT, _WHOLE_ARTICLE = 3, 8, 60
"""Words of a headline, of the text of an entry, and of the text of one that is no teaser."""
_OUTSIDE_SHARE, _HEADED_SHARE, _OUTSIDE_PARAGRAPHS = 0.35, 0.1, 3
"""How much text may stand outside the entries, for that in them; the second where the page has a headline as well."""
_OWN_HOST = 0.8
_LEAD = 4
"""How much longer than the others the lead of a front page may be."""
_RUN = 4
"""Words in a row by which a text is known again, however it was divided into paragraphs."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")
_TITLE_CLASS = re.compile(r"(?:^|[\s_-])(?:title|headline|heading|hdl)(?:$|[\s_-])", re.I)
_DATE_CLASS = re.compile(r"date|time|publish|posted", re.I)
_AUTHOR_CLASS = re.compile(r"author|byline|writer", re.I)
_CHANGED = re.compile(r"(?<!\W)\W*+(?:last |up)?(?:updated?|modified|edited)\b", re.I)
_ASIDE = frozenset(("nav", "footer", "aside", "form", "header", "noscript", "script", "style", "template", "select"))
_ASIDE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:comments?|related|sidebar|widget|footer|navigation|recommended|cookie|newsletter)", re.I
)
_BREAKS = frozenset(
    "p div li ul ol dl dt dd blockquote section article header footer figure figcaption table tr td th h1 h2 h3 h4 h5 "
    "h6 pre hr main aside address time".split()
)
_BREAK = "\N{LINE SEPARATOR}"
_SILENT = frozenset("script style noscript template svg button select form iframe nav textarea object".split())


@dataclass(slots=True)
class _Entry:
    headline: HtmlElement
    kind: tuple[str, str]
    title: str
    url: str
    link: str
    elements: list[HtmlElement]
    blocks: list[tuple[str, ParagraphKind]] = field(default_factory=list)
    words: int = 0


def entries(
    tree: HtmlElement, data: PageData, main_text: Sequence[str], line_of: Callable[[str], int | None]
) -> list[Draft]:
    """The articles of a page of several, in order; an empty list for a page of one article or none.

    ``main_text`` are the paragraphs of the page if it is one article; ``line_of`` says on which line of the source a
    text stands, for texts in the order of the page.
    """
    found = _headlines(tree)
    if len(found) < 2:
        return []
    groups: dict[tuple[str, str], list[_Entry]] = {}
    for headline, kind in found:
        if entry := _entry(headline, kind, data.url):
            groups.setdefault(kind, []).append(entry)
    every = [headline for headline, _ in found]
    full = (_with_text(group, every, _LEAST_TEXT) for group in groups.values() if len(group) > 1)
    best = max(filter(_several, full), key=_weight, default=[])
    if not best:
        return []
    inside, kind = {element for one in best for element in one.elements}, best[0].kind
    more = [one for group in groups.values() for one in group if one.kind == kind or not inside & _around(one.headline)]
    longest = _LEAD * max(one.words for one in best)  # what is far longer is no entry but the matter of the page
    best = _with_text([one for one in more if one.kind == kind or _is_headline(one)], every, 1)
    best = [one for one in best if one.words <= longest]
    if _is_one_article(tree, best, data, main_text):
        return []
    order = {headline: place for place, headline in enumerate(every)}
    best.sort(key=lambda one: order[one.headline])
    return [_draft(one, data, line_of) for one in best[: LIMITS.articles_per_page]]


def _is_headline(entry: _Entry) -> bool:
    return furniture.word_count(entry.title) >= _LEAST_HEADLINE


def _weight(group: Sequence[_Entry]) -> int:
    return sum(one.words for one in group)


def _around(element: HtmlElement) -> set[HtmlElement]:
    return {element, *element.iterancestors()}


def _several(found: Sequence[_Entry]) -> bool:
    whole = sum(one.words >= _WHOLE_ARTICLE for one in found)
    if 2 * sum(map(_is_headline, found)) < len(found):
        return False
    return len(found) >= LEAST or (len(found) == 2 and whole == 2)


# --- headlines and what belongs to them -------------------------------------------------------------------------------


def _headlines(tree: HtmlElement) -> list[tuple[HtmlElement, tuple[str, str]]]:
    """Elements that are headlines with a link, and of which kind each is, in the order of the page."""
    found: list[tuple[HtmlElement, tuple[str, str]]] = []
    inside: set[HtmlElement] = set()
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        marked = element.tag in _HEADINGS or bool(_TITLE_CLASS.search(element.get("class") or ""))
        if not marked or _link(element) is None or inside & _around(element):
            continue
        inner = [e for e in element.iterdescendants(*_HEADINGS) if _link(e) is not None]
        if inner and element.tag not in _HEADINGS:
            continue
        if make_safe_line(str(element.text_content())[:500]):
            inside.add(element)
            found.append((element, (element.tag, (element.get("class") or "").split(" ")[0])))
    return found


def _link(element: HtmlElement) -> str | None:
    """Where a headline leads: by a link in it, around it, or by being one."""
    around = next((one for one in (element, *element.iterancestors("a")) if one.tag == "a"), None)
    inner = element.iterdescendants("a") if around is None else iter((around,))
    target = next((href for one in inner if (href := (one.get("href") or "").strip())), None)
    return target if target and not target.startswith(("#", "javascript:", "mailto:", "tel:")) else None


def _entry(headline: HtmlElement, kind: tuple[str, str], base: str | None) -> _Entry | None:
    link = _link(headline)
    title = clean_title(make_safe_line(str(headline.text_content())))
    if link is None or not title:
        return None
    address = urljoin(base, link) if base else link
    if base and urlsplit(address)._replace(fragment="") == urlsplit(base)._replace(fragment=""):
        return None  # a headline that links to the page on which it stands is that page's own
    return _Entry(headline, kind, title, address, link, [])


def _with_text(group: Sequence[_Entry], every: Sequence[HtmlElement], least: int) -> list[_Entry]:
    """Those entries of a group that have ``least`` words of their own, each page linked to once."""
    marks = {one.headline for one in group}
    counts: dict[HtmlElement, int] = {}
    for headline in marks:
        for element in (headline, *headline.iterancestors()):
            counts[element] = counts.get(element, 0) + 1
    full: dict[str, _Entry] = {}
    others = set(every) - marks
    for one in group:
        one.elements = _own_elements(one.headline, counts)
        one.blocks = list(_blocks(one, others))
        one.words = sum(furniture.word_count(text) for text, kind in one.blocks if kind == "body")
        if one.words >= least and (one.link not in full or full[one.link].words < one.words):
            full[one.link] = one
    return [one for one in group if full.get(one.link) is one]


def _own_elements(headline: HtmlElement, counts: Mapping[HtmlElement, int]) -> list[HtmlElement]:
    """The largest element that holds this headline and no other; in a flat page, what follows up to the next."""
    card = headline
    while (parent := card.getparent()) is not None and counts.get(parent, 0) <= 1:
        card = parent
    own = [card]
    if card is not headline and _has_text(card, headline):
        return own
    follower = card.getnext()
    while follower is not None and not counts.get(follower) and follower.tag not in _HEADINGS[:2]:
        own.append(follower)
        follower = follower.getnext()
    return own


def _has_text(card: HtmlElement, headline: HtmlElement) -> bool:
    whole, title = str(card.text_content()), str(headline.text_content())
    return furniture.word_count(whole[:5000]) - furniture.word_count(title) >= _LEAST_TEXT


def _blocks(entry: _Entry, others: set[HtmlElement]) -> Iterator[tuple[str, ParagraphKind]]:
    """The paragraphs of an entry, without its headline, its byline and date, and what is page."""
    last = ""
    for element in entry.elements:
        for text, kind in _texts(element, entry.headline, others):
            if text == last or same(text, entry.title) or furniture.is_furniture(text) or furniture.byline(text):
                continue
            if date_of_line(text) is not None:
                continue
            if kind == "body" and not furniture.is_prose(text) and not _reads_as_text(text):
                continue
            last = text
            yield text, "caption" if furniture.is_credit(text) else kind


def _reads_as_text(text: str) -> bool:
    return furniture.word_count(text) >= _LEAST_TEXT or (
        furniture.word_count(text) >= 4 and furniture.ends_sentence(text)
    )


def _texts(root: HtmlElement, headline: HtmlElement, others: set[HtmlElement]) -> Iterator[tuple[str, ParagraphKind]]:
    """Blocks of text under an element, divided where a browser would begin a new line."""
    parts: list[str] = []
    kind: ParagraphKind = "body"

    def flush() -> Iterator[tuple[str, ParagraphKind]]:
        blocks = "".join(parts).split(_BREAK * 2)
        parts.clear()
        yield from ((text, kind) for block in blocks if (text := make_safe_line(block.replace(_BREAK, " "))))

    waiting: list[tuple[HtmlElement, bool]] = [(root, False)]
    while waiting:
        element, left = waiting.pop()
        if left:
            if element.tag in _BREAKS:
                yield from flush()
                kind = "body"
            if element is not root and element.tail:
                parts.append(element.tail)
            continue
        silent = not isinstance(element.tag, str) or element.tag in _SILENT or element is headline or element in others
        if silent or (element is not root and _ASIDE_CLASS.search(element.get("class") or "")):
            if element is not root and element.tail:
                parts.append(element.tail)
            continue
        if element.tag == "br":
            while parts and not parts[-1].strip(" \t\r\n"):
                parts.pop()
            parts.append(_BREAK)
        if element.tag in _BREAKS:
            yield from flush()
            kind = "caption" if element.tag == "figcaption" else kind
        if element.text:
            parts.append(element.text)
        waiting.append((element, True))
        waiting.extend((child, False) for child in reversed(element))
    yield from flush()


# --- one article or several -------------------------------------------------------------------------------------------


def _is_one_article(tree: HtmlElement, found: Sequence[_Entry], data: PageData, main_text: Sequence[str]) -> bool:
    """Whether the page is of one article, and the entries are its parts or teasers of others."""
    if data.live:
        return True
    described = data.published and data.evidence == "metadata" and data.articles <= 1
    if described and not any(same(data.title, one.title) for one in found):
        return True
    inside_runs = {run for one in found for run in _runs(" ".join(text for text, _ in one.blocks))}
    elsewhere = 0
    for text in main_text:
        runs = _runs(text)
        if furniture.is_prose(text) and 2 * len(runs & inside_runs) < len(runs):
            elsewhere += furniture.word_count(text)
    share = _HEADED_SHARE if _has_own_headline(tree, found) else _OUTSIDE_SHARE
    if elsewhere > share * _weight(found):
        return True
    host = urlsplit(data.url).hostname if data.url else None
    if host:
        own = sum(_is_of(host, one.url) for one in found)
        if own < _OWN_HOST * len(found):
            return True
    inside = {element for one in found for element in one.elements}
    outside = [text for text in _outside(tree, inside) if furniture.is_prose(text) and not furniture.is_furniture(text)]
    if share == _OUTSIDE_SHARE and len(outside) < _OUTSIDE_PARAGRAPHS and _weight(found) >= _WHOLE_ARTICLE:
        return False
    words = sum(map(furniture.word_count, outside))
    return words > share * _weight(found)


def _has_own_headline(tree: HtmlElement, found: Sequence[_Entry]) -> bool:
    inside = {element for one in found for element in one.elements}
    return any(
        _link(h) is None
        and not inside & _around(h)
        and furniture.word_count(make_safe_line(str(h.text_content())[:500])) > _LEAST_HEADLINE
        for h in tree.iter("h1")
    )


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))}


def _is_of(host: str, address: str) -> bool:
    there = urlsplit(address).hostname
    return there is None or there == host or there.split(".")[-2:] == host.split(".")[-2:]


def _outside(tree: HtmlElement, inside: set[HtmlElement]) -> Iterator[str]:
    """Paragraphs of the page outside the entries, its margins aside."""
    waiting: list[HtmlElement] = [tree]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str) or element in inside or element.tag in _ASIDE:
            continue
        if element.tag not in ("html", "body") and _ASIDE_CLASS.search(element.get("class") or ""):
            continue
        if element.tag in ("p", "blockquote", "li", "td", "dd") or not len(element):
            if not any(child in inside for child in element.iterdescendants()):
                yield make_safe_line(str(element.text_content()))
                continue
        else:
            yield make_safe_line(" ".join((element.text or "", *(child.tail or "" for child in element))))
        waiting.extend(element)


# --- an entry as a draft ----------------------------------------------------------------------------------------------


def _draft(entry: _Entry, data: PageData, line_of: Callable[[str], int | None]) -> Draft:
    first = line_of(entry.title) or _line(entry.headline)
    placed = (Paragraph(text, line_of(text) or first, kind) for text, kind in entry.blocks)
    paragraphs = within_limits(placed)
    reading = _date(entry)
    url = entry.url if entry.url.startswith(("http://", "https://")) else None
    return Draft(
        title=entry.title,
        paragraphs=paragraphs,
        start_line=min(first, *(p.line for p in paragraphs)),
        end_line=max(first, *(p.line for p in paragraphs)),
        title_lines=(first,),
        outlet=(outlets.known_outlet_of_url(data.url) if data.url else None) or data.site,
        published=reading.iso,
        date_evidence="page" if reading.iso else "none",
        loose_date=reading.loose,
        date_order=reading.order,
        byline=_byline(entry),
        language=data.language,
        url=clean_title(url) if url else None,
    )


def _line(element: HtmlElement) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 1


def _date(entry: _Entry) -> dates.Reading:
    for element in entry.elements:
        for one in element.iter("time", "abbr", "span", "div", "p", "small", "li", "a"):
            stated = one.get("datetime") or (one.get("title") if one.tag == "abbr" else None)
            if stated and (reading := dates.read_date(stated)).iso:
                return reading
            if one.tag == "time" or _DATE_CLASS.search(f"{one.get('class') or ''} {one.get('id') or ''}"):
                text = make_safe_line(str(one.text_content())[:200])
                if len(text) <= 80 and not _CHANGED.match(text) and (reading := dates.read_date(text)) != dates.NOTHING:
                    return reading
    for element in entry.elements:
        for text, _ in _texts(element, entry.headline, set()):
            if (found := date_of_line(text)) is not None and not _CHANGED.match(text):
                return found
    return dates.NOTHING


def _byline(entry: _Entry) -> str | None:
    for element in entry.elements:
        for one in element.iter():
            if not isinstance(one.tag, str) or one is entry.headline:
                continue
            marked = one.get("rel") == "author" or _AUTHOR_CLASS.search(one.get("class") or "")
            if marked and 1 < len(text := make_safe_line(str(one.text_content())[:200])) < 80:
                return furniture.byline(text) or (text[3:] if text.lower().startswith("by ") else text)
    for element in entry.elements:
        for text, _ in _texts(element, entry.headline, set()):
            if (who := furniture.byline(text)) is not None:
                return clean_title(who)
    return None
