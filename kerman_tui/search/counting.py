"""The vocabulary of an index: what the search library has written in, every word with its articles and fields out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from kerman_tui.search.vocabulary import FIELDS, Vocabulary

if TYPE_CHECKING:
    from kerman_tui.search.stream import Casing

_OTHER_WORDS = ("named", "glued")
"""Fields that hold words which the text may not."""


def count_words(searcher: Any, casing: Casing | None = None, before: Vocabulary | None = None) -> Vocabulary:
    """Every word of the index; ``casing`` knows how they are written beyond what the vocabulary ``before`` knew."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as threads:  # the library walks outside the interpreter's lock
        walked = dict(zip(FIELDS, threads.map(partial(searcher.terms_with_prefix, prefix=""), FIELDS), strict=True))
    counts: dict[str, int] = dict(walked.pop("text"))
    fields = dict.fromkeys(counts, FIELDS["text"])
    for name, found in walked.items():
        bit, counted = FIELDS[name], name in _OTHER_WORDS
        for word, count in found:
            fields[word] = fields.get(word, 0) | bit
            if counted:
                counts[word] = max(counts.get(word, 0), count)
    counts.pop("|", None)
    return Vocabulary.build(counts, casing, before, fields)
