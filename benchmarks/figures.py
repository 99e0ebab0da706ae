"""The figures of a run: rows of repeated values, their median and p95, and ratios of ours against each other tool's.

A ratio above 1 is in our favour, whatever the unit: a time, a memory and a number of bytes should be small, a rate
should be large.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

OURS = "kerman-tui"
LESS, MORE = "less", "more"
RATES = frozenset({"articles/s", "MB/s", "found"})
"""Units of which more is better."""


@dataclass(frozen=True, slots=True)
class Row:
    """One subject in one measure, ``values`` are its runs. Rows of the same ``key`` have one unit and are compared."""

    key: str
    subject: str
    unit: str
    values: tuple[float, ...]
    peak_mib: float | None = None
    note: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def p95(self) -> float | None:
        """The 95th percentile (nearest rank) of times from 20 runs on; ``None`` for fewer."""
        if len(self.values) < 20:
            return None
        return sorted(self.values)[-(-len(self.values) * 95 // 100) - 1]


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times better ours is than ``peer`` in the measure ``key``."""

    key: str
    peer: str
    value: float

    @property
    def name(self) -> str:
        """What floors.toml calls it."""
        return f"{self.key} / {self.peer}"


@dataclass(frozen=True, slots=True)
class Fallen:
    """A ratio below its floor."""

    name: str
    value: float
    floor: float


def row(
    key: str, subject: str, unit: str, values: Sequence[float] | float, peak: float | None = None, note: str = ""
) -> Row:
    """A row from one value or several. Raises ValueError without any."""
    several = tuple(values) if isinstance(values, Sequence) else (values,)
    if not several:
        raise ValueError(f"{key}, {subject}: no value")
    return Row(key, subject, unit, several, peak, note)


def ratios(rows: Sequence[Row]) -> Iterator[Ratio]:
    """Ours against every other subject of the same key and unit."""
    ours = {(one.key, one.unit): one.median for one in rows if one.subject == OURS}
    for one in rows:
        own = ours.get((one.key, one.unit))
        if one.subject == OURS or own is None:
            continue
        better, worse = (own, one.median) if one.unit in RATES else (one.median, own)
        if worse > 0:
            yield Ratio(one.key, one.subject, better / worse)


def fallen(found: Sequence[Ratio], floors: dict[str, float]) -> list[Fallen]:
    """The ratios that are below their floors. A ratio without a floor, and a floor without a ratio, pass."""
    return [
        Fallen(one.name, one.value, floors[one.name])
        for one in found
        if one.name in floors and one.value < floors[one.name]
    ]
