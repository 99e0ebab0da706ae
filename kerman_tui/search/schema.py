"""What is indexed of a document: its fields for the search library, from one Document. The only writer of index fields.

``text`` holds everything as folded words; ``title``, ``lede`` and ``named`` (outlet, people, organisations) say where a
word stands; ``glued`` holds the parts of words that scraping ran together, between their neighbours; ``surface`` and
``folded`` tell which words stand there only in another guise (Vučić, U.S.), so that exact can rank above folded.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from kerman_tui.search.forward import BREAK, checksum, pack
from kerman_tui.search.stream import Folder, Stream, key_of
from kerman_tui.text.tokens import glued_parts, words

if TYPE_CHECKING:
    from kerman_tui.search.index import Document

FORMAT = 3
"""Version of what is indexed; an index of another version is rebuilt."""

TOKENS = "words"
TITLE_START, TITLE_END = "^", "$"
NEIGHBOURS = 4
"""Words kept on either side of a glued word, for phrases that begin or end in it."""
MIN_LEDE, MAX_LEDE = 20, 600
"""Characters of the first paragraph that are the lede; a shorter one is a dateline or a crumb of the page."""
VALUE_GAP = " ".join(["|"] * 6)
"""Stands between two names so that no phrase reaches from one into the next."""

FACETS = ("outlet", "person", "org", "country")
"""Fields whose values are counted for a result, besides dates."""
VALUES = ("outlet", "person", "org", "country", "story", "tag", "lang", "source")
"""Fields whose whole values are kept as they are."""
NAMED = ("outlet", "person", "org")
"""Fields whose words can be found by a word without a field."""


def make_schema(tantivy: Any) -> Any:
    """The schema of the index."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("ordinal", indexed=True, fast=True)
    for name in ("text", "title", "lede", "named", "glued"):
        builder.add_text_field(name, tokenizer_name=TOKENS)
    for name in ("surface", "folded"):
        builder.add_text_field(name, tokenizer_name=TOKENS, index_option="basic")
    for name in VALUES:
        builder.add_text_field(name, tokenizer_name="raw", fast=True, index_option="basic")
    builder.add_bytes_field("forward", stored=True)
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_integer_field("month", fast=True)
    return builder.build()


def register_tokens(tantivy: Any, index: Any) -> None:
    """Teach an opened index how its own words are divided."""
    index.register_tokenizer(TOKENS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


def day_of(published: str | None) -> date | None:
    """The day of an ISO date or date-time; ``None`` when it names none."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def to_index(tantivy: Any, document: Document, folder: Folder) -> Any:
    """One document for the search library."""
    article = document.article
    made = tantivy.Document()
    made.add_unsigned("ordinal", document.ordinal)
    stream = folder.fold(f" {BREAK} ".join([article.title, *(paragraph.text for paragraph in article.paragraphs)]))
    title, *texts = stream.keys.split(BREAK)
    made.add_text("title", f"{TITLE_START} {title} {TITLE_END}")
    made.add_text("text", title)
    lede = False
    for text, paragraph in zip(texts, article.paragraphs, strict=False):
        made.add_text("text", text)
        if not lede and paragraph.kind == "body" and len(text) > MIN_LEDE:
            made.add_text("lede", text[:MAX_LEDE])
            lede = True
    made.add_bytes("forward", pack(stream, folder.several))
    if stream.odd:
        _add_odd(made, stream, folder)
    _add_values(made, document, folder)
    day = day_of(article.published)
    if day is not None:
        made.add_integer("day", day.toordinal())
        made.add_integer("month", day.year * 100 + day.month)
    folder.trim()
    return made


def _add_odd(made: Any, stream: Stream, folder: Folder) -> None:
    surfaces: dict[str, set[str]] = {}
    plain: set[str] = set()
    glued = set()
    for number in stream.odd:
        oddity = folder.oddities[number]
        for key, surface in oddity.surfaces:
            surfaces.setdefault(key, set()).add(surface)
        plain.update(oddity.plain)
        if oddity.glued:
            glued.add(number)
    if surfaces:
        made.add_text("surface", " ".join({surface for group in surfaces.values() for surface in group}))
        folded = _only_folded(surfaces.keys() - plain, stream, folder)
        if folded:
            made.add_text("folded", " ".join(folded))
    if glued:
        for stretch in _glued_stretches(stream, glued, folder):
            made.add_text("glued", stretch)


def _only_folded(keys: set[str], stream: Stream, folder: Folder) -> list[str]:
    """Those of ``keys`` that no usual chunk of the text holds."""
    sums = set(stream.sums[stream.usual].tolist())
    for number in {int(stream.numbers[at]) for at in stream.several} - stream.odd:
        sums.update(checksum(key) for key in folder.several[number])
    return [key for key in keys if checksum(key) not in sums]


def _glued_stretches(stream: Stream, glued: set[int], folder: Folder) -> Iterable[str]:
    chunks = stream.chunks
    for at in stream.several:
        if int(stream.numbers[at]) in glued:
            parts = [key_of(p) for word in words(chunks[at]) for p in glued_parts(word) or (word,)]
            before = folder.keys_of(chunks[max(0, at - NEIGHBOURS) : at])
            after = folder.keys_of(chunks[at + 1 : at + 1 + NEIGHBOURS])
            yield " ".join([before, *parts, after]).replace(BREAK, "")


def _add_values(made: Any, document: Document, folder: Folder) -> None:
    article = document.article
    values = {
        "outlet": (article.outlet,),
        "person": document.people,
        "org": document.organisations,
        "country": document.countries,
        "story": document.stories,
        "tag": document.tags,
        "lang": (article.language,) if article.language else (),
        "source": tuple(dict.fromkeys((article.source.name, *(s.name for s in article.other_sources)))),
    }
    for name, several in values.items():
        for value in several:
            made.add_text(name, value)
    named = [folder.keys(value) for name in NAMED for value in values[name]]
    made.add_text("named", f" {VALUE_GAP} ".join(named))
