"""Entries into the search library's writer: folded a few at a time, handed over, committed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from kerman_tui.search.schema import to_index
from kerman_tui.search.stream import Casing, Folder

if TYPE_CHECKING:
    from kerman_tui.search.entries import Entry
    from kerman_tui.search.index import Progress


def write(
    tantivy: Any,
    writer: Any,
    batches: Iterable[Sequence[Entry]],
    *,
    forget: Callable[[int], None] | None = None,
    progress: Progress | None = None,
) -> Casing:
    """Write and commit entries; what comes back is how their words are written. Rolled back whatever goes wrong.

    ``forget`` is called with every ordinal before its entry is written: an older one of that number must go.
    """
    folder = Folder()
    try:
        number = 0
        for batch in batches:
            for entry, made in zip(batch, to_index(tantivy, batch, folder), strict=True):
                if forget is not None:
                    forget(entry.ordinal)
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
