"""What the program is made of: few libraries, within bounds, locked for the tests, each with its licence."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from . import licences

MOST_LIBRARIES = 20
"""Libraries that the program itself may ask for."""

LOCK = licences.ROOT / "requirements-dev.lock"


def test_the_libraries_are_few_and_each_has_a_lower_and_an_upper_bound() -> None:
    wanted = [Requirement(line) for line in licences.required()]
    assert len(wanted) <= MOST_LIBRARIES
    for one in wanted:
        assert {part.operator for part in one.specifier} == {">=", "<"}, str(one)


def test_the_lock_keeps_to_the_bounds_and_knows_the_digest_of_every_file() -> None:
    text = LOCK.read_text("utf-8")
    assert "://" not in text, "where to get them from is the business of whoever installs"
    entries = [entry for entry in re.split(r"\n(?=\S)", text.strip()) if not entry.startswith("#")]
    assert all("--hash=sha256:" in entry for entry in entries)
    pinned = [Requirement(entry.partition("\\")[0].strip()) for entry in entries]
    locked = {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in pinned}
    for one in map(Requirement, licences.required()):
        assert locked[canonicalize_name(one.name)] in SpecifierSet(str(one.specifier)), str(one)


def test_every_library_is_listed_with_its_licence() -> None:
    listed = dict(re.findall(r"^\| ([\w.-]+) \| (.+) \|$", licences.PAGE.read_text("utf-8"), re.M))
    listed.pop("library", None)
    missing = licences.installed().keys() - listed.keys()
    assert not missing, f"{sorted(missing)}: run `python3 tasks.py audit`"
    assert "see its own page" not in listed.values()


@pytest.fixture
def tasks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tasks of the checkout, which write beside nothing of ours."""
    spec = importlib.util.spec_from_file_location("tasks_of_ours", licences.ROOT / "tasks.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "run", lambda *words: 0)
    return module


@pytest.mark.parametrize(
    ("program", "code", "said"),
    [
        ("echo 'ConnectionError: no route' >&2; exit 1", 3, "NOT CHECKED for known weaknesses"),
        (
            "echo 'library not found on PyPI and could not be audited'",
            3,
            "NOT CHECKED for known weaknesses: 1 libraries",
        ),
        ("echo 'library 1.0 PYSEC-1'; exit 1", 1, "library 1.0 PYSEC-1"),
        ("echo 'No known vulnerabilities found'", 0, "No known vulnerabilities found"),
    ],
    ids=["no network", "no advisories", "a weakness", "none"],
)
def test_an_audit_without_a_network_does_not_pass_for_a_good_one(
    program: str, code: int, said: str, tasks: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, script in (("pip-audit", program), ("cyclonedx-py", "exit 0")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    assert tasks.audit(tmp_path) == code
    out, err = capfd.readouterr()
    assert said in out + err
    assert (code == 3) == ("NOT CHECKED" in err.splitlines()[-1])
