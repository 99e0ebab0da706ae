"""Pictures of the running program: ``python -m kerman_tui.tui.screenshots`` opens the seeds, types, and writes SVGs.

The program is the real one on the real seeds, only its terminal is not. The same program gives the same pictures.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "screenshots"
_WEB_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


_TEXT = re.compile(
    r'(<text [^>]*?)x="([\d.]+)"([^>]*?)textLength="([\d.]+)"([^>]*>)((?:&#160;)*)([^<]*?)((?:&#160;)*)</text>'
)
_CELL = 12.2
"""Width of a cell in the units of the picture."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, the size of the terminal, the theme, and what is typed before."""

    name: str
    size: tuple[int, int]
    keys: Sequence[str]
    theme: str = "dark"


SHOTS = (
    Shot("explorer", (120, 36), (*"solemani", "enter", "j", "space")),
    Shot("narrow", (80, 24), (*"solemani",)),
    Shot("compare", (120, 36), (*"solemani", "enter", "c", "right_square_bracket", "right_square_bracket")),
    Shot("leaders", (120, 30), ("escape", "p", "l", "j")),
    Shot("passages", (120, 30), (*"bombing", "escape", "C")),
    Shot("basket", (100, 30), (*"serious", "enter", "space", "J", "space", "b")),
    Shot("wide", (180, 45), (*"raisi", "enter"), "light"),
    Shot("help", (100, 36), ("escape", "question_mark")),
)


async def take(shot: Shot, seeds: Path) -> str:
    """Run the program for one picture; returns the SVG."""
    from kerman_tui.tui.app import Explorer
    from kerman_tui.tui.opening import open_given
    from kerman_tui.tui.state import State

    given = open_given([seeds], None)
    given.key = ""  # pictures do not depend on where one was
    app = Explorer(given, theme=shot.theme, state=State(starts=9))
    async with app.run_test(size=shot.size) as pilot:
        while not app.opened:
            await pilot.pause(0.02)
        for key in ("", *shot.keys):
            if key:
                await pilot.press(key)
            # What follows an answer is asked after a short rest, so rest longer than that before looking.
            for _ in range(2):
                await pilot.pause(0.25 if key in ("", "enter", shot.keys[-1]) else 0.01)
                while app.asker.busy:
                    await pilot.pause(0.01)
        await pilot.pause()
        svg = app.export_screenshot(title="kerman-tui")
    return _TEXT.sub(_without_blanks, _WEB_FONTS.sub("", svg).replace("Fira Code", "DejaVu Sans Mono"))


def _without_blanks(text: re.Match[str]) -> str:
    """A text without the blanks at its ends: some viewers swallow them and move the rest."""
    before, x, between, length, after, leading, said, trailing = text.groups()
    if not said:
        return ""
    first, last = len(leading) // len("&#160;"), len(trailing) // len("&#160;")
    start = round(float(x) + first * _CELL, 1)
    width = round(float(length) - (first + last) * _CELL, 1)
    return f'{before}x="{start:g}"{between}textLength="{width:g}"{after}{said}</text>'


def main(arguments: Sequence[str]) -> int:
    """Write all pictures, or those named, into the folder ``screenshots``."""
    with tempfile.TemporaryDirectory() as home:
        for variable in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{variable}_HOME"] = str(Path(home) / variable.lower())
        os.environ.pop("NO_COLOR", None)
        os.environ["COLORTERM"] = "truecolor"
        os.chdir(ROOT)
        FOLDER.mkdir(exist_ok=True)
        for shot in SHOTS:
            if arguments and shot.name not in arguments:
                continue
            svg = asyncio.run(take(shot, Path("seeds")))
            (FOLDER / f"{shot.name}.svg").write_text(svg, encoding="utf-8")
            for kept in (Path(home) / "data").rglob("basket.sqlite*"):
                kept.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
