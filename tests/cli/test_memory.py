"""Memory that runs out: one line that says so and what to do, whoever it was that had too little."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from kerman_tui.memory import LAST, LOOKED_AT, leaving_room, ran_out


class PanicException(BaseException):
    """What a library in Rust raises when it cannot go on."""


PanicException.__module__ = "pyo3_runtime"


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        ImportError("lib.so: failed to map segment from shared object"),
        RuntimeError("can't start new thread"),
        PanicException("Failed to spawn meta file watcher thread"),
    ],
)
def test_it_is_known_whoever_says_it(error: BaseException) -> None:
    try:
        try:
            raise error
        except BaseException as inner:
            raise ValueError("something else") from inner
    except ValueError as outer:
        assert ran_out(outer)


def test_what_is_wrong_otherwise_is_no_lack_of_memory() -> None:
    assert not any(map(ran_out, (ImportError("no module named x"), OSError(errno.ENOSPC, "full"), KeyError("memory"))))


def test_work_on_all_articles_stops_while_there_is_room_to_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(leaving_room(range(1000))) == list(range(1000))
    left = iter([LAST * 3, LAST * 2, LAST - 1])
    monkeypatch.setattr("kerman_tui.memory.room", lambda: next(left))
    done: list[int] = []
    with pytest.raises(MemoryError):
        done.extend(leaving_room(range(1000)))
    assert done == list(range(2 * LOOKED_AT))


@pytest.mark.skipif(sys.platform != "linux", reason="limits of the address space are told by Linux")
def test_a_command_under_a_small_limit_says_what_to_do(tmp_path: Path) -> None:
    """More text than the limit leaves room for, read by the pool and held in memory."""
    records = "\n".join(f'{{"title": "Bridge {n}", "body": "{"Words of the day. " * 2000}{n}"}}' for n in range(1200))
    (tmp_path / "much.jsonl").write_text(records)
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (80 << 20, 80 << 20))\n"
        "sys.argv = ['kerman-tui', 'articles', sys.argv[1]]\n"
        "from kerman_tui.cli.main import run; run()"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True)
    assert done.returncode == 2
    assert "memory is short: this process may take" in done.stderr and "memory ran out after" in done.stderr
    assert "Traceback" not in done.stderr and "damaged" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="limits of the address space are told by Linux")
def test_what_a_library_writes_as_it_dies_is_not_shown() -> None:
    script = (
        "import os, resource, sys; resource.setrlimit(resource.RLIMIT_AS, (200 << 20, 200 << 20))\n"
        "from kerman_tui.cli.commands import articles\n"
        "def panic(arguments):\n"
        '    os.write(2, b"thread panicked at mmap_directory.rs")\n'
        "    raise MemoryError\n"
        "articles.execute = panic\n"
        "sys.argv = ['kerman-tui', 'articles']\n"
        "from kerman_tui.cli.main import run; run()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 2
    short, ran_out = done.stderr.splitlines()
    assert "memory is short" in short and "memory ran out" in ran_out
