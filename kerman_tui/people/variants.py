"""Whether two names can be one person's: two spellings in, yes or no out; symmetric, and never by resemblance alone.

Family names must share a consonant skeleton and look alike; given names must be equal, an initial, a nickname or a
transliteration of each other; initials in the middle must not disagree.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kerman_tui.people.knowledge import knowledge
from kerman_tui.people.names import full_key, is_junior, name_parts
from kerman_tui.people.words import Word

_SOUNDS = (
    ("kh", "k"), ("gh", "k"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("sh", "s"), ("tsch", "c"), ("tch", "c"),
    ("ch", "c"), ("dj", "j"), ("zh", "j"), ("ck", "k"), ("q", "k"), ("x", "ks"), ("w", "v"), ("ts", "s"), ("tz", "s"),
)  # fmt: skip
_OTHER_SCRIPT = int(Word.TRANSLITERATED)
_GIVEN = int(Word.GIVEN)
_DOUBLE_BARRELLED = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,}+[-‐‑][A-ZÀ-Þ][^\W\d_]{2,}\Z")
_DOUBLED = re.compile(r"(.)(?=\1)")
"""Letters before their like: taken out, doubled letters are single ones."""
_THIRD = re.compile(r" III\Z")
_VOWELS = re.compile(r"[aeiouyh]+")
_FIRST_OF_TWO = frozenset(
    "mohammad mohammed muhammad mohamed mohamad muhammed muhammadu abdul abd abdel ahmad ali jose maria jean luiz juan "
    "hossein hassan mir abu".split()
)
"""Given names so common that their bearers go by the second: Mohammad Javad Zarif is Javad Zarif."""


@lru_cache(maxsize=1 << 16)
def skeleton(key: str) -> str:
    """Consonants of a name key, with sounds of several spellings made one ("gaddafi", "qadhafi": "kdf")."""
    for spelt, sound in _SOUNDS:
        if spelt in key:
            key = key.replace(spelt, sound)
    key = key.replace("g", "k").replace("c", "k") if key[:1] in "gqck" else key
    first = "a" if key[:1] in tuple("aeiou") else ""
    return first + _DOUBLED.sub("", _VOWELS.sub("", key))


@lru_cache(maxsize=1 << 16)
def _single(key: str) -> str:
    """A name key with single letters for doubled ones."""
    return _DOUBLED.sub("", key)


def given_agree(a: str, b: str) -> bool:
    """Whether two given names (keys) can be one person's."""
    if a == b:
        return True
    if not a or not b:
        return False
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    nicknames = knowledge().nicknames
    if b in nicknames.get(a, ()) or a in nicknames.get(b, ()):
        return True
    if len(a) <= 2 or len(b) <= 2 or not (_transliterated(a) and _transliterated(b)):
        return False
    if skeleton(a) != skeleton(b):
        return False
    from rapidfuzz.distance import OSA

    gendered = (a[-1] == "a") != (b[-1] == "a")
    return not gendered and OSA.distance(a, b) <= (1 if max(len(a), len(b)) <= 5 else 2)


def family_agree(a: str, b: str, *, transliterated: bool = True) -> bool:
    """Whether two family names (keys) can be spellings of one.

    Names from other scripts are spelt in many ways; of others only doubled letters may differ.
    """
    if a == b:
        return True
    if a[:1] == b[:1] and a[-1:] == b[-1:] and _single(a) == _single(b):
        return True
    if not transliterated or min(len(a), len(b)) < 4 or skeleton(a) != skeleton(b):
        return False
    from rapidfuzz.distance import OSA

    longest = max(len(a), len(b))
    return OSA.distance(a, b) <= (1 if longest <= 5 else 2 if longest <= 8 else 3)


def _transliterated(given: str) -> bool:
    words = knowledge().words.get(given, 0)
    return bool(words & _OTHER_SCRIPT) or not words & _GIVEN


@lru_cache(maxsize=1 << 16)
def same_person(a: str, b: str) -> bool:
    """Whether two full names can be one person's. Lone family names never agree here: they need their context."""
    if full_key(a) == full_key(b):
        return True
    left, right = name_parts(a), name_parts(b)
    if len(left) < 2 or len(right) < 2:
        return False
    if len(left) > len(right):
        left, right = right, left
    if is_junior(a) != is_junior(b) and len(name_parts(a if is_junior(a) else b)) < 3:
        return False  # "Donald Trump Jr." is the son; "Eric H. Holder Jr." only the formal name
    if is_junior(a) != is_junior(b) and (_THIRD.search(a) or _THIRD.search(b)):
        return False  # neither father nor son
    family_left, given_left = left[-1], left[:-1]
    family_right, given_right = right[-1], right[:-1]
    foreign = _transliterated(given_left[0]) and _transliterated(given_right[0])
    if not foreign and bool(_DOUBLE_BARRELLED.search(a)) != bool(_DOUBLE_BARRELLED.search(b)):
        return False  # "David Wallace-Wells" is no "David Wells"
    if min(len(given_left[0]), len(given_right[0])) == 1 and family_left != family_right:
        return False  # an initial and a like family name are too little
    if not family_agree(family_left, family_right, transliterated=foreign):
        # "Amir Abdollahian" and "Amirabdollahian": the last parts of one may be written together in the other
        joined = "".join(right[-2:])
        if len(right) > len(left) and family_agree(family_left, joined) and len(right) > 2:
            given_right = right[:-2]
        else:
            return False
    if not given_agree(given_left[0], given_right[0]):
        return given_right[0] in _FIRST_OF_TWO and len(given_right) > 1 and given_agree(given_left[0], given_right[1])
    middle_left, middle_right = given_left[1:], given_right[1:]
    if not middle_left or not middle_right:
        return True
    shorter, longer = sorted((middle_left, middle_right), key=len)
    if len(shorter) == len(longer):
        return all(given_agree(x, y) for x, y in zip(shorter, longer, strict=True))
    if all(len(x) == 1 for x in (*shorter, *longer)):
        return False
    if len(shorter[0]) == 1 or len(longer[0]) == 1:
        return given_agree(shorter[0], longer[0])
    return all(any(given_agree(x, y) for y in longer) for x in shorter)
