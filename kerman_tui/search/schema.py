"""What is indexed of a document: its fields for the search library, from one Document. The only writer of index fields.

``text`` holds everything as folded words; ``title``, ``lede`` and ``named`` (outlet, people, organisations) say where a
word stands; ``glued`` holds the parts of words that scraping ran together, between their neighbours; ``surface`` and
``folded`` tell which words stand there only in another guise (Vučić, U.S.), so that exact can rank above folded.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from kerman_tui.search.forward import pack
from kerman_tui.search.stream import Folder, chunks_of, key_of
from kerman_tui.text.tokens import glued_parts, words

if TYPE_CHECKING:
    from kerman_tui.search.index import Document

FORMAT = 2
"""Version of what is indexed; an index of another version is rebuilt."""

TOKENS = "words"
TITLE_START, TITLE_END = "^", "$"
NEIGHBOURS = 4
"""Words kept on either side of a glued word, for phrases that begin or end in it."""
VALUE_GAP = " ".join(["|"] * 6)
"""Stands between two names so that no phrase reaches from one into the next."""

FACETS = {"outlet": "outlets", "person": "people", "org": "organisations", "country": "countries"}
"""Fields that are counted for a result, and what the counts are called."""
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
    parts = chunks_of(article.title)
    texts = [parts]
    title = folder.fold_chunks(parts)
    made.add_text("text", title)
    made.add_text("title", f"{TITLE_START} {title} {TITLE_END}")
    chunks = set(parts)
    lede = False
    for paragraph in article.paragraphs:
        parts = chunks_of(paragraph.text)
        texts.append(parts)
        stream = folder.fold_chunks(parts)
        made.add_text("text", stream)
        if not lede and paragraph.kind == "body" and len(stream) > 20:
            made.add_text("lede", stream[:600])
            lede = True
        chunks.update(parts)
    made.add_bytes("forward", pack(texts, folder))
    _add_odd(made, document, folder, chunks)
    _add_values(made, document, folder)
    day = day_of(article.published)
    if day is not None:
        made.add_integer("day", day.toordinal())
        made.add_integer("month", day.year * 100 + day.month)
    folder.trim()
    return made


def _add_odd(made: Any, document: Document, folder: Folder, chunks: set[str]) -> None:
    odd = folder.odd.keys() & chunks
    if not odd:
        return
    surfaces: dict[str, set[str]] = {}
    plain: set[str] = set()
    glued = False
    for chunk in odd:
        oddity = folder.odd[chunk]
        for key, surface in oddity.surfaces:
            surfaces.setdefault(key, set()).add(surface)
        plain.update(oddity.plain)
        glued = glued or oddity.glued
    if surfaces:
        made.add_text("surface", " ".join(sorted({surface for group in surfaces.values() for surface in group})))
        plain.update(folder.fold_chunks(chunks - odd).split())
        folded = surfaces.keys() - plain
        if folded:
            made.add_text("folded", " ".join(sorted(folded)))
    if glued:
        run_together = {chunk for chunk in odd if folder.odd[chunk].glued}
        for text in (document.article.title, *(p.text for p in document.article.paragraphs)):
            for stretch in _glued_stretches(chunks_of(text), run_together, folder):
                made.add_text("glued", stretch)


def _glued_stretches(chunks: list[str], glued: set[str], folder: Folder) -> Iterable[str]:
    if glued.isdisjoint(chunks):
        return
    for at, chunk in enumerate(chunks):
        if chunk in glued:
            parts = [key_of(p) for word in words(chunk) for p in glued_parts(word) or (word,)]
            before = folder.keys(" ".join(chunks[max(0, at - NEIGHBOURS) : at]))
            after = folder.keys(" ".join(chunks[at + 1 : at + 1 + NEIGHBOURS]))
            yield " ".join([*before, *parts, *after])


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
    named = [folder.stream(value) for name in NAMED for value in values[name]]
    made.add_text("named", f" {VALUE_GAP} ".join(named))
