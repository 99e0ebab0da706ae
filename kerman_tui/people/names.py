"""The shape of a person's name: words in; the keys out under which spellings of one name agree.

Keys are ASCII and lower case. Particles ("al-", "bin", "van") and forms of descent ("Seyyed") carry no identity and are
left out of them, so that "Bashar al-Assad" and "Bashar Assad" share a key.
"""

from __future__ import annotations

import re
from functools import lru_cache

PARTICLES = frozenset(
    "al el bin ibn bint ben abu bou van von der den de da do das dos del della di du la le los las ter ten zu zum "
    "af av san ul ur us e y na".split()
)
"""Words that may stand in lower case inside a name."""

_SILENT = frozenset(
    "al el an ar as ash at ad az ul bin ibn bint seyyed sayyed seyed syed sayed sayyid said sheikh haj hajj jr sr ii "
    "iii iv".split()
)
"""Parts of a name that do not tell one person from another."""

_SERVANTS = frozenset("abd abdul abdel abdal abdur abdus abdol".split())

_PARTS = re.compile(r"[\s\-‐‑–.]+")
_ARTICLE_PREFIX = re.compile(r"^(?:al|el|ad|ar|as|ash|at|az|an|as|ul)[-'’‐]", re.IGNORECASE)


@lru_cache(maxsize=1 << 17)
def ascii_key(word: str) -> str:
    """One word as lower-case ASCII letters and digits ("Vučić" gives "vucic"); other scripts are transliterated."""
    if not word.isascii():
        from anyascii import anyascii

        word = anyascii(word)
    word = word.lower()
    return word if word.isalnum() else "".join(c for c in word if c.isalnum())


@lru_cache(maxsize=1 << 16)
def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a name that tell people apart, as keys, in order: ("bashar", "assad") for "Bashar al-Assad".

    A name that is nothing but particles keeps them.
    """
    parts = [ascii_key(part) for part in _PARTS.split(name)]
    kept: list[str] = []
    servant = ""
    for part in parts:
        if part in _SERVANTS:  # "Abdul Malik", "Abdul-Malik" and "Abdulmalik" are one name
            servant = part
        elif part and part not in _SILENT:
            kept.append(servant + part)
            servant = ""
    if servant:
        kept.append(servant)
    return tuple(kept) or tuple(part for part in parts if part)


def is_junior(name: str) -> bool:
    """Whether a name ends in "Jr."."""
    return name.endswith(("Jr.", " Jr", "JR."))


@lru_cache(maxsize=1 << 16)
def full_key(name: str) -> str:
    """The key of a whole name, with nothing between its parts: "Amir Abdollahian" and "Amirabdollahian" agree.

    A junior is not his father: "Jr." stays in the key.
    """
    name = name.strip()
    key = "".join(name_parts(name))
    return f"{key}jr" if is_junior(name) else key


@lru_cache(maxsize=1 << 16)
def suffix_keys(name: str) -> tuple[str, ...]:
    """Keys of what may be used alone as the family name, the longest first ("bouhabib", "habib")."""
    parts = name_parts(name)
    return tuple("".join(parts[at:]) for at in range(1, len(parts)))


def family(name: str) -> str:
    """The last part of a name as a key."""
    parts = name_parts(name)
    return parts[-1] if parts else ""


def bare(word: str) -> str:
    """A word without an Arabic article in front ("al-Arouri" gives "Arouri")."""
    return _ARTICLE_PREFIX.sub("", word)
