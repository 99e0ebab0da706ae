"""The search library's queries for words of one corpus, asked for so that they cost little: words in, queries out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from kerman_tui.search.vocabulary import Vocabulary

FAR_MORE = 5
"""So many times the articles of the rarest word of a query, and a term is asked for only where that word stands."""
SETTING_OUT = 100
"""What it costs to look for one term in one segment, in articles read."""
_EVERYWHERE = ("text", "named", "glued")
_FULL = ("text", "named", "lede")
"""Fields that hold most occurrences of a word."""


@dataclass(slots=True)
class Clauses:
    """Makes the queries of one plan."""

    tantivy: Any
    schema: Any
    searcher: Any
    vocabulary: Vocabulary
    _rarest: Any = None
    _many: float = float("inf")

    def has(self, name: str, key: str) -> bool:
        """Whether a field holds ``key``, of any article."""
        return self.vocabulary.stands_in(name, key)

    def drive_by(self, keys: Collection[str]) -> None:
        """Say that every article found holds one of ``keys``: far more frequent terms are then looked for there only.

        The library reads all articles of every term of an alternative, however few can matter; of a term that must
        stand beside another it passes over those without it.
        """
        terms = [self.term(name, key) for key in keys for name in _EVERYWHERE if self.has(name, key)]
        self._rarest = self.tantivy.Query.const_score_query(self.any(terms), 0.0)
        size = sum(self.vocabulary.count(key) for key in keys)
        self._many = FAR_MORE * size + SETTING_OUT * len(terms) * int(self.searcher.num_segments)

    def term(self, name: str, key: str) -> Any:
        """Articles that hold ``key`` in a field; scored by its frequency in the text."""
        query = self.tantivy.Query
        term = query.term_query(self.schema, name, key, "freq" if name == "text" else "basic")
        if name not in _FULL or self.vocabulary.count(key) < self._many:
            return term
        must = self.tantivy.Occur.Must
        return query.boolean_query([(must, self._rarest), (must, term)])

    def any(self, queries: list[Any]) -> Any:
        """What answers one of ``queries``."""
        if len(queries) == 1:
            return queries[0]
        return self.tantivy.Query.boolean_query([(self.tantivy.Occur.Should, query) for query in queries])

    def best(self, queries: list[Any]) -> Any:
        """What answers one of ``queries``, scored by the one that scores it most."""
        if not queries:
            return self.tantivy.Query.empty_query()
        return queries[0] if len(queries) == 1 else self.tantivy.Query.disjunction_max_query(queries)

    def all(self, clauses: list[tuple[Any, Any]]) -> Any:
        """What answers queries, each with how it must occur."""
        if len(clauses) == 1 and clauses[0][0] == self.tantivy.Occur.Must:
            return clauses[0][1]
        return self.tantivy.Query.boolean_query(clauses)
