"""What reaches the terminal, byte by byte: budgets of the house, no colour where none is wanted, nothing at rest."""

from __future__ import annotations

import re
import statistics
from pathlib import Path

import pytest

from .wire import Wire, running

START, MOVE, PAGE, KEYSTROKE = 25_000, 700, 5_000, 3_000
"""Bytes at 80×24 in 256 colours: until all is there, a cursor move, a page, and the median keystroke of a query."""

COLOUR = re.compile(rb"\x1b\[(?:[\d;]*;)?(?:3[0-9]|4[0-9]|9[0-7]|10[0-7])(?:;[\d;]*)?m")


def opened(wire: Wire) -> bytes:
    return wire.until(b"14 articles")


def test_bytes_of_every_action(seeds: Path) -> None:
    with running([seeds]) as wire:
        assert len(opened(wire)) < START
        assert wire.until_quiet(1.0, 1.0) == b"", "something is written while nothing happens"
        typed = [len(wire.press(letter)) for letter in "solemani"]
        assert statistics.median(typed) < KEYSTROKE, typed
        wire.press("\x1b")
        moves = [len(wire.press(key)) for key in "jjjkk"]
        assert all(0 < move < MOVE for move in moves), moves
        assert b"Soleimani" in wire.press("\r")
        pages = [len(wire.press("\x04")) for _ in range(3)]
        assert all(page < PAGE for page in pages), pages
        wire.press("g")
        sentences = [len(wire.press(key)) for key in "jjjjjk"]
        assert 0 < statistics.median(sentences) < MOVE, sentences
        assert 0 < len(wire.press(" ")) < MOVE
        compared = wire.press("c")
        while len(compared) < 1_000:
            more = wire.until_quiet(0.5, 5.0)
            assert more, "the comparison never came"
            compared += more
        pages = [len(wire.answered("\x04")[1]) for _ in range(2)]
        assert max(pages) > 0 and all(page < PAGE for page in pages), pages
        wire.press("q")
        wire.press("\x11")
        assert wire.process.wait(10) == 0


def test_a_killed_terminal_leaves_no_process_and_keeps_the_place(seeds: Path) -> None:
    import signal

    from kerman_tui.tui import state as states

    with running([seeds]) as wire:
        opened(wire)
        wire.press("kerman")
        wire.process.send_signal(signal.SIGHUP)
        assert wire.process.wait(10) is not None
    assert [place.query for place in states.load().places.values()] == ["kerman"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_no_color_sends_no_colour_byte(seeds: Path, size: tuple[int, int]) -> None:
    with running([seeds], size=size, environment={"NO_COLOR": "1"}) as wire:
        opened(wire)
        for keys in ("solemani", "\r", " ", "c", "q", "?", "q", "\x1b", "p", "q", "b"):
            wire.press(keys)
        assert b"Soleimani" in wire.all
        assert COLOUR.findall(wire.all) == []


def test_control_sequences_of_an_article_never_reach_the_terminal(tmp_path: Path) -> None:
    hostile = (
        "Title of it\n\nBefore \x1b[31mred\x1b]0;owned\x07 \x9b2J \x1bPq#0\x1b\\ after it, with words to be a body.\n"
    )
    (tmp_path / "hostile.txt").write_text(hostile * 3)
    with running([tmp_path]) as wire:
        wire.until(b"1 articles")
        wire.press("\r")
        written = wire.all.decode()
        assert "after it" in written
        for sequence in ("\x1b[31m", "\x1b]0;", "\x9b", "\x1bPq", "owned\x07"):
            assert sequence not in written


def test_a_resize_storm_on_a_real_terminal(seeds: Path) -> None:
    with running([seeds]) as wire:
        opened(wire)
        wire.press("\r")
        for number in range(200):
            wire.resize(1 + number * 37 % 300, 1 + number * 23 % 100)
        wire.resize(1, 1)
        wire.resize(100, 30)
        wire.until_quiet()
        wire.resize(101, 30)
        wire.until(b"World leaders extended")
        assert wire.process.poll() is None
