"""Every command, through a pipe and on a terminal, on articles and files of hers that attack: no byte of it acts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from kerman_tui.cli.commands import COMMANDS

from . import hostile

READERS = {"articles", "search", "people", "quotes", "figures", "reuse", "stories", "wording", "compare"}
"""Commands that give a table on a terminal and a document to a pipe."""

ALL_IN_ONE = """
import json, sys
from kerman_tui.cli.main import main
for words in json.loads(sys.argv[1]):
    print("== ran", ascii(words[0]), flush=True)
    try:
        code = main(words)
    except BaseException as error:
        print("== stumbled", ascii(words), type(error).__name__, flush=True)
        raise
    print("== ended", ascii(words[0]), code, flush=True)
"""
"""Runs commands one after the other in one process: starting one for each would take a minute."""


def calls(corpus: Path) -> list[list[str]]:
    """Every command, on the files and on the kept corpus that was tampered with, as a table and as JSON."""
    found: list[list[str]] = []
    for where in ([str(corpus)], ["--corpus", "tampered"]):
        for words in (
            *(["articles"], ["search", "bridge"], ["search", hostile.ALL], ["people", "--all"], ["quotes"]),
            *(["figures"], ["reuse"], ["stories"], ["wording"], ["compare", "r0", "r1"], ["compare", "r", "r1"]),
        ):
            found += [[*words, *where], [*words, *where, "--json"]]
    name = hostile.NAME
    found += [
        *(["articles", str(corpus / name)], ["articles", str(corpus / f"no {name}")], ["articles", name, "--json"]),
        *(["search"], ["search", name, "--corpus", name], ["compare", name, name, str(corpus)]),
        *(["index", str(corpus), "--name", "kept"], ["index", str(corpus), "--name", name], ["people", f"--{name}"]),
        *(["searches", "--keep", name, "bridge", "--corpus", "tampered"], ["searches", "--corpus", "tampered"]),
        *(["searches", "--new", name, "--corpus", "tampered"], ["searches", "--corpus", "tampered", "--json"]),
        *(["searches", "--forget", f"no {name}", "--corpus", "tampered"], ["searches", "--forget", name]),
        *(["corpora"], ["corpora", "--json"], ["corpora", "--remove", name]),
        *(["basket"], ["basket", "--json"], ["basket", "--style", name], ["basket", "--output", f"{name}/x"]),
        *(["doctor"], ["doctor", "--json"], ["config"], ["completions", "bash"], ["completions", name]),
        *(["index", "--name", "x", name], [f"--theme={name}", str(corpus / "nothing here")]),
        *(["manual"], ["serve", "--port", name], ["watch", name, "--name", "x", "--workers", name]),
        [name.replace("[", "")],
    ]  # fmt: skip
    return found


def test_every_command_is_called(tmp_path: Path) -> None:
    assert {words[0] for words in calls(tmp_path)} >= set(COMMANDS)


def test_nothing_that_came_from_data_acts_on_who_reads_a_pipe(attacked: tuple[Path, dict[str, str]]) -> None:
    corpus, environment = attacked
    documents = [words for words in calls(corpus) if "--json" in words or words[0] not in READERS]
    done = subprocess.run(
        [sys.executable, "-c", ALL_IN_ONE, json.dumps(documents)], env=environment, capture_output=True, timeout=180
    )
    for out in (done.stdout, done.stderr):
        assert hostile.faults_in_text(out) == []
    assert b"Traceback" not in done.stderr and b"== stumbled" not in done.stdout, done.stderr[-2000:]
    assert done.stdout.count(b"== ended") == len(documents)
    assert b"Bridge" in done.stdout and b"Oyelaran" in done.stdout, "the articles were not shown at all"


def test_nothing_that_came_from_data_acts_on_a_terminal(attacked: tuple[Path, dict[str, str]]) -> None:
    corpus, environment = attacked
    tables = [words for words in calls(corpus) if words[-1] != "--json"]
    written = hostile.on_a_terminal([sys.executable, "-c", ALL_IN_ONE, json.dumps(tables)], environment)
    assert hostile.faults_on_a_screen(written) == []
    assert written.count(b"== ended") == len(tables), written[-2000:]
