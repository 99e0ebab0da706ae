"""Where what someone is said to have said begins and ends: a sentence and the place of the verb in, characters out."""

from __future__ import annotations

from kerman_tui.people.speech_sentences import QUOTE, Sentence
from kerman_tui.people.speech_subjects import COORDINATORS
from kerman_tui.people.speech_words import lexicon

SENTENCE_ENDS = frozenset(".!?")
_THAT_WITHIN = 9
_BEHIND_WORDS = frozenset("but which while although though meaning — – -- (".split())
"""What follows quoted words in the voice of the writer."""
_BEHIND_LABEL = frozenset("during after before when as on at by despite because if since amid".split())
"""What follows a name that was given to something, and tells when or why it was given."""


def tidy(content: tuple[int, int] | None) -> tuple[int, int] | None:
    """A content, or none where nothing is left of it."""
    return content if content is not None and content[1] > content[0] else None


def content_start(sentence: Sentence) -> int:
    """The character at which what a whole sentence says begins."""
    return sentence.starts[1] if sentence.low(0) in COORDINATORS and len(sentence.lows) > 1 else sentence.start


def content_end(sentence: Sentence) -> int:
    """The character at which it ends, without the marks of its end."""
    last = len(sentence.lows) - 1
    while last > 0 and (sentence.lows[last] in SENTENCE_ENDS or sentence.lows[last] in (";", ",")):
        last -= 1
    return sentence.ends[last]


def content_before(sentence: Sentence, first: int) -> tuple[int, int] | None:
    """What precedes the token ``first``, where speaker and verb begin."""
    last = first - 1
    while last >= 0 and (sentence.lows[last] in (",", "—", "–", "-") or sentence.lows[last] == "as"):
        last -= 1
    return (content_start(sentence), sentence.ends[last]) if last >= 0 else None


def content_after(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """What follows the verb: from "that" if it comes soon (who is told stands between), else from the verb."""
    lows = sentence.lows
    first = at + 1
    for near in range(at + 1, min(len(lows), at + 1 + _THAT_WITHIN)):
        if lows[near] in ("that", "whether", "how", "why", ":"):
            first = near + (lows[near] == ":")
            break
        if lows[near] in (QUOTE, ";"):
            break
    while first < len(lows) and lows[first] == ",":
        first += 1
    if first >= len(lows):
        return None
    cue = lexicon().cues.get(lows[at])
    label = cue is not None and cue.kind == "label"
    ends = (near for near in range(first, len(lows) - 1) if _content_ends(sentence, near, label=label))
    last = next(ends, len(lows) - 1)
    while last >= first and (lows[last] in SENTENCE_ENDS or lows[last] in (",", ";", "and", "but")):
        last -= 1
    return sentence.span(first, last) if last >= first else None


def _content_ends(sentence: Sentence, at: int, *, label: bool) -> bool:
    """Whether what was said ends with the token at ``at``: the speaker’s next verb follows, or the writer’s own words.

    ``label`` says that the verb gives a name to something, so that the words between marks end what it gives.
    """
    low, after = sentence.lows[at], sentence.lows[at + 1]
    if low == ";":
        return True
    cue = lexicon().cues.get(after)
    if low == QUOTE and (after in _BEHIND_WORDS or (label and (after in _BEHIND_LABEL or after in lexicon().times))):
        return True
    if low in (",", QUOTE):
        return after == "according" or (cue is not None and cue.form == "ing")
    return (
        low in ("and", "but")
        and cue is not None
        and cue.kind != "think"
        and cue.form in ("past", "third")
        and after not in lexicon().noun_forms
    )
