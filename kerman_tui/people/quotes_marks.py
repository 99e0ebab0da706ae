"""Where quotation marks open and close: a paragraph in, the stretches between outer marks out, in linear time.

Marks are paired by what stands beside them, not by counting, so that one that is missing spoils nothing after it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kerman_tui.people.speech_words import lexicon

MAX_CHAIN = 60
"""Paragraphs over which one quotation may run; longer chains of opening marks are a fault of the text."""

MARKS_OF_PROSE = 200
"""A paragraph with more marks than this, and a third of it marks, is a fault of the text."""

_DOUBLE = re.compile(r"[“”„‟«»\"＂「」『』]|``|''")
_SINGLE = re.compile(
    r"(?P<open>(?<![^\s(\[{—–“\"/])[‘'‹](?=[^\s'’‘\"]))|(?P<close>(?<=[^\s(\[‘'])(?:['’›])(?![^\W_]))", re.UNICODE
)
_WORD = re.compile(r"[^\W_]+")
_OPENS_AFTER = frozenset(" \t\n([{—–-/‘'\u00a0")
_FAMILY = {
    "“": "curly", "”": "curly", "„": "curly", "‟": "curly", '"': "straight", "＂": "straight", "``": "tex", "''": "tex",
    "«": "guillemet", "»": "guillemet", "「": "corner", "」": "corner", "『": "corner", "』": "corner",
}  # fmt: skip
_KIN = {"curly": ("straight",), "straight": ("curly", "tex"), "tex": ("straight",)}
_MAX_SINGLE = 400
_ENDS_QUOTED = frozenset(",.!?")


class Marked(NamedTuple):
    """A stretch between marks: ``start`` and ``end`` of what stands inside, ``outer_*`` with the marks."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    continued: bool = False
    """The piece goes on from the paragraph before."""
    single: bool = False
    """The marks are single ones."""


@dataclass(slots=True)
class _Scan:
    pairs: list[Marked]
    unclosed: list[tuple[int, int, str]]
    """Opening marks that nothing closed: where, how many characters, family."""


def _role(text: str, start: int, end: int, mark: str, family: str, stack: Sequence[tuple[int, int, str]]) -> bool:
    """Whether the mark opens."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    opens = (before in _OPENS_AFTER or before in "“„«") and not after.isspace()
    open_here = any(entry[2] == family for entry in stack[-3:])
    if family == "curly":
        if mark == "”":
            return opens and not open_here and after.isalnum()
        return not (mark == "“" and open_here and (after.isspace() or after in ".,;:!?)") and not before.isspace())
    if family == "guillemet":
        return opens if not open_here else (opens and before.isspace())
    if family == "corner":
        return mark in "「『"
    if mark == "``":
        return True
    if before in _OPENS_AFTER and not before.isspace() and open_here:
        return False  # "…the end—" he said
    if opens:
        return True
    if before.isspace() and after.isspace() and start:
        return not open_here
    return not start


def _doubles(text: str) -> _Scan:
    stack: list[tuple[int, int, str]] = []
    pairs: list[Marked] = []
    unclosed: list[tuple[int, int, str]] = []
    for match in _DOUBLE.finditer(text):
        start, end = match.span()
        mark = match.group()
        family = _FAMILY[mark]
        if (
            mark == '"'
            and start
            and text[start - 1].isdigit()
            and not any(e[2] in ("straight", "curly") for e in stack[-3:])
        ):
            continue  # inches, seconds of arc
        if _role(text, start, end, mark, family, stack):
            if family in ("straight", "tex") and stack and stack[-1][2] == family:
                unclosed.append(stack.pop())  # straight marks do not nest in themselves
            stack.append((start, end, family))
            continue
        at = _opener(stack, family)
        if at is None:
            continue
        unclosed.extend(stack[at + 1 :])
        opened = stack[at]
        del stack[at:]
        pairs.append(Marked(opened[1], start, opened[0], end))
    unclosed.extend(stack)
    return _Scan(_outermost(pairs), sorted(unclosed))


def _opener(stack: list[tuple[int, int, str]], family: str) -> int | None:
    """The place in the stack of the mark that a closing mark of ``family`` closes. Looks at the last few only."""
    for wanted in ((family,), _KIN.get(family, ())):
        for at in range(len(stack) - 1, max(-1, len(stack) - 4), -1):
            if stack[at][2] in wanted:
                return at
    return None


def _outermost(pairs: list[Marked]) -> list[Marked]:
    """Only pairs that stand in no other, in order."""
    kept: list[Marked] = []
    reach = -1
    for pair in sorted(pairs, key=lambda pair: (pair.outer_start, -pair.outer_end)):
        if pair.outer_end > reach:
            kept.append(pair)
            reach = pair.outer_end
    return kept


def _singles(text: str, taken: Sequence[Marked]) -> list[Marked]:
    """Pairs of single marks that stand outside ``taken``; an apostrophe is told by what stands beside it."""
    elisions = lexicon().elisions
    found: list[Marked] = []
    opened: int | None = None
    fallback: int | None = None
    at = 0
    for match in _SINGLE.finditer(text):
        here = match.start()
        while at < len(taken) and taken[at].outer_end <= here:
            at += 1
        if at < len(taken) and taken[at].outer_start <= here:
            continue
        if match.lastgroup == "open":
            word = _WORD.match(text, here + 1)
            if word and (word.group().lower() in elisions or word.group()[0].isdigit()):
                continue
            if opened is not None and fallback is not None:
                found.append(Marked(opened + 1, fallback, opened, fallback + 1, single=True))
            opened, fallback = here, None
        elif opened is not None:
            if here - opened > _MAX_SINGLE:
                opened = fallback = None
            elif text[here - 1] in "sS" and here + 2 < len(text) and text[here + 1] == " " and text[here + 2].isalpha():
                fallback = here  # may be a plural's apostrophe: the workers’ rights
            else:
                found.append(Marked(opened + 1, here, opened, here + 1, single=True))
                opened = fallback = None
    if opened is not None and fallback is not None:
        found.append(Marked(opened + 1, fallback, opened, fallback + 1, single=True))
    return found


def _holds(text: str, single: Marked, doubles: Sequence[Marked]) -> bool:
    """Whether single marks that hold double ones are quotation marks: ‘He said “no” twice,’ she said."""
    at = bisect_left(doubles, single.outer_start, key=lambda pair: pair.outer_start)
    around = at < len(doubles) and doubles[at].outer_start < single.outer_end
    return not around or text[single.end - 1 : single.end] in _ENDS_QUOTED


def marked(texts: Sequence[str], *, title: bool = False) -> list[list[Marked]]:
    """The outermost quoted stretches of every paragraph in ``texts``, in order.

    A quotation over several paragraphs opens each of them and closes only the last; it comes as one piece a paragraph,
    all but the first with ``continued``. An opening mark that nothing closes gives nothing. Nested marks stay inside
    the text of the outer ones.
    """
    scans = [_doubles(text) if _has_double(text) else _Scan([], []) for text in texts]
    found: list[list[Marked]] = []
    chain: list[tuple[int, Marked]] = []
    for number, (text, scan) in enumerate(zip(texts, scans, strict=True)):
        pairs = scan.pairs
        first = len(text) - len(text.lstrip())
        continues = bool(chain) and _opens_at(scan, first)
        if chain and not continues:
            chain.clear()
        tail = _tail(scan, texts, scans, number)
        if continues and not (tail and tail[0] == first):
            closed = any(pair.outer_start == first for pair in pairs[:1])
            for index, piece in chain if closed else ():
                found[index] = [*(p for p in found[index] if p.outer_end <= piece.outer_start), piece]
            chain.clear()
            pairs = [pair._replace(continued=True) if pair.outer_start == first else pair for pair in pairs]
        if tail is not None:
            piece = Marked(
                tail[1], len(text.rstrip()), tail[0], len(text.rstrip()), continued=continues and tail[0] == first
            )
            chain.append((number, piece))
            if len(chain) > MAX_CHAIN:
                chain.clear()
        found.append(pairs)
    for number, text in enumerate(texts):
        if "'" in text or "’" in text or "›" in text:
            singles = _singles(text, found[number])
            if singles:
                found[number] = _outermost([*found[number], *(p for p in singles if _holds(text, p, found[number]))])
    return [
        [_trim(text, pair) for pair in pairs if text[pair.start : pair.end].strip()]
        for text, pairs in zip(texts, found, strict=True)
    ]


def _has_double(text: str) -> bool:
    """Whether a paragraph holds double marks, and text between them: nothing but marks is no prose."""
    marks = text.count('"') + text.count("“") + text.count("”")
    if marks > MARKS_OF_PROSE and marks * 3 > len(text):
        return False
    return marks > 0 or _DOUBLE.search(text) is not None


def _opens_at(scan: _Scan, first: int) -> bool:
    return any(pair.outer_start == first for pair in scan.pairs[:1]) or any(m[0] == first for m in scan.unclosed[:1])


def _tail(scan: _Scan, texts: Sequence[str], scans: Sequence[_Scan], number: int) -> tuple[int, int, str] | None:
    """The unclosed mark that the next paragraph takes up, if it does."""
    if not scan.unclosed or number + 1 >= len(texts):
        return None
    following = texts[number + 1]
    first = len(following) - len(following.lstrip())
    if not _opens_at(scans[number + 1], first):
        return None
    return scan.unclosed[-1] if len(scan.unclosed) > 1 and scan.unclosed[0][0] != 0 else scan.unclosed[0]


def _trim(text: str, pair: Marked) -> Marked:
    inside = text[pair.start : pair.end]
    start = pair.start + len(inside) - len(inside.lstrip())
    return pair._replace(start=start, end=start + len(inside.strip()))
