"""What leaves the program without a screen: JSON documents, readable tables, warnings. The gate to standard output.

Standard output gets what was asked for, standard error everything else. A closed pipe ends the program quietly. Cells
of tables and lines of text are made safe once more, so that nothing that an article or a file name holds acts on a
terminal.
"""

from __future__ import annotations

import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kerman_tui.text.gate import GatedStream
from kerman_tui.text.safe import make_safe, visible

if TYPE_CHECKING:
    from kerman_tui.model import Sheet

MIN_CELL = 6
"""No column is squeezed below this many terminal cells."""


_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What JSON lets stand as it is and a terminal may act on. It comes in by queries only: articles are safe already."""


def print_json(document: Any) -> None:
    """Write one JSON document and a line feed to standard output, with nothing in it that a terminal acts on."""
    import orjson

    data = orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS)
    if not data.isascii() or b"\x7f" in data:
        text = data.decode("utf-8")
        data = _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", text).encode("utf-8")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def print_lines(lines: Iterable[str]) -> None:
    """Write text lines to standard output, each made safe."""
    for line in lines:
        sys.stdout.write(_gate(line) + "\n")
    sys.stdout.flush()


def warn(message: str) -> None:
    """Write one line to standard error."""
    sys.stderr.write("kerman-tui: " + visible(" ".join(message.split("\n"))) + "\n")
    sys.stderr.flush()


def overwrite(line: str) -> None:
    """Put a line of standard error, a terminal, in the place of the last one, which has no line feed."""
    terminal = sys.stderr.terminal if isinstance(sys.stderr, GatedStream) else sys.stderr
    terminal.write("\r\x1b[K" + visible(line))
    terminal.flush()


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """Write rows in columns that fit the terminal; ``right`` names the columns of numbers."""
    head = [_gate(cell) for cell in head]  # an outlet's name may stand there
    cells = [[_gate(cell) for cell in row] for row in rows]
    widths = [max([cell_width(head[i])] + [cell_width(row[i]) for row in cells]) for i in range(len(head))]
    room = shutil.get_terminal_size((120, 24)).columns if sys.stdout.isatty() else 10_000
    _squeeze(widths, room - 2 * (len(widths) - 1))
    for row in [head, *cells]:
        shown = [pad(fit(cell, widths[i]), widths[i], i in right) for i, cell in enumerate(row)]
        sys.stdout.write("  ".join(shown).rstrip() + "\n")
    sys.stdout.flush()


def print_sheet(sheet: Sheet, form: str) -> None:
    """Write a table whole as a document, in a form of ``clips.tables``."""
    from kerman_tui.clips.tables import table

    rows = [[_gate(cell) for cell in row] for row in sheet.rows]
    sys.stdout.write(table([_gate(column) for column in sheet.columns], rows, form, sheet.title))
    sys.stdout.flush()


def _gate(text: str) -> str:
    return text if text.isprintable() else make_safe(text).replace("\n", " ")


def _squeeze(widths: list[int], room: int) -> None:
    while sum(widths) > room and max(widths) > MIN_CELL:
        widest = widths.index(max(widths))
        widths[widest] = max(MIN_CELL, widths[widest] - max(1, (sum(widths) - room) // 2))


def cell_width(text: str) -> int:
    """Terminal cells that ``text`` takes: wide and full-width characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def fit(text: str, cells: int) -> str:
    """Cut ``text`` to ``cells`` terminal cells, the last of them an ellipsis where something was cut."""
    if cell_width(text) <= cells:
        return text
    kept, width = [], 0
    for char in text:
        width += cell_width(char)
        if width > cells - 1:
            break
        kept.append(char)
    return "".join(kept) + "…"


def pad(text: str, cells: int, right: bool = False) -> str:
    """Fill ``text`` with blanks to ``cells`` terminal cells, at its left when ``right``."""
    blanks = " " * max(0, cells - cell_width(text))
    return blanks + text if right else text + blanks
