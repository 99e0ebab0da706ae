"""What is left out of a frame was on the screen already: the thinned stream paints the very same screen."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import get_character_cell_size
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from kerman_tui.tui.frames import Frame, Runs
from kerman_tui.tui.thrift import SYNC_END, SYNC_START, Colours, Thrift, _change, _parts

WIDTH, HEIGHT = 24, 6
STYLES = ("", "2;3", "1", "4;38;5;3", "1;38;5;253;48;5;234", "38;5;246;48;5;234", "38;2;1;2;3", "3;4;31;42", "7")


class Terminal:
    """A terminal as far as frames need one: cells with a character and a style, a cursor, wide characters."""

    def __init__(self) -> None:
        self.cells = [[(" ", _parts("")) for _ in range(WIDTH)] for _ in range(HEIGHT)]
        self.x = self.y = 0
        self.style = ""
        self.region = 0, HEIGHT - 1

    def feed(self, data: str) -> None:
        for parameters, final, char in re.findall(r"\x1b\[([\d;]*)([HCrLMm])|(.)", data, re.DOTALL):
            first, _, second = parameters.partition(";")
            if char:
                self._put(char)
            elif final == "C":
                self.x += int(first or 1)
            elif final == "r":
                self.region = int(first or 1) - 1, int(second or HEIGHT) - 1
                self.x = self.y = 0
            elif final in "LM":
                self._move(int(first or 1), up=final == "M")
            elif final == "H":
                self.y, self.x = int(first or 1) - 1, int(second or 1) - 1
            else:
                self.style = parameters if first in ("", "0") else f"{self.style};{parameters}"

    def _move(self, by: int, *, up: bool) -> None:
        """Delete or insert lines at the cursor, within the region; blanks come in a colour nobody asked for."""
        first, last = self.region
        assert first <= self.y <= last
        blanks = [[("?", _parts("41")) for _ in range(WIDTH)] for _ in range(by)]
        moved = self.cells[self.y : last + 1]
        self.cells[self.y : last + 1] = (moved + blanks)[by:] if up else (blanks + moved)[: len(moved)]
        self.x = 0

    def _put(self, char: str) -> None:
        width = get_character_cell_size(char)
        line = self.cells[self.y]
        for at in range(self.x, min(self.x + width, WIDTH)):
            if line[at][0] == "" and at == self.x:
                line[at - 1] = (" ", on_blank(line[at - 1][1]))
            if at + 1 < WIDTH and line[at + 1][0] == "":
                line[at + 1] = (" ", on_blank(line[at + 1][1]))
            style = _parts(self.style)
            line[at] = (char if at == self.x else "", on_blank(style) if char == " " else style)
        self.x += width


def on_blank(style: Colours) -> Colours:
    """What of a style is seen where no character is."""
    seen = style[0] & {"4", "7"}
    return seen, style[1] if seen else "", style[2]


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


INKS = (None, Style(bold=True), Style(color="#84d3c4", underline=True), Style(bgcolor="red", link="https://a.example"))
STRIPS = st.lists(st.tuples(st.sampled_from(INKS), TEXT), min_size=1, max_size=4).map(
    lambda parts: Strip([Segment(text, style) for style, text in parts]).crop(0, WIDTH // 2)
)
HALVES = st.lists(st.tuples(STRIPS, STRIPS), min_size=HEIGHT, max_size=HEIGHT)
SPANS = st.lists(st.tuples(st.integers(0, WIDTH - 1), st.integers(1, WIDTH)).filter(lambda span: span[0] < span[1]))


@given(st.lists(st.tuples(HALVES, SPANS), min_size=1, max_size=3))
def test_a_frame_taken_as_it_is_says_what_it_says_written_out(
    frames: list[tuple[list[tuple[Strip, Strip]], list[tuple[int, int]]]],
) -> None:
    console: Any = SimpleNamespace(_color_system=ColorSystem.EIGHT_BIT)
    runs = Runs(ColorSystem.EIGHT_BIT)
    written, taken = Thrift(), Thrift()
    for lines, spans in frames:
        halves = [[half.adjust_cell_length(WIDTH // 2) for half in line] for line in lines]
        frame: Frame = LayoutUpdate(list(halves), Region(0, 0, WIDTH, HEIGHT))
        if spans:
            chops = [{0: left, WIDTH // 2: right} for left, right in halves]
            ends = [[WIDTH // 2, WIDTH] for _ in halves]
            frame = ChopsUpdate(chops, [(y, *span) for y, span in zip(range(HEIGHT), spans, strict=False)], ends)
        written.take(re.sub("\x1b]8;.*?\x1b\\\\", "", frame.render_segments(console)))
        taken.lay(runs.of(frame), (0, 0), synchronized=False)
        assert taken._wanted == written._wanted


LINES = st.lists(st.sampled_from("abcdefgh"), min_size=HEIGHT, max_size=HEIGHT)


@given(st.lists(st.tuples(LINES, st.integers(0, HEIGHT - 1)), max_size=8), st.sampled_from(STYLES))
def test_lines_that_move_are_moved_and_the_screen_is_the_same(frames: list[tuple[list[str], int]], style: str) -> None:
    plain, thinned, thrift = Terminal(), Terminal(), Thrift()
    for letters, cursor in frames:
        data = frame(
            [(y, 0, [(style if y == cursor else "", 8 * f"{one} {y // 9} ")]) for y, one in enumerate(letters)]
        )
        plain.feed(data)
        thinned.feed(thrift.thin(data))
        assert thinned.cells == plain.cells


def test_a_text_that_scrolls_costs_the_lines_that_are_new() -> None:
    thrift = Thrift()

    def screen(top: int) -> str:
        return frame([(y, 0, [("", f"{top + y:03} a line of its own")]) for y in range(HEIGHT)])

    whole = thrift.thin(screen(0))
    for top in (1, 2, 1, 0):
        assert len(thrift.thin(screen(top))) < len(whole) / 2


def test_a_frame_that_was_overtaken_is_never_sent() -> None:
    thrift = Thrift()
    thrift.take(frame([(0, 0, [("", "first")])]))
    thrift.take(frame([(0, 0, [("", "second")])]))
    assert thrift.pending
    assert "second" in (sent := thrift.give()) and "first" not in sent
    thrift.take(frame([(0, 0, [("", "third")])]))
    thrift.take(frame([(0, 0, [("", "second")])]))
    assert thrift.give() == ""
    assert not thrift.pending


def test_a_frame_is_painted_at_once_where_the_terminal_can() -> None:
    thrift = Thrift()
    for data in (SYNC_START, frame([(0, 0, [("", "text")])]), SYNC_END):
        thrift.take(data)
    sent = thrift.give()
    assert sent.startswith(SYNC_START) and sent.endswith(SYNC_END) and "text" in sent


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
    for sequence in ("\x1b[?25l", "\x1b]52;c;aGk=\x07", "\x1b[>1u", "\x1b[?1049h\x1b[?1003h"):
        assert thrift.thin(sequence) == sequence


@given(st.sampled_from(STYLES), st.sampled_from(STYLES))
def test_a_change_of_style_comes_to_the_new_style(old: str, new: str) -> None:
    change = _change(old, new)
    together = f"{old};{change[2:-1]}" if change else old
    assert _parts(together) == _parts(new)
