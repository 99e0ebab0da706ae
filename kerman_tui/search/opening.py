"""A search index opened or built: over tantivy, in memory or memory-mapped from a folder.

This module imports the search library; import it inside functions only.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kerman_tui.search.engine import DOCUMENTS, TantivyIndex, clear
from kerman_tui.search.index import Document, Progress, SearchIndex
from kerman_tui.search.memory import writers_together
from kerman_tui.search.parts import write_parts


def open_index(folder: Path | None) -> SearchIndex:
    """Open the index in ``folder`` (made when there is none), or an empty one in memory for ``None``.

    Raises UnusableIndexError when there is an index that cannot be read, as when it was made by another version.
    """
    return TantivyIndex(folder)


def build_index(
    documents: Iterable[Document], folder: Path | None, progress: Progress | None = None, workers: int = 1
) -> SearchIndex:
    """A new index of ``documents``; what was in ``folder`` before is replaced.

    In a folder it is written by up to ``workers`` processes, as many as there is memory for. Raises OSError, as on a
    full disk.
    """
    if folder is not None:
        clear(folder)
        count, heap = writers_together(workers)
        if count > 1:
            (folder / DOCUMENTS).mkdir(mode=0o700, parents=True)
            return TantivyIndex(folder, write_parts(documents, folder / DOCUMENTS, count, heap, progress))
    index = TantivyIndex(folder)
    index.add(documents, progress)
    return index
