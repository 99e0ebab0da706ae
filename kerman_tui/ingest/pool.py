"""Pieces of work spread over processes, answers in the order of the questions; a piece that hangs or kills its worker
is given up and named, and the others go on.

Workers are plain child processes that talk over pipes: they share no thread and no lock with an explorer that is
running, can be killed one by one, and do not import the main module again.
"""

from __future__ import annotations

import os
import pickle
import queue
import select
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from typing import IO, TypeVar

from kerman_tui import memory
from kerman_tui.ingest.codec import encode_parsed
from kerman_tui.ingest.draft import Problem
from kerman_tui.ingest.limits import LIMITS
from kerman_tui.ingest.parsing import Piece
from kerman_tui.ingest.worker import LENGTH, OUT_OF_MEMORY

Tag = TypeVar("Tag")
_AHEAD = 3
"""Pieces that may wait for each worker; more would only hold memory."""
_START_SECONDS, _END_SECONDS = 30.0, 5.0
_SHORT_OF_MEMORY = (OUT_OF_MEMORY, -signal.SIGKILL)
"""How a worker ends that could not have more, by its own account or by the system's hand."""


class _Gone(Exception):  # noqa: N818 - a state of the worker, never an error for a caller
    """The worker ended, or did not answer in time; the message says why."""


class _Worker:
    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._fresh = True

    def ask(self, format_name: str, piece: Piece) -> bytes:
        process = self._process or self._start()
        try:
            return self._exchange(process, pickle.dumps((format_name, piece), protocol=5))
        except _Gone:
            self.stop()
            raise
        except (EOFError, OSError) as error:
            with suppress(subprocess.TimeoutExpired):
                process.wait(_END_SECONDS)
            self.stop()
            short = process.returncode in _SHORT_OF_MEMORY
            raise _Gone("memory ran out over it" if short else "the reader broke down over it") from error

    def _start(self) -> subprocess.Popen[bytes]:
        self._fresh = True
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kerman_tui.ingest.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self._process

    def _exchange(self, process: subprocess.Popen[bytes], question: bytes) -> bytes:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(LENGTH.pack(len(question)))
        process.stdin.write(question)
        process.stdin.flush()
        seconds = LIMITS.seconds + (_START_SECONDS if self._fresh else 0.0)
        head = _receive(process.stdout, LENGTH.size, seconds)
        self._fresh = False
        return _receive(process.stdout, LENGTH.unpack(head)[0], LIMITS.seconds)

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue


def _receive(pipe: IO[bytes], count: int, seconds: float) -> bytes:
    parts = []
    while count > 0:
        ready, _, _ = select.select([pipe], [], [], seconds)
        if not ready:
            raise _Gone(f"reading it took longer than {LIMITS.seconds:g} s")
        part = os.read(pipe.fileno(), min(count, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


class Pool:
    """``size`` workers, started when first needed; one where memory is short. Use as a context manager."""

    def __init__(self, size: int) -> None:
        short = memory.is_short()
        if short:
            memory.share_arenas()
        self._size = 1 if short else max(1, size)
        self._ahead = 1 if short else _AHEAD * self._size
        self._work: queue.SimpleQueue[tuple[str, Piece, Future[tuple[bytes, bool]]] | None] = queue.SimpleQueue()
        self._workers = [_Worker() for _ in range(self._size)]
        self._threads = [
            threading.Thread(target=self._serve, args=(worker,), name="ingest", daemon=True) for worker in self._workers
        ]
        self._closed = False

    def __enter__(self) -> Pool:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed = True
        for _thread in self._threads:
            self._work.put(None)
        for worker in self._workers:
            worker.stop()
        for thread in self._threads:
            thread.join(timeout=5)

    def map(self, pieces: Iterable[tuple[Tag, str, Piece | bytes]]) -> Iterator[tuple[Tag, bytes, bool]]:
        """For each (tag, format, piece) yield (tag, encoded answer, fresh), in order.

        Bytes in place of a piece are an answer that is known already and pass through, with ``fresh`` false,
        as it is for a piece that was given up: on another day it may be read.
        """
        waiting: deque[tuple[Tag, Future[tuple[bytes, bool]] | bytes]] = deque()
        for tag, format_name, piece in pieces:
            if isinstance(piece, bytes):
                waiting.append((tag, piece))
            else:
                future: Future[tuple[bytes, bool]] = Future()
                self._work.put((format_name, piece, future))
                waiting.append((tag, future))
            while waiting and (isinstance(waiting[0][1], bytes) or len(waiting) > self._ahead):
                yield _answer(waiting.popleft())
        while waiting:
            yield _answer(waiting.popleft())

    def _serve(self, worker: _Worker) -> None:
        while (item := self._work.get()) is not None and not self._closed:
            format_name, piece, future = item
            try:
                future.set_result((worker.ask(format_name, piece), True))
            except _Gone as gone:
                future.set_result((encode_parsed([Problem(f"given up: {gone}", piece.where)]), False))
            except BaseException as error:
                future.set_exception(error)


def _answer(item: tuple[Tag, Future[tuple[bytes, bool]] | bytes]) -> tuple[Tag, bytes, bool]:
    tag, answer = item
    return (tag, answer, False) if isinstance(answer, bytes) else (tag, *answer.result())
