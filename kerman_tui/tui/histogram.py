"""Bars and histograms of one line, in eighths of a cell. Pure."""

from __future__ import annotations

from collections.abc import Sequence

_ACROSS = " ▏▎▍▌▋▊▉█"
_UPWARDS = " ▁▂▃▄▅▆▇█"


def bar(count: float, most: float, cells: int) -> str:
    """A bar of at most ``cells`` cells, where ``most`` fills them all; something for any number above none."""
    eighths = min(max(1, round(count * cells * 8 / most)), cells * 8) if most > 0 and count > 0 else 0
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_ACROSS[rest] if rest else "")


def spark(counts: Sequence[int], cells: int) -> str:
    """A histogram on one line of at most ``cells`` cells; neighbours are added up where there are more."""
    if not counts or cells <= 0:
        return ""
    width = min(cells, len(counts))
    sums = [0] * width
    for at, count in enumerate(counts):
        sums[at * width // len(counts)] += count
    most = max(sums)
    return "".join(_UPWARDS[max(1, round(one * 8 / most)) if one and most else 0] for one in sums)
