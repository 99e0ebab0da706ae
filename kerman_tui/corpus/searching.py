"""The search index of a corpus, opened or built when first asked for, and what is asked of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from kerman_tui.analysis import Analysed
from kerman_tui.corpus.comparing import Comparing
from kerman_tui.corpus.holding import CorpusError
from kerman_tui.indexing import INDEX, Numbers, SameNumbers, cached_index_folder
from kerman_tui.memory import ADVICE, ran_out
from kerman_tui.model import Article, ConcordanceLine, FacetCount, Hit, Match, SearchResult
from kerman_tui.places import PlaceError

if TYPE_CHECKING:
    from kerman_tui.meanings import Meanings
    from kerman_tui.model import Organisation, Person
    from kerman_tui.search.completion import Completion
    from kerman_tui.search.index import SearchIndex
    from kerman_tui.search.saved import SavedSearches

INDEX_KEPT_FROM = 1000
"""Articles from which on the index of files that were just given is kept in the cache."""


class Searching(Comparing):
    """A corpus that is searched; a query may ask for people, stories and tags too."""

    _index: SearchIndex | None = None
    _numbers: Numbers = SameNumbers()
    _cached_index: Path | None = None
    _indexed: int | None = None
    """Articles taken into the search index so far, while it is made."""

    @property
    def progress(self) -> Analysed | None:
        indexed = self._indexed
        return super().progress if indexed is None else Analysed(indexed, len(self.articles))

    @property
    def index(self) -> SearchIndex:
        """The search index, built when first asked for."""
        if self._index is not None:
            return self._index
        with self._locks["index"]:
            if self._index is None:
                try:
                    self._index = self.open_kept_index() or self._build_index()
                finally:
                    self._indexed = None
            return self._index

    def open_kept_index(self) -> SearchIndex | None:
        """The index that an earlier session left, or ``None`` when there is none, or none that can be used."""
        from kerman_tui.indexing import UnfitIndexError, open_kept

        folder = self._index_folder()
        try:
            kept = open_kept(folder, self.articles) if folder is not None else None
        except UnfitIndexError as error:
            self.notices = (*self.notices, f"{error}; it is made anew")
            return None
        if kept is None:
            return None
        self._numbers = kept.numbers
        return kept.index

    def _build_index(self) -> SearchIndex:
        from kerman_tui.analysis import default_workers
        from kerman_tui.indexing import build, documents
        from kerman_tui.ingest.segments import StoreError
        from kerman_tui.search.index import UnusableIndexError
        from kerman_tui.search.opening import build_index

        folder = self._index_folder()
        if folder is not None:
            try:
                kept = build(folder, self.articles, self._workers or default_workers(), self._taken_in)
            except (StoreError, UnusableIndexError) as error:
                raise CorpusError(f"the search index could not be made ({error})") from error
            except Exception as error:  # no room on the disk, or another session was faster
                if ran_out(error):
                    why = f"memory ran out while {len(self.articles):,} articles were indexed"
                    raise CorpusError(f"{why}; {ADVICE}") from error
                if not isinstance(error, OSError):
                    raise
                faster = self.open_kept_index()
                if faster is not None:
                    return faster
                self.notices = (*self.notices, f"the search index could not be kept ({error.strerror or error})")
            else:
                self._numbers = kept.numbers
                self.notices = (*self.notices, *kept.notices)
                return kept.index
        return build_index(documents(self.articles), None, self._taken_in)

    def read_ahead(self, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Have the system hold what is kept of the corpus, as far as it is not very large: no query waits for disks."""
        from kerman_tui.indexing import read_ahead

        folder = self._index_folder()
        if folder is not None:
            with suppress(OSError):
                read_ahead(folder, self.articles, cancelled)

    def _taken_in(self, indexed: int) -> None:
        self._indexed = indexed

    def _fetch(self, number: int) -> Article:
        return self.articles[self._numbers.ordinal(number)]

    def _index_folder(self) -> Path | None:
        """Where the index is kept on disk: with a named corpus, or in the cache when building it takes a while."""
        if self._folder is not None:
            return self._folder / INDEX
        if self._passing or len(self.articles) < INDEX_KEPT_FROM:
            return None
        if self._cached_index is None:
            self._cached_index = cached_index_folder(self.analysis.content())
        return self._cached_index

    def search(
        self,
        query: str,
        *,
        limit: int = 50,
        offset: int = 0,
        strict: bool = False,
        facets: bool = False,
        passages: int = 3,
        cancelled: Callable[[], bool] | None = None,
    ) -> SearchResult:
        """Articles that answer ``query``, best first; ``strict`` takes every word as it is written.

        Each hit shows its best ``passages`` and its title, and more where a word stands in others only; where no word
        was asked for, the passages that name those asked for by a field, else how the article begins.
        """
        found = self.index.search(
            query,
            lambda number: self.articles.unread(self._numbers.ordinal(number)),
            limit=limit,
            offset=offset,
            strict=strict,
            facets=facets,
            passages=passages,
            resolve=self._resolvers(),
            cancelled=cancelled,
        )
        if all(_has_words(hit) for hit in found.hits):
            return found
        those = self._meanings().asked_for(query)
        hits = (hit if _has_words(hit) else self._without_words(hit, those, passages) for hit in found.hits)
        return structs.replace(found, hits=tuple(hits))

    def _without_words(self, hit: Hit, those: Sequence[Person | Organisation], passages: int) -> Hit:
        """A hit that no word of the query stands in, with what is to be seen of it instead."""
        from kerman_tui.meanings import beginning, naming

        ordinal = self.articles.ordinal(hit.id)
        if ordinal is None:
            return hit
        article = self.articles.unread(ordinal)
        named = naming(article, those)
        titles = sum(match.paragraph is None for match in named)  # shown beside the passages
        shown = named[: passages + titles] or beginning(article)
        return structs.replace(hit, matches=shown) if shown else hit

    def facets(
        self, query: str, *, strict: bool = False, cancelled: Callable[[], bool] | None = None
    ) -> Mapping[str, tuple[FacetCount, ...]]:
        """Counts of a whole result by outlet, person, org, country and date, for asking after the hits are shown."""
        return self.index.facets(query, strict=strict, resolve=self._resolvers(), cancelled=cancelled)

    def complete(self, query: str, cursor: int, limit: int = 12) -> list[Completion]:
        """What may be meant at ``cursor`` of a query: field names, values of a field, words of the corpus."""
        return self.index.complete(query, cursor, limit)

    def likely(self, query: str, limit: int) -> list[str]:
        """What ``query`` most likely is one key later, the likeliest first."""
        return self.index.likely(query, limit)

    def matches(self, query: str, id_: str, *, strict: bool = False) -> tuple[Match, ...]:
        """All passages of one article that a query matches, in the order of the text.

        Where no word of it stands there, those that name whom its fields ask for.
        """
        from kerman_tui.meanings import naming

        article = self.article(id_)
        ordinal = self.articles.ordinal(article.id)
        number = self._numbers.number(ordinal) if ordinal is not None else -1
        found = self.index.matches(query, number, article, strict=strict, resolve=self._resolvers())
        return found or naming(article, self._meanings().asked_for(query))

    def dispersion(self, query: str, id_: str, *, strict: bool = False) -> tuple[float, ...]:
        """Where in one article a query's words stand, each from 0 (its beginning) to 1 (its end), ascending."""
        from kerman_tui.search.concordance import dispersion

        return dispersion(self.article(id_), self.matches(query, id_, strict=strict))

    def found(self, query: str, *, strict: bool = False) -> tuple[str, ...]:
        """The ids of all articles that answer ``query``, in the order of the corpus."""
        numbers = self.index.ordinals(query, strict=strict, resolve=self._resolvers()).tolist()
        return tuple(self.articles.id(ordinal) for ordinal in sorted(map(self._numbers.ordinal, numbers)))

    def new_in(self, saved: str) -> tuple[str, ...] | None:
        """The ids a saved search finds now and did not when last seen; ``None`` when it was never seen here.

        Raises CorpusError when no search is saved under that name, or what was seen cannot be read.
        """
        with her_searches() as kept:
            new = kept.new(saved, self.identity, self.found(query_of(kept, saved)))
        return None if new is None else tuple(new)

    def seen(self, saved: str) -> None:
        """Remember what a saved search finds now: the next ``new_in`` counts from here. Raises CorpusError."""
        with her_searches() as kept:
            kept.seen(saved, self.identity, self.found(query_of(kept, saved)))

    def concordance(
        self,
        query: str,
        *,
        limit: int = 1000,
        width: int = 60,
        strict: bool = False,
        cancelled: Callable[[], bool] | None = None,
    ) -> Sequence[ConcordanceLine]:
        """Every occurrence of the words or phrase of ``query`` in context, ``width`` characters on either side.

        Of a query without words, every mention of those whom its fields ask for.
        """
        from kerman_tui.meanings import naming
        from kerman_tui.search.concordance import lines

        found = self.index.concordance(
            query,
            self._fetch,
            limit=limit,
            width=width,
            strict=strict,
            resolve=self._resolvers(),
            cancelled=cancelled,
        )
        those = () if found else self._meanings().asked_for(query)
        if not those:
            return found
        named: list[ConcordanceLine] = []
        for id_ in self.found(query, strict=strict):
            if len(named) >= limit or (cancelled is not None and cancelled()):
                break
            article = self.article(id_)
            named += lines(article, naming(article, those), width)
        return named[:limit]

    def _meanings(self) -> Meanings:
        from kerman_tui.meanings import Meanings

        return Meanings(lambda: self.people_index, self.stories, self._numbers_of)

    def _resolvers(self) -> Mapping[str, Callable[[str], Collection[int]]]:
        return self._meanings().resolvers()

    def _numbers_of(self, ids: Iterable[str]) -> set[int]:
        ordinals = (self.articles.ordinal(id_) for id_ in ids)
        return {self._numbers.number(ordinal) for ordinal in ordinals if ordinal is not None}


def _has_words(hit: Hit) -> bool:
    return any(match.spans for match in hit.matches)


def query_of(kept: SavedSearches, name: str) -> str:
    """The query saved under a name. Raises CorpusError when there is none."""
    search = kept.get(name)
    if search is None:
        raise CorpusError(f"no search is saved as {name!r}")
    return search.query


@contextmanager
def her_searches() -> Iterator[SavedSearches]:
    """The searches she keeps; what is wrong with them or their place is a CorpusError."""
    from kerman_tui.search.saved import SavedSearches

    try:
        yield SavedSearches()
    except (PlaceError, ValueError) as error:
        raise CorpusError(str(error)) from error
