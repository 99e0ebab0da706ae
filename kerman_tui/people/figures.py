"""Numbers with their meaning: an article in, figures out: how many killed, displaced, how much money, and who says so.

A quantity becomes a figure when words beside it say of what: a verb before ("killed 84"), a participle or noun behind
("84 people were killed", "84 deaths"), a noun with "of" ("the killing of 84"), a currency, a per cent sign. Dates,
ages, distances, scores and list numbers are none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kerman_tui.model import Article, Figure
from kerman_tui.people.figures_disagree import disagreements, figure_table
from kerman_tui.people.figures_fate import Sense
from kerman_tui.people.figures_numbers import Quantity, Token, has_figure, quantities, tokens
from kerman_tui.people.figures_units import senses
from kerman_tui.people.figures_words import figure_words
from kerman_tui.people.speech_speakers import demonyms
from kerman_tui.people.speech_words import lexicon
from kerman_tui.text.fold import fold
from kerman_tui.text.sentences import sentences

if TYPE_CHECKING:
    from kerman_tui.people.detect import ArticleNames
    from kerman_tui.people.quotes import Report

_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug"
    " sep sept oct nov dec".split()
)

MAX_IN_SENTENCE = 40
"""Numbers of one sentence that are looked at; more of them are a table or a fault of the text."""

_AROUND = 240
_TOPIC_PARAGRAPHS = 40
_TOPIC_CHARACTERS = 2000
_TOPIC_WORDS = 6
_STEM_LETTERS = 6
_LONG = 4
_SENTENCE_GAP = re.compile(r"[.!?][\"”’]?\s+(?=[\"“]?[A-Z])")
_KEYWORD = re.compile(r"[^\W\d_]{3,}")
_EMPTY = frozenset({"", *figure_words().empty})


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
    headline = _keywords(article.title) | _topic(article)
    by_paragraph: dict[int | None, list[Report]] = defaultdict(list)
    for report in said:
        by_paragraph[report.quote.paragraph].append(report)
    return tuple(_figure(article, one, by_paragraph[one.paragraph], headline) for one in found)


def _in_text(paragraph: int | None, text: str) -> Iterator[_Found]:
    if not has_figure(text):
        return
    for begin, end in sentences(text) if paragraph is not None else [(0, len(text))]:
        if has_figure(text[begin:end]):
            yield from _in_sentence(paragraph, tokens(text, begin, end))


def _in_sentence(paragraph: int | None, words: Sequence[Token]) -> Iterator[_Found]:
    counted = [quantity for quantity in quantities(words) if not _is_date(words, quantity)][:MAX_IN_SENTENCE]
    for quantity, sense in zip(counted, senses(words, counted), strict=True):
        if sense is not None:
            first = min(quantity.first, sense.first)
            last = max(quantity.last, sense.last)
            start = words[quantity.first].start
            yield _Found(paragraph, quantity, sense, words[first].start, words[last].end, start)


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
        return before in _MONTHS or before in figure_words().before_years
    return False


def _figure(article: Article, one: _Found, said: Sequence[Report], headline: frozenset[str]) -> Figure:
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
        matter=tuple(sorted(headline | _keywords(_sentence(text, one.start, one.end)))),
    )


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a span, cut at ``_AROUND`` characters on either side."""
    left, right = max(0, start - _AROUND), min(len(text), end + _AROUND)
    first = max((match.end() for match in _SENTENCE_GAP.finditer(text, left, start)), default=left)
    gap = _SENTENCE_GAP.search(text, end, right)
    return text[first : gap.start() if gap else right]


def _keywords(text: str) -> frozenset[str]:
    """What a text is about, folded: its capitalised words and its longer ones."""
    return frozenset(_key(word) for word in _KEYWORD.findall(text) if word[0].isupper() or len(word) > _LONG) - _EMPTY


def _key(word: str) -> str:
    """One key for the forms of a word: a country for its people, "terror" for "terrorist", "attack" for "attacks"."""
    low = fold(word)
    if low in _EMPTY or low in lexicon().times:
        return ""
    return demonyms().get(low) or low.removesuffix("s")[:_STEM_LETTERS]


def _topic(article: Article) -> frozenset[str]:
    """The capitalised words that an article repeats most: the place and the names of its event."""
    counts: Counter[str] = Counter()
    for paragraph in article.paragraphs[:_TOPIC_PARAGRAPHS]:
        counts.update(word for word in _KEYWORD.findall(paragraph.text[:_TOPIC_CHARACTERS]) if word[0].isupper())
    words = Counter[str]()
    for word, count in counts.items():
        words[_key(word)] += count
    return frozenset(word for word, count in words.most_common(_TOPIC_WORDS + 1) if count > 1 and word)


def _attribution(one: _Found, said: Sequence[Report]) -> str | None:
    """Who says so: the speaker of the shortest report in which the number stands."""
    best: Report | None = None
    for report in said:
        quote = report.quote
        if not quote.start <= one.number_start < quote.end:
            continue
        if quote.speaker is None and (quote.speaker_text or "it").lower() in lexicon().pronouns:
            continue
        if best is None or quote.end - quote.start < best.quote.end - best.quote.start:
            best = report
    if best is None:
        return None
    return best.quote.speaker or best.quote.speaker_text


__all__ = ["disagreements", "figure_table", "figures"]
