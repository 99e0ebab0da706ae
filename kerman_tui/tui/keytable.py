"""The table of keys in the README: written anew by ``python -m kerman_tui.tui.keytable``, and checked by a test."""

from __future__ import annotations

import re
from pathlib import Path

from kerman_tui.tui.actions import key_table

README = Path(__file__).resolve().parents[2] / "README.md"
_PLACE = re.compile(r"(<!-- keys:[^\n]*-->\n).*?(<!-- /keys -->)", re.DOTALL)


def renewed(readme: str) -> str:
    """The text of the README with the table as it is now. Raises ValueError where it has no place for it."""
    if not _PLACE.search(readme):
        raise ValueError("the README has no lines <!-- keys: … --> and <!-- /keys -->")
    return _PLACE.sub(lambda match: f"{match[1]}\n{key_table()}\n{match[2]}", readme)


def stale() -> str:
    """Why the README does not show the keys as they are; "" when it does."""
    text = README.read_text(encoding="utf-8")
    return "" if renewed(text) == text else "the table of keys in README.md is not what the registry says"


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
