"""Everything one does with a checkout, with nothing but Python 3.11: ``python3 tasks.py open`` and the like.

Each task makes ``.venv`` beside this file on first use, installs the program into it, and installs anew when
``pyproject.toml`` has changed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
LOCK = ROOT / "requirements-dev.lock"
"""Exact versions, with digests, of all that the tests run with; made by ``python3 tasks.py lock``."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tasks = parser.add_subparsers(dest="task", required=True, metavar="TASK")
    opener = tasks.add_parser("open", help="set up and open the explorer, on the seeds unless paths are given")
    opener.add_argument("paths", nargs="*", default=[os.path.relpath(ROOT / "seeds")])
    tester = tasks.add_parser("test", help="set up, then lint, check types and layers, and run the tests")
    tester.add_argument("pytest", nargs="*", help="arguments for pytest (default: everything, on all cores)")
    tasks.add_parser("screenshots", help="make screenshots/ anew from the running program")
    tasks.add_parser("keys", help="write the table of keys in the README anew from the registry of actions")
    fuzzer = tasks.add_parser("fuzz", help="feed random input to the readers, the query language and the rest")
    fuzzer.add_argument("--minutes", type=float, default=5.0, help="for all targets together (default: 5)")
    tasks.add_parser("audit", help="known weaknesses of the locked libraries, their licences and a bill of materials")
    tasks.add_parser("lock", help="write requirements-dev.lock anew within the bounds of pyproject.toml")
    given = parser.parse_args()
    if given.task == "open":
        prepare("")
        os.execv(PYTHON, [str(PYTHON), "-m", "kerman_tui", *given.paths])
    prepare("dev")
    if given.task == "test":
        return test(given.pytest)
    if given.task == "fuzz":
        return run("-m", "fuzz", "--minutes", str(given.minutes))
    if given.task in ("audit", "lock"):
        return {"audit": audit, "lock": lock}[given.task](tools())
    module = {"screenshots": "kerman_tui.tui.screenshots", "keys": "kerman_tui.tui.keytable"}[given.task]
    return run("-m", module)


def test(pytest_arguments: Sequence[str]) -> int:
    """Run every check even when one fails, so that one run tells all; the exit code is 1 when any failed."""
    checks = [
        ("-m", "ruff", "check", "."),
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "mypy"),
        ("-c", "from importlinter.cli import lint_imports_command as check; check()"),
        ("-m", "pytest", *(pytest_arguments or ("-n", "auto", "--dist", "loadfile"))),
    ]
    failed = [" ".join(check[:2]) for check in checks if run(*check)]
    if failed:
        print("failed:", ", ".join(failed), file=sys.stderr)
    return 1 if failed else 0


def audit(tools: Path) -> int:
    """Ask the advisory databases about the locked libraries, write LICENCES.md and build/sbom.json.

    The exit code is 1 when a weakness is known or something was not made, and 3 when the databases could not be asked:
    then nothing is known about weaknesses, and the last line says so.
    """
    asked = subprocess.run(
        [str(tools / "pip-audit"), "--require-hashes", "--disable-pip", "-r", str(LOCK)],
        cwd=ROOT, check=False, capture_output=True, text=True,
    )  # fmt: skip
    unreachable = asked.returncode != 0 and not asked.stdout.strip()  # what is known is listed on standard output
    print(asked.stdout, end="")
    (ROOT / "build").mkdir(exist_ok=True)
    bill = [
        str(tools / "cyclonedx-py"),
        "environment",
        str(PYTHON),
        "--pyproject",
        "pyproject.toml",
        "-o",
        "build/sbom.json",
    ]
    made = subprocess.run(bill, cwd=ROOT, check=False).returncode
    print("wrote build/sbom.json" if not made else "tasks.py: no bill of materials was made", file=sys.stderr)
    listed = run("-m", "tests.safety.licences", "--write")
    if unreachable:
        reason = (asked.stderr.strip() or "no reason given").splitlines()[-1][:200]
        print(f"tasks.py: NOT CHECKED for known weaknesses; the advisories gave no answer ({reason})", file=sys.stderr)
        return 1 if made or listed else 3
    left_out = asked.stdout.count("could not be audited")  # a registry that is not PyPI knows no advisories
    if left_out and not (asked.returncode or made or listed):
        print(f"tasks.py: NOT CHECKED for known weaknesses: {left_out} libraries, listed above", file=sys.stderr)
        return 3
    return int(bool(asked.returncode or made or listed))


def lock(tools: Path) -> int:
    """Choose the newest versions that the bounds allow, for all platforms, each with the digests of its files."""
    options = (
        "--extra dev --universal --python-version 3.11 --generate-hashes "
        "--no-emit-index-url --no-annotate --no-header --upgrade --quiet"
    )
    command = [str(tools / "uv"), "pip", "compile", "pyproject.toml", *options.split()]
    return subprocess.run([*command, "-o", str(LOCK)], cwd=ROOT, check=False).returncode


def tools() -> Path:
    """The folder of the tools for ``audit`` and ``lock``, in an environment apart, so that they are not audited."""
    import tomllib

    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["audit"]
    folder = ROOT / ".venv-audit"
    python = folder / "bin" / "python"
    if not python.is_file():
        venv.create(folder, with_pip=True)
    if subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted]).returncode:
        sys.exit("tasks.py: the tools could not be installed; the lines above say why")
    return folder / "bin"


def run(*arguments: str) -> int:
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, check=False).returncode


def prepare(extra: str) -> None:
    """Make the environment if it is not there, and install the program with ``extra`` if that has not been done."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + LOCK.read_bytes()).hexdigest()
    stamps = [ENVIRONMENT / f".installed-{name}" for name in ({"", "dev"} if not extra else {extra})]
    if any(stamp.is_file() and stamp.read_text() == wanted for stamp in stamps):
        return
    if sys.version_info < (3, 11):  # noqa: UP036 (this file runs before anything is installed)
        sys.exit("tasks.py: needs Python 3.11 or newer")
    if not PYTHON.is_file():
        print("setting up .venv (once) …", file=sys.stderr)
        try:
            venv.create(ENVIRONMENT, with_pip=True)
        except (subprocess.CalledProcessError, ImportError):
            sys.exit("tasks.py: this Python has no ensurepip; on Debian: apt-get install python3-venv")
    quietly = ("--quiet", "--disable-pip-version-check")
    if extra == "dev" and run("-m", "pip", "install", *quietly, "--require-hashes", "-r", str(LOCK)):
        # another system, or a registry that lacks a version: what is tested then is not quite what was locked
        print("tasks.py: the locked versions cannot be had here; others within the bounds are taken", file=sys.stderr)
    target = f"{ROOT}[{extra}]" if extra else str(ROOT)
    install = ["-m", "pip", "install", *quietly, "--editable", target]
    if run(*install):
        sys.exit("tasks.py: the installation failed; the lines above say why")
    run("-m", "compileall", "-q", "kerman_tui")  # the first start should not pay for it
    (ENVIRONMENT / f".installed-{extra}").write_text(wanted)


if __name__ == "__main__":
    sys.exit(main())
