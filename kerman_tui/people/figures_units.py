"""Of what a quantity is a number: tokens and quantities in, a sense (unit and the words that give it) for each out.

Rules look at the words beside a quantity inside its clause, in this order: money and per cent, a verb or noun right
before, a participle or noun behind, and last the unit of the quantity to which "and" or "including" joins it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kerman_tui.people.figures_numbers import Quantity, Token
from kerman_tui.people.figures_words import FigureWords, figure_words
from kerman_tui.people.speech_words import lexicon

_REACH = 18
"""Words that may stand between a number and the participle behind it."""

_ENDS = frozenset('. ; : ! ? “ ” " ( ) — –'.split())
_GRAMMAR = figure_words().grammar
_BE, _CARRIERS, _OBJECT_STARTS, _JOINS, _TOLL_VERBS, _REDUCED_AFTER = (
    _GRAMMAR[name] for name in ("be", "carriers", "object_starts", "joins", "toll_verbs", "reduced_after")
)
_LIVES = frozenset({"lives", "life"})


class Sense(NamedTuple):
    """``first`` and ``last``: the tokens of the words that give the unit, the quantity’s noun phrase included."""

    unit: str
    first: int
    last: int
    side: str
    """left, right, money, percent, joined or head."""


def senses(words: Sequence[Token], counted: Sequence[Quantity]) -> list[Sense | None]:
    """The sense of every quantity in ``counted``, or ``None`` where it is no figure."""
    table = figure_words()
    starts = {quantity.first: quantity for quantity in counted}
    found: list[Sense | None] = []
    for index, quantity in enumerate(counted):
        sense = _money(words, quantity, table) or _percent(words, quantity, table)
        if sense is None and not _measured(words, quantity, table):
            sense = _left(words, quantity, table) or _right(words, quantity, table, starts)
            if sense is None and index:
                sense = _joined(words, quantity, counted[index - 1], found[-1])
            if sense is None:
                sense = _head(words, quantity, table)
        found.append(sense)
    return found


def _low(words: Sequence[Token], at: int) -> str:
    return words[at].low if 0 <= at < len(words) else ""


def _money(words: Sequence[Token], quantity: Quantity, table: FigureWords) -> Sense | None:
    after = words[quantity.last + 1] if quantity.last + 1 < len(words) else None
    if quantity.currency is not None:
        return Sense(quantity.currency, quantity.first, quantity.last, "money")
    if after is None:
        return None
    at = quantity.last + 1
    if after.low in ("u.s.", "us", "american", "canadian", "australian", "of") and at + 1 < len(words):
        at += 1
    unit = table.currencies.get(words[at].word) or table.currencies.get(words[at].low)
    if unit is None or (words[at].low in ("won", "pounds") and not _sum_like(words, quantity)):
        return None
    return Sense(unit, quantity.first, at, "money")


def _sum_like(words: Sequence[Token], quantity: Quantity) -> bool:
    return words[quantity.last].low in ("million", "billion", "trillion", "thousand")


def _percent(words: Sequence[Token], quantity: Quantity, table: FigureWords) -> Sense | None:
    after, second = _low(words, quantity.last + 1), _low(words, quantity.last + 2)
    if quantity.value is None and not quantity.low:
        return None
    if after in table.percent:
        return (
            Sense("percent", quantity.first, quantity.last + 1, "percent")
            if second not in ("point", "points")
            else None
        )
    if after == "per" and second == "cent":
        return Sense("percent", quantity.first, quantity.last + 2, "percent")
    return None


def _measured(words: Sequence[Token], quantity: Quantity, table: FigureWords) -> bool:
    after = _low(words, quantity.last + 1)
    if after == "-" and quantity.last + 2 < len(words):
        return True
    return after in table.measures or _low(words, quantity.first - 1) in ("aged", "age", "age:", "#")


def _noun_phrase_end(words: Sequence[Token], last: int) -> int:
    """The last token of the noun phrase that goes on from token ``last``: 84 *people*, 22,300 *Palestinians*."""
    between = lexicon().between
    prepositions = lexicon().prepositions
    clause = lexicon().clause_words
    at = last
    while at + 1 < len(words) and at - last < 6:
        token = words[at + 1]
        if not token.word[:1].isalpha() or token.low in between or token.low in clause or token.low in _JOINS:
            break
        if token.low in prepositions and token.low != "of":
            break
        if token.low.endswith("ed") or token.low in lexicon().times:
            break
        at += 1
    while at > last and words[at].low == "of":
        at -= 1
    return at


# --- words before the number ------------------------------------------------------------------------------------


def _left(words: Sequence[Token], quantity: Quantity, table: FigureWords) -> Sense | None:
    at = quantity.first - 1
    while at >= 0 and words[at].low in (
        "already",
        "also",
        "as",
        "off",
        "roughly",
        "its",
        "their",
        "total",
        "reportedly",
        "further",
    ):
        at -= 1
    if at < 0:
        return None
    low = words[at].low
    end = _noun_phrase_end(words, quantity.last)
    if low in table.verbs and not _passive_before(words, at, table):
        unit = table.verbs[low]
        if _low(words, at - 1) in ("and", "or") and _low(words, at - 2) in table.verbs:
            other = table.verbs[_low(words, at - 2)]
            unit = "casualties" if other != unit and {other, unit} <= {"killed", "wounded", "injured"} else unit
        return Sense(unit, at, end, "left")
    if low in ("of", "to", "for") and at:
        noun = words[at - 1].low
        if low == "of" and noun in table.of:
            return Sense(table.of[noun], at - 1, end, "left")
        if low == "of" and noun in _LIVES and _low(words, at - 2) in ("the", "claimed", "took"):
            return Sense("killed", max(0, at - 3), end, "left")
    if low in ("claimed", "claiming", "cost", "costing", "took", "taking") and _low(words, quantity.last + 1) in _LIVES:
        return Sense("killed", at, quantity.last + 1, "left")
    return _toll(words, quantity, at, table)


def _passive_before(words: Sequence[Token], at: int, table: FigureWords) -> bool:
    """Whether the verb at ``at`` is a participle of its own clause: "were killed, 30 of them children"."""
    return words[at].low in table.participles and _low(words, at - 1) in ("was", "were", "been", "being", "is", "are")


def _toll(words: Sequence[Token], quantity: Quantity, at: int, table: FigureWords) -> Sense | None:
    """ "the death toll stands at 84", "the number of wounded rose to 300"."""
    if words[at].low not in _TOLL_VERBS:
        return None
    for back in range(at, max(-1, at - 14), -1):
        low = words[back].low
        if low in (".", ";", ":"):
            return None
        if low == "toll":
            kind = _low(words, back - 1)
            return Sense(
                table.counted.get(kind, "killed"),
                max(0, back - 1) if kind in table.counted else back,
                quantity.last,
                "left",
            )
        if low == "of" and _low(words, back - 1) in ("number", "count", "tally") and back + 1 < len(words):
            for near in words[back + 1 : min(at, back + 4)]:
                if near.low in table.counted:
                    return Sense(table.counted[near.low], back - 1, quantity.last, "left")
    return None


# --- words behind the number ------------------------------------------------------------------------------------


def _right(words: Sequence[Token], quantity: Quantity, table: FigureWords, starts: dict[int, Quantity]) -> Sense | None:
    at = quantity.last + 1
    stop = min(len(words), at + _REACH)
    passive = relative = False
    clause = lexicon().clause_words
    cues = lexicon().cues
    first = at
    while at < stop:
        low = words[at].low
        if low in _ENDS:
            return None
        if low == ",":
            skipped = _aside(words, at)
            if skipped is None:
                return None
            at = skipped
            continue
        if at in starts and low not in ("several",):
            if _low(words, at - 1) not in ("and", "or", "of", "to"):
                return None
            at = starts[at].last + 1
            continue
        if low in ("who", "that", "which"):
            if relative or (
                not _BE & {token.low for token in words[at + 1 : at + 3]} and _low(words, at + 1) not in table.did
            ):
                return None
            relative = True
        elif low in clause:
            return None
        elif low in _BE:
            passive = passive or low not in ("has", "have", "had")
        elif low in ("not", "n't", "no", "never"):
            return None
        elif low in table.participles:
            return _participle(words, at, quantity, table, passive, starts)
        elif low in table.did:
            return Sense(table.did[low], quantity.first, at, "right") if low not in ("flee",) else None
        elif low in table.after and _fits(words, at, first, quantity):
            return Sense(table.after[low], quantity.first, at, "right")
        elif low in ("lost", "lose", "losing") and _low(words, at + 2) in _LIVES:
            return Sense("killed", quantity.first, at + 2, "right")
        elif low in ("from", "of") and _low(words, at + 2) in ("homes", "houses"):
            return Sense("displaced", quantity.first, at + 2, "right")
        elif low in _CARRIERS or low in lexicon().between:
            pass
        elif (
            low in cues and cues[low].kind == "say" and cues[low].form in ("past", "third", "ing") and not passive
        ) or (
            low.endswith("ed")
            and not passive
            and at > first + 1
            and _low(words, at + 1) not in ("by", "in", "from", "at", "to")
        ):
            return None
        at += 1
    return None


def _aside(words: Sequence[Token], comma: int) -> int | None:
    """Where an aside after a comma ends: "183 people, including 44 children, have died"."""
    if _low(words, comma + 1) not in (
        "including",
        "among",
        "most",
        "mostly",
        "many",
        "some",
        "mainly",
        "half",
        "all",
        "both",
        "at",
    ):
        return None
    for at in range(comma + 1, min(len(words), comma + 14)):
        if words[at].low == ",":
            return at + 1
        if words[at].low in _ENDS:
            return None
    return None


def _participle(
    words: Sequence[Token], at: int, quantity: Quantity, table: FigureWords, passive: bool, starts: dict[int, Quantity]
) -> Sense | None:
    low = words[at].low
    unit = table.participles[low]
    following = words[at + 1] if at + 1 < len(words) else None
    if following is not None and not passive:
        if at + 1 in starts or following.low in _OBJECT_STARTS:
            return None
        if following.word[:1].isupper() and following.low not in _REDUCED_AFTER:
            return None
        if following.low not in _REDUCED_AFTER and not _adjectival(words, at, quantity):
            return None
    return Sense(unit, quantity.first, at, "right")


def _adjectival(words: Sequence[Token], at: int, quantity: Quantity) -> bool:
    """Whether a participle stands before its noun: "215,000 displaced Palestinians"."""
    between = words[quantity.last + 1 : at]
    return all(
        token.low in ("internally", "other", "more", "people", "newly", "seriously", "critically")
        or token.low.endswith("ly")
        for token in between
    )


def _fits(words: Sequence[Token], at: int, first: int, quantity: Quantity) -> bool:
    """Whether a noun behind the number is what is counted, not part of another phrase: "two death sentences"."""
    low = words[at].low
    after = _low(words, at + 1)
    if low in ("death", "hostage", "captive") and low == "death":
        return quantity.lone_one or quantity.value == 1
    if low == "missing":
        return after not in ("the", "a", "an", "their", "his", "from")
    if low in ("dead",):
        return after not in ("sea", "heat", "end")
    if low in ("hostage", "captive"):
        return True
    between = [token.low for token in words[first:at]]
    if "of" in between and between[0] != "of":
        return False
    return not any(low in lexicon().prepositions and low != "of" for low in between)


def _joined(words: Sequence[Token], quantity: Quantity, before: Quantity, sense: Sense | None) -> Sense | None:
    """The unit of the quantity before, where "and", "including" or a comma joins the two in one clause."""
    if sense is None or sense.unit not in figure_words().units:
        return None
    gap = words[before.last + 1 : quantity.first]
    if len(gap) > 12 or not gap:
        return None
    lows = [token.low for token in gap]
    table = figure_words()
    joints = {"and", "including", "plus"} & set(lows)
    if not joints or any(low in _ENDS or low in _BE or low in lexicon().clause_words - {"as"} for low in lows):
        return None
    if sense.side == "right" and "including" not in joints:
        return None
    joint = max(i for i, low in enumerate(lows) if low in ("and", "including", "plus"))
    if len(lows) - joint > 2 or any(low in table.verbs and low not in table.participles for low in lows):
        return None
    if quantity.value is not None and quantity.lone_one and "including" not in joints:
        return None
    end = _noun_phrase_end(words, quantity.last)
    if end == quantity.last:
        return None
    return Sense(sense.unit, quantity.first, end, "joined")


def _head(words: Sequence[Token], quantity: Quantity, table: FigureWords) -> Sense | None:
    """A plain count of people: exact numbers only, "thousands of pilgrims" is a manner of speaking."""
    if quantity.value is None or quantity.value < 100:
        return None
    for at in range(quantity.last + 1, min(len(words), quantity.last + 4)):
        if words[at].low in table.heads:
            return Sense("people", quantity.first, at, "head")
        if (
            not words[at].word[:1].isalpha()
            or words[at].low in lexicon().between
            or words[at].low in lexicon().prepositions - {"of"}
        ):
            return None
    return None
