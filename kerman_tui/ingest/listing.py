"""A page of several articles, divided into them: lines in, the index of every headline out.

A headline stands alone without a final stop; what tells it from a heading inside an article is above all that its
words return in the text below and not in the text above, and that the text below speaks of something else than the
text above. Lines of the right shape are scored three times by logistic functions: each by itself, each among the others
of the page (headlines of one page look alike, captions follow them), and then the page as a whole, since an article
with headings must stay one article. The weights stand in listing.toml.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from kerman_tui.ingest import furniture
from kerman_tui.ingest.lines import Line
from kerman_tui.ingest.page import date_of_line
from kerman_tui.text.fold import fold

_SURE = 0.4
"""What a page must score to be divided: an article that is torn apart is worse than a listing that stays whole."""
_WINDOW, _NEAR, _REACH = 6, 3, 18
"""Paragraphs of running text that are looked at on either side, the nearest of them, and lines searched for them."""
_LEAST_WORDS, _MOST_WORDS = 3, 30
_HINT_LINES = 8
_PREFIX = 7
_FINAL = ".;,:…।۔"
_CLOSERS = "\"'”’»)]"
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’-][^\W_]+)*")
_BULLET = re.compile(r"(?:[•▪◦‣●■*–—-]|\(?\d{1,2}[.)]|#)\s")

Signs = Mapping[str, float]


def headlines(lines: Sequence[Line]) -> list[int]:
    """Indices of the headlines of a listing page, in order; empty for a page that holds one article or none."""
    found = [index for index in range(len(lines)) if may_be_headline(lines, index)]
    if len(found) < 2:
        return []
    words = Words(lines)
    alone = {index: line_signs(lines, index, words) for index in found}
    scores = [logit(signs, "line") for signs in alone.values()]
    among = [logit(signs, "context") for signs in context_signs(alone, scores)]
    if logit(page_signs(lines, found, among), "page") <= _SURE:
        return []
    return [index for index, score in zip(found, among, strict=True) if score > 0]


def may_be_headline(lines: Sequence[Line], index: int) -> bool:
    """Whether a line has the shape of a headline: alone between blanks, of some words, not ended as a sentence is."""
    line = lines[index]
    text = line.text
    alone = line.gap and index + 1 < len(lines) and lines[index + 1].gap
    if not alone or len(text) > 250 or text.rstrip(_CLOSERS + " ")[-1:] in _FINAL or text[:1].islower():
        return False
    if not _LEAST_WORDS <= furniture.word_count(text) <= _MOST_WORDS or _BULLET.match(text):
        return False
    return not (
        furniture.is_furniture(text) or furniture.byline(text) or date_of_line(text) or furniture.is_credit(text)
    )


class Words:
    """The words and the names of each line, gathered when first asked for."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._words: dict[int, frozenset[str]] = {}
        self._names: dict[int, frozenset[str]] = {}

    def of(self, *indices: int) -> frozenset[str]:
        """Words of more than three letters, by their beginnings, so that forms of a word agree."""
        return frozenset().union(*(self._words.get(index) or self._gather(index) for index in indices))

    def names(self, *indices: int) -> frozenset[str]:
        """Words with a capital that do not open the line."""
        return frozenset().union(*(self._names.get(index) or self._gather_names(index) for index in indices))

    def _gather(self, index: int) -> frozenset[str]:
        found = (match.group() for match in _WORD.finditer(self._lines[index].text[:3000]))
        self._words[index] = frozenset(fold(word)[:_PREFIX] for word in found if len(word) > 3)
        return self._words[index]

    def _gather_names(self, index: int) -> frozenset[str]:
        found = (m.group() for m in _WORD.finditer(self._lines[index].text[:3000]) if m.start() > 0)
        self._names[index] = frozenset(fold(word)[:_PREFIX] for word in found if len(word) > 2 and word[0].isupper())
        return self._names[index]


def line_signs(lines: Sequence[Line], index: int, words: Words) -> Signs:
    """What a line and the text around it say, mostly as numbers from 0 to 1."""
    text = lines[index].text
    below = _prose(lines, range(index + 1, min(len(lines), index + 1 + _REACH)))
    above = _prose(lines, range(index - 1, max(-1, index - 1 - _REACH), -1))
    mine, names = words.of(index), words.names(index)
    after, before = words.of(*below), words.of(*above)
    count = furniture.word_count(text)
    long = [w for w in _WORD.findall(text) if len(w) > 3]
    following, last = lines[index + 1].text, lines[index - 1].text if index else ""
    return {
        "length": min(count, 20) / 10,
        "very_short": float(count < 5),
        "capitalised": sum(w[0].isupper() for w in long) / len(long) if long else 0.0,
        "upper_case": float(text.isupper()),
        "words_below": _share(mine, after),
        "words_above": _share(mine, before),
        "words_right_below": _share(mine, words.of(*below[:2])),
        "names_below": _share(names, after),
        "names_above": _share(names, words.names(*above) | before),
        "text_goes_on": _share(words.of(*below[:_NEAR]), words.of(*above[:_NEAR])),
        "question": float(text.rstrip(_CLOSERS).endswith(("?", "!"))),
        "caption_below": float(_is_short(following)),
        "byline_below": float(bool(furniture.byline(following) or date_of_line(following))),
        "furniture_above": float(bool(index) and furniture.is_furniture(last)),
        "unfinished_above": float(bool(index) and not furniture.ends_sentence(last)),
        "first_line": float(index == 0),
        "no_text_below": float(not below),
        "text_above": float(bool(above)),
        "quoted": float(text[:1] in "\"'“‘"),
        "short_above": float(bool(index) and _is_short(last)),
        "colon": float(":" in text),
    }


def context_signs(alone: Mapping[int, Signs], scores: Sequence[float]) -> list[Signs]:
    """What the other lines of the page that may be headlines say about each: do they look alike, do they touch?"""
    chances = {index: _chance(score) for index, score in zip(alone, scores, strict=True)}
    weights = {index: max(chance, 1e-3) ** 2 for index, chance in chances.items()}
    total, likely = sum(weights.values()), sum(chances.values())
    means = {
        sign: sum(weights[index] * signs[sign] for index, signs in alone.items())
        for sign in ("length", "capitalised", "upper_case", "caption_below", "byline_below", "furniture_above")
    }
    found: list[Signs] = []
    for (index, signs), score in zip(alone.items(), scores, strict=True):
        weight = weights[index]
        rest = max(total - weight, 1e-6)
        usual = {sign: (mean - weight * signs[sign]) / rest for sign, mean in means.items()}

        def alike(sign: str, least: float, signs: Signs = signs, usual: Signs = usual) -> float:
            return (2 * signs[sign] - 1) * (2 * usual[sign] - 1) if usual[sign] > least else 0.0

        others = likely - chances[index]
        found.append(
            {
                "alone": max(-8.0, min(8.0, score)),
                "others": math.log1p(others),
                "few_others": min(3.0, others),
                "capitals_differ": abs(signs["capitalised"] - usual["capitalised"]),
                "case_differs": abs(signs["upper_case"] - usual["upper_case"]),
                "length_differs": abs(signs["length"] - usual["length"]),
                "caption_alike": alike("caption_below", -1.0),
                "byline_alike": alike("byline_below", 0.3),
                "furniture_alike": alike("furniture_above", 0.3),
                "right_after_one": chances.get(index - 1, 0.0),
                "right_before_one": chances.get(index + 1, 0.0),
                "after_candidate": float(index - 1 in chances),
            }
        )
    return found


def page_signs(lines: Sequence[Line], found: Sequence[int], among: Sequence[float]) -> Signs:
    """What tells a listing from one article with headings: several sure headlines beside the first, for the text."""
    later = sorted(
        (score for index, score in zip(found, among, strict=True) if index not in (0, found[0])), reverse=True
    )
    best = [max(-6.0, min(6.0, score)) for score in later[:3]] + [-6.0] * 3
    sure = sum(score > 0 for score in later)
    prose = sum(furniture.is_prose(line.text) for line in lines)
    edges = (*lines[:_HINT_LINES], *lines[-_HINT_LINES:])
    return {
        "best": best[0],
        "second": best[1],
        "third": best[2],
        "sure": math.log1p(sure),
        "sure_share": sure / len(later) if later else 0.0,
        "text": math.log1p(prose) / 3,
        "listing_words": float(any(furniture.table().listing.fullmatch(line.text) for line in edges)),
        "sure_for_text": sure / max(1, prose),
    }


def logit(signs: Signs, level: str) -> float:
    """The weighted sum of signs: positive means more likely than not."""
    weights = _weights()[level]
    return weights["constant"] + sum(weights.get(sign, 0.0) * value for sign, value in signs.items())


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    return tomllib.loads(resources.files(__package__).joinpath("listing.toml").read_text("utf-8"))


def _chance(score: float) -> float:
    return 1 / (1 + math.exp(-max(-8.0, min(8.0, score))))


def _prose(lines: Sequence[Line], indices: range) -> list[int]:
    """The next lines of running text in that direction, furniture aside."""
    found: list[int] = []
    for index in indices:
        if furniture.word_count(lines[index].text) >= 8 and not furniture.is_furniture(lines[index].text):
            found.append(index)
            if len(found) >= _WINDOW:
                break
    return found


def _share(some: frozenset[str], others: frozenset[str]) -> float:
    return len(some & others) / len(some) if some else 0.0


def _is_short(text: str) -> bool:
    return not furniture.is_prose(text) and not furniture.ends_sentence(text)
