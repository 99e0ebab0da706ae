"""Sentences as a grammar of speech needs them: tokens in parallel lists, each quoted stretch one opaque token.

A paragraph and its quoted stretches come in; sentences that no quotation cuts go out. Linear time: a sentence without
end is cut after ``MAX_TOKENS``, so that nothing that looks around inside one can grow with the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kerman_tui.people.quotes_marks import Marked
from kerman_tui.people.speech_words import lexicon
from kerman_tui.text.sentences import sentences

QUOTE = "\ufffc"
"""The text of the token that stands for a quoted stretch."""

MAX_TOKENS = 200
"""Longer sentences are lists or faults of the text; they are cut."""

_TOKEN = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ww]e|[Yy]ou|[Ii]t|[Ww]ho|I)(?=['’](?:s|ve|d|ll|re|m)\b)"
    r"|(?<=[a-zI])['’](?:s|ve|d|ll|re|m)\b"
    r"|(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’ʼ&.\-‐‑][^\W_]+)*['’]?|[^\w\s]"
)
"""Words, abbreviations, marks; what is short for a verb stands apart from its pronoun: "he" and "’s"."""
_LETTERS = re.compile(r"[a-z]+")
_NEXT = re.compile(r"\s*+(?:[-–—]\s*+)?(\w[\w.’'-]*)((?:\s+\w[\w.’'-]*){0,5})")


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
    pausing: set[int] = field(default_factory=set)
    """Tokens of quoted stretches that end with a comma or a full stop of their own."""

    def at(self, start: int) -> int:
        """The first token that begins at or behind the character ``start``."""
        return bisect_left(self.starts, start)

    def low(self, at: int) -> str:
        """The word at a token in lower case, "" outside the sentence."""
        return self.lows[at] if 0 <= at < len(self.lows) else ""

    def capital(self, at: int) -> bool:
        return 0 <= at < len(self.words) and self.words[at][0].isupper()

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters from token ``first`` to token ``last``, both in."""
        return self.starts[first], self.ends[last]


def parse(text: str, quoted: Sequence[Marked], *, title: bool = False) -> list[Sentence]:
    """Cut a paragraph into sentences. Sentence ends inside quotations do not cut; a headline is one sentence.

    A sentence that holds neither a quotation nor a word of reporting comes without tokens.
    """
    parsed: list[Sentence] = []
    bounds = [(0, len(text))] if title else _bounds(text, quoted)
    reached = 0
    for start, end in bounds:
        if not title and not _speaks(text, start, end, quoted, reached):
            parsed.append(Sentence(start, end))
            continue
        reached, tokens = _tokens(text, start, end, quoted, reached)
        parsed.extend(_pieces(tokens))
    return parsed


def _speaks(text: str, start: int, end: int, quoted: Sequence[Marked], reached: int) -> bool:
    """A quick look whether a sentence can report anything: most sentences need no tokens."""
    if reached < len(quoted) and quoted[reached].outer_end <= end:
        return True
    words = lexicon()
    return not words.heard.isdisjoint(_LETTERS.findall(text[start:end].lower())) or ":" in text[start:end]


def _bounds(text: str, quoted: Sequence[Marked]) -> list[tuple[int, int]]:
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


def _goes_on(text: str, quote: Marked, pieces: Sequence[tuple[int, int]], index: int) -> bool:
    """Whether what follows a quotation belongs to it: “Really?” Smith asked. “It is gone.” Trump said."""
    if index + 1 >= len(pieces):
        return False
    match = _NEXT.match(text, quote.outer_end)
    if match is None:
        return False
    cues = lexicon().cues
    following = [match.group(1).lower(), *match.group(2).lower().split()]
    reports = [at for at, word in enumerate(following) if word.rstrip(".") in cues]
    if not reports or cues[following[reports[0]].rstrip(".")].form not in ("past", "third"):
        return False
    if text[quote.end - 1 : quote.end] in "!?":
        return True
    start, end = pieces[index + 1]
    return len(text[start:end].split()) == reports[0] + 1


def _tokens(text: str, start: int, end: int, quoted: Sequence[Marked], reached: int) -> tuple[int, Sentence]:
    sentence = Sentence(start, end)
    at = start
    for number, pair in _inside(quoted, reached, start, end):
        stop = end if pair is None else pair.outer_start
        matches = list(_TOKEN.finditer(text, at, stop))
        words = [match.group() for match in matches]
        sentence.words += words
        sentence.lows += [word.lower() for word in words]
        sentence.starts += [match.start() for match in matches]
        sentence.ends += [match.end() for match in matches]
        sentence.quote += [-1] * len(words)
        if pair is not None:
            if text[pair.end - 1] in ",.!?…—–-":
                sentence.pausing.add(len(sentence.words))
            sentence.words.append(QUOTE)
            sentence.lows.append(QUOTE)
            sentence.starts.append(pair.outer_start)
            sentence.ends.append(pair.outer_end)
            sentence.quote.append(number)
            at = pair.outer_end
            reached = number + 1
    return reached, sentence


def _inside(quoted: Sequence[Marked], reached: int, start: int, end: int) -> Iterator[tuple[int, Marked | None]]:
    while reached < len(quoted) and quoted[reached].outer_end <= end:
        if quoted[reached].outer_start >= start:
            yield reached, quoted[reached]
        reached += 1
    yield -1, None


def _pieces(sentence: Sentence) -> Iterator[Sentence]:
    """The sentence, or what is left when one without end is cut."""
    if len(sentence.words) <= MAX_TOKENS:
        yield sentence
        return
    for first in range(0, len(sentence.words), MAX_TOKENS):
        last = min(first + MAX_TOKENS, len(sentence.words))
        yield Sentence(
            sentence.starts[first],
            sentence.ends[last - 1],
            sentence.words[first:last],
            sentence.lows[first:last],
            sentence.starts[first:last],
            sentence.ends[first:last],
            sentence.quote[first:last],
        )
