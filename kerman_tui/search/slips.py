"""How likely a slip of the fingers or the ear is: what was typed and what may be meant in, a doubt out."""

from __future__ import annotations

import re
from functools import lru_cache

MAX_REMEMBERED = 8_192
"""Words whose sounds are remembered: the next letter asks for many of them again."""
_DOUBLED = re.compile(r"(.)\1+", re.DOTALL)


def doubt_of(typed: str, word: str) -> float:
    """How unlikely it is that someone who meant ``word`` typed ``typed``; 0 for the commonest slips, at most 1.

    Doubled and dropped letters, neighbours swapped, vowel for vowel and look-alike consonants are commoner than others;
    the first letter is seldom wrong (Pollock and Zamora 1984).
    """
    doubt = 0.0 if typed[:1] == word[:1] else 0.5
    if sorted(typed) == sorted(word) or _undoubled(typed) == _undoubled(word):
        return doubt
    if _skeleton(typed) == _skeleton(word):
        return doubt + 0.1
    return doubt + (0.3 if len(typed) != len(word) else 0.4)


@lru_cache(maxsize=MAX_REMEMBERED)
def _undoubled(word: str) -> str:
    return _DOUBLED.sub(r"\1", word) if _DOUBLED.search(word) else word


_SOUNDS = str.maketrans(
    {"a": "", "e": "", "i": "", "o": "", "u": "", "y": "", "c": "k", "q": "k", "g": "k", "z": "s", "v": "f", "w": "f"}
)


@lru_cache(maxsize=MAX_REMEMBERED)
def _skeleton(word: str) -> str:
    return _undoubled(word.replace("ph", "f").replace("h", "").translate(_SOUNDS))
