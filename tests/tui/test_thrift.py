"""What is left out of a frame was on the screen already: the thinned stream paints the very same screen."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import get_character_cell_size

from kerman_tui.tui.thrift import Thrift, _change, _parts

WIDTH, HEIGHT = 24, 4
STYLES = ("", "1", "1;38;5;253;48;5;234", "38;5;246;48;5;234", "38;2;1;2;3", "3;4;31;42", "7")


class Terminal:
    """A terminal as far as frames need one: cells with a character and a style, a cursor, wide characters."""

    def __init__(self) -> None:
        self.cells = [[(" ", _parts("")) for _ in range(WIDTH)] for _ in range(HEIGHT)]
        self.x = self.y = 0
        self.style = ""

    def feed(self, data: str) -> None:
        for move, forward, sgr, char in re.findall(
            r"\x1b\[([\d;]*)H|\x1b\[(\d*C)|\x1b\[([\d;]*)m|(.)", data, re.DOTALL
        ):
            if char:
                self._put(char)
            elif forward:
                self.x += int(forward[:-1] or 1)
            elif move or data.startswith("\x1b[H"):
                row, _, column = move.partition(";")
                self.y, self.x = int(row or 1) - 1, int(column or 1) - 1
            else:
                self.style = sgr if sgr.split(";")[0] in ("", "0") else f"{self.style};{sgr}"

    def _put(self, char: str) -> None:
        width = get_character_cell_size(char)
        line = self.cells[self.y]
        for at in range(self.x, min(self.x + width, WIDTH)):
            if line[at][0] == "" and at == self.x:
                line[at - 1] = (" ", line[at - 1][1])
            if at + 1 < WIDTH and line[at + 1][0] == "":
                line[at + 1] = (" ", line[at + 1][1])
            line[at] = (char if at == self.x else "", _parts(self.style))
        self.x += width


TEXT = st.text(st.sampled_from("abc  .é—▌日🎈"), min_size=1, max_size=WIDTH)
WRITE = st.tuples(
    st.integers(0, HEIGHT - 1), st.integers(0, WIDTH - 1), st.lists(st.tuples(st.sampled_from(STYLES), TEXT))
)


def frame(writes: list[tuple[int, int, list[tuple[str, str]]]]) -> str:
    found = ""
    for y, x, segments in writes:
        found += f"\x1b[{y + 1};{x + 1}H"
        for style, text in segments:
            kept = ""
            for char in text:
                if x + get_character_cell_size(char) > WIDTH:
                    break
                kept += char
                x += get_character_cell_size(char)
            if kept:
                found += f"\x1b[{style}m{kept}\x1b[0m" if style else kept
    return found + "\x1b[1;1H"


@given(st.lists(st.lists(WRITE, max_size=4), max_size=6))
def test_thinned_frames_paint_the_same_screen(frames: list[list[tuple[int, int, list[tuple[str, str]]]]]) -> None:
    plain, thinned, thrift = Terminal(), Terminal(), Thrift()
    for writes in frames:
        data = frame(writes)
        plain.feed(data)
        thinned.feed(thrift.thin(data))
        assert thinned.cells == plain.cells
        assert (thinned.x, thinned.y) == (plain.x, plain.y)


def test_a_frame_that_is_on_the_screen_already_costs_nothing() -> None:
    thrift = Thrift()
    data = "\x1b[2;1H\x1b[1;38;5;253mhello\x1b[0m world\x1b[1;1H"
    assert thrift.thin(data)
    assert thrift.thin(data) == ""
    thrift.forget()
    assert "hello" in thrift.thin(data)


def test_only_the_letters_that_differ_are_sent() -> None:
    thrift = Thrift()
    thrift.thin("\x1b[1;1Hthe quick brown fox\x1b[1;1H")
    assert thrift.thin("\x1b[1;1Hthe quick green fox\x1b[1;1H") == "\x1b[10Cgree\x1b[1;1H"


def test_sequences_that_are_no_text_pass_untouched() -> None:
    thrift = Thrift()
    for sequence in ("\x1b[?2026h", "\x1b[?25l", "\x1b]52;c;aGk=\x07", "\x1b[>1u", "\x1b[?1049h\x1b[?1003h"):
        assert thrift.thin(sequence) == sequence


@given(st.sampled_from(STYLES), st.sampled_from(STYLES))
def test_a_change_of_style_comes_to_the_new_style(old: str, new: str) -> None:
    change = _change(old, new)
    together = f"{old};{change[2:-1]}" if change else old
    assert _parts(together) == _parts(new)
