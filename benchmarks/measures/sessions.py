"""Ten people on one host: memory of ten explorers on one named corpus, shared pages counted once, beside fzf."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Mapping, Sequence

from figures import OURS, Row, row
from inputs import Inputs, program
from processes import family, memory, private_mib
from pty_session import PtySession
from report import Omitted

SESSIONS = 10
BUDGET_MIB, BUDGET_TO = 150, 100_000
"""What one session may have for itself, and the number of articles up to which it holds."""
OPENING_LIMIT = 120.0
FZF_LIMIT_MB = 100
"""Ten fzf hold the text ten times: above this size of it they are left out."""


def measure(inputs: Inputs) -> Iterator[Row | Omitted]:
    query = next(one.text for one in inputs.queries() if one.words == 2 and not one.misspelt).lower()
    key = f"{SESSIONS} sessions, memory in all"
    ours = [*program(), "--corpus", inputs.named()]
    private, together = _sizes(ours, b"/" + query.encode(), inputs.environment)
    yield row(key, OURS, "MiB", together, note=f"{private:,.0f} MiB private each")
    yield row("session, private memory", OURS, "MiB", private)
    if inputs.count <= BUDGET_TO:
        yield row("session, private memory", "budget", "MiB", BUDGET_MIB)
    if shutil.which("fzf") is None:
        yield Omitted("fzf", "is not installed")
    elif inputs.megabytes > FZF_LIMIT_MB:
        yield Omitted("fzf, ten sessions", f"would hold {inputs.megabytes * SESSIONS:,.0f} MB")
    else:
        fzf = ["sh", "-c", 'exec fzf < "$1"', "sh", str(inputs.lines)]
        private, together = _sizes(fzf, query.encode(), {**inputs.environment, "FZF_DEFAULT_OPTS": ""})
        yield row(key, "fzf", "MiB", together, note=f"{private:,.0f} MiB private each")


def _sizes(command: Sequence[str], keys: bytes, environment: Mapping[str, str]) -> tuple[float, float]:
    """Private memory of the median session after a query, and the proportional sizes of all sessions together."""
    with contextlib.ExitStack() as stack:
        sessions = []
        for _ in range(SESSIONS):
            session = stack.enter_context(PtySession(command, environment=environment))
            session.settle(quiet=1.5, limit=OPENING_LIMIT)
            for key in keys:
                session.press(bytes([key]), quiet=0.1, limit=2)
            session.settle(quiet=0.5, limit=OPENING_LIMIT)
            sessions.append(session)
        own = [sum(map(private_mib, family(one.pid))) for one in sessions]
        together = sum(memory(pid).get("Pss", 0.0) for one in sessions for pid in family(one.pid))
    if not together:
        raise ValueError("the system does not tell the memory of a process (no /proc/PID/smaps_rollup)")
    return sorted(own)[len(own) // 2], together
