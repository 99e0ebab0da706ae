"""Thrift on the wire: frames as Textual writes them in, the least that turns the terminal's screen into them out.

The screen is remembered cell by cell, as curses does it. What a frame would write again is left out, and style changes
are sent as differences. Only text whose cells are certain (one character, one cell, left to right) is compared; a
line with any other is written as it comes. Everything that is no text, no style and no cursor address is passed on
untouched. After anything else may have touched the terminal, ``forget``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rich.cells import cell_len

_TOKEN = re.compile(
    r"\x1b\[(\d*);(\d*)H|\x1b\[([\d;]*)m|\n"
    r"|(\x1b\].*?(?:\x07|\x1b\\)|\x1b[P_^X].*?\x1b\\|\x1b\[[ -?]*[@-~]|\x1b.|[\x00-\x1f\x7f])",
    re.DOTALL,
)
_UNSURE = re.compile(
    "[^\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0530\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    "\u2190-\u23fa\u2500-\u25fd]"
)
"""Characters that may take no cell, two cells, or another place than where they were written."""

_SMALL_GAP = 5
"""Unchanged cells that are written again because moving over them costs as much."""

_Cell = tuple[str, str]
Colours = tuple[frozenset[str], str, str]


class Thrift:
    """What stands on the screen of one terminal."""

    def __init__(self) -> None:
        self._lines: dict[int, list[_Cell | None]] = {}
        self._style: str | None = None
        self._at: tuple[int, int] | None = None

    def forget(self) -> None:
        """Nothing is known of the screen any more: it was resized, cleared, or written to by another program."""
        self._lines.clear()
        self._style = None
        self._at = None

    def thin(self, data: str) -> str:
        """The least that has the effect of ``data``."""
        if "\x1b[" not in data:
            return data
        out: list[str] = []
        x, y, style = -1, -1, ""
        position = 0
        for token in _TOKEN.finditer(data):
            if token.start() > position:
                x = self._text(out, x, y, data[position : token.start()], style)
            position = token.end()
            row, column, sgr, other = token.groups()
            if row is not None:
                y, x = int(row or 1) - 1, int(column or 1) - 1
            elif sgr is not None:
                style = "" if sgr in ("", "0") else f"{style};{sgr}" if style else sgr
            elif other is not None:
                x, y = self._pass_on(out, other, x, y)
            else:
                y = y + 1 if y >= 0 else y
        if position < len(data):
            x = self._text(out, x, y, data[position:], style)
        if y >= 0 and x >= 0 and self._at != (x, y) and (out or self._at is None):
            out.append(f"\x1b[{y + 1};{x + 1}H")
            self._at = (x, y)
        return "".join(out)

    def _pass_on(self, out: list[str], sequence: str, x: int, y: int) -> tuple[int, int]:
        """Write a sequence as it is. One that may change the screen ends what is known."""
        final = sequence[-1]
        harmless = sequence.startswith(("\x1b]", "\x1bP", "\x1b[?", "\x1b[>", "\x1b[<", "\x1b[=")) or final in "cnqtu"
        if not harmless or sequence.startswith(("\x1b[?1049", "\x1b[?47", "\x1b[?3")):
            self.forget()
            x, y = -1, -1
        out.append(sequence)
        return x, y

    def _text(self, out: list[str], x: int, y: int, text: str, style: str) -> int:
        """Write ``text`` at (x, y) as far as it differs from what stands there; returns the cell after it."""
        if x < 0 or y < 0:
            # Where this goes is not known: say it as it is, and know nothing afterwards.
            self.forget()
            out.append(_change(None, style) + text)
            return -1
        line = self._lines.setdefault(y, [])
        if _UNSURE.search(text):
            cells = cell_len(text)
            self._at = None
            self._go(out, x, y)
            self._ink(out, style)
            out.append(text)
            # A wide character before or behind may have been cut in two.
            first = max(x - 1, 0)
            line[first:] = [None] * (x + cells + 1 - first) + line[x + cells + 1 :]
            self._at = None
            return x + cells
        end = len(text)
        if len(line) < x + end:
            line.extend([None] * (x + end - len(line)))
        wanted: list[_Cell | None] = [(char, style) for char in text]
        there = line[x : x + end]
        if there == wanted:
            return x + end
        at = 0
        while at < end:
            if there[at] == wanted[at]:
                at += 1
                continue
            # Take the run on to its last cell that differs, over small gaps of cells that do not.
            stop, gap, probe = at + 1, 0, at + 1
            while probe < end and gap <= _SMALL_GAP:
                if there[probe] == wanted[probe]:
                    gap += 1
                else:
                    stop, gap = probe + 1, 0
                probe += 1
            self._go(out, x + at, y)
            self._ink(out, style)
            out.append(text[at:stop])
            self._at = (x + stop, y)
            at = stop
        line[x : x + end] = wanted
        return x + end

    def _go(self, out: list[str], x: int, y: int) -> None:
        if self._at == (x, y):
            return
        if self._at is not None and self._at[1] == y and self._at[0] < x:
            out.append(f"\x1b[{x - self._at[0]}C" if x - self._at[0] > 1 else "\x1b[C")
        else:
            out.append(f"\x1b[{y + 1};{x + 1}H")
        self._at = (x, y)

    def _ink(self, out: list[str], style: str) -> None:
        if style != self._style:
            out.append(_change(self._style, style))
            self._style = style


@lru_cache(maxsize=4096)
def _change(old: str | None, new: str) -> str:
    """The shortest sequence that turns the style ``old`` (None: unknown) into ``new``."""
    anew = f"\x1b[0;{new}m" if new else "\x1b[0m"
    if old is None:
        return anew
    (attributes, ink, ground), (wanted, new_ink, new_ground) = _parts(old), _parts(new)
    if not attributes <= wanted or (ink and not new_ink) or (ground and not new_ground):
        return anew
    found = sorted(wanted - attributes)
    if new_ink != ink:
        found.append(new_ink)
    if new_ground != ground:
        found.append(new_ground)
    change = f"\x1b[{';'.join(found)}m" if found else ""
    return min(change, anew, key=len)


@lru_cache(maxsize=4096)
def _parts(style: str) -> Colours:
    """The attributes, the ink and the ground that a style's parameters come to."""
    attributes: set[str] = set()
    ink = ground = ""
    parameters = iter(style.split(";") if style else ())
    for one in parameters:
        code = int(one or 0)
        if code == 0:
            attributes, ink, ground = set(), "", ""
        elif code in (38, 48):
            kind = next(parameters, "5")
            rest = [next(parameters, "0") for _ in range(1 if kind == "5" else 3)]
            colour = ";".join((one, kind, *rest))
            ink, ground = (colour, ground) if code == 38 else (ink, colour)
        elif 30 <= code <= 37 or 90 <= code <= 97:
            ink = one
        elif 40 <= code <= 47 or 100 <= code <= 107:
            ground = one
        elif code == 39:
            ink = ""
        elif code == 49:
            ground = ""
        else:
            attributes.add(one)
    return frozenset(attributes), ink, ground
