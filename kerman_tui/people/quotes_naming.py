"""One name for one person over a corpus: quotations and figures as each article gave them in, with corpus names out.

An article may know someone only as "Bou Habib"; the merged people of the corpus say who that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from sys import intern
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kerman_tui.model import Figure, Quote
from kerman_tui.people.names import full_key

if TYPE_CHECKING:
    from kerman_tui.people.merge import PeopleIndex


class _Names:
    """The names that the people of each article go by in the corpus; articles come in runs."""

    def __init__(self, index: PeopleIndex) -> None:
        self._index = index
        self._article: str | None = None
        self._names: dict[str, str] = {}

    def of(self, article: str, name: str) -> str:
        """The corpus name of whom ``article`` calls ``name``; ``name`` itself for bodies and strangers."""
        if article != self._article:
            self._article, self._names = article, {}
            for form, known in self._index.forms_in(article):
                self._names.setdefault(form, known)
        return self._names.get(full_key(name), name)


def quotes_under_corpus_names(quotes: Iterable[Quote], index: PeopleIndex) -> Iterator[Quote]:
    """``quotes`` with each speaker under the name that ``index`` gives them.

    Words that many share are held once: a corpus has hundreds of thousands of quotations and figures.
    """
    names = _Names(index)
    for quote in quotes:
        name = quote.speaker and names.of(quote.article, quote.speaker)
        yield replace(
            quote,
            article=intern(quote.article),
            outlet=intern(quote.outlet),
            speaker=name and intern(name),
            verb=quote.verb and intern(quote.verb),
        )


def figures_under_corpus_names(figures: Iterable[Figure], index: PeopleIndex) -> Iterator[Figure]:
    """``figures`` with each attribution to a person under the name that ``index`` gives them; words held once."""
    names = _Names(index)
    for figure in figures:
        name = figure.attribution and names.of(figure.article, figure.attribution)
        yield replace(
            figure,
            article=intern(figure.article),
            outlet=intern(figure.outlet),
            unit=intern(figure.unit),
            qualifier=figure.qualifier and intern(figure.qualifier),
            attribution=name and intern(name),
            matter=tuple(map(intern, figure.matter)),
        )
