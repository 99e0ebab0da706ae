"""Names that a block may hold: a ``Block`` in, candidates with the evidence for each out, in one pass over its capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kerman_tui.model import Mention
from kerman_tui.people import titles
from kerman_tui.people.blocks import MAX_TOKEN, SENTENCE_ENDS, Block
from kerman_tui.people.knowledge import Knowledge, Word
from kerman_tui.people.names import PARTICLES, full_key, name_parts
from kerman_tui.people.titles import Role

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
_GIVEN = int(Word.GIVEN)
_COMMON = int(Word.COMMON)
_PLACE = int(Word.PLACE)
_THING = int(Word.THING)
_SPEECH = int(Word.SPEECH)
_FUNCTION = int(Word.FUNCTION | Word.CALENDAR)

_BINDING = int(Word.FUNCTION | Word.LINK | Word.SPEECH)

_LEADING_PARTICLES = frozenset("al el bin ibn bint van von".split())
_DESCENT = frozenset("seyyed sayyed sayyid seyed syed sayed".split())
_SUFFIXES = frozenset("Jr. Sr. Jr Sr JR. I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI".split())
_BYLINES = re.compile(r"\((?:[A-Z][a-z]+ ){0,3}?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled)\b[^()]{0,400}\)?")
"""A contributor line of an agency: whom it names makes no news."""
_THING_BEFORE = frozenset(
    "hurricane fort lake port camp mount cape san santa st. saint los las tropical storm typhoon cyclone operation uss hms team real cafe hotel north south east west".split()
)
_ARTICLED = re.compile(r"(?:al|el|ad|ar|as|ash|at|az|an|ul|d|l|o)[-'’‐][A-ZÀ-Þ]", re.IGNORECASE)
_AGE = re.compile(r",? \(?\d\d\)?[,)]")
MAX_NAME = 7
"""Most tokens in a name, particles included; a longer run of capitals is no name."""


@dataclass(slots=True)
class Candidate:
    """A possible name. ``score`` adds up evidence."""

    name: str
    parts: tuple[str, ...]
    key: str
    mention: Mention
    at: tuple[int, int]
    score: float
    role: Role | None = None
    role_after: Role | None = None
    flags: int = 0
    given: bool = False
    speaks: bool = False
    lowered: bool = False
    """The word is also written in lower case here."""
    place: bool = False
    after_article: bool = False


@dataclass(slots=True)
class LoudRun:
    """A run of capitals in a headline: tokens ``start`` to ``end`` of a block, in which names may stand anywhere."""

    block: Block
    start: int
    end: int


def candidates(
    block: Block, known: Knowledge, small: set[str], vocabulary: frozenset[str]
) -> Iterator[Candidate | LoudRun]:
    """Yield the names that may stand in a block, in order, without overlap; runs of headlines as they are."""
    bylines = (
        [m.span() for m in _BYLINES.finditer(block.text)] if "eporting" in block.text or "diting" in block.text else []
    )
    carried: Role | None = None
    carried_end = -1
    carried_count = 0
    for start, end, loud in _segments(block, known, small, vocabulary):
        if bylines and any(a <= block.starts[start] < b for a, b in bylines):
            continue
        if loud:
            yield LoudRun(block, start, end)
            continue
        role = titles.before(block, start)
        if role is None and carried is not None and _joined(block, carried_end, start):
            carried_count += 1
            role = _share(carried, carried_count)
        elif role is not None and role.plural:
            carried, carried_count = role, 0
            role = _share(role, 0)
        else:
            carried = None
        carried_end = end
        candidate = weigh(block, start, end, role, known, small, vocabulary)
        if candidate is not None:
            yield candidate


def _share(role: Role, index: int) -> Role:
    """The part of a plural title that falls to the name at ``index``: "Iran and Turkey Presidents" gives one each."""
    country = role.countries[index] if len(role.countries) > 1 and index < len(role.countries) else role.country
    head = titles.singular(role.heads[-1]) if role.heads else role.text
    text = titles.of_country(head, country)
    return Role(text, country, role.vote, (head.lower(),), False, (country,) if country else (), role.start, False)


def _joined(block: Block, end: int, start: int) -> bool:
    """Whether only "and", commas and party tags stand between two names."""
    between = block.tokens[end:start]
    return (
        len(between) <= 8
        and bool(between)
        and (between[-1] in ("and", ",", "&"))
        and all(t in (",", "and", "&", "(", ")", "-", "–", ".") or t[0].isupper() for t in between)
    )


def _capital(token: str) -> bool:
    return token[0].isupper() or (len(token) > 3 and _ARTICLED.match(token) is not None)


def _segments(
    block: Block, known: Knowledge, small: set[str], vocabulary: frozenset[str]
) -> Iterator[tuple[int, int, bool]]:
    tokens, flags = block.tokens, block.flags
    size = len(tokens)
    at = 0
    while at < size:
        token = tokens[at]
        if not _capital(token) or not _opens(block, at):
            at += 1
            continue
        end = at + 1
        while end < size:
            nxt = tokens[end]
            if _capital(nxt):
                if not _continues(block, at, end):
                    break
                end += 1
            elif nxt in PARTICLES and _after_particles(block, end):
                end = _after_particles(block, end) + 1
            else:
                break
        start = at
        end = _before_repeat(block, start, end)
        loud = block.shouting
        if end - start >= 3 and all(t.isupper() and len(t) > 1 for t in tokens[start:end]):
            loud = True
        if not loud:
            start = _trimmed(block, start, end, small, vocabulary)
            if start and tokens[start - 1] in _LEADING_PARTICLES and end - start <= 2:
                start -= 1
            if end < size - 1 and tokens[end] == "," and tokens[end + 1] in ("Jr.", "Sr.", "Jr"):
                end += 2
            if end - start <= MAX_NAME and start < end:
                yield start, end, False
        else:
            yield start, end, True
        at = max(end, at + 1)


def _before_repeat(block: Block, start: int, end: int) -> int:
    """Cut a run behind a name that is written twice in a row ("Rand Paul Randal Howard Paul" is one name and its long form)."""
    for at in range(start + 1, end - 1):
        if len(block.tokens[at]) > 2 and block.tokens[at] in block.tokens[at + 1 : end]:
            return at + 1
    return end


def _opens(block: Block, at: int) -> bool:
    """Whether a name can begin at a token."""
    token, flag = block.tokens[at], block.flags[at]
    if len(token) > MAX_TOKEN:
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
    if token.endswith(".") and len(token) > 2 and not token[1] == ".":
        return False
    if len(token) == 2 and token[1] == ".":
        return named_next or (len(nxt) == 2 and nxt[1] == ".")
    if "." in token:
        return named_next and not flag & _PLACE
    if len(token) == 1:
        return False
    if token.isupper() and not block.shouting:
        run = _capitals_run(block, at)
        if run >= 3:
            return not flag & _FUNCTION
        return len(token) == 2 and named_next and not flag & _BLOCKING
    if low in _DESCENT:
        return named_next or (bool(nxt) and next_flag & _GIVEN != 0)
    if "-" in token and not all(p[:1].isupper() or p.lower() in PARTICLES for p in re.split("[-‐‑]", token)):
        return _ARTICLED.match(token) is not None
    if flag & _BLOCKING:
        if flag & int(Word.HONORIFIC | Word.SPEECH) and not flag & _GIVEN:
            return False
        if flag & _GIVEN and not flag & _FUNCTION:
            return named_next or (bool(nxt) and bool(next_flag & _COMMON) and nxt[0].isupper())
        return bool(flag & _COMMON) and not flag & _FUNCTION and _titled(block, at)
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


def _continues(block: Block, start: int, at: int) -> bool:
    """Whether a name that began at ``start`` goes on with the capital at ``at``."""
    tokens, flags = block.tokens, block.flags
    token, flag = tokens[at], flags[at]
    low = token.lower()
    if len(token) > MAX_TOKEN or block.starts[at] - block.end(at - 1) > 2:
        return False
    if token in _SUFFIXES:
        return len(token) > 1 or bool(flags[at - 1] & _GIVEN)
    if len(token) == 2 and token[1] == ".":
        return at + 1 < len(tokens) and _capital(tokens[at + 1])
    if token.endswith(".") and len(token) > 2 and token[1] != ".":
        return False
    if token.isupper() and len(token) > 1 and not block.shouting and not tokens[start].isupper():
        return "." in token
    if "-" in token and not all(p[:1].isupper() or p.lower() in PARTICLES for p in re.split("[-‐‑]", token)):
        return _ARTICLED.match(token) is not None
    if flag & _BLOCKING:
        if flag & int(Word.FUNCTION | Word.SPEECH) and not flag & (_GIVEN | _COMMON):
            return False
        if flag & _COMMON or flag & _GIVEN:
            return True
        if flag & _PLACE and not flag & int(Word.ORGANISATION) and block.country(at) is not None:
            follows = tokens[at + 1] if at + 1 < len(tokens) else ""
            return bool(flags[start] & _GIVEN) and at == start + 1 and not (follows and follows[0].isupper())
        return False
    return True


def _after_particles(block: Block, at: int) -> int:
    """The token behind one to three particles that carries a name on, else 0."""
    tokens, flags = block.tokens, block.flags
    last = at
    while last < len(tokens) and tokens[last] in PARTICLES and last - at < 3:
        last += 1
    if last < len(tokens) and tokens[last][0].isupper() and not flags[last] & _BLOCKING and not tokens[last].isupper():
        return last
    if last < len(tokens) and tokens[last][0].isupper() and flags[last] & _GIVEN and tokens[at] in ("bin", "ibn", "al"):
        return last
    return 0


def _trimmed(block: Block, start: int, end: int, small: set[str], vocabulary: frozenset[str]) -> int:
    """Drop words that opened a sentence, or stand behind "of" in a title, from the front of a name."""
    tokens, flags = block.tokens, block.flags
    if end - start >= 2:
        low = tokens[start].lower()
        opens_sentence = start == 0 or tokens[start - 1] in SENTENCE_ENDS
        if opens_sentence and not flags[start] & _GIVEN and (low in small or low in vocabulary):
            return start + 1
    if end - start >= 3 and start and tokens[start - 1] in ("of", "the") and not flags[start] & _GIVEN:
        for at in range(start + 1, end - 1):
            if flags[at] & _GIVEN:
                return at
    return start


def weigh(
    block: Block, start: int, end: int, role: Role | None, known: Knowledge, small: set[str], vocabulary: frozenset[str]
) -> Candidate | None:
    """The candidate of tokens ``start`` to ``end`` with its evidence; ``None`` where they cannot be a name."""
    tokens, flags = block.tokens, block.flags
    offset, stop = block.starts[start], block.end(end - 1)
    text = block.text[offset:stop]
    name = " ".join(text.split())
    if block.shouting and name.isupper():
        name = name.title()
    parts = name_parts(name)
    if not parts or sum(map(len, parts)) < 2 or not any(c.isalpha() for c in name):
        return None
    following = flags[end] if end < len(tokens) else 0
    if following & _THING and tokens[end][0].isupper() and not block.shouting:
        return None
    before = tokens[start - 1].lower() if start else ""
    if before in _THING_BEFORE and tokens[start - 1][0].isupper():
        return None
    role_after = None if block.shouting else titles.after(block, end)
    key = full_key(name)
    last_flag = flags[end - 1]
    candidate = Candidate(
        name,
        parts,
        key,
        Mention(block.paragraph, offset, stop, text),
        (-1 if block.paragraph is None else block.paragraph, offset),
        0.0,
        role,
        role_after,
        last_flag if len(parts) == 1 else flags[start],
    )
    candidate.given = bool(flags[start] & _GIVEN)
    modifies = end < len(tokens) and tokens[end].islower() and not following & _BINDING
    candidate.after_article = before in ("the", "a", "an") and not modifies
    candidate.place = bool(last_flag & _PLACE) or (before in ("in", "at", "near", "from") and role is None)
    candidate.speaks = bool(following & _SPEECH) or bool(start and flags[start - 1] & _SPEECH)
    if len(parts) == 1:
        low = tokens[end - 1].lower()
        candidate.lowered = (low in small or low in vocabulary) and not last_flag & int(Word.GIVEN)
        return candidate
    candidate.score = _evidence(block, start, end, candidate, known, small, vocabulary)
    return candidate


def _evidence(
    block: Block, start: int, end: int, c: Candidate, known: Knowledge, small: set[str], vocabulary: frozenset[str]
) -> float:
    tokens, flags = block.tokens, block.flags
    score = 0.0
    if c.role is not None:
        score += 3
    if c.role_after is not None:
        score += 2
    if flags[start] & _GIVEN:
        score += 2
    elif any(flags[at] & _GIVEN for at in range(start + 1, end)):
        score += 1
    if any(len(t) == 2 and t[1] == "." for t in tokens[start:end]):
        score += 1.5
    if any(t in PARTICLES or _ARTICLED.match(t) for t in tokens[start:end]):
        score += 1
    if c.speaks:
        score += 1.5
    if _AGE.match(block.text, c.mention.end):
        score += 2
    if flags[end - 1] & _COMMON or full_key(tokens[end - 1]) in known.families or (len(tokens[end - 1]) > 4 and tokens[end - 1].lower().endswith(known.endings)):
        score += 1
    for at in range(start, end):
        low = tokens[at].lower()
        if not flags[at] & (_GIVEN | _COMMON) and (low in small or low in vocabulary) and low not in PARTICLES:
            score -= 2
    if start and tokens[start - 1].lower() in ("the", "a", "an"):
        score -= 2
    if c.place and not flags[start] & _GIVEN:
        score -= 1
    if end - start > 4 and not c.role:
        score -= 1
    return score
