"""The grammar of titles: a name's place in a block in, the role that the words around it give their bearer out."""

from __future__ import annotations

import re
from dataclasses import replace

from kerman_tui.people.blocks import Block
from kerman_tui.people.knowledge import knowledge
from kerman_tui.people.names import ascii_key
from kerman_tui.people.roles import HEAD, HONORIFIC, PLURAL, RANK, Role, make_role
from kerman_tui.people.words import Word

AROUND = int(Word.MODIFIER | Word.PORTFOLIO)
PLACE = int(Word.PLACE)
ORGANISATION = int(Word.ORGANISATION)
FUNCTION = int(Word.FUNCTION)
CALENDAR = int(Word.CALENDAR)
SPEECH = int(Word.SPEECH)
GIVEN = int(Word.GIVEN)
COMMON = int(Word.COMMON)

_REACH = 14
"""How many tokens a title may be long."""

_BODIES_OF = frozenset("Bank University Bureau Department House Board Chamber Institute College Church".split())
"""Bodies that go on behind "of" in front of a title: "Bank of America CEO"."""

_DETERMINERS = frozenset("the a an his her its their our my".split())
_TIES = frozenset("of for to at in on and the & from with".split())


def before(block: Block, name: int) -> Role | None:
    """The title in front of the name that starts at token ``name``: "Pakistani caretaker Foreign Minister" NAME."""
    flags, tokens = block.flags, block.tokens
    at = name - 1
    honorifics: list[int] = []
    while at >= 0 and flags[at] & HONORIFIC and not (flags[at] & HEAD and not honorifics and not flags[at] & RANK):
        honorifics.append(at)
        at -= 1
    if at >= 0 and flags[at] & HEAD:
        if tokens[at].endswith("s") and not honorifics and tokens[at].lower() != "boss" and not _listed(block, name):
            return None  # "the officials Clinton met"
        return _read_left(block, at, name)
    if at >= 1 and (tokens[at - 1].lower(), tokens[at].lower()) in knowledge().compounds and flags[at - 1] & HEAD:
        return _read_left(block, at - 1, name)  # Chief Executive NAME
    if at >= 0 and (honorifics or tokens[at][0].isupper()) and tokens[at] not in ".,":
        tied = _head_behind_tie(block, at)
        if tied is not None and honorifics:
            return _read_left(block, tied, name)
        if tied is not None and _new_name(block, name):
            return replace(_read_left(block, tied, name), tied=True)
    if (
        at >= 1
        and not honorifics
        and (tokens[at] in ("including", "like") or tokens[at - 1 : at + 1] == ["such", "as"])
    ):
        return _exemplified(block, at - 1 if tokens[at] != "as" else at - 2, name)
    if at >= 1 and tokens[at] == "," and not honorifics:
        return _apposed_before(block, at, name)
    if honorifics:
        first = honorifics[-1]
        ranked = any(flags[h] & RANK for h in honorifics)
        if ranked:
            return _read_left(block, first, name)
        return Role(" ".join(tokens[h] for h in reversed(honorifics)), None, 0, (), start=first, rank_only=True)
    return None


def _exemplified(block: Block, at: int, name: int) -> Role | None:
    """The plural title whose bearers are named as examples: "lawmakers such as" NAME."""
    flags, tokens = block.flags, block.tokens
    if at >= 0 and tokens[at] == ",":
        at -= 1
    if at < 0 or not flags[at] & HEAD or not tokens[at].endswith("s"):
        return None
    return replace(_read_left(block, at, at + 1), plural=True)


def _listed(block: Block, name: int) -> bool:
    """Whether the name that starts at a token is the first of several."""
    at = name
    while at < len(block.tokens) and at - name < 6 and block.tokens[at][0].isupper():
        at += 1
    return block.tokens[at : at + 1] in (["and"], [","], ["&"])


def _new_name(block: Block, name: int) -> bool:
    """Whether a name begins at a token, and not the rest of what an office is of ("President of Public Citizen")."""
    flags, tokens = block.flags, block.tokens
    before_name = flags[name - 1]
    if flags[name] & GIVEN:
        return bool(before_name & (PLACE | ORGANISATION | AROUND)) or tokens[name - 1].isupper()
    if ascii_key(tokens[name]) in knowledge().families:
        return True
    following = flags[name + 1] if name + 1 < len(tokens) and tokens[name + 1][0].isupper() else -1
    return bool(before_name & PLACE) and not flags[name] and following in (0, COMMON)


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


def _read_left(block: Block, head: int, name: int) -> Role:
    """Read a title whose rightmost head stands at ``head``, leftwards from there, and give the whole of it."""
    flags, tokens = block.flags, block.tokens
    first = head
    at = head - 1
    while at >= 0 and head - at <= _REACH:
        token, flag = tokens[at], flags[at]
        if token in ("'s", "’s", "-", "–", "/"):
            tight = token[-1] == "s" or block.end(at - 1) == block.starts[at]  # "ROME – Foreign Minister" is a dateline
            if at and tokens[at - 1][0].isupper() and tight:
                at -= 1
                continue
            break
        if token == "of" and at and tokens[at + 1][0].isupper() and tokens[at - 1] in _BODIES_OF:
            first = at = at - 1
            at -= 1
            continue
        if token in ("and", "&"):
            joined = (
                at
                and flags[at - 1] & (HEAD | AROUND)
                and flags[at + 1] & (AROUND | HEAD)
                and tokens[at - 1][0].isupper() != (not tokens[at + 1][0].isupper())
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
    return make_role(block, first, last, start=first)


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
    if head is None or flags[head] & PLURAL or (head + 1 < comma and tokens[head + 1] not in _TIES):
        return None
    first = head
    at = head - 1
    definite = tokens[head][0].isupper()
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
    return make_role(block, first, comma, start=first)


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
    elif token in ("served", "serves") and tokens[at + 1 : at + 2] == ["as"]:
        at += 2
    elif token in ("has", "had") and tokens[at + 1 : at + 2] == ["been"]:
        at += 2
        if at < len(tokens) and tokens[at] not in _DETERMINERS:
            return None
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
            noun_follows = (
                head is not None and flags[head] & AROUND and at + 1 < size and flags[at + 1] & (HEAD | AROUND)
            )
            if head is not None and token[0].isupper() and not tokens[head][0].isupper() and not noun_follows:
                break
        elif head is not None:
            further = flags[at + 1] if at + 1 < size else 0
            if not (flags[head] & AROUND and token.islower() and not flag & FUNCTION and further & HEAD):
                break
        elif (
            flag & ORGANISATION
            or token in ("'s", "’s", "-", "'", "’")
            or (token[0].isupper() and not flag & (FUNCTION | CALENDAR))
        ):
            pass
        elif token[0].isalpha() and not flag & (FUNCTION | SPEECH) and (determiner or "-" in token or at > first):
            unknown += 1 if determiner else 2
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
        if appositive and flags[first] & GIVEN and head == first + 1 and noun[0].isupper():
            return None  # "Smith, Matthew Prince, who": the next name
    nxt = head + 1
    if nxt < size and tokens[nxt][0].isupper() and not flags[nxt] & (PLACE | ORGANISATION | AROUND | HEAD):
        return None
    last = nxt
    if last < size and tokens[last] in _TIES:
        while last < size and last - nxt < 10:
            token, flag = tokens[last], flags[last]
            thing = last <= nxt + 2 and token.islower() and not flag & (FUNCTION | SPEECH)
            if not (token in _TIES or token[0].isupper() or flag & AROUND or thing or token in ("'s", "’s", "-")):
                break
            last += 1
        while last > nxt and (tokens[last - 1] in _TIES or tokens[last - 1] == "-"):
            last -= 1
    return make_role(block, first, last, start=first)


_PARTY = re.compile(r"\s*[,(]\s*(?:[RDI]|DFL|(?:Rep|Dem|Ind)\.?)\s?[-–—]\s?([A-Z][A-Za-z.]+(?: [A-Z][a-z]+)?)")


def _party(block: Block, end: int) -> Role | None:
    match = _PARTY.match(block.text, block.end(end - 1))
    return Role("US lawmaker", "US", 1, ("lawmaker",)) if match else None
