"""Measures kerman-tui beside other tools on one corpus and writes one table. Missing tools are skipped and said.

Every figure is the median of several runs, taken in turn with the other tool's. With --check the ratios are held
against benchmarks/floors.toml (exit code 1 when one is below); a slow machine is no failure. Optional other tools:
pip install 'kerman-tui[bench]', and fzf and rg from the system.

Run: python benchmarks/run.py [--articles 10k|100k|1M|N] [--jsonl PATH] [--only NAME,...] [--runs N] [--out FILE]
    [--readme FILE] [--check]
"""

from __future__ import annotations

import argparse
import importlib
import signal
import sys
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path

from figures import Row
from inputs import Inputs, default_work, prepare
from processes import RunError
from report import Omitted, Report, put_into

FLOORS = Path(__file__).with_name("floors.toml")
MEASURES = (
    "first_paint",
    "ingest",
    "indexing",
    "reopening",
    "updating",
    "keystrokes",
    "alignment",
    "reuse",
    "people",
    "terminal",
    "sessions",
)


def measure(names: Sequence[str], inputs: Inputs) -> tuple[list[Row], list[Omitted]]:
    """Run the measures one after the other; one that fails is said and leaves the others alone.

    Stopped halfway, it gives what is measured so far.
    """
    rows: list[Row] = []
    omitted: list[Omitted] = []
    for name in names:
        begun = time.perf_counter()
        print(f"{name} …", end=" ", file=sys.stderr, flush=True)
        try:
            for found in importlib.import_module(f"measures.{name}").measure(inputs):
                (rows if isinstance(found, Row) else omitted).append(found)
        except (RunError, OSError, ValueError, TimeoutError, ImportError) as error:
            omitted.append(Omitted(name, f"failed: {error}"))
        except (KeyboardInterrupt, SystemExit):
            omitted.append(Omitted(", ".join(names[names.index(name) :]), "stopped"))
            break
        finally:
            print(f"{time.perf_counter() - begun:.0f} s", file=sys.stderr)
    return rows, omitted


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=_count, default=10_000, metavar="N", help="10k (default), 100k, 1M, 2500 …")
    parser.add_argument(
        "--jsonl", type=Path, metavar="PATH", help="real articles (.jsonl, .gz, .xz) in place of made ones"
    )
    parser.add_argument(
        "--only", default=",".join(MEASURES), metavar="NAME,...", help="measures (default: %(default)s)"
    )
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="runs of what takes long (default: 5)")
    parser.add_argument("--out", type=Path, action="append", default=[], metavar="FILE", help="write .md or .json too")
    parser.add_argument("--readme", type=Path, metavar="FILE", help="put the table between the marks in FILE")
    parser.add_argument("--work", type=Path, default=default_work(), metavar="FOLDER", help="where corpora are kept")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a ratio is below its floor")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    names = [name.strip().replace("-", "_") for name in given.only.split(",") if name.strip()]
    if unknown := set(names) - set(MEASURES):
        parser.error(f"no measure is called {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}")
    if given.readme and not given.readme.is_file():
        parser.error(f"{given.readme}: no such file")
    if given.jsonl and not given.jsonl.is_file():
        parser.error(f"{given.jsonl}: no such file")
    if given.runs < 1 or any(path.suffix not in (".md", ".json") for path in given.out):
        parser.error("--runs is at least 1, --out ends in .md or .json")
    print("corpus …", file=sys.stderr)
    try:
        inputs = prepare(given.work, given.articles, given.jsonl, given.runs)
    except RunError as error:
        print(f"run.py: {error}", file=sys.stderr)
        return 2
    report = Report.of(inputs.described, *measure(names, inputs))
    print(report.as_markdown())
    for path in given.out:
        path.write_bytes(report.as_json() if path.suffix == ".json" else report.as_markdown().encode())
    if given.readme:
        given.readme.write_text(put_into(given.readme.read_text("utf-8"), report.as_markdown()), "utf-8")
    return _check(report) if given.check else 0


def _check(report: Report) -> int:
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))["floors"]
    below = report.fallen(floors)
    for one in below:
        print(f"below its floor: {one.name} is {one.value:.3g}, the floor is {one.floor:.3g}", file=sys.stderr)
    return 1 if below else 0


def _count(given: str) -> int:
    from generate import parsed_count

    try:
        return parsed_count(given)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


if __name__ == "__main__":
    sys.exit(main())
