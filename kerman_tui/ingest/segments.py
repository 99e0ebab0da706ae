"""Segments: articles written together once and never changed, with heads, keys and an order of ids, memory-mapped."""

from __future__ import annotations

import mmap
import os
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kerman_tui.memory import ran_out
from kerman_tui.model import Article

if TYPE_CHECKING:
    from kerman_tui.ingest.boilerplate import Page
    from kerman_tui.ingest.columns import Columns
    from kerman_tui.ingest.unread import UnreadArticle

VERSION = 1
BYTE_ORDER = sys.byteorder
"""Numbers are written as this machine has them; a store from one of the other kind is not read but built again."""

_SEPARATOR = "\x1f"
_WALKED = 32 << 20
"""Bytes of articles after which a walk over a segment lets go of the pages that it has read."""


class StoreError(Exception):
    """A kept store cannot be read or written; the message says which and why."""


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
            if ran_out(error):
                raise MemoryError from error
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

    def articles(self, places: Iterable[int]) -> Iterator[Article]:
        """The articles at ``places``, one after the other; what was read is let go, however large the segment is."""
        held = 0
        for at in places:
            yield self.article(at)
            held += self._body_ends[at + 1] - self._body_ends[at]
            if held > _WALKED and isinstance(self._bodies, mmap.mmap):
                self._bodies.madvise(mmap.MADV_DONTNEED)  # the system has the pages still, and other sessions do
                held = 0

    def unread(self, at: int) -> UnreadArticle:
        """The article for a glance at it."""
        from kerman_tui.ingest.unread import unread

        try:
            return unread(self._bodies[self._body_ends[at] : self._body_ends[at + 1]])
        except ValueError as error:
            raise StoreError(f"{self.folder}: article {at + 1} is damaged") from error

    def head(self, at: int) -> Head:
        text = str(self._heads[self._head_ends[at] : self._head_ends[at + 1]], "utf-8", "replace")
        id_, title, outlet, published, source = (text.split(_SEPARATOR) + [""] * 5)[:5]
        return Head(id_, title, outlet, published or None, source)

    def id(self, at: int) -> str:
        start = self._head_ends[at]
        end = self._heads.find(b"\x1f", start, self._head_ends[at + 1])
        return str(self._heads[start:end], "utf-8", "replace")

    @cached_property
    def columns(self) -> Columns:
        """What an update asks of its articles. Raises StoreError."""
        from kerman_tui.ingest.columns import Columns

        try:
            return Columns(self.folder, self.count)
        except (OSError, ValueError) as error:
            raise StoreError(f"{self.folder}: cannot be read ({error})") from error

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


def write_segment(folder: Path, articles: Iterable[tuple[Article, Page]]) -> int:
    """Write articles as a new segment into a new folder and return their number. Raises OSError, as on a full disk.

    With each comes what is known of it for finding boilerplate.
    """
    from kerman_tui.ingest import columns
    from kerman_tui.ingest.codec import encode_article

    folder.mkdir(mode=0o700)
    body_ends, head_ends = array("Q", [0]), array("Q", [0])
    ids: list[str] = []
    with ExitStack() as stack:
        bodies, heads, *beside = [
            stack.enter_context((folder / name).open("wb")) for name in ("articles.bin", "heads.bin", *columns.FILES)
        ]
        for article, page in articles:
            body_ends.append(body_ends[-1] + bodies.write(encode_article(article)))
            parts = (article.id, article.title, article.outlet, article.published or "", article.source.name)
            head = _SEPARATOR.join(part.replace(_SEPARATOR, " ") for part in parts)
            head_ends.append(head_ends[-1] + heads.write(head.encode("utf-8", "replace")))
            for file, data in zip(beside, columns.row_of(article, page), strict=True):
                file.write(data)
            ids.append(article.id)
        for file in (bodies, heads, *beside):
            file.flush()
            os.fsync(file.fileno())
    order = array("I", sorted(range(len(ids)), key=ids.__getitem__))
    for name, numbers in (("articles.idx", body_ends), ("heads.idx", head_ends), ("byid.idx", order)):
        with (folder / name).open("wb") as file:
            numbers.tofile(file)
            file.flush()
            os.fsync(file.fileno())
    return len(ids)
