"""The index over tantivy: writing documents, keeping the vocabulary beside them, answering queries in stages.

A search first asks for words as they stand and unfinished ones; only where that brings few hits it corrects, and only
where that brings none it lets words go. Every search works on one immutable state, so writers never disturb it.
"""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kerman_tui.memory import ran_out, share_arenas
from kerman_tui.model import Article, ConcordanceLine, FacetCount, Match, SearchResult
from kerman_tui.search import completion, concordance, explain, facets
from kerman_tui.search.clauses import Clauses
from kerman_tui.search.counting import count_words
from kerman_tui.search.entries import batches
from kerman_tui.search.hits import hits_of
from kerman_tui.search.index import (
    Cancelled,
    Document,
    Fetch,
    FetchShown,
    Progress,
    Resolve,
    UnusableIndexError,
)
from kerman_tui.search.memory import MOST, writer_heap
from kerman_tui.search.passages import MAX_PASSAGES, all_passages, match_of
from kerman_tui.search.plan import Plan, Planner
from kerman_tui.search.query import MAX_PROBLEMS, ParsedQuery, parse
from kerman_tui.search.reading import FEW_HITS, Effort
from kerman_tui.search.schema import FORMAT, make_schema, open_documents, register_tokens
from kerman_tui.search.shares import open_shares
from kerman_tui.search.state import Answer, State, check
from kerman_tui.search.stream import Casing
from kerman_tui.search.values import Values
from kerman_tui.search.vocabulary import Vocabulary
from kerman_tui.search.writing import write

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DOCUMENTS = "documents"
"""The folder of the library's own files in that of an index."""
SPARE_HITS = 10
"""Hits asked for beyond the limit, to fill the places of near-duplicates."""
MAX_ANSWERS = 100
"""Queries whose plans are remembered: for their counts, their next hits, and when a letter is taken back."""
_STATE_FILE = "state.json"


def clear(folder: Path) -> None:
    """Remove the index in ``folder``, and nothing else that may lie there."""
    for name in (DOCUMENTS, *(path.name for path in folder.glob("vocabulary-*"))):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / _STATE_FILE).unlink(missing_ok=True)


class TantivyIndex:
    """A SearchIndex in ``folder``, or in memory for ``None``.

    ``written`` makes one of documents that were just written into a new folder: how their words are written.
    """

    def __init__(self, folder: Path | None, written: Casing | None = None) -> None:
        import tantivy

        self._tantivy: Any = tantivy
        self._folder = folder
        self._schema = make_schema(tantivy)
        self._writing = threading.Lock()
        self._switching = threading.Lock()
        self._stamp = 0
        self.notices: tuple[str, ...] = ()
        if folder is None:
            self._index = tantivy.Index(self._schema)
            register_tokens(tantivy, self._index)
            self._state = self._unread_state()
        else:
            self._open(folder, written)

    def _open(self, folder: Path, written: Casing | None) -> None:
        documents = folder / DOCUMENTS
        try:
            known = json.loads((folder / _STATE_FILE).read_text(encoding="utf-8"))
        except FileNotFoundError:
            known = None
        except (OSError, ValueError) as error:
            raise UnusableIndexError(f"{folder}: the index cannot be read ({error})") from error
        if known is not None and (not isinstance(known, dict) or known.get("format") != FORMAT):
            raise UnusableIndexError(f"{folder}: the index was made by another version of the program")
        try:
            documents.mkdir(parents=True, exist_ok=True)
            self._index = open_documents(self._tantivy, documents)
            self._index.config_reader("manual")
            self._index.reload()
            self._state = self._read_state(known) if written is None else self._unread_state()
        except BaseException as error:  # a panic of the library is no Exception
            if ran_out(error):
                raise MemoryError from error
            if not isinstance(error, OSError | ValueError | KeyError | TypeError):
                raise
            raise UnusableIndexError(f"{folder}: the index cannot be read ({error})") from error
        if written is not None:
            self._publish(written)

    def _unread_state(self) -> State:
        """A state before any word of it was counted."""
        searcher = self._index.searcher()
        return State(0, searcher, Vocabulary.build(()), Values(searcher))

    # --- states -----------------------------------------------------------------------------------------------

    def _read_state(self, known: dict[str, Any] | None) -> State:
        assert self._folder is not None
        searcher = self._index.searcher()
        if known is None:
            return self._state_of(0, searcher, count_words(searcher))
        generation = int(known["generation"])
        self._stamp = (self._folder / _STATE_FILE).stat().st_mtime_ns
        try:
            vocabulary = Vocabulary.load(self._folder / f"vocabulary-{generation}")
        except (OSError, ValueError, EOFError) as error:  # numpy has its own way to say that a file is too short
            if ran_out(error):
                raise
            vocabulary = count_words(searcher)
        return self._state_of(generation, searcher, vocabulary)

    def _state_of(self, generation: int, searcher: Any, vocabulary: Vocabulary) -> State:
        shares = open_shares(self._tantivy, self._folder / DOCUMENTS, searcher) if self._folder else None
        return State(generation, searcher, vocabulary, Values(searcher), shares)

    def _current(self) -> State:
        """The newest state, taken over from another process's writer where there is one."""
        if self._folder is not None:
            try:
                stamp = (self._folder / _STATE_FILE).stat().st_mtime_ns
            except OSError:
                stamp = self._stamp
            if stamp != self._stamp:
                with self._switching:
                    if stamp != self._stamp:
                        known = json.loads((self._folder / _STATE_FILE).read_text(encoding="utf-8"))
                        self._index.reload()
                        self._state = self._read_state(known)
        return self._state

    def __len__(self) -> int:
        return int(self._current().searcher.num_docs)

    # --- writing ----------------------------------------------------------------------------------------------

    def add(self, documents: Iterable[Document], progress: Progress | None = None) -> None:
        """Take documents in; those with an ordinal that is there already are replaced. Seen by the next search."""
        with self._writing:
            writer = self._writer()
            forget = partial(self._delete, writer) if len(self) else None
            self._publish(write(self._tantivy, writer, batches(documents), forget=forget, progress=progress))

    def remove(self, ordinals: Iterable[int]) -> None:
        """Forget documents; unknown ordinals are passed over."""
        with self._writing:
            writer = self._writer()
            for ordinal in ordinals:
                self._delete(writer, ordinal)
            writer.commit()
            writer.wait_merging_threads()
            self._publish(None)

    def _delete(self, writer: Any, ordinal: int) -> None:
        writer.delete_documents_by_query(self._tantivy.Query.term_query(self._schema, "ordinal", ordinal))

    def _writer(self) -> Any:
        heap = writer_heap()
        if heap < MOST:
            share_arenas()
            said = f"memory is short: the search index is written in parts of {heap // 1_000_000} MB"
            self.notices = (said,)
        try:
            return self._index.writer(heap, 1)
        except ValueError as error:
            if ran_out(error):
                raise MemoryError from error
            why = "is being written by another session" if "Lock" in str(error) else "cannot be written"
            raise UnusableIndexError(f"{self._folder}: the index {why} ({error})") from error

    def _publish(self, casing: Casing | None) -> None:
        """Make what was written the current state, for this process and, through the folder, for all others."""
        with self._switching:
            self._index.reload()
            searcher = self._index.searcher()
            before = self._state
            vocabulary = count_words(searcher, casing, before.vocabulary)
            generation = before.generation + 1
            if self._folder is not None:
                vocabulary = self._keep(self._folder, generation, vocabulary, before.generation)
            self._state = self._state_of(generation, searcher, vocabulary)

    def _keep(self, folder: Path, generation: int, vocabulary: Vocabulary, before: int) -> Vocabulary:
        place = folder / f"vocabulary-{generation}"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        vocabulary.save(place)
        draft = folder / f"{_STATE_FILE}.new"
        draft.write_text(json.dumps({"format": FORMAT, "generation": generation}), encoding="utf-8")
        draft.replace(folder / _STATE_FILE)
        self._stamp = (folder / _STATE_FILE).stat().st_mtime_ns
        shutil.rmtree(folder / f"vocabulary-{before}", ignore_errors=True)
        return Vocabulary.load(place)

    # --- answering --------------------------------------------------------------------------------------------

    def search(
        self,
        query: str,
        fetch: FetchShown,
        *,
        limit: int = 50,
        offset: int = 0,
        strict: bool = False,
        facets: bool = False,
        passages: int = MAX_PASSAGES,
        resolve: Resolve | None = None,
        today: date | None = None,
        cancelled: Cancelled | None = None,
    ) -> SearchResult:
        """The best hits. Never raises for what a query says; raises SearchCancelledError when told to stop."""
        started = time.perf_counter()
        state = self._current()
        answer = self._answer(state, query, limit + offset + SPARE_HITS, strict, resolve, today, cancelled)
        hits = hits_of(state, answer, fetch, limit, offset, passages, cancelled)
        counted = self._facets(state, answer) if facets else {}
        suggestions: tuple[str, ...] = ()
        if not answer.total and answer.parsed.root is not None:
            suggestions = explain.suggestions(answer.parsed, state.vocabulary)
        took = (time.perf_counter() - started) * 1000
        problems = tuple(dict.fromkeys((*answer.parsed.problems, *answer.plan.problems)))[:MAX_PROBLEMS]
        return SearchResult(query, answer.total, took, tuple(hits), problems, suggestions, counted)

    def _answer(
        self,
        state: State,
        query: str,
        wanted: int,
        strict: bool,
        resolve: Resolve | None,
        today: date | None,
        cancelled: Cancelled | None = None,
    ) -> Answer:
        day = today or date.today()
        known = state.answers.get((query, strict, day))
        if known is not None:
            return self._ask(state, known.parsed, known.plan, wanted) if wanted else known
        answer = self._sought(state, parse(query), wanted, strict, resolve or {}, day, cancelled)
        if not answer.plan.resolved:
            if len(state.answers) >= MAX_ANSWERS:
                state.answers.clear()
            state.answers[query, strict, day] = answer
        return answer

    def _sought(
        self,
        state: State,
        parsed: ParsedQuery,
        wanted: int,
        strict: bool,
        resolve: Resolve,
        today: date,
        cancelled: Cancelled | None,
    ) -> Answer:
        """Ask for words as they stand, then for misspelt ones, then for fewer, as far as is needed to find some."""
        efforts: Sequence[Effort] = ("strict",) if strict else ("quick", "full", "wide")
        answer: Answer | None = None
        for effort in efforts:
            check(cancelled)
            plan = self._planner(state, resolve, today, effort).plan(parsed)
            if answer is not None and plan.sought == answer.plan.sought:
                continue
            answer = self._ask(state, parsed, plan, wanted)
            if answer.total >= (FEW_HITS if effort == "quick" else 1) or plan.query is None:
                break
        assert answer is not None
        if answer.total or not answer.plan.relaxable:
            return answer
        for least in range(answer.plan.words - 1, max(1, answer.plan.words // 2) - 1, -1):
            check(cancelled)
            plan = self._planner(state, resolve, today, efforts[-1]).plan(parsed, least)
            relaxed = self._ask(state, parsed, plan, wanted)
            if relaxed.total:
                return relaxed
        return answer

    def _planner(self, state: State, resolve: Resolve, today: date, effort: Effort) -> Planner:
        return Planner(
            self._tantivy,
            self._schema,
            state.searcher,
            state.vocabulary,
            Clauses(self._tantivy, self._schema, state.searcher, state.vocabulary),
            state.values,
            resolve,
            today,
            effort,
        )

    def _ask(self, state: State, parsed: ParsedQuery, plan: Plan, wanted: int) -> Answer:
        if plan.query is None or plan.hopeless:
            return Answer(parsed, plan, 0, ())
        if plan.words:
            return Answer(parsed, plan, *state.best(plan.query, max(1, wanted)))
        found = state.searcher.search(plan.query, max(1, wanted), count=True, order_by_field="day")
        return Answer(parsed, plan, int(found.count), tuple((0.0, address) for _, address in found.hits))

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
        state = self._current()
        answer = self._answer(state, query, 0, strict, resolve, today, cancelled)
        check(cancelled)
        return self._facets(state, answer)

    def _facets(self, state: State, answer: Answer) -> dict[str, tuple[FacetCount, ...]]:
        if answer.plan.query is None or not answer.total:
            return {}
        return facets.count(state.searcher, answer.plan.query)

    def ordinals(
        self, query: str, *, strict: bool = False, resolve: Resolve | None = None, today: date | None = None
    ) -> NDArray[np.int64]:
        """The ordinals of all documents that ``search`` would count, ascending."""
        import numpy as np

        state = self._current()
        answer = self._answer(state, query, 0, strict, resolve, today)
        if answer.plan.query is None or not answer.total:
            return np.empty(0, np.int64)
        unscored = self._tantivy.Query.const_score_query(answer.plan.query, 1.0)
        found = state.searcher.search(unscored, answer.total, count=False)
        values = state.searcher.fast_field_values("ordinal", [address for _, address in found.hits])
        return np.sort(np.array(values, np.int64))

    def matches(
        self, query: str, ordinal: int, article: Article, *, strict: bool = False, resolve: Resolve | None = None
    ) -> tuple[Match, ...]:
        """All passages of one article that a query matches, in the order of the text."""
        state = self._current()
        answer = self._answer(state, query, 0, strict, resolve, None)
        return self._all_matches(answer, article)

    def _all_matches(self, answer: Answer, article: Article) -> tuple[Match, ...]:
        sought = answer.plan.sought
        found = all_passages(sought, article)
        return tuple(match_of(sought, article, passage) for passage in found)

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
        state = self._current()
        answer = self._answer(state, query, limit, strict, resolve, None, cancelled)
        lines: list[ConcordanceLine] = []
        addresses = [address for _, address in answer.hits]
        for ordinal in state.searcher.fast_field_values("ordinal", addresses) if addresses else []:
            check(cancelled)
            article = fetch(ordinal)
            lines += concordance.lines(article, self._all_matches(answer, article), width)
            if len(lines) >= limit:
                break
        return lines[:limit]

    def complete(self, query: str, cursor: int, limit: int = 12) -> list[completion.Completion]:
        """What may be meant at ``cursor``: field names, values of a field, words of the corpus."""
        state = self._current()
        return completion.complete(query, cursor, state.vocabulary, state.values, limit)

    def likely(self, query: str, limit: int) -> list[str]:
        """What ``query`` most likely is one key later, the likeliest first."""
        return completion.likely(query, self._current().vocabulary, limit)

    def close(self) -> None:
        """Let go of files and memory."""
