"""The gate between what the world wrote and a terminal: untrusted text in, text that can do nothing but be read out.

``make_safe`` is applied once, at ingest, to everything that an article says; ``visible`` to names that must stay
recognisable (files, configuration keys, error messages). What comes out holds no C0 or C1 control, no DEL, no bidi
control, no surrogate, no unassigned or private code point, no invisible character that could shift a column.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

MAX_COMBINING_MARKS = 4
"""Marks kept on one base letter; stacks higher than that spill over other lines."""

_DROPPED = frozenset(
    [
        *(0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x200E, 0x200F, 0x3164, 0xFEFF, 0xFFA0),
        *range(0x2060, 0x2070),
        *range(0x202A, 0x202F),
        *range(0xFFF9, 0xFFFC),
        *range(0xFE00, 0xFE10),  # variation selectors: terminals disagree about the width of what they select
        *range(0xE0000, 0xE01F0),  # tags and the supplementary variation selectors
    ]
)
JOINERS = "\u200c\u200d"
"""The two invisible characters that spelling needs, in Persian and in Indic scripts."""
_REPLACEMENT = "\ufffd"
_TO_SPACE = frozenset("\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029")


class _SafeTable(dict[int, str]):
    """A ``str.translate`` table that decides each code point once."""

    def __missing__(self, code: int) -> str:
        self[code] = safe = self._decide(code)
        return safe

    @staticmethod
    def _decide(code: int) -> str:
        char = chr(code)
        if char == "\n" or char in JOINERS:
            return char
        if char in _TO_SPACE:
            return " "
        if code in _DROPPED:
            return ""
        if code < 0x20:
            return chr(0x2400 + code)
        if code == 0x7F:
            return "\u2421"
        if 0x80 <= code <= 0x9F:  # Windows-1252 read as Latin-1 is where these come from in practice
            return bytes([code]).decode("cp1252", errors="replace")
        category = unicodedata.category(char)
        if category == "Zs":
            return " "
        if category in ("Cs", "Co", "Cn"):
            return _REPLACEMENT
        return "" if category == "Cf" else char


_TABLE = _SafeTable()
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"


@cache
def _perhaps_dropped() -> re.Pattern[str]:
    """Printable, and yet perhaps in _DROPPED. Wider than need be: a few ranges are found much faster than a set."""
    return re.compile("[\u034f\u115f-\u17b5\u3164-\U000e01ef]")


_PLAIN = bytes([0x0A, *range(0x20, 0x7F)])
"""ASCII that may stand as it is."""


@cache
def _usual() -> re.Pattern[str]:
    """Latin letters, dashes and quotation marks that may stand as they are, whatever is before them."""
    return re.compile("[\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e]*")


def _is_plain(text: str) -> bool:
    """Whether nothing in a text can need a change, as in most; many times faster than a look at every letter."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    return not rest or _usual().fullmatch(rest.decode("utf-8", "surrogatepass")) is not None


@cache
def _stray_joiner() -> re.Pattern[str]:
    """Zero-width joiners where they matter to nobody: away from Arabic, Syriac and Indic letters."""
    near = "[\u0600-\u08ff\u0900-\u0dff]"
    return re.compile(f"(?<!{near})[\u200c\u200d]+|[\u200c\u200d]+(?!{near})")


@cache
def _stack() -> re.Pattern[str]:
    """More marks on one letter than are shown."""
    return re.compile(f"({_MARK}{{{MAX_COMBINING_MARKS}}}){_MARK}+")


def make_safe(text: str) -> str:
    """Return ``text`` in NFC with everything a terminal could act on replaced, dropped or shown as a symbol.

    Line feeds stay; tabs and other line separators become blanks; control characters become control pictures (␛);
    stray C1 characters become the Windows-1252 letters they were meant to be. Idempotent.
    """
    if _is_plain(text):
        return text
    line = text.replace("\n", "")
    if not line.isprintable() or (not line.isascii() and _perhaps_dropped().search(line)):
        # going through the table letter by letter is slow, and most text has nothing for it
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_TABLE)
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    if JOINERS[0] in text or JOINERS[1] in text:
        text = _stray_joiner().sub("", text)
    return _stack().sub(r"\1", text)


def make_safe_line(text: str) -> str:
    """``make_safe`` for what must stay on one line (titles, names, messages): all white space becomes single blanks."""
    return " ".join(make_safe(text).split())


def make_safe_to_hand_on(text: str) -> str:
    """``make_safe`` for what leaves the program whole (clipboard, pager): tabs stay, they part the cells of a table."""
    return "\t".join(make_safe(part) for part in text.split("\t"))


def visible(name: str) -> str:
    """Show a name (file, key, argument) on one line with every unprintable character spelt out, as in ``\\x1b``.

    Unlike ``make_safe`` it hides nothing: two different names never look the same. Surrogate escapes of bytes that are
    not UTF-8 appear as ``\\udcff``. Idempotent on printable text.
    """
    if name.isprintable():
        return name
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in name)
