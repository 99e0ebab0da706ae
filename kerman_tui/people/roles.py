"""What a title says: the tokens of one in, a ``Role`` with country, vote and an even label out."""

from __future__ import annotations

from dataclasses import dataclass

from kerman_tui.people.blocks import Block
from kerman_tui.people.knowledge import knowledge
from kerman_tui.people.words import Word

HEAD = int(Word.LEADER | Word.PLAIN)
LEADER = int(Word.LEADER)
HONORIFIC = int(Word.HONORIFIC)
RANK = int(Word.RANK)
PLURAL = int(Word.PLURAL)


@dataclass(frozen=True, slots=True)
class Role:
    """What a title says. ``vote``: 1 makes a leader, -1 makes none, 0 says nothing; ``heads`` are its head nouns."""

    text: str
    country: str | None
    vote: int
    heads: tuple[str, ...]
    plural: bool = False
    countries: tuple[str, ...] = ()
    start: int = 0
    """Index of the first token of a title in front."""
    tied: bool = False
    """The name would stand behind what the office is of ("President of Serbia" NAME)."""
    rank_only: bool = False
    """Only a rank or form of address ("Gen.", "Mr")."""


_SMALL = frozenset("of for to at in on and the".split())
_DROPPED = frozenset("late then then- current longtime long-time veteran top new incoming newly fellow".split())
_SPELT_OUT = {
    "sen.": "Senator", "rep.": "Representative", "gov.": "Governor", "gen.": "General", "gen": "General",
    "lt.": "Lieutenant", "col.": "Colonel", "maj.": "Major", "adm.": "Admiral", "amb.": "Ambassador",
    "capt.": "Captain", "cmdr.": "Commander", "sec.": "Secretary", "pres.": "President", "brig.": "Brigadier",
    "dept.": "Department", "pm": "Prime Minister", "fm": "Foreign Minister", "mp": "MP", "ceo": "CEO",
}  # fmt: skip
OF_STATE = frozenset(
    "president premier minister chancellor king queen emir amir sultan emperor monarch ambassador envoy ministers "
    "presidents leader secretary speaker prince diplomat fm pm".split()
)
"""Heads of office that go with a country by "of"."""


def make_role(block: Block, first: int, last: int, *, start: int) -> Role:
    """Make a role of the tokens from ``first`` up to ``last``: its country, its vote, and its words in order."""
    flags, tokens = block.flags, block.tokens
    known = knowledge()
    countries: list[str] = []
    words: list[str] = []
    whole: list[str] = []
    heads: list[str] = []
    plural = ranked = civil = moved = False
    last = _without_rank(block, first, last)
    at = first
    while at < last:
        token, flag = tokens[at], flags[at]
        place = block.places.get(at)
        if place and token[0].isupper():
            text = " ".join(tokens[at : at + place[0]])
            if place[1] and place[1] not in countries:
                countries.append(place[1])
            whole.append(text)
            if text.lower() in known.country_words and "of" not in words:
                moved = True
            else:
                words.append(text)
            at += place[0]
            continue
        low = token.lower()
        if flag & HEAD:
            heads.append(low)
            civil = True
            plural = plural or bool(flag & PLURAL)
        elif flag & RANK:
            ranked = True
            heads.append(low)
        elif flag & HONORIFIC:
            at += 1
            continue
        words.append(token)
        whole.append(token)
        at += 1
    vote = _vote(block, first, last, bool(countries)) if civil else int(ranked)
    country = countries[0] if countries else None
    text = _label(words, whole, country, heads) if moved else _joined(words)
    return Role(
        text, countries[0] if countries else None, vote, tuple(heads), plural, tuple(countries), start, not civil
    )


_GENERALS = frozenset(
    "attorney secretary director inspector solicitor surgeon governor consul auditor prosecutor".split()
)
"""Offices whose second word is no rank: "Attorney General"."""


def _without_rank(block: Block, first: int, last: int) -> int:
    """Where a title ends when ranks behind an office are left off: "Defence Minister Brigadier General"."""
    flags, tokens = block.flags, block.tokens
    end = last
    while end - 1 > first and flags[end - 1] & (RANK | HONORIFIC) and tokens[end - 2].lower() not in _GENERALS:
        end -= 1
    office = any(flags[at] & HEAD and not flags[at] & RANK for at in range(first, end))
    return end if office else last


def _vote(block: Block, first: int, last: int, has_country: bool) -> int:
    """1 where the main head is a leader's, -1 where it is not; the last head before a tie is the main one."""
    flags, tokens = block.flags, block.tokens
    known = knowledge()
    compounds = known.compounds
    decided = 0
    tied = vice = named = False
    previous = noun = ""
    for at in range(first, last):
        low = tokens[at].lower()
        if low in ("of", "for", "to", "at", "the"):
            tied = tied or (decided != 0 and low != "the")
            continue
        pair = compounds.get((previous, low), compounds.get((noun, low)))
        if pair is not None and (pair <= 0 or decided != 0 or not tied):
            return pair
        if not tied and flags[at] & HEAD:
            noun = low
            if flags[at] & LEADER:
                decided = 1
                vice = low == "president" and previous == "vice"
            else:
                decided = -1
        named = named or not flags[at]
        if flags[at] or not tokens[at][0].isupper():
            previous = low
    if noun == "member" and tied and not any(tokens[at].lower() in known.bodies for at in range(first, last)):
        return 0
    # a company has many vice presidents, a country one
    return 0 if vice and decided > 0 and (tied or named) and not has_country else decided


def _joined(words: list[str]) -> str:
    """Words of a title as a label: capitals, short forms spelt out, without what is of the day ("new", "late")."""
    kept: list[str] = []
    for word in words:
        low = word.lower()
        if word in ("'s", "’s", ",", "-") or low in _DROPPED:
            continue
        spelt = _SPELT_OUT.get(low)
        kept.append(spelt or (low if low in _SMALL else word.capitalize() if word.islower() else word))
    while kept and kept[0] in _SMALL:
        kept.pop(0)
    while kept and kept[-1] in _SMALL:
        kept.pop()
    return " ".join(kept)


def _label(words: list[str], whole: list[str], country: str | None, heads: list[str]) -> str:
    """A title with its country, made even: "Iranian President" and "president of Iran" read alike."""
    label = _joined(words)
    name = knowledge().country_names.get(country or "", "")
    if label and name and name not in label and heads and heads[-1] in OF_STATE and " of " not in label:
        return f"{label} of {name}"
    return _joined(whole)


def singular(head: str) -> str:
    """A plural title for one bearer: "presidents" gives "President"."""
    irregular = {
        "congressmen": "congressman",
        "secretaries": "secretary",
        "sens.": "Senator",
        "reps.": "Representative",
        "govs.": "Governor",
        "mps": "MP",
    }
    word = irregular.get(head.lower(), head[:-1] if head.endswith("s") else head)
    return word[:1].upper() + word[1:]


def of_country(label: str, country: str | None) -> str:
    """A title with its country: ("President", "TR") gives "President of Turkey"."""
    name = knowledge().country_names.get(country or "")
    return f"{label} of {name}" if name else label
