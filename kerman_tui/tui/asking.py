"""Questions that take time: asked with a number from the screen, answered by a thread, dropped when they come late.

One ``Asker`` has a few lanes. In each lane questions of one kind replace each other: only the last one asked is
answered. Threads are daemons and never touch a widget; an answer arrives as the message ``Answered``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from typing import Any, Literal, Protocol, TypeVar

import msgspec
from textual.message import Message
from textual.message_pump import MessagePump

Lane = Literal["quick", "ahead", "names", "fields", "passages", "slow", "opening", "index", "marks", "pipe"]
Value = TypeVar("Value")
Cancelled = Callable[[], bool]
"""Says whether an answer is wanted no longer."""


class Asks(Protocol):
    """Who has things worked out in a thread."""

    def ask(
        self,
        by: object,
        kind: str,
        work: Callable[[Cancelled], Value],
        then: Callable[[Value], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        lane: Lane = "quick",
        every: bool = False,
    ) -> None:
        """Have ``work`` done in a thread and ``then`` called with its value on the event loop, or ``failed``.

        An earlier question of this kind by the same one is given up, unless ``every`` one must be answered.
        """


class Answered(Message):
    """An answer, or the error that came instead. ``number`` tells whether it is still wanted."""

    bubble = False

    def __init__(self, question: Question, value: object, error: Exception | None) -> None:
        super().__init__()
        self.question = question
        self.value = value
        self.error = error

    def can_replace(self, message: Message) -> bool:
        return False


class Question(msgspec.Struct, frozen=True):
    """What is asked: ``work`` runs in a thread and may poll the function it is given to see whether to give up.

    Number 0 is a question that no other replaces.
    """

    kind: str
    number: int
    work: Callable[[Cancelled], Any]
    then: Callable[[Any], None]
    failed: Callable[[Exception], None]
    by: object


class Asker:
    """The lanes of one program; answers are posted to ``home``, which hands them to ``deliver``.

    ``failed`` is told of an error where who asked has not said what becomes of one.
    """

    def __init__(self, home: MessagePump, failed: Callable[[Exception], None]) -> None:
        self._home = home
        self._failed = failed
        self._numbers: dict[tuple[int, str], int] = {}
        self._waiting: dict[Lane, list[Question]] = {}
        self._wake = threading.Condition()
        self._busy: dict[str, int] = {}
        self._working: set[Lane] = set()
        self._closed = False

    def ask(
        self,
        by: object,
        kind: str,
        work: Callable[[Cancelled], Value],
        then: Callable[[Value], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        lane: Lane = "quick",
        every: bool = False,
    ) -> None:
        """As ``Asks.ask``. Call it from the event loop."""
        key = (id(by), kind)
        with self._wake:
            number = 0
            if not every:
                number = self._numbers[key] = self._numbers.get(key, 0) + 1
            question = Question(kind, number, work, then, failed or self._failed, by)
            started = lane in self._waiting
            queue = self._waiting.setdefault(lane, [])
            queue[:] = [one for one in queue if every or not one.number or (id(one.by), one.kind) != key]
            queue.append(question)
            self._wake.notify_all()
        if not started:
            threading.Thread(target=self._run, args=(lane,), daemon=True, name=f"kerman-{lane}").start()

    def give_up_all(self, but: Collection[str]) -> None:
        """Want no answer any more, but of some kinds: what was asked is of a corpus that is closed."""
        with self._wake:
            for key in self._numbers:
                if key[1] not in but:
                    self._numbers[key] += 1

    def wanted(self, question: Question) -> bool:
        """Whether this is still the last question of its kind."""
        last = self._numbers.get((id(question.by), question.kind))
        return not self._closed and (not question.number or last == question.number)

    @property
    def busy(self) -> bool:
        """Whether any question is being worked on or waits."""
        with self._wake:
            return any(self._waiting.values()) or any(self._busy.values())

    def finish(self, lane: Lane, seconds: float) -> bool:
        """Wait until all that was asked in a lane is done; False when it took longer than ``seconds``."""
        with self._wake:
            return self._wake.wait_for(lambda: not self._waiting.get(lane) and lane not in self._working, seconds)

    def close(self) -> None:
        """Take no more questions; what runs is asked to stop."""
        with self._wake:
            self._closed = True
            self._wake.notify_all()

    def _run(self, lane: Lane) -> None:
        while True:
            with self._wake:
                while not self._waiting[lane] and not self._closed:
                    self._wake.wait()
                if self._closed:
                    return
                question = self._waiting[lane].pop(0)
                self._working.add(lane)
                self._busy[question.kind] = self._busy.get(question.kind, 0) + 1
            value: object = None
            error: Exception | None = None
            try:
                if self.wanted(question):
                    value = question.work(lambda question=question: not self.wanted(question))  # type: ignore[misc]
            except Exception as caught:  # whatever a question meets must not take the program down
                error = caught
            if self.wanted(question):
                self._home.post_message(Answered(question, value, error))
            with self._wake:
                self._busy[question.kind] -= 1
                self._working.discard(lane)
                self._wake.notify_all()


def deliver(asker: Asker, message: Answered) -> None:
    """Hand an answer to who asked, if it is still wanted. Call it from the event loop."""
    question = message.question
    if not asker.wanted(question):
        return
    if message.error is not None:
        question.failed(message.error)
    else:
        question.then(message.value)
