"""In a terminal of 80 × 24: bytes for every action and time from the key to the last byte, beside fzf.

What follows the hits on a wider screen (the reader and the facets beside the list) is not shown at this width, so that
the last byte is that of the painted hits. The first is that of the letter, alone where the hits take longer.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence

from figures import OURS, Row, row
from inputs import SEEDS, Inputs, program
from pty_session import Painted, PtySession
from report import Omitted

from measures.first_paint import FRAME_END

DOWN, UP, PAGE, PAGE_BACK, FIRST, ENTER = b"j", b"k", b"\x04", b"\x15", b"g", b"\r"
TO_LIST = b"\x1b[B"
CLEAR = b"\x15"
QUIET, SEARCH_QUIET = 0.2, 0.5
"""Seconds without a byte after which a frame, or the answer to a query, is taken for finished."""
OPENING_LIMIT = 60.0
IDLE_SECONDS = 3.0
BUDGETS = {"cursor move": 700, "page": 5_000}
"""Bytes that an action may take; nothing may be written when nothing happens."""
KEY_MS, KEY_P95_MS, KEYS_UP_TO = 16.0, 40.0, 100_000
"""From a key to its painted hits: the median and the 95th percentile, up to so many articles."""
MOVES_OF_FIVE, PAGES_OF_THREE, TYPED = 5, 3, 4
"""How often each is done; queries typed."""
SEED_QUERIES = ("soleimani", "kerman attack", "condolences", "raisi")
FZF_SECONDS = 5.0
"""Longest wait for fzf to answer a key."""


def measure(inputs: Inputs) -> Iterator[Row | Omitted]:
    yield from _ours("the seeds", [str(SEEDS)], SEED_QUERIES, inputs)
    name = "the corpus"
    queries = [one.text.lower() for one in inputs.queries() if one.words == 2 and not one.misspelt][:TYPED]
    yield from _ours(name, ["--corpus", inputs.named()], queries, inputs)
    if shutil.which("fzf") is None:
        yield Omitted("fzf", "is not installed")
    else:
        yield from _fzf(name, queries, inputs)


def _ours(name: str, arguments: Sequence[str], queries: Sequence[str], inputs: Inputs) -> Iterator[Row]:
    with PtySession([*program(), *arguments], environment=inputs.environment) as session:
        session.wait_for(FRAME_END, limit=OPENING_LIMIT)
        session.settle(quiet=1.0, limit=OPENING_LIMIT)
        yield row(f"terminal, {name}: start", OURS, "bytes", len(session.output))
        idle = len(session.output)
        session.settle(quiet=IDLE_SECONDS, limit=IDLE_SECONDS)
        yield row(f"terminal, {name}: {IDLE_SECONDS:.0f} s idle", OURS, "bytes", len(session.output) - idle)
        keys: list[Painted] = []
        for query in queries:
            session.press(b"/", QUIET)
            session.press(CLEAR, QUIET)
            keys += [session.press(letter.encode(), SEARCH_QUIET) for letter in query]
        key = f"terminal, {name}: key in the search field"
        yield from _rows(key, keys, first=True)
        if inputs.count <= KEYS_UP_TO:
            yield row(key, "budget", "ms", KEY_MS)
            late = row(key, OURS, "ms", [one.seconds * 1000 for one in keys if one.bytes]).p95
            if late is not None:
                yield row(f"{key}, p95", OURS, "ms", late)
                yield row(f"{key}, p95", "budget", "ms", KEY_P95_MS)
        session.press(CLEAR, QUIET)
        session.press(TO_LIST, QUIET)
        session.press(FIRST, QUIET)
        moves = [session.press(key, QUIET) for key in (DOWN, DOWN, DOWN, DOWN, UP) * MOVES_OF_FIVE]
        yield from _rows(f"terminal, {name}: cursor move", moves, BUDGETS["cursor move"])
        session.press(FIRST, QUIET)
        pages = [session.press(key, QUIET) for key in (PAGE, PAGE, PAGE_BACK) * PAGES_OF_THREE]
        yield from _rows(f"terminal, {name}: page", pages, BUDGETS["page"])
        session.press(ENTER, QUIET)
        session.press(FIRST, QUIET)
        reading = [session.press(key, QUIET) for key in (DOWN, DOWN, DOWN, DOWN, UP) * MOVES_OF_FIVE]
        yield from _rows(f"terminal, {name}: next sentence while reading", reading, BUDGETS["cursor move"])
        through = [session.press(key, QUIET) for key in (PAGE, PAGE, PAGE_BACK) * PAGES_OF_THREE]
        yield from _rows(f"terminal, {name}: page while reading", through, BUDGETS["page"])


def _rows(key: str, found: Sequence[Painted], budget: int | None = None, *, first: bool = False) -> Iterator[Row]:
    """Bytes and times of those that painted anything; with ``first``, the times to the first byte too."""
    painted = [one for one in found if one.bytes]
    if not painted:
        raise ValueError(f"{key}: nothing was painted for {len(found)} keys")
    note = "" if len(painted) == len(found) else f"{len(painted)} of {len(found)} keys painted something"
    yield row(key, OURS, "ms", [one.seconds * 1000 for one in painted], note=note)
    if first:
        yield row(f"{key}, first byte", OURS, "ms", [one.first * 1000 for one in painted])
    yield row(f"{key}, bytes", OURS, "bytes", [float(one.bytes) for one in painted])
    if budget is not None:
        yield row(f"{key}, bytes", "budget", "bytes", budget)


def _fzf(name: str, queries: Sequence[str], inputs: Inputs) -> Iterator[Row]:
    command = ["sh", "-c", 'exec fzf < "$1"', "sh", str(inputs.lines)]
    with PtySession(command, environment={**inputs.environment, "FZF_DEFAULT_OPTS": ""}) as session:
        session.settle(quiet=1.0, limit=OPENING_LIMIT)
        keys: list[Painted] = []
        for query in queries:
            session.press(CLEAR, quiet=0.5, limit=FZF_SECONDS)
            keys += [session.press(letter.encode(), SEARCH_QUIET, FZF_SECONDS) for letter in query]
        moves = [session.press(b"\x10", QUIET) for _ in range(5 * MOVES_OF_FIVE)]
    for key, found in (("key in the search field", keys), ("cursor move", moves)):
        painted = [one for one in found if one.bytes]
        if painted:
            yield row(f"terminal, {name}: {key}", "fzf", "ms", [one.seconds * 1000 for one in painted])
            yield row(f"terminal, {name}: {key}, bytes", "fzf", "bytes", [float(one.bytes) for one in painted])
