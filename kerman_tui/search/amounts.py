"""Amounts with their magnitude cut short: "£350m" or "1.2bn" in, the number and the magnitude in full out."""

from __future__ import annotations

import re

_MAGNITUDES = {
    **dict.fromkeys(("k",), "thousand"),
    **dict.fromkeys(("m", "mn", "mln"), "million"),
    **dict.fromkeys(("b", "bn"), "billion"),
    **dict.fromkeys(("tn", "trn"), "trillion"),
}
_AMOUNT = re.compile(rf"[^\w\s]*(\d+(?:[.,]\d+)*)({'|'.join(_MAGNITUDES)})[^\w\s]*", re.IGNORECASE)


def in_full(typed: str) -> tuple[str, str] | None:
    """("1.2", "billion") for "$1.2bn"; ``None`` for what is no such amount."""
    match = _AMOUNT.fullmatch(typed)
    return (match[1], _MAGNITUDES[match[2].lower()]) if match else None
