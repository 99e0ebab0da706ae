"""Searches kept under a name, asked of a corpus: what each finds now, and what of it is new since last time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from kerman_tui.corpus.holding import CorpusError
from kerman_tui.corpus.searching import her_searches

if TYPE_CHECKING:
    from kerman_tui.corpus.opening import Corpus


class Followed(msgspec.Struct, frozen=True):
    """A search: its name ("" where it was asked but not kept), its query, how much it finds and what of it is new.

    ``new`` is None where it was never looked at in this corpus; ``problem`` says why it could not be asked.
    """

    name: str
    query: str
    total: int | None = None
    new: tuple[str, ...] | None = None
    problem: str = ""


def followed(corpus: Corpus, cancelled: Callable[[], bool] = lambda: False) -> list[Followed]:
    """Every search that is kept, asked now, in the order of their names. Raises CorpusError."""
    with her_searches() as kept:
        return [_asked_now(corpus, one.name, one.query) for one in kept.all() if not cancelled()]


def _asked_now(corpus: Corpus, name: str, query: str) -> Followed:
    try:
        return Followed(name, query, len(corpus.found(query)), corpus.new_in(name))
    except CorpusError as error:
        return Followed(name, query, problem=str(error))


def follow(corpus: Corpus, name: str, query: str) -> int:
    """Keep a query under a name; what it finds now is no longer new. How many articles that are. Raises CorpusError."""
    with her_searches() as kept:
        saved = kept.save(name, query)
    corpus.seen(saved.name)
    return len(corpus.found(saved.query))


def rename(corpus: Corpus, one: Followed, name: str) -> None:
    """Keep a search under another name; what was seen of it is what it finds but for what was new."""
    known = set(corpus.found(one.query)) - set(one.new or ())
    with her_searches() as kept:
        saved = kept.save(name, one.query)
        kept.seen(saved.name, corpus.identity, known)
        kept.remove(one.name)


def forget(name: str) -> bool:
    """Keep a search no longer; whether there was one. Raises CorpusError."""
    with her_searches() as kept:
        return kept.remove(name)
