"""Every screen of the explorer, by the keys of its registry, on a corpus that attacks: no byte of it acts."""

from __future__ import annotations

import base64
import importlib
import json
import pkgutil
import re
import sys
from pathlib import Path

from rich.segment import Segment
from textual.color import Color
from textual.screen import Screen

import kerman_tui.tui.screens
from kerman_tui.tui.actions import ACTIONS
from kerman_tui.tui.filters import Gate

from . import hostile
from .test_no_network import EXPLORER

ACTIONS_LEAST = 150
"""Actions that a walk must have done; what it cannot reach depends on what the corpus holds."""


def screens() -> set[str]:
    """Every kind of screen that no other is made from."""
    for module in pkgutil.iter_modules(kerman_tui.tui.screens.__path__):
        importlib.import_module(f"kerman_tui.tui.screens.{module.name}")
    found, waiting = set(), [Screen]
    while waiting:
        kind = waiting.pop()
        below = [one for one in kind.__subclasses__() if one.__module__.startswith("kerman_tui")]
        waiting += kind.__subclasses__()
        if not below and kind.__module__.startswith("kerman_tui"):
            found.add(kind.__name__)
    return found


def test_nothing_that_came_from_data_acts_on_the_terminal_of_the_explorer(
    attacked: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    _, environment = attacked
    report = tmp_path / "report.json"
    command = [sys.executable, "-c", EXPLORER, str(report), "--corpus", "tampered"]
    written = hostile.on_a_terminal(command, environment)
    assert hostile.faults_on_a_screen(written) == []
    assert b"the network was asked for" not in written
    assert report.exists(), ascii(written[-2000:])
    walked = json.loads(report.read_text())
    assert "stumbled" not in walked, walked["stumbled"]
    assert screens() <= set(walked["screens"])
    assert len(walked["actions"]) >= ACTIONS_LEAST, sorted({a.id for a in ACTIONS} - set(walked["actions"]))
    sent = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", written)
    assert sent, "nothing was copied"
    for text in sent:
        assert hostile.faults_in_text(base64.b64decode(text).replace(b"\r\n", b"\n")) == []


def test_the_gate_takes_out_what_acts_and_leaves_every_cell_in_its_place() -> None:
    black = Color(0, 0, 0)
    plain = [Segment("harmless 港 "), Segment("é")]
    assert Gate().apply(plain, black) is plain
    (one,) = Gate().apply([Segment("a\x1b[31m\u202eb\ue000港می\u200cخ")], black)
    assert one.text == "a[31mb\ufffd港می\u200cخ"
    assert Gate().apply([Segment("x", None, [(2, 3)])], black) == [Segment("x")]  # type: ignore[list-item]
