"""What the user set in the configuration file, as far as the explorer is concerned. A TOML file in, settings out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from kerman_tui import places
from kerman_tui.text.safe import visible


@dataclass(frozen=True, slots=True)
class Settings:
    """``theme``: dark, light, contrast or ansi ("": as left last time); ``clipboard``: a road (see `doctor`);
    ``citation_style``: a style's name or a template; ``keys``: action id to key or list of keys.
    """

    theme: str = ""
    clipboard: str = "auto"
    citation_style: str = "plain"
    keys: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @classmethod
    def read(cls) -> Settings:
        """Read the configuration file; what is wrong in it is said in ``problems`` and passed over."""
        path = places.config_file()
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError) as error:
            return cls(problems=(f"{visible(str(path))}: {visible(str(error))}; defaults are used",))
        problems: list[str] = []

        def text(name: str, default: str) -> str:
            value = raw.get(name, default)
            if isinstance(value, str):
                return value
            problems.append(f"{visible(str(path))}: {name} must be a text in quotation marks")
            return default

        keys = raw.get("keys", {})
        if not isinstance(keys, dict):
            problems.append(f"{visible(str(path))}: keys must be a table, as in [keys]")
            keys = {}
        return cls(
            text("theme", ""), text("clipboard", "auto"), text("citation_style", "plain"), keys, tuple(problems)
        )  # fmt: skip
