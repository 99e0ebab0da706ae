"""Feeds (RSS 2.0, RSS 1.0, Atom) and articles in XML (NITF, trafilatura). No entity is expanded, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from kerman_tui.ingest import dates
from kerman_tui.ingest.decode import decode
from kerman_tui.ingest.draft import Draft, Problem, clean_title, opening_words, within_limits
from kerman_tui.ingest.limits import LIMITS
from kerman_tui.ingest.paragraphs import cut
from kerman_tui.ingest.readers import Page, html
from kerman_tui.model import DateEvidence, Paragraph
from kerman_tui.text.safe import make_safe_line

_BODY = ("encoded", "content", "fulltext", "description", "summary", "subtitle")
_DATE = ("pubDate", "published", "issued", "date", "created")
_DECLARED = re.compile(rb"<\?xml[^>]{0,80}encoding\s*=\s*[\"']([\w:.-]{2,40})", re.I)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|<!ENTITY[^>]*>", re.I | re.S)
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(source: Page) -> Iterator[Draft | Problem]:
    """Yield the entries of a feed that have a text."""
    declared = _DECLARED.search(source.data[:400])
    text = decode(source.data, declared[1].decode("ascii", "replace") if declared else None)
    head = text[:4096].lower()
    if "<html" in head and "<rss" not in head and "<feed" not in head:
        yield from html.articles(text)
        return
    # without its declaration no entity has a meaning, so that there is nothing to expand
    bare = _DOCTYPE.sub("", _XML_HEAD.sub("", text.replace("\0", ""), count=1))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(bare.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        yield Problem(f"no XML that can be read ({error})"[:200])
        return
    if root is None:
        yield Problem("no XML that can be read")
        return
    yield from _entries(root)


def _entries(root: etree._Element) -> Iterator[Draft | Problem]:
    outlet = next((t for e in root.iter() if _name(e) in ("channel", "feed") if (t := _own(e, ("title",)))), None)
    language = next((t for e in root.iter() if _name(e) == "language" and (t := (e.text or "").strip())), None)
    number = 0
    for element in root.iter():
        if _name(element) not in ("item", "entry"):
            continue
        number += 1
        if number > LIMITS.records:
            return
        yield _entry(element, number, outlet, (language or root.get(_XML_LANG) or "")[:2].lower() or None)
    if not number:
        yield _document(root) or Problem("no feed and no article: it has neither entries nor a text that is known")


def _document(root: etree._Element) -> Draft | None:
    """The article of an XML document that is one: NITF, as agencies send it, what trafilatura writes, and the like."""

    def first(names: tuple[str, ...]) -> str:
        found = (e for name in names for e in root.iter() if _name(e).lower() == name)
        return next((text for e in found if (text := " ".join("".join(map(str, e.itertext())).split()))), "")

    body = next((e for name in _BODIES for e in root.iter() if _name(e).lower() == name), None)
    if body is None:
        return None
    blocks = [e for e in body.iter() if _name(e).lower() in ("p", "head", "para", "hl2")] or [body]
    texts = [make_safe_line("".join(map(str, e.itertext()))) for e in blocks]
    kept = [(text, _line(e), _name(e) in ("head", "hl2")) for text, e in zip(texts, blocks, strict=True) if text]
    if not kept:
        return None
    paragraphs = within_limits(Paragraph(t, line, "heading" if head else "body") for t, line, head in kept)
    title = clean_title(root.get("title") or first(("hl1", "headline", "hedline", "title")))
    issued = next((e.get("norm") for e in root.iter() if _name(e) in ("date.issue", "date.release")), None)
    reading = dates.read_date(issued or root.get("date") or first(("pubdate", "datepublished", "date")))
    url = root.get("source") or ""
    published = next((e.get("name") for e in root.iter() if _name(e) == "pubdata"), None)
    return Draft(
        title=title or opening_words(paragraphs),
        paragraphs=paragraphs,
        start_line=paragraphs[0].line,
        end_line=max(p.line for p in paragraphs),
        title_lines=(),
        outlet=clean_title(published or root.get("sitename") or root.get("hostname") or "") or None,
        published=reading.iso,
        date_evidence="metadata" if reading.iso else "none",
        loose_date=reading.loose,
        byline=clean_title(root.get("author") or first(("byline", "byttl"))) or None,
        url=clean_title(url) if url.startswith(("http://", "https://")) else None,
    )


_BODIES = ("body.content", "main", "datacontent", "articlebody", "body")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _entry(element: etree._Element, number: int, outlet: str | None, language: str | None) -> Draft | Problem:
    line = _line(element)
    title = clean_title(_plain(_own(element, ("title",)) or ""))
    bodies = [cut(text, line) for name in _BODY if (text := _own(element, (name,)))]
    paragraphs = max(bodies, key=lambda found: sum(len(p.text) for p in found), default=())
    if not paragraphs:
        return Problem("an entry without text", f"entry {number}")
    reading = next((r for name in _DATE if (r := dates.read_date(_own(element, (name,)) or "")).iso), dates.NOTHING)
    evidence: DateEvidence = "feed" if reading.iso else "none"
    url = _link(element)
    source = next(
        (t for e in element if _name(e) == "source" and (t := (e.text or "").strip() or _own(e, ("title",)))), None
    )
    return Draft(
        title=title or opening_words(paragraphs),
        paragraphs=paragraphs,
        start_line=line,
        end_line=max(line, _last_line(element)),
        record=number,
        title_lines=(line,) if title else (),
        outlet=clean_title(source or outlet or "") or None,
        published=reading.iso,
        date_evidence=evidence,
        byline=clean_title(_author(element)) or None,
        language=language,
        url=url,
    )


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _own(element: etree._Element, names: tuple[str, ...]) -> str | None:
    """The text of the first child of one of these names, markup inside it included."""
    for child in element:
        if _name(child) in names:
            if len(child):
                return (
                    " ".join("".join(str(t) for t in child.itertext()).split())
                    if child.get("type") != "xhtml"
                    else _xhtml(child)
                )
            if child.text and child.text.strip():
                return child.text.strip()
    return None


def _xhtml(element: etree._Element) -> str:
    return "".join(etree.tostring(child, encoding="unicode", with_tail=True) for child in element)


def _plain(text: str) -> str:
    from kerman_tui.ingest.markup import has_markup, plain_paragraphs

    return plain_paragraphs(text) if has_markup(text) or "&" in text else text


def _link(element: etree._Element) -> str | None:
    links = [child for child in element if _name(child) == "link"]
    best = [c for c in links if c.get("rel", "alternate") == "alternate"] or links
    texts = [c.get("href") or c.text or "" for c in best] + [c.text or "" for c in element if _name(c) == "guid"]
    return next((clean_title(t) for t in texts if t.strip().startswith(("http://", "https://"))), None)


def _author(element: etree._Element) -> str:
    written = (child for child in element if _name(child) in ("creator", "author"))
    names = [_own(child, ("name",)) or (child.text or "").strip() for child in written]
    text = ", ".join(dict.fromkeys(name for name in names if name))
    match = re.fullmatch(r"[^\s@]++@\S++ \((.+)\)", text)
    return match[1] if match else text


def _line(element: etree._Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 1


def _last_line(element: etree._Element) -> int:
    return max((_line(e) for e in element.iter() if isinstance(e.tag, str)), default=1)
