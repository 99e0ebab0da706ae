"""Narrowing rows by letters: what was typed in, the rows whose text has every word of it out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from kerman_tui.text.fold import fold

Row = TypeVar("Row")


def narrowed(rows: Iterable[Row], typed: str, text: Callable[[Row], str]) -> list[Row]:
    """The rows whose ``text`` has every word typed, within one of its own words; a sign counts as it stands."""
    keys = [fold(word) for word in typed.split()]
    letters = [key for key in keys if key.isalnum()]
    signs = [key for key in keys if not key.isalnum()]
    if not keys:
        return list(rows)
    return [row for row in rows if _has(text(row), letters, signs)]


def _has(text: str, letters: list[str], signs: list[str]) -> bool:
    if not all(sign in text for sign in signs):
        return False
    folded = " ".join(map(fold, text.split())) if letters else ""
    return all(key in folded for key in letters)
