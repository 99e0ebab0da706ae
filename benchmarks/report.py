"""Writes the one table: the machine, what was measured side by side, the ratios, and what was left out and why."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from figures import OURS, Fallen, Row, fallen, ratios

LIBRARIES = "kerman-tui textual tantivy rapidfuzz numpy orjson ahocorasick-rs datasketch diff-match-patch spacy".split()
BEGIN = "<!-- benchmarks: made by `python benchmarks/run.py --readme README.md`, do not edit -->"
END = "<!-- /benchmarks -->"
TOOLS = {"fzf": ["fzf", "--version"], "rg": ["rg", "--version"]}


@dataclass(frozen=True, slots=True)
class Omitted:
    """A measure or a peer that was left out, or failed."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """One run. ``measured`` is a UTC time; ``machine`` maps what is said of the machine to its value."""

    measured: str
    corpus: str
    machine: dict[str, str]
    rows: tuple[Row, ...]
    omitted: tuple[Omitted, ...]

    @classmethod
    def of(cls, corpus: str, rows: Sequence[Row], omitted: Sequence[Omitted]) -> Report:
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
        return cls(now, corpus, machine(), tuple(rows), tuple(omitted))

    def fallen(self, floors: dict[str, float]) -> list[Fallen]:
        """The ratios below their floors."""
        return fallen(list(ratios(self.rows)), floors)

    def as_json(self) -> bytes:
        """Everything, single runs included."""
        rows = [asdict(one) | {"median": one.median, "p95": one.p95} for one in self.rows]
        content: dict[str, Any] = {
            "measured": self.measured,
            "corpus": self.corpus,
            "machine": self.machine,
            "rows": rows,
            "ratios": [asdict(one) for one in ratios(self.rows)],
            "omitted": [asdict(one) for one in self.omitted],
        }
        return orjson.dumps(content, option=orjson.OPT_INDENT_2)

    def as_markdown(self) -> str:
        """The table as it may stand in a README."""
        against: dict[tuple[str, str], str] = {
            (one.key, one.peer): _number(one.value) + " ×" for one in ratios(self.rows)
        }
        lines = [
            f"Measured {self.measured}. Corpus: {self.corpus}.",
            "Machine: " + ", ".join(f"{name} {value}" for name, value in self.machine.items()) + ".",
            "",
            "| measure | | median | p95 | peak memory | ours is better by | |",
            "| --- | --- | ---: | ---: | ---: | ---: | --- |",
        ]
        before = ""
        order = list(dict.fromkeys(one.key for one in self.rows))
        for one in sorted(self.rows, key=lambda one: order.index(one.key)):
            subject = f"**{one.subject}**" if one.subject == OURS else one.subject
            cells = [
                one.key if one.key != before else "",
                subject,
                f"{_number(one.median)} {one.unit}",
                "" if one.p95 is None else f"{_number(one.p95)}",
                "" if one.peak_mib is None else f"{one.peak_mib:,.0f} MiB",
                against.get((one.key, one.subject), ""),
                one.note,
            ]
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
            before = one.key
        if self.omitted:
            lines += ["", "Left out:", "", *(f"- {one.what}: {one.why}" for one in self.omitted)]
        return "\n".join(lines) + "\n"


def put_into(text: str, table: str) -> str:
    """``text`` with the table between BEGIN and END; where these are not, in a section of its own at the end."""
    written = f"{BEGIN}\n\n{table}\n{END}"
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if begin and end:
        return before + written + after
    return f"{text.rstrip()}\n\n## Measured\n\n{written}\n"


def machine() -> dict[str, str]:
    """Cores, memory, load, Python, and the versions of everything that took part."""
    found = {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "load": f"{os.getloadavg()[0]:.1f}",
        "Python": platform.python_version(),
    }
    model = [line for line in _read("/proc/cpuinfo").splitlines() if line.startswith("model name")]
    if model:
        found["processor"] = model[0].partition(":")[2].strip()
    for name in LIBRARIES:
        if (version := installed(name)) is not None:
            found[name] = version
    for name, command in TOOLS.items():
        if shutil.which(command[0]):
            said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
            found[name] = next((word for word in said.split() if word[0].isdigit()), "?")
    return found


def installed(name: str) -> str | None:
    """The version of an installed library, or ``None``."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""


def _number(value: float) -> str:
    """Three figures that count."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
