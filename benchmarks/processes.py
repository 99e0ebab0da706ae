"""Runs one thing in a fresh process and tells what it returned, how long it took and how much memory it used.

Peak memory is the largest of: the process's own highest resident size (wait4), and, sampled, the proportional sizes of
the process and everything it has started (so that pages which several share are counted once).
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

import orjson

HERE = Path(__file__).resolve().parent
MIB = 1 << 20
SAMPLE_EVERY = 0.2
"""Seconds between two looks at the memory of a process and its children."""
TIME_LIMIT = 1_800.0


class RunError(Exception):
    """What was run failed or took too long; the message says which and shows its last words."""


@dataclass(frozen=True, slots=True)
class Ran:
    """``value`` is what the function returned, or for a command its standard output; ``code`` is the exit code.

    ``processor`` is the processor time of it and all it started, in seconds: what a busy machine changes least.
    """

    value: Any
    seconds: float
    peak_mib: float
    processor: float
    code: int = 0


def call(
    module: str, function: str, *, environment: Mapping[str, str] | None = None, limit: float = TIME_LIMIT, **given: Any
) -> Ran:
    """Call ``module.function(**given)`` in a fresh interpreter; arguments and result pass as JSON. Raises RunError."""
    arguments = orjson.dumps(given, default=os.fspath).decode()
    command = [sys.executable, str(HERE / "processes.py"), module, function, arguments]
    ran = run(command, environment=environment, limit=limit)
    return replace(ran, value=orjson.loads(ran.value.splitlines()[-1]))


def run(
    command: Sequence[str],
    *,
    stdin: Path | None = None,
    environment: Mapping[str, str] | None = None,
    limit: float = TIME_LIMIT,
    accepted: Sequence[int] = (0,),
) -> Ran:
    """Run ``command`` to its end. Raises RunError when its exit code is not among ``accepted``."""
    source: IO[bytes] | int = stdin.open("rb") if stdin else subprocess.DEVNULL
    begun = time.perf_counter()
    with subprocess.Popen(
        list(command),
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **(environment or {})},
    ) as process:
        watch = _Watch(process.pid)
        timer = threading.Timer(limit, process.kill)
        timer.daemon = True
        timer.start()
        errors: list[bytes] = []
        assert process.stdout is not None and process.stderr is not None
        reader = threading.Thread(target=lambda pipe: errors.append(pipe.read()), args=(process.stderr,), daemon=True)
        reader.start()
        try:
            output = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            seconds = time.perf_counter() - begun
            reader.join()
        except BaseException:
            process.kill()  # what is measured does not outlive a run that was stopped
            raise
        finally:
            timer.cancel()
            sampled = watch.stop()
    if not isinstance(source, int):
        source.close()
    if process.returncode not in accepted:
        last = errors[0].decode(errors="replace").strip().splitlines()[-1:] or [f"exit code {process.returncode}"]
        why = f"no end after {limit:.0f} s" if seconds >= limit else last[0][:300]
        raise RunError(f"{' '.join(command[:4])}: {why}")
    peak = max(usage.ru_maxrss / 1024, sampled)
    return Ran(output, seconds, peak, usage.ru_utime + usage.ru_stime, process.returncode)


class _Watch:
    """Looks at the memory of a process tree from time to time."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak, self._over = pid, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """The peak, in MiB; 0 where the system does not tell."""
        self._over.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._over.wait(SAMPLE_EVERY):
            pids = family(self._pid)
            if len(pids) > 1:
                self._peak = max(self._peak, sum(memory(pid).get("Pss", 0.0) for pid in pids))


def family(pid: int) -> list[int]:
    """``pid`` and all that descend from it."""
    found = [pid]
    for one in found:
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def memory(pid: int) -> dict[str, float]:
    """Sizes of a process in MiB, from smaps_rollup: Rss, Pss, Private_Dirty …; empty where the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return {}
    return {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}


def private_mib(pid: int) -> float:
    """What a process has for itself alone. Pages of a mapped file do not count: the next session shares them."""
    return memory(pid).get("Private_Dirty", 0.0)


def _serve(module: str, function: str, arguments: str) -> None:
    """The other end of ``call``: what the function prints goes to standard error, its result to standard output."""
    out = os.dup(1)
    os.dup2(2, 1)
    sys.path.insert(0, str(HERE))
    result = getattr(__import__(module, fromlist=[function]), function)(**orjson.loads(arguments))
    sys.stdout.flush()
    with os.fdopen(out, "wb") as pipe:
        pipe.write(orjson.dumps(result, option=orjson.OPT_SERIALIZE_NUMPY))


if __name__ == "__main__":
    _serve(*sys.argv[1:4])
