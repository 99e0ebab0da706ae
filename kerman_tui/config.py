"""Her settings: one TOML file, every field declared here with its default and why one would change it.

``kerman-tui config`` prints this as a file to start from. What cannot be understood is named with file and reason and
falls back to its default; the program starts all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from kerman_tui import places
from kerman_tui.text.safe import visible


def _setting(default: Any, why: str, choices: tuple[str, ...] = (), at_least: int | None = None) -> Any:
    return field(default=default, metadata={"why": why, "choices": choices, "at_least": at_least})


@dataclass(frozen=True, slots=True)
class Settings:
    """What she may set, with the defaults."""

    theme: str = _setting(
        "",
        "Colours. Empty: as left last time, at first by what the terminal can show.",
        ("", "dark", "light", "contrast", "ansi"),
    )
    clipboard: str = _setting(
        "auto",
        "The road to your clipboard. auto: tmux's way, screen's, OSC 52; native tools on a local desktop only.",
        ("auto", "osc52", "tmux", "screen", "native", "file", "off"),
    )
    citation_style: str = _setting(
        "plain",
        'Citations: plain, markdown, chicago, apa, bibtex, csl-json, or your own: "{outlet}, {date}: {url}".',
    )
    reader_width: int = _setting(76, "Text in the reader is wrapped at this many columns.", at_least=20)
    workers: int = _setting(
        0, "Processes for reading and indexing. 0: all cores; less is politer on a shared host.", at_least=0
    )
    plain: bool = _setting(False, "No frames and no decoration, for screen readers.")


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings, her keys (action id to keys), and what was wrong with the file, one line each."""

    settings: Settings
    keys: Mapping[str, tuple[str, ...]]
    problems: tuple[str, ...]


@cache
def load(path: Path | None = None) -> Loaded:
    """Read the settings from ``path`` (default: the platform's configuration folder). A missing file gives defaults."""
    import tomllib

    path = path or places.config_file()
    try:
        table = tomllib.loads(places.read_whole(path).decode("utf-8"))
    except FileNotFoundError:
        return Loaded(Settings(), {}, ())
    except (OSError, ValueError, RecursionError) as error:
        return Loaded(Settings(), {}, (f"{visible(str(path))}: {visible(str(error))}; the defaults hold",))
    problems: list[str] = []
    values: dict[str, Any] = {}
    declared = {one.name: one for one in fields(Settings)}
    for name, value in table.items():
        if name == "keys":
            continue
        if name not in declared:
            problems.append(f"{visible(str(path))}: no setting is called {visible(name)!r}")
        elif wrong := _wrong(value, declared[name].default, declared[name].metadata):
            problems.append(f"{visible(str(path))}: {name} {wrong}; the default holds")
        else:
            values[name] = value
    return Loaded(Settings(**values), _keys(table.get("keys", {}), path, problems), tuple(problems))


def _wrong(value: Any, default: Any, metadata: Mapping[str, Any]) -> str:
    if type(value) is not type(default):
        return {str: "takes a word in quotes", bool: "takes true or false", int: "takes a whole number"}[type(default)]
    if metadata["choices"] and value not in metadata["choices"]:
        return f"is one of {', '.join(choice for choice in metadata['choices'] if choice)}"
    if metadata["at_least"] is not None and value < metadata["at_least"]:
        return f"is at least {metadata['at_least']}"
    return ""


def _keys(table: Any, path: Path, problems: list[str]) -> Mapping[str, tuple[str, ...]]:
    keys: dict[str, tuple[str, ...]] = {}
    for action, given in table.items() if isinstance(table, dict) else ():
        chosen = [given] if isinstance(given, str) else given
        if isinstance(chosen, list) and all(isinstance(key, str) and key for key in chosen):
            keys[action] = tuple(chosen)
        else:
            problems.append(f"{visible(str(path))}: keys.{visible(action)} takes a key or a list of keys")
    return keys


def documented() -> str:
    """The settings as a TOML file that changes nothing, every field with its default and why."""
    lines = ["# Settings of kerman-tui. Every line is optional; what stands here are the defaults.", ""]
    for one in fields(Settings):
        lines.append(f"# {one.metadata['why']}")
        if one.metadata["choices"]:
            lines.append("# One of: " + ", ".join(f'"{choice}"' for choice in one.metadata["choices"]))
        lines += [f"{one.name} = {_toml(one.default)}", ""]
    lines += [
        "# Keys of your own: the id of an action and its key or keys. `?` in the explorer and the README list the ids.",
        "[keys]",
        '# "reader.copy" = "y"',
    ]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)
