"""Names that a block may hold: a ``Block`` in, candidates with the evidence for each out, in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kerman_tui.model import Mention
from kerman_tui.people import runs, titles
from kerman_tui.people.blocks import Block
from kerman_tui.people.knowledge import Knowledge
from kerman_tui.people.names import PARTICLES, full_key, name_parts
from kerman_tui.people.roles import Role, of_country, singular
from kerman_tui.people.words import Word

_THING = int(Word.THING)
_SPEECH = int(Word.SPEECH)
_TITLE_WORDS = int(Word.LEADER | Word.PLAIN | Word.ORGANISATION | Word.PORTFOLIO | Word.THING)
_BINDING = int(Word.FUNCTION | Word.LINK | Word.SPEECH)
_BYLINES = re.compile(r"\((?:[A-Z][a-z]+ ){0,3}?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled)\b[^()]{0,400}\)?")
"""A contributor line of an agency: whom it names makes no news."""

_THING_BEFORE = frozenset(
    "hurricane fort lake port camp mount cape san santa st. saint los las tropical storm typhoon cyclone operation "
    "uss hms team real cafe hotel north south east west".split()
)
_PRECEDENTS = frozenset("decision ruling precedent doctrine".split())
"""What a court leaves under the name of a party: "the Heller decision"."""
_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
"""Letters beyond Latin: the grammar of names and titles is of English, so only known names are read in them."""
_CUT_OFF = re.compile(r" (?:[A-WYZ]|(?:[A-Z]\.){2,})\Z")
"""A name that breaks off at its initials ("George H.W."); "Malcolm X" does not."""
_BRAND = re.compile(r"(?!(?:Mc|Mac|De|Di|Du|La|Le|Van|Fitz|Del|St))(?:[A-Z]\w*[A-Z][a-z]|[A-Z][a-z]+[A-Z])")
"""A lone word with capitals inside: PayPal, JPMorgan."""
_TICKER = re.compile(r"\s?\(\s?[A-Z]{1,5}[a-z]?\.[A-Z]{1,2}\s?\)")
"""What the wires put behind the name of a firm: Cisco (CSCO.O)."""
_AGE = re.compile(r" ?,? \(? ?\d\d ?\)? ?[,)]")


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
    thing: bool = False
    """Part of the name of a thing: "Milad Tower", "Cesar Chavez School"."""
    after_article: bool = False


@dataclass(slots=True)
class LoudRun:
    """A run of capitals in a headline: tokens ``start`` to ``end`` of a block, in which names may stand anywhere."""

    block: Block
    start: int
    end: int


def candidates(block: Block, known: Knowledge, small: set[str]) -> Iterator[Candidate | LoudRun]:
    """Yield the names that may stand in a block, in order, without overlap; runs of headlines as they are."""
    bylines = (
        [m.span() for m in _BYLINES.finditer(block.text)] if "eporting" in block.text or "diting" in block.text else []
    )
    carried: Role | None = None
    carried_end = -1
    carried_count = 0
    for start, end, loud in runs.segments(block, known, small):
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
        candidate = weigh(block, start, end, role, known, small)
        if candidate is not None:
            yield candidate


def _share(role: Role, index: int) -> Role:
    """The part of a plural title that falls to the name at ``index``: "Iran and Turkey Presidents" gives one each."""
    country = role.countries[index] if len(role.countries) > 1 and index < len(role.countries) else role.country
    head = singular(role.heads[-1]) if role.heads else role.text
    text = of_country(head, country)
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


def weigh(block: Block, start: int, end: int, role: Role | None, known: Knowledge, small: set[str]) -> Candidate | None:
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
    if len(parts) > 1 and _CUT_OFF.search(name):
        return None
    if len(parts) == 1 and _BRAND.match(name) and parts[0] not in known.families:
        return None
    following = flags[end] if end < len(tokens) else 0
    thing = not block.shouting and (_names_a_thing(block, end, len(parts)) or bool(_TICKER.match(block.text, stop)))
    before = tokens[start - 1].lower() if start else ""
    if before in _THING_BEFORE and tokens[start - 1][0].isupper():
        return None
    key = full_key(name)
    if _OTHER_SCRIPT.search(name) and key not in known.full:
        return None
    role_after = None if block.shouting else titles.after(block, end)
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
    candidate.thing = thing or (before == "the" and end < len(tokens) and tokens[end] in _PRECEDENTS)
    candidate.given = bool(flags[start] & runs.GIVEN)
    modifies = end < len(tokens) and tokens[end].islower() and not following & _BINDING
    candidate.after_article = before in ("the", "a", "an") and not modifies
    candidate.place = bool(last_flag & runs.PLACE) or (before in ("in", "at", "near", "from") and role is None)
    candidate.speaks = bool(following & _SPEECH) or bool(start and flags[start - 1] & _SPEECH)
    if len(parts) == 1:
        low = tokens[end - 1].lower()
        everyday = low in known.everyday and not last_flag & runs.COMMON
        candidate.lowered = (everyday or low in small) and not last_flag & runs.GIVEN
        if role is not None and _title_goes_on(block, end, role.tied and key not in known.families):
            candidate.role = None
        return candidate
    candidate.score = _evidence(block, start, end, candidate, known, small)
    return candidate


def _names_a_thing(block: Block, end: int, parts: int) -> bool:
    """Whether a name is the first part of a thing's ("Milad Tower", "Cesar Chavez Elementary School")."""
    for at in range(end, min(end + min(parts, 2), len(block.tokens))):
        if not block.tokens[at][0].isupper():
            return False
        if block.flags[at] & _THING:
            return True
    return False


def _title_goes_on(block: Block, end: int, tied: bool) -> bool:
    """Whether what looks like a lone name is part of a title: "Chief Operating Officer"."""
    if end < len(block.tokens) and block.tokens[end][0].isupper() and block.flags[end] & _TITLE_WORDS:
        return True
    return tied


def _evidence(block: Block, start: int, end: int, c: Candidate, known: Knowledge, small: set[str]) -> float:
    tokens, flags = block.tokens, block.flags
    score = 0.0
    if c.role is not None:
        score += 3
    if c.role_after is not None:
        score += 2
    if flags[start] & runs.GIVEN:
        score += 2
    elif any(flags[at] & runs.GIVEN for at in range(start + 1, end)):
        score += 1
    if any(len(t) == 2 and t[1] == "." for t in tokens[start:end]):
        score += 1.5
    if any(t in PARTICLES or runs.ARTICLED.match(t) for t in tokens[start:end]):
        score += 1
    if end - start == 2 and runs.given_in_syllables(block, end - 1, known):
        score += 2
    if c.speaks:
        score += 1.5
    if _AGE.match(block.text, c.mention.end):
        score += 2
    if (
        flags[end - 1] & runs.COMMON
        or full_key(tokens[end - 1]) in known.families
        or (len(tokens[end - 1]) > 4 and tokens[end - 1].lower().endswith(known.endings))
    ):
        score += 1
    for at in range(start, end):
        low = tokens[at].lower()
        if flags[at] & (runs.GIVEN | runs.COMMON) or low in PARTICLES:
            continue
        if low in known.everyday or low in small:
            score -= 1 if flags[start] & runs.GIVEN else 2
    if start and tokens[start - 1].lower() in ("the", "a", "an"):
        score -= 2
    if c.place and not flags[start] & runs.GIVEN:
        score -= 1
    if end - start > 4 and not c.role:
        score -= 1
    return score
