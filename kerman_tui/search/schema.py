"""What is indexed of a document: its fields for the search library, from one Document. The only writer of index fields.

``text`` holds everything as folded words; ``title``, ``lede`` and ``named`` (outlet, people, organisations) say where a
word stands; ``glued`` holds the parts of words that scraping ran together, between their neighbours; ``surface`` and
``folded`` tell which words stand there only in another guise (Vučić, U.S.), so that exact can rank above folded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from kerman_tui.search.forward import pack
from kerman_tui.search.stream import BREAK, Folder, Stream, keys_of

if TYPE_CHECKING:
    from kerman_tui.model import Article
    from kerman_tui.search.index import Document

FORMAT = 5
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
    for name in ("text", "title", "named", "glued"):
        builder.add_text_field(name, tokenizer_name=TOKENS)
    for name in ("lede", "surface", "folded"):
        builder.add_text_field(name, tokenizer_name=TOKENS, index_option="basic")
    for name in VALUES:
        builder.add_text_field(name, tokenizer_name="raw", fast=True, index_option="basic")
    builder.add_bytes_field("forward", stored=True)
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_integer_field("month", fast=True)
    return builder.build()


def register_tokens(tantivy: Any, index: Any) -> None:
    """Teach an opened index how its own words are divided."""
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    index.register_tokenizer(TOKENS, words.filter(tantivy.Filter.custom_stopword([BREAK])).build())


def day_of(published: str | None) -> date | None:
    """The day of an ISO date or date-time; ``None`` when it names none."""
    try:
        return date.fromisoformat(published[:10]) if published else None
    except ValueError:
        return None


def to_index(tantivy: Any, documents: Sequence[Document], folder: Folder) -> Iterator[Any]:
    """Documents for the search library."""
    texts = [
        f" {BREAK} ".join([one.article.title, *(paragraph.text for paragraph in one.article.paragraphs)])
        for one in documents
    ]
    for document, stream in zip(documents, folder.fold(texts), strict=True):
        yield _made(tantivy, document, stream)


def _made(tantivy: Any, document: Document, stream: Stream) -> Any:
    article = document.article
    made = tantivy.Document()
    made.add_unsigned("ordinal", document.ordinal)
    # a break is no word but keeps its place, so that no phrase reaches from one paragraph into the next
    text = stream.folded.decode("utf-8", "surrogatepass")
    made.add_text("text", text)
    made.add_text("title", f"{TITLE_START} {text.partition(BREAK)[0]} {TITLE_END}")
    if lede := _lede(text, article):
        made.add_text("lede", lede)
    made.add_bytes("forward", pack(stream))
    _add_odd(made, stream)
    _add_values(made, document)
    day = day_of(article.published)
    if day is not None:
        made.add_integer("day", day.toordinal())
        made.add_integer("month", day.year * 100 + day.month)
    return made


def _lede(text: str, article: Article) -> str:
    """The first paragraph of the body that is not too short, from the title and all paragraphs folded as one text."""
    end = text.find(BREAK)
    for paragraph in article.paragraphs:
        start = end + 1
        end = text.find(BREAK, start)
        if end < 0:
            end = len(text)
        if paragraph.kind == "body" and end - start > MIN_LEDE:
            return text[start:end] if end - start <= MAX_LEDE else text[start : start + MAX_LEDE].rpartition(" ")[0]
    return ""


def _add_odd(made: Any, stream: Stream) -> None:
    surfaces: set[str] = set()
    odd: dict[tuple[int, str], int] = {}
    glued = False
    for _, special in stream.specials:
        for hashed, key, surface in special.surfaces:
            surfaces.add(surface)
            odd[hashed, key] = odd.get((hashed, key), 0) + 1
        glued = glued or bool(special.glued)
    if odd:
        made.add_text("surface", " ".join(surfaces))
        folded = _only_folded(odd, stream)
        if folded:
            made.add_text("folded", " ".join(folded))
    if glued:
        for stretch in _glued_stretches(stream):
            made.add_text("glued", stretch)


def _only_folded(odd: dict[tuple[int, str], int], stream: Stream) -> list[str]:
    """Those of the keys ``odd`` that stand in the text only as often as they are written otherwise."""
    import numpy as np

    return [key for (hashed, key), times in odd.items() if np.count_nonzero(stream.hashes == hashed) == times]


def _glued_stretches(stream: Stream) -> Iterator[str]:
    for start, special in stream.specials:
        for number, parts in special.glued:
            at = stream.word_at(start) + number
            yield " ".join([stream.keys(at - NEIGHBOURS, at), *parts, stream.keys(at + 1, at + 1 + NEIGHBOURS)])


def _add_values(made: Any, document: Document) -> None:
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
    named = [keys_of(value) for name in NAMED for value in values[name]]
    made.add_text("named", f" {VALUE_GAP} ".join(named))
