"""The grammar of titles: a name's place in a block in, the role that the words around it give their bearer out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kerman_tui.people.blocks import Block
from kerman_tui.people.knowledge import Word, knowledge

HEAD = int(Word.LEADER | Word.PLAIN)
LEADER = int(Word.LEADER)
PLAIN = int(Word.PLAIN)
HONORIFIC = int(Word.HONORIFIC)
RANK = int(Word.RANK)
AROUND = int(Word.MODIFIER | Word.PORTFOLIO)
PLACE = int(Word.PLACE)
ORGANISATION = int(Word.ORGANISATION)
FUNCTION = int(Word.FUNCTION)
CALENDAR = int(Word.CALENDAR)
PLURAL = int(Word.PLURAL)
SPEECH = int(Word.SPEECH)

_REACH = 14
"""How many tokens a title may be long."""

_DETERMINERS = frozenset("the a an his her its their our my".split())
_TIES = frozenset("of for to at in on and the & from with".split())


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
    rank_only: bool = False
    """Only a rank or form of address ("Gen.", "Mr")."""


def before(block: Block, name: int) -> Role | None:
    """The title in front of the name that starts at token ``name``: "Pakistani caretaker Foreign Minister" NAME."""
    flags, tokens = block.flags, block.tokens
    at = name - 1
    honorifics: list[int] = []
    while at >= 0 and flags[at] & HONORIFIC and not (flags[at] & HEAD and not honorifics and not flags[at] & RANK):
        honorifics.append(at)
        at -= 1
    if at >= 0 and flags[at] & HEAD:
        return _read_left(block, at, name, tied=False)
    if at >= 0 and (honorifics or tokens[at][0].isupper()) and tokens[at] not in ".,":
        tied = _head_behind_tie(block, at)
        if tied is not None:
            return _read_left(block, tied, name, tied=True)
    if at >= 1 and tokens[at] == "," and not honorifics:
        return _apposed_before(block, at, name)
    if honorifics:
        first = honorifics[-1]
        ranked = any(flags[h] & RANK for h in honorifics)
        if ranked:
            role = _read_left(block, first, name, tied=False)
            return role
        return Role(" ".join(tokens[h] for h in reversed(honorifics)), None, 0, (), start=first, rank_only=True)
    return None


def _head_behind_tie(block: Block, at: int) -> int | None:
    """From the last word of "President of Serbia" back to "President"; ``None`` where there is no such title."""
    flags, tokens = block.flags, block.tokens
    seen = 0
    while at >= 0 and seen < 9:
        token = tokens[at]
        if token in ("of", "for", "to", "at"):
            if seen == 0 or at == 0:
                return None
            if flags[at - 1] & HEAD:
                return at - 1
            if not (tokens[at - 1][0].isupper() or flags[at - 1] & AROUND):
                return None
        elif token in ("the", "and", "&") or token[0].isupper() or flags[at] & AROUND:
            if flags[at] & (FUNCTION | CALENDAR) and token not in ("the", "and"):
                return None
        elif token not in ("'s", "’s"):
            return None
        seen += 1
        at -= 1
    return None


def _read_left(block: Block, head: int, name: int, *, tied: bool) -> Role:
    """Read a title whose rightmost head stands at ``head``, leftwards from there, and give the whole of it."""
    flags, tokens = block.flags, block.tokens
    first = head
    at = head - 1
    while at >= 0 and head - at <= _REACH:
        token, flag = tokens[at], flags[at]
        if token in ("'s", "’s", "-", "–", "/"):
            if at and (tokens[at - 1][0].isupper()):
                at -= 1
                continue
            break
        if token in ("and", "&"):
            joined = (
                at
                and flags[at - 1] & (HEAD | AROUND)
                and flags[at + 1] & (AROUND | HEAD)
                and not tokens[at - 1][0].isupper() == (not tokens[at + 1][0].isupper())
            )
            coordinated = at and flags[at - 1] & PLACE and flags[at + 1] & PLACE
            if not (joined or coordinated):
                break
            at -= 1
            continue
        if flag & (HEAD | AROUND | PLACE | HONORIFIC):
            if flag & PLACE and at + 1 < len(tokens) and not tokens[at][0].isupper():
                break
            first = at
        elif (token[0].isupper() and not flag & (FUNCTION | CALENDAR)) or ("-" in token and not flag):
            first = at
        else:
            break
        at -= 1
    last = name
    return _role(block, first, last, start=first)


def _apposed_before(block: Block, comma: int, name: int) -> Role | None:
    """A title that ends in a comma: "his Syrian counterpart, Faisal Mekdad"."""
    flags, tokens = block.flags, block.tokens
    at = comma - 1
    head = None
    while at >= 0 and comma - at <= _REACH:
        token, flag = tokens[at], flags[at]
        if flag & HEAD and not (token[0].isupper() and at and tokens[at - 1] in _TIES):
            head = at
            break
        if not (token in _TIES or token[0].isupper() or flag & AROUND or token in ("'s", "’s")):
            return None
        if flag & (FUNCTION | CALENDAR) and token not in _TIES:
            return None
        at -= 1
    if head is None:
        return None
    first = head
    at = head - 1
    definite = False
    unknown = 0
    while at >= 0 and head - at <= 7:
        token, flag = tokens[at], flags[at]
        low = token.lower()
        if low in _DETERMINERS:
            definite = low not in ("a", "an") or _closed(block, name)
            break
        if token in ("'s", "’s"):
            definite = True
        elif flag & (HEAD | AROUND) or (token[0].isupper() and not flag & FUNCTION):
            first = at
            definite = definite or bool(flag & PLACE)
        elif token.islower() and not flag and unknown < 2:
            unknown += 1
        else:
            break
        at -= 1
    if not definite:
        return None
    return _role(block, first, comma, start=first)


def _closed(block: Block, name: int) -> bool:
    """Whether the name that starts at a token is set off by a comma behind it: "a rocket commander, NAME, who"."""
    at = name
    while at < len(block.tokens) and at - name < 6 and block.tokens[at][0].isupper():
        at += 1
    return block.tokens[at : at + 1] == [","]


def after(block: Block, end: int) -> Role | None:
    """The title behind the name that ends before token ``end``: NAME ", the foreign minister of Iran,"."""
    flags, tokens = block.flags, block.tokens
    if end >= len(tokens):
        return None
    at = end
    token = tokens[at]
    if token in (",", "–", "—", "("):
        party = _party(block, end)
        if party:
            return party
        at += 1
        if at < len(tokens) and tokens[at].isdigit() and at + 1 < len(tokens) and tokens[at + 1] == ",":
            at += 2
        if at < len(tokens) and tokens[at] in ("who", "currently", "now"):
            at += 1
            if at < len(tokens) and tokens[at] in (
                "is",
                "was",
                "served",
                "serves",
                "became",
                "has",
                "had",
                "also",
                "currently",
                "leads",
                "heads",
                "chairs",
            ):
                if tokens[at] in ("leads", "heads", "chairs"):
                    return Role("head", None, 1, ("head",))
                at += 1
            elif tokens[at - 1] == "who":
                return None
            while at < len(tokens) and tokens[at] in ("as", "also", "been", "served", "now", "currently", "serving"):
                at += 1
        elif at < len(tokens) and tokens[at] in ("then", "once", "himself", "herself"):
            at += 1
    elif token in ("is", "was", "became", "remains", "becomes"):
        at += 1
        if at < len(tokens) and tokens[at] in (
            "elected",
            "appointed",
            "named",
            "re-elected",
            "reelected",
            "also",
            "now",
            "chosen",
        ):
            at += 1
        if at < len(tokens) and tokens[at] == "as":
            at += 1
        if at < len(tokens) and tokens[at] not in ("the", "a", "an") and not flags[at] & (HEAD | AROUND):
            return None
    elif token == "will" and tokens[at + 1 : at + 3] == ["serve", "as"]:
        at += 3
    else:
        return None
    return _read_right(block, at, appositive=token in (",", "–", "—", "("))


def _read_right(block: Block, at: int, *, appositive: bool) -> Role | None:
    """Read a title rightwards: an article, words around, the head noun, then what it is tied to."""
    flags, tokens = block.flags, block.tokens
    size = len(tokens)
    determiner = at < size and tokens[at].lower() in _DETERMINERS
    if determiner:
        at += 1
    first = at
    unknown = 0
    head = None
    while at < size and at - first <= 9:
        token, flag = tokens[at], flags[at]
        if flag & HEAD:
            if head is not None and token[0].isupper() and not tokens[head][0].isupper():
                break
            head = at
        elif flag & (AROUND | PLACE):
            if head is not None and (token[0].isupper() and not tokens[head][0].isupper()):
                break
        elif head is not None:
            break
        elif flag & ORGANISATION or token in ("'s", "’s", "-", "'", "’") or (token[0].isupper() and not flag & (FUNCTION | CALENDAR)):
            pass
        elif token[0].isalpha() and not flag & (FUNCTION | SPEECH) and (determiner or "-" in token):
            unknown += 1
            if unknown > 2:
                return None
        else:
            return None
        at += 1
    if head is None:
        return None
    noun = tokens[head]
    if not determiner:
        if noun.endswith("s") and noun.islower() and head == first:
            return None  # "Snowden, officials said"
        if appositive and head == first and noun[0].isupper() and head + 1 < size and tokens[head + 1][0].isupper():
            return None  # "Smith, President Obama's": the title of the next name
    nxt = head + 1
    if nxt < size and tokens[nxt][0].isupper() and not flags[nxt] & (PLACE | ORGANISATION | AROUND | HEAD):
        return None
    last = nxt
    if last < size and tokens[last] in _TIES:
        while last < size and last - nxt < 10:
            token, flag = tokens[last], flags[last]
            thing = last == nxt + 1 and token.islower() and not flag & (FUNCTION | SPEECH)
            if not (token in _TIES or token[0].isupper() or flag & AROUND or thing or token in ("'s", "’s", "-")):
                break
            last += 1
        while last > nxt and (tokens[last - 1] in _TIES or tokens[last - 1] == "-"):
            last -= 1
    return _role(block, first, last, start=first)


_PARTY = re.compile(r"\s*[,(]\s*(?:[RDI]|DFL|(?:Rep|Dem|Ind)\.?)\s?[-–—]\s?([A-Z][A-Za-z.]+(?: [A-Z][a-z]+)?)")


def _party(block: Block, end: int) -> Role | None:
    match = _PARTY.match(block.text, block.end(end - 1))
    return Role("US lawmaker", "US", 1, ("lawmaker",)) if match else None


_SMALL = frozenset("of for to at in on and the".split())
_DROPPED = frozenset("late then then- current longtime long-time veteran top new incoming newly fellow".split())
_SPELT_OUT = {
    "sen.": "Senator", "rep.": "Representative", "gov.": "Governor", "gen.": "General", "gen": "General", "lt.": "Lieutenant", "col.": "Colonel", "maj.": "Major",
    "adm.": "Admiral", "amb.": "Ambassador", "capt.": "Captain", "cmdr.": "Commander", "sec.": "Secretary", "pres.": "President", "brig.": "Brigadier",
    "dept.": "Department", "pm": "Prime Minister", "fm": "Foreign Minister", "mp": "MP", "ceo": "CEO",
}  # fmt: skip
OF_STATE = frozenset(
    "president premier minister chancellor king queen emir amir sultan emperor monarch ambassador envoy ministers presidents leader secretary "
    "speaker prince diplomat fm pm".split()
)
"""Heads of office that go with a country by "of"."""


def _role(block: Block, first: int, last: int, *, start: int) -> Role:
    """Make a role of the tokens from ``first`` up to ``last``: its country, its vote, and its words in order."""
    flags, tokens = block.flags, block.tokens
    known = knowledge()
    countries: list[str] = []
    words: list[str] = []
    heads: list[str] = []
    plural = ranked = civil = moved = False
    at = first
    while at < last:
        token, flag = tokens[at], flags[at]
        place = block.places.get(at)
        if place and token[0].isupper():
            text = " ".join(tokens[at : at + place[0]])
            if place[1] and place[1] not in countries:
                countries.append(place[1])
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
        at += 1
    vote = _vote(block, first, last, bool(countries)) if civil else int(ranked)
    text = _label(words, countries[0] if countries else None, heads, moved)
    return Role(
        text, countries[0] if countries else None, vote, tuple(heads), plural, tuple(countries), start, not civil
    )


def _vote(block: Block, first: int, last: int, has_country: bool) -> int:
    """1 where the main head is a leader's, -1 where it is not: the last head before a tie decides ("chief economist")."""
    flags, tokens = block.flags, block.tokens
    compounds = knowledge().compounds
    decided = 0
    tied = False
    previous = ""
    for at in range(first, last):
        low = tokens[at].lower()
        if low in ("of", "for", "to", "at", "the"):
            tied = tied or (decided != 0 and low != "the")
            continue
        pair = compounds.get((previous, low))
        if pair is not None and (pair <= 0 or decided != 0 or not tied):
            return pair
        if not tied:
            if flags[at] & LEADER:
                decided = 0 if low == "president" and previous == "vice" and not has_country else 1
            elif flags[at] & PLAIN:
                decided = -1
        if flags[at] or not tokens[at][0].isupper():
            previous = low
    return decided


def _label(words: list[str], country: str | None, heads: list[str], moved: bool) -> str:
    """Words of a title as one label: "Iranian Foreign Minister" and "foreign minister of Iran" read alike."""
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
    label = " ".join(kept)
    name = knowledge().country_names.get(country or "", "")
    if moved and name and name not in label and label:
        of_state = bool(heads) and heads[-1] in OF_STATE and " of " not in label
        return (
            f"{label} of {name}"
            if of_state
            else f"{name.removeprefix('the ')} {label}"
            if " of " in label
            else f"{label}, {name.removeprefix('the ')}"
        )
    return label


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
