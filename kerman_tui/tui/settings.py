"""What the user set, as far as the explorer is concerned. The configuration file in, settings out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kerman_tui import config


@dataclass(frozen=True, slots=True)
class Settings:
    """The fields of ``config.Settings`` that the explorer needs, her keys (action id to keys), and what was wrong."""

    theme: str = ""
    clipboard: str = "auto"
    citation_style: str = "plain"
    reader_width: int = config.Settings().reader_width
    keys: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @classmethod
    def read(cls) -> Settings:
        """Read the configuration file; what is wrong in it is said in ``problems`` and passed over."""
        loaded = config.load()
        set_ = loaded.settings
        return cls(set_.theme, set_.clipboard, set_.citation_style, set_.reader_width, loaded.keys, loaded.problems)
