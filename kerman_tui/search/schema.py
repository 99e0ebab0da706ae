"""What is indexed of a document: its fields for the search library, from one Entry. The only writer of index fields.

``text`` holds everything as folded words; ``title``, ``lede`` and ``named`` (outlet, people, organisations) say where a
word stands; ``glued`` holds the parts of words that scraping ran together, between their neighbours; ``surface`` and
``folded`` tell which words stand there only in another guise (Vučić, U.S.), so that exact can rank above folded.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kerman_tui.search.entries import VALUES, Entry
from kerman_tui.search.forward import pack
from kerman_tui.search.shares import LIST
from kerman_tui.search.stream import BREAK, Folder, Stream, keys_of, marks_of

FORMAT = 6
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
NAMED = VALUES[:3]
"""Fields whose words can be found by a word without a field: outlet, person, org."""


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


def open_documents(tantivy: Any, folder: Path) -> Any:
    """The library's index in ``folder``, made when there is none. Raises the library's own ValueError, and OSError.

    What it keeps of a document, hashes for the most part, can hardly be made smaller: it is kept as it is.
    """
    listed = folder / LIST
    new = not listed.exists()
    index = tantivy.Index(make_schema(tantivy), path=str(folder))
    if new:
        settings = json.loads(listed.read_text("utf-8"))
        settings.setdefault("index_settings", {})["docstore_compression"] = "none"
        listed.write_text(json.dumps(settings), "utf-8")
        index = tantivy.Index(make_schema(tantivy), path=str(folder))
    register_tokens(tantivy, index)
    return index


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


def to_index(tantivy: Any, entries: Sequence[Entry], folder: Folder) -> Iterator[Any]:
    """Entries for the search library."""
    streams = folder.fold([entry.text for entry in entries])
    times = _times_of_odd(streams)
    for number, (entry, stream) in enumerate(zip(entries, streams, strict=True)):
        made = tantivy.Document()
        made.add_unsigned("ordinal", entry.ordinal)
        _add_text(made, entry, stream)
        made.add_bytes("forward", pack(stream))
        if stream.specials:
            _add_odd(made, stream, number, times)
        _add_values(made, entry)
        yield made


def _add_text(made: Any, entry: Entry, stream: Stream) -> None:
    # a break is no word but keeps its place, so that no phrase reaches from one paragraph into the next
    text = stream.folded.decode("utf-8", "surrogatepass")
    made.add_text("text", text)
    title, *paragraphs = text.split(BREAK)
    made.add_text("title", f"{TITLE_START} {title} {TITLE_END}")
    if lede := _lede(paragraphs, entry.apart):
        made.add_text("lede", lede)


def _lede(paragraphs: list[str], apart: tuple[int, ...]) -> str:
    """The first of the folded paragraphs that is of the body and not too short."""
    for number, paragraph in enumerate(paragraphs):
        if len(paragraph) > MIN_LEDE and number not in apart:
            return paragraph if len(paragraph) <= MAX_LEDE else paragraph[:MAX_LEDE].rpartition(" ")[0]
    return ""


def _times_of_odd(streams: list[Stream]) -> Counter[tuple[int, int]]:
    """How often each word that is written otherwise somewhere stands in each text: by number of the text, and hash."""
    import numpy as np

    odd = {hashed for one in streams for _, special in one.specials for hashed, _, _ in special.surfaces}
    marked = np.zeros(1 << 16, np.bool_)
    marked[marks_of(np.fromiter(odd, np.uint64, len(odd)))] = True
    here = np.flatnonzero(marked[np.concatenate([one.marks for one in streams])])
    ends = np.cumsum([len(one.marks) for one in streams])
    hashes = np.concatenate([one.hashes for one in streams])[here]
    return Counter(zip(np.searchsorted(ends, here, "right").tolist(), hashes.tolist(), strict=True))


def _add_odd(made: Any, stream: Stream, number: int, times: Counter[tuple[int, int]]) -> None:
    surfaces: set[str] = set()
    odd: dict[tuple[int, str], int] = {}
    for _, special in stream.specials:
        for hashed, key, surface in special.surfaces:
            surfaces.add(surface)
            odd[hashed, key] = odd.get((hashed, key), 0) + 1
    if surfaces:
        made.add_text("surface", " ".join(surfaces))
        folded = [key for (hashed, key), otherwise in odd.items() if times[number, hashed] == otherwise]
        if folded:
            made.add_text("folded", " ".join(folded))
    for stretch in _glued_stretches(stream):
        made.add_text("glued", stretch)


def _glued_stretches(stream: Stream) -> Iterator[str]:
    for start, special in stream.specials:
        for number, parts in special.glued:
            at = stream.word_at(start) + number
            yield " ".join([stream.keys(at - NEIGHBOURS, at), *parts, stream.keys(at + 1, at + 1 + NEIGHBOURS)])


def _add_values(made: Any, entry: Entry) -> None:
    for name, several in zip(VALUES, entry.values, strict=True):
        for value in several:
            made.add_text(name, value)
    named = [keys_of(value) for several in entry.values[: len(NAMED)] for value in several]
    made.add_text("named", f" {VALUE_GAP} ".join(named))
    day = day_of(entry.published)
    if day is not None:
        made.add_integer("day", day.toordinal())
        made.add_integer("month", day.year * 100 + day.month)
