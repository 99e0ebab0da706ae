"""How much is on its way to the terminal: no more than the line takes, and never a wait for one that is silent."""

from __future__ import annotations

import io
from collections import deque

import pytest

from kerman_tui.tui.driving import Line, mouse_wanted
from kerman_tui.tui.flow import LEAST_WINDOW, MOST_WINDOW, PATIENCE, Flow
from kerman_tui.tui.thrift import Thrift


def test_a_terminal_that_never_answers_is_asked_once_and_written_to_at_once() -> None:
    flow = Flow()
    assert flow.asking
    flow.sent(6_000, 0.0)
    for now in (0.1, 1.0, 100.0):
        assert not flow.asking and flow.wait(now) == 0


@pytest.mark.parametrize(("delay", "rate", "behind"), [(0.15, 10_000, 0.8), (0.3, 3_000, 2.0), (0.01, 1e6, 0.05)])
def test_a_held_key_is_never_far_ahead_of_what_the_line_has_carried(delay: float, rate: float, behind: float) -> None:
    flow, now, free = Flow(), 0.0, 0.0
    answers: deque[float] = deque()
    sent = 0
    flow.sent(1_000, now)
    flow.answered(2 * delay)
    for _ in range(500):
        now += 0.02
        while answers and answers[0] <= now:
            flow.answered(answers.popleft())
        if flow.wait(now) == 0:
            sent += 1
            flow.sent(1_200, now)
            free = max(free, now) + 1_200 / rate
            answers.append(free + 2 * delay)
        assert free - now < behind
        assert LEAST_WINDOW <= flow.window <= MOST_WINDOW
    assert sent * 1_200 > 0.4 * min(rate * now, 500 * 1_200), "the line is used"


def test_lost_answers_are_not_waited_for_for_ever() -> None:
    flow, now = Flow(), 0.0
    flow.sent(100, now)
    flow.answered(0.01)
    for _ in range(3):
        flow.sent(MOST_WINDOW, now)
        assert 0 < flow.wait(now) <= PATIENCE
        now += PATIENCE
        assert flow.wait(now) == 0
    assert not flow.asking


def test_the_last_frame_is_what_comes_when_the_line_is_free_again() -> None:
    written = io.StringIO()
    line = Line(written, Thrift())
    flow = line._flow
    flow.sent(1, 0.0)
    flow.answered(0.001)
    flow.sent(MOST_WINDOW * 10, 1e12)  # not answered yet
    line.start()
    for text in ("first", "second", "third"):
        line.write(f"\x1b[1;1H{text}\x1b[1;1H")
        line.flush()
    assert written.getvalue() == ""
    line.answered()
    line.stop()
    assert "third" in written.getvalue() and "first" not in written.getvalue()


def test_the_mouse_is_left_alone_in_gnu_screen() -> None:
    assert mouse_wanted({"TERM": "xterm-256color"})
    assert mouse_wanted({"TERM": "screen", "TMUX": "/tmp/tmux-0/default,1,0"})
    assert not mouse_wanted({"TERM": "screen-256color", "STY": "12.pts-0.host"})
    assert not mouse_wanted({"TERM": "screen.xterm-256color"})
