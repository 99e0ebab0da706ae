"""What befell the people whom a quantity counts: the words before it and behind it in, its unit out.

Before it stand verbs ("killed 84"), nouns with "of" ("the deaths of 84") and tolls ("the toll rose to 84"); behind it
participles ("84 people were killed"), verbs ("84 died") and nouns ("84 deaths"). Each look goes a few words far.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kerman_tui.people.figures_numbers import Quantity, Token
from kerman_tui.people.figures_words import FigureWords, figure_words
from kerman_tui.people.speech_words import lexicon

REACH = 18
"""Words that may stand between a number and the participle behind it."""

_TOLL_REACH = 14
_ASIDE_REACH = 16
_OBJECT_REACH = 12
_GRAMMAR = figure_words().grammar
BE, CARRIERS, OBJECT_STARTS, JOINS, TOLL_VERBS, REDUCED_AFTER, SKIPPED_BEFORE, ASIDE_STARTS = (
    _GRAMMAR[name]
    for name in (
        "be", "carriers", "object_starts", "joins", "toll_verbs", "reduced_after", "skipped_before", "aside_starts"
    )
)  # fmt: skip
_ADJECTIVES, _TO_DEATH, _TROOPS, _CASE_WORDS, _THINGS, _ANIMALS = (
    _GRAMMAR[name] for name in ("adjectives", "to_death", "troops", "case_words", "things", "animals")
)
ENDS = frozenset('. ; : ! ? “ ” " ( ) — –'.split())
_OPENING_MARKS = frozenset('“"')
_LIVES = frozenset({"lives", "life"})
_BASES = figure_words().bases
_FORCED = frozenset("forced obliged compelled ordered feared believed presumed".split())
_HELD = frozenset(
    "taken take takes took taking held hold holds holding kept being still remain remains remained".split()
)
_PLACED = frozenset("by in from at to on near inside outside along under between".split())
_HOMES = frozenset({"homes", "houses", "home"})
_TAKING = frozenset("claimed claiming claims cost costing took taking takes".split())
_INCLUDED = frozenset("included include includes were was are is".split())


class Sense(NamedTuple):
    """``first`` and ``last``: the tokens of the words that give the unit, the quantity’s noun phrase included."""

    unit: str
    first: int
    last: int
    side: str
    """left, right, money, percent, joined or head."""


def low_at(words: Sequence[Token], at: int) -> str:
    """The word at a token in lower case, "" outside the text."""
    return words[at].low if 0 <= at < len(words) else ""


def noun_phrase_end(words: Sequence[Token], last: int) -> int:
    """The last token of the noun phrase that goes on from token ``last``: 84 *people*, 22,300 *Palestinians*."""
    speech = lexicon()
    at = last
    while at + 1 < len(words) and at - last < 6:
        token = words[at + 1]
        low = token.low
        if not token.word[:1].isalpha() or low in speech.between or low in speech.clause_words or low in JOINS:
            break
        if (low in speech.prepositions and low != "of") or low.endswith("ed") or low in speech.times:
            break
        at += 1
    while at > last and words[at].low == "of":
        at -= 1
    return at


def counts_animals(words: Sequence[Token], quantity: Quantity) -> bool:
    """Whether what is counted are animals: no figure of people, whatever befell them."""
    for at in range(noun_phrase_end(words, quantity.last), quantity.last, -1):
        if words[at].low in _ANIMALS or words[at].low.endswith("s"):
            return words[at].low in _ANIMALS
    return False


# --- words before the number ------------------------------------------------------------------------------------


def before(words: Sequence[Token], quantity: Quantity, table: FigureWords) -> Sense | None:
    """The unit that the words before a quantity give it."""
    at = quantity.first - 1
    while at >= 0 and words[at].low in SKIPPED_BEFORE:
        at -= 1
    if at < 0:
        return None
    if words[at].low in _OPENING_MARKS and at:
        at -= 1  # detained “at least eight people”
    low = words[at].low
    end = noun_phrase_end(words, quantity.last)
    if end > quantity.last and words[end].low in _THINGS:
        return None
    if low == "dead" and low_at(words, at - 1) in ("shot", "stabbed", "beaten", "hacked", "gunned"):
        return Sense("killed", at - 1, end, "left")
    if low in table.verbs and not _passive_before(words, at, table) and not _unreal(words, at):
        return Sense(_both(words, at, table), at, end, "left")
    if low == "of" and at:
        noun = words[at - 1].low
        if noun in table.of:
            return Sense(table.of[noun], at - 1, end, "left")
        if noun in _LIVES and not _TAKING.isdisjoint(token.low for token in words[max(0, at - 4) : at]):
            return Sense("killed", max(0, at - 3), end, "left")
    if low in _TAKING and low_at(words, quantity.last + 1) in _LIVES:
        return Sense("killed", at, quantity.last + 1, "left")
    if low in _INCLUDED:
        for back in range(at - 1, max(-1, at - 5), -1):
            if words[back].low in ENDS or words[back].low == ",":
                break
            unit = table.participles.get(words[back].low) or table.counted.get(words[back].low)
            if unit and end > quantity.last:
                return Sense(unit, back, end, "left")
    if low in ("lost", "losing", "loses") and not _TROOPS.isdisjoint(w.low for w in words[quantity.last : end + 1]):
        return Sense("killed", at, end, "left")
    if low == "and":
        return _second_object(words, quantity, at, end, table)
    return None


def _second_object(
    words: Sequence[Token], quantity: Quantity, joint: int, end: int, table: FigureWords
) -> Sense | None:
    """The unit of a verb whose first object is no number: "killed himself and 20 others"."""
    if end == quantity.last or not (end + 1 >= len(words) or words[end + 1].low in REDUCED_AFTER):
        return None
    for back in range(joint - 1, max(-1, joint - _OBJECT_REACH), -1):
        low = words[back].low
        if low in table.verbs and back + 1 < joint:
            named = words[back + 1].low in OBJECT_STARTS or words[back + 1].word[:1].isupper()
            if not named or _passive_before(words, back, table) or _unreal(words, back):
                return None
            return Sense(table.verbs[low], quantity.first, end, "left")
        if low in ENDS or low in BE or low in lexicon().clause_words or low in (",", "and", "to"):
            return None
    return None


def _both(words: Sequence[Token], at: int, table: FigureWords) -> str:
    """The unit of a verb, or of two verbs of one object: "killed or wounded 300" are casualties."""
    unit = table.verbs[words[at].low]
    if low_at(words, at - 1) in ("and", "or") and low_at(words, at - 2) in table.verbs:
        other = table.verbs[low_at(words, at - 2)]
        if other != unit and {other, unit} <= {"killed", "wounded", "injured"}:
            return "casualties"
    return unit


def _unreal(words: Sequence[Token], at: int) -> bool:
    """Whether the verb tells what might be, not what was: "threatened to kill two", "could displace thousands"."""
    return words[at].low in _BASES and low_at(words, at - 1) in ("to", "could", "would", "might", "may", "can", "will")


def _passive_before(words: Sequence[Token], at: int, table: FigureWords) -> bool:
    """Whether the verb at ``at`` is a participle of its own clause: "were killed 30 km away"."""
    return words[at].low in table.participles and low_at(words, at - 1) in ("was", "were", "been", "being", "is", "are")


def toll(words: Sequence[Token], quantity: Quantity, table: FigureWords) -> Sense | None:
    """ "the death toll stands at 84", "the number of wounded rose to 300", "fatalities stood at 31"."""
    at = quantity.first - 1
    while at >= 0 and words[at].low in SKIPPED_BEFORE:
        at -= 1
    if at < 0 or words[at].low not in TOLL_VERBS:
        return None
    for back in range(at, max(-1, at - _TOLL_REACH), -1):
        low = words[back].low
        if low in (".", ";", ":"):
            return None
        if low == "toll":
            kind = low_at(words, back - 1)
            first = back - 1 if kind in table.counted or kind in table.after else back
            return Sense(table.counted.get(kind, "killed"), max(0, first), quantity.last, "left")
        if low == "of" and low_at(words, back - 1) in ("number", "count", "tally", "total"):
            for near in words[back + 1 : min(at, back + 4)]:
                if near.low in table.counted:
                    return Sense(table.counted[near.low], back - 1, quantity.last, "left")
        if low in table.after and low.endswith("s") and back < at and low_at(words, back + 1) in TOLL_VERBS - {"with"}:
            return Sense(table.after[low], back, quantity.last, "left")
    return None


# --- words behind the number ------------------------------------------------------------------------------------


def behind(
    words: Sequence[Token], quantity: Quantity, table: FigureWords, starts: Mapping[int, Quantity]
) -> Sense | None:
    """The unit that the words behind a quantity give it; ``starts`` has all quantities by their first token."""
    at = first = quantity.last + 1
    stop = min(len(words), at + REACH)
    verbal = relative = False
    while at < stop:
        low = words[at].low
        if low == "," or at in starts:
            over = _over(words, at, starts, verbal)
            if over is None:
                return None
            at = over
            continue
        if low in ENDS or low in ("not", "n't", "no", "never", "without"):
            return None
        if low in ("who", "that", "which"):
            if relative or not _relative_passive(words, at, table):
                return None
            relative = True
        elif low in lexicon().clause_words:
            return None
        elif low in BE:
            verbal = True
        else:
            unit = _fate(words, at, first, quantity, table, verbal, starts)
            if unit is not None:
                return Sense(unit[0], quantity.first, unit[1], "right") if unit[0] else None
            if _other_verb(words, at, first, verbal):
                return None
        at += 1
    return None


def _over(words: Sequence[Token], at: int, starts: Mapping[int, Quantity], verbal: bool) -> int | None:
    """Where reading goes on behind a comma or another number: lists ("nine men and three women") and asides."""
    if at in starts:
        joint = low_at(words, at - 1)
        listed = joint in ("and", "or", "of", "to") and not verbal
        return starts[at].last + 1 if listed or (joint == "of" and verbal) else None
    if at + 1 in starts and not verbal:
        return starts[at + 1].last + 1  # two soldiers, one civilian and …
    if low_at(words, at + 1) == "who" and not BE.isdisjoint(token.low for token in words[at + 2 : at + 4]):
        return at + 1  # 500 villagers stranded on a hill, who have been forced to flee
    return _aside(words, at)


def _aside(words: Sequence[Token], comma: int) -> int | None:
    """Where an aside after a comma ends: "183 people, including 44 children, have died"."""
    known = low_at(words, comma + 1) in ASIDE_STARTS
    for at in range(comma + 1, min(len(words), comma + _ASIDE_REACH)):
        if words[at].low == ",":
            return at + 1 if known or low_at(words, at + 1) in BE else None
        if words[at].low in ENDS:
            return None
    return None


def _relative_passive(words: Sequence[Token], at: int, table: FigureWords) -> bool:
    if low_at(words, at + 1) == "evacuated":
        return True
    return low_at(words, at + 1) in table.did or not BE.isdisjoint(token.low for token in words[at + 1 : at + 3])


def _fate(
    words: Sequence[Token],
    at: int,
    first: int,
    quantity: Quantity,
    table: FigureWords,
    verbal: bool,
    starts: Mapping[int, Quantity],
) -> tuple[str, int] | None:
    """Unit and last token where the word at ``at`` decides; an empty unit where it decides that there is none."""
    low = words[at].low
    befell = low in table.participles or low in table.did or low == "dead"
    if befell and at > first and low_at(words, at - 1) in ("nearly", "almost"):
        return "", at
    if low in _ADJECTIVES and low_at(words, at - 1) == "the" and low_at(words, at - 2) not in ("of", "among"):
        return "", at
    if low == "death" and low_at(words, at - 1) == "to":
        return ("killed" if low_at(words, at - 2) in _TO_DEATH else ""), at
    if low in table.participles:
        if low_at(words, at - 1) in ("those", "them") and low_at(words, at - 2) == "of":
            return table.participles[low], at
        between = (token.low for token in words[first:at])
        if not verbal and any(word != "of" and word in lexicon().prepositions for word in between):
            return "", at
        return (table.participles[low] if _suffered(words, at, quantity, verbal, starts) else "", at)
    if low in table.did:
        return table.did[low], at
    crossed = any(one in starts for one in range(first, at))
    if low in table.after and not (crossed and low not in _ADJECTIVES) and _fits(words, at, first, quantity, verbal):
        return table.after[low], at
    if low in ("lost", "lose", "losing") and low_at(words, at + 2) in _LIVES:
        return "killed", at + 2
    if low in _HOMES and low_at(words, at - 1) in ("their", "from"):
        return "displaced", at
    return None


def _other_verb(words: Sequence[Token], at: int, first: int, verbal: bool) -> bool:
    """Whether the word is a verb that makes the counted ones do something else."""
    low = words[at].low
    if low in CARRIERS or low in lexicon().between or verbal:
        return False
    cue = lexicon().cues.get(low)
    if cue is not None and cue.kind == "say" and cue.form in ("past", "third", "ing"):
        return True
    if low.endswith("ed") and at == first + 1 and low_at(words, at + 1) == "to" and low not in _FORCED | _TO_DEATH:
        return True  # 53 girls managed to escape and 276 are missing
    return low.endswith("ed") and "-" not in low and at > first + 1 and low_at(words, at + 1) not in _PLACED


def _suffered(
    words: Sequence[Token], at: int, quantity: Quantity, verbal: bool, starts: Mapping[int, Quantity]
) -> bool:
    """Whether a participle tells what befell the counted ones, not what they did: "two gunmen killed 14"."""
    if at + 1 >= len(words) or (verbal and low_at(words, at - 1) not in ("has", "have", "had")):
        return True
    following = words[at + 1]
    if at + 1 in starts or following.low in OBJECT_STARTS:
        return False
    return following.low in REDUCED_AFTER or following.low in lexicon().times or _adjectival(words, at, quantity)


def _adjectival(words: Sequence[Token], at: int, quantity: Quantity) -> bool:
    """Whether a participle stands before its noun: "215,000 displaced Palestinians"."""
    between = words[quantity.last + 1 : at]
    return all(token.low in ("other", "more", "people") or token.low.endswith("ly") for token in between)


def _fits(words: Sequence[Token], at: int, first: int, quantity: Quantity, verbal: bool) -> bool:
    """Whether a noun behind the number is what is counted, not part of another phrase: "two death sentences"."""
    low = words[at].low
    following = low_at(words, at + 1)
    if low == "death":
        return quantity.value == 1
    if low == "missing":
        return following not in ("the", "a", "an", "their", "his", "from", "out")
    if low == "dead":
        return following not in ("sea", "heat", "end")
    between = [token.low for token in words[first:at]]
    if low in ("homeless", "unaccounted"):
        return "for" not in between
    if low == "cases":
        ill = {*between, *(low_at(words, place) for place in range(at + 2, at + 5) if following == "of")}
        return not verbal and not _CASE_WORDS.isdisjoint(ill) and lexicon().prepositions.isdisjoint(between)
    if low in ("hostage", "captive"):
        held = low_at(words, at - 1) in _HELD or low_at(words, quantity.first - 1) in _HELD
        return held or (not verbal and at == first) or (low == "hostage" and low_at(words, at - 1) == "them")
    if "with" in between and low in ("injuries", "wounds"):
        return lexicon().prepositions.isdisjoint(word for word in between if word != "with")
    if verbal or ("of" in between and between[0] != "of"):
        return False
    return lexicon().prepositions.isdisjoint(word for word in between if word != "of")
