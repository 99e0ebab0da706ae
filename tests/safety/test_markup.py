"""What an article says is never read as markup or as an action: the calls that would do so cannot be written."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "kerman_tui").rglob("*.py"))

CALLS = {"from_markup", "render_markup", "notify", "run_action", "panic", "parse_markup", "eval", "exec"}
"""Methods and functions that read text as markup or as an action."""

NAMES = {"border_title", "border_subtitle", "tooltip", "render_markup"}
"""Attributes whose text Textual reads as markup."""

KEYWORDS = {"link", "meta", "markup"}
"""Arguments that make a stretch of text a link or an action."""

DATA_FREE = {("tui/screens/palette.py", "run_action")}
"""The palette runs actions by their names in the registry, which no article can write."""


def wrong(tree: ast.AST, file: str = "") -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            written_here = bool(node.args) and isinstance(node.args[0], ast.Constant)
            if name in CALLS and not written_here and (file, name) not in DATA_FREE:
                yield f"{file}:{node.lineno}: {name}()"
            if name == "Style":
                yield from (f"{file}:{node.lineno}: {k.arg}=" for k in node.keywords if k.arg in KEYWORDS)
        if isinstance(node, ast.Attribute) and node.attr in NAMES and isinstance(node.ctx, ast.Store):
            yield f"{file}:{node.lineno}: {node.attr}"
        if isinstance(node, ast.FunctionDef) and node.name == "render" and "tui/" in file:
            yield f"{file}:{node.lineno}: render() may return text, which is read as markup; draw strips"


@pytest.mark.parametrize(
    "call",
    [
        "Content.from_markup(article.title)",
        "self.notify(article.title)",
        "self.border_title = article.title",
        "Style(link=article.url)",
        "Style(meta={'@click': article.url})",
        "self.run_action(article.title)",
    ],
)
def test_the_rule_sees_a_wrong_call(call: str) -> None:
    assert list(wrong(ast.parse(call)))


def test_no_call_of_ours_reads_text_as_markup() -> None:
    room = ROOT / "kerman_tui"
    found = [one for p in SOURCES for one in wrong(ast.parse(p.read_text("utf-8")), p.relative_to(room).as_posix())]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "from textual.widgets import Static",
        "from textual.content import Content",
        "from rich.text import Text",
        "from rich import print",
        "import rich.console",
        "from textual.widgets import Label",
    ],
)
def test_the_linter_refuses_to_import_what_reads_markup(line: str) -> None:
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--stdin-filename", "kerman_tui/tui/x.py", "-"]
    done = subprocess.run(command, input=f"{line}\n", cwd=ROOT, capture_output=True, text=True)
    assert "TID251" in done.stdout, done.stdout
