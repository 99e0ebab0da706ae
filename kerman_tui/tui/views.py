"""The order in which a key goes through the tables of one matter."""

from __future__ import annotations

VIEWS = (
    ("reuse", "flows between outlets", "near-duplicates"),
    ("wording", "key words", "collocates", "reporting verbs"),
)
"""The names of the tables, one matter a line."""


def next_view(name: str) -> str:
    """The table that comes after this one of the same matter; "" for a table that stands alone."""
    names = next((names for names in VIEWS if name in names), ())
    return names[(names.index(name) + 1) % len(names)] if names else ""
