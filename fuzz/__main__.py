"""Fuzz every target in turn for some minutes: ``python -m fuzz --minutes 60``. The exit code is 1 for a finding.

Hypothesis makes the input and shrinks what it finds. Where atheris is installed, the readers get their share from it as
well: it follows the coverage of our own code.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import time
import traceback

from hypothesis import HealthCheck, Phase, given, seed, settings

from fuzz.targets import TARGETS

ROUND = 400
"""Inputs of a target before the clock is looked at."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0, help="for all targets together (default: 5)")
    parser.add_argument("--only", choices=sorted(TARGETS), help="one target")
    given_ = parser.parse_args()
    chosen = [given_.only] if given_.only else list(TARGETS)
    coverage = importlib.util.find_spec("atheris") is not None and "reader" in chosen
    share = given_.minutes * 60 / (len(chosen) + coverage)
    failed = [name for name in chosen if not fuzz(name, share)]
    if coverage:
        command = [sys.executable, "-m", "fuzz.coverage", f"-max_total_time={max(1, int(share))}"]
        failed += ["reader by coverage"] if subprocess.run(command, check=False).returncode else []
    else:
        print("atheris is not installed: the readers are fuzzed by hypothesis alone", file=sys.stderr)
    print("findings: " + (", ".join(failed) or "none"))
    return 1 if failed else 0


def fuzz(name: str, seconds: float, inputs: int = ROUND) -> bool:
    """Feed a target for some seconds, at least one round; False, and the smallest input that fails, for a finding."""
    strategy, check = TARGETS[name]
    end = time.monotonic() + seconds
    rounds = 0
    while True:

        @seed(time.time_ns())
        @settings(
            max_examples=inputs,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
        )
        @given(strategy)
        def run(value: object) -> None:
            check(value)

        try:
            run()
        except Exception:
            print(f"{name}: a finding", file=sys.stderr)
            traceback.print_exc()
            return False
        rounds += 1
        if time.monotonic() >= end:
            print(f"{name}: {rounds * inputs:,} inputs, nothing found", flush=True)
            return True


if __name__ == "__main__":
    sys.exit(main())
