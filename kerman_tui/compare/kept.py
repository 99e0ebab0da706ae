"""Fingerprints kept in a folder: articles and a folder in, their table out, of which only what is new was read.

A file that is missing, cut short or of another making is no error: the table is made again. This module imports numpy.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from kerman_tui.compare.fingerprints import GRAM_WORDS, Table, article_text, grown, table
from kerman_tui.model import Article

MAKING = 1
"""Number of the way fingerprints are made; tables made in another way are not used."""

_PARTS = ("words", "first", "hashes", "places")
_KINDS = (np.uint32, np.int64, np.uint64, np.uint32)


def kept_table(articles: Sequence[Article], folder: Path) -> Table:
    """The table of ``articles``: from ``folder`` as far as that holds their beginning; written there again if it grew.

    Articles that were changed or removed make the whole table anew. A folder that cannot be written is left alone.
    """
    signs = np.fromiter(
        (zlib.crc32(article_text(article).encode("utf-8", "surrogatepass")) for article in articles),
        np.uint32,
        len(articles),
    )
    known = _load(folder)
    if known is not None and np.array_equal(known[1], signs[: len(known[1])]):
        found, old = known
        if len(old) == len(signs):
            return found
        found = grown(found, (article_text(articles[n]) for n in range(len(old), len(signs))))
    else:
        found = table(article_text(article) for article in articles)
    _save(found, signs, folder)
    return found


def _load(folder: Path) -> tuple[Table, np.ndarray[tuple[int], np.dtype[np.uint32]]] | None:
    try:
        head = np.load(folder / "head.npy")
        signs = np.load(folder / "signs.npy")
        parts = [np.load(folder / f"{name}.npy", mmap_mode="r") for name in _PARTS]
    except (OSError, ValueError, EOFError):
        return None
    whole = [MAKING, GRAM_WORDS, len(signs), *(len(part) for part in parts)]
    if list(head[:-1]) != whole or [part.dtype for part in parts] != list(_KINDS) or signs.dtype != np.uint32:
        return None
    if len(parts[1]) != len(signs) + 1 or int(parts[1][-1]) != len(parts[0]):
        return None
    words, first, hashes, places = parts
    return Table(words, first, hashes, places, int(head[-1])), signs


def _save(found: Table, signs: np.ndarray[tuple[int], np.dtype[np.uint32]], folder: Path) -> None:
    parts = [getattr(found, name) for name in _PARTS]
    head = np.array([MAKING, GRAM_WORDS, len(signs), *(len(part) for part in parts), found.window], np.int64)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # The head goes first and comes back last: a table half written is never taken for a whole one.
        (folder / "head.npy").unlink(missing_ok=True)
        for name, part in [*zip(_PARTS, parts, strict=True), ("signs", signs), ("head", head)]:
            beside = folder / f"{name}.{os.getpid()}.tmp"
            with beside.open("wb") as out:
                np.save(out, part, allow_pickle=False)
            beside.replace(folder / f"{name}.npy")
    except OSError:
        return
