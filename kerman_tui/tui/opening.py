"""Opening a corpus while the screen is already there: in a thread, with progress, stopped by one key.

What was read is shown as a corpus of its own while the rest is read, and gives way to the whole.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
from textual.message import Message

from kerman_tui.tui.asking import Asks

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus
    from kerman_tui.model import Article

PROGRESS_EVERY = 0.15
"""Seconds between two states of the progress line."""
PART_AFTER = 0.4
"""Seconds of reading after which a first part is shown; what is read sooner comes as a whole."""
NAMED = "name:"
"""What the name in the state of a kept corpus begins with; that of any other is its paths."""
PART_FACTOR = 3
"""How many times the articles of the last part the next one has: few parts, and the first one soon."""
LARGEST_PART = 6_000
"""Articles from which on nothing is shown before all are read: to index them twice would take longer than to wait."""


class Progress(msgspec.Struct, frozen=True):
    """How far reading is; ``rate`` is articles a second."""

    files_done: int
    files_total: int
    articles: int
    rate: float


OpenCorpus = Callable[[Callable[[Any], None], Callable[[], bool], Callable[[Sequence[Any]], None]], "Corpus"]
"""Opens a corpus; is given a function for progress (files_done, files_total, articles), one that tells to stop, and one
for the articles that were read already."""


class Given(msgspec.Struct):
    """What the command line gave: how to open it, its name in the state, and its name on the screen.

    Where nothing was given, both names are known when it is open.
    """

    open_corpus: OpenCorpus
    key: str
    name: str
    workers: int | None = None


class Progressed(Message):
    """Reading has come this far."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress


class PartRead(Message):
    """A first part can be looked at."""

    def __init__(self, opening: Opening, corpus: Corpus) -> None:
        super().__init__()
        self.opening = opening
        self.corpus = corpus


class OpeningHost(Asks, Protocol):
    """What opening needs of the program."""

    def post_message(self, message: Message) -> bool: ...

    def corpus_opened(self, corpus: Corpus) -> None: ...

    def corpus_failed(self, error: Exception) -> None: ...


class Opening:
    """One opening of one corpus."""

    def __init__(self, host: OpeningHost, given: Given) -> None:
        self._host = host
        self.given = given
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

        read: list[Article] = []
        enough = 1

        def arrived(articles: Sequence[Article]) -> None:
            nonlocal enough
            read.extend(articles)
            if enough <= len(read) <= LARGEST_PART and time.monotonic() - begun >= PART_AFTER:
                from kerman_tui.corpus import Corpus

                enough = len(read) * PART_FACTOR
                self._host.post_message(PartRead(self, Corpus.part(read)))

        def work(cancelled: Callable[[], bool]) -> Corpus:
            return self.given.open_corpus(progressed, lambda: self._stopped or cancelled(), arrived)

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


def open_given(paths: Sequence[Path], name: str | None, workers: int | None = None) -> Given:
    """What to open for the paths or the name that the command line gave; without either, what was open last.

    ``workers`` is the number of processes to use at most (default: her setting). Imports nothing heavy.
    """

    def open_corpus(
        progress: Callable[[Any], None], cancelled: Callable[[], bool], arrived: Callable[[Sequence[Any]], None]
    ) -> Corpus:
        from kerman_tui import config
        from kerman_tui.corpus import Corpus
        from kerman_tui.ingest import library

        most = workers or config.load().settings.workers or None
        last = library.last_opened() if name is None and not paths else None
        if name is not None or isinstance(last, str):
            wanted = name if name is not None else str(last)
            given.key, given.name = _named(wanted)
            return Corpus.open_named(wanted, workers=most)
        wanted_paths = [*(paths or last or [Path.cwd()])]
        given.key, given.name = _placed(wanted_paths)
        remember = bool(paths)
        return Corpus.open(
            wanted_paths, progress=progress, cancelled=cancelled, workers=most, remember=remember, arrived=arrived
        )

    given = Given(open_corpus, *(_named(name) if name is not None else _placed(paths)), workers=workers)
    return given


def given_of(key: str, workers: int | None = None) -> Given:
    """What a name in the state stands for."""
    if key.startswith(NAMED):
        return open_given([], key.removeprefix(NAMED), workers)
    return open_given([Path(path) for path in key.split("\n")], None, workers)


def _named(name: str) -> tuple[str, str]:
    return f"{NAMED}{name}", name


def _placed(paths: Sequence[Path]) -> tuple[str, str]:
    """Names of a corpus that lies in files: in the state, and on the screen."""
    shown = ", ".join(path.name or str(path) for path in paths[:3]) + (" …" if len(paths) > 3 else "")
    return "\n".join(sorted(str(path.absolute()) for path in paths)), shown
