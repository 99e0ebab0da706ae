"""What the user set, as far as the explorer is concerned. The configuration file in, settings out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

READER_WIDTH = 76
"""Columns of text in the reader unless she says otherwise; ``config.Settings`` has the same, read after the first paint."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The fields of ``config.Settings`` that the explorer needs, her keys (action id to keys), and what was wrong."""

    theme: str = ""
    clipboard: str = "auto"
    citation_style: str = "plain"
    reader_width: int = READER_WIDTH
    keys: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @classmethod
    def read(cls) -> Settings:
        """Read the configuration file; what is wrong in it is said in ``problems`` and passed over."""
        from kerman_tui import config

        loaded = config.load()
        set_ = loaded.settings
        return cls(set_.theme, set_.clipboard, set_.citation_style, set_.reader_width, loaded.keys, loaded.problems)
