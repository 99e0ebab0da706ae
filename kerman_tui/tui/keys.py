"""The user's own keys: a table ``[keys]`` of the configuration in, a keymap and what is wrong with it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kerman_tui.text.safe import visible
from kerman_tui.tui.actions import ACTIONS, BY_ID, UNUSABLE, Action, Where, keys_of, shown, textual_key

_TOGETHER: tuple[frozenset[Where], ...] = (
    frozenset({"everywhere", "explorer", "move", "list"}),
    frozenset({"everywhere", "explorer", "move", "reader"}),
    frozenset({"everywhere", "explorer", "move", "panel"}),
    frozenset({"everywhere", "move", "compare"}),
    frozenset({"everywhere", "move", "leaders"}),
    frozenset({"everywhere", "move", "passages"}),
    frozenset({"everywhere", "move", "basket"}),
    frozenset({"everywhere", "move", "table"}),
    frozenset({"everywhere", "move", "cross"}),
    frozenset({"everywhere", "move", "collation"}),
    frozenset({"everywhere", "move", "searches"}),
)
"""Places whose keys are heard at the same time."""


@dataclass(frozen=True, slots=True)
class Keymap:
    """Action id to Textual keys (joined by commas), and what was wrong, in words for the user."""

    keys: Mapping[str, str]
    problems: tuple[str, ...] = ()


def read_keymap(table: Mapping[str, object]) -> Keymap:
    """Understand a table of ``"action id" = "key"`` or ``["key", "key"]``.

    What cannot be used is left out and reported; a key that two actions would claim at the same time stays with the
    action that had it, and is reported.
    """
    keys: dict[str, str] = {}
    problems: list[str] = []
    for id_, written in table.items():
        action = BY_ID.get(id_)
        if action is None:
            near = ", ".join(one.id for one in ACTIONS if one.id.endswith(f".{id_.rpartition('.')[2]}"))
            hint = f"; did you mean {near}?" if near else "; `kerman-tui config` lists them"
            problems.append(f"keys: there is no action {visible(id_)}{hint}")
            continue
        wanted = [written] if isinstance(written, str) else written
        if not isinstance(wanted, (list, tuple)) or not all(isinstance(one, str) and one.strip() for one in wanted):
            problems.append(f"keys: {id_} needs a key or a list of keys")
            continue
        usable: list[str] = []
        for one in map(textual_key, wanted):
            if one in UNUSABLE:
                problems.append(f"keys: {id_}: {visible(shown(one))} never arrives in a terminal, tmux or screen")
            else:
                usable.append(one)
        if usable:
            keys[id_] = ",".join(usable)
    for mine, other, key in _clashes(keys):
        problems.append(f"keys: {visible(shown(key))} is already {other.id} ({other.name}); {mine.id} keeps its own")
        keys.pop(mine.id, None)
    return Keymap(keys, tuple(problems))


def _clashes(keymap: dict[str, str]) -> list[tuple[Action, Action, str]]:
    """Changed actions whose new key another action has at the same time: (changed, other, key).

    The defaults let a pane's key stand before the screen's where that is meant, so only what the user changed counts.
    """
    found: list[tuple[Action, Action, str]] = []
    for id_ in keymap:
        mine = BY_ID[id_]
        for key in keys_of(mine, keymap):
            if key in mine.keys:
                continue
            for other in ACTIONS:
                together = mine.where == other.where or any({mine.where, other.where} <= one for one in _TOGETHER)
                if other is not mine and together and key in keys_of(other, keymap):
                    found.append((mine, other, key))
                    break
            else:
                continue
            break
    return found
