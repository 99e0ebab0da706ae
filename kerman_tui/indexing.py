"""The search index of a corpus on disk: built whole once, and carried on from generation to generation after that.

An article has one number in the index for as long as its segment of the store lives: the segment's first number plus
its place in the segment. So what was indexed stays as it is when articles are added or removed, and a new generation
costs what is new in it. A generation that is open is never touched: the next one begins as a copy that shares files.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kerman_tui import places
from kerman_tui.memory import ran_out, room

if TYPE_CHECKING:
    from kerman_tui.ingest.store import ArticleStore, MappedStore
    from kerman_tui.search.index import Document, Progress, SearchIndex

INDEX = "search"
"""The folder of the index inside that of a generation."""

_NUMBERS = "numbers.json"
_SHARED = (".idx", ".pos", ".store", ".term", ".fast", ".fieldnorm", ".del")
"""Files of the index that are never written again once they stand; all others are copied."""

READ_AHEAD = 1 << 30
"""Bytes of an index and its articles that are read before they are asked for: the small files first, all need them."""
READ_AHEAD_SHARE = 4
"""Of the memory that is free one part in so many is read ahead where that is more."""

INDEXES_KEPT = 4
"""Indexes of files that were just given that stay in the cache, those used last."""

WORTH_PROCESSES = 2_000
"""Fewer articles are indexed by this process alone: starting others takes longer than they save."""

REBUILD_SHARE = 0.5
"""An index is built anew when more than this share of it would be removed."""


class Numbers(Protocol):
    """Which number of the index belongs to which article of the store."""

    def ordinal(self, number: int) -> int:
        """The ordinal in the store of a number of the index. Raises IndexError."""
        ...

    def number(self, ordinal: int) -> int:
        """The number in the index of an ordinal of the store. Raises IndexError."""
        ...


class SameNumbers:
    """Numbers of an index that was built from a store as it is."""

    def ordinal(self, number: int) -> int:
        return number

    def number(self, ordinal: int) -> int:
        return ordinal


class SegmentNumbers:
    """Numbers of an index that is carried on: those of a segment begin at its base."""

    def __init__(self, store: MappedStore, bases: Mapping[str, int]) -> None:
        self._store = store
        begin = 0
        rows = []
        self._bases: list[int] = []
        for segment, live in store.live():
            base = bases[segment.folder.name]
            self._bases.append(base)
            rows.append((base, begin, live))
            begin += len(live)
        self._rows = sorted(rows, key=lambda row: row[0])
        self._starts = [row[0] for row in self._rows]

    def ordinal(self, number: int) -> int:
        at = bisect_right(self._starts, number) - 1
        if at < 0:
            raise IndexError(f"there is no article numbered {number}")
        base, begin, live = self._rows[at]
        rank = bisect_left(live, number - base)
        if rank == len(live) or live[rank] != number - base:
            raise IndexError(f"there is no article numbered {number}")
        return begin + rank

    def number(self, ordinal: int) -> int:
        segment, place = self._store.place(ordinal)
        return self._bases[segment] + place


class UnfitIndexError(Exception):
    """There is an index, but it cannot be used; the message says why, for the person."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An index from disk and the numbers in it, and what the person should know of how it was made."""

    index: SearchIndex
    numbers: Numbers
    notices: tuple[str, ...] = ()


def open_kept(folder: Path, store: ArticleStore) -> Kept | None:
    """The index in ``folder``, or ``None`` where there is none.

    Raises UnfitIndexError when it is not that of ``store``, not whole, or of another version.
    """
    from kerman_tui.search.index import UnusableIndexError
    from kerman_tui.search.opening import open_index

    if not folder.is_dir():
        return None
    try:
        table = _Table.read(folder)
        numbers: Numbers = SameNumbers() if table is None else SegmentNumbers(_mapped(store), table.bases)
        index = open_index(folder)
    except UnusableIndexError as error:
        raise UnfitIndexError(str(error)) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnfitIndexError(f"{folder}: the numbers of the index cannot be read ({error!r})") from error
    if len(index) == len(store):
        return Kept(index, numbers)
    index.close()
    raise UnfitIndexError(f"{folder}: the index holds {len(index):,} articles, the corpus {len(store):,}")


def read_ahead(folder: Path, store: ArticleStore, cancelled: Callable[[], bool]) -> None:
    """Read the index in ``folder`` and the articles of ``store``, so that the system holds them. Raises OSError."""
    buffer = bytearray(1 << 20)
    left = max(READ_AHEAD, room() // READ_AHEAD_SHARE)
    articles = [segment.folder for segment, _ in _mapped(store).live()] if _is_mapped(store) else []
    for place in (folder, *articles):
        sizes = {path: path.stat().st_size for path in place.rglob("*") if path.is_file()}
        for path, size in sorted(sizes.items(), key=lambda item: item[1]):
            left -= size
            if left < 0:
                return
            with path.open("rb", buffering=0) as file:
                while not cancelled() and file.readinto(buffer):
                    continue


def build(folder: Path, store: ArticleStore, workers: int = 1, progress: Progress | None = None) -> Kept:
    """Index ``store`` into ``folder``, carrying on an earlier generation's index where there is one.

    An index that is built whole is written by up to ``workers`` processes. ``progress`` is told the number of articles
    taken in so far. Raises OSError, as on a full disk; what was in ``folder`` is then as it was.
    """
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=folder.parent))
    try:
        segments = [segment.folder.name for segment, _ in _mapped(store).live()] if _is_mapped(store) else []
        before = _earlier(folder, segments)
        notices = None if before is None else _carry_on(before, draft, _mapped(store), progress)
        if notices is None:
            notices = _build_whole(draft, store, workers, progress)
        if folder.exists():
            shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    try:
        kept = open_kept(folder, store)
    except UnfitIndexError as error:
        raise OSError(str(error)) from error
    if kept is None:
        raise OSError(f"{folder}: the index that was just built is gone")
    return replace(kept, notices=notices)


def _build_whole(draft: Path, store: ArticleStore, workers: int, progress: Progress | None) -> tuple[str, ...]:
    from kerman_tui.search.index import WriterLostError
    from kerman_tui.search.opening import build_index

    try:
        index = build_index(documents(store), draft, progress, workers if len(store) >= WORTH_PROCESSES else 1)
    except (OSError, MemoryError) as error:
        if not (isinstance(error, WriterLostError) or ran_out(error)):
            raise
        index = build_index(documents(store), draft, progress)  # one process takes less memory than several
    index.close()
    if _is_mapped(store):
        ranges: dict[str, range] = {}
        begin = 0
        for segment, live in _mapped(store).live():
            if len(live) != segment.count:
                return index.notices  # numbers are ordinals: such an index is not carried on, and need not be
            ranges[segment.folder.name] = range(begin, begin + segment.count)
            begin += segment.count
        _Table(ranges, begin).write(draft)
    return index.notices


def documents(store: ArticleStore) -> Iterator[Document]:
    """The articles of a store as they are indexed, numbered by their ordinals."""
    from kerman_tui.search.index import Document

    return (Document(ordinal, article) for ordinal, article in enumerate(store))


def _earlier(folder: Path, segments: list[str]) -> Path | None:
    """The latest index of another generation that knows one of the segments."""
    found = []
    for other in folder.parent.parent.glob(f"*/{INDEX}") if segments else ():
        try:
            table = _Table.read(other)
            if other != folder and table is not None and not table.ranges.keys().isdisjoint(segments):
                found.append((other.stat().st_mtime_ns, other))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return max(found)[1] if found else None


def _carry_on(before: Path, draft: Path, store: MappedStore, progress: Progress | None) -> tuple[str, ...] | None:
    """Make ``draft`` the index of ``store`` from the one in ``before``; ``None`` when that is not worth it."""
    from kerman_tui.search.index import Document, UnusableIndexError
    from kerman_tui.search.opening import open_index

    table = _Table.read(before)
    if table is None:
        return None
    now = {segment.folder.name: (segment, live) for segment, live in store.live()}
    absent = {name: _absent(len(given), now[name][1] if name in now else ()) for name, given in table.ranges.items()}
    if sum(map(len, absent.values())) > REBUILD_SHARE * sum(map(len, table.ranges.values())):
        return None
    known = _removed_before(before)
    gone = [table.ranges[name][at] for name, places in absent.items() for at in places if at not in known.get(name, ())]
    _copy(before, draft)
    try:
        index = open_index(draft)
    except UnusableIndexError:
        shutil.rmtree(draft)
        draft.mkdir(mode=0o700)
        return None
    ranges = {name: given for name, given in table.ranges.items() if name in now}
    following = table.following
    fresh = [name for name in now if name not in ranges]
    for name in fresh:
        ranges[name] = range(following, following + now[name][0].count)
        following += now[name][0].count
    if gone:
        index.remove(gone)
    if fresh:
        added = (Document(ranges[name][at], now[name][0].article(at)) for name in fresh for at in now[name][1])
        index.add(added, progress)
    index.close()
    _Table(ranges, following).write(draft)
    return index.notices


def _absent(count: int, live: Sequence[int]) -> Sequence[int]:
    """The places up to ``count`` that are not ``live``."""
    return sorted(set(range(count)).difference(live)) if len(live) < count else ()


def _removed_before(index: Path) -> Mapping[str, Collection[int]]:
    """For every segment the places that are not in ``index`` any more, or none where that is not known."""
    from kerman_tui.ingest import generations
    from kerman_tui.ingest.segments import StoreError

    try:
        return {part.folder.name: frozenset(part.removed) for part in generations.load(index.parent).parts}
    except StoreError:
        return {}


def _copy(source: Path, target: Path) -> None:
    for path in source.rglob("*"):
        copy = target / path.relative_to(source)
        if path.is_dir():
            copy.mkdir(mode=0o700, exist_ok=True)
        elif path.suffix in _SHARED:
            try:
                os.link(path, copy)
            except OSError:  # a file system without links
                shutil.copyfile(path, copy)
        elif path.suffix != ".lock":
            shutil.copyfile(path, copy)


@dataclass(frozen=True, slots=True)
class _Table:
    """Which numbers an index has given: to each segment a range, and the first that was given to none."""

    ranges: Mapping[str, range]
    following: int

    @property
    def bases(self) -> dict[str, int]:
        return {name: one.start for name, one in self.ranges.items()}

    @classmethod
    def read(cls, folder: Path) -> _Table | None:
        """``None`` for an index whose numbers are ordinals. Raises OSError, ValueError, KeyError, TypeError."""
        try:
            table = json.loads((folder / _NUMBERS).read_text("ascii"))
        except FileNotFoundError:
            return None
        return cls({str(name): range(*edges) for name, edges in table["ranges"].items()}, int(table["following"]))

    def write(self, folder: Path) -> None:
        ranges = {name: [one.start, one.stop] for name, one in self.ranges.items()}
        (folder / _NUMBERS).write_text(json.dumps({"ranges": ranges, "following": self.following}), "ascii")


def _is_mapped(store: ArticleStore) -> bool:
    from kerman_tui.ingest.store import MappedStore

    return isinstance(store, MappedStore)


def _mapped(store: ArticleStore) -> MappedStore:
    from kerman_tui.ingest.store import MappedStore

    if not isinstance(store, MappedStore):
        raise TypeError("only a corpus that is kept has numbers of its own")
    return store


def cached_index_folder(content: str) -> Path | None:
    """The folder in the cache for the index of articles with this content; older ones beyond a few are removed."""
    try:
        parent = places.folder("cache", "indexes")
        folder = parent / content
        if folder.is_dir():
            os.utime(folder)
        others = sorted((one for one in parent.iterdir() if one != folder), key=lambda one: one.stat().st_mtime)
        for old in others[: max(0, len(others) + 1 - INDEXES_KEPT)]:
            shutil.rmtree(old, ignore_errors=True)
    except (OSError, places.PlaceError):
        return None
    return folder
