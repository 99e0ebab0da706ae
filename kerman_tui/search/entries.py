"""What is written of a document, and nothing else of it: small enough to be sent to another process by the thousand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from kerman_tui.search.stream import BREAK

if TYPE_CHECKING:
    from kerman_tui.search.index import Document

VALUES = ("outlet", "person", "org", "country", "story", "tag", "lang", "source")
"""Fields whose whole values are kept as they are."""
TOGETHER, BYTES = 64, 1 << 18
"""Entries that are folded, or sent to another process, together; fewer where their texts have so many bytes before."""


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A document as it is written. Holds no cycle, so that nobody needs to look for one."""

    ordinal: int
    text: bytes
    """Title and paragraphs in UTF-8, " BREAK " between them."""
    apart: tuple[int, ...]
    """Numbers of the paragraphs that are not of the body."""
    published: str | None
    values: tuple[tuple[str, ...], ...]
    """In the order of VALUES."""


def entry_of(document: Document) -> Entry:
    """The entry of a document."""
    article = document.article
    paragraphs = article.paragraphs
    text = f" {BREAK} ".join([article.title, *[paragraph.text for paragraph in paragraphs]])
    return Entry(
        document.ordinal,
        text.encode("utf-8", "surrogatepass"),
        tuple([number for number, paragraph in enumerate(paragraphs) if paragraph.kind != "body"]),
        article.published,
        (
            (article.outlet,),
            document.people,
            document.organisations,
            document.countries,
            document.stories,
            document.tags,
            (article.language,) if article.language else (),
            tuple(dict.fromkeys([article.source.name, *[source.name for source in article.other_sources]])),
        ),
    )


def batches(documents: Iterable[Document]) -> Iterator[list[Entry]]:
    """Entries a few at a time, so that a batch of large ones takes no more memory than the largest of them."""
    batch: list[Entry] = []
    size = 0
    for document in documents:
        entry = entry_of(document)
        batch.append(entry)
        size += len(entry.text)
        if len(batch) >= TOGETHER or size >= BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
