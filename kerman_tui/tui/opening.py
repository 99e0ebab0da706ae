"""Opening a corpus while the screen is already there: in a thread, with progress, stopped by one key."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
from textual.message import Message

from kerman_tui.tui.asking import Lane

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus

PROGRESS_EVERY = 0.15
"""Seconds between two states of the progress line."""


class Progress(msgspec.Struct, frozen=True):
    """How far reading is; ``rate`` is articles a second."""

    files_done: int
    files_total: int
    articles: int
    rate: float


OpenCorpus = Callable[[Callable[[Any], None], Callable[[], bool]], "Corpus"]
"""Opens a corpus; is given a function for progress (files_done, files_total, articles) and one that tells to stop."""


class Given(msgspec.Struct, frozen=True):
    """What the command line gave: how to open it, its name in the state, and its name on the screen."""

    open_corpus: OpenCorpus
    key: str
    name: str


class Progressed(Message):
    """Reading has come this far."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress


class OpeningHost(Protocol):
    """What opening needs of the program."""

    def ask(
        self,
        by: object,
        kind: str,
        work: Callable[[Callable[[], bool]], Any],
        then: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
        *,
        lane: Lane = "quick",
    ) -> None: ...

    def post_message(self, message: Message) -> bool: ...

    def corpus_opened(self, corpus: Corpus) -> None: ...

    def corpus_failed(self, error: Exception) -> None: ...


class Opening:
    """One opening of one corpus."""

    def __init__(self, host: OpeningHost, open_corpus: OpenCorpus) -> None:
        self._host = host
        self._open_corpus = open_corpus
        self._stopped = False
        self._under_way = False

    def start(self) -> None:
        self._stopped, self._under_way = False, True
        begun = time.monotonic()
        last = begun

        def progressed(state: Any) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last < PROGRESS_EVERY:
                return
            last = now
            rate = state.articles / max(now - begun, 0.001)
            self._host.post_message(Progressed(Progress(state.files_done, state.files_total, state.articles, rate)))

        def work(cancelled: Callable[[], bool]) -> Corpus:
            return self._open_corpus(progressed, lambda: self._stopped or cancelled())

        def opened(corpus: Corpus) -> None:
            self._under_way = False
            self._host.corpus_opened(corpus)

        def failed(error: Exception) -> None:
            self._under_way = False
            self._host.corpus_failed(error)

        self._host.ask(self, "open", work, opened, failed, lane="opening")

    def cancel(self) -> bool:
        """Stop reading. False when nothing was being read."""
        if not self._under_way or self._stopped:
            return False
        self._stopped = True
        return True


def open_given(paths: Sequence[Path], name: str | None) -> Given:
    """What to open for the paths or the name that the command line gave. Imports nothing heavy."""

    def open_corpus(progress: Callable[[Any], None], cancelled: Callable[[], bool]) -> Corpus:
        from kerman_tui.corpus import Corpus

        if name is not None:
            return Corpus.open_named(name)
        if not paths:
            return Corpus.open_default(progress=progress, cancelled=cancelled)
        return Corpus.open(paths, progress=progress, cancelled=cancelled, remember=True)

    if name is not None:
        return Given(open_corpus, f"name:{name}", name)
    shown = ", ".join(path.name or str(path) for path in paths[:3]) + (" …" if len(paths) > 3 else "")
    key = "\n".join(sorted(str(path.absolute()) for path in paths)) or str(Path.cwd())
    return Given(open_corpus, key, shown or Path.cwd().name)
