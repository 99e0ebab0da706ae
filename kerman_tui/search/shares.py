"""A large index searched by two threads at once, each through half of the segments: a query in, the best of both out.

The library looks through all segments of an index one after the other. A share is an index of its own over some of the
same files: a folder of links to them with a list that names only those, which can go as soon as they are open. Parts of
an index stand one after the other in the list and were dealt their documents in turn (see ``parts``), so that the first
half of it and the second hold much the same words, and a word weighs the same in both.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kerman_tui.memory import LITTLE, room

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

MIN_DOCUMENTS = 250_000
"""Documents from which two threads are faster than one: handing over half a query takes up to half a millisecond."""
SHARES = 2
THREADS = 2
"""Threads that search the second shares, for as many queries at a time."""
LIST = "meta.json"
"""The library's list of segments in a folder, with how it keeps them."""


class Share(NamedTuple):
    """Some segments of an index: what searches them, and their numbers in the whole index."""

    searcher: Any
    numbers: tuple[int, ...]


class Shares:
    """Two shares that hold all documents of an index between them."""

    def __init__(self, tantivy: Any, first: Share, second: Share) -> None:
        self._address = tantivy.DocAddress
        self._first, self._second = first, second

    def search(self, query: Any, limit: int) -> tuple[int, tuple[tuple[float, Any], ...]]:
        """The number of documents that answer, and the best: score and address in the whole index."""
        other = _threads().submit(self._second.searcher.search, query, limit, count=True)
        own = self._first.searcher.search(query, limit, count=True)
        others = other.result()
        best = sorted(
            (-score, share.numbers[address.segment_ord], address.doc)
            for share, found in ((self._first, own), (self._second, others))
            for score, address in found.hits
        )
        hits = tuple([(-lost, self._address(segment, document)) for lost, segment, document in best[:limit]])
        return int(own.count) + int(others.count), hits


@cache
def _threads() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(THREADS, "search-share")


def open_shares(tantivy: Any, documents: Path, whole: Any) -> Shares | None:
    """The shares of the index in ``documents`` that ``whole`` searches; ``None`` where one thread does better.

    So it is with fewer than ``MIN_DOCUMENTS``, one segment, or one processor; where memory is short; and where no
    links can be made. A folder that another process has written to since ``whole`` was opened has none either.
    """
    if whole.num_docs < MIN_DOCUMENTS or (os.cpu_count() or 1) < SHARES:
        return None
    try:
        files = [path for path in documents.iterdir() if path.name != LIST]
        if room() < LITTLE + sum(path.stat().st_size for path in files):  # every file is mapped once more
            return None
        listed = json.loads((documents / LIST).read_text("utf-8"))
        sizes = [segment["max_doc"] for segment in listed["segments"]]
        first, second = _halves(sizes)
        if not first or not second:
            return None
        shares = [_open(tantivy, listed, numbers, files) for numbers in (first, second)]
        fit = _are_of(tantivy, shares, whole, sizes)
    except (OSError, ValueError, KeyError, TypeError):  # the library's own errors are ValueErrors
        return None
    return Shares(tantivy, *shares) if fit else None


def _halves(sizes: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The numbers of segments of ``sizes`` documents, parted where it divides the documents most evenly."""
    whole = sum(sizes)
    at = min(range(len(sizes) + 1), key=lambda number: abs(2 * sum(sizes[:number]) - whole))
    numbers = tuple(range(len(sizes)))
    return numbers[:at], numbers[at:]


def _open(tantivy: Any, listed: dict[str, Any], numbers: tuple[int, ...], files: Sequence[Path]) -> Share:
    import tempfile

    segments = [listed["segments"][number] for number in numbers]
    names = {segment["segment_id"].replace("-", "") for segment in segments}
    with tempfile.TemporaryDirectory(prefix="kerman-tui-", ignore_cleanup_errors=True) as place:
        for path in files:
            if path.name.partition(".")[0] in names:
                (Path(place) / path.name).symlink_to(path.absolute())
        (Path(place) / LIST).write_text(json.dumps(listed | {"segments": segments}), "utf-8")
        index = tantivy.Index.open(place)
        index.config_reader("manual")
        index.reload()
        return Share(index.searcher(), numbers)


def _are_of(tantivy: Any, shares: Sequence[Share], whole: Any, sizes: Sequence[int]) -> bool:
    """Whether segments go by the same numbers in shares and whole, and hold the same documents."""
    if whole.num_segments != len(sizes) or sum(share.searcher.num_docs for share in shares) != whole.num_docs:
        return False
    return all(
        _edges(tantivy, share.searcher, own, sizes[number]) == _edges(tantivy, whole, number, sizes[number])
        for share in shares
        for own, number in enumerate(share.numbers)
    )


def _edges(tantivy: Any, searcher: Any, segment: int, size: int) -> list[int]:
    """The ordinals of the first and the last document of a segment."""
    ends = [tantivy.DocAddress(segment, number) for number in (0, size - 1)]
    return list(searcher.fast_field_values("ordinal", ends))
