"""The core can be imported without a screen and without a command line; heavy libraries load only when needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

CORE = [
    "kerman_tui.model",
    "kerman_tui.text.safe",
    "kerman_tui.text.fold",
    "kerman_tui.text.tokens",
    "kerman_tui.text.sentences",
    "kerman_tui.places",
    "kerman_tui.ingest.pipeline",
    "kerman_tui.search.index",
    "kerman_tui.people.merge",
    "kerman_tui.people.quotes",
    "kerman_tui.people.figures",
    "kerman_tui.compare.align",
    "kerman_tui.clips.basket",
    "kerman_tui.clips.clipboard",
    "kerman_tui.corpus",
]


def modules_loaded_by(imports: list[str]) -> set[str]:
    program = f"import {', '.join(imports)}, sys; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stdout.split("\n")}


def test_the_core_loads_neither_a_screen_nor_a_command_line() -> None:
    assert modules_loaded_by(CORE).isdisjoint({"textual", "rich", "argparse", "click"})


def test_the_core_loads_no_heavy_library_before_it_is_needed() -> None:
    assert modules_loaded_by(CORE).isdisjoint({"numpy", "tantivy", "trafilatura", "lxml", "rapidfuzz"})


@pytest.mark.parametrize("command", ["articles", "search", "people", "compare"])
def test_a_command_loads_no_screen(command: str) -> None:
    assert modules_loaded_by(["kerman_tui.cli.main", f"kerman_tui.cli.commands.{command}"]).isdisjoint(
        {"textual", "rich"}
    )


def test_the_explorer_starts_without_what_is_opened_later() -> None:
    later = ["screens.palette", "screens.prompt", "records", "standing", "outside"]
    program = "import kerman_tui.tui.app, sys; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split("\n"))
    assert loaded.isdisjoint({f"kerman_tui.tui.{name}" for name in later})
    assert loaded.isdisjoint({"kerman_tui.text.sentences", "numpy", "tantivy", "rapidfuzz", "kerman_tui.corpus"})
