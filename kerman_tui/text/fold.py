"""Folding: the form under which two spellings of one word are the same. One word in, its key out.

Case, accents, Latin letters with strokes, Arabic letter variants, apostrophes and the English possessive fold away.
Scripts are not merged: a Cyrillic name keeps Cyrillic letters. Offsets stay with the token that was folded.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LATIN = str.maketrans(
    {
        "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n", "æ": "ae", "œ": "oe", "þ": "th", "ə": "e",
        "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "ʿ": "'", "ʾ": "'", "`": "'", "´": "'",
        "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ـ": "", "\u200c": "", "\u200d": "",
    }
)  # fmt: skip


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return the key of one word: "vucic" for "Vučić’s", "us" for "U.S.", "22300" for "22,300"."""
    if word.isascii():
        key = word.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", word.casefold().translate(_LATIN))
        key = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().translate(_LATIN)
    if key.endswith("'s") and len(key) > 2:
        key = key[:-2]
    if not key.isalnum():
        key = "".join(c for c in key if c.isalnum()) or key
    return key
