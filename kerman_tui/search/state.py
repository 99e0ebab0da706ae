"""What a search works on from its first step to its last, and what was found in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kerman_tui.search.duplicates import Sketch
from kerman_tui.search.forward import Unpacked
from kerman_tui.search.index import SearchCancelledError
from kerman_tui.search.plan import Plan
from kerman_tui.search.query import ParsedQuery
from kerman_tui.search.shares import Shares
from kerman_tui.search.values import Values
from kerman_tui.search.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Answer:
    """A query as it was understood, the number of articles that answer it, and the best: score and address."""

    parsed: ParsedQuery
    plan: Plan
    total: int
    hits: tuple[tuple[float, Any], ...]


@dataclass(frozen=True, slots=True)
class State:
    """One generation of an index, never changed, with what is remembered of it between searches."""

    generation: int
    searcher: Any
    vocabulary: Vocabulary
    values: Values
    shares: Shares | None = None
    records: dict[int, tuple[Unpacked, Sketch]] = field(default_factory=dict)
    answers: dict[tuple[str, bool, date], Answer] = field(default_factory=dict)

    def best(self, query: Any, limit: int) -> tuple[int, tuple[tuple[float, Any], ...]]:
        """The number of articles that answer a query of the search library, and the best: score and address."""
        if self.shares is not None:
            return self.shares.search(query, limit)
        found = self.searcher.search(query, limit, count=True)
        return int(found.count), tuple(found.hits)


def check(cancelled: Callable[[], bool] | None) -> None:
    """Raises SearchCancelledError when the search is no longer wanted."""
    if cancelled is not None and cancelled():
        raise SearchCancelledError
