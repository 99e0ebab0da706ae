"""What stands around a reporting verb: whether a word is one here, and on which side of it what was said stands.

A sentence and the place of the word in, plain answers out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from kerman_tui.people.speech_content import SENTENCE_ENDS
from kerman_tui.people.speech_sentences import QUOTE, Sentence
from kerman_tui.people.speech_subjects import COORDINATORS, DETERMINERS, PRONOUNS, Phrase, left, right, speaker_like
from kerman_tui.people.speech_words import Cue, Lexicon, lexicon

Side = Literal["before", "after", "around"]

BE = frozenset("is are was were be been being am".split())
HAVE = frozenset("has have had having".split())
MODAL = frozenset("will would shall should can could may might must did does do".split())
_CIRCUMSTANCES = frozenset("in on at during after before while when as to of about with via from ,".split())
_AS_SAYING = frozenset({("as", "saying"), ("as", "telling"), ("as", "stating")})
_AS_SAYING_WITHIN = 16
_BESIDE_QUOTE = 5
_NOT_OF_VERBS = frozenset({"in", "of"})
_GIVING_NAMES = frozenset("called named titled dubbed".split())
_QUOTE_WITHIN = 12
_HEAD_TOKENS = 2


@dataclass(frozen=True, slots=True)
class Before:
    """What stands between a verb and what precedes it: "has not", "later", "went on to"."""

    last: int
    passive: bool
    negated: bool
    helped: bool
    infinitive: bool
    foretold: bool


def before_verb(sentence: Sentence, at: int, cue: Cue, words: Lexicon) -> Before:
    lows = sentence.lows
    back = at - 1
    passive = negated = helped = infinitive = foretold = False
    while back >= 0:
        low = lows[back]
        if low == "to":
            carried = _carried_on(sentence, back - 1)
            if carried is None:
                infinitive = True
                break
            back, helped = carried, True
            continue
        if low not in words.between and not (low.endswith("ly") and len(low) > 4):
            break
        passive = passive or (low in BE and cue.form == "past")
        foretold = foretold or low in ("will", "would", "'ll", "’ll")
        negated = negated or low in ("not", "never")
        helped = helped or low in MODAL or low in HAVE or low in BE
        back -= 1
    return Before(back, passive, negated, helped, infinitive, foretold)


def _carried_on(sentence: Sentence, at: int) -> int | None:
    """The token before a verb that only carries the reporting verb on: "went on to note", "continued to insist"."""
    if sentence.low(at) == "on" and sentence.low(at - 1) in ("went", "goes", "go", "going"):
        return at - 2
    return at - 1 if sentence.low(at) in ("continued", "continues") else None


def is_noun(sentence: Sentence, at: int, back: int, words: Lexicon, *, title: bool) -> bool:
    """Whether a form that can be a plural noun is one here: "Western states have", "two reports of"."""
    if sentence.lows[at] not in words.noun_forms:
        return False
    after = sentence.low(at + 1)
    if title:
        return after in _NOT_OF_VERBS
    if _named_behind_quote(sentence, at):
        return False
    if after == QUOTE and sentence.low(at - 1) not in words.prepositions:
        return False
    if after in words.between or after in words.prepositions or after in COORDINATORS or after in ("who", "", "."):
        return True
    if back < at - 1:
        return False
    return not (sentence.capital(back) or speaker_like(sentence, back, words) or sentence.low(back) in (",", ")"))


def _named_behind_quote(sentence: Sentence, at: int) -> bool:
    """Whether only a name stands between a quotation and the word: “…,” the Times notes; “…,” Anna Telder reports."""
    first = at
    while first > 0 and sentence.capital(first - 1):
        first -= 1
    first -= first > 0 and sentence.lows[first - 1] == "the"
    return first < at and sentence.low(first - 1) == QUOTE


def plural_subject(sentence: Sentence, back: int, words: Lexicon) -> bool:
    """Whether a base form has a subject that asks for it: "they say", "officials in Gaza say"."""
    phrase = (back, back) if sentence.low(back) in PRONOUNS else left(sentence, back, words)
    if phrase is None:
        return False
    opening = [*sentence.lows[phrase[0] : min(phrase[1], phrase[0] + _HEAD_TOKENS) + 1], sentence.low(back)]
    return any(
        low in ("they", "we", "i", "you", "who", "people", "police", "many", "some")
        or (low.endswith("s") and not low.endswith(("ss", "'s", "’s")) and low.isalpha())
        for low in opening
    )


def quote_follows(sentence: Sentence, at: int) -> bool:
    return any(number >= 0 for number in sentence.quote[at + 1 : at + _QUOTE_WITHIN])


def describes(sentence: Sentence, at: int) -> bool:
    """Whether words between marks belong to a subject: the “Long Water” singer said, a paper called “The Bell” said."""
    if sentence.low(at) != QUOTE or at in sentence.pausing:
        return False
    return sentence.low(at - 1) in DETERMINERS or sentence.low(at - 1) in _GIVING_NAMES


def side_of(sentence: Sentence, first: int, at: int) -> Side:
    """Content stands before when the speaker follows a comma or a quotation and nothing much follows the verb."""
    if sentence.low(first - 1) not in (",", QUOTE, "—", "–", "-") or first == 0:
        return "after"
    if sentence.low(first - 1) == QUOTE or sentence.low(first - 2) == QUOTE:
        return "before"
    rest = [low for low in sentence.lows[at + 1 :] if low not in SENTENCE_ENDS]
    if not rest or rest[0] == ",":
        return "around" if rest and not _tells_how(rest[1:]) else "before"
    return "before" if _only_circumstances(rest) else "after"


def _tells_how(rest: Sequence[str]) -> bool:
    """Whether what follows "she said," tells how or when she said it, and is no more of what she said."""
    return not rest or rest[0].endswith("ing") or rest[0] in lexicon().times or rest[0] in _CIRCUMSTANCES


def _only_circumstances(rest: Sequence[str]) -> bool:
    return (rest[0] in lexicon().times or rest[0] in _CIRCUMSTANCES) and len(rest) <= 14 and "that" not in rest


def stands_beside(sentence: Sentence, at: int) -> bool:
    """Whether a quotation stands close before the verb or right behind it: “…,” she continued; he began, “…”."""
    ahead = sentence.lows[at + 1 : at + 3]
    if ahead[:1] == [QUOTE] or (ahead[:1] in ([","], [":"]) and QUOTE in ahead):
        return True
    before = (quote for quote in range(max(0, at - _BESIDE_QUOTE), at) if sentence.lows[quote] == QUOTE)
    return any(quote in sentence.pausing or sentence.low(quote + 1) == "," for quote in before)


def gives_a_name(sentence: Sentence, at: int, cue: Cue, phrase: Phrase) -> bool:
    """Whether a verb only tells what something is called: a paper called “The Bell”."""
    if cue.base == "know" and sentence.low(at + 1) == "as":
        return True
    named = cue.kind == "label" and cue.form == "past" and sentence.low(at + 1) == QUOTE
    return named and sentence.lows[phrase[0]] in ("a", "an") and sentence.low(at + 2) != "by"


def quoted_as_saying(sentence: Sentence, at: int, words: Lexicon) -> Phrase | None:
    """Whose words another quotes: “…,” the paper quoted Anna Telder as saying."""
    phrase = right(sentence, at + 1, words)
    if phrase is None:
        return None
    behind = sentence.lows[phrase[1] + 1 : phrase[1] + 1 + _AS_SAYING_WITHIN]
    told = any(pair in _AS_SAYING for pair in pairwise(behind))
    return phrase if told else None
