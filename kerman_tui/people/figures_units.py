"""Of what a quantity is a number: tokens and quantities in, a sense (unit and the words that give it) for each out.

Rules look at the words beside a quantity inside its clause, in this order: money and per cent, a verb or noun right
before, a participle or noun behind, and last the unit of the quantity to which "and" or "including" joins it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kerman_tui.people.figures_fate import (
    BE,
    ENDS,
    Sense,
    before,
    behind,
    counts_animals,
    low_at,
    noun_phrase_end,
    toll,
)
from kerman_tui.people.figures_numbers import Quantity, Token
from kerman_tui.people.figures_words import FigureWords, figure_words
from kerman_tui.people.speech_words import lexicon

OLDEST = 115
"""A number up to this between two commas is an age."""

_JOINED_WITHIN = 16
_NOT_ONE = frozenset("no any every each this that which some only another or".split())
_JOINTS = frozenset({"and", "including", "plus", ","})
_JOINT_PHRASES = (
    (("among", "them"), "including"), (("among", "whom"), "including"), (("in", "addition", "to"), "plus"),
    (("as", "well", "as"), "plus"), (("along", "with"), "plus"),
)  # fmt: skip
_PLACED = frozenset("in at near from".split())


def senses(words: Sequence[Token], counted: Sequence[Quantity]) -> list[Sense | None]:
    """The sense of every quantity in ``counted``, or ``None`` where it is no figure."""
    table = figure_words()
    starts = {quantity.first: quantity for quantity in counted}
    found: list[Sense | None] = []
    for index, quantity in enumerate(counted):
        sense = _money(words, quantity, table) or _percent(words, quantity, table)
        counts_others = _measured(words, quantity, table) or _pronoun(words, quantity, starts)
        if sense is None and not counts_others and not counts_animals(words, quantity):
            sense = (
                before(words, quantity, table) or behind(words, quantity, table, starts) or toll(words, quantity, table)
            )
            if sense is None and index:
                sense = _joined(words, quantity, counted[index - 1], found[-1])
            if sense is None:
                sense = _head(words, quantity, table)
        found.append(sense)
    return found


def _pronoun(words: Sequence[Token], quantity: Quantity, starts: Mapping[int, Quantity]) -> bool:
    """Whether "one" counts nobody: "no one was hurt", "the one who died", "one of at least 28 people killed"."""
    if not quantity.lone_one:
        return False
    if words[quantity.first].low == "the" or low_at(words, quantity.first - 1) in _NOT_ONE:
        return True
    following = range(quantity.last + 2, quantity.last + 4)
    return low_at(words, quantity.last + 1) == "of" and any(at in starts for at in following)


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
    after, second = low_at(words, quantity.last + 1), low_at(words, quantity.last + 2)
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
    after = low_at(words, quantity.last + 1)
    if after == "-" and quantity.last + 2 < len(words):
        return True
    if after == "," and low_at(words, quantity.first - 1) == "," and quantity.first == quantity.last:
        return (quantity.value or 0) <= OLDEST and quantity.value is not None  # Assange, 47, was
    return after in table.measures or low_at(words, quantity.first - 1) in ("aged", "age", "age:", "#")


def _joined(words: Sequence[Token], quantity: Quantity, before: Quantity, sense: Sense | None) -> Sense | None:
    """The unit of the quantity before, where "and", "including" or "of them" joins the two in one clause."""
    if sense is None or sense.unit not in figure_words().units:
        return None
    lows = [token.low for token in words[before.last + 1 : quantity.first]]
    if not 0 < len(lows) <= _JOINED_WITHIN or not ENDS.isdisjoint(lows):
        return None
    end = noun_phrase_end(words, quantity.last)
    if low_at(words, quantity.last + 1) == "of" and low_at(words, quantity.last + 2) in (
        "them",
        "whom",
        "these",
        "those",
    ):
        return Sense(sense.unit, quantity.first, quantity.last + 2, "joined")
    for phrase, one in _JOINT_PHRASES:
        if tuple(lows[-len(phrase) :]) == phrase:
            lows[-len(phrase) :] = [one]
    joint = max((i for i, low in enumerate(lows) if low in _JOINTS), default=None)
    if joint is None or len(lows) - joint > 1:
        return None
    place = low_at(words, quantity.last + 1)
    if place in _PLACED and end == quantity.last and not quantity.lone_one:
        if place in lows:
            return Sense(sense.unit, quantity.first, end, "joined")  # seven in Tubas and two in Jenin
        part = quantity.value is not None and before.value is not None and quantity.value < before.value
        state = low_at(words, quantity.last + 2) in figure_words().grammar["conditions"]
        if lows[-1] == "," and part and not state:
            return Sense(sense.unit, quantity.first, end, "joined")  # five soldiers died, four from friendly fire
    if lows[joint] == "including":
        return Sense(sense.unit, quantity.first, end, "joined")
    if sense.side == "right" or end == quantity.last or quantity.lone_one:
        return None
    if not BE.isdisjoint(lows) or not (lexicon().clause_words - {"as"}).isdisjoint(lows):
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
