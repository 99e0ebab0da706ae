"""Substitutions: passages in, what one outlet writes in a shared passage where another writes something else, out."""

from __future__ import annotations

from collections.abc import Iterable

from kerman_tui.model import Reuse, Span, Substitution
from kerman_tui.text.diff import difference
from kerman_tui.text.fold import fold

MAX_WORDS = 6
MAX_TIMES = 2
"""A longer replacement, or one so many times longer than what it replaces, is no choice of words."""

MIN_SIMILARITY = 0.6
"""A passage of which less agrees was written anew."""

LIGHT_LETTERS = 4
"""Words in lower case of at most so many letters say little …"""

_LIGHT_WORDS = frozenset(
    "about above after again against along although among another because before being below between beside could "
    "doing during either every first having however itself might neither never other others rather shall should since "
    "still their theirs there these thing things those though through toward towards under until which while whether "
    "where whose within without would you're we're they're that's it's doesn't don't didn't isn't wasn't".split()
)
"""… and so do these; what is replaced by its like comes last among what is written equally often."""

ABBREVIATION_LETTERS = 5
"""Letters of the longest word that counts as short for another one (Lt, Gen, Capt, Assoc)."""

_MARKS = " \t.,;:!?\"'“”‘’«»()[]–—-…"


def from_passages(passages: Iterable[Reuse]) -> tuple[Substitution, ...]:
    """Mine the edited passages of a corpus, both ways round, most frequent first; abbreviations come last."""
    instances: dict[tuple[str, str, str, str], list[tuple[Span, Span]]] = {}
    shown: dict[tuple[str, str, str, str], tuple[str, str]] = {}
    for one in passages:
        if one.outlets[0] == one.outlets[1] or one.kind != "edited":
            continue
        changed = difference(one.left.text, one.right.text)
        if changed.similarity < MIN_SIMILARITY:
            continue
        for edit in changed.edits:
            left, right = edit.left.strip(_MARKS), edit.right.strip(_MARKS)
            if edit.op != "replace" or edit.nature != "words" or not _is_choice(left.split(), right.split()):
                continue
            spans = (
                Span(
                    one.articles[0],
                    one.left.paragraph,
                    one.left.start + edit.left_start,
                    one.left.start + edit.left_end,
                ),
                Span(
                    one.articles[1],
                    one.right.paragraph,
                    one.right.start + edit.right_start,
                    one.right.start + edit.right_end,
                ),
            )
            for ours, theirs, outlets, pair in (
                (left, right, one.outlets, spans),
                (right, left, one.outlets[::-1], spans[::-1]),
            ):
                key = (*outlets, _key(ours), _key(theirs))
                shown.setdefault(key, (ours, theirs))
                instances.setdefault(key, []).append((pair[0], pair[1]))
    found = [Substitution(key[0], key[1], *shown[key], len(pairs), tuple(pairs)) for key, pairs in instances.items()]
    found.sort(key=lambda s: (s.outlet, s.other_outlet, s.ours, s.theirs))
    return tuple(sorted(found, key=lambda s: (_abbreviated(s), -s.count, _light(s), _two_names(s))))


def _is_choice(ours: list[str], theirs: list[str]) -> bool:
    """Whether one wording may stand for the other: other words, of like length; two numbers differ in fact."""
    if not ours or not theirs or max(len(ours), len(theirs)) > min(MAX_WORDS, MAX_TIMES * min(len(ours), len(theirs))):
        return False
    if _key(" ".join(ours)) == _key(" ".join(theirs)):  # a possessive (Cairo, Cairo's) is grammar
        return False
    return not all(word[0].isdigit() or word[-1].isdigit() for word in (*ours, *theirs))


def _light(one: Substitution) -> bool:
    return all(
        (len(word) <= LIGHT_LETTERS and word.islower()) or word.lower().replace("’", "'") in _LIGHT_WORDS
        for word in (one.ours + " " + one.theirs).split()
    )


def _two_names(one: Substitution) -> bool:
    """Whether a name stands where another does: written once, they differ in fact as two numbers do."""
    return all(word[:1].isupper() for word in (one.ours + " " + one.theirs).split())


def _abbreviated(one: Substitution) -> bool:
    """Whether one is short for the other (Lt and Lieutenant, UN and United Nations): a matter of style."""
    short, long = sorted((_key(one.ours), _key(one.theirs)), key=len)
    if " " in short or len(short) > ABBREVIATION_LETTERS or short[:1] != long[:1]:
        return False
    if " " in long:
        return short == "".join(word[0] for word in long.split())
    letters = iter(long)
    return all(letter in letters for letter in short)


def _key(text: str) -> str:
    return " ".join(fold(word) for word in text.split())
