"""The time line of a person: days, months or years down, outlets across, each number with its bar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Literal

from kerman_tui.model import MentionsAt
from kerman_tui.tui import evidence
from kerman_tui.tui.crossing import Crossed, Crossing, CrossRow
from kerman_tui.tui.evidence import Passages
from kerman_tui.tui.histogram import bar
from kerman_tui.tui.records import Field

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus

Step = Literal["day", "month", "year"]
STEPS: tuple[Step, ...] = ("day", "month", "year")
LETTERS: dict[Step, int] = {"day": 10, "month": 7, "year": 4}
MOST_ROWS = 70
"""Days from which months are shown to begin with, and months from which years are."""
BAR = 8
WIDE_BAR = 24
UNDATED = "undated"


class Timeline(Crossing):
    """Mentions of one person over time. Without a step it takes the finest that a screen or three can hold."""

    fields = (Field("when", 10, "strong"),)
    nothing = "No mention was found."
    by_number = False

    def __init__(self, person: str, step: Step | None = None) -> None:
        self._person = person
        self._step = step
        self.title = f"{person} over time · mentions"

    def rows(self, corpus: Corpus, among: Collection[str] | None) -> Sequence[CrossRow]:
        person = evidence.person_named(corpus, self._person)
        if person is None:
            return ()
        step = self._step or STEPS[-1]
        found = corpus.timeline(person, step=step, among=among)
        if self._step is None:
            for step in STEPS:
                found = corpus.timeline(person, step=step, among=among)
                if len(every(found)) <= MOST_ROWS:
                    break
            self._step = step
        self.title = f"{self._person} by {step} · mentions"
        return drawn(found)

    def passages(self, row: CrossRow, outlet: str | None, among: Collection[str] | None) -> tuple[str, Passages]:
        date = row.about if isinstance(row.about, str) else None
        name = f"{self._person} · {row.texts[0]}" + (f" in {outlet}" if outlet else "")
        at = (date, LETTERS[self._step or STEPS[-1]])
        return name, evidence.of_person(self._person, outlet, at, among)

    def turned(self) -> Timeline:
        at = STEPS.index(self._step or STEPS[-1])
        return Timeline(self._person, STEPS[(at + 1) % len(STEPS)])


def drawn(found: Sequence[MentionsAt]) -> list[CrossRow]:
    """A row for every date from the first to the last, with bars on one scale for the whole and one for outlets."""
    by_date: dict[str | None, dict[str, int]] = defaultdict(dict)
    for one in found:
        by_date[one.date][one.outlet] = by_date[one.date].get(one.outlet, 0) + one.mentions
    most = max((sum(outlets.values()) for outlets in by_date.values()), default=0)
    most_of_one = max((count for outlets in by_date.values() for count in outlets.values()), default=0)
    return [
        CrossRow(
            (date or UNDATED,),
            _barred(sum(by_date[date].values()), most, WIDE_BAR) if date in by_date else Crossed("·"),
            {outlet: _barred(count, most_of_one, BAR) for outlet, count in by_date.get(date, {}).items()},
            date,
        )
        for date in every(found)
    ]


def every(found: Sequence[MentionsAt]) -> list[str | None]:
    """All dates from the first to the last, those without a mention too; undated comes last.

    Where dates are of several widths, only those that are there come back: nothing can be filled in between.
    """
    from kerman_tui.model import FacetCount
    from kerman_tui.search.facets import timeline

    dates = sorted({one.date for one in found if one.date is not None})
    if len({len(date) for date in dates}) == 1:
        dates = [one.value for one in timeline([FacetCount(date, 0) for date in (dates[0], dates[-1])])]
    return [*dates, None] if any(one.date is None for one in found) else list(dates)


def _barred(count: int, most: int, cells: int) -> Crossed:
    digits = len(f"{most:,}")
    return Crossed(f"{count:>{digits},} {bar(count, most, cells)}", count, "outlet", str(count))
