"""Who reports in a sentence: a paragraph and its quoted stretches in, speech frames (speaker, verb, content) out.

A frame is lexical: it says which words name the speaker and which words are what was said, not who that is. Quoted
stretches count as one opaque token, so that verbs inside them report nothing. Linear in the length of the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from kerman_tui.people.quotes_marks import Marked
from kerman_tui.people.speech_words import Cue, CueClass, Form, Lexicon, lexicon
from kerman_tui.text.sentences import sentences

Side = Literal["before", "after"]

QUOTE = "\ufffc"
"""The text of the token that stands for a quoted stretch."""

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’ʼ&.\-‐‑][^\W_]+)*['’]?|[^\w\s]")
_DETERMINERS = frozenset("the a an his her their its this that these those my our your no any some every each".split())
_BE = frozenset("is are was were be been being am".split())
_HAVE = frozenset("has have had having".split())
_MODAL = frozenset("will would shall should can could may might must did does do".split())
_STOPS = frozenset(",;:—–-()[]" + QUOTE + '"“”‘«»|/…')
_SUBJECT_PRONOUNS = frozenset("he she they it we i you who".split())
_COORDINATORS = frozenset({"and", "but", "or", "nor", "yet", "then"})
_MAX_SPEAKER_TOKENS = 16
_BARE_CLAUSE = frozenset(
    "say add tell claim argue insist warn note believe think hope fear stress state vow suggest maintain contend explain"
    " allege acknowledge admit estimate predict feel know expect reply announce report".split()
)


@dataclass(slots=True)
class Sentence:
    """The tokens of one sentence in parallel lists. ``quote[i]`` is the number of the quoted stretch, or -1."""

    start: int
    end: int
    words: list[str] = field(default_factory=list)
    lows: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    quote: list[int] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Frame:
    """One report: ``speaker`` is the span of the words that name the speaker (null where only the sentence tells).

    ``side`` says where the content stands as seen from the verb. ``at`` is the token of the verb in its sentence.
    """

    verb: str
    base: str
    kind: CueClass
    form: Form
    at: int
    cue_start: int
    cue_end: int
    speaker: tuple[int, int] | None
    side: Side
    content: tuple[int, int] | None
    negated: bool = False
    direct: bool = False
    """A quotation stands beside the frame with nothing but marks between."""


def parse(text: str, quoted: Sequence[Marked], *, title: bool = False) -> list[Sentence]:
    """Cut a paragraph into sentences of tokens and find the frames in each. Sentences inside quotations do not cut."""
    words = lexicon()
    parsed: list[Sentence] = []
    for start, end in _bounds(text, quoted, title):
        sentence = _tokens(text, start, end, quoted)
        sentence.frames = _frames(sentence, words, title)
        parsed.append(sentence)
    return parsed


def _bounds(text: str, quoted: Sequence[Marked], title: bool) -> list[tuple[int, int]]:
    if title:
        return [(0, len(text))] if text else []
    bounds: list[tuple[int, int]] = []
    at = 0
    held: int | None = None
    pieces = sentences(text)
    for index, (start, end) in enumerate(pieces):
        begin = start if held is None else held
        while at < len(quoted) and quoted[at].outer_end < end:
            at += 1
        inside = at < len(quoted) and quoted[at].outer_start < end < quoted[at].outer_end
        ends_quote = at < len(quoted) and quoted[at].outer_end == end
        if (inside or (ends_quote and _goes_on(text, quoted[at], pieces, index))) and index + 1 < len(pieces):
            held = begin
            continue
        held = None
        bounds.append((begin, end))
    return bounds


_NEXT = re.compile(r"\s*(\w[\w.’'-]*)((?:\s+\w[\w.’'-]*){0,5})")


def _goes_on(text: str, quote: Marked, pieces: Sequence[tuple[int, int]], index: int) -> bool:
    """Whether the sentence goes on after a quotation that ends with ! or ?: “Really?” Smith asked."""
    if text[quote.end - 1 : quote.end] not in "!?" or index + 1 >= len(pieces):
        return False
    match = _NEXT.match(text, quote.outer_end)
    if match is None:
        return False
    cues = lexicon().cues
    following = [match.group(1).lower(), *match.group(2).lower().split()]
    return any(word in cues and cues[word].form in ("past", "third") for word in following)


def _tokens(text: str, start: int, end: int, quoted: Sequence[Marked]) -> Sentence:
    sentence = Sentence(start, end)
    words, lows, starts, ends, numbers = sentence.words, sentence.lows, sentence.starts, sentence.ends, sentence.quote
    at = start
    inner = [(n, q) for n, q in enumerate(quoted) if q.outer_start >= start and q.outer_end <= end] if quoted else []
    for number, pair in [*inner, (-1, None)]:
        stop = end if pair is None else pair.outer_start
        for match in _TOKEN.finditer(text, at, stop):
            word = match.group()
            words.append(word)
            lows.append(word.lower())
            starts.append(match.start())
            ends.append(match.end())
            numbers.append(-1)
        if pair is not None:
            words.append(QUOTE)
            lows.append(QUOTE)
            starts.append(pair.outer_start)
            ends.append(pair.outer_end)
            numbers.append(number)
            at = pair.outer_end
    return sentence


def _frames(sentence: Sentence, words: Lexicon, title: bool) -> list[Frame]:
    found: list[Frame] = []
    lows = sentence.lows
    cues = words.cues
    for at, low in enumerate(lows):
        if low in cues:
            frame = _verb_frame(sentence, at, words, found, title)
        elif low == "according" and lows[at + 1 : at + 2] == ["to"]:
            frame = _according(sentence, at, 2, words)
        elif title and low == ":" and at:
            frame = _headline_frame(sentence, at)
        else:
            continue
        if frame is not None:
            found.append(frame)
    return found


# --- one verb ---------------------------------------------------------------------------------------------------


def _verb_frame(sentence: Sentence, at: int, words: Lexicon, found: list[Frame], title: bool) -> Frame | None:
    lows = sentence.lows
    cue = words.cues[lows[at]]
    word = sentence.words[at]
    if not title and word[0].isupper() and at > 0 and not (cue.form in ("past", "third") and lows[at - 1] == QUOTE):
        return None
    back = at - 1
    passive = negated = helped = infinitive = False
    while back >= 0 and (
        lows[back] in words.between or (lows[back].endswith("ly") and len(lows[back]) > 4) or lows[back] == "to"
    ):
        low = lows[back]
        if low in _BE and cue.form == "past":
            passive = True
        if low in ("not", "never"):
            negated = True
        if low in _MODAL or low in _HAVE or low in _BE:
            helped = True
        if low == "to":
            if back and words_go_on(lows[back - 1]):
                back -= 2
                helped = True
                continue
            infinitive = True
            break
        back -= 1
    before = lows[back] if back >= 0 else ""
    quote_near = _quote_follows(sentence, at)
    if infinitive:
        if not quote_near:
            return None
        return _build(sentence, at, cue, _inherited(sentence, back, found), "after", negated)
    if before in _DETERMINERS and before != "that":
        return None
    if passive:
        if lows[at] in ("quoted", "cited") and "as" in lows[at + 1 : at + 3]:
            speaker = _left(sentence, back, words)
            return _build(sentence, at, cue, speaker, "after", negated)
        by = at + 1
        if lows[by : by + 1] == ["by"]:
            return _build(sentence, at, cue, _right(sentence, by + 1, words), "before", negated)
        return None
    if cue.form == "base" and not helped and not _plural_subject(sentence, back):
        return None
    if cue.form == "ing" and not helped:
        if before in ("", ",", QUOTE, "—", "–", "by", "while", "and", "in", "when", "after", ";"):
            speaker = _inherited(sentence, back, found)
            if before == "by" or at == 0:
                speaker = speaker if at else None
            return _build(sentence, at, cue, speaker, "after", negated)
        if before and before not in words.prepositions and sentence.words[back][0].isupper() and quote_near:
            return _build(sentence, at, cue, _left(sentence, back, words), "after", negated)
        return None
    if back >= 0 and (before == QUOTE or (before == "," and back and lows[back - 1] == QUOTE)) and not helped:
        right = _right(sentence, at + 1, words)
        if right is not None and cue.form in ("past", "third"):
            return _build(sentence, at, cue, right, "before", negated)
    if before == "," and not helped and cue.kind == "say" and cue.form in ("past", "third"):
        right = _right(sentence, at + 1, words)
        if right is not None and _closes(sentence, right[1], words) and not _apposed(sentence, back, words):
            return _build(sentence, at, cue, right, "before", negated)
    if before in _COORDINATORS:
        return _build(sentence, at, cue, _inherited(sentence, back, found), "after", negated)
    speaker = _left(sentence, back, words)
    if speaker is None:
        return None
    return _build(sentence, at, cue, speaker, _side(sentence, speaker[0], at), negated)


def words_go_on(low: str) -> bool:
    """Whether the verb before "to" only carries the reporting verb on: went on to note."""
    return low in ("on", "continued", "continues")


def _plural_subject(sentence: Sentence, back: int) -> bool:
    if back < 0:
        return False
    low = sentence.lows[back]
    return low in ("they", "we", "i", "you", "who", "people", "police") or (
        low.endswith("s") and not low.endswith(("ss", "'s", "’s")) and low.isalpha()
    )


def _quote_follows(sentence: Sentence, at: int) -> bool:
    return any(number >= 0 for number in sentence.quote[at + 1 : at + 12])


def _side(sentence: Sentence, speaker_start: int, at: int) -> Side:
    """Content stands before when the speaker follows a comma or a quotation and nothing much follows the verb."""
    first = next((i for i, start in enumerate(sentence.starts) if start >= speaker_start), 0)
    if first == 0 or sentence.lows[first - 1] not in (",", QUOTE, "—", "–", "-"):
        return "after"
    rest = [low for low in sentence.lows[at + 1 :] if low not in (".", "!", "?")]
    if sentence.lows[first - 1] == QUOTE or (first > 1 and sentence.lows[first - 2] == QUOTE):
        return "before"
    if not rest:
        return "before"
    return "before" if _only_circumstances(rest) else "after"


_CIRCUMSTANCE_STARTS = frozenset("in on at during after before while when as to of about with via from ,".split())


def _only_circumstances(rest: Sequence[str]) -> bool:
    times = lexicon().times
    return (rest[0] in times or rest[0] in _CIRCUMSTANCE_STARTS) and len(rest) <= 14 and "that" not in rest


def _closes(sentence: Sentence, end: int, words: Lexicon) -> bool:
    """Whether what follows the words that end at ``end`` ends the sentence or the clause, not carries a verb."""
    following = next((i for i, start in enumerate(sentence.starts) if start >= end), len(sentence.lows))
    rest = [low for low in sentence.lows[following:] if low not in (".", "!", "?")]
    return not rest or rest[0] in (",", ";", QUOTE) or rest[0] in words.times or rest[0] in words.prepositions


def _apposed(sentence: Sentence, comma: int, words: Lexicon) -> bool:
    """Whether the comma before the verb closes an apposition: Smith, the minister, said."""
    lows = sentence.lows
    for at in range(comma - 1, max(-1, comma - 14), -1):
        if lows[at] == ",":
            after = lows[at + 1]
            return (
                after in _DETERMINERS
                or after in ("who", "which", "whose")
                or after[:1].isdigit()
                or sentence.words[at + 1][0].isupper()
                or after.endswith("ing")
                or after in words.prepositions
            )
    return False


# --- the words for the speaker ----------------------------------------------------------------------------------


def _left(sentence: Sentence, last: int, words: Lexicon) -> tuple[int, int] | None:
    """The noun phrase that ends at token ``last``, read leftwards; an apposition gives way to what it stands by."""
    lows = sentence.lows
    if last < 0:
        return None
    if lows[last] in ("who", "which", "that") and last:
        last -= 1
        if lows[last] == ",":
            last -= 1
        if last < 0 or lows[last] in _STOPS:
            return None
    if lows[last] == ",":
        opening = _apposition_start(sentence, last, words)
        if opening is None:
            return None
        last = opening - 1
    last = _skip_times_left(sentence, last, words)
    if last < 0 or lows[last] in _STOPS or (lows[last] in words.cues and lows[last] not in ("report", "post", "times")):
        return None
    if lows[last] in _SUBJECT_PRONOUNS:
        return sentence.starts[last], sentence.ends[last]
    first = last + 1
    while first > 0 and last - first < _MAX_SPEAKER_TOKENS:
        low = lows[first - 1]
        if low in _STOPS:
            break
        if low in words.clause_words or low in ("is", "are", "was", "were", "has", "have", "had", "be", "been"):
            break
        if low in _COORDINATORS and not _joins(sentence, first - 1):
            break
        if (
            low in words.cues
            and words.cues[low].form in ("past", "ing", "third")
            and sentence.words[first - 1][0].islower()
            and words.cues[low].base in ("say", "tell", "add", "ask", "report", "announce", "claim")
        ):
            break
        first -= 1
    first = _skip_opening(sentence, first, last, words)
    if first > last:
        return None
    return sentence.starts[first], sentence.ends[last]


def _joins(sentence: Sentence, at: int) -> bool:
    """Whether "and" joins two names or two nouns of one speaker."""
    return (
        0 < at < len(sentence.words) - 1 and sentence.words[at - 1][0].isupper() and sentence.words[at + 1][0].isupper()
    )


def _apposition_start(sentence: Sentence, comma: int, words: Lexicon) -> int | None:
    """The comma (or dash) that opens what the comma at ``comma`` closes."""
    lows = sentence.lows
    for at in range(comma - 1, max(-1, comma - 30), -1):
        if lows[at] in (",", "—", "–"):
            after = lows[at + 1]
            if after in _COORDINATORS or sentence.quote[at + 1] >= 0:
                return None
            if (at >= 1 and sentence.words[at - 1][0].isupper()) or after in (
                "who",
                "whose",
                "which",
                "a",
                "an",
                "the",
            ):
                return at
            if _speaker_like(sentence, at - 1, words):
                return at
    return None


def _speaker_like(sentence: Sentence, at: int, words: Lexicon) -> bool:
    return at >= 0 and (
        sentence.lows[at] in words.pronouns
        or sentence.lows[at] in words.organisations
        or sentence.lows[at] in words.roles
    )


def _skip_times_left(sentence: Sentence, last: int, words: Lexicon) -> int:
    while last > 0 and (sentence.lows[last] in words.times or sentence.lows[last].isdigit()):
        last -= 1
        if sentence.lows[last] in ("on", "in", "since", "during", "of", "at"):
            last -= 1
    return last


def _skip_opening(sentence: Sentence, first: int, last: int, words: Lexicon) -> int:
    """Step over what opens the sentence before the speaker: "On Thursday", "Meanwhile", "In Kerman"."""
    lows = sentence.lows
    while first <= last and (
        lows[first] in words.between
        or lows[first] in _COORDINATORS
        or lows[first] in ("meanwhile", "however", "later", "there", "here", ".", "'", "’")
    ):
        first += 1
    if first <= last and lows[first] in words.prepositions:
        for at in range(first + 1, last + 1):
            if lows[at] in words.times and at < last:
                first = at + 1
        if first <= last and lows[first] in words.prepositions:
            return last + 1
    while first < last and lows[first] in words.times:
        first += 1
    return first


_RIGHT_STOPS = frozenset(
    "in on at during after before last this late early adding saying speaking citing via amid".split()
)


def _right(sentence: Sentence, first: int, words: Lexicon) -> tuple[int, int] | None:
    """The noun phrase that begins at token ``first``."""
    lows = sentence.lows
    if first >= len(lows) or lows[first] in _STOPS:
        return None
    if lows[first] in _SUBJECT_PRONOUNS:
        return sentence.starts[first], sentence.ends[first]
    if lows[first] in words.clause_words or lows[first] in words.prepositions or lows[first] in words.between:
        return None
    if not (
        sentence.words[first][0].isupper()
        or lows[first] in _DETERMINERS
        or lows[first] in words.roles
        or _speaker_like(sentence, first, words)
        or lows[first].endswith("s")
        or lows[first] in ("one", "another", "former", "senior")
    ):
        return None
    last = first
    while last + 1 < len(lows) and last - first < _MAX_SPEAKER_TOKENS:
        low = lows[last + 1]
        if low in _STOPS or low in words.clause_words or low in _RIGHT_STOPS:
            break
        if low == "." and not (len(lows[last]) <= 3 and last + 2 < len(lows)):
            break
        if low in ("!", "?"):
            break
        if low in words.times or (low in _COORDINATORS and not _joins(sentence, last + 1)):
            break
        if low in words.cues and words.cues[low].form in ("past", "ing") and sentence.words[last + 1][0].islower():
            break
        if low in words.between:
            break
        if low in words.prepositions and low not in ("of", "for", "from", "with", "to"):
            break
        last += 1
    return sentence.starts[first], sentence.ends[last]


def _inherited(sentence: Sentence, back: int, found: list[Frame]) -> tuple[int, int] | None:
    """The speaker of the verb before in the sentence, else the subject with which the sentence opens."""
    for frame in reversed(found):
        if frame.speaker is not None and frame.at <= back:
            return frame.speaker
    return _subject(sentence, back)


def _subject(sentence: Sentence, back: int) -> tuple[int, int] | None:
    """The words that open the main clause, up to its verb, where they look like someone who can speak."""
    words = lexicon()
    lows = sentence.lows
    first = 0
    if lows and (
        lows[0] in words.prepositions
        or lows[0].endswith("ing")
        or lows[0].endswith("ed")
        or lows[0] in words.clause_words
        or lows[0] in ("meanwhile", "however")
    ):
        comma = next((i for i, low in enumerate(lows[: back + 1]) if low == ","), None)
        if comma is None:
            return None
        first = comma + 1
    if first > back or first >= len(lows):
        return None
    if lows[first] in _SUBJECT_PRONOUNS:
        return sentence.starts[first], sentence.ends[first]
    last = first - 1
    named = False
    for at in range(first, min(back + 1, first + _MAX_SPEAKER_TOKENS)):
        low, word = lows[at], sentence.words[at]
        if low in _STOPS or low in words.between or low in words.clause_words or low in _COORDINATORS:
            break
        if word[0].islower() and (
            (named and low not in ("of", "the", "for", "bin", "al", "de", "van", "von", "ibn", "to"))
            or low in words.cues
            or low.endswith("ed")
        ):
            break
        if low in words.prepositions and low not in ("of", "for", "to"):
            break
        named = named or (word[0].isupper() and at > first) or (word[0].isupper() and low not in _DETERMINERS)
        last = at
    if last < first:
        return None
    return sentence.starts[first], sentence.ends[last]


# --- other frames, and the content ------------------------------------------------------------------------------


def _according(sentence: Sentence, at: int, width: int, words: Lexicon) -> Frame | None:
    speaker = _right(sentence, at + width, words)
    if speaker is None:
        return None
    lows = sentence.lows
    side: Side = "after" if at == 0 else "before"
    if side == "after":
        comma = next((i for i in range(at, len(lows)) if lows[i] == "," and sentence.starts[i] >= speaker[1]), None)
        content = (sentence.ends[comma], _content_end(sentence)) if comma is not None else None
    else:
        content = _before(sentence, at)
    cue_end = sentence.ends[at + width - 1]
    return Frame(
        "according to", "according", "say", "base", at, sentence.starts[at], cue_end, speaker, side, _tidy(content)
    )


def _headline_frame(sentence: Sentence, at: int) -> Frame | None:
    """ "Raisi: Terror will fail" and "Terror will fail: Iran’s Army" in a headline."""
    left, right = at, len(sentence.lows) - at - 1
    if 0 < left <= 5 and right > left and all(word[0].isupper() for word in sentence.words[:at] if word[0].isalpha()):
        speaker = sentence.starts[0], sentence.ends[at - 1]
        content = sentence.starts[at + 1], sentence.end
        return Frame(
            ":", ":", "say", "base", at, sentence.starts[at], sentence.ends[at], speaker, "after", _tidy(content)
        )
    if 0 < right <= 5 and left > right:
        speaker = sentence.starts[at + 1], sentence.ends[-1]
        return Frame(
            ":",
            ":",
            "say",
            "base",
            at,
            sentence.starts[at],
            sentence.ends[at],
            speaker,
            "before",
            (sentence.start, sentence.ends[at - 1]),
        )
    return None


def _build(sentence: Sentence, at: int, cue: Cue, speaker: tuple[int, int] | None, side: Side, negated: bool) -> Frame:
    base, kind, form = cue
    content = _before(sentence, at, speaker) if side == "before" else _after(sentence, at)
    verb = sentence.words[at]
    if negated:
        verb = f"did not {base}" if "did" in sentence.lows[max(0, at - 3) : at] else verb
    return Frame(
        verb, base, kind, form, at, sentence.starts[at], sentence.ends[at], speaker, side, _tidy(content), negated
    )


def _tidy(content: tuple[int, int] | None) -> tuple[int, int] | None:
    return content if content is not None and content[1] > content[0] else None


def _content_end(sentence: Sentence) -> int:
    last = len(sentence.lows) - 1
    while last >= 0 and sentence.lows[last] in (".", "!", "?", ";"):
        last -= 1
    return sentence.ends[last] if last >= 0 else sentence.start


def _before(sentence: Sentence, at: int, speaker: tuple[int, int] | None = None) -> tuple[int, int]:
    edge = sentence.starts[at] if speaker is None else min(speaker[0], sentence.starts[at])
    last = next((i for i in range(len(sentence.starts) - 1, -1, -1) if sentence.ends[i] <= edge), -1)
    while last >= 0 and sentence.lows[last] in (",", "—", "–", "-"):
        last -= 1
    return sentence.start, sentence.ends[last] if last >= 0 else sentence.start


_THAT_WITHIN = 9


def _after(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """What follows the verb: from "that" if it comes soon (the one who is told stands between), else from the verb."""
    lows = sentence.lows
    first = at + 1
    for near in range(at + 1, min(len(lows), at + 1 + _THAT_WITHIN)):
        if lows[near] in ("that", "whether", "how", "why") or lows[near] == ":":
            first = near + (lows[near] == ":")
            break
        if lows[near] in (QUOTE, ";"):
            break
    if first >= len(lows):
        return None
    last = len(lows) - 1
    for near in range(first + 1, len(lows) - 1):
        if lows[near] == "," and lows[near + 1] in (
            "adding",
            "saying",
            "noting",
            "calling",
            "according",
            "stressing",
            "arguing",
            "warning",
            "citing",
        ):
            last = near - 1
            break
        if lows[near] == ";":
            last = near - 1
            break
    while last >= first and lows[last] in (".", "!", "?", ",", ";"):
        last -= 1
    if last < first:
        return None
    return sentence.starts[first], sentence.ends[last]


def reports_a_clause(sentence: Sentence, frame: Frame) -> bool:
    """Whether the content of a frame without quotation marks reads as something said: a clause, not a thing."""
    if frame.content is None or (frame.negated and frame.kind == "think"):
        return False
    if frame.side == "before":
        return frame.kind == "say" and frame.form in ("past", "third", "base")
    tokens = [
        low
        for low, start, end in zip(sentence.lows, sentence.starts, sentence.ends, strict=True)
        if start >= frame.content[0] and end <= frame.content[1]
    ]
    if len(tokens) < 3:
        return False
    if tokens[0] in ("that", "whether"):
        return frame.kind != "label"
    if frame.base not in _BARE_CLAUSE or tokens[0] in (",", "by", "on", "in", "of", "for", "with", "at", "about", "as"):
        return False
    return any(
        low in _BE or low in _HAVE or low in _MODAL or low.endswith(("ed", "n't", "n’t", "'s", "’s"))
        for low in tokens[1:]
    )
