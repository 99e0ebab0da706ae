"""The vocabulary of an index: what the search library has written in, every word with its articles and fields out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerman_tui.search.vocabulary import FIELDS, Vocabulary

if TYPE_CHECKING:
    from kerman_tui.search.stream import Casing

_OTHER_WORDS = ("named", "glued")
"""Fields that hold words which the text may not."""


def count_words(searcher: Any, casing: Casing | None = None, before: Vocabulary | None = None) -> Vocabulary:
    """Every word of the index; ``casing`` knows how they are written beyond what the vocabulary ``before`` knew."""
    counts: dict[str, int] = dict(searcher.terms_with_prefix("text", ""))
    fields = dict.fromkeys(counts, FIELDS["text"])
    for name in FIELDS.keys() - {"text"}:
        bit, counted = FIELDS[name], name in _OTHER_WORDS
        for word, count in searcher.terms_with_prefix(name, ""):
            fields[word] = fields.get(word, 0) | bit
            if counted:
                counts[word] = max(counts.get(word, 0), count)
    counts.pop("|", None)
    return Vocabulary.build(counts.items(), casing, before, fields)
