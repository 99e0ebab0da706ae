"""Documents into the search library's writer: folded a few at a time, handed over, committed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from kerman_tui.search.schema import to_index
from kerman_tui.search.stream import Casing, Folder

if TYPE_CHECKING:
    from kerman_tui.search.index import Document, Progress

TOGETHER, LETTERS = 64, 1 << 18
"""Documents that are folded, or sent to another process, together; fewer where so many letters are reached before."""


def batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents a few at a time, so that a batch of large ones takes no more memory than the largest of them."""
    batch: list[Document] = []
    letters = 0
    for document in documents:
        batch.append(document)
        letters += sum([len(paragraph.text) for paragraph in document.article.paragraphs])
        if len(batch) >= TOGETHER or letters >= LETTERS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


def write(
    tantivy: Any,
    writer: Any,
    documents: Iterable[Document],
    *,
    forget: Callable[[int], None] | None = None,
    progress: Progress | None = None,
) -> Casing:
    """Write and commit documents; what comes back is how their words are written. Rolled back whatever goes wrong.

    ``forget`` is called with every ordinal before its document is written: an older one of that number must go.
    """
    folder = Folder()
    try:
        number = 0
        for batch in batches(documents):
            for document, made in zip(batch, to_index(tantivy, batch, folder), strict=True):
                if forget is not None:
                    forget(document.ordinal)
                writer.add_document(made)
            number += len(batch)
            if progress is not None:
                progress(number)
        writer.commit()
        writer.wait_merging_threads()
    except BaseException:
        with suppress(ValueError):  # the library's own error, as when the writer went with the memory
            writer.rollback()
        raise
    return folder.casing
