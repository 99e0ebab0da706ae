"""Drafts and articles as compact bytes and back: what the cache, the workers and the stores keep and exchange."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
import orjson

from kerman_tui import memory
from kerman_tui.ingest.boilerplate import marks
from kerman_tui.ingest.dates import Order
from kerman_tui.ingest.draft import Draft, Outline, Problem, fingerprint
from kerman_tui.model import Article, Paragraph, ParagraphKind, SetAside, Source

_LARGE = 1 << 20
"""Bytes from which on what does not fit into memory must raise MemoryError: orjson may end the process instead."""

_DECODED = 8
"""How many times larger the drafts may be than their bytes; looked at before, since msgspec may end the process too."""

_LETTER: dict[ParagraphKind, str] = {"body": "b", "caption": "c", "heading": "h"}
_KIND: dict[str, ParagraphKind] = {letter: kind for kind, letter in _LETTER.items()}


def encode_parsed(parsed: Iterable[Draft | Problem]) -> bytes:
    """Drafts and problems of one piece of work as one JSON array, with the fingerprint of every draft."""
    return orjson.dumps([_row(item) for item in parsed])


def decode_parsed(data: bytes) -> Iterator[Draft | Problem]:
    """The drafts and problems of ``encode_parsed``. Raises MemoryError before there is too little for them."""
    if len(data) >= _LARGE and memory.room() < _DECODED * len(data):
        raise MemoryError
    for row in msgspec.json.decode(data):
        yield Problem(row[0], row[1]) if len(row) == 2 else _draft(row)


def decode_outlines(data: bytes) -> Iterator[Outline | None]:
    """The outlines of the drafts of ``encode_parsed``, without making the drafts; ``None`` for a problem."""
    for row in msgspec.json.decode(data, type=list[_OutlineRow]):
        if not row.mark:
            yield None
            continue
        mark = bytes.fromhex(row.mark)
        yield Outline(mark, row.start, row.end, row.record, row.outlet, row.order, row.url, row.title, row.lines)


_Passed = msgspec.Raw
"""A column that is passed over without being read."""
_NOTHING = msgspec.Raw(b"null")


class _OutlineRow(msgspec.Struct, array_like=True):
    """What ``_row`` writes, of which an outline needs the small columns. The row of a problem ends after two."""

    title: str
    texts: _Passed
    text_lines: _Passed = _NOTHING
    kinds: _Passed = _NOTHING
    start: int = 1
    end: int = 1
    record: int | None = None
    title_lines: _Passed = _NOTHING
    id: _Passed = _NOTHING
    outlet: str | None = None
    published: _Passed = _NOTHING
    evidence: _Passed = _NOTHING
    loose: _Passed = _NOTHING
    order: Order | None = None
    byline: _Passed = _NOTHING
    language: _Passed = _NOTHING
    url: str | None = None
    lines: list[int] = []
    mark: str = ""


def _row(item: Draft | Problem) -> list[Any]:
    if isinstance(item, Problem):
        return [item.why, item.where]
    return [
        item.title,
        *_columns(item.paragraphs),
        item.start_line,
        item.end_line,
        item.record,
        item.title_lines,
        item.id,
        item.outlet,
        item.published,
        item.date_evidence,
        item.loose_date,
        item.date_order,
        item.byline,
        item.language,
        item.url,
        marks(item.paragraphs),
        fingerprint(item).hex(),
    ]


def _draft(row: list[Any]) -> Draft:
    (title, texts, lines, kinds, start, end, record, title_lines, id_, outlet) = row[:10]
    (published, evidence, loose, order, byline, language, url) = row[10:17]
    return Draft(
        title=title,
        paragraphs=_paragraphs(texts, lines, kinds),
        start_line=start,
        end_line=end,
        record=record,
        title_lines=tuple(title_lines),
        id=id_,
        outlet=outlet,
        published=published,
        date_evidence=evidence,
        loose_date=loose,
        date_order=order,
        byline=byline,
        language=language,
        url=url,
    )


def encode_article(article: Article) -> bytes:
    """One article as a JSON array."""
    return orjson.dumps(
        [
            article.id,
            article.title,
            article.outlet,
            *_columns(article.paragraphs),
            _source(article.source),
            article.published,
            article.date_evidence,
            article.byline,
            article.language,
            article.url,
            article.title_lines,
            [_source(source) for source in article.other_sources],
            [[aside.text, aside.line, aside.after, aside.kind] for aside in article.set_aside],
        ]
    )


def decode_article(data: bytes) -> Article:
    """The article of ``encode_article``. Raises ValueError for what is damaged."""
    decode = orjson.loads if len(data) < _LARGE else msgspec.json.decode
    (id_, title, outlet, texts, lines, kinds, source, published, evidence, *rest) = decode(data)
    (byline, language, url, title_lines, others, *further) = rest
    return Article(
        id=id_,
        title=title,
        outlet=outlet,
        paragraphs=_paragraphs(texts, lines, kinds),
        source=Source(*source),
        published=published,
        date_evidence=evidence,
        byline=byline,
        language=language,
        url=url,
        title_lines=tuple(title_lines),
        other_sources=tuple(Source(*other) for other in others),
        set_aside=tuple(SetAside(*one) for one in (further[0] if further else ())),
    )


def _source(source: Source) -> list[str | int | None]:
    return [source.name, source.sha256, source.start_line, source.end_line, source.record]


def _columns(paragraphs: Sequence[Paragraph]) -> tuple[list[str], list[int], str]:
    """Texts, lines and kinds; all lines alike are kept once."""
    lines = [p.line for p in paragraphs]
    if lines and lines.count(lines[0]) == len(lines):
        lines = lines[:1]
    return [p.text for p in paragraphs], lines, "".join(_LETTER[p.kind] for p in paragraphs)


def _paragraphs(texts: Sequence[str], lines: Sequence[int], kinds: str) -> tuple[Paragraph, ...]:
    if len(lines) == 1:
        lines = [lines[0]] * len(texts)
    if not len(texts) == len(lines) == len(kinds):
        raise ValueError("texts, lines and kinds do not fit together")
    return tuple(map(Paragraph, texts, lines, map(_KIND.__getitem__, kinds)))
