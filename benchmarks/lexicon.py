"""What generated articles are made of: sentence frames and words of the seeds, and invented words, names and outlets.

The seeds and a seed number come in; frames with slots, and for every kind of slot a table of strings with its share of
use, come out. Words are used as Zipf and Mandelbrot observed (the r-th word about as often as 1 / (r + 2.7) ** 1.15).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kerman_tui.text.sentences import sentences

ENDINGS = ("", "s", "ed", "ing", "ly")
"""Kinds of word slots: a slot of the seeds' "killed" takes another word in -ed, so that sentences keep their ring."""
WORD_TYPES = {"": 170_000, "s": 60_000, "ed": 40_000, "ing": 30_000, "ly": 10_000}
"""How many words of each kind there are; as many as a real corpus of some hundred thousand articles has."""
NAME, PLACE, NUMBER, PARTICLE = range(len(ENDINGS), len(ENDINGS) + 4)
"""Kinds of the other slots. A particle is a small word of the seeds (of, the, after), as frequent as there."""

KEPT_IN_A_ROW = 2
"""Small words that a frame keeps in a row; a third becomes a slot, else all articles would share its phrases."""
ZIPF = 1.15
COMPOSED = 2_000
"""Frames made of clauses of different sentences, so that no two articles are built alike."""

PEOPLE, PLACES, OUTLETS, NUMBERS = 20_000, 4_000, 60, 5_000
FORMS = 3
"""A person stands in a text with title, with both names, or with the family name alone."""
DRAWS = 1 << 20
"""Size of the table by which words are drawn: place u of the table holds the word whose share covers u / DRAWS."""

TITLES = (
    "President|Prime Minister|Foreign Minister|Defense Minister|Interior Minister|Ambassador|Senator|General|Secretary"
    "|Chancellor|King|Governor|Mayor|Judge|Professor|Spokesman"
).split("|")
PAPERS = "Times|Post|Herald|Courier|Tribune|Gazette|News Agency|Observer|Today|Chronicle|Press|Wire".split("|")
HEADLINES = (
    "%(Place)s %(words)s %(Ed)s after %(word)s in %(place)s",
    "%(Name)s: %(Place)s %(word)s “%(ed)s” by %(words)s",
    "%(Words)s %(ed)s as %(name)s calls for %(word)s",
    "%(Name)s condemns %(word)s %(word)s in %(place)s",
    "At least %(number)s %(ed)s in %(place)s %(word)s",
    "What we know about the %(word)s %(word)s in %(place)s",
    "%(Place)s and %(place)s sign %(word)s on %(words)s",
    "Why %(name)s is %(ing)s the %(words)s of %(place)s",
)

_TOKEN = re.compile(
    r"(?P<name>[A-Z][\w’'-]+(?: (?:bin |al-)?[A-Z][\w’'-]+)+)|(?P<number>\d[\d,.:]*\d|\d)"
    r"|(?P<word>[^\W\d_]+(?:[’'][^\W\d_]+)?)"
)
_JOINT = re.compile(r"(, | (?=(?:that|after|as|while|which|who|when|and|during|by|from|with)\b))")
_SYLLABLE = (
    "b br c ch cl d dr f fl g gr h j k l m n p pl pr r s sh sk st t th tr v w z".split(),
    "a e i o u a e i o ai ea ou ee ia".split(),
    ["", "", "", "", "", "", "n", "r", "l", "m", "s", "t", "nd", "st"],
)
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december".split()
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A sentence with slots: ``text`` takes one string for each of ``kinds`` with the ``%`` operator."""

    text: str
    kinds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``table`` holds every string; kind k draws ``first[k] + draws[k][u]``. ``table[first[NAME] + 3 p + form]``."""

    frames: tuple[Frame, ...]
    table: NDArray[np.object_]
    first: tuple[int, ...]
    draws: tuple[NDArray[np.int32], ...]
    outlets: tuple[str, ...]


@cache
def build(seeds: Path, seed: int) -> Lexicon:
    """Read the ``*.txt`` files of ``seeds`` and invent the rest. The same seed and files give the same lexicon.

    Raises FileNotFoundError when there is no such file.
    """
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(seeds.glob("*.txt"))]
    if not texts:
        raise FileNotFoundError(f"{seeds}: no *.txt file to take sentences from")
    rng = np.random.default_rng([seed, 0])
    lines = [line.strip() for text in texts for line in text.splitlines() if line.strip()]
    common = _function_words(lines)
    frames, words, names, places = _take_apart(lines, common)
    frames = [*frames, *_composed(rng, frames)]
    particles = Counter(word for line in lines for word in re.findall(r"\b[a-z]+\b", line) if word in common)
    tables: list[list[str]] = [_words(rng, words[ending], ending, WORD_TYPES[ending]) for ending in ENDINGS]
    people = _people(rng, names)
    tables += [people, _places(rng, places), [f"{n:,}" for n in range(1, NUMBERS + 1)]]
    tables.append([word for word, count in particles.most_common() if count > 1])
    first = np.cumsum([0, *map(len, tables)]).tolist()
    return Lexicon(
        frames=tuple(frames),
        table=np.array([string for table in tables for string in table], dtype=object),
        first=tuple(first[:-1]),
        draws=tuple(_draws(len(table) // (FORMS if kind == NAME else 1)) for kind, table in enumerate(tables)),
        outlets=_outlets(rng, tables[PLACE]),
    )


def invented(rng: np.random.Generator, count: int, syllables: tuple[int, int]) -> list[str]:
    """``count`` different pronounceable words of so many syllables."""
    onsets, vowels, codas = _SYLLABLE
    made: dict[str, None] = {}
    while len(made) < count:
        lengths = rng.integers(*syllables, endpoint=True, size=count)
        total = int(lengths.sum())
        parts = zip(
            rng.integers(0, len(onsets), total).tolist(),
            rng.integers(0, len(vowels), total).tolist(),
            rng.integers(0, len(codas), total).tolist(),
            strict=True,
        )
        syllable = (onsets[a] + vowels[b] + codas[c] for a, b, c in parts)
        for length in lengths.tolist():
            made["".join(next(syllable) for _ in range(length))] = None
    return list(made)[:count]


def slug(text: str) -> str:
    """``text`` as it stands in an address."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def _function_words(lines: Sequence[str]) -> frozenset[str]:
    counts = Counter(word for line in lines for word in re.findall(r"\b[a-z]+\b", line))
    return _CALENDAR | {word for word, count in counts.items() if len(word) <= 3 or count >= 12}


def _take_apart(
    lines: Sequence[str], common: frozenset[str]
) -> tuple[list[Frame], dict[str, list[str]], list[str], list[str]]:
    """Frames, content words by ending, names and places; each list in order of frequency."""
    frames: dict[str, Frame] = {}
    words: dict[str, Counter[str]] = {ending: Counter() for ending in ENDINGS}
    names: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for line in lines:
        for start, end in sentences(line):
            sentence = line[start:end]
            kinds: list[int] = []
            pieces: list[str] = []
            at = kept = 0
            for token in _TOKEN.finditer(sentence):
                kind = _kind(token, common)
                kept = kept + 1 if kind is None else 0
                if kind is None:
                    if kept <= KEPT_IN_A_ROW:
                        continue
                    kind, kept = PARTICLE, 0
                text = token.group()
                if kind == NAME:
                    names[text] += 1
                elif kind == PLACE:
                    places[text] += token.start() > 0
                elif kind < NAME:
                    words[ENDINGS[kind]][text] += 1
                pieces.append(sentence[at : token.start()].replace("%", "%%") + "%s")
                kinds.append(kind)
                at = token.end()
            frame = Frame("".join(pieces) + sentence[at:].replace("%", "%%"), tuple(kinds))
            if _is_sentence(sentence):
                frames[frame.text] = frame
    ordered = {ending: [word for word, _ in counts.most_common()] for ending, counts in words.items()}
    return list(frames.values()), ordered, _by_frequency(names), _by_frequency(places)


def _composed(rng: np.random.Generator, frames: Sequence[Frame]) -> list[Frame]:
    """Sentences of two to four clauses that stood in different ones; quotations stay whole."""
    openings: list[Frame] = []
    endings: list[Frame] = []
    for frame in frames:
        if any(mark in frame.text for mark in '"“”'):
            continue
        pieces = _JOINT.split(frame.text)
        if len(pieces) < 3:
            continue
        done = 0
        for at in range(0, len(pieces), 2):
            clause = (pieces[at - 1] if at else "") + pieces[at]
            slots = clause.count("%s")
            (endings if at else openings).append(Frame(clause.rstrip("."), frame.kinds[done : done + slots]))
            done += slots
    composed = []
    for _ in range(COMPOSED):
        parts = [openings[int(rng.integers(len(openings)))]]
        parts += [endings[int(rng.integers(len(endings)))] for _ in range(int(rng.integers(1, 4)))]
        kinds = tuple(kind for part in parts for kind in part.kinds)
        composed.append(Frame("".join(part.text for part in parts) + ".", kinds))
    return composed


def _by_frequency(counts: Counter[str]) -> list[str]:
    return [text for text, count in counts.most_common() if count]


def _kind(token: re.Match[str], common: frozenset[str]) -> int | None:
    if token.lastgroup == "name":
        return NAME
    if token.lastgroup == "number":
        return NUMBER
    word = token.group()
    if word.lower() in common:
        return None
    if word[0].isupper():
        return PLACE
    return next((at for at in range(len(ENDINGS) - 1, 0, -1) if word.endswith(ENDINGS[at])), 0)


def _is_sentence(text: str) -> bool:
    balanced = text.count('"') % 2 == 0 and text.count("“") == text.count("”")
    return balanced and 6 <= len(text.split()) <= 60 and text[-1] in '.!?"”'


def _words(rng: np.random.Generator, real: Sequence[str], ending: str, count: int) -> list[str]:
    """Real words and invented ones, mixed among the frequent, short before long as in every language."""
    new = [word + ending for word in invented(rng, count - len(real), (1, 4))]
    new.sort(key=len)
    jumbled = np.argsort(np.arange(len(new)) * rng.uniform(0.5, 2.0, len(new)), kind="stable")
    new = [new[at] for at in jumbled.tolist()]
    places: list[int] = rng.choice(min(count, 6 * len(real) + 1), len(real), replace=False).tolist()
    taken = dict(zip(sorted(places), real, strict=True))
    rest = iter(new)
    return [taken[rank] if rank in taken else next(rest) for rank in range(count)]


def _people(rng: np.random.Generator, real: Sequence[str]) -> list[str]:
    """For every person the three forms in a row: with title, both names, family name."""
    given = [word.capitalize() for word in invented(rng, 900, (1, 3))]
    family = [word.capitalize() for word in invented(rng, 9_000, (2, 3))]
    pairs = zip(
        rng.integers(0, len(given), PEOPLE).tolist(), rng.integers(0, len(family), PEOPLE).tolist(), strict=True
    )
    full = [*real, *(f"{given[g]} {family[f]}" for g, f in pairs)][:PEOPLE]
    titles = rng.integers(0, len(TITLES), PEOPLE).tolist()
    return [
        form
        for name, title in zip(full, titles, strict=True)
        for form in (f"{TITLES[title]} {name}", name, name.rsplit(" ", 1)[-1])
    ]


def _places(rng: np.random.Generator, real: Sequence[str]) -> list[str]:
    return [*real, *(word.capitalize() for word in invented(rng, PLACES, (2, 3)))][:PLACES]


def _outlets(rng: np.random.Generator, places: Sequence[str]) -> tuple[str, ...]:
    made: dict[str, None] = {}
    while len(made) < OUTLETS:
        place = places[int(rng.integers(len(places) // 2, len(places)))]
        made[f"{place} {PAPERS[int(rng.integers(len(PAPERS)))]}"] = None
    return tuple(made)


def _draws(count: int) -> NDArray[np.int32]:
    shares = (np.arange(count) + 2.7) ** -ZIPF
    edges = np.cumsum(shares)
    found: NDArray[np.int32] = np.searchsorted(edges, (np.arange(DRAWS) + 0.5) / DRAWS * edges[-1]).astype(np.int32)
    return found
