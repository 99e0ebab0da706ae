"""A large index written by several processes, each its own part, and joined: documents in, one folder of segments out.

The search library writes each segment once and finds them by a list, so parts are joined by moving their segments into
one folder and their lists into one list; nothing is written twice. Documents go to the processes in turn, so that the
same documents always make the same parts.
"""

from __future__ import annotations

import gc
import itertools
import json
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kerman_tui.memory import keep_freed
from kerman_tui.search.entries import Entry, batches
from kerman_tui.search.index import WriterLostError
from kerman_tui.search.shares import LIST
from kerman_tui.search.writing import write

if TYPE_CHECKING:
    from kerman_tui.search.index import Document, Progress
    from kerman_tui.search.stream import Casing

AHEAD = 4
"""Batches that may wait for a process; more would only hold memory."""

KEPT = 16 << 20
"""Bytes that a process keeps of what it freed: what folding one batch takes, and more."""

_LENGTH = struct.Struct("<Q")
_MANAGED = ".managed.json"
"""The library's list of files in a folder, beside that of segments."""


def write_parts(
    documents: Iterable[Document], folder: Path, count: int, heap: int, progress: Progress | None = None
) -> Casing:
    """Write ``documents`` with ``count`` processes into ``folder``, which must be empty, as one index of the library.

    Each process fills ``heap`` bytes before it puts a segment on disk. Returns how the words of the documents are
    written. Raises OSError when it cannot be written, WriterLostError when a process ends before it is done.
    """
    import msgspec

    encode = msgspec.msgpack.Encoder().encode
    with tempfile.TemporaryDirectory(prefix="parts-", dir=folder.parent) as place, ExitStack() as stack:
        parts = [stack.enter_context(_Part(Path(place) / str(number), heap)) for number in range(count)]
        number = 0
        for part, batch in zip(itertools.cycle(parts), batches(documents), strict=False):
            part.give(encode(batch))
            number += len(batch)
            if progress is not None:
                progress(number)
        for part in parts:
            part.finish()
        casing, *others = [part.casing() for part in parts]
        for other in others:
            casing.add(other)
        _join([part.folder for part in parts], folder)
    return casing


class _Part:
    """One process and the folder that it writes. Leaving the context ends it, whatever it was doing."""

    def __init__(self, folder: Path, heap: int) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700)
        self._waiting: queue.Queue[bytes | None] = queue.Queue(AHEAD)
        self._gone = False
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kerman_tui.search.parts", str(folder), str(heap)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._feeder = threading.Thread(target=self._feed, name="search-part", daemon=True)
        self._feeder.start()

    def __enter__(self) -> _Part:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self.finish()
        self._feeder.join()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was still to be written has no reader
                    continue

    def give(self, batch: bytes) -> None:
        """Send documents; waits while too many are on the way. Raises OSError when the process has ended."""
        if self._gone:
            self.casing()
        self._waiting.put(batch)

    def finish(self) -> None:
        """Say that there are no more."""
        self._waiting.put(None)

    def casing(self) -> Casing:
        """Wait until the part is written. Raises OSError with what went wrong."""
        assert self._process.stdout is not None
        answer = self._process.stdout.read()
        code = self._process.wait()
        if not answer:
            raise WriterLostError(f"a process that wrote the search index ended (code {code})")
        found: Casing | OSError = pickle.loads(answer)  # noqa: S301 - from our own child
        if isinstance(found, OSError):
            raise found
        return found

    def _feed(self) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        try:
            while (batch := self._waiting.get()) is not None:
                pipe.write(_LENGTH.pack(len(batch)))
                pipe.write(batch)
            pipe.write(_LENGTH.pack(0))
            pipe.flush()
        except OSError:
            self._gone = True
            while self._waiting.get() is not None:
                continue


def _join(parts: list[Path], folder: Path) -> None:
    lists: list[dict[str, Any]] = [json.loads((part / LIST).read_text("utf-8")) for part in parts]
    whole = lists[0] | {
        "segments": [segment for one in lists for segment in one["segments"]],
        "opstamp": max(one["opstamp"] for one in lists),
    }
    managed = {name for part in parts for name in json.loads((part / _MANAGED).read_text("utf-8"))}
    for part in parts:
        for file in part.iterdir():
            if file.name not in (LIST, _MANAGED) and file.suffix != ".lock":
                file.rename(folder / file.name)
    (folder / _MANAGED).write_text(json.dumps(sorted(managed)), "utf-8")
    (folder / LIST).write_text(json.dumps(whole), "utf-8")


# --- the other end ------------------------------------------------------------------------------------------------


def _received(frames: IO[bytes]) -> Iterator[list[Entry]]:
    import msgspec

    decode = msgspec.msgpack.Decoder(list[Entry]).decode
    while head := frames.read(_LENGTH.size):
        length = _LENGTH.unpack(head)[0]
        if not length:
            return
        yield decode(frames.read(length))
    raise EOFError("the one that sends documents has gone")


def _serve(folder: str, heap: int) -> None:
    """Write what comes on standard input into ``folder``; answer with a pickled Casing or OSError."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's threads would only wait, and busily
    gc.disable()  # nothing here is in a cycle
    keep_freed(KEPT)
    import tantivy

    from kerman_tui.search.schema import open_documents

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl+c is the parent's to handle, which then ends this process
    answer: Casing | OSError
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)
        try:
            index = open_documents(tantivy, Path(folder))
            answer = write(tantivy, index.writer(heap, 1), _received(sys.stdin.buffer))
        except (OSError, ValueError) as error:  # the library's own errors are ValueErrors
            answer = error if isinstance(error, OSError) else OSError(str(error))
        pickle.dump(answer, out, protocol=5)


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]))
