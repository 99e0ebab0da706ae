"""Lines that stand on many pages of one outlet and are no news: found by their repetition, over the whole corpus.

A note on the author, an appeal to subscribe, a legal line is known by three things together: several articles of one
outlet have it word for word, those articles tell of different matters, and it stands at their edge, together with other
such lines; or else it stands on a good part of all pages of the outlet. Agency copy and background that an outlet
repeats stand in articles on one matter, and whatever holds a quotation is left alone. What comes out does not depend on
the order in which articles come.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from kerman_tui.ingest import furniture
from kerman_tui.model import Article, Paragraph, SetAside
from kerman_tui.text.fold import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST = 4
"""Articles on different matters that must have a line, for it to be boilerplate at the edge of articles."""
_LEAST_ANYWHERE, _SHARE_ANYWHERE = 8, 0.1
_AT_EDGE = 0.8
_SHORTEST, _LONGEST, _LEAST_WORDS = 12, 600, 3
_RELATED = 0.25
"""Share of words from which on two titles speak of one matter."""
_UNLIKE = 0.6
"""Share of the articles with a line that must be on matters of their own."""
_SAMPLE = 48
_ROUNDS = 4
_QUOTE = re.compile(r"[\"“”„«»‟‹›「」『』]")
_ATTRIBUTION = re.compile(r"(?:[A-Z][\w’'.-]*+,? ?){1,8}")
"""Names alone, as under a passage that is quoted: who said it is no boilerplate."""
_LABEL_WORDS = 4
_LABEL = 1
"""The bit that says of a mark that its line may be a label between parts of an article: some words and no stop."""
_NUMPY_FROM = 100_000
"""Lines from which on counting is worth the import of numpy."""
_SIEVE_BITS = 20
"""Lines are sieved by so many bits of their marks before they are looked up."""

Marks = Sequence[int]
"""A number for each paragraph of an article, the same for the same text; 0 for what cannot be boilerplate."""


class Page(NamedTuple):
    """What is looked at of an article: the marks of its lines, and the words of its title, in order."""

    lines: Marks
    words: Sequence[int]


def marks(paragraphs: Iterable[Paragraph]) -> list[int]:
    """The marks of an article's paragraphs."""
    return [_mark(p.text) if p.kind != "caption" else 0 for p in paragraphs]


def _mark(text: str) -> int:
    if not _SHORTEST <= len(text) <= _LONGEST or '"' in text or (not text.isascii() and _QUOTE.search(text)):
        return 0
    words = text.count(" ") + 1
    if words < _LEAST_WORDS or (words <= 8 and "," in text and _ATTRIBUTION.fullmatch(text)):
        return 0
    digest = blake2b(text.casefold().encode("utf-8", "replace"), digest_size=8).digest()
    number = (int.from_bytes(digest, "little") >> 2) | 2
    return number | _LABEL if words <= _LABEL_WORDS and not furniture.ends_sentence(text) else number & ~_LABEL


def title_words(title: str) -> frozenset[int]:
    """What two titles are compared by."""
    return frozenset(crc32(fold(word).encode("utf-8", "replace")) for word in title.split() if len(word) > 3)


class Pages:
    """The lines of all articles, by outlet; some hundred bytes each."""

    def __init__(self) -> None:
        self._outlets: dict[str, int] = {}
        self._outlet_of = array("I")
        self._lines, self._line_ends = array("Q"), array("Q", [0])
        self._words, self._word_ends = array("I"), array("Q", [0])
        self._found: dict[str, frozenset[int]] | None = None

    @property
    def outlets(self) -> Collection[str]:
        return self._outlets.keys()

    def add(self, outlet: str, title: str, lines: Marks) -> None:
        """One article of an outlet; a copy of one that was added must not be added again."""
        self._found = None
        self._outlet_of.append(self._outlets.setdefault(outlet, len(self._outlets)))
        self._lines.extend(lines)
        self._line_ends.append(len(self._lines))
        self._words.extend(sorted(title_words(title)))
        self._word_ends.append(len(self._words))

    def extend(
        self,
        outlets: Sequence[str],
        outlet_of: NDArray[np.intp],
        lines: tuple[NDArray[np.uint64], NDArray[np.uint32]],
        words: tuple[NDArray[np.uint32], NDArray[np.uint32]],
    ) -> None:
        """Many articles: the place of each one's outlet in ``outlets``; all lines and how many each has, words too."""
        import numpy as np

        self._found = None
        numbers = np.array([self._outlets.setdefault(name, len(self._outlets)) for name in outlets], np.uint32)
        _append(self._outlet_of, numbers[outlet_of])
        for (values, counts), kept, ends in (
            (lines, self._lines, self._line_ends),
            (words, self._words, self._word_ends),
        ):
            _append(ends, np.cumsum(counts, dtype=np.uint64) + np.uint64(len(kept)))
            _append(kept, values)

    def page(self, number: int) -> Page:
        """The article that was added at that place, counted from 0."""
        return Page(self._of(number), self._words[self._word_ends[number] : self._word_ends[number + 1]])

    def boilerplate(self) -> dict[str, frozenset[int]]:
        """The marks of the lines that are boilerplate, for each outlet that has any."""
        if self._found is None:
            self._found = self._all_found() if len(self._outlet_of) >= LEAST else {}
        return self._found

    def _all_found(self) -> dict[str, frozenset[int]]:
        repeated, pages = self._repeated()
        by_outlet: dict[int, list[int]] = {}
        for page in pages:
            by_outlet.setdefault(self._outlet_of[page], []).append(page)
        sizes = Counter(self._outlet_of)
        return {
            outlet: lines
            for outlet, number in self._outlets.items()
            if (lines := self._of_outlet(by_outlet.get(number, ()), sizes[number], repeated))
        }

    def _of(self, page: int) -> array[int]:
        return self._lines[self._line_ends[page] : self._line_ends[page + 1]]

    def _title(self, page: int) -> frozenset[int]:
        return frozenset(self._words[self._word_ends[page] : self._word_ends[page + 1]])

    def _repeated(self) -> tuple[frozenset[int], Iterable[int]]:
        """Marks that occur often enough over all outlets, and the articles with one: few are left to be counted."""
        if len(self._lines) < _NUMPY_FROM:
            often = frozenset(mark for mark, count in Counter(self._lines).items() if mark and count >= LEAST)
            return often, [page for page in range(len(self._outlet_of)) if not often.isdisjoint(self._of(page))]
        import numpy as np

        lines = np.frombuffer(self._lines, np.uint64)
        ordered = np.sort(lines)
        marked = np.unique(ordered[LEAST - 1 :][ordered[LEAST - 1 :] == ordered[: 1 - LEAST]])
        marked = marked[marked != 0]
        held = np.searchsorted(np.frombuffer(self._line_ends, np.uint64)[1:], where_in(lines, marked), side="right")
        return frozenset(marked.tolist()), np.unique(held).tolist()

    def _of_outlet(self, pages: Sequence[int], size: int, repeated: frozenset[int]) -> frozenset[int]:
        if len(pages) < LEAST:
            return frozenset()
        holders: dict[int, list[int]] = {}
        for page in pages:
            for mark in set(self._of(page)) & repeated:
                holders.setdefault(mark, []).append(page)
        believed = {mark for mark, where in holders.items() if len(where) >= LEAST and self._on_many_matters(where)}
        anywhere = {mark for mark in believed if len(holders[mark]) >= max(_LEAST_ANYWHERE, _SHARE_ANYWHERE * size)}
        for _ in range(_ROUNDS):
            at_edge = Counter(mark for page in pages for mark in _edges(self._of(page), believed))
            kept = {m for m in believed if m in anywhere or at_edge[m] >= _AT_EDGE * len(holders[m])}
            if kept == believed:
                break
            believed = kept
        return frozenset(believed)

    def _on_many_matters(self, pages: Sequence[int]) -> bool:
        """Whether the articles differ in what they tell of, as far as their titles say."""
        titles = sorted({tuple(sorted(self._title(page))) for page in pages})
        if len(titles) > _SAMPLE:  # spread over all of them, the same whichever order they came in
            titles = [titles[at * len(titles) // _SAMPLE] for at in range(_SAMPLE)]
        matters: list[frozenset[int]] = []
        for title in map(frozenset, titles):
            if not any(_related(title, other) for other in matters):
                matters.append(title)
        return len(matters) >= max(LEAST, _UNLIKE * min(len(pages), _SAMPLE))


def where_in(lines: NDArray[np.uint64], sought: NDArray[np.uint64]) -> NDArray[np.intp]:
    """The places of lines whose marks are among ``sought``; many lines, few of them sought."""
    import numpy as np

    sieve = np.zeros(1 << _SIEVE_BITS, np.bool_)
    low = np.uint64(len(sieve) - 1)
    sieve[sought & low] = True
    places = np.flatnonzero(sieve[lines & low])
    return places[np.isin(lines[places], sought)]


def _append(kept: array[int], values: NDArray[Any]) -> None:
    """Numbers of the same size at the end of an array, without one object for each."""
    import numpy as np

    kept.frombytes(np.ascontiguousarray(values).view(np.uint8).data)


def _related(some: frozenset[int], others: frozenset[int]) -> bool:
    return not some or not others or len(some & others) >= _RELATED * len(some | others)


def _edges(lines: Sequence[int], believed: Collection[int]) -> Iterator[int]:
    """The marks at the beginning and the end of an article, as far as one such line follows another."""
    ahead = 0
    while ahead < len(lines) and lines[ahead] in believed:
        yield lines[ahead]
        ahead += 1
    for at in range(len(lines) - 1, ahead - 1, -1):
        if lines[at] not in believed:
            return
        yield lines[at]


def parted(
    paragraphs: Sequence[Paragraph], lines: Collection[int]
) -> tuple[tuple[Paragraph, ...], tuple[SetAside, ...]]:
    """The paragraphs without those lines, and these lines. An article of which nothing would be left keeps them."""
    kept: list[Paragraph] = []
    aside: list[SetAside] = []
    for paragraph, mark in zip(paragraphs, marks(paragraphs), strict=True):
        if mark in lines:
            aside.append(SetAside(paragraph.text, paragraph.line, len(kept), paragraph.kind))
        else:
            kept.append(paragraph)
    if not any(p.kind == "body" and furniture.word_count(p.text) > 1 for p in kept):
        return tuple(paragraphs), ()
    return tuple(kept), tuple(aside)


def whole_text(article: Article) -> list[Paragraph]:
    """The paragraphs of an article as its source has them, with what was set aside."""
    found = list(article.paragraphs)
    for aside in reversed(article.set_aside):
        found.insert(aside.after, Paragraph(aside.text, aside.line, aside.kind))
    return found
