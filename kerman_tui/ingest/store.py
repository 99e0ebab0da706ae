"""Articles by ordinal and by id: in memory for what was just read, memory-mapped for named corpora.

A kept store is a folder of segments, each written once and never changed, and of generations, each a small file that
says which segments and which of their articles count. A pointer names the generation in force and is switched by one
rename, so that readers of an older generation go on undisturbed and a crash leaves the old one whole.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kerman_tui.ingest.generations import Generation, current, load
from kerman_tui.ingest.segments import Head, Segment, StoreError
from kerman_tui.model import Article

if TYPE_CHECKING:
    from kerman_tui.ingest.unread import UnreadArticle

_DECODED = 256


class ArticleStore(Protocol):
    """What every store answers. Ordinals count from 0 in the order of the store and are those of the search index."""

    def __len__(self) -> int: ...

    def __getitem__(self, ordinal: int) -> Article: ...

    def __iter__(self) -> Iterator[Article]: ...

    def unread(self, ordinal: int) -> Article | UnreadArticle:
        """The article for a glance at it: what is not asked for is not read."""
        ...

    def ordinal(self, id: str) -> int | None:
        """The ordinal of an article id, or ``None``."""
        ...

    def ids_with_prefix(self, prefix: str, limit: int = 20) -> list[str]:
        """At most ``limit`` ids that begin with ``prefix``, in order."""
        ...

    def id(self, ordinal: int) -> str:
        """The id, without reading the body."""
        ...

    def outlet(self, ordinal: int) -> str:
        """The outlet, without reading the body."""
        ...

    def published(self, ordinal: int) -> str | None:
        """The date, without reading the body."""
        ...

    def title(self, ordinal: int) -> str:
        """The title, without reading the body."""
        ...


class MemoryStore:
    """Articles held as they are."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = tuple(articles)
        self._ordinals = {article.id: ordinal for ordinal, article in enumerate(self._articles)}
        self._sorted: Sequence[str] | None = None

    def __len__(self) -> int:
        return len(self._articles)

    def __getitem__(self, ordinal: int) -> Article:
        return self._articles[ordinal]

    def __iter__(self) -> Iterator[Article]:
        return iter(self._articles)

    def unread(self, ordinal: int) -> Article:
        return self._articles[ordinal]

    def ordinal(self, id: str) -> int | None:
        return self._ordinals.get(id)

    def ids_with_prefix(self, prefix: str, limit: int = 20) -> list[str]:
        if self._sorted is None:
            self._sorted = sorted(self._ordinals)
        found: list[str] = []
        for at in range(bisect_left(self._sorted, prefix), len(self._sorted)):
            if len(found) >= limit or not self._sorted[at].startswith(prefix):
                break
            found.append(self._sorted[at])
        return found

    def id(self, ordinal: int) -> str:
        return self._articles[ordinal].id

    def outlet(self, ordinal: int) -> str:
        return self._articles[ordinal].outlet

    def published(self, ordinal: int) -> str | None:
        return self._articles[ordinal].published

    def title(self, ordinal: int) -> str:
        return self._articles[ordinal].title


class MappedStore:
    """A generation of a kept store. No body is held as an object; processes on one host share the pages."""

    def __init__(self, segments: Sequence[Segment], removed: Sequence[Sequence[int]]) -> None:
        self.segments = tuple(segments)
        self._starts = [0]
        self._live: list[array[int] | range] = []
        for segment, gone in zip(segments, removed, strict=True):
            live = _without(segment.count, gone)
            self._live.append(live)
            self._starts.append(self._starts[-1] + len(live))
        self._fetch = lru_cache(maxsize=_DECODED)(self._decode)

    @classmethod
    def open(cls, folder: Path) -> MappedStore:
        """Open the generation in force of a store's folder, or the folder of one generation. Raises StoreError."""
        one = folder if (folder / "generation.json").exists() else current(folder)
        try:
            return cls.of(load(one))
        except StoreError:
            if one == folder or (now := current(folder)) == one:
                raise
            return cls.of(load(now))  # the pointer was switched, and the old generation cleared, in between

    @classmethod
    def of(cls, generation: Generation) -> MappedStore:
        """The store of a generation that was loaded. Raises StoreError."""
        return cls([Segment(part.folder) for part in generation.parts], [part.removed for part in generation.parts])

    def live(self) -> Iterator[tuple[Segment, Sequence[int]]]:
        """Every segment with the places in it that count, in order."""
        return zip(self.segments, self._live, strict=True)

    def __len__(self) -> int:
        return self._starts[-1]

    def __getitem__(self, ordinal: int) -> Article:
        return self._fetch(ordinal if ordinal >= 0 else len(self) + ordinal)

    def __iter__(self) -> Iterator[Article]:
        for segment, live in zip(self.segments, self._live, strict=True):
            yield from segment.articles(live)

    def _decode(self, ordinal: int) -> Article:
        segment, at = self.place(ordinal)
        return self.segments[segment].article(at)

    def unread(self, ordinal: int) -> UnreadArticle:
        segment, at = self.place(ordinal)
        return self.segments[segment].unread(at)

    def place(self, ordinal: int) -> tuple[int, int]:
        """Segment and place in it of an ordinal. Raises IndexError."""
        if not 0 <= ordinal < len(self):
            raise IndexError(f"there is no article {ordinal}")
        number = bisect_left(self._starts, ordinal + 1) - 1
        return number, self._live[number][ordinal - self._starts[number]]

    def ordinal(self, id: str) -> int | None:
        for number, (segment, live) in enumerate(zip(self.segments, self._live, strict=True)):
            at = segment.find(id)
            if at is not None and (rank := _rank(live, at)) is not None:
                return self._starts[number] + rank
        return None

    def ids_with_prefix(self, prefix: str, limit: int = 20) -> list[str]:
        found: list[str] = []
        for segment, live in zip(self.segments, self._live, strict=True):
            taken = 0
            for rank in range(segment.first_from(prefix), segment.count):
                at = segment.ranked(rank)
                id_ = segment.id(at)
                if taken >= limit or not id_.startswith(prefix):
                    break
                if _rank(live, at) is not None:
                    found.append(id_)
                    taken += 1
        return sorted(found)[:limit]

    def head(self, ordinal: int) -> Head:
        """Everything of an article but its body."""
        segment, at = self.place(ordinal)
        return self.segments[segment].head(at)

    def id(self, ordinal: int) -> str:
        segment, at = self.place(ordinal)
        return self.segments[segment].id(at)

    def outlet(self, ordinal: int) -> str:
        return self.head(ordinal).outlet

    def published(self, ordinal: int) -> str | None:
        return self.head(ordinal).published

    def title(self, ordinal: int) -> str:
        return self.head(ordinal).title


def _without(count: int, gone: Sequence[int]) -> array[int] | range:
    """The places up to ``count`` without those that are ``gone``, which come in order."""
    if not gone:
        return range(count)
    live, begin = array("I"), 0
    for at in gone:
        live.extend(range(begin, at))
        begin = at + 1
    live.extend(range(begin, count))
    return live


def _rank(live: array[int] | range, at: int) -> int | None:
    rank = bisect_left(live, at)
    return rank if rank < len(live) and live[rank] == at else None
