"""From a parsed query to the search library's query: which documents answer, and the stages in which they rank.

Score stages, each outweighing all that follow (after Meilisearch): words matched; cost of how they matched (edits,
then unfinished, named, folded); words side by side; in the title, in the lede; BM25. The costs of ``reading`` are whole
points of POINT, everything below them sums to less than one point.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kerman_tui.model import QueryProblem
from kerman_tui.search.clauses import Clauses
from kerman_tui.search.dates import days
from kerman_tui.search.passages import Sought
from kerman_tui.search.query import And, Edge, Field, Node, Not, Or, ParsedQuery, Phrase, Word
from kerman_tui.search.reading import COST_FOLD, COST_MOST, COST_NAME, Effort, Reading, read_words
from kerman_tui.search.schema import TITLE_END, TITLE_START
from kerman_tui.search.stream import NO_KEY
from kerman_tui.search.values import Values
from kerman_tui.search.vocabulary import Vocabulary

POINT = 8.0
"""Score of one unit of cost."""
NEAR = 4.0
TITLE = 2.0
LEDE = 1.0
RELEVANCE = 1.0 / 40
"""Brings a BM25 score (at most about 32 for a word) below one."""
NEAR_SLOP = 4
MAX_SOUGHT = 16
"""Words of a query that are looked for; of longer ones the rarest are taken."""

MAX_WEIGHED = 16
"""Readings of a word whose BM25 counts: the exact one, corrected ones, the most frequent that it may begin."""
MAX_ALTERNATIVES = 100
MAX_PARTS = 64
"""Phrases, fields and groups of one query; the rest is left out."""

Resolve = Mapping[str, Callable[[str], Collection[int]]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask the library, and what to highlight. ``query`` is ``None`` when nothing can be asked."""

    query: Any
    sought: Sought
    problems: tuple[QueryProblem, ...]
    words: int
    """Words that each hit should hold."""
    relaxable: bool
    hopeless: bool = False
    """Whether a word that must be there stands nowhere, so that nothing need be asked."""
    resolved: bool = False
    """Whether a field was resolved by who knows better, which may know otherwise the next time."""


@dataclass(slots=True)
class Planner:
    """Plans one query against one state of the index."""

    tantivy: Any
    schema: Any
    searcher: Any
    vocabulary: Vocabulary
    clauses: Clauses
    values: Values
    resolve: Resolve
    today: date
    effort: Effort
    problems: list[QueryProblem] = field(default_factory=list)
    _base: float = COST_MOST
    _resolved: bool = False
    _readings: dict[tuple[int, int], Reading] = field(default_factory=dict)
    _shown: list[Reading] = field(default_factory=list)
    _phrases: list[tuple[tuple[str, ...], int]] = field(default_factory=list)
    _either: set[int] = field(default_factory=set)

    def plan(self, parsed: ParsedQuery, least: int | None = None) -> Plan:
        """The plan for ``parsed``; with ``least``, documents that hold at least so many of its words will do."""
        if parsed.root is None:
            query = None if parsed.text.strip() else self.tantivy.Query.all_query()
            return Plan(query, Sought(()), (), 0, False)
        parts = list(parsed.root.children) if isinstance(parsed.root, And) else [parsed.root]
        words = self._kept([part for part in parts if isinstance(part, Word)], parsed)
        self._read(parts, words)
        distinct = {
            (part.name, part.value, part.quoted) if isinstance(part, Field) else part: part
            for part in parts
            if not isinstance(part, Word)
        }
        others = list(distinct.values())
        if len(others) > MAX_PARTS:
            self.problems.append(QueryProblem(0, 0, f"of {len(others):,} parts the first {MAX_PARTS} are searched"))
        if least is not None:
            self._base = COST_MOST * (len(words) + len(others))  # a word more outweighs whatever the others cost
        else:
            self._drive(words)
        required: list[Any] = []
        # What must hold a word that stands nowhere is not looked for: a misspelt query costs one search, not two.
        hopeless = least is None and not all(self._stands_somewhere(word) for word in words)
        scored: list[Any] = [] if hopeless else [self._word(word) for word in words]
        for part in others[:MAX_PARTS]:
            (scored if isinstance(part, Phrase | Edge | Or) else required).append(self._node(part))
        count = len(scored) + (len(words) if hopeless else 0)
        occur = self.tantivy.Occur
        clauses: list[tuple[Any, Any]] = [(occur.Must, query) for query in required]
        if least is not None and least < count:
            some = self.tantivy.Query.boolean_query([(occur.Should, query) for query in scored], least)
            clauses.append((occur.Must, some))
        else:
            clauses += [(occur.Must, query) for query in scored]
        if scored and not hopeless:
            clauses += [(occur.Should, query) for query in self._order(words)]
        query = self.tantivy.Query.empty_query() if hopeless else self.clauses.all(clauses)
        sought = Sought(tuple(self._shown), tuple(self._phrases), frozenset(self._either))
        return Plan(query, sought, tuple(self.problems), count, count > 1, hopeless, self._resolved)

    # --- words ------------------------------------------------------------------------------------------------

    def _kept(self, words: list[Word], parsed: ParsedQuery) -> list[Word]:
        """Each word once; of many the rarest, those that occur nowhere last."""
        distinct = list({word.key: word for word in words}.values())
        if len(distinct) <= MAX_SOUGHT:
            return distinct
        ranked = sorted(distinct, key=lambda word: self.vocabulary.count(word.key) or 1 << 30)[:MAX_SOUGHT]
        why = f"of {len(distinct):,} words the {MAX_SOUGHT} rarest are searched"
        self.problems.append(QueryProblem(words[0].start, words[-1].end, why))
        return sorted(ranked, key=lambda word: word.start)

    def _read(self, parts: Iterable[Node], words: list[Word]) -> None:
        effort: Effort = self.effort
        for reading in read_words(words, self.vocabulary, effort):
            self._readings[reading.word.start, reading.word.end] = reading
            self._shown.append(reading)

    def _reading(self, word: Word) -> Reading:
        known = self._readings.get((word.start, word.end))
        if known is None:
            known = read_words([word], self.vocabulary, self.effort)[0]
            self._readings[word.start, word.end] = known
        return known

    def _stands_somewhere(self, word: Word) -> bool:
        reading = self._reading(word)
        return bool(reading.terms or reading.pairs)

    def _drive(self, words: Sequence[Word]) -> None:
        """Look for what is frequent only beside the rarest of several words."""
        readings = [self._reading(word) for word in words]
        sized = [
            (sum(self.vocabulary.count(key) for key in reading.terms), number)
            for number, reading in enumerate(readings)
            if reading.terms and not reading.pairs
        ]
        if len(words) > 1 and sized:
            self.clauses.drive_by(readings[min(sized)[1]].terms)

    def _word(self, word: Word) -> Any:
        reading = self._reading(word)
        query = self.tantivy.Query
        levels: dict[float, list[Any]] = {}
        for key, term in reading.terms.items():
            if term.why == "exact":
                self._exact(reading, key, levels)
            elif self.clauses.has("text", key):
                levels.setdefault(term.cost, []).append(self.clauses.term("text", key))
            if self.clauses.has("named", key):
                levels.setdefault(term.cost + COST_NAME, []).append(self.clauses.term("named", key))
            if self.clauses.has("glued", key):
                levels.setdefault(max(term.cost, COST_FOLD), []).append(self.clauses.term("glued", key))
        for pair in reading.pairs:
            for name in ("text", "named"):
                if self.clauses.has(name, pair.first) and self.clauses.has(name, pair.second):
                    phrase = query.phrase_query(self.schema, name, [pair.first, pair.second])
                    levels.setdefault(pair.cost, []).append(phrase)
        graded = [self._graded(queries, min(cost, COST_MOST - 1)) for cost, queries in sorted(levels.items())]
        return self.clauses.best(graded)

    def _anywhere(self, name: str, reading: Reading) -> Any | None:
        here = [self.clauses.term(name, key) for key in reading.terms if self.clauses.has(name, key)]
        return self.clauses.any(here) if here else None

    def _exact(self, reading: Reading, key: str, levels: dict[float, list[Any]]) -> None:
        """Tell documents that hold the word as typed from those that hold it in another guise only."""
        if not self.clauses.has("text", key):
            return
        occur = self.tantivy.Occur
        if reading.surface != key:
            levels.setdefault(COST_FOLD, []).append(self.clauses.term("text", key))
            if self.searcher.doc_freq("surface", reading.surface):
                levels.setdefault(0.0, []).append(self.clauses.term("surface", reading.surface))
        elif self.clauses.has("folded", key):
            levels.setdefault(COST_FOLD, []).append(self.clauses.term("folded", key))
            plain = [(occur.Must, self.clauses.term("text", key)), (occur.MustNot, self.clauses.term("folded", key))]
            levels.setdefault(0.0, []).append(self.tantivy.Query.boolean_query(plain))
        else:
            levels.setdefault(0.0, []).append(self.clauses.term("text", key))

    def _order(self, words: Sequence[Word]) -> list[Any]:
        """Clauses that only order: nearness, title, lede, BM25."""
        query = self.tantivy.Query
        clauses: list[Any] = []
        readings = [self._reading(word) for word in words]
        if not readings:
            return clauses
        share = 1.0 / len(readings)
        relevance = []
        for reading in readings:
            for name, weight in (("title", TITLE), ("lede", LEDE)):
                if (here := self._anywhere(name, reading)) is not None:
                    clauses.append(query.const_score_query(here, weight * share))
            weighed = sorted(reading.terms.values(), key=lambda term: (term.why == "prefix", term.cost))
            relevance += [self.clauses.term("text", term.key) for term in weighed[:MAX_WEIGHED]]
        best = [min(reading.terms.values(), key=lambda t: t.cost).key for reading in readings if reading.terms]
        if 1 < len(best) == len(readings) and len(set(best)) == len(best):
            near = query.phrase_query(self.schema, "text", best, NEAR_SLOP * (len(best) - 1))
            clauses.append(query.const_score_query(near, NEAR))
        clauses.append(query.boost_query(self.clauses.any(relevance), RELEVANCE * share))
        return clauses

    # --- everything else --------------------------------------------------------------------------------------

    def _node(self, node: Node) -> Any:
        query, occur = self.tantivy.Query, self.tantivy.Occur
        match node:
            case Word():
                scored = self._word(node)
                self._shown.append(self._reading(node))
                return scored
            case Phrase():
                return self._phrase(node)
            case Edge():
                return self._edge(node)
            case Field():
                return query.const_score_query(self._field(node), 0.0)
            case Not():
                shown, phrases, effort = len(self._shown), len(self._phrases), self.effort
                self.effort = "strict"
                child = self._node(node.child)
                self.effort = effort
                del self._shown[shown:], self._phrases[phrases:]
                self._either = {number for number in self._either if number < shown}
                whole = query.boolean_query([(occur.Must, query.all_query()), (occur.MustNot, child)])
                return query.const_score_query(whole, 0.0)
            case Or():
                before = len(self._shown)
                several = [self._node(child) for child in self._alternatives(node)]
                self._either.update(range(before, len(self._shown)))
                return query.disjunction_max_query(several)
            case And():
                return self.clauses.all([(occur.Must, self._node(child)) for child in node.children])

    def _alternatives(self, node: Or) -> list[Node]:
        """Each alternative once, the first of very many."""
        distinct: dict[object, Node] = {}
        for child in node.children:
            distinct.setdefault(child.key if isinstance(child, Word) else child, child)
        kept = list(distinct.values())
        if len(kept) > MAX_ALTERNATIVES:
            why = f"of {len(kept):,} alternatives the first {MAX_ALTERNATIVES} are searched"
            self.problems.append(QueryProblem(0, 0, why))
        return kept[:MAX_ALTERNATIVES]

    def _phrase(self, node: Phrase) -> Any:
        query = self.tantivy.Query
        keys = [word.key or NO_KEY for word in node.words]
        self._show(node.words)
        forms = [keys]
        if node.words[-1].last and self.effort != "strict":
            forms += [[*keys[:-1], c.word] for c in self.vocabulary.extensions(keys[-1])]
            self._shown[-1] = read_words(node.words[-1:], self.vocabulary, "unfinished")[0]
        if node.slop and len(keys) == 2:
            forms.append(keys[::-1])
        asked = []
        for form in forms:
            self._phrases.append((tuple(form), node.slop))
            asked += [
                query.phrase_query(self.schema, name, list(form), node.slop)
                for name in ("text", "glued")
                if all(self.clauses.has(name, key) for key in form)
            ]
        return self._graded(asked, 0.0)

    def _edge(self, node: Edge) -> Any:
        query = self.tantivy.Query
        keys = [word.key or NO_KEY for word in node.words]
        endings = [keys]
        self._show(node.words)
        if node.side == "start" and self.effort != "strict":
            endings += [[*keys[:-1], c.word] for c in self.vocabulary.extensions(keys[-1])]
        asked = []
        for variant in endings:
            if all(self.clauses.has("title", key) for key in variant):
                whole = [TITLE_START, *variant] if node.side == "start" else [*variant, TITLE_END]
                asked.append(query.phrase_query(self.schema, "title", whole))
        return self._graded(asked, 0.0)

    def _show(self, words: Iterable[Word]) -> None:
        self._shown += read_words(list(words), self.vocabulary, "strict")

    def _field(self, node: Field) -> Any:
        query = self.tantivy.Query
        if node.name == "date":
            return self._date(node)
        if node.name == "title":
            return self._title(node)
        if node.name in self.resolve:
            self._resolved = True
            ordinals = sorted(int(ordinal) for ordinal in self.resolve[node.name](node.value))
            if not ordinals:
                self._nothing(node, ())
            return query.term_set_query(self.schema, "ordinal", ordinals) if ordinals else query.empty_query()
        chosen = self.values.matching(node.name, node.value, exact=node.quoted)
        if not chosen:
            self._nothing(node, self.values.near(node.name, node.value))
            return query.empty_query()
        return query.term_set_query(self.schema, node.name, list(chosen))

    def _nothing(self, node: Field, near: Sequence[str]) -> None:
        why = f"no article has {node.name} {node.value[:40]}"
        if near:
            why += "; there is " + ", ".join(near)
        self.problems.append(QueryProblem(node.start, node.end, why))

    def _date(self, node: Field) -> Any:
        query, occur = self.tantivy.Query, self.tantivy.Occur
        if node.value.strip().lower() == "none":
            dated = query.exists_query("day")
            return query.boolean_query([(occur.Must, query.all_query()), (occur.MustNot, dated)])
        try:
            first, last = days(node.value, self.today)
        except ValueError as error:
            self.problems.append(QueryProblem(node.start, node.end, str(error)))
            return query.all_query()
        low = first.toordinal() if first else 0
        high = last.toordinal() if last else date.max.toordinal()
        return query.range_query(self.schema, "day", self.tantivy.FieldType.Integer, low, high)

    def _title(self, node: Field) -> Any:
        from kerman_tui.text.tokens import words as words_of

        query = self.tantivy.Query
        keys = [word.key or NO_KEY for word in words_of(node.value)]
        if not keys:
            return query.all_query()
        if node.quoted and len(keys) > 1:
            return query.phrase_query(self.schema, "title", list(keys))
        occur = self.tantivy.Occur
        clauses = []
        for number, key in enumerate(keys):
            forms = [key]
            if not node.quoted and self.effort != "strict":
                forms += [c.word for c in self.vocabulary.extensions(key)] if number == len(keys) - 1 else []
                if self.effort != "quick" or not self.clauses.has("title", key):
                    forms += [c.word for c in self.vocabulary.corrections(key)]
            clauses.append((occur.Must, self.clauses.any([self.clauses.term("title", form) for form in forms])))
        return self.clauses.all(clauses)

    # --- putting together -------------------------------------------------------------------------------------

    def _graded(self, queries: list[Any], cost: float) -> Any:
        if not queries:
            return self.tantivy.Query.empty_query()
        return self.tantivy.Query.const_score_query(self.clauses.any(queries), POINT * (self._base - cost))
