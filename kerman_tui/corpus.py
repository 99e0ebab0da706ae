"""The corpus: opens articles from paths or by name, and answers every question about them.

``Corpus`` is the one object that front ends and notebooks hold. It joins the rooms below it, which know nothing of
each other: articles from ``ingest``, the index of ``search``, the names of ``people``, the alignments of ``compare``.
Everything but the articles themselves is computed when first asked for, once, under a lock, so that worker threads
may ask for the same thing at the same time.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kerman_tui import places
from kerman_tui.analysis import Analysis, watch_processes
from kerman_tui.indexing import INDEX, Numbers, SameNumbers
from kerman_tui.model import (
    Article,
    Comparison,
    ConcordanceLine,
    Counterpart,
    Disagreement,
    FacetCount,
    Figure,
    FigureRow,
    Match,
    Mention,
    MentionsAt,
    Organisation,
    Person,
    Quote,
    Reuse,
    SearchResult,
    Skipped,
    Story,
    Wording,
)

if TYPE_CHECKING:
    from kerman_tui.compare.collocates import Collocate
    from kerman_tui.compare.columns import Columns
    from kerman_tui.compare.flows import Flow
    from kerman_tui.compare.omissions import Carried
    from kerman_tui.compare.reuse import NearDuplicate
    from kerman_tui.ingest.library import Report
    from kerman_tui.ingest.pipeline import Arrived, Progress
    from kerman_tui.ingest.store import ArticleStore
    from kerman_tui.people.collate import Utterance, VerbCount
    from kerman_tui.people.corrections import Corrections
    from kerman_tui.people.corrections import Kind as CorrectionKind
    from kerman_tui.people.detect import ArticleNames
    from kerman_tui.people.merge import PeopleIndex
    from kerman_tui.people.timeline import Step
    from kerman_tui.search.completion import Completion
    from kerman_tui.search.index import SearchIndex
    from kerman_tui.search.saved import SavedSearches

ID_CHOICES_SHOWN = 5
"""How many candidates an ambiguous id prefix names."""


INDEX_KEPT_FROM = 1000
"""Articles from which on the index of files that were just given is kept in the cache."""

FINGERPRINTS = "fingerprints"
"""The folder of what tells reuse, inside that of a generation."""

INDEXES_KEPT = 4
"""Indexes of such files that stay in the cache, those used last."""


class CorpusError(Exception):
    """A corpus cannot be opened or asked; the message is one line for the user."""


class ArticleNotFoundError(CorpusError):
    """An id or prefix names no article, or more than one."""


class Corpus:
    """Articles and everything that is known about them.

    Methods raise CorpusError with a message for the user, never an error of a library below.
    """

    def __init__(
        self,
        articles: ArticleStore,
        skipped: Sequence[Skipped] = (),
        *,
        name: str | None = None,
        folder: Path | None = None,
        workers: int | None = None,
        passing: bool = False,
    ) -> None:
        """``folder`` is where what is derived from the articles is kept; without it the cache is asked.

        What is derived from a ``passing`` corpus is not kept.
        """
        self.articles = articles
        self._passing = passing
        self._folder = folder
        self._workers = workers
        self.analysis = Analysis(articles, workers)
        self.skipped = tuple(skipped)
        self.name = name
        self.identity = name or ""
        """What tells this corpus from others between sessions: its name, else where its files are."""
        self.notices: tuple[str, ...] = ()
        """What was wrong with files of hers, in words; the answers go on without them."""
        self._locks: dict[str, threading.RLock] = {
            name: threading.RLock() for name in ("index", "people", "quotes", "figures", "stories", "reuse")
        }
        self._index: SearchIndex | None = None
        self._numbers: Numbers = SameNumbers()
        self._cached_index: Path | None = None
        self._people: PeopleIndex | None = None
        self._quotes: tuple[Quote, ...] | None = None
        self._figures: tuple[Figure, ...] | None = None
        self._stories: tuple[Story, ...] | None = None
        self._reuse: tuple[Reuse, ...] | None = None

    # --- opening ------------------------------------------------------------------------------------------------

    @classmethod
    def open(
        cls,
        paths: Sequence[Path | str],
        *,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        workers: int | None = None,
        remember: bool = False,
        arrived: Arrived | None = None,
    ) -> Corpus:
        """Read articles from files, folders and globs; with ``remember``, they are what a later call opens by default.

        ``arrived`` is called in this thread with articles as they are read, a batch at a time, the first at once. They
        have their places and ids already; the corpus that is returned has them whole (see ``pipeline.Arrived``).

        When ``cancelled`` says so, what was read until then is the corpus, and ``skipped`` says that there is more.
        Raises CorpusError when not one article came out, naming the first reasons.
        """
        from kerman_tui.ingest import library
        from kerman_tui.ingest.pipeline import read
        from kerman_tui.ingest.store import MemoryStore

        articles: list[Article] = []
        skipped: list[Skipped] = []
        for outcome in read(
            paths, progress=progress, cancelled=cancelled, workers=workers, partial=True, arrived=arrived
        ):
            if isinstance(outcome, Skipped):
                skipped.append(outcome)
            else:
                articles.append(outcome)
        if not articles:
            raise CorpusError(_why_nothing(paths, skipped))
        if remember:
            library.remember_opened(paths)
        corpus = cls(MemoryStore(articles), skipped, workers=workers)
        corpus.identity = "\n".join(sorted(str(Path(path).absolute()) for path in paths))
        return corpus

    @classmethod
    def of(cls, articles: Sequence[Article]) -> Corpus:
        """A corpus of articles that are at hand already."""
        from kerman_tui.ingest.store import MemoryStore

        return cls(MemoryStore(articles))

    @classmethod
    def part(cls, articles: Sequence[Article]) -> Corpus:
        """The articles read so far, to be looked at until the corpus is whole; nothing of it is kept."""
        from kerman_tui.ingest.store import MemoryStore

        return cls(MemoryStore(tuple(articles)), passing=True)

    @classmethod
    def open_named(cls, name: str, *, workers: int | None = None) -> Corpus:
        """Open a corpus kept under a name. Raises CorpusError when there is none, or when it cannot be read."""
        from kerman_tui.ingest import library

        try:
            opened = library.open(name)
        except library.LibraryError as error:
            raise CorpusError(str(error)) from error
        library.remember_opened(name)
        return cls(opened.store, opened.skipped, name=name, folder=opened.folder, workers=workers)

    def newer(self) -> Corpus | None:
        """The corpus of this name as it is kept now, if it was indexed again since this one was opened, else ``None``.

        Asking costs one small file; that nothing can be read just now counts as nothing new.
        """
        from kerman_tui.ingest import library

        if self.name is None or self._folder is None:
            return None
        try:
            if library.token_of(self.name) == self._folder.name:
                return None
            return Corpus.open_named(self.name, workers=self._workers)
        except (library.LibraryError, CorpusError):
            return None

    @classmethod
    def keep(
        cls,
        name: str,
        paths: Sequence[Path | str],
        *,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        workers: int | None = None,
    ) -> Report:
        """Keep the articles of ``paths`` under a name, or bring them up to date, with an index ready to open.

        Raises CorpusError when nothing could be kept; what was kept before stays as it was.
        """
        from kerman_tui.ingest import library

        try:
            report = library.create(name, paths, progress=progress, cancelled=cancelled, workers=workers)
        except library.LibraryError as error:
            raise CorpusError(str(error)) from error
        if report.articles:
            started = time.monotonic()
            corpus = cls.open_named(name)
            corpus.index.close()
            seconds = round(report.seconds + time.monotonic() - started, 3)
            report = replace(report, seconds=seconds, notices=(*report.notices, *corpus.notices))
        return report

    @classmethod
    def open_default(
        cls,
        *,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        workers: int | None = None,
        arrived: Arrived | None = None,
    ) -> Corpus:
        """Open the corpus opened last, else the current folder. Raises CorpusError when neither gives an article."""
        from kerman_tui.ingest import library

        last = library.last_opened()
        if isinstance(last, str):
            return cls.open_named(last)
        return cls.open(last or [Path.cwd()], progress=progress, cancelled=cancelled, workers=workers, arrived=arrived)

    def __len__(self) -> int:
        return len(self.articles)

    # --- articles -----------------------------------------------------------------------------------------------

    def article(self, id_or_prefix: str) -> Article:
        """The article of that id, or of the only id that begins so. Raises ArticleNotFoundError."""
        ordinal = self.articles.ordinal(id_or_prefix)
        if ordinal is not None:
            return self.articles[ordinal]
        candidates = self.articles.ids_with_prefix(id_or_prefix, ID_CHOICES_SHOWN + 1) if id_or_prefix else []
        if len(candidates) == 1:
            found = self.articles.ordinal(candidates[0])
            assert found is not None
            return self.articles[found]
        if not candidates:
            raise ArticleNotFoundError(f"no article has the id {id_or_prefix!r}; `kerman-tui articles` lists the ids")
        shown = ", ".join(candidates[:ID_CHOICES_SHOWN]) + (", …" if len(candidates) > ID_CHOICES_SHOWN else "")
        raise ArticleNotFoundError(f"{id_or_prefix!r} could be {shown}: give more of it")

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets of the corpus, by number of articles, most first."""
        counts: dict[str, int] = {}
        for ordinal in range(len(self.articles)):
            outlet = self.articles.outlet(ordinal)
            counts[outlet] = counts.get(outlet, 0) + 1
        return tuple(sorted(counts, key=lambda outlet: (-counts[outlet], outlet)))

    # --- search -------------------------------------------------------------------------------------------------

    @property
    def index(self) -> SearchIndex:
        """The search index, built when first asked for."""
        if self._index is not None:
            return self._index
        with self._locks["index"]:
            if self._index is None:
                self._index = self.open_kept_index() or self._build_index()
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
        from kerman_tui.indexing import build, documents
        from kerman_tui.search.opening import build_index

        folder = self._index_folder()
        if folder is not None:
            try:
                kept = build(folder, self.articles)
            except MemoryError as error:
                why = f"memory ran out while {len(self.articles):,} articles were indexed"
                raise CorpusError(f"{why}; raise the limit of the process, or index fewer at a time") from error
            except OSError as error:  # no room on the disk, or another session was faster
                faster = self.open_kept_index()
                if faster is not None:
                    return faster
                self.notices = (*self.notices, f"the search index could not be kept ({error.strerror or error})")
            else:
                self._numbers = kept.numbers
                self.notices = (*self.notices, *kept.notices)
                return kept.index
        return build_index(documents(self.articles), None)

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

        Each hit shows its best ``passages`` and its title, and more where a word stands in others only.
        """
        return self.index.search(
            query,
            self._fetch,
            limit=limit,
            offset=offset,
            strict=strict,
            facets=facets,
            passages=passages,
            resolve=self._resolvers(),
            cancelled=cancelled,
        )

    def facets(
        self, query: str, *, strict: bool = False, cancelled: Callable[[], bool] | None = None
    ) -> Mapping[str, tuple[FacetCount, ...]]:
        """Counts of a whole result by outlet, person, org, country and date, for asking after the hits are shown."""
        return self.index.facets(query, strict=strict, resolve=self._resolvers(), cancelled=cancelled)

    def complete(self, query: str, cursor: int, limit: int = 12) -> list[Completion]:
        """What may be meant at ``cursor`` of a query: field names, values of a field, words of the corpus."""
        return self.index.complete(query, cursor, limit)

    def matches(self, query: str, id_: str, *, strict: bool = False) -> tuple[Match, ...]:
        """All passages of one article that a query matches, in the order of the text."""
        article = self.article(id_)
        ordinal = self.articles.ordinal(article.id)
        number = self._numbers.number(ordinal) if ordinal is not None else -1
        return self.index.matches(query, number, article, strict=strict, resolve=self._resolvers())

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
        with _her_searches() as kept:
            new = kept.new(saved, self.identity, self._found_by(kept, saved))
        return None if new is None else tuple(new)

    def seen(self, saved: str) -> None:
        """Remember what a saved search finds now: the next ``new_in`` counts from here. Raises CorpusError."""
        with _her_searches() as kept:
            kept.seen(saved, self.identity, self._found_by(kept, saved))

    def _found_by(self, kept: SavedSearches, name: str) -> tuple[str, ...]:
        search = kept.get(name)
        if search is None:
            raise CorpusError(f"no search is saved as {name!r}")
        return self.found(search.query)

    def concordance(
        self,
        query: str,
        *,
        limit: int = 1000,
        width: int = 60,
        strict: bool = False,
        cancelled: Callable[[], bool] | None = None,
    ) -> Sequence[ConcordanceLine]:
        """Every occurrence of the words or phrase of ``query`` in context, ``width`` characters on either side."""
        return self.index.concordance(
            query,
            self._fetch,
            limit=limit,
            width=width,
            strict=strict,
            resolve=self._resolvers(),
            cancelled=cancelled,
        )

    def _resolvers(self) -> Mapping[str, Callable[[str], Collection[int]]]:
        from kerman_tui.meanings import Meanings

        return Meanings(lambda: self.people_index, self.stories, self._numbers_of).resolvers()

    def _numbers_of(self, ids: Iterable[str]) -> set[int]:
        ordinals = (self.articles.ordinal(id_) for id_ in ids)
        return {self._numbers.number(ordinal) for ordinal in ordinals if ordinal is not None}

    # --- people, quotations, figures ----------------------------------------------------------------------------

    def names_in(self, id_: str) -> ArticleNames:
        """What the people room finds in one article."""
        from kerman_tui.people.detect import detect

        return detect(self.article(id_))

    @property
    def people_index(self) -> PeopleIndex:
        """People and organisations over the whole corpus under her corrections, merged when first asked for."""
        with self._locks["people"]:
            if self._people is None:
                self._people = self.analysis.people(self._her_corrections(), self._folder)
            return self._people

    def people(self, *, everyone: bool = False, among: Collection[str] | None = None) -> tuple[Person, ...]:
        """Leaders (or, with ``everyone``, all people) with their mentions, in the whole corpus or in some articles."""
        if among is None:
            return self.people_index.people(everyone)
        return self.people_index.among(among, everyone)

    def people_in(self, id_: str) -> tuple[tuple[Person, tuple[Mention, ...]], ...]:
        """The people of one article with their mentions in it, in order of first mention."""
        return self.people_index.names_of(id_)

    def timeline(
        self, person: Person, *, step: Step = "day", among: Collection[str] | None = None
    ) -> tuple[MentionsAt, ...]:
        """Articles and mentions of a person by date and outlet, in order of time, in the corpus or in some articles."""
        from kerman_tui.people.timeline import timeline

        ordinals = {id_: at for id_ in person.articles if (at := self.articles.ordinal(id_)) is not None}
        dates = {id_: self.articles.published(at) for id_, at in ordinals.items()}
        outlets = {id_: self.articles.outlet(at) for id_, at in ordinals.items()}
        return timeline(person.articles, dates, outlets, step=step, among=among)

    def correct(self, kind: CorrectionKind, *names: str) -> None:
        """Correct what is believed about people, now and whenever these names come up again.

        Raises CorpusError when the names do not fit, or when the correction holds but could not be kept.
        """
        with self._locks["people"]:
            try:
                corrections = self.people_index.corrections.add(kind, *names)
            except ValueError as error:
                raise CorpusError(str(error)) from error
            self._apply(corrections)

    def undo_correction(self) -> str:
        """Take the last correction back and say which it was ("" when there is none). Raises CorpusError."""
        with self._locks["people"]:
            made = self.people_index.corrections.made
            if not made:
                return ""
            self._apply(self.people_index.corrections.undo())
            return f"{made[-1].kind}: {', '.join(made[-1].names)}"

    def _apply(self, corrections: Corrections) -> None:
        from kerman_tui.people.corrections import CorrectionsError, save_corrections

        before = self.people_index.corrections
        self._people = self.people_index.corrected(corrections)
        try:
            save_corrections(corrections, before=before)
        except (CorrectionsError, places.PlaceError) as error:
            raise CorpusError(str(error)) from error

    def _her_corrections(self) -> Corrections:
        from kerman_tui.people.corrections import Corrections, CorrectionsError, load_corrections

        try:
            return load_corrections()
        except CorrectionsError as error:
            self.notices = (*self.notices, str(error))
        except places.PlaceError:
            pass  # no place for files of hers: there are no corrections either
        return Corrections()

    def organisations(self) -> tuple[Organisation, ...]:
        """Organisations and groups, with the spelling each outlet chooses."""
        return self.people_index.organisations()

    def places(self) -> tuple[Organisation, ...]:
        """Places whose name is a choice (Kyiv or Kiev), with the name each outlet chooses."""
        return self.people_index.places()

    def quotes(self, person: str | None = None) -> tuple[Quote, ...]:
        """All quotations, or those of the person whom ``person`` names; speakers under the names of the corpus."""
        with self._locks["quotes"]:
            if self._quotes is None:
                from kerman_tui.people.quotes_naming import quotes_under_corpus_names

                found = (quote for quotes in self.analysis.quotes() for quote in quotes)
                self._quotes = tuple(quotes_under_corpus_names(found, self.people_index))
            every = self._quotes
        if person is None:
            return every
        wanted = {spelling for one in self.people_index.resolve(person) for spelling in (one.name, *one.aliases)}
        return tuple(quote for quote in every if quote.speaker in wanted or quote.speaker_text == person)

    def utterances(self, person: str | None = None) -> tuple[Utterance, ...]:
        """The same words as several outlets ran them: who ran them whole, who clipped them, who changed a word."""
        from kerman_tui.people.collate import collate

        return collate(self.quotes(person))

    def reporting_verbs(self) -> tuple[VerbCount, ...]:
        """Which verbs each outlet gives to each speaker."""
        from kerman_tui.people.collate import reporting_verbs

        return reporting_verbs(self.quotes())

    def figures(self) -> tuple[Figure, ...]:
        """Numbers with their units, in the order of the articles; attributions under the names of the corpus."""
        with self._locks["figures"]:
            if self._figures is None:
                from kerman_tui.people.quotes_naming import figures_under_corpus_names

                found = (figure for figures in self.analysis.figures() for figure in figures)
                self._figures = tuple(figures_under_corpus_names(found, self.people_index))
            return self._figures

    def quotes_in(self, id_: str) -> tuple[Quote, ...]:
        """The quotations of one article."""
        from kerman_tui.people.quotes import quotes

        return quotes(self.article(id_), self.names_in(id_))

    def figures_in(self, id_: str) -> tuple[Figure, ...]:
        """The figures of one article."""
        from kerman_tui.people.figures import figures

        return figures(self.article(id_), self.names_in(id_))

    def disagreements(self) -> tuple[Disagreement, ...]:
        """Figures of one unit on one matter that cannot all be true at once."""
        from kerman_tui.people.figures import disagreements

        return disagreements(self.figures(), self._dates())

    def figure_table(self) -> tuple[FigureRow, ...]:
        """Figures × outlets: a row for every matter that is counted, with what disagrees in it."""
        from kerman_tui.people.figures import figure_table

        return figure_table(self.figures(), self._dates())

    def _dates(self) -> dict[str, str | None]:
        return {self.articles.id(at): self.articles.published(at) for at in range(len(self.articles))}

    # --- comparison ---------------------------------------------------------------------------------------------

    def compare(self, left: Article, right: Article) -> Comparison:
        """Two articles side by side; they need not be of this corpus."""
        from kerman_tui.compare.align import align

        return align(left, right)

    def columns(self, pivot: Article, others: Sequence[Article]) -> Columns:
        """An article beside two or three others, in rows that all columns share."""
        from kerman_tui.compare.columns import columns

        return columns(pivot, others)

    def counterparts(self, article: Article, limit: int = 10) -> tuple[Counterpart, ...]:
        """The articles most worth comparing with ``article``, most overlap first."""
        from kerman_tui.compare.reuse import counterparts

        return counterparts(article, self.articles, limit=limit)

    def reuse(self) -> tuple[Reuse, ...]:
        """Passages that stand in more than one article."""
        with self._locks["reuse"]:
            if self._reuse is None:
                from kerman_tui.compare.reuse import reuse

                watch_processes()
                self._reuse = tuple(reuse(self.articles, self._folder and self._folder / FINGERPRINTS))
            return self._reuse

    @property
    def reuse_known(self) -> bool:
        """Whether ``reuse`` has its answer already."""
        return self._reuse is not None

    def stories(self) -> tuple[Story, ...]:
        """Articles grouped by the event they tell of."""
        with self._locks["stories"]:
            if self._stories is None:
                from kerman_tui.compare.stories import stories

                self._stories = stories(self.articles)
            return self._stories

    def reuse_groups(self) -> list[list[Reuse]]:
        """``reuse``, of which what is one passage in several articles is one group; largest groups first."""
        from kerman_tui.compare.flows import grouped

        return grouped(self.reuse())

    def flows(self) -> tuple[Flow, ...]:
        """What each outlet shares with each other one, most words first, with the direction that dates support."""
        from kerman_tui.compare.flows import flows

        return flows(self.reuse(), self.articles)

    def near_duplicates(self) -> tuple[NearDuplicate, ...]:
        """Pairs of articles that are one article but for little, most words in common first."""
        from kerman_tui.compare.reuse import near_duplicates

        watch_processes()
        return tuple(near_duplicates(self.articles, self._folder and self._folder / FINGERPRINTS))

    def omissions(self, ids: Collection[str]) -> tuple[Carried, ...]:
        """Passages, people and figures of some articles (a story), each with the outlets that carry it and do not."""
        from kerman_tui.compare.omissions import omissions

        articles = [self.article(id_) for id_ in ids]
        figures = [figure for article in articles for figure in self.figures_in(article.id)]
        return omissions(articles, self._people_of(ids), figures)

    def _people_of(self, ids: Collection[str]) -> tuple[Person, ...]:
        """Everyone in a few articles, without reading the names of all others for it."""
        if self._people is not None:
            return self.people(everyone=True, among=ids)
        from kerman_tui.people.merge import merge

        return merge([self.names_in(id_) for id_ in ids], self._her_corrections()).people(True)

    def collocates(self, word: str) -> tuple[Collocate, ...]:
        """Words near a word or phrase, or near any spelling of a person's name, for each outlet."""
        from kerman_tui.compare.collocates import collocates
        from kerman_tui.text.fold import fold

        named = (({one.name, *one.aliases}) for one in self.people_index.resolve(word))
        forms = next((forms for forms in named if fold(word) in map(fold, forms)), None)
        return collocates(self.articles, forms or word)

    def wording(self) -> Wording:
        """What one outlet writes where others write something else."""
        from kerman_tui.compare.keyness import keyness
        from kerman_tui.compare.substitutions import from_passages

        return Wording(from_passages(self.reuse()), keyness(self.articles))


@contextmanager
def _her_searches() -> Iterator[SavedSearches]:
    from kerman_tui.search.saved import SavedSearches

    try:
        yield SavedSearches()
    except places.PlaceError as error:
        raise CorpusError(str(error)) from error


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


def _why_nothing(paths: Sequence[Path | str], skipped: Sequence[Skipped]) -> str:
    from kerman_tui.text.safe import visible

    if not skipped:
        given = ", ".join(visible(os.fspath(path)) for path in paths) or "this folder"
        return f"no readable article in {given}"
    first = "; ".join(f"{one.source}: {one.why}" for one in skipped[:3])
    more = f"; and {len(skipped) - 3} more" if len(skipped) > 3 else ""
    return f"nothing to open: {first}{more}"
