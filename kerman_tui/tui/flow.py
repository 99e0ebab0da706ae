"""How much may be on its way to the terminal: a window of bytes, by how long the terminal takes to answer.

A terminal behind a slow line shows what was written seconds ago, and sshd takes megabytes before it makes anyone wait.
So every frame ends with a question that every terminal answers (where is the cursor?), and while more bytes are under
way than the line takes in a moment, nothing is written: frames that are overtaken meanwhile are never sent. The window
grows while answers come as fast as the fastest did and shrinks when they are late (after TCP Vegas: Brakmo and
Peterson 1995). A terminal that never answers is written to as before.
"""

from __future__ import annotations

from collections import deque

QUESTION = "\x1b[6n"
"""Where is the cursor? (DSR 6, ECMA-48; the answer is CPR.)"""
LEAST_WINDOW, FIRST_WINDOW, MOST_WINDOW = 1_500, 4_000, 64_000
"""Bytes: two cursor moves; two pages; more than a line with any delay needs."""
LATE = 0.1
"""Seconds an answer may take longer than the fastest one before the line is taken to be full."""
PATIENCE = 5.0
"""Seconds after which an answer is taken to be lost."""
LOST_IN_A_ROW = 3
"""Lost answers after which the terminal is asked no more."""


class Flow:
    """What is under way to one terminal. Times are seconds of any clock that never goes back."""

    def __init__(self) -> None:
        self.window = FIRST_WINDOW
        self._under_way: deque[tuple[int, float]] = deque()
        self._fastest: float | None = None
        self._lost = 0

    @property
    def asking(self) -> bool:
        """Whether the next frame is to end with the question: at first once, then as long as answers come."""
        if self._fastest is None:
            return not self._under_way and not self._lost
        return self._lost < LOST_IN_A_ROW

    def sent(self, length: int, now: float) -> None:
        """A frame of ``length`` bytes was written that ended with the question."""
        self._under_way.append((length, now))

    def answered(self, now: float) -> None:
        """The terminal has shown everything up to the oldest question."""
        if not self._under_way:
            return
        full = 2 * sum(length for length, _ in self._under_way) >= self.window
        _, since = self._under_way.popleft()
        took = now - since
        self._lost = 0
        self._fastest = took if self._fastest is None else min(self._fastest, took)
        if took > self._fastest + LATE:
            self.window = max(self.window // 2, LEAST_WINDOW)
        elif full:  # a window that was never filled tells nothing about the line
            self.window = min(self.window * 2, MOST_WINDOW)

    def wait(self, now: float) -> float:
        """Seconds after which a frame may be written if no answer comes before; 0: now."""
        if self._fastest is None or sum(length for length, _ in self._under_way) < self.window:
            return 0.0
        left = self._under_way[0][1] + PATIENCE - now
        if left > 0:
            return left
        self._under_way.clear()
        self._lost += 1
        return 0.0

    @property
    def awaiting(self) -> bool:
        """Whether an answer is to come from a terminal that does answer."""
        return self._fastest is not None and bool(self._under_way)
