"""Articles by ordinal and by id: in memory for what was just read, memory-mapped for named corpora.

A kept store is a folder of segments, each written once and never changed, and of generations, each a small file that
says which segments and which of their articles count. A pointer names the generation in force and is switched by one
rename, so that readers of an older generation go on undisturbed and a crash leaves the old one whole.
"""

from __future__ import annotations

import mmap
import os
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kerman_tui.model import UNKNOWN_OUTLET, Article

if TYPE_CHECKING:
    from kerman_tui.ingest.generations import Generation

VERSION = 1
_DECODED = 256
_SEPARATOR = "\x1f"
KEY_BYTES = 16


class StoreError(Exception):
    """A kept store cannot be read or written; the message says which and why."""


class ArticleStore(Protocol):
    """What every store answers. Ordinals count from 0 in the order of the store and are those of the search index."""

    def __len__(self) -> int: ...

    def __getitem__(self, ordinal: int) -> Article: ...

    def __iter__(self) -> Iterator[Article]: ...

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


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of an article without its body."""

    id: str
    title: str
    outlet: str
    published: str | None
    source: str


class Segment:
    """Articles written together, memory-mapped. Raises StoreError for files that do not fit together."""

    _FILES = ("articles.bin", "articles.idx", "heads.bin", "heads.idx", "byid.idx")

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            bodies, body_ends, heads, head_ends, order = (_map(folder / name) for name in self._FILES)
        except (OSError, ValueError) as error:
            raise StoreError(f"{folder}: cannot be read ({error})") from error
        self._bodies, self._heads = bodies, heads
        try:
            self._body_ends = memoryview(body_ends).cast("Q")
            self._head_ends = memoryview(head_ends).cast("Q")
            self._order = memoryview(order).cast("I")
        except TypeError as error:
            raise StoreError(f"{folder}: an index of the wrong length") from error
        self.count = len(self._order)
        fits = len(self._body_ends) == len(self._head_ends) == self.count + 1
        if not fits or self._body_ends[-1] != len(bodies) or self._head_ends[-1] != len(heads):
            raise StoreError(f"{folder}: damaged, its files do not fit together")

    def article(self, at: int) -> Article:
        from kerman_tui.ingest.codec import decode_article

        try:
            return decode_article(self._bodies[self._body_ends[at] : self._body_ends[at + 1]])
        except (ValueError, TypeError, KeyError) as error:
            raise StoreError(f"{self.folder}: article {at + 1} is damaged") from error

    def head(self, at: int) -> Head:
        text = str(self._heads[self._head_ends[at] : self._head_ends[at + 1]], "utf-8", "replace")
        id_, title, outlet, published, source = (text.split(_SEPARATOR) + [""] * 5)[:5]
        return Head(id_, title, outlet, published or None, source)

    def id(self, at: int) -> str:
        start = self._head_ends[at]
        end = self._heads.find(b"\x1f", start, self._head_ends[at + 1])
        return str(self._heads[start:end], "utf-8", "replace")

    def keys(self) -> bytes:
        """The keys of all articles (``key_of``), one after the other. Raises StoreError."""
        try:
            found = (self.folder / "keys.bin").read_bytes()
        except OSError as error:
            raise StoreError(f"{self.folder}: cannot be read ({error})") from error
        if len(found) != self.count * KEY_BYTES:
            raise StoreError(f"{self.folder}: damaged, its files do not fit together")
        return found

    def find(self, id: str) -> int | None:
        at = self.first_from(id)
        if at < self.count and self.id(self._order[at]) == id:
            return self._order[at]
        return None

    def first_from(self, prefix: str) -> int:
        """The rank, in the order of ids, of the first id that is not before ``prefix``."""
        return bisect_left(range(self.count), prefix, key=lambda rank: self.id(self._order[rank]))

    def ranked(self, rank: int) -> int:
        """The article of that rank in the order of ids."""
        return self._order[rank]


def _map(path: Path) -> mmap.mmap | bytes:
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size == 0:
            return b""
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


class MappedStore:
    """A generation of a kept store. No body is held as an object; processes on one host share the pages."""

    def __init__(self, segments: Sequence[Segment], removed: Sequence[Sequence[int]]) -> None:
        self.segments = tuple(segments)
        self._starts = [0]
        self._live: list[array[int] | range] = []
        for segment, gone in zip(segments, removed, strict=True):
            absent = frozenset(gone)
            live = (
                array("I", (at for at in range(segment.count) if at not in absent)) if absent else range(segment.count)
            )
            self._live.append(live)
            self._starts.append(self._starts[-1] + len(live))
        self._fetch = lru_cache(maxsize=_DECODED)(self._decode)

    @classmethod
    def open(cls, folder: Path) -> MappedStore:
        """Open the generation in force of a store's folder, or the folder of one generation. Raises StoreError."""
        from kerman_tui.ingest.generations import current, load

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
            yield from map(segment.article, live)

    def _decode(self, ordinal: int) -> Article:
        segment, at = self.place(ordinal)
        return self.segments[segment].article(at)

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

    def heads(self) -> Iterator[Head]:
        """The heads of all articles in order; about a microsecond each."""
        for segment, live in zip(self.segments, self._live, strict=True):
            yield from map(segment.head, live)

    def id(self, ordinal: int) -> str:
        segment, at = self.place(ordinal)
        return self.segments[segment].id(at)

    def outlet(self, ordinal: int) -> str:
        return self.head(ordinal).outlet

    def published(self, ordinal: int) -> str | None:
        return self.head(ordinal).published

    def title(self, ordinal: int) -> str:
        return self.head(ordinal).title


def _rank(live: array[int] | range, at: int) -> int | None:
    rank = bisect_left(live, at)
    return rank if rank < len(live) and live[rank] == at else None


def key_of(article: Article) -> bytes:
    """16 bytes that articles share when outlet, title and text are the same word for word.

    Where the outlet is unknown the file stands for it, as when duplicates are folded together.
    """
    origin = article.outlet if article.outlet != UNKNOWN_OUTLET else article.source.sha256
    digest = blake2b(f"{origin}\0{article.title}".encode("utf-8", "replace"), digest_size=KEY_BYTES)
    for paragraph in article.paragraphs:
        digest.update(b"\0" + paragraph.text.encode("utf-8", "replace"))
    return digest.digest()


def write_segment(folder: Path, articles: Iterable[Article]) -> int:
    """Write articles as a new segment into a new folder and return their number. Raises OSError, as on a full disk."""
    from kerman_tui.ingest.codec import encode_article

    folder.mkdir(mode=0o700)
    body_ends, head_ends = array("Q", [0]), array("Q", [0])
    ids: list[str] = []
    keys = bytearray()
    with (folder / "articles.bin").open("wb") as bodies, (folder / "heads.bin").open("wb") as heads:
        for article in articles:
            body_ends.append(body_ends[-1] + bodies.write(encode_article(article)))
            parts = (article.id, article.title, article.outlet, article.published or "", article.source.name)
            head = _SEPARATOR.join(part.replace(_SEPARATOR, " ") for part in parts)
            head_ends.append(head_ends[-1] + heads.write(head.encode("utf-8", "replace")))
            keys += key_of(article)
            ids.append(article.id)
        for file in (bodies, heads):
            file.flush()
            os.fsync(file.fileno())
    (folder / "keys.bin").write_bytes(keys)
    order = array("I", sorted(range(len(ids)), key=ids.__getitem__))
    for name, numbers in (("articles.idx", body_ends), ("heads.idx", head_ends), ("byid.idx", order)):
        with (folder / name).open("wb") as file:
            numbers.tofile(file)
            file.flush()
            os.fsync(file.fileno())
    return len(ids)


BYTE_ORDER = sys.byteorder
"""Numbers are written as this machine has them; a store from one of the other kind is not read but built again."""
