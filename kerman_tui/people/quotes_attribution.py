"""Which reporting verb a quotation belongs to, and whether words between marks are speech at all.

Sentences with their frames come in. What nobody is said to have said (scare quotes, titles of works) is told by its
form: a name or a place of a word or two that no verb stands right beside.
"""

from __future__ import annotations

from collections.abc import Sequence

from kerman_tui.people.quotes_marks import Marked
from kerman_tui.people.speech_clauses import Frame
from kerman_tui.people.speech_sentences import Sentence
from kerman_tui.people.speech_subjects import PRONOUNS

_SENTENCE_END = (".", "!", "?", "…", ",", "—", "-", ";", ":")
_SHORT_NAME_WORDS = 3
_SENTENCE_WORDS = 4
_LONG_PIECE_WORDS = 12
_BESIDE_TOKENS = 2
_RESUMED = 3
"""Tokens between a verb and the quotation that it resumes: “A,” he said, “B”."""

_SMALL_IN_NAMES = frozenset({"of", "the", "and", "for", "in", "a"})


def attribute(sentence: Sentence, frames: Sequence[Frame], index: int, inside: str) -> Frame | None:
    """The frame that governs the quotation at token ``index``.

    A quotation that begins in lower case goes on a clause that began before it; one with a capital looks behind first:
    Xi told Raisi that he was “shocked …,” Xinhua said.
    """
    earlier = [frame for frame in frames if frame.at < index]
    before = [frame for frame in earlier if frame.side != "before" or index - frame.at <= _RESUMED]
    after = _right_behind(sentence, frames, index)
    if before and (after is None or inside[:1].islower()):
        return before[-1]
    if after is not None:
        return after
    if earlier:
        return earlier[-1]
    start = sentence.starts[index]
    for frame in frames:
        if (
            frame.at > index
            and frame.side == "before"
            and frame.content
            and frame.content[0] <= start < frame.content[1]
        ):
            return frame
    return None


def _right_behind(sentence: Sentence, frames: Sequence[Frame], index: int) -> Frame | None:
    """A frame right after the quotation: “…,” said X; “…,” X said; “…,” according to X."""
    for frame in frames:
        if frame.at <= index:
            continue
        if frame.side == "after" and not (frame.form != "ing" and index < frame.first <= index + _BESIDE_TOKENS):
            continue
        between = sentence.lows[index + 1 : frame.first]
        if all(low in (",", "—", "–", "-", "as", ".", "'", "’") or low.endswith("ly") for low in between):
            return frame
        return None
    return None


def sentence_like(inside: str) -> bool:
    """Whether the words could stand as a sentence of their own."""
    words = inside.split()
    if inside[:1].islower() or len(words) < 2:
        return False
    if inside.endswith((".", "!", "?", ",")):
        return True
    return len(words) >= _LONG_PIECE_WORDS or (len(words) >= _SENTENCE_WORDS and inside.endswith(_SENTENCE_END))


def stands_as_speech(sentence: Sentence, index: int, inside: str, pair: Marked) -> bool:
    """Whether a quotation that no frame governs reads as speech: a sentence that stands by itself."""
    if pair.continued:
        return True
    if not sentence_like(inside):
        return False
    return index == 0 or sentence.lows[index - 1] in (":", ",", "—", "–")


def is_scare(sentence: Sentence, index: int, inside: str, frame: Frame) -> bool:
    """Whether the words are a name or a place between marks, and not what the frame says was said."""
    words = inside.strip(" ,.;:!?").split()
    if not words or len(words) > _SHORT_NAME_WORDS:
        return False
    if not all(word[:1].isupper() or word[:1].isdigit() or word in _SMALL_IN_NAMES for word in words):
        return False
    if words[-1].endswith(("'s", "’s")):
        return True
    beside = abs(index - frame.at) == 1 or sentence.low(index - 1) in (",", ":", "as")
    behind = frame.first > index and frame.first - index <= _BESIDE_TOKENS
    return not (beside or behind or frame.kind == "label" or words[0].lower() in PRONOUNS)
