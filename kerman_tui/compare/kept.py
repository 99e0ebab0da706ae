"""Fingerprints kept in a folder: articles and a folder in, their table out, of which only what is new was read.

A file that is missing, cut short or of another making is no error: the table is made again. This module imports numpy.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from kerman_tui.compare.cores import in_order
from kerman_tui.compare.fingerprints import GRAM_WORDS, Table, article_text, batches, grown, read, table
from kerman_tui.memory import leaving_room
from kerman_tui.model import Article

ALONE = 4_000
"""So many articles are read in this process: starting others would take longer."""

MAKING = 2
"""Number of the way fingerprints are made; tables made in another way are not used."""

_PARTS = ("words", "first", "lines", "first_line", "hashes", "places")
_KINDS = (np.uint32, np.int64, np.uint32, np.int64, np.uint64, np.uint32)


def table_of(articles: Sequence[Article], folder: Path | None = None) -> Table:
    """The table of ``articles``: from ``folder`` as far as that holds their beginning; written there again if it grew.

    Articles that were changed or removed make the whole table anew. A folder that cannot be written is left alone.
    """
    known = _load(folder) if folder is not None else None
    if known is not None:
        old = known[1]
        if len(old) > len(articles) or any(_sign(articles[n]) != sign for n, sign in enumerate(old.tolist())):
            known = None
        elif len(old) == len(articles):
            return known[0]
    begun = 0 if known is None else len(known[1])
    signs: list[int] = []
    fresh = _signed((articles[n] for n in range(begun, len(articles))), signs)
    parts = in_order(read, batches(fresh), alone=len(articles) - begun <= ALONE)
    found = table(parts) if known is None else grown(known[0], parts)
    if folder is not None:
        new = np.array(signs, np.uint32)
        _save(found, new if known is None else np.concatenate([known[1], new]), folder)
    return found


def _signed(articles: Iterable[Article], signs: list[int]) -> Iterator[Article]:
    for article in leaving_room(articles):
        signs.append(_sign(article))
        yield article


def _sign(article: Article) -> int:
    return zlib.crc32(article_text(article).encode("utf-8", "surrogatepass"))


def _load(folder: Path) -> tuple[Table, np.ndarray[tuple[int], np.dtype[np.uint32]]] | None:
    try:
        head = np.load(folder / "head.npy")
        signs = np.load(folder / "signs.npy")
        # As plain arrays over the same pages: what numpy does beside for mapped ones costs more than a short look-up.
        parts = [np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in _PARTS]
    except (OSError, ValueError, EOFError):
        return None
    whole = [MAKING, GRAM_WORDS, len(signs), *(len(part) for part in parts)]
    if list(head[:-1]) != whole or [part.dtype for part in parts] != list(_KINDS) or signs.dtype != np.uint32:
        return None
    words, first, lines, first_line, hashes, places = parts
    if not len(first) == len(first_line) == len(signs) + 1 or len(lines) != int(first_line[-1]) + 1:
        return None
    if not int(first[-1]) == int(lines[-1]) == len(words):
        return None
    return Table(words, first, lines, first_line, hashes, places, int(head[-1])), signs


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
