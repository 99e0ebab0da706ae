"""One utterance across outlets: quotations in, groups of the same words out, with what each outlet did to them.

Who ran it whole, who clipped it, who changed a word; and which verb introduced it: "stressed" here, "claimed" there.
Candidates share runs of three words (shingles, Broder 1997), so that time grows with the quotations, not their pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kerman_tui.model import Edit, Quote
from kerman_tui.text.tokens import Word, words

Treatment = Literal["whole", "clipped", "changed"]

SHINGLE = 3
"""Words in a run by which quotations find each other."""

SHARED = 0.6
"""Least share of the shorter one’s runs that two quotations of one utterance have in common."""

COMMON_SHINGLE = 300
"""Runs in more quotations than this ("I want to thank") lead to no candidates."""

MIN_WORDS = 2
"""Shorter quotations are the same utterance only by chance."""


@dataclass(frozen=True, slots=True)
class Version:
    """How one article gives an utterance. ``edits`` turn the fullest text into this one; left is the fullest."""

    quote: Quote
    treatment: Treatment
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """The same words in several articles. ``text`` is the fullest version; ``verbs`` lists (outlet, verb) as used."""

    speaker: str | None
    text: str
    versions: tuple[Version, ...]
    verbs: tuple[tuple[str, str], ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that quote it, in the order of the versions."""
        return tuple(dict.fromkeys(version.quote.outlet for version in self.versions))


@dataclass(frozen=True, slots=True)
class VerbCount:
    """How often an outlet introduces a speaker with a verb."""

    speaker: str
    outlet: str
    verb: str
    count: int


@dataclass(frozen=True, slots=True)
class _Read:
    quote: Quote
    words: tuple[Word, ...]
    keys: tuple[str, ...]


def collate(quotes: Iterable[Quote]) -> tuple[Utterance, ...]:
    """Group direct and partial ``quotes`` that are the same words, and say what each version did to the fullest one.

    Only utterances in two articles or more come back, those in most outlets first. Indirect speech takes no part: it
    is the outlet's wording, not the speaker's.
    """
    read: list[_Read] = []
    for quote in quotes:
        if quote.kind != "indirect":
            found = tuple(words(quote.text))
            if len(found) >= MIN_WORDS:
                read.append(_Read(quote, found, tuple(word.key for word in found)))
    groups: dict[int, list[_Read]] = defaultdict(list)
    for at, root in enumerate(_joined(read)):
        groups[root].append(read[at])
    utterances = [_utterance(group) for group in groups.values() if len({one.quote.article for one in group}) > 1]
    return tuple(sorted(utterances, key=lambda one: (-len(one.outlets), -len(one.versions), one.text)))


def reporting_verbs(quotes: Iterable[Quote]) -> tuple[VerbCount, ...]:
    """The verbs with which each outlet introduces each known speaker, most used first; indirect speech included."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for quote in quotes:
        if quote.speaker and quote.verb and quote.verb[0].isalpha():
            counts[quote.speaker, quote.outlet, quote.verb.lower()] += 1
    return tuple(
        VerbCount(speaker, outlet, verb, count)
        for (speaker, outlet, verb), count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    )


# --- which quotations are the same utterance --------------------------------------------------------------------


def _runs(one: _Read) -> frozenset[tuple[str, ...]]:
    """The runs of words of a quotation; a short one is a single run, under its speaker’s name."""
    if len(one.keys) < SHINGLE:
        return frozenset([(*one.keys, one.quote.speaker or "")])
    return frozenset(one.keys[at : at + SHINGLE] for at in range(len(one.keys) - SHINGLE + 1))


def _joined(read: Sequence[_Read]) -> list[int]:
    """For each quotation the fullest one that it repeats: itself where it repeats none.

    The longest come first and each later one is held against those only, never against another version: so two
    utterances are not taken for one because somebody clipped both to the same few words.
    """
    stands_for = list(range(len(read)))
    runs = [_runs(one) for one in read]
    by_run: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in sorted(range(len(read)), key=lambda at: (-len(read[at].keys), at)):
        shared: Counter[int] = Counter()
        for run in runs[at]:
            shared.update(by_run[run])
        for other, count in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])):
            if count >= SHARED * len(runs[at]) and _one_speaker(read[at], read[other]):
                stands_for[at] = other
                break
        else:
            for run in runs[at]:
                holders = by_run[run]
                if len(holders) < COMMON_SHINGLE:
                    holders.append(at)
    return stands_for


def _one_speaker(one: _Read, other: _Read) -> bool:
    """Short quotations need one speaker who is told; long ones are the same words whoever is credited with them."""
    if min(len(one.keys), len(other.keys)) >= 2 * SHINGLE:
        return True
    return one.quote.speaker is not None and one.quote.speaker == other.quote.speaker


# --- what a version did to the utterance ------------------------------------------------------------------------


def _utterance(group: Sequence[_Read]) -> Utterance:
    fullest = max(group, key=lambda one: len(one.words))
    ordered = sorted(group, key=lambda one: (one.quote.outlet, one.quote.article, one.quote.start))
    versions = tuple(_version(fullest, one) for one in ordered)
    speakers = Counter(one.quote.speaker for one in group if one.quote.speaker)
    verbs = dict.fromkeys((one.quote.outlet, one.quote.verb) for one in ordered if one.quote.verb)
    return Utterance(
        speakers.most_common(1)[0][0] if speakers else None,
        fullest.quote.text,
        versions,
        tuple((outlet, verb) for outlet, verb in verbs if verb),
    )


def _version(fullest: _Read, one: _Read) -> Version:
    if one.keys == fullest.keys:
        return Version(one.quote, "whole", ())
    edits = _edits(fullest, one)
    treatment: Treatment = "clipped" if all(edit.op == "delete" for edit in edits) else "changed"
    return Version(one.quote, treatment, edits)


def _edits(left: _Read, right: _Read) -> tuple[Edit, ...]:
    """The word differences, from longest common subsequences of folded words."""
    from rapidfuzz.distance import Indel

    found: list[Edit] = []
    for block in Indel.opcodes(left.keys, right.keys):
        if block.tag == "equal":
            continue
        edit = _edit(left, right, block.src_start, block.src_end, block.dest_start, block.dest_end)
        previous = found[-1] if found else None
        if previous is not None and _touching(previous, edit, left.quote.text, right.quote.text):
            edit = _merged(previous, edit, left.quote.text, right.quote.text)
            found.pop()
        found.append(edit)
    return tuple(found)


def _edit(left: _Read, right: _Read, a: int, b: int, c: int, d: int) -> Edit:
    left_start, left_end = _characters(left, a, b)
    right_start, right_end = _characters(right, c, d)
    return _made(left.quote.text, right.quote.text, left_start, left_end, right_start, right_end)


def _characters(one: _Read, first: int, last: int) -> tuple[int, int]:
    if first < last:
        return one.words[first].start, one.words[last - 1].end
    at = one.words[first - 1].end if first else 0
    return at, at


def _made(left: str, right: str, a: int, b: int, c: int, d: int) -> Edit:
    op: Literal["replace", "insert", "delete"] = "replace" if a < b and c < d else "delete" if a < b else "insert"
    return Edit(op, left[a:b], right[c:d], a, b, c, d)


def _touching(one: Edit, other: Edit, left: str, right: str) -> bool:
    """Whether no word stands between two differences: a deletion and an insertion there are one replacement."""
    between = left[one.left_end : other.left_start] + right[one.right_end : other.right_start]
    return not any(char.isalnum() for char in between)


def _merged(one: Edit, other: Edit, left: str, right: str) -> Edit:
    left_start, left_end = _hull((one.left_start, one.left_end), (other.left_start, other.left_end))
    right_start, right_end = _hull((one.right_start, one.right_end), (other.right_start, other.right_end))
    return _made(left, right, left_start, left_end, right_start, right_end)


def _hull(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """The span over two spans; an empty one says only where nothing stands."""
    filled = [span for span in (one, other) if span[0] < span[1]]
    if not filled:
        return one
    return min(span[0] for span in filled), max(span[1] for span in filled)
