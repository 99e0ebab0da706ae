"""Who reports in a sentence: a sentence in, speech frames (speaker, verb, content) out.

A frame is lexical: it says which words name the speaker and which words are what was said, not who that is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kerman_tui.people.speech_content import (
    SENTENCE_ENDS,
    content_after,
    content_before,
    content_end,
    content_start,
    tidy,
)
from kerman_tui.people.speech_nouns import named_report
from kerman_tui.people.speech_sentences import QUOTE, Sentence
from kerman_tui.people.speech_subjects import (
    COORDINATORS,
    DETERMINERS,
    PRONOUNS,
    STOPS,
    Phrase,
    apposed,
    following,
    left,
    nearest_subject,
    opening,
    right,
)
from kerman_tui.people.speech_verbs import (
    BE,
    HAVE,
    MODAL,
    Before,
    Side,
    before_verb,
    describes,
    gives_a_name,
    is_noun,
    plural_subject,
    quote_follows,
    quoted_as_saying,
    side_of,
    stands_beside,
)
from kerman_tui.people.speech_words import Cue, CueClass, Form, Lexicon, lexicon

MAX_CUES = 24
"""No sentence that means something has more words of reporting; what does is a fault of the text."""

_PARTICIPLE_OPENERS = frozenset(
    ("", ",", QUOTE, "—", "–", "by", "while", "and", "in", "when", "after", "before", "without", ";")
)
_NO_CLAUSE = frozenset(", by on in of for with at about as".split())
_BEGINNINGS = frozenset({"began", "kept"})
_HEADLINE_NAME_TOKENS = 5
_BESIDE_TOKENS = 12


@dataclass(frozen=True, slots=True)
class Frame:
    """One report. Spans count characters of the paragraph, ``at`` and ``first`` tokens of the sentence.

    ``speaker`` is null where the sentence names none; ``first`` is the first token of speaker and verb together.
    ``side`` says where the content stands as seen from the verb: before it, after it, or on both sides.
    """

    verb: str
    base: str
    kind: CueClass
    form: Form
    at: int
    first: int
    speaker: tuple[int, int] | None
    side: Side
    content: tuple[int, int] | None
    negated: bool = False


@dataclass(slots=True)
class _Reading:
    """One sentence while its frames are being found."""

    sentence: Sentence
    words: Lexicon
    title: bool
    found: list[Frame]


def frames(sentence: Sentence, *, title: bool = False) -> list[Frame]:
    """The speech frames of a sentence in the order of their verbs."""
    reading = _Reading(sentence, lexicon(), title, [])
    tried = 0
    for at, low in enumerate(sentence.lows):
        if tried >= MAX_CUES:
            break
        tried += low in reading.words.cues or low in reading.words.nouns
        frame = _frame_at(reading, at, low)
        if frame is not None:
            reading.found.append(frame)
    return [_until_later(sentence, frame, reading.found[at + 1 :]) for at, frame in enumerate(reading.found)]


def _frame_at(reading: _Reading, at: int, low: str) -> Frame | None:
    """The frame of the word ``low`` at a token: a noun for something said, a verb, "according to", a colon."""
    sentence, words = reading.sentence, reading.words
    named = _noun(reading, at) if low in words.nouns else None
    if named is not None:
        return named
    if low in words.cues:
        return _verb(reading, at, words.cues[low])
    if low in words.particle_verbs and (low, sentence.low(at + 1)) in words.particles:
        return _verb(reading, at, Cue(low, "say", words.particle_verbs[low]))
    if low == "according" and sentence.low(at + 1) == "to":
        return _according(reading, at)
    if low == ":" and at:
        return _headline(reading, at) if reading.title else _script(reading, at)
    return None


def _until_later(sentence: Sentence, frame: Frame, later: Sequence[Frame]) -> Frame:
    """The frame without who reports it all, behind it: "called it a loss, the agency said"."""
    if frame.side != "after" or frame.content is None:
        return frame
    start, end = frame.content
    for other in later:
        first = sentence.starts[other.first]
        if other.side == "before" and start < first < end and sentence.low(other.first - 1) in (",", QUOTE):
            content = content_before(sentence, other.first)
            return replace(frame, content=tidy((start, content[1])) if content is not None else None)
    return frame


# --- one verb ---------------------------------------------------------------------------------------------------


def _verb(reading: _Reading, at: int, cue: Cue) -> Frame | None:
    sentence, words = reading.sentence, reading.words
    beside_quote = (sentence.low(at - 1) == QUOTE and not describes(sentence, at - 1)) or (
        sentence.low(at - 1) == "," and sentence.low(at - 2) == QUOTE
    )
    if not reading.title and sentence.capital(at) and at > 0 and not (beside_quote and cue.form in ("past", "third")):
        return None
    if cue.base in words.beside and not stands_beside(sentence, at):
        return None
    before = before_verb(sentence, at, cue, words)
    back = before.last
    low = sentence.low(back)
    if before.foretold and any(_holds(frame, sentence.starts[at]) for frame in reading.found):
        return None
    if before.infinitive:
        if not quote_follows(sentence, at):
            return None
        return _build(reading, at, cue, _inherited(reading, back), "after", before)
    if (low in DETERMINERS and low != "that") or is_noun(sentence, at, back, words, title=reading.title):
        return None
    if before.passive:
        return _passive(reading, at, cue, before)
    if describes(sentence, back) and sentence.low(back - 1) not in DETERMINERS:
        return _build(reading, at, cue, left(sentence, back - 2, words), "after", before)
    if cue.form == "base" and not before.helped and not plural_subject(sentence, back, words):
        return None
    if cue.form == "ing" and not before.helped:
        return _participle(reading, at, cue, before)
    opens = low in (",", QUOTE, "—", "–") or back < 0
    if cue.form in ("past", "third") and cue.base != "tell" and not before.helped and opens:
        inverted = right(sentence, at + 1, words)
        if inverted is not None and (beside_quote or _inversion(reading, cue, back, inverted)):
            return _build(reading, at, cue, inverted, "before", before)
    if low in COORDINATORS:
        return _build(reading, at, cue, _inherited(reading, back, nearest=True), "after", before)
    speaker = left(sentence, back, words)
    if speaker is None or gives_a_name(sentence, at, cue, speaker):
        return None
    if describes(sentence, speaker[0] - 1):
        speaker = speaker[0] - 2, speaker[1]
    side = side_of(sentence, speaker[0], at)
    quoted = quoted_as_saying(sentence, at, words) if cue.base in ("quote", "cite") else None
    return _build(reading, at, cue, quoted or speaker, side, before)


def _passive(reading: _Reading, at: int, cue: Cue, before: Before) -> Frame | None:
    sentence = reading.sentence
    if sentence.lows[at] in ("quoted", "cited") and "as" in sentence.lows[at + 1 : at + 3]:
        return _build(reading, at, cue, left(sentence, before.last, reading.words), "after", before)
    if sentence.low(at + 1) == "by":
        return _build(reading, at, cue, right(sentence, at + 2, reading.words), "before", before)
    return None


def _participle(reading: _Reading, at: int, cue: Cue, before: Before) -> Frame | None:
    sentence = reading.sentence
    low = sentence.low(before.last)
    beside = _beside(sentence, before.last)
    if beside is not None:
        return _build(reading, at, cue, beside, "after", before)
    if low in _PARTICIPLE_OPENERS:
        speaker = _inherited(reading, before.last) if at else following(sentence, at, reading.words)
        return _build(reading, at, cue, speaker, "after", before)
    if low in reading.words.times or (sentence.capital(before.last) and quote_follows(sentence, at)):
        return _build(reading, at, cue, _inherited(reading, before.last), "after", before)
    if quote_follows(sentence, at) and low.isalpha() and low not in reading.words.cues:
        if low in reading.words.writings:
            return _build(reading, at, cue, _inherited(reading, before.last), "after", before)
        last = before.last - (low.endswith("ed") or low in _BEGINNINGS)
        return _build(
            reading, at, cue, _object(sentence, left(sentence, last, reading.words), reading.words), "after", before
        )
    return None


def _beside(sentence: Sentence, last: int) -> Phrase | None:
    """Who is set beside the main clause with "with": "It closed, with Smith calling it “a loss”."""
    for at in range(last, max(-1, last - _BESIDE_TOKENS), -1):
        if sentence.lows[at] in STOPS:
            return None
        if sentence.lows[at] == "with":
            leads = at == 0 or sentence.lows[at - 1] in STOPS
            return (at + 1, last) if leads and at < last else None
    return None


def _object(sentence: Sentence, phrase: Phrase | None, words: Lexicon) -> Phrase | None:
    """The phrase from its last determiner that follows no preposition: "shows a sailor of the port" asking."""
    if phrase is None:
        return None
    first, last = phrase
    determined = (
        at for at in range(last, first, -1)
        if sentence.lows[at] in DETERMINERS and sentence.lows[at - 1] not in words.prepositions
    )  # fmt: skip
    return next(determined, first), last


def _inversion(reading: _Reading, cue: Cue, back: int, phrase: Phrase) -> bool:
    """Whether the verb after a comma has its speaker behind it: "The toll is 84, said the minister."""
    sentence, words = reading.sentence, reading.words
    if cue.kind != "say" or back < 0 or apposed(sentence, back, words):
        return False
    rest = [low for low in sentence.lows[phrase[1] + 1 :] if low not in SENTENCE_ENDS]
    return not rest or rest[0] in (",", ";", QUOTE) or rest[0] in words.times or rest[0] in words.prepositions


def _inherited(reading: _Reading, back: int, *, nearest: bool = False) -> Phrase | None:
    """The speaker of the verb before in the sentence, else its subject, or that of its ``nearest`` clause."""
    sentence = reading.sentence
    for frame in reversed(reading.found):
        if frame.speaker is not None and frame.at <= back and frame.kind != "label" and frame.form != "noun":
            return sentence.at(frame.speaker[0]), sentence.at(frame.speaker[1]) - 1
    clause = nearest_subject(sentence, back, reading.words) if nearest else None
    return clause or opening(sentence, back, reading.words)


def _holds(frame: Frame, start: int) -> bool:
    """Whether what a frame reports goes on at the character ``start``."""
    return frame.content is not None and frame.kind == "say" and frame.content[0] <= start < frame.content[1]


# --- frames without a verb of their own -------------------------------------------------------------------------


def _noun(reading: _Reading, at: int) -> Frame | None:
    sentence = reading.sentence
    named = named_report(sentence, at, reading.words)
    if named is None:
        return None
    word = sentence.words[at]
    return Frame(word, word.lower(), "say", "noun", at, named.first, named.speaker, "after", named.content)


def _according(reading: _Reading, at: int) -> Frame | None:
    sentence = reading.sentence
    speaker = right(sentence, at + 2, reading.words, surely=True)
    if speaker is None:
        return None
    leads = at == 0 or sentence.low(at - 1) in ("but", "and")
    content: tuple[int, int] | None = content_before(sentence, at)
    if leads:
        comma = next((i for i in range(speaker[1], len(sentence.lows)) if sentence.lows[i] == ","), None)
        content = (
            (sentence.starts[comma + 1], content_end(sentence))
            if comma is not None and comma + 1 < len(sentence.lows)
            else None
        )
    return Frame(
        "according to",
        "according",
        "say",
        "base",
        at,
        at,
        sentence.span(*speaker),
        "after" if leads else "before",
        tidy(content),
    )


def _headline(reading: _Reading, at: int) -> Frame | None:
    """ "Raisi: Terror will fail" and "Terror will fail: Iran’s Army" in a headline."""
    sentence = reading.sentence
    count = len(sentence.lows)
    ahead = count - at - 1
    named = all(word[0].isupper() for word in sentence.words[:at] if word[0].isalpha())
    if at <= _HEADLINE_NAME_TOKENS and ahead > at and named:
        return _colon(sentence, at, (0, at - 1), "after", (sentence.starts[at + 1], sentence.end))
    if 0 < ahead <= _HEADLINE_NAME_TOKENS and at > ahead:
        return _colon(sentence, at, (at + 1, count - 1), "before", (sentence.start, sentence.ends[at - 1]))
    return None


def _script(reading: _Reading, at: int) -> Frame | None:
    """ "Smith: “No.”", as in interviews and lists of reactions."""
    sentence = reading.sentence
    if sentence.low(at + 1) != QUOTE:
        return None
    if sentence.lows[max(0, at - 2) : at] == ["went", "on"]:
        return _verb(reading, at - 2, Cue("go on", "say", "past"))
    first = at
    while first > 0 and at - first < _HEADLINE_NAME_TOKENS and sentence.capital(first - 1):
        first -= 1
    if first == at or (first > 0 and sentence.low(first - 1) not in STOPS and sentence.low(first - 1) != "."):
        return None
    return _colon(sentence, at, (first, at - 1), "after", (sentence.starts[at + 1], content_end(sentence)))


def _colon(sentence: Sentence, at: int, speaker: Phrase, side: Side, content: tuple[int, int]) -> Frame:
    return Frame(":", ":", "say", "base", at, speaker[0], sentence.span(*speaker), side, tidy(content))


# --- the frame --------------------------------------------------------------------------------------------------


def _build(reading: _Reading, at: int, cue: Cue, speaker: Phrase | None, side: Side, before: Before) -> Frame:
    sentence = reading.sentence
    first = at if speaker is None else min(speaker[0], at)
    content = content_before(sentence, first) if side == "before" else content_after(sentence, at)
    if side == "around":
        content = (content_start(sentence), content[1]) if content is not None else content_before(sentence, first)
    verb = sentence.words[at]
    if before.negated and "did" in sentence.lows[max(0, at - 3) : at]:
        verb = f"did not {cue.base}"
    span = None if speaker is None else sentence.span(*speaker)
    return Frame(verb, cue.base, cue.kind, cue.form, at, first, span, side, tidy(content), before.negated)


def reports_a_clause(sentence: Sentence, frame: Frame) -> bool:
    """Whether the content of a frame reads as something said: a clause, or words that hold a quotation."""
    if frame.content is None or (frame.negated and frame.kind == "think"):
        return False
    if frame.base == "according":
        return True
    if frame.side != "after":
        return frame.kind != "label" and frame.form in ("past", "third", "base")
    first, last = sentence.at(frame.content[0]), sentence.at(frame.content[1])
    tokens = sentence.lows[first:last]
    if QUOTE in tokens and frame.kind != "think":
        return True
    if len(tokens) < 3:
        return False
    if tokens[0] in ("that", "whether"):
        return frame.kind != "label"
    if frame.base not in lexicon().bare_clause or tokens[0] in _NO_CLAUSE:
        return False
    return any(_verbal(low) for low in tokens[1:])


def _verbal(low: str) -> bool:
    return low in BE or low in HAVE or low in MODAL or low.endswith(("ed", "n't", "n’t", "'s", "’s"))


__all__ = ["PRONOUNS", "Frame", "Side", "frames", "reports_a_clause"]
