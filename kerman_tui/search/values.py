"""The values that fields take in this corpus: what was typed after ``outlet:`` in, the outlets it means out."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

from kerman_tui.search.vocabulary import edit_budget
from kerman_tui.text.tokens import words

MAX_VALUES = 200_000
"""Values of one field that are considered."""
MAX_NEAR = 3


@dataclass(frozen=True, slots=True)
class Value:
    """One value with its number of articles and its words, folded."""

    text: str
    count: int
    words: tuple[str, ...]


@dataclass(slots=True)
class Values:
    """Values by field, read from the index on first use. Safe to use from several threads."""

    searcher: Any
    _known: dict[str, list[Value]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, name: str) -> list[Value]:
        """All values of a field, the most frequent first."""
        with self._lock:
            known = self._known.get(name)
            if known is None:
                found = self.searcher.terms_with_prefix(name, "", limit=MAX_VALUES)
                known = [Value(text, count, _keys(text)) for text, count in found]
                known.sort(key=lambda value: (-value.count, value.text))
                self._known[name] = known
            return known

    def matching(self, name: str, typed: str, *, exact: bool = False) -> list[str]:
        """The values meant by ``typed``: equal if any is, else those whose words begin so, else those nearly so."""
        sought = _keys(typed)
        values = self.of(name)
        equal = [value.text for value in values if value.words == sought and sought]
        equal = equal or [value.text for value in values if value.text.casefold() == typed.casefold()]
        if exact and equal:
            return equal
        if not sought:
            return equal
        if name == "source":
            return [value.text for value in values if typed.casefold() in value.text.casefold()]
        begun = [value.text for value in values if all(any(w.startswith(s) for w in value.words) for s in sought)]
        glued = "".join(sought)
        begun = begun or [value.text for value in values if "".join(value.words).startswith(glued)]
        return begun or [value.text for value in values if all(_nearly(s, value.words) for s in sought)]

    def near(self, name: str, typed: str) -> list[str]:
        """The values closest in spelling to ``typed``."""
        from rapidfuzz import fuzz, process

        values = self.of(name)[:5000]
        found = process.extract(
            " ".join(_keys(typed)), [" ".join(v.words) for v in values], scorer=fuzz.ratio, limit=MAX_NEAR
        )
        return [values[index].text for _, score, index in found if score > 40]


def _keys(text: str) -> tuple[str, ...]:
    return tuple(word.key for word in words(text))


def _nearly(sought: str, candidates: tuple[str, ...]) -> bool:
    from rapidfuzz.distance import OSA

    budget = edit_budget(len(sought))
    return any(OSA.distance(sought, word, score_cutoff=budget) <= budget for word in candidates)
