"""Numbers as written: a paragraph in, quantities out, each with value, bounds, qualifier and place.

Digits of any script, thousands marks, magnitudes, number words, ranges and vague words ("scores of"). What is joined to
letters or other numbers (17-year-old, 24/7, 3:2, 1,2,3,4) is no quantity. Linear time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kerman_tui.people.figures_words import figure_words

MAX_DIGITS = 15
"""Longer numbers count nothing in the news and do not survive JSON."""

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
}
_TENS = {word: 10 * (i + 2) for i, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_MAGNITUDES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_SHORT_MAGNITUDES = {
    "k": 1000,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "bn": 10**9,
    "bln": 10**9,
    "tn": 10**12,
    "trn": 10**12,
}
_NUMBER_WORDS = frozenset(
    [
        *_UNITS,
        *_TENS,
        *_MAGNITUDES,
        *"dozens scores score hundreds thousands millions billions tens several few handful couple half ½ ¼ ¾".split(),
    ]
)
_OPENERS = _NUMBER_WORDS | {"a", "the", "us", "c", "hk", "nz"}
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "half": 0.5}

_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?"  # 22,300
    r"|\d{1,3}(?:, 000)+(?!\d)"  # 170, 000, as a cleaner may leave it
    r"|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?"  # 1.234.567,89
    r"|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+|\d{1,3}(?: \d{3}){2,}(?!\d)"  # 1 000 000
    r"|\d+(?:\.\d+)?)"
    r"|(?P<word>(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’ʼ\-‐‑][^\W_]+)*['’]?)"
    r"|(?P<sign>[^\w\s])"
)
_WORD = re.compile(r"[^\W\d_]+|[½¼¾]")
_FAR = 3
"""So many times an amount, and what it is joined to by "to" is where a price came to stand: "rose $1.36 to $62.13"."""
_GLUED_LETTERS = 5
"""Letters that follow a number without a blank are a unit (200km) below this, else a word glued in scraping."""

_HIDDEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_JOINED = frozenset("/:_+^=#\\")
_THOUSANDS = re.compile("[,\\s\u00a0\u2009\u202f]")


class Token(NamedTuple):
    start: int
    end: int
    word: str
    low: str
    number: bool


@dataclass(frozen=True, slots=True)
class Quantity:
    """Tokens ``first`` to ``last`` (both in), the qualifier included. ``value`` is null for vague words."""

    first: int
    last: int
    value: float | int | None
    low: float | int | None
    high: float | int | None
    qualifier: str
    currency: str | None = None
    lone_one: bool = False


def has_figure(text: str) -> bool:
    """A quick look whether a text can hold a figure at all: a number, and a word or sign that says of what."""
    words = _WORD.findall(text.lower())
    triggers = figure_words().triggers
    if triggers.isdisjoint(words) and "%" not in text and figure_words().signs.keys().isdisjoint(text):
        return False
    return not _NUMBER_WORDS.isdisjoint(words) or any(map(str.isdecimal, text))


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Words, numbers and signs with their places. Invisible characters inside numbers and words count for nothing."""
    places: list[int] | None = None
    end = len(text) if end is None else end
    clean = text
    if _HIDDEN.search(text, start, end):
        places = [at for at in range(start, end) if not _HIDDEN.match(text[at])]
        clean = "".join(text[at] for at in places)
        start, end = 0, len(clean)
    found: list[Token] = []
    for match in _TOKEN.finditer(clean, start, end):
        first, last = match.span()
        if places is not None:
            first, last = places[first], places[last - 1] + 1
        word = match.group()
        found.append(
            Token(first, last, word, word.lower().replace("‑", "-").replace("‐", "-"), match.lastgroup == "number")
        )
    return found


def quantities(found: Sequence[Token]) -> list[Quantity]:
    """The quantities among ``found``, in order, none overlapping."""
    result: list[Quantity] = []
    at = 0
    signs = figure_words().signs
    while at < len(found):
        token = found[at]
        opens = token.number or token.low in _OPENERS or token.word in signs or token.low.split("-")[0] in _TENS
        quantity = _quantity(found, at) if opens else None
        if quantity is None:
            at += 1
            continue
        quantity = _with_qualifier(found, quantity, result[-1].last if result else -1)
        result.append(quantity)
        at = quantity.last + 1
    return result


def _quantity(found: Sequence[Token], at: int) -> Quantity | None:
    vague = _vague(found, at)
    if vague is not None:
        return vague
    first = _amount(found, at)
    if first is None:
        return None
    value, last, currency = first
    lone = last == at and found[at].low == "one"
    after = found[last + 1].low if last + 1 < len(found) else ""
    between = at > 0 and found[at - 1].low == "between"
    own_last = last
    if between and after in figure_words().percent and last + 2 < len(found) and found[last + 2].low == "and":
        last, after = last + 1, "and"  # between 3 percent and 4 percent
    if after == "to" and _is_change(found, at):
        return Quantity(at, last, value, value, value, "exact", currency, lone)
    if (after in ("to", "-", "–", "—", "or") or (between and after == "and")) and last + 2 < len(found):
        second = _amount(found, last + 2, partner=after in ("-", "–", "—"))
        if second is not None and _is_range(found, value, last, second, after):
            high, last, other = second
            if currency and other and high >= _FAR * value and _follows_change(found, at):
                return Quantity(at, own_last, value, value, value, "exact", currency, lone)
            if value < 1000 <= high and high % 1000 == 0 and found[last].low in _MAGNITUDES:
                scaled = value * _MAGNITUDES[found[last].low]
                value = scaled if scaled < high else value
            return Quantity(at, last, None, value, high, "between", currency or other)
    if (
        after in ("-", "–")
        and last + 2 < len(found)
        and found[last + 2].number
        and found[last + 1].start == found[last].end
    ):
        return None
    return Quantity(at, own_last, value, value, value, "exact", currency, lone)


def _is_change(found: Sequence[Token], at: int) -> bool:
    """Whether a number with "to" behind it is where something rose from, or by how much: "rose by 97 to 908"."""
    if not at or found[at - 1].low not in ("from", "by"):
        return False
    changes = figure_words().grammar["changes"]
    return any(token.low in changes for token in found[max(0, at - 5) : at - 1])


def _follows_change(found: Sequence[Token], at: int) -> bool:
    """Whether something rose or fell by the number: "rose $1.36 to $62.13"."""
    return at > 0 and found[at - 1].low in figure_words().grammar["changes"]


def _is_range(
    found: Sequence[Token], value: float, last: int, second: tuple[float | int, int, str | None], joint: str
) -> bool:
    high = second[0]
    if joint in ("-", "–", "—"):
        tight = found[last + 1].start == found[last].end
        return value < high and not (1000 <= value <= 2100 and high <= 2100) and tight
    if joint == "or":
        return value < high <= value * 2
    return value < high or (value < 1000 and high >= 1000)


def _amount(found: Sequence[Token], at: int, *, partner: bool = False) -> tuple[float | int, int, str | None] | None:
    """Value, last token and currency of the number that begins at token ``at``."""
    words = figure_words()
    currency: str | None = None
    here = at
    token = found[here]
    sign = token.word
    if (
        sign in ("US", "A", "C", "HK", "NZ")
        and here + 1 < len(found)
        and found[here + 1].word == "$"
        and found[here + 1].start == token.end
    ):
        currency, here = words.signs[sign + "$"], here + 2
    elif sign in words.signs:
        currency, here = words.signs[sign], here + 1
    if here >= len(found):
        return None
    token = found[here]
    if token.number:
        if not partner and _joined(found, here):
            return None
        value = _value(token.word)
        if value is None:
            return None
        last = here
        if last + 1 < len(found):
            following = found[last + 1]
            if following.low in _FRACTIONS and following.start == token.end:
                value, last = value + _FRACTIONS[following.low], last + 1
            elif following.start == token.end and following.word[:1].isalpha():
                if following.low not in _SHORT_MAGNITUDES:
                    return None if len(following.word) < _GLUED_LETTERS else (value, last, currency)
                value, last = _times(value, _SHORT_MAGNITUDES[following.low]), last + 1
                return value, last, currency
        value, last = _magnified(found, value, last)
        if currency and last + 1 < len(found) and found[last + 1].low in _SHORT_MAGNITUDES:
            value, last = _times(value, _SHORT_MAGNITUDES[found[last + 1].low]), last + 1
        return value, last, currency
    if currency is not None:
        return None
    return _spelled(found, here)


def _times(value: float | int, factor: int) -> float | int:
    product = round(value * factor, 6)
    return int(product) if product == int(product) else product


def _magnified(found: Sequence[Token], value: float | int, last: int) -> tuple[float | int, int]:
    while last + 1 < len(found) and found[last + 1].low in _MAGNITUDES:
        value, last = _times(value, _MAGNITUDES[found[last + 1].low]), last + 1
    return value, last


def _value(word: str) -> float | int | None:
    plain = _THOUSANDS.sub("", word)
    if plain.count(".") > 1 or (word.count(".") > 1 and "," in word):
        plain = word.replace(".", "").replace(",", ".")
    if len(plain) > MAX_DIGITS:
        return None
    try:
        return float(plain) if "." in plain else int(plain)
    except ValueError:
        return None


def _joined(found: Sequence[Token], at: int) -> bool:
    """Whether a number is part of something else: 7/10, 12:30, 1,2,3,4, No. 10, 10⁶, x2."""
    token = found[at]
    if at:
        before = found[at - 1]
        touching = before.end == token.start
        if touching and (before.low in _JOINED or before.number or before.word[-1:].isalnum()):
            return True
        if (
            touching
            and before.low in ("-", "–", ",", ".", "'", "’")
            and at > 1
            and found[at - 2].end == before.start
            and found[at - 2].word[-1:].isalnum()
        ):
            return True
        if before.low in (
            "no",
            "number",
            "page",
            "p",
            "pp",
            "section",
            "article",
            "chapter",
            "flight",
            "route",
            "room",
        ):
            return True
        if before.low == "." and at > 1 and found[at - 2].low in ("no", "pp", "p", "nos", "vol", "fig"):
            return True
    if at + 1 < len(found):
        after = found[at + 1]
        touching = after.start == token.end
        if touching and (after.low in _JOINED or after.number):
            return True
        if (
            touching
            and after.low in ("-", "–", "‑", "‐", ",")
            and at + 2 < len(found)
            and found[at + 2].start == after.end
        ):
            return not (found[at + 2].number and after.low != ",")
    return False


def _spelled(found: Sequence[Token], at: int) -> tuple[float | int, int, str | None] | None:
    """A number in words: "twenty-one thousand four hundred and two", "a dozen", "half a million"."""
    total = current = 0.0
    last = at - 1
    here = at
    seen = False
    low = found[here].low
    if low in _FRACTIONS and here + 1 < len(found):
        skip = 2 if found[here + 1].low in ("a", "an") and here + 2 < len(found) else 1
        magnitude = _MAGNITUDES.get(found[here + skip].low) if here + skip < len(found) else None
        return (int(_FRACTIONS[low] * magnitude), here + skip, None) if magnitude else None
    if low in ("a", "one", "the") and here + 1 < len(found) and found[here + 1].low in ("score",):
        return (20, here + 1, None) if here + 2 < len(found) and found[here + 2].low == "of" else None
    if low == "a" and here + 1 < len(found) and found[here + 1].low in _MAGNITUDES:
        current, here, last, seen = 1, here + 1, here, True
    while here < len(found):
        low = found[here].low
        parts = low.split("-")
        if len(parts) == 2 and parts[0] in _TENS and parts[1] in _UNITS:
            current += _TENS[parts[0]] + _UNITS[parts[1]]
        elif low in _TENS:
            current += _TENS[low]
        elif low in _UNITS:
            if seen and current % 10 and current % 100 >= 1:
                break
            current += _UNITS[low]
        elif low in _MAGNITUDES and seen:
            magnitude = _MAGNITUDES[low]
            if magnitude in (100, 12):
                current *= magnitude
            else:
                total, current = total + current * magnitude, 0
        elif (
            low == "and"
            and seen
            and last >= 0
            and found[last].low in ("hundred", "thousand")
            and here + 1 < len(found)
            and (found[here + 1].low.split("-")[0] in _TENS or found[here + 1].low in _UNITS)
        ):
            here += 1
            continue
        else:
            break
        seen, last = True, here
        here += 1
    if not seen or last < at:
        return None
    return int(total + current), last, None


def _vague(found: Sequence[Token], at: int) -> Quantity | None:
    low = found[at].low
    if low not in ("dozens", "scores", "hundreds", "thousands", "millions", "billions", "tens", "several", "a"):
        return None
    vague = figure_words().vague
    for width in (3, 2, 1):
        phrase = " ".join(token.low for token in found[at : at + width])
        if phrase in vague and len(phrase.split()) == width:
            bounds = vague[phrase]
            return Quantity(at, at + width - 1, None, bounds[0], bounds[1], "vague:" + phrase)
    return None


def _with_qualifier(found: Sequence[Token], quantity: Quantity, floor: int) -> Quantity:
    """Take in what stands before ("at least") or behind ("or more")."""
    words = figure_words()
    first, last = quantity.first, quantity.last
    qualifier = quantity.qualifier
    low, high = quantity.low, quantity.high
    if first and found[first - 1].low in ("between", "from") and quantity.qualifier == "between":
        first -= 1
    taken = True
    while taken and first - 1 > floor:
        taken = False
        for phrase, name in words.qualifiers.get(found[first - 1].low, ()):
            start = first - len(phrase)
            if start > floor and tuple(token.low for token in found[start:first]) == phrase:
                first, taken = start, True
                if name != "exact" and qualifier == "exact":
                    qualifier = name
                break
    for phrase, name in words.qualifiers_after:
        if tuple(token.low for token in found[last + 1 : last + 1 + len(phrase)]) == phrase:
            last += len(phrase)
            qualifier = name if qualifier == "exact" else qualifier
            break
    if qualifier in ("at_least", "more_than"):
        high = None
    elif qualifier in ("up_to", "less_than"):
        low = None
    return Quantity(first, last, quantity.value, low, high, qualifier, quantity.currency, quantity.lone_one)
