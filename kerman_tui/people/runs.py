"""Runs of capitals in a block that can be names: a ``Block`` in, (first token, last token + 1, headline?) out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerman_tui.people.blocks import MAX_TOKEN, SENTENCE_ENDS, Block
from kerman_tui.people.knowledge import Knowledge
from kerman_tui.people.names import PARTICLES, full_key
from kerman_tui.people.words import Word

_BLOCKING = int(
    Word.FUNCTION
    | Word.CALENDAR
    | Word.ORGANISATION
    | Word.PLACE
    | Word.LEADER
    | Word.PLAIN
    | Word.HONORIFIC
    | Word.MODIFIER
    | Word.PORTFOLIO
    | Word.SPEECH
)
GIVEN = int(Word.GIVEN)
COMMON = int(Word.COMMON)
PLACE = int(Word.PLACE)
_FUNCTION = int(Word.FUNCTION | Word.CALENDAR)

_LEADING_PARTICLES = frozenset("al el bin ibn bint van von".split())
_DESCENT = frozenset("seyyed sayyed sayyid seyed syed sayed".split())
_QUOTED = frozenset("\"“”'‘’")
_SUFFIXES = frozenset("Jr. Sr. Jr Sr JR. I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI".split())
_NEVER = int(Word.FUNCTION | Word.CALENDAR | Word.HONORIFIC | Word.LEADER | Word.PLAIN)
ARTICLED = re.compile(r"(?:al|el|ad|ar|as|ash|at|az|an|ul|d|l|o)[-'’‐][A-ZÀ-Þ]", re.IGNORECASE)
_SYLLABLE = r"(?:[bcdfghjklmnpqrstwxyz]|ch|sh|zh|ts|hs)?[yw]?[aeiou]{1,3}(?:ng|[nmkplhr])?"
_TWO_SYLLABLES = re.compile(rf"(?=[A-Z])(?i:{_SYLLABLE})-(?-i:{_SYLLABLE})\Z")
_SECOND_OF_COMPOUNDS = frozenset({"up", "on", "out"})
_FAMILY_SYLLABLE = re.compile(rf"(?=[A-Z])(?i:{_SYLLABLE})\Z")
MAX_HEADLINE = 60
"""Most capitals in a row that are read as one headline; what is longer is no headline and is left alone."""
MAX_NAME = 7
"""Most tokens in a name, particles included; a longer run of capitals is no name."""


def _capital(token: str) -> bool:
    return token[0].isupper() or (len(token) > 3 and ARTICLED.match(token) is not None)


def segments(block: Block, known: Knowledge, small: set[str]) -> Iterator[tuple[int, int, bool]]:
    tokens, _flags = block.tokens, block.flags
    size = len(tokens)
    at = 0
    while at < size:
        token = tokens[at]
        if not _capital(token) or not _opens(block, at):
            at += 1
            continue
        end = at + 1
        while end < size and end - at < MAX_HEADLINE:
            nxt = tokens[end]
            if _capital(nxt):
                if not _continues(block, at, end, known):
                    break
                end += 1
            elif nxt in PARTICLES and _after_particles(block, end):
                end = _after_particles(block, end) + 1
            elif nxt in _QUOTED and _after_nickname(block, at, end):
                end = _after_nickname(block, at, end)
            else:
                break
        start = at
        end = _before_repeat(block, start, end)
        loud = block.shouting
        if end - start >= 3 and all(t.isupper() and len(t) > 1 for t in tokens[start:end]):
            loud = True
        if not loud:
            end = _behind_known(block, start, end, known)
            start = _trimmed(block, start, end, known, small)
            if start and tokens[start - 1] in _LEADING_PARTICLES and end - start <= 2:
                start -= 1
            if end < size - 1 and tokens[end] == "," and tokens[end + 1] in ("Jr.", "Sr.", "Jr"):
                end += 2
            if end - start <= MAX_NAME and start < end:
                yield start, end, False
        else:
            yield start, min(end, start + MAX_HEADLINE), True
        at = max(end, at + 1)


def _after_nickname(block: Block, start: int, at: int) -> int:
    """The token behind a nickname in quotation marks that stands inside a name (Luiz "Lula" da Silva), else 0."""
    tokens, flags = block.tokens, block.flags
    if at + 3 >= len(tokens) or tokens[at + 2] not in _QUOTED or not tokens[at + 1][0].isupper():
        return 0
    behind = tokens[at + 3]
    named = (_capital(behind) and not flags[at + 3] & _BLOCKING) or (
        behind in PARTICLES and _after_particles(block, at + 3)
    )
    return at + 3 if named and not flags[start] & _BLOCKING else 0


def _behind_known(block: Block, start: int, end: int, known: Knowledge) -> int:
    """Cut a run behind the full name of an office holder that it begins with; what follows is glued to it.

    Some are known by their title and one name: "Pope Francis Crowds cheer" begins with the whole of it.
    """
    tokens = block.tokens
    begins = [start, start - 1] if start and block.flags[start - 1] & int(Word.LEADER) else [start]
    for at in range(start + 1, min(end, start + MAX_NAME)):
        rest = tokens[at]
        if rest in _SUFFIXES or rest.lower() in PARTICLES or "-" in rest:
            continue
        for first in begins:
            if at - first < 2 or full_key(" ".join(tokens[first:at])) not in known.full:
                continue
            if full_key(" ".join(tokens[first : at + 1])) not in known.full:
                return at
    return end


def _before_repeat(block: Block, start: int, end: int) -> int:
    """Cut a run behind a name that is written twice in a row ("Rand Paul Randal Howard Paul")."""
    turned = end - start > 2 and block.flags[start + 1] & GIVEN and not block.flags[start] & GIVEN
    if turned and block.tokens[start] in block.tokens[start + 2 : min(end, start + 2 * MAX_NAME)]:
        return start + 1  # "Obama Barack Hussein Obama": the second is the name written out
    for at in range(start + 1, min(end - 1, start + 2 * MAX_NAME)):
        if len(block.tokens[at]) > 2 and block.tokens[at] in block.tokens[at + 1 : min(end, at + 2 * MAX_NAME)]:
            return at + 1
    return end


def _opens(block: Block, at: int) -> bool:
    """Whether a name can begin at a token."""
    token, flag = block.tokens[at], block.flags[at]
    if len(token) > MAX_TOKEN or (len(token) > 2 and token[1] in "-–" and token[0] in "RDI"):
        return False
    low = token.lower()
    nxt = block.tokens[at + 1] if at + 1 < len(block.tokens) else ""
    next_flag = block.flags[at + 1] if nxt else 0
    named_next = (
        bool(nxt)
        and _capital(nxt)
        and not next_flag & _BLOCKING
        and not (nxt.isupper() and len(nxt) > 1 and not block.shouting)
    )
    if token.endswith(".") and len(token) > 2 and token[1] != ".":
        return False
    if len(token) == 2 and token[1] == ".":
        if at and block.end(at - 1) == block.starts[at] and block.tokens[at - 1][-1] in ".)":
            return False  # "(C.N) Citigroup"
        return named_next or (len(nxt) == 2 and nxt[1] == ".")
    if "." in token:
        return named_next and not flag & PLACE
    if len(token) == 1:
        return False
    if token.isupper() and not block.shouting:
        run = _capitals_run(block, at)
        if run >= 3:
            return not flag & _FUNCTION
        return len(token) == 2 and named_next and not flag & _BLOCKING
    if low in _DESCENT:
        return named_next or (bool(nxt) and next_flag & GIVEN != 0)
    if "-" in token and not all(p[:1].isupper() or p.lower() in PARTICLES for p in re.split("[-‐‑]", token)):
        return ARTICLED.match(token) is not None
    if flag & _BLOCKING:
        if flag & int(Word.HONORIFIC | Word.SPEECH) and not flag & GIVEN:
            return False
        if flag & GIVEN and not flag & _FUNCTION:
            return named_next or (bool(nxt) and bool(next_flag & COMMON) and nxt[0].isupper())
        if flag & PLACE and not flag & int(Word.ORGANISATION | Word.BODY) and named_next and _titled(block, at):
            return True  # "Mayor London Breed"
        if flag & int(Word.LEADER) and named_next:
            return False  # "Premiers Prince Norodom Ranariddh"
        return bool(flag & COMMON) and not flag & _FUNCTION and _titled(block, at)
    return True


def _titled(block: Block, at: int) -> bool:
    """Whether a title or form of address stands right before a token ("Mr. King")."""
    return (
        at > 0 and bool(block.flags[at - 1] & int(Word.HONORIFIC | Word.LEADER)) and block.tokens[at - 1][0].isupper()
    )


def _capitals_run(block: Block, at: int) -> int:
    """How many tokens in a row are all capitals around a token."""
    tokens = block.tokens
    first = at
    while first and tokens[first - 1].isupper() and tokens[first - 1].isalpha() and at - first < 4:
        first -= 1
    last = at
    while last < len(tokens) and tokens[last].isupper() and tokens[last].replace("-", "").isalpha() and last - at < 4:
        last += 1
    return last - first


def _continues(block: Block, start: int, at: int, known: Knowledge) -> bool:
    """Whether a name that began at ``start`` goes on with the capital at ``at``."""
    tokens, flags = block.tokens, block.flags
    token, flag = tokens[at], flags[at]
    gap = block.starts[at] - block.end(at - 1)
    if len(token) > MAX_TOKEN or gap > 2 or (gap == 0 and tokens[at - 1][-1].isalpha()):
        return False  # too far away, or glued on in scraping
    if token in _SUFFIXES:
        return len(token) > 1 or bool(flags[at - 1] & GIVEN)
    if len(token) == 2 and token[1] == ".":
        return at + 1 < len(tokens) and _capital(tokens[at + 1])
    if token.endswith(".") and len(token) > 2 and token[1] != ".":
        return False
    if token.isupper() and len(token) > 1 and not block.shouting and not tokens[start].isupper():
        return "." in token
    if "-" in token and not all(p[:1].isupper() or p.lower() in PARTICLES for p in re.split("[-‐‑]", token)):
        return ARTICLED.match(token) is not None or given_in_syllables(block, at, known)
    if flag & _BLOCKING:
        if flag & int(Word.FUNCTION | Word.SPEECH) and not flag & (GIVEN | COMMON):
            return False
        if flag & (COMMON | GIVEN):
            return True
        if at - start < MAX_NAME and full_key(" ".join(tokens[start : at + 1])) in known.full:
            return True
        if at == start + 1 and flags[start] & GIVEN and not flag & _NEVER and _person_around(block, start, at):
            return True
        if flag & PLACE and not flag & int(Word.ORGANISATION) and block.country(at) is not None:
            follows = tokens[at + 1] if at + 1 < len(tokens) else ""
            return bool(flags[start] & GIVEN) and at == start + 1 and not (follows and follows[0].isupper())
        return False
    return True


def given_in_syllables(block: Block, at: int, known: Knowledge) -> bool:
    """Whether a token is a given name behind a family name of one syllable, as in Korean and Chinese: "Li Song-ho"."""
    token = block.tokens[at]
    if not at or not _TWO_SYLLABLES.match(token) or not _FAMILY_SYLLABLE.match(block.tokens[at - 1]):
        return False
    second = token.rpartition("-")[2]
    return second not in known.everyday and second not in _SECOND_OF_COMPOUNDS


def _person_around(block: Block, start: int, at: int) -> bool:
    """Whether a title before or a verb of speech behind makes a person of two words: "Rep. Diane Black"."""
    tokens, flags = block.tokens, block.flags
    if at + 1 < len(tokens) and (tokens[at + 1][0].isupper() or flags[at + 1] & int(Word.THING)):
        return False
    if start and flags[start - 1] & int(Word.LEADER | Word.HONORIFIC):
        return True
    return at + 1 < len(tokens) and bool(flags[at + 1] & int(Word.SPEECH)) and not flags[at] & int(Word.THING)


def _after_particles(block: Block, at: int) -> int:
    """The token behind one to three particles that carries a name on, else 0."""
    tokens, flags = block.tokens, block.flags
    last = at
    while last < len(tokens) and tokens[last] in PARTICLES and last - at < 3:
        last += 1
    if last < len(tokens) and tokens[last][0].isupper() and not flags[last] & _BLOCKING and not tokens[last].isupper():
        return last
    if last < len(tokens) and tokens[last][0].isupper() and flags[last] & GIVEN and tokens[at] in ("bin", "ibn", "al"):
        return last
    return 0


def _trimmed(block: Block, start: int, end: int, known: Knowledge, small: set[str]) -> int:
    """Drop words that opened a sentence, or stand behind "of" in a title, from the front of a name."""
    tokens, flags = block.tokens, block.flags
    if end - start >= 2:
        low = tokens[start].lower()
        opens_sentence = start == 0 or tokens[start - 1] in SENTENCE_ENDS
        everyday = low in known.everyday or low in small
        if opens_sentence and not flags[start] & GIVEN and everyday:
            return start + 1
    if end - start >= 3 and start and tokens[start - 1] in ("of", "the") and not flags[start] & GIVEN:
        for at in range(start + 1, end - 1):
            if flags[at] & GIVEN:
                return at
    return start
