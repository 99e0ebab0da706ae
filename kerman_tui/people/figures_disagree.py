"""Numbers that cannot all be true: the figures of a corpus in, groups of one unit on one matter that differ out.

Two figures are of one matter when their sentences, headlines and articles share the telling words (the place, the names
of the event), count the same kind of people, and lie within weeks of each other. First equal numbers find each other,
then their groups; candidates come from an inverted index, so that time grows with the figures, not with their pairs.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kerman_tui.model import Disagreement, Figure, FigureRow
from kerman_tui.people.figures_words import figure_words
from kerman_tui.people.speech_words import lexicon
from kerman_tui.text.fold import fold

WINDOW_DAYS = 21
"""Figures whose articles lie further apart are of different events, or an old count and a new one."""

SAME_NUMBER = 0.3
"""Least share of its words that a figure has in common with a group of the same number."""

SAME_TELLING_NUMBER = 0.15
"""The same where the number is no round or small one: 84 and 84 hardly meet by chance."""

OTHER_NUMBER = 0.45
"""The same for groups of different numbers."""

FAR_NUMBER = 0.7
"""The same where one number is more than ``FAR`` times the other."""

FAR = 2.5
COMMON_WORD = 400
"""Words in more groups than this lead to no candidates."""

CANDIDATES = 40
"""Groups that one is compared with at most."""

_TOLERANCE = {"about": 0.1, "nearly": 0.1, "more_than": 0.1, "up_to": 0.1, "less_than": 0.1}
_FAMILY = {"wounded": "injured"}
_GENERIC = frozenset(
    "people person persons other others more civilian civilians victim victims resident residents total lives".split()
)
_WORD = re.compile(r"[^\W_]+(?:[,.'’-][^\W_]+)*")
_PROFILE_FIGURES = 12


@dataclass(slots=True)
class _Group:
    """Figures of one matter, in order of time, with the words and the kinds of people that they have together."""

    figures: list[Figure]
    words: frozenset[str]
    heads: frozenset[str]
    first: date | None
    last: date | None
    articles: set[str]

    def take(self, other: _Group) -> None:
        if len(self.figures) < _PROFILE_FIGURES:
            self.words |= other.words
        self.figures.extend(other.figures)
        self.heads |= other.heads
        self.articles |= other.articles
        days = [day for day in (self.first, self.last, other.first, other.last) if day is not None]
        if days:
            self.first, self.last = min(days), max(days)


def disagreements(figures: Sequence[Figure], dates: Mapping[str, str | None]) -> tuple[Disagreement, ...]:
    """The groups of ``figures`` that contradict each other, those with most outlets first.

    ``dates`` gives the ISO date of each article, or ``None``. Inside a group figures stand in order of time, undated
    ones last. Vague figures ("dozens"), parts ("including 12 children") and plain counts contradict nothing.
    """
    found = [_disagreement(group) for group in _matters(figures, dates) if _differ(group)]
    return tuple(sorted(found, key=lambda one: (-len({figure.outlet for figure in one.figures}), -len(one.figures))))


def figure_table(figures: Sequence[Figure], dates: Mapping[str, str | None]) -> tuple[FigureRow, ...]:
    """The figures × outlets table: a row for every matter that is counted, those of most outlets first.

    Rows hold the same groups as ``disagreements`` and those whose figures agree. ``dates`` as there.
    """
    rows = []
    for group in _matters(figures, dates):
        outlets: dict[str, tuple[Figure, ...]] = {}
        for figure in group:
            outlets[figure.outlet] = (*outlets.get(figure.outlet, ()), figure)
        why = _disagreement(group).why if _differ(group) else ""
        rows.append(FigureRow(group[0].unit, tuple(group), outlets, why))
    return tuple(sorted(rows, key=lambda row: (-len(row.outlets), not row.why, -len(row.figures))))


def _matters(figures: Sequence[Figure], dates: Mapping[str, str | None]) -> list[list[Figure]]:
    """The figures that can contradict each other by what they count, each group in order of time."""
    units = figure_words().units
    counted = [one for one in figures if one.value is not None and one.unit in units and not _is_part(one)]
    frequency = Counter(word for figure in counted for word in set(figure.matter))
    weights = {word: math.log(1 + (len(counted) + 1000) / (count + 20)) for word, count in frequency.items()}
    singles = [_single(figure, dates) for figure in counted]
    same = _gather(singles, weights, lambda group: f"{_family(group)}={group.figures[0].value}", by_number=True)
    same.sort(key=lambda group: -len(group.figures))
    matters = _gather(same, weights, _family, by_number=False)
    return [
        sorted(group.figures, key=lambda one: (dates.get(one.article) or "9", one.article, _place(one)))
        for group in matters
    ]


def _is_part(figure: Figure) -> bool:
    return figure.as_written.lower().startswith("including")


def _place(figure: Figure) -> tuple[int, int]:
    return (-1 if figure.paragraph is None else figure.paragraph, figure.start)


def _single(figure: Figure, dates: Mapping[str, str | None]) -> _Group:
    day = _day(dates.get(figure.article))
    return _Group([figure], frozenset(figure.matter), _heads(figure), day, day, {figure.article})


def _family(group: _Group) -> str:
    unit = group.figures[0].unit
    return _FAMILY.get(unit, unit)


def _gather(
    groups: Iterable[_Group], weights: Mapping[str, float], key: Callable[[_Group], str], *, by_number: bool
) -> list[_Group]:
    """Let each group join the one before it with which it shares most, where that is enough."""
    gathered: list[_Group] = []
    by_word: dict[tuple[str, str], list[int]] = defaultdict(list)
    for group in groups:
        kind = key(group)
        votes: Counter[int] = Counter()
        for word in group.words:
            holders = by_word[kind, word]
            if len(holders) <= COMMON_WORD:
                votes.update(holders)
        weight = sum(weights[word] for word in group.words) or 1.0
        best: tuple[float, _Group] | None = None
        for at, _ in votes.most_common(CANDIDATES):
            other = gathered[at]
            if _apart(group, other) or (group.heads and other.heads and not group.heads & other.heads):
                continue
            if not by_number and group.articles & other.articles:
                continue  # two numbers in one article count two things
            share = sum(weights[word] for word in group.words & other.words) / weight
            least = _least(group, other, by_number)
            if share >= least and (best is None or share > best[0]):
                best = share, other
        if best is not None:
            best[1].take(group)
            continue
        for word in group.words:
            by_word[kind, word].append(len(gathered))
        gathered.append(group)
    return gathered


def _least(one: _Group, other: _Group, by_number: bool) -> float:
    value = one.figures[0].value or 0
    if not by_number and value != other.figures[0].value:
        return FAR_NUMBER if _far(one, other) else OTHER_NUMBER
    return SAME_TELLING_NUMBER if value > 20 and value % 10 else SAME_NUMBER


def _far(one: _Group, other: _Group) -> bool:
    a, b = float(one.figures[0].value or 0), float(other.figures[0].value or 0)
    return max(a, b) > FAR * max(1.0, min(a, b))


def _apart(one: _Group, other: _Group) -> bool:
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return False
    return (max(one.last, other.last) - min(one.first, other.first)).days > WINDOW_DAYS


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written[:10]) if written else None
    except ValueError:
        return None


def _heads(figure: Figure) -> frozenset[str]:
    """The kind of people counted: Palestinians, soldiers, children; empty for people as such."""
    words, speech = figure_words(), lexicon()
    known = words.verbs.keys() | words.after.keys() | words.of.keys() | words.did.keys()
    found = _WORD.findall(figure.as_written)
    numbers = [at for at, word in enumerate(found) if word[0].isdecimal()]
    heads: set[str] = set()
    for word in found[numbers[-1] + 1 :] if numbers else ():
        low = word.lower()
        if low in speech.between or low in speech.prepositions - {"of"} or low in speech.clause_words or low in known:
            break
        if len(low) > 2 and low not in _GENERIC and low not in ("the", "thousand", "million", "dozen", "hundred"):
            heads.add(fold(word))
    return frozenset(heads)


def _differ(figures: Sequence[Figure]) -> bool:
    return any(not _agree(figures[0], other) for other in figures[1:])


def _agree(one: Figure, other: Figure) -> bool:
    """Whether two figures say the same: equal, or within what "about" leaves open."""
    a, b = float(one.value or 0), float(other.value or 0)
    leeway = max(_TOLERANCE.get(one.qualifier or "", 0.0) * a, _TOLERANCE.get(other.qualifier or "", 0.0) * b)
    if abs(a - b) <= leeway:
        return True
    return any(
        figure.qualifier == "between" and (figure.low or 0) <= value <= (figure.high or 0)
        for figure, value in ((one, b), (other, a))
    )


def _disagreement(figures: Sequence[Figure]) -> Disagreement:
    seen: dict[tuple[float | int | None, str], str] = {}
    for figure in figures:
        seen.setdefault((figure.value, figure.outlet), f"{_spoken(figure)} ({figure.outlet})")
    return Disagreement(figures[0].unit, tuple(figures), f"{figures[0].unit}: {', '.join(seen.values())}")


def _spoken(figure: Figure) -> str:
    words = "" if figure.qualifier in (None, "exact") else str(figure.qualifier).replace("_", " ") + " "
    return f"{words}{figure.value:,}"
