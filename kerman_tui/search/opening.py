"""A search index opened or built: over tantivy, in memory or memory-mapped from a folder.

This module imports the search library; import it inside functions only.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kerman_tui.search.engine import TantivyIndex, clear
from kerman_tui.search.index import Document, Progress, SearchIndex


def open_index(folder: Path | None) -> SearchIndex:
    """Open the index in ``folder`` (made when there is none), or an empty one in memory for ``None``.

    Raises UnusableIndexError when there is an index that cannot be read, as when it was made by another version.
    """
    return TantivyIndex(folder)


def build_index(documents: Iterable[Document], folder: Path | None, progress: Progress | None = None) -> SearchIndex:
    """A new index of ``documents``; what was in ``folder`` before is replaced."""
    if folder is not None:
        clear(folder)
    index = TantivyIndex(folder)
    index.add(documents, progress)
    return index
