"""The lines of a text that say something: text in, safe lines with their numbers out, broken paragraphs made whole."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from kerman_tui.ingest import furniture
from kerman_tui.ingest.limits import LIMITS, LimitReachedError
from kerman_tui.text.safe import make_safe

BULLET = re.compile(r"^[•▪◦‣●■*–—-]\s+")
"""What begins an item of a list."""
_RULE = re.compile(r"([=_*~#–—-])\1{4,}")
"""A line drawn with one character divides as a blank line does."""
_RAGGED = 25
"""How much shorter than the column a broken line may be: the length of the word that did not fit."""
_WIDEST, _LEAST_BROKEN, _LEAST_SPACED = 100, 3, 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, stripped and safe. ``gap``: a blank line stands before it.

    ``last`` is its number again, or that of the last of several lines that an editor's line breaks had made of it.
    """

    number: int
    text: str
    gap: bool
    last: int


def lines_of(text: str) -> list[Line]:
    """The lines of ``text`` that say something, with their numbers from 1. CR, LF and CRLF end a line.

    Raises LimitReachedError for more of them than a page may have.
    """
    found: list[Line] = []
    gap = True
    for number, raw in enumerate(make_safe(text).split("\n"), 1):
        stripped = raw.strip()
        if stripped and not _RULE.fullmatch(stripped):
            found.append(Line(number, stripped, gap, number))
            gap = False
        else:
            gap = True
    if len(found) > LIMITS.lines:
        raise LimitReachedError(f"more than {LIMITS.lines:,} lines, the limit of one page")
    return _spaced(_unwrapped(found))


def _unwrapped(lines: list[Line]) -> list[Line]:
    """Paragraphs that an editor broke at some column are one line again, if the text as a whole looks broken so."""
    width = max((len(line.text) for line in lines), default=0)
    broken = [above.text for above, below in itertools.pairwise(lines) if not below.gap]
    if width > _WIDEST or len(broken) < _LEAST_BROKEN:
        return lines
    full = sum(len(text) >= width - _RAGGED for text in broken)
    if 2 * full < len(broken) or 2 * sum(map(furniture.ends_sentence, broken)) > len(broken):
        return lines
    runs = [[lines[0]]]
    for line in lines[1:]:
        above = runs[-1][-1]
        goes_on = len(above.text) >= width - _RAGGED or line.text[:1].islower()
        if line.gap or not goes_on or BULLET.match(line.text):
            runs.append([line])
        else:
            runs[-1].append(line)
    return [
        replace(run[0], text=" ".join(line.text for line in run), last=run[-1].number) if len(run) > 1 else run[0]
        for run in runs
    ]


def _spaced(lines: list[Line]) -> list[Line]:
    """Where no blank line divides anything, and the lines read as paragraphs, each stands for itself."""
    if len(lines) < _LEAST_SPACED or any(line.gap for line in lines[1:]):
        return lines
    if 2 * sum(furniture.ends_sentence(line.text) for line in lines) < len(lines):
        return lines
    return [replace(line, gap=True) for line in lines]
