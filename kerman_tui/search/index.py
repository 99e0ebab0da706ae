"""The search index as the rest of the program sees it: documents in, ranked hits with reasons and highlights out.

``SearchIndex`` is the protocol; ``opening`` gives one over tantivy, in memory or memory-mapped from a folder. No type
of the library underneath crosses it, so that another engine can take its place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from kerman_tui.model import Article, ConcordanceLine, FacetCount, Match, ParagraphKind, SearchResult

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kerman_tui.search.completion import Completion


class Readable(Protocol):
    """What is asked of an article for a hit. An Article answers so, and so may one of which little was read."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def outlet(self) -> str: ...

    @property
    def published(self) -> str | None: ...

    @property
    def kinds(self) -> Sequence[ParagraphKind]: ...

    def text_of(self, paragraph: int | None) -> str: ...

    def line_of(self, paragraph: int | None) -> int: ...


Fetch = Callable[[int], Article]
"""Gives the article of an ordinal."""
FetchShown = Callable[[int], Readable]
"""Gives what is shown of the article of an ordinal; called for the hits that are shown only."""
Resolve = Mapping[str, Callable[[str], Collection[int]]]
"""For a field, what finds the ordinals that its value means; asked before the index's own values."""
Cancelled = Callable[[], bool]
Progress = Callable[[int], None]
"""Told the number of documents taken in so far."""


class SearchCancelledError(Exception):
    """The search was given up because ``cancelled()`` said so; its answer is no longer wanted."""


class UnusableIndexError(Exception):
    """The index in a folder cannot be read or written; the message says which and why, for the person."""


class WriterLostError(OSError):
    """One of several processes that wrote an index ended before it was done, as one that is killed does."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article as it is indexed. ``ordinal`` is its number in the corpus, unique and never used again."""

    ordinal: int
    article: Article
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class SearchIndex(Protocol):
    """Finds articles. Safe to search from several threads, also while documents are added."""

    notices: tuple[str, ...]
    """What the person should know of how it was written."""

    def __len__(self) -> int:
        """The number of documents."""
        ...

    def add(self, documents: Iterable[Document], progress: Progress | None = None) -> None:
        """Take documents in; those with an ordinal that is there already are replaced. Seen by the next search."""
        ...

    def remove(self, ordinals: Iterable[int]) -> None:
        """Forget documents; unknown ordinals are passed over."""
        ...

    def search(
        self,
        query: str,
        fetch: FetchShown,
        *,
        limit: int = 50,
        offset: int = 0,
        strict: bool = False,
        facets: bool = False,
        passages: int = 3,
        resolve: Resolve | None = None,
        today: date | None = None,
        cancelled: Cancelled | None = None,
    ) -> SearchResult:
        """The best hits, each with so many ``passages``, the title beyond, and more where a word stands in others only.

        Never raises for what a query says; raises SearchCancelledError when told to stop.
        """
        ...

    def facets(
        self,
        query: str,
        *,
        strict: bool = False,
        resolve: Resolve | None = None,
        today: date | None = None,
        cancelled: Cancelled | None = None,
    ) -> dict[str, tuple[FacetCount, ...]]:
        """The counts that ``search`` gives with ``facets``, for asking after the hits are shown."""
        ...

    def ordinals(
        self, query: str, *, strict: bool = False, resolve: Resolve | None = None, today: date | None = None
    ) -> NDArray[np.int64]:
        """The ordinals of all documents that ``search`` would count, ascending."""
        ...

    def matches(
        self, query: str, ordinal: int, article: Article, *, strict: bool = False, resolve: Resolve | None = None
    ) -> tuple[Match, ...]:
        """All passages of one article that a query matches, in the order of the text."""
        ...

    def concordance(
        self,
        query: str,
        fetch: Fetch,
        *,
        limit: int = 1000,
        width: int = 60,
        strict: bool = False,
        resolve: Resolve | None = None,
        cancelled: Cancelled | None = None,
    ) -> Sequence[ConcordanceLine]:
        """Every occurrence of what is asked for, with ``width`` characters of context on either side."""
        ...

    def complete(self, query: str, cursor: int, limit: int = 12) -> list[Completion]:
        """What may be meant at ``cursor``: field names, values of a field, words of the corpus."""
        ...

    def likely(self, query: str, limit: int) -> list[str]:
        """What ``query`` most likely is one key later, the likeliest first."""
        ...

    def close(self) -> None:
        """Let go of files and memory."""
        ...
