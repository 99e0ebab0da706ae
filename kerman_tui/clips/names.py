"""Authors from a byline: "By Ann van Dam and Bo Lee, Reuters" in, names out that every citation style can spell.

A byline is what a page says; what does not look like a person's name (a desk, an agency, another script's order of
names) is kept whole rather than torn in two.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_PARTICLES = frozenset(
    "van von der den de del della di da dos du la le ter ten bin ibn bint al el abu ben st zu".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_NOT_A_PERSON = re.compile(
    r"(?i)\b(?:staff|desk|agenc\w+|editor(?:s|ial)?|team|bureau|correspondents?|reporters?|newsroom|news|press|wires?|"
    r"service|media|network|tv|television|radio|times|post|online|web|board|writers?|contributors?|analysts?|"
    r"columnists?|biographer|professor|director|fellow|author)\b|@|\.(?:com|org|net)\b"
)
_HONORIFIC = re.compile(r"(?i)^(?:(?:mr|mrs|ms|dr|prof|rep|sen|gov|gen|lt|col|rev|sir|dame)\.?\s+)+")
_SPLIT = re.compile(r" ?(?:[;|/•·]|,| (?:and|und|et|y|e|with) |&) ?(?:and )?")
_LATIN_NAME = re.compile(r"[^\W\d_][\w.'’\-]*", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Name:
    """An author. A name that cannot be divided with confidence stands whole in ``family``, with ``given`` empty."""

    family: str
    given: str = ""
    suffix: str = ""

    def straight(self) -> str:
        """Given name first: Ann van Dam."""
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)

    def inverted(self) -> str:
        """Family name first: van Dam, Ann."""
        return ", ".join(part for part in (self.family, self.given, self.suffix) if part)

    def initials(self) -> str:
        """Family name first, given names as initials: van Dam, A."""
        letters = " ".join(
            "-".join(f"{piece[0].upper()}." for piece in word.split("-") if piece) for word in self.given.split()
        )
        return ", ".join(part for part in (self.family, letters, self.suffix) if part)

    def bibtex(self, escape: Callable[[str], str]) -> str:
        """For a BibTeX author field; whole names in braces, so that BibTeX does not divide them."""
        if not self.given:
            return "{" + escape(self.family) + "}"
        parts = [self.family, self.suffix, self.given] if self.suffix else [self.family, self.given]
        return ", ".join(escape(part) for part in parts)

    def csl(self) -> dict[str, str]:
        """For the ``author`` list of a CSL-JSON item."""
        if not self.given:
            return {"literal": self.family}
        return {"family": self.family, "given": self.given} | ({"suffix": self.suffix} if self.suffix else {})


def authors(byline: str | None, outlet: str = "") -> tuple[Name, ...]:
    """The authors of a byline, in order; a part that names the outlet, or follows names as their employer, is none."""
    text = " ".join((byline or "").split())
    text = re.sub(r"(?i)^(?:(?:written|reported|story)\s+)?by:?\s+", "", text).strip(" .,;|-–—")
    if not text:
        return ()
    pieces = [piece.strip() for piece in _SPLIT.split(text) if piece.strip()]
    pieces = _join_suffixes(pieces)
    people = [name for name in map(_person, pieces) if name]
    if people:
        return tuple(dict.fromkeys(people))
    return () if text.casefold() == outlet.casefold() else (Name(text),)


def _join_suffixes(pieces: list[str]) -> list[str]:
    joined: list[str] = []
    for piece in pieces:
        if joined and piece.rstrip(".").lower() in _SUFFIXES:
            joined[-1] += f" {piece}"
        else:
            joined.append(piece)
    return joined


def _person(piece: str) -> Name | None:
    piece = _HONORIFIC.sub("", piece.strip('"“”'))
    words = piece.split()
    suffix = words.pop() if len(words) > 2 and words[-1].rstrip(".").lower() in _SUFFIXES else ""
    if not 2 <= len(words) <= 6 or _NOT_A_PERSON.search(piece) or not all(map(_LATIN_NAME.fullmatch, words)):
        return None
    if not all(ord(char) < 0x250 for char in piece if char.isalpha()) or not words[-1][0].isupper():
        return None
    if not words[0][0].isupper():
        return None
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _PARTICLES:
        at -= 1
    return Name(" ".join(words[at:]), " ".join(words[:at]), suffix)
