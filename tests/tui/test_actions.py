"""One registry: every action has its keys, its help and someone who does it; a user's own keys are checked."""

from __future__ import annotations

from typing import Any

import pytest

from kerman_tui.tui import actions, keys
from kerman_tui.tui.actions import ACTIONS, UNUSABLE, Action
from kerman_tui.tui.app import Explorer
from kerman_tui.tui.screens.basket import BasketScreen
from kerman_tui.tui.screens.compare import CompareScreen
from kerman_tui.tui.screens.crossing import CrossScreen
from kerman_tui.tui.screens.explorer import ExplorerScreen
from kerman_tui.tui.screens.leaders import LeadersScreen, LeadersTable
from kerman_tui.tui.screens.passages import PassagesScreen
from kerman_tui.tui.screens.records import RecordsScreen
from kerman_tui.tui.screens.searches import SearchesScreen
from kerman_tui.tui.screens.utterances import CollationScreen
from kerman_tui.tui.widgets.clippings import Clippings
from kerman_tui.tui.widgets.contexts import Contexts
from kerman_tui.tui.widgets.field import SearchField
from kerman_tui.tui.widgets.hits import HitList
from kerman_tui.tui.widgets.lines import LineView
from kerman_tui.tui.widgets.panel import Panel
from kerman_tui.tui.widgets.reader import Reader
from kerman_tui.tui.widgets.sides import Sides
from kerman_tui.tui.widgets.table import Table
from kerman_tui.tui.widgets.versions import Versions

DOERS: dict[str, tuple[type, ...]] = {
    "everywhere": (Explorer,),
    "move": (LineView,),
    "explorer": (ExplorerScreen,),
    "search": (SearchField, ExplorerScreen),
    "list": (HitList, ExplorerScreen),
    "reader": (Reader, ExplorerScreen),
    "panel": (Panel, ExplorerScreen),
    "compare": (Sides, CompareScreen),
    "leaders": (LeadersTable, LeadersScreen),
    "passages": (Contexts, PassagesScreen),
    "basket": (Clippings, BasketScreen),
    "table": (Table, RecordsScreen),
    "cross": (Table, CrossScreen),
    "collation": (Versions, CollationScreen),
    "searches": (Table, SearchesScreen),
}


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_is_done_by_someone(action: Action) -> None:
    assert any(hasattr(doer, f"action_{action.method}") for doer in DOERS[action.where])


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_has_keys_that_arrive_and_help_that_is_one_sentence(action: Action) -> None:
    assert action.keys and not set(action.keys) & UNUSABLE
    assert action.help[0].isupper() and not action.help.endswith(".")


def test_ids_are_unique_and_no_two_actions_of_one_place_share_a_key() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    seen: dict[tuple[str, str], str] = {}
    for action in ACTIONS:
        for key in action.keys:
            assert (action.where, key) not in seen, f"{action.id} and {seen[action.where, key]}"
            seen[action.where, key] = action.id


def test_the_table_of_keys_names_every_action() -> None:
    table = actions.key_table()
    assert all(action.help in table for action in ACTIONS)


def test_the_readme_shows_the_keys_as_they_are() -> None:
    from kerman_tui.tui import keytable

    if keytable.README.is_file():
        assert keytable.stale() == "", "run `python3 tasks.py keys`"


@pytest.mark.parametrize(
    ("table", "keymap", "problem"),
    [
        ({"reader.mark": "m"}, {"reader.mark": "m"}, ""),
        ({"reader.mark": ["m", "?"]}, {}, "? is already everywhere.help"),
        ({"everywhere.help": "f1"}, {"everywhere.help": "f1"}, ""),
        ({"reader.mark": "ctrl+m"}, {}, "never arrives"),
        ({"reader.nark": "m"}, {}, "there is no action reader.nark"),
        ({"mark": "m"}, {}, "did you mean"),
        ({"reader.mark": 3}, {}, "needs a key"),
        ({"reader.mark": "y"}, {}, "y is already reader.copy"),
        ({"reader.mark": "y", "reader.copy": "m"}, {"reader.mark": "y", "reader.copy": "m"}, ""),
        ({"basket.delete": "X"}, {"basket.delete": "X"}, ""),
    ],
)
def test_own_keys(table: dict[str, Any], keymap: dict[str, str], problem: str) -> None:
    read = keys.read_keymap(table)
    assert dict(read.keys) == keymap
    assert problem in " ".join(read.problems)
    assert bool(problem) == bool(read.problems)


def test_keys_as_people_write_them() -> None:
    assert actions.shown("question_mark") == "?"
    assert actions.shown("ctrl+d") == "Ctrl+d"
    assert actions.textual_key("?") == "question_mark"
    assert actions.textual_key("Ctrl+D") == "ctrl+d"
    assert actions.textual_key("J") == "J"
