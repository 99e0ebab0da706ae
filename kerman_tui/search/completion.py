"""What may be meant at the cursor of a query, or typed next: field names, values, words, most frequent first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kerman_tui.search.dates import DATE_WORDS
from kerman_tui.search.query import FIELDS
from kerman_tui.search.values import Values
from kerman_tui.search.vocabulary import Vocabulary
from kerman_tui.text.fold import fold

_VALUE = re.compile(r"""([A-Za-z]{2,20}):("[^"]*|[^\s()|"]*)\Z""")
_WORD = re.compile(r"""(?<![^\s()|"!^':])[^\s()|"!^':]++\Z""")


@dataclass(frozen=True, slots=True)
class Completion:
    """Put ``text`` in place of query[start:end]. ``about`` says what it is; ``count`` how many articles have it."""

    text: str
    start: int
    end: int
    kind: Literal["field", "value", "word"]
    about: str
    count: int | None = None


def complete(query: str, cursor: int, vocabulary: Vocabulary, values: Values, limit: int) -> list[Completion]:
    """Completions at ``cursor`` (0 to the query's length)."""
    before = query[: max(0, min(cursor, len(query)))]
    match = _VALUE.search(before)
    if match and match.group(1).lower() in FIELDS:
        name = match.group(1).lower()
        found = _values(name, match.group(2).lstrip('"'), values, vocabulary)
        return [Completion(_quoted(text), match.start(2), len(before), "value", name, count) for text, count in found][
            :limit
        ]
    word = _WORD.search(before)
    typed = word.group() if word else ""
    start = word.start() if word else len(before)
    fields = [
        Completion(f"{name}:", start, len(before), "field", about)
        for name, about in FIELDS.items()
        if name.startswith(typed.lower()) and not before[:start].endswith((":", "'", "!'"))
    ]
    if not typed:
        return fields[:limit]
    candidates = vocabulary.extensions(fold(typed), limit)
    candidates = candidates or vocabulary.corrections(fold(typed), limit=limit)
    words = [Completion(c.word, start, len(before), "word", "word", c.count) for c in candidates]
    return (fields + words)[:limit]


def likely(query: str, vocabulary: Vocabulary, limit: int) -> list[str]:
    """What ``query`` most likely is one key later, the likeliest first; nothing where no word is being typed."""
    word = _WORD.search(query)
    if word is None or _VALUE.search(query):
        return []
    return [query + letter for letter in vocabulary.letters_after(fold(word.group()), limit)]


def _values(name: str, typed: str, values: Values, vocabulary: Vocabulary) -> Iterable[tuple[str, int | None]]:
    if name == "date":
        return [(word, None) for word in DATE_WORDS if word.startswith(typed.lower())]
    if name == "title":
        return [(c.word, c.count) for c in vocabulary.extensions(fold(typed))] if typed else []
    known = values.of(name)
    if not typed:
        return [(value.text, value.count) for value in known]
    chosen = set(values.matching(name, typed))
    return [(value.text, value.count) for value in known if value.text in chosen]


def _quoted(text: str) -> str:
    clean = text.replace('"', "")
    return clean if re.fullmatch(r"""[^\s()|"]+""", clean) else f'"{clean}"'
