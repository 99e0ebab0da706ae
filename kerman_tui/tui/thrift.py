"""Thrift on the wire: frames as Textual writes them in, the least that turns the terminal's screen into them out.

Two screens are remembered cell by cell, as curses does it: what the program wants to be seen, and what the terminal
shows. Frames are laid into the first when they come (``take``); what turns the second into it is worked out when the
line can take it (``give``), so that a frame which was overtaken by another is never sent. Lines that only moved are
moved by the terminal. A line with characters whose width is not certain is written from the first change to its end.
Everything that is no text, no style and no cursor address is passed on untouched. After anything else may have
touched the terminal, ``forget``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import ne

from rich.cells import get_character_cell_size

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

SYNC_START, SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
_SEEN_ON_BLANKS = frozenset({"4", "7", "9", "21", "53"})
"""Attributes that show where no character is: underlined, reversed, struck, doubly underlined, overlined."""
_OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "7": "27", "9": "29"}
"""What ends an attribute (ECMA-48)."""
_SMALL_GAP = 5
"""Unchanged cells that are written again because moving over them costs as much."""
_SOME = 4
"""Every so many cells of a line are looked at to find one that it may be equal to."""
_WORTH_MOVING = 60
"""Cells that moving lines must spare to be worth its sequences."""

Cell = tuple[str, str] | tuple[str, str, bool]
"""A character and its style; with a third part where its width is not certain. "" follows a wide character."""
Line = list[Cell | None]
Colours = tuple[frozenset[str], str, str]


class Styled(dict[str, Cell]):
    """The cells of one style by their characters, each made once."""

    def __init__(self, style: str) -> None:
        super().__init__()
        self.style = style
        self[" "] = (" ", _of_blanks(style))

    def __missing__(self, char: str) -> Cell:
        self[char] = cell = (char, self.style)
        return cell


@lru_cache(maxsize=4096)
def styled(style: str) -> Styled:
    """The cells of a style, as parameters of SGR."""
    return Styled(style)


Run = tuple[int, int, Sequence[tuple[str, Styled]]]
"""Column and line where texts begin that follow each other, and the texts, each with the cells of its style."""


class Thrift:
    """What shall stand on the screen of one terminal, and what stands there. ``None`` is a cell that is not known."""

    def __init__(self) -> None:
        self._wanted: dict[int, Line] = {}
        self._shown: dict[int, Line] = {}
        self._stale: set[int] = set()
        self._unsure: set[int] = set()
        self._before: list[str] = []
        self._synchronized = False
        self._end: tuple[int, int] | None = None
        self._style: str | None = None
        self._at: tuple[int, int] | None = None

    def forget(self) -> None:
        """Nothing is known of the screen any more: it was resized, cleared, or written to by another program."""
        for lines in (self._wanted, self._shown):
            lines.clear()
        self._stale.clear()
        self._unsure.clear()
        self._style = self._at = self._end = None

    @property
    def pending(self) -> bool:
        """Whether there is anything to give."""
        return bool(self._before or self._stale)

    def thin(self, data: str) -> str:
        """The least that has the effect of ``data``, at once."""
        self.take(data)
        return self.give()

    # --- what is wanted -------------------------------------------------------------------------------------------

    def lay(self, runs: Iterable[Run], end: tuple[int, int], *, synchronized: bool) -> None:
        """Lay a frame that comes in runs over what is wanted; the cursor comes to stand at ``end``."""
        for x, y, texts in runs:
            self._lay(x, y, texts)
        self._end = end
        self._synchronized = self._synchronized or synchronized

    def take(self, data: str) -> bool:
        """Lay ``data`` over what is wanted. False when it had no text: it is to be passed on soon."""
        x, y, style = -1, -1, ""
        position = 0
        drawn = False
        for token in _TOKEN.finditer(data):
            if token.start() > position:
                x = self._text(x, y, data[position : token.start()], style)
                drawn = True
            position = token.end()
            row, column, sgr, other = token.groups()
            if row is not None:
                y, x = int(row or 1) - 1, int(column or 1) - 1
            elif sgr is not None:
                style = "" if sgr in ("", "0") else f"{style};{sgr}" if style else sgr
            elif other is not None:
                x, y = self._pass_on(other, x, y)
            else:
                y = y + 1 if y >= 0 else y
        if position < len(data):
            x = self._text(x, y, data[position:], style)
            drawn = True
        if y >= 0 and x >= 0:
            self._end = (x, y)
        return drawn

    def _pass_on(self, sequence: str, x: int, y: int) -> tuple[int, int]:
        """Keep a sequence as it is for the next ``give``. One that may change the screen ends what is known."""
        if sequence in (SYNC_START, SYNC_END):
            self._synchronized = True
            return x, y
        harmless = sequence.startswith(("\x1b]", "\x1bP", "\x1b[?", "\x1b[>", "\x1b[<", "\x1b[="))
        harmless = harmless or sequence[-1] in "cnqtu"
        if not harmless or sequence.startswith(("\x1b[?1049", "\x1b[?47", "\x1b[?3")):
            self.forget()
            x, y = -1, -1
        self._before.append(sequence)
        return x, y

    def _text(self, x: int, y: int, text: str, style: str) -> int:
        """Lay ``text`` over what is wanted at (x, y); returns the cell after it."""
        if x < 0 or y < 0:
            # Where this goes is not known: say it as it is, and know nothing afterwards.
            self.forget()
            self._before.append(f"{_change(None, style)}{text}")
            return -1
        return self._lay(x, y, [(text, styled(style))])

    def _lay(self, x: int, y: int, texts: Sequence[tuple[str, Styled]]) -> int:
        """Lay texts that follow each other over what is wanted at (x, y); returns the cell after them."""
        line = self._wanted.setdefault(y, [])
        unsure = False
        cells: list[Cell | None] = []
        for text, style in texts:
            if text.isascii() or not _UNSURE.search(text):
                cells.extend(map(style.__getitem__, text))
            else:
                unsure = True
                _add_unsure(cells, text, style, line, x)
        after = x + len(cells)
        if len(line) < after:
            line.extend([None] * (after - len(line)))
        if y in self._unsure or unsure:
            self._unsure.add(y)
            # A wide character that is cut in two leaves a blank.
            if cells and x and (cut := line[x]) is not None and cut[0] == "" and (head := line[x - 1]) is not None:
                line[x - 1] = (" ", _of_blanks(head[1]))
            if cells and after < len(line) and (cut := line[after]) is not None and cut[0] == "":
                line[after] = (" ", _of_blanks(cut[1]))
        line[x:after] = cells
        self._stale.add(y)
        return after

    # --- what is sent ---------------------------------------------------------------------------------------------

    def give(self) -> str:
        """What turns the screen of the terminal into what is wanted; "" when it is that already."""
        before, self._before = "".join(self._before), []
        out: list[str] = []
        stale = sorted(y for y in self._stale if self._wanted.get(y) != self._shown.get(y))
        self._stale.clear()
        if len(stale) > 3:
            stale = self._move_lines(out, stale)
        for y in stale:
            self._line(out, y)
        if not out:
            return before
        if self._end is not None and self._at != self._end:
            x, y = self._end
            out.append(f"\x1b[{y + 1};{x + 1}H")
            self._at = self._end
        if self._synchronized:
            return "".join((before, SYNC_START, *out, SYNC_END))
        return "".join((before, *out))

    def _line(self, out: list[str], y: int) -> None:
        wanted, shown = self._wanted[y], self._shown.setdefault(y, [])
        end = len(wanted)
        if len(shown) < end:
            shown.extend([None] * (end - len(shown)))
        if y in self._unsure and any(cell is not None and len(cell) > 2 for cell in (*wanted, *shown)):
            self._whole(out, y, wanted, shown)
        else:
            self._unsure.discard(y)
            self._changed(out, y, wanted, list(map(ne, wanted, shown)))
        known = wanted if all(wanted) else [new or old for new, old in zip(wanted, shown, strict=False)]
        self._shown[y] = known + shown[end:]

    def _changed(self, out: list[str], y: int, wanted: Line, differs: Sequence[bool]) -> None:
        """Write the cells of a line that differ, in runs of one style, over small gaps of cells that do not."""
        end = len(wanted)
        at = 0
        while True:
            try:
                at = differs.index(True, at)
            except ValueError:
                return
            cell = wanted[at]
            if cell is None:
                at += 1
                continue
            style = self._style_for(wanted, at, cell)
            blank, stop = _of_blanks(style), at + 1
            for probe in range(stop, end):
                there = wanted[probe]
                if there is None or (there[1] != style and (there[0] != " " or there[1] != blank)):
                    break
                if differs[probe]:
                    stop = probe + 1
                elif probe - stop >= _SMALL_GAP:
                    break
            self._write(out, at, y, wanted[at:stop], style)
            at = stop

    def _whole(self, out: list[str], y: int, wanted: Line, shown: Line) -> None:
        """Write a line whose widths are not certain, from the first cell that differs to its end."""
        at = next((x for x, cell in enumerate(wanted) if cell is not None and cell != shown[x]), len(wanted))
        while 0 < at < len(wanted) and (cell := wanted[at]) is not None and cell[0] == "":
            at -= 1
        while at < len(wanted):
            cell = wanted[at]
            stop = at + 1
            if cell is None:
                at = stop
                continue
            unsure = len(cell) > 2
            style = self._style_for(wanted, at, cell)
            blank = _of_blanks(style)
            while stop < len(wanted) and (there := wanted[stop]) is not None:
                if there[1] != (blank if there[0] == " " else style) or (len(there) > 2) != unsure:
                    break
                stop += 1
            self._write(out, at, y, wanted[at:stop], style)
            if unsure:
                self._at = None
            at = stop

    def _style_for(self, line: Line, at: int, cell: Cell) -> str:
        """The style to write a cell in: for a blank the one that holds, or the next one, if it looks the same there."""
        if cell[0] != " ":
            return cell[1]
        after = next((one for one in line[at + 1 : at + 1 + _SMALL_GAP] if one is not None and one[0] != " "), cell)
        for style in (self._style, after[1]):
            if style is not None and _of_blanks(style) == cell[1]:
                return style
        return cell[1]

    def _write(self, out: list[str], x: int, y: int, cells: Sequence[Cell | None], style: str) -> None:
        self._go(out, x, y)
        if style != self._style:
            out.append(_change(self._style, style))
            self._style = style
        out.append("".join([cell[0] for cell in cells if cell is not None]))
        self._at = (x + len(cells), y)

    def _go(self, out: list[str], x: int, y: int) -> None:
        if self._at == (x, y):
            return
        if self._at is not None and self._at[1] == y and self._at[0] < x:
            out.append(f"\x1b[{x - self._at[0]}C" if x - self._at[0] > 1 else "\x1b[C")
        else:
            out.append(f"\x1b[{y + 1};{x + 1}H")
        self._at = (x, y)

    def _move_lines(self, out: list[str], stale: list[int]) -> list[int]:
        """Let the terminal move lines that stand elsewhere already; returns the lines that differ after that."""
        first, last = stale[0], stale[-1]
        there: dict[tuple[Cell | None, ...], int] = {}
        for y in range(first, last + 1):
            some = tuple(self._shown.get(y, ())[::_SOME])
            there[some] = -1 if some in there else y
        votes: Counter[int] = Counter()
        for y in stale:
            equal = there.get(tuple(self._wanted[y][::_SOME]), -1)
            if equal >= 0 and self._shown.get(equal, []) == self._wanted[y]:
                votes[equal - y] += 1
        if not votes:
            return stale
        by = votes.most_common(1)[0][0]
        lines = [y for y in stale if self._shown.get(y + by) == self._wanted[y] and first <= y + by <= last]
        top, bottom = min(lines[0], lines[0] + by), max(lines[-1], lines[-1] + by)
        regions = [(top, bottom), (top, last), (first, bottom), (first, last)]
        stay = {y: self._cost(y, y) for y in range(first, last + 1)}
        move = {y: self._cost(y, y + by) for y in range(first, last + 1)}

        def cost(top: int, bottom: int) -> int:
            """Cells that differ once the lines of a region have moved; what moves in from beyond it is blank."""
            moved = (
                move[y] if top <= y + by <= bottom else len(self._wanted.get(y, ())) for y in range(top, bottom + 1)
            )
            return sum(moved) + sum(stay[y] for y in stay if not top <= y <= bottom)

        costs = [cost(*region) for region in regions]
        if sum(stay.values()) - min(costs) < _WORTH_MOVING:
            return stale
        top, bottom = regions[costs.index(min(costs))]
        # Deleting and inserting lines is what every terminal since the VT102 can; blanks may come in any colour.
        out.append(f"\x1b[{top + 1};{bottom + 1}r\x1b[{top + 1};1H\x1b[{abs(by)}{'M' if by > 0 else 'L'}\x1b[r")
        self._at = None
        width = max(len(self._shown.get(y, ())) for y in range(top, bottom + 1))
        old = {y: self._shown.get(y, []) for y in range(top, bottom + 1)}
        for y in range(top, bottom + 1):
            self._shown[y] = old[y + by] if y + by in old else [None] * width
            if y + by in self._unsure:
                self._unsure.add(y)
        return [y for y in sorted({*stale, *old}) if y in self._wanted and self._wanted[y] != self._shown.get(y)]

    def _cost(self, y: int, old: int) -> int:
        """Cells in which what is wanted in line ``y`` differs from what is shown in line ``old``."""
        wanted, shown = self._wanted.get(y, []), self._shown.get(old, [])
        differ: int = sum(map(ne, wanted, shown))
        return differ + max(len(wanted) - len(shown), 0)


def _add_unsure(cells: list[Cell | None], text: str, styled: Styled, line: Line, x: int) -> None:
    """Add the cells of a text with characters that may be wide or have no width to those from ``x`` on in ``line``."""
    style = styled.style
    for char in text:
        width = get_character_cell_size(char)
        if width == 0:
            # A mark belongs to the letter before it, wherever that was written.
            at = len(cells) - 1
            while at > 0 and (cell := cells[at]) is not None and cell[0] == "":
                at -= 1
            before = cells[at] if cells else line[x - 1] if 0 < x <= len(line) else None
            if before is not None and cells:
                cells[at] = (before[0] + char, before[1], True)
            elif before is not None:
                line[x - 1] = (before[0] + char, before[1], True)
            continue
        cells.append((char, style, True) if _UNSURE.match(char) else styled[char])
        cells.extend([("", style, True)] * (width - 1))


@lru_cache(maxsize=4096)
def _of_blanks(style: str) -> str:
    """What of a style is seen on a blank: its ground, and the lines and reversal that show there."""
    attributes, ink, ground = _parts(style)
    seen = sorted(attributes & _SEEN_ON_BLANKS)
    return ";".join([*seen, *([ink] if seen and ink else []), *([ground] if ground else [])])


@lru_cache(maxsize=4096)
def _change(old: str | None, new: str) -> str:
    """The shortest sequence that turns the style ``old`` (None: unknown) into ``new``."""
    anew = f"\x1b[0;{new}m" if new else "\x1b[0m"
    if old is None:
        return anew
    (attributes, ink, ground), (wanted, new_ink, new_ground) = _parts(old), _parts(new)
    offs = {_OFF.get(one, "0") for one in attributes - wanted}
    if "0" in offs:
        return anew
    ended = {one for one in attributes if _OFF.get(one) in offs}  # bold and dim end together
    found = [*sorted(offs), *sorted(wanted - (attributes - ended))]
    if new_ink != ink:
        found.append(new_ink or "39")
    if new_ground != ground:
        found.append(new_ground or "49")
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
        elif one in _OFF.values():
            attributes = {kept for kept in attributes if _OFF.get(kept) != one}
        else:
            attributes.add(one)
    return frozenset(attributes), ink, ground
