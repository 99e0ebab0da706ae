"""The corpus's own words, laid out for extension and correction: a misspelt or unfinished word in, existing words out.

Columns over the sorted words (numpy, memory-mapped from the index folder so that sessions share them). Candidates for a
correction are taken by length and by a 64-bit letter mask whose distance bounds the edit distance from below, so none
is lost; optimal string alignment (a transposition is one edit) decides. Prefixes of words are corrected the same way.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kerman_tui.search.beginnings import Beginnings
from kerman_tui.search.letters import (
    MAX_WORD,
    MIN_WORD,
    PREFIX_LENGTHS,
    WORD_LENGTHS,
    Grouped,
    Letters,
    group,
)
from kerman_tui.search.slips import doubt_of
from kerman_tui.search.stream import hashes_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kerman_tui.search.stream import Casing

MAX_EXTENSIONS = 30
"""Words that an unfinished word is extended to, the most frequent first."""
MAX_CORRECTIONS = 15
"""Words that a misspelt word is corrected to, the nearest first."""
FEW = 12
"""Words up to which they are read one by one."""
MAX_ASKED = 20_000
"""Counts remembered between keystrokes."""

NAME_LOWER = 0.05
"""Share of its occurrences up to which a name is written without a capital."""

FIELDS = {name: 1 << bit for bit, name in enumerate(("text", "title", "lede", "named", "glued", "folded"))}
"""Fields of the index whose words are known here, each with its bit."""

_ASCII = 128
_LAST = "\U0010ffff"
"""The letter after all others."""

_COLUMNS = (
    *("blob", "offsets", "counts", "fields", "seen", "lower"),
    *("words", "masks", "starts"),
    *("first", "last", "beginnings", "beginning_starts"),
)
"""By words in sorted order; for each mask of a word its word; for each beginning where its words start and end."""


def edit_budget(length: int) -> int:
    """Edits a word of ``length`` letters may be off: up to 4 letters none, from 5 one, from 9 two (as Meilisearch)."""
    return 0 if length <= 4 else 1 if length <= 8 else 2


class Candidate(NamedTuple):
    """A word of the corpus near the one asked for. ``count`` is its number of articles; ``edits`` lies between."""

    word: str
    count: int  # type: ignore[assignment]  # of a tuple, which nobody counts in
    edits: int
    name: bool = False
    extended: bool = False
    doubt: float = 0.0
    """How unlikely the slip is among those with as many edits, 0 to 1."""


class Vocabulary:
    """Sorted words with their counts. Immutable; safe to use from several threads at once."""

    def __init__(self, columns: dict[str, Any]) -> None:
        import numpy as np

        self._asked: dict[str, tuple[int, int]] = {}
        self.readings: dict[tuple[str, bool, bool, str], Any] = {}
        """Room for what ``reading`` made of words in this vocabulary."""
        self._columns = columns
        plain = {name: column.view(np.ndarray) for name, column in columns.items()}
        self._blob = memoryview(columns["blob"])
        self._bytes: NDArray[np.uint8] = plain["blob"]
        self._offsets: NDArray[np.int64] = plain["offsets"]
        self._counts: NDArray[np.uint32] = plain["counts"]
        self._fields: NDArray[np.uint8] = plain["fields"]
        self._seen: NDArray[np.uint32] = plain["seen"]
        self._lower: NDArray[np.uint32] = plain["lower"]
        self._order: NDArray[np.uint32] = plain["words"]
        self._masks = Grouped(plain["masks"], plain["starts"], WORD_LENGTHS)
        self._first: NDArray[np.uint32] = plain["first"]
        self._last: NDArray[np.uint32] = plain["last"]
        self._begun = Grouped(plain["beginnings"], plain["beginning_starts"], PREFIX_LENGTHS)

    def __len__(self) -> int:
        return len(self._counts)

    # --- building, keeping ------------------------------------------------------------------------------------

    @classmethod
    def build(
        cls,
        counted: Mapping[str, int] | Iterable[tuple[str, int]],
        casing: Casing | None = None,
        before: Vocabulary | None = None,
        fields: Mapping[str, int] | None = None,
    ) -> Vocabulary:
        """Lay out ``counted`` words (any order); ``casing`` knows how they are written beyond what ``before`` knew.

        ``fields`` says in which fields each word stands, as bits of FIELDS.
        """
        import numpy as np

        counts = dict(counted)
        texts = sorted(counts)
        blob = "".join(texts).encode("utf-8", "surrogatepass")
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        offsets = np.zeros(len(texts) + 1, np.int64)
        if len(blob) == int(lengths.sum()):
            np.cumsum(lengths, out=offsets[1:])
        else:
            np.cumsum([len(word.encode("utf-8", "surrogatepass")) for word in texts], out=offsets[1:])
        hashes = hashes_of(texts)
        seen, lower = casing.of(hashes) if casing is not None else (np.zeros((2, len(texts)), np.uint32))
        if before is not None and len(before):
            seen, lower = before._written(hashes, seen, lower)
        letters = Letters.of(texts, lengths)
        masks, prefix_masks = letters.masks()
        order, starts = group(masks, lengths, WORD_LENGTHS)
        columns = {
            "blob": np.frombuffer(blob, np.uint8),
            "offsets": offsets,
            "counts": np.fromiter(map(counts.__getitem__, texts), np.uint32, len(texts)),
            "fields": np.fromiter(map((fields or {}).get, texts, itertools.repeat(0)), np.uint8, len(texts)),
            "seen": seen,
            "lower": lower,
            "words": order.astype(np.uint32),
            "masks": masks[order],
            "starts": starts,
        }
        return cls(columns | letters.beginnings(prefix_masks))

    def save(self, folder: Path) -> None:
        """Write every column into ``folder``, which must exist."""
        import numpy as np

        for name in _COLUMNS:
            np.save(folder / f"{name}.npy", self._columns[name])

    @classmethod
    def load(cls, folder: Path) -> Vocabulary:
        """Map the columns in ``folder`` into memory. Raises OSError or ValueError when they are not whole."""
        return cls({name: _mapped(folder / f"{name}.npy") for name in _COLUMNS})

    def _written(self, hashes: Any, seen: Any, lower: Any) -> tuple[Any, Any]:
        """``seen`` and ``lower`` of the words with these hashes, with what is known of them here added."""
        import numpy as np

        own = hashes_of(self._words(np.arange(len(self))))
        order = np.argsort(own)
        at = np.minimum(np.searchsorted(own[order], hashes), len(own) - 1)
        here = order[at]
        known = own[here] == hashes
        return seen + np.where(known, self._seen[here], 0), lower + np.where(known, self._lower[here], 0)

    # --- looking up -------------------------------------------------------------------------------------------

    def word(self, index: int) -> str:
        """The word at ``index`` in sorted order."""
        return str(self._blob[self._offsets[index] : self._offsets[index + 1]], "utf-8", "surrogatepass")

    def _words(self, indexes: NDArray[Any]) -> list[str]:
        import numpy as np

        if len(indexes) < FEW:
            return [self.word(index) for index in indexes.tolist()]
        starts = self._offsets[indexes]
        sizes = self._offsets[indexes + 1] - starts
        ends = np.cumsum(sizes)
        bytes_of = np.arange(ends[-1])
        lines = np.full(len(bytes_of) + len(indexes), ord("\n"), np.uint8)  # no word holds one
        lines[bytes_of + np.repeat(np.arange(len(indexes)), sizes)] = self._bytes[
            bytes_of + np.repeat(starts - ends + sizes, sizes)
        ]
        return lines.tobytes().decode("utf-8", "surrogatepass").split("\n")[:-1]

    def find(self, word: str) -> int:
        """The index of ``word``, or -1."""
        at = self._bisect(word)
        return at if at < len(self) and self.word(at) == word else -1

    def count(self, word: str) -> int:
        """The number of articles that hold ``word``."""
        return self._known(word)[0]

    def stands_in(self, field: str, word: str) -> bool:
        """Whether ``word`` stands in a field of FIELDS, of any article."""
        return bool(self._known(word)[1] & FIELDS[field])

    def _known(self, word: str) -> tuple[int, int]:
        known = self._asked.get(word)
        return self._look_up(word, self.find(word)) if known is None else known

    def _look_up(self, word: str, at: int) -> tuple[int, int]:
        known = (int(self._counts[at]), int(self._fields[at])) if at >= 0 else (0, 0)
        if len(self._asked) > MAX_ASKED:
            self._asked.clear()
        self._asked[word] = known
        return known

    def is_name(self, word: str) -> bool:
        """Whether ``word`` occurs, and is written with a capital nearly wherever it does."""
        at = self.find(word)
        return at >= 0 and self._is_name(at, word)

    def _is_name(self, at: int, word: str) -> bool:
        return int(self._lower[at]) <= NAME_LOWER * int(self._seen[at]) and not word[:1].isdigit()

    @cached_property
    def _beginnings(self) -> Beginnings:
        return Beginnings.of(self._columns["blob"], self._offsets)

    def _bisect(self, word: str) -> int:
        low, high = self._beginnings.range(word)
        while low < high:
            middle = (low + high) // 2
            if self.word(middle) < word:
                low = middle + 1
            else:
                high = middle
        return low

    def _range(self, prefix: str) -> tuple[int, int]:
        return self._bisect(prefix), self._bisect(prefix + _LAST)

    def extensions(self, prefix: str, limit: int = MAX_EXTENSIONS) -> list[Candidate]:
        """Longer words that begin with ``prefix``, the most frequent first."""
        low, high = self._range(prefix)
        found = self._most_frequent(low, high, limit + 1)
        return [
            Candidate(word, self._look_up(word, i)[0], 0, self._is_name(i, word), True)
            for i, word in ((i, self.word(i)) for i in found)
            if word != prefix
        ][:limit]

    def _most_frequent(self, low: int, high: int, limit: int) -> list[int]:
        import numpy as np

        if high <= low:
            return []
        counts = self._counts[low:high]
        if len(counts) == 1:
            return [low]
        if len(counts) > limit:
            chosen = np.argpartition(counts, len(counts) - limit)[-limit:]
        else:
            chosen = np.arange(len(counts))
        ranked = chosen[np.argsort(counts[chosen].astype(np.int64) * -1, kind="stable")]
        return [low + int(i) for i in ranked]

    def letters_after(self, beginning: str, limit: int) -> list[str]:
        """The letters that follow ``beginning`` in the words of most articles, a blank where it is a word itself."""
        import numpy as np

        low, high = self._range(beginning)
        offsets, counts = self._offsets[low : high + 1], self._counts[low:high]
        at = offsets[:-1] + len(beginning.encode("utf-8", "surrogatepass"))
        longer = at < offsets[1:]
        weights = np.bincount(self._bytes[at[longer]], counts[longer], minlength=_ASCII)[:_ASCII]
        weights[ord(" ")] += counts[~longer].sum()
        ranked = np.argsort(-weights, kind="stable")[:limit]
        return [chr(code) for code in ranked.tolist() if weights[code]]

    # --- correcting -------------------------------------------------------------------------------------------

    def corrections(
        self, word: str, edits: int | None = None, limit: int = MAX_CORRECTIONS, *, names: int = 0
    ) -> list[Candidate]:
        """Words within ``edits`` of ``word`` (names within ``edits`` + ``names``), the likeliest first."""
        budget = edit_budget(len(word)) if edits is None else edits
        most = budget + names
        if most <= 0 or not MIN_WORD <= len(word) <= MAX_WORD:
            return []
        indexes = self._order[self._masks.near(word, most)]
        texts = self._words(indexes)
        candidates = []
        for which, distance in _distances(word, texts, most):
            index, text = int(indexes[which]), texts[which]
            name = self._is_name(index, text)
            if distance and (distance <= budget or name):
                doubt = doubt_of(word, text)
                candidates.append(Candidate(text, self._look_up(text, index)[0], distance, name, False, doubt))
        candidates.sort(key=lambda c: (c.edits, c.doubt, -c.count, c.word))
        return candidates[:limit]

    def prefix_corrections(self, prefix: str, limit: int = MAX_CORRECTIONS) -> list[Candidate]:
        """Longer words whose beginning is one slip away from ``prefix``: "solema" finds "soleimani"."""
        budget = min(1, edit_budget(len(prefix)))
        if not budget:
            return []
        places = self._begun.near(prefix, budget)
        firsts, lasts, lengths = self._first[places], self._last[places], self._begun.lengths_at(places)
        beginnings = [word[:length] for word, length in zip(self._words(firsts), lengths, strict=True)]
        as_typed = range(*self._range(prefix))
        found: dict[int, tuple[int, float, int, int]] = {}
        same_first = (len(prefix), len(prefix) + 1, len(prefix) - 1)
        for which, distance in sorted(
            _distances(prefix, beginnings, budget), key=lambda one: same_first.index(lengths[one[0]])
        ):
            if not distance:
                continue
            doubt = doubt_of(prefix, beginnings[which])
            first, last = int(firsts[which]), int(lasts[which])
            for index in (first,) if last - first == 1 else self._most_frequent(first, last, limit):
                if index not in found and index not in as_typed:
                    found[index] = (distance, doubt, -int(self._counts[index]), index)
        return [
            Candidate(word, self._look_up(word, index)[0], edits, self._is_name(index, word), True, doubt)
            for edits, doubt, _, index in sorted(found.values())[:limit]
            for word in (self.word(index),)
        ]


def _distances(word: str, texts: Sequence[str], most: int) -> Iterable[tuple[int, int]]:
    """The numbers of the ``texts`` within ``most`` edits, each with its distance."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(word, texts, scorer=OSA.distance, score_cutoff=most, limit=None)
    return ((which, int(distance)) for _, distance, which in found)


def _mapped(path: Path) -> Any:
    import numpy as np

    if path.stat().st_size <= 128:  # an empty column cannot be mapped
        return np.load(path, allow_pickle=False)
    return np.load(path, mmap_mode="r", allow_pickle=False)
