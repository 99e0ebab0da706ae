"""The libraries that come with the program, and under which licences: ``python -m tests.safety.licences --write``."""

from __future__ import annotations

import sys
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "LICENCES.md"
HEAD = """# What comes with the program

The libraries that are installed with it, those that they need included, and the licences that they name. The page is
made by `python3 tasks.py audit`; a test holds it to what is installed.

| library | licence |
| --- | --- |
"""
SYSTEM = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "python_version": "3.11"}


def required() -> list[str]:
    """What ``pyproject.toml`` asks for, the reader of PDF included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["pdf"]]


def installed() -> dict[str, str]:
    """Every distribution that the program needs, with its licence."""
    found: dict[str, str] = {}
    waiting = [Requirement(line) for line in required()]
    seen: set[str] = set()
    while waiting:
        one = waiting.pop()
        if str(one) in seen:
            continue
        seen.add(str(one))
        about = metadata.distribution(one.name)
        found[canonicalize_name(one.name)] = licence_of(about.metadata)
        for line in about.requires or ():
            needed = Requirement(line)
            wanted = [{**SYSTEM, "extra": extra} for extra in ("", *one.extras)]
            if needed.marker is None or any(needed.marker.evaluate(where) for where in wanted):
                waiting.append(needed)
    return found


def licence_of(about: metadata.PackageMetadata) -> str:
    """The licence as the library names it."""
    if expression := about.get("License-Expression"):
        return str(expression)
    named = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if line.startswith("License ::")]
    written = (about.get("License") or "").strip().splitlines()
    return "; ".join(named) or (written[0][:60] if written else "see its own page")


def page() -> str:
    return HEAD + "".join(f"| {name} | {licence} |\n" for name, licence in sorted(installed().items()))


if __name__ == "__main__" and "--write" in sys.argv:
    PAGE.write_text(page(), encoding="utf-8")
