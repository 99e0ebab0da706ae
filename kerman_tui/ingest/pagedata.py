"""What a web page says about its article outside the text: headline, date, site, address, author, language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from kerman_tui.ingest import dates
from kerman_tui.ingest.draft import clean_title
from kerman_tui.ingest.limits import LIMITS
from kerman_tui.ingest.markup import has_markup, plain_paragraphs
from kerman_tui.model import DateEvidence
from kerman_tui.text.fold import fold
from kerman_tui.text.safe import make_safe_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE_TYPES = re.compile(r"(Article|Posting|Report|Review|Webpage)$", re.I)
_DATE_METAS = tuple(
    "article:published_time og:article:published_time og:published_time datepublished date.published pubdate "
    "publish-date publish_date publication_date publicationdate article.published sailthru.date parsely-pub-date "
    "dc.date.issued dcterms.issued dc.date.created dcterms.created dc.date dcterms.date "
    "cxenseparse:recs:publishtime originalpublicationdate article_date_original citation_publication_date "
    "published_time published-date article.created ".split()
)
_SUFFIX = re.compile(r"(?<!\s)\s++(?:[-–—|»·•:]|l)\s+")
_DATE_CLASS = re.compile(r"date|time|publish|posted|created|submitted", re.I)
_CHANGED = re.compile(r"(?<!\W)\W*+(?:last |up)?(?:updated?|modified|edited)\b", re.I)
_MOST_SCRIPTS = 40
_CONFIRMED = 0.3
"""Share of words from which on what is printed large on a page counts as the headline that its metadata name."""


@dataclass(frozen=True, slots=True)
class PageData:
    """``body`` is the text that a page keeps in its metadata, if it does; ``site`` what it calls itself.

    ``loose`` is a date of which the order of day and month is open. ``articles`` counts the articles that the metadata
    describe; ``live``: they call the page a live blog.
    """

    title: str = ""
    published: str | None = None
    evidence: DateEvidence = "none"
    site: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None
    body: str = ""
    loose: str | None = None
    articles: int = 0
    live: bool = False


def page_data(tree: HtmlElement, url: str | None = None, seen: str | None = None) -> PageData:
    """Gather what the page says. ``url`` is where it was found, if that is known; it is believed before the page.

    ``seen`` is when it was saved (ISO), if that is known: no date of the article, but "2 hours ago" is counted from it.
    """
    metas = _metas(tree)
    objects = [o for o in _linked_data(tree) if _is_article(o)]
    address = url or _address(tree, metas)
    site = _first_text(metas.get("og:site_name"), *(_named(o.get("publisher")) for o in objects))
    published, evidence, loose = _published(tree, metas, objects, address)
    if published is None and seen and (counted := _counted(tree, seen)):
        published, evidence, loose = counted, "inferred", None
    return PageData(
        title=_title(tree, metas, objects, site or "", address.split("/")[2] if address else ""),
        published=published,
        evidence=evidence,
        loose=loose,
        site=clean_title(site) if site else None,
        url=address,
        byline=_byline(metas, objects),
        language=_language(tree, metas),
        body=max((_long_text(o.get("articleBody")) for o in objects), key=len, default=""),
        articles=len({make_safe_line(_string(o.get("headline"))) for o in objects}),
        live=any("LiveBlogPosting" in str(o.get("@type")) for o in objects),
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = (meta.get("content") or "").strip()
        if name and content and len(found) < 500:
            found.setdefault(name, content)
    return found


def _linked_data(tree: HtmlElement) -> Iterator[Mapping[str, object]]:
    """The objects of JSON-LD (schema.org), however nested; scripts that are no JSON are passed over."""
    count = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        count += 1
        if count > _MOST_SCRIPTS or len(script.text) > LIMITS.record_bytes:
            return
        text = script.text.strip().removeprefix("<!--").removesuffix("-->").strip().removesuffix(";")
        try:
            waiting: list[object] = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        seen = 0
        while waiting and seen < 5000:
            seen += 1
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting[:0] = value
            elif isinstance(value, Mapping):
                yield value
                waiting.extend(v for k, v in value.items() if isinstance(v, list | Mapping) and k != "comment")


def _is_article(thing: Mapping[str, object]) -> bool:
    kinds = thing.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    if not any(isinstance(name, str) and _ARTICLE_TYPES.search(name) for name in names):
        return False
    return any(key in thing for key in ("headline", "datePublished", "articleBody", "author"))


def _named(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = value.get("name")
    return unescape(value) if isinstance(value, str) else ""


def _first_text(*values: str | None) -> str | None:
    return next((text for value in values if value and (text := make_safe_line(value))), None)


def _long_text(value: object) -> str:
    if not isinstance(value, str):
        return ""
    text = unescape(value)
    return plain_paragraphs(text) if has_markup(text) else text


# --- title ------------------------------------------------------------------------------------------------------------


def _title(
    tree: HtmlElement, metas: Mapping[str, str], objects: Iterable[Mapping[str, object]], site: str, host: str
) -> str:
    """The headline as the page prints it (h1), if the page's metadata confirm that it is the headline; else theirs."""
    window = next((make_safe_line(str(t.text_content())) for t in tree.iter("title")), "")
    printed = [text for h in tree.iter("h1") if (text := make_safe_line(str(h.text_content())))]
    social = _first_text(metas.get("og:title"), metas.get("twitter:title"), metas.get("dc.title")) or ""
    linked = _first_text(*(_string(o.get("headline")) for o in objects)) or ""
    told = [text for text in (social, linked, window) if text]
    best = max(printed, key=lambda text: _agreement(text, told), default="")
    if _agreement(best, told) >= _CONFIRMED:
        # "Politics | The headline" prints the section too
        return next((other for other in told if len(other) > 15 and best.endswith(f" {other}")), best)
    bare = _without_site(social or linked or window, window, site, host)
    as_window = _without_site(window, social, site, host)
    if bare.casefold() == as_window.casefold() and _capitals(as_window) < _capitals(bare):
        return as_window
    return bare or (printed[0] if printed else "")


def _string(value: object) -> str:
    return unescape(value) if isinstance(value, str) else ""


def _agreement(text: str, told: Iterable[str]) -> float:
    """The largest share, 0 to 1, of words that a text has in common with one of the titles that the page tells."""
    words = _words(text)
    return max((len(words & other) / len(words | other) for t in told if (other := _words(t))), default=0.0)


def _words(text: str) -> set[str]:
    return {key for word in re.findall(r"[^\W_]+", text) if len(key := fold(word)) > 2}


def _without_site(title: str, other: str, site: str, host: str) -> str:
    """A title without the name of the site after it: what the site calls itself, or what only one of two titles has."""
    cuts = [match.start() for match in _SUFFIX.finditer(title)]
    for cut in cuts:
        head, tail = title[:cut], _SUFFIX.split(title[cut:], maxsplit=1)[-1]
        if len(_words(head)) < 2:
            continue
        if other and head == other:
            return head
        tail_words = _words(tail)
        if site and tail_words and tail_words <= _words(site) | {"news", "com", "online"}:
            return head
        squeezed = re.sub(r"[\W_]+", "", tail.casefold())
        if (site and site.casefold() in tail.casefold()) or (
            len(squeezed) > 3 and squeezed in re.sub(r"[\W_]+", "", host)
        ):
            return head
    if cuts and not site and len(title) - cuts[-1] < 40 and len(_words(title[: cuts[-1]])) >= 4:
        return title[: cuts[-1]]
    return title


def _capitals(text: str) -> int:
    return sum(c.isupper() for c in text)


# --- date -------------------------------------------------------------------------------------------------------------


def _published(
    tree: HtmlElement, metas: Mapping[str, str], objects: Iterable[Mapping[str, object]], url: str | None
) -> tuple[str | None, DateEvidence, str | None]:
    """Metadata that can only mean publication; else what htmldate finds without guessing; else the address."""
    stated: list[str] = []
    for thing in objects:
        stated += [iso for key in ("datePublished", "dateCreated") if (iso := _iso(thing.get(key)))]
    stated += [iso for name in _DATE_METAS if (iso := _iso(metas.get(name)))]
    named = dates.date_of_url(url) if url else None
    if named and (agreeing := next((iso for iso in stated if iso[:10] == named), None)):
        return agreeing, "metadata", None
    if stated:
        # an address keeps the day of the newsroom; metadata may give it in UTC, or that of a later version
        return (named, "url", None) if named and named < stated[0][:10] else (stated[0], "metadata", None)
    for element in tree.iter("time", "span", "abbr", "div", "p"):
        prop = f"{element.get('itemprop') or ''} {element.get('pubdate') or ''} {element.get('class') or ''}".lower()
        value = element.get("datetime") or element.get("content") or element.get("title")
        if (
            value
            and re.search(r"datepublished|pubdate|dt-published|entry-date|published", prop)
            and (iso := _iso(value))
        ):
            return iso, "page", None
    if named:
        return named, "url", None
    printed = _dateline(tree)
    if printed.iso is None and printed.loose is None:
        printed = _searched(tree)
    return printed.iso, "page" if printed.iso else "none", printed.loose


def _counted(tree: HtmlElement, seen: str) -> str | None:
    """The day that an element which is called a date counts back to from when the page was saved."""
    for element in tree.iter("time", "span", "div", "p", "li", "small"):
        if element.tag == "time" or _DATE_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            text = make_safe_line(str(element.text_content())[:200])
            if len(text) <= 80 and not _CHANGED.match(text) and (day := dates.read_relative(text, seen)):
                return day
    return None


def _dateline(tree: HtmlElement) -> dates.Reading:
    """The first date that stands alone, under the headline, in an element that is called a date."""
    below = False
    for element in tree.iter("h1", "h2", "p", "span", "div", "time", "li", "small"):
        if element.tag in ("h1", "h2"):
            below = below or element.tag == "h1"
            continue
        named = element.tag == "time" or _DATE_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        if not below or not named:
            continue
        text = make_safe_line(str(element.text_content())[:200])
        if len(text) <= 80 and not _CHANGED.match(text) and (reading := dates.read_date(text)) != dates.NOTHING:
            return reading
    return dates.NOTHING


def _iso(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return dates.read_date(value).iso if isinstance(value, str) else None


def _searched(tree: HtmlElement) -> dates.Reading:
    """What htmldate finds; where it settled a "03/05/2024" by a guess, the date stays open."""
    import logging

    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = find_date(tree, original_date=True, extensive_search=False, deferred_url_extractor=True)
    except (ValueError, TypeError, RecursionError, AttributeError, OverflowError):
        return dates.NOTHING
    reading = dates.read_date(found) if found else dates.NOTHING
    if reading.iso and int(reading.iso[5:7]) != int(reading.iso[8:10]) <= 12:
        year, month, day = reading.iso[:10].split("-")
        either = rf"0?{int(month)}/0?{int(day)}|0?{int(day)}/0?{int(month)}"
        written = rf"(?:[A-Za-z]{{3,9}},?\s)?(?<!\d)(?:{either})/(?:{year}|{year[2:]})(?!\d)"
        if (match := re.search(written, str(tree.text_content()))) and not _stated(tree, reading.iso[:10]):
            return dates.read_date(match.group())
    return reading


def _stated(tree: HtmlElement, day: str) -> bool:
    """Whether an attribute of some element gives the day in full."""
    return any(day in str(value) for element in tree.iter() for value in element.attrib.values())


# --- the rest ---------------------------------------------------------------------------------------------------------


def _address(tree: HtmlElement, metas: Mapping[str, str]) -> str | None:
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for candidate in (*links, metas.get("og:url"), metas.get("twitter:url")):
        text = clean_title(candidate or "")
        if re.match(r"https?://[^/\s]+/\S", text):
            return text
    return None


def _byline(metas: Mapping[str, str], objects: Iterable[Mapping[str, object]]) -> str | None:
    for thing in objects:
        authors = thing.get("author")
        names = [_named(a) for a in authors] if isinstance(authors, list) else [_named(authors) or _string(authors)]
        known = [clean_title(name) for name in names[:20] if 1 < len(name) < 120 and "://" not in name]
        if known:
            return ", ".join(dict.fromkeys(known))
    for name in ("author", "article:author", "parsely-author", "byl", "dc.creator", "sailthru.author"):
        text = clean_title(metas.get(name, ""))
        if text and "://" not in text and len(text) < 120:
            return text[3:] if text.lower().startswith("by ") else text
    return None


def _language(tree: HtmlElement, metas: Mapping[str, str]) -> str | None:
    root = tree.getroottree().getroot()
    text = (
        root.get("lang") or root.get("xml:lang") or metas.get("og:locale") or metas.get("content-language") or ""
    ).strip()
    match = re.match(r"[A-Za-z]{2,3}(?=[-_]|$)", text)
    return match.group().lower() if match else None
