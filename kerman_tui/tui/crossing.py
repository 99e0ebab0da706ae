"""Tables with outlets for columns, as data: organisations, figures, verbs and days down, counts across. Corpus in.

Each cell knows the passages behind it. ``rows`` is asked in a thread; the rest is pure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from kerman_tui.model import Figure, FigureRow, Organisation, Quote
from kerman_tui.text.fold import fold
from kerman_tui.tui import evidence
from kerman_tui.tui.evidence import Passages
from kerman_tui.tui.page import day_of
from kerman_tui.tui.records import Field, number_of
from kerman_tui.tui.theme import Ink

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus


class Crossed(msgspec.Struct, frozen=True):
    """A cell: what it shows, what it sorts by, and what is written to a file where that is something else."""

    shown: str
    number: float = 0
    ink: Ink = "text"
    plain: str | None = None


class CrossRow(msgspec.Struct, frozen=True):
    """A row: the texts of its first columns, all outlets taken together, and each outlet that has something.

    ``about`` is what the row stands for; ``note`` is said when the cursor stands on it.
    """

    texts: tuple[str, ...]
    whole: Crossed
    outlets: Mapping[str, Crossed]
    about: object
    note: str = ""


class Crossing:
    """One such table."""

    title: str = ""
    fields: tuple[Field, ...] = ()
    nothing: str = ""
    by_number: bool = True
    """Whether the rows with most stand first; else they stay in their own order."""
    further: str = ""
    """The name of a listing that has more than this table, if there is one."""

    def rows(self, corpus: Corpus, among: Collection[str] | None) -> Sequence[CrossRow]:
        """The rows, over all articles or some; asked in a thread."""
        raise NotImplementedError

    def passages(self, row: CrossRow, outlet: str | None, among: Collection[str] | None) -> tuple[str, Passages]:
        """What a cell opens (``outlet`` None: all of the row): a name, and what finds the passages."""
        raise NotImplementedError

    def turned(self) -> Crossing | None:
        """The same in another form: coarser, finer, by spelling; None where there is none."""
        return None


class Organisations(Crossing):
    """Organisations and armed groups; a cell says which spellings an outlet chooses, and how often."""

    title = "Organisations, and the word each outlet chooses"
    fields = (Field("organisation", 30, "strong"), Field("kind", 12, "muted"))
    nothing = "No organisations were found."

    def rows(self, corpus: Corpus, among: Collection[str] | None) -> Sequence[CrossRow]:
        found = []
        for one in self._those(corpus):
            counts = spellings(corpus, one, among)
            by_outlet: dict[str, dict[str, int]] = defaultdict(dict)
            for spelling, outlets in counts.items():
                for outlet, count in outlets.items():
                    by_outlet[outlet][spelling] = count
            cells = {outlet: _chosen(chosen) for outlet, chosen in by_outlet.items()}
            total = sum(sum(chosen.values()) for chosen in by_outlet.values())
            if total:
                texts = (one.name, one.kind.replace("_", " "))
                found.append(CrossRow(texts, _count(total), cells, one.name, _most_used(counts)))
        return found

    def passages(self, row: CrossRow, outlet: str | None, among: Collection[str] | None) -> tuple[str, Passages]:
        name = str(row.about)
        return _titled(name, outlet), evidence.of_organisation(name, None, outlet, among)

    def turned(self) -> Crossing:
        return Spellings()

    def _those(self, corpus: Corpus) -> Sequence[Organisation]:
        return corpus.organisations()


class Spellings(Crossing):
    """The same, a row for each spelling."""

    title = "Spellings of organisations by outlet · mentions"
    fields = (Field("organisation", 24, "strong"), Field("written", 22))
    nothing = Organisations.nothing

    def rows(self, corpus: Corpus, among: Collection[str] | None) -> Sequence[CrossRow]:
        return [
            CrossRow(
                (one.name, spelling),
                _count(sum(outlets.values())),
                {outlet: _count(count) for outlet, count in outlets.items()},
                (one.name, spelling),
            )
            for one in corpus.organisations()
            for spelling, outlets in spellings(corpus, one, among).items()
        ]

    def passages(self, row: CrossRow, outlet: str | None, among: Collection[str] | None) -> tuple[str, Passages]:
        name, spelling = row.texts
        return _titled(spelling, outlet), evidence.of_organisation(name, spelling, outlet, among)

    def turned(self) -> Crossing:
        return Places()


class Places(Organisations):
    """Places whose name is a choice; a cell says which names an outlet chooses, and how often."""

    title = "Places, and the name each outlet chooses"
    fields = (Field("place", 30, "strong"), Field("kind", 12, "muted"))
    nothing = "No place was found whose name is a choice."

    def turned(self) -> Crossing:
        return Organisations()

    def _those(self, corpus: Corpus) -> Sequence[Organisation]:
        return corpus.places()


class Matters(Crossing):
    """Figures: a row for every matter that is counted, a cell with what an outlet says of it in order of time."""

    title = "Figures by outlet · ≠ cannot all be true · → later"
    fields = (
        Field("≠", 2, "edited"),
        Field("unit", 10, "strong"),
        Field("first", 10, "muted"),
        Field("as written", 26),
    )
    nothing = "No figures were found that can be laid side by side; a shows every figure."
    by_number = False
    further = "every figure"

    def rows(self, corpus: Corpus, among: Collection[str] | None) -> Sequence[CrossRow]:
        found = []
        for row in corpus.figure_table():
            kept = [one for one in row.figures if among is None or one.article in among]
            if kept:
                found.append(_matter(corpus, row, kept))
        return found

    def passages(self, row: CrossRow, outlet: str | None, among: Collection[str] | None) -> tuple[str, Passages]:
        return _titled(row.texts[-1], outlet), evidence.of_found(_found(row, outlet))


class Verbs(Crossing):
    """The verbs with which each outlet introduces a speaker, or every speaker."""

    nothing = "No reporting verbs were found."
    fields = (Field("speaker", 24, "strong"), Field("verb", 14))

    def __init__(self, person: str | None = None) -> None:
        self._person = person
        self.title = f"Verbs that introduce {person or 'speakers'} · quotations"

    def rows(self, corpus: Corpus, among: Collection[str] | None) -> Sequence[CrossRow]:
        said: dict[tuple[str, str], list[Quote]] = defaultdict(list)
        for one in corpus.quotes(self._person):
            if one.speaker and one.verb and one.verb[0].isalpha() and (among is None or one.article in among):
                said[one.speaker, one.verb.lower()].append(one)
        return [
            CrossRow(
                pair,
                _count(len(quotes)),
                {outlet: _count(count) for outlet, count in Counter(one.outlet for one in quotes).items()},
                tuple(quotes),
            )
            for pair, quotes in said.items()
        ]

    def passages(self, row: CrossRow, outlet: str | None, among: Collection[str] | None) -> tuple[str, Passages]:
        speaker, verb = row.texts
        return _titled(f"{speaker} {verb}", outlet), evidence.of_found(_found(row, outlet))


def spellings(corpus: Corpus, one: Organisation, among: Collection[str] | None) -> Mapping[str, Mapping[str, int]]:
    """Spelling to outlet to mentions, over all articles or some."""
    if among is None:
        return one.variants
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for id_ in one.articles:
        if id_ in among:
            outlet = corpus.article(id_).outlet
            for mention in one.articles[id_]:
                counts[mention.text][outlet] += 1
    return counts


def sorted_rows(
    rows: Sequence[CrossRow], fields: int, outlets: Sequence[str], column: int, down: bool
) -> list[CrossRow]:
    """Rows by a column: first texts, then the whole, then outlets. Numbers begin with the most, texts with A."""

    def number(row: CrossRow) -> float:
        cell = row.whole if column == fields else row.outlets.get(outlets[column - fields - 1])
        return cell.number if cell is not None else 0

    if column < fields:
        return sorted(rows, key=lambda row: fold(row.texts[column]), reverse=not down)
    return sorted(rows, key=lambda row: -number(row), reverse=not down)


def _chosen(chosen: Mapping[str, int]) -> Crossed:
    ordered = sorted(chosen.items(), key=lambda pair: (-pair[1], pair[0]))
    return Crossed(", ".join(f"{spelling} {count:,}" for spelling, count in ordered), sum(chosen.values()))


def _most_used(counts: Mapping[str, Mapping[str, int]]) -> str:
    totals = sorted(((sum(outlets.values()), spelling) for spelling, outlets in counts.items()), reverse=True)
    return " · ".join(f"{spelling} {count:,}" for count, spelling in totals)


def _count(count: int) -> Crossed:
    return Crossed(f"{count:,}", count, plain=str(count))


def _matter(corpus: Corpus, row: FigureRow, kept: Sequence[Figure]) -> CrossRow:
    ink: Ink = "edited" if row.why else "text"
    by_outlet: dict[str, list[Figure]] = defaultdict(list)
    for one in kept:
        by_outlet[one.outlet].append(one)
    cells = {outlet: Crossed(_in_time(figures), len(figures), ink) for outlet, figures in by_outlet.items()}
    first = kept[0]
    texts = ("≠" if row.why else "", row.unit, day_of(corpus.article(first.article).published), first.as_written)
    return CrossRow(texts, Crossed(_in_time(kept), len(kept), ink), cells, tuple(kept), row.why)


def _in_time(figures: Sequence[Figure]) -> str:
    """What is said in order of time, each number once in a row."""
    said: list[str] = []
    for one in figures:
        number = number_of(one)
        if not said or said[-1] != number:
            said.append(number)
    return " → ".join(said)


def _found(row: CrossRow, outlet: str | None) -> list[Quote | Figure]:
    """The quotations or figures that a row stands for, of one outlet or all."""
    about = row.about if isinstance(row.about, tuple) else ()
    return [one for one in about if outlet is None or one.outlet == outlet]


def _titled(name: str, outlet: str | None) -> str:
    return f"{name} in {outlet}" if outlet else name
