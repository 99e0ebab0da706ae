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

_SMALL_IN_NAMES = frozenset("of the and for in a an to on at by with or from".split())
_WORKS = frozenset(
    "book memoir novel song album single anthem film movie documentary show series program programme broadcast podcast"
    " play op-ed column essay commentary article titled entitled".split()
)
"""What a title between marks follows: his memoir, “Long Water”; a song titled “Long Water”."""
_HOLDS_A_TITLE = frozenset("on of in from at by".split())
_NAMED_WORDS = 10
"""Words of the longest title of a work."""


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
    if inside[0] == "(" and inside.find(")") >= len(inside.rstrip(".,")) - 1:
        return False
    if pair.continued:
        return True
    if not sentence_like(inside):
        return False
    if index and _is_title(sentence, index, inside):
        return False
    heading = pair.single and _named(inside) and len(sentence.lows) == 1
    return not heading and (index == 0 or sentence.lows[index - 1] in (":", ",", "—", "–"))


def is_scare(sentence: Sentence, index: int, inside: str, frame: Frame) -> bool:
    """Whether the words are a name or a title between marks, and not what the frame says was said."""
    if not _named(inside):
        return False
    words = inside.strip(" ,.;:!?").split()
    if _is_title(sentence, index, inside) and not (frame.kind == "label" and frame.first > index):
        return True
    if len(words) > _SHORT_NAME_WORDS:
        return False
    if words[-1].endswith(("'s", "’s")):
        return True
    beside = abs(index - frame.at) == 1 or sentence.low(index - 1) in (",", ":", "as")
    behind = frame.first > index and frame.first - index <= _BESIDE_TOKENS
    return not (beside or behind or frame.kind == "label" or words[0].lower() in PRONOUNS)


def _named(inside: str) -> bool:
    """Whether the words are written as a name or a title: each with a capital or a digit, small ones apart."""
    words = inside.strip(" ,.;:!?").split()
    return 0 < len(words) <= _NAMED_WORDS and all(
        word[:1].isupper() or word[:1].isdigit() or word in _SMALL_IN_NAMES for word in words
    )


def _is_title(sentence: Sentence, index: int, inside: str) -> bool:
    """Whether the words are the title of a work, by what stands before: CNN’s “Long Water,” his book, “Long Water”."""
    if not _named(inside):
        return False
    before = sentence.low(index - 1)
    if before == ",":
        return sentence.low(index - 2) in _WORKS
    return before in _WORKS or before in _HOLDS_A_TITLE or before.endswith(("'s", "’s"))
