"""Numbers with their meaning: an article in, figures out: how many killed, displaced, how much money, and who says so.

A quantity becomes a figure when words beside it say of what: a verb before ("killed 84"), a participle or noun behind
("84 people were killed", "84 deaths"), a noun with "of" ("the killing of 84"), a currency, a per cent sign. Dates,
ages, distances, scores and list numbers are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from kerman_tui.model import Article, Figure
from kerman_tui.people.figures_numbers import Quantity, Token, has_quantity, quantities, tokens
from kerman_tui.people.figures_units import PEOPLE, Sense, senses

if TYPE_CHECKING:
    from kerman_tui.people.detect import ArticleNames
    from kerman_tui.people.quotes import Report

_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug"
    " sep sept oct nov dec".split()
)


class _Found(NamedTuple):
    paragraph: int | None
    quantity: Quantity
    sense: Sense
    start: int
    end: int
    number_start: int


def figures(
    article: Article, names: ArticleNames | None = None, said: Sequence[Report] | None = None
) -> tuple[Figure, ...]:
    """All figures of ``article`` in the order in which they stand, the title first.

    ``names`` are the people detected in it, ``said`` what ``quotes.reports`` found in it; both are worked out here
    where they are not given, and only when there is a figure that someone could be credited with.
    """
    found: list[_Found] = []
    if article.title:
        found.extend(_in_text(None, article.title))
    for number, paragraph in enumerate(article.paragraphs):
        found.extend(_in_text(number, paragraph.text))
    if not found:
        return ()
    if said is None:
        from kerman_tui.people.quotes import reports

        said = reports(article, names)
    return tuple(_figure(article, one, said) for one in found)


def _in_text(paragraph: int | None, text: str) -> list[_Found]:
    if not has_quantity(text):
        return []
    words = tokens(text)
    counted = [quantity for quantity in quantities(words) if not _is_date(words, quantity)]
    found: list[_Found] = []
    for quantity, sense in zip(counted, senses(words, counted), strict=True):
        if sense is None:
            continue
        first = min(quantity.first, sense.first)
        last = max(quantity.last, sense.last)
        start = words[quantity.first].start
        found.append(_Found(paragraph, quantity, sense, words[first].start, words[last].end, start))
    return found


def _is_date(words: Sequence[Token], quantity: Quantity) -> bool:
    """A day of a month, a year, a day of the week’s number."""
    value = quantity.value
    if quantity.currency or value is None or not words[quantity.last].number or quantity.first != quantity.last:
        return False
    before = words[quantity.first - 1].low if quantity.first else ""
    if before == "." and quantity.first > 1:
        before = words[quantity.first - 2].low
    after = words[quantity.last + 1].low if quantity.last + 1 < len(words) else ""
    if value <= 31 and (before in _MONTHS or after in _MONTHS) and words[quantity.first].word.isdecimal():
        return True
    if 1900 <= value <= 2100 and len(words[quantity.last].word) == 4:
        return before in _MONTHS or before in (
            "in", "since", "of", "during", "by", "from", "until", "and", "to", "early", "late", "mid", "the", ",", "(", "after", "before"
        )  # fmt: skip
    return False


def _figure(article: Article, one: _Found, said: Sequence[Report]) -> Figure:
    quantity = one.quantity
    text = article.text_of(one.paragraph)
    return Figure(
        article=article.id,
        outlet=article.outlet,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        unit=one.sense.unit,
        as_written=text[one.start : one.end],
        qualifier=quantity.qualifier,
        attribution=_attribution(one, said),
        paragraph=one.paragraph,
        start=one.start,
        end=one.end,
    )


def _attribution(one: _Found, said: Sequence[Report]) -> str | None:
    """Who says so: the speaker of the shortest report in which the number stands."""
    best: Report | None = None
    for report in said:
        quote = report.quote
        if quote.paragraph != one.paragraph or not quote.start <= one.number_start < quote.end:
            continue
        if quote.speaker is None and quote.speaker_text is None:
            continue
        if best is None or quote.end - quote.start < best.quote.end - best.quote.start:
            best = report
    if best is None:
        return None
    return best.quote.speaker or best.quote.speaker_text


__all__ = ["PEOPLE", "figures"]
