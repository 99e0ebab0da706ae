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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tasks = parser.add_subparsers(dest="task", required=True, metavar="TASK")
    opener = tasks.add_parser("open", help="set up and open the explorer, on the seeds unless paths are given")
    opener.add_argument("paths", nargs="*", default=[os.path.relpath(ROOT / "seeds")])
    tester = tasks.add_parser("test", help="set up, then lint, check types and layers, and run the tests")
    tester.add_argument("pytest", nargs="*", help="arguments for pytest (default: everything, on all cores)")
    tasks.add_parser("screenshots", help="make screenshots/ anew from the running program")
    tasks.add_parser("keys", help="write the table of keys in the README anew from the registry of actions")
    given = parser.parse_args()
    if given.task == "open":
        prepare("")
        os.execv(PYTHON, [str(PYTHON), "-m", "kerman_tui", *given.paths])
    prepare("dev")
    if given.task == "test":
        return test(given.pytest)
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


def run(*arguments: str) -> int:
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, check=False).returncode


def prepare(extra: str) -> None:
    """Make the environment if it is not there, and install the program with ``extra`` if that has not been done."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
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
    target = f"{ROOT}[{extra}]" if extra else str(ROOT)
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", target]
    if run(*install):
        sys.exit("tasks.py: the installation failed; the lines above say why")
    run("-m", "compileall", "-q", "kerman_tui")  # the first start should not pay for it
    (ENVIRONMENT / f".installed-{extra}").write_text(wanted)


if __name__ == "__main__":
    sys.exit(main())
