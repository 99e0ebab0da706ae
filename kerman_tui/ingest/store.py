"""Articles by ordinal and by id: in memory for what was just read, memory-mapped for named corpora."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from kerman_tui.model import Article


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
