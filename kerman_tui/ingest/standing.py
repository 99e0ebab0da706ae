"""Articles of a kept corpus that stay while files come and go: asked by their columns, so that hardly one is read."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence, Set
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kerman_tui.ingest.boilerplate import Page, Pages, parted, where_in, whole_text
from kerman_tui.ingest.columns import ASIDE, number_of
from kerman_tui.ingest.segments import Segment
from kerman_tui.ingest.store import MappedStore
from kerman_tui.model import Article

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def places_of(store: MappedStore, names: Collection[str]) -> list[list[int]]:
    """For every segment the places of live articles that come from these files, in order."""
    import numpy as np

    files = np.array([number_of(name) for name in names], np.uint64)
    return [np.flatnonzero(np.isin(of.columns.rows["file"], files) & alive).tolist() for of, alive in _alive(store)]


def outlets_at(store: MappedStore, places: Sequence[Sequence[int]]) -> set[int]:
    """The numbers of the outlets of articles at these places of every segment."""
    return {
        number
        for segment, at in zip(store.segments, places, strict=True)
        for number in set(segment.columns.rows["outlet"][list(at)].tolist())
    }


def files_at(store: MappedStore, places: Sequence[Sequence[int]]) -> set[str]:
    """The files of articles at these places of every segment."""
    return {segment.head(at).source for segment, some in zip(store.segments, places, strict=True) for at in some}


class Standing:
    """The articles that stay as they are: they say with the new ones what is boilerplate, and may prove wrong by it."""

    def __init__(self, store: MappedStore, outlets: Set[int]) -> None:
        """``outlets`` are those whose articles go or are read again; those of new articles are added when known."""
        self.store = store
        self._outlets = outlets
        self._pages = Pages()
        self._concerned: list[tuple[Segment, NDArray[np.bool_]]] = []

    def has(self, id_: str) -> bool:
        """Whether one of them has this id."""
        return self.store.ordinal(id_) is not None

    def add_to(self, pages: Pages) -> None:
        """Add the articles that stay, of every outlet that is concerned."""
        import numpy as np

        self._pages = pages
        outlets = np.array(sorted(self._outlets | set(map(number_of, pages.outlets))), np.uint64)
        for segment, alive in _alive(self.store):
            columns = segment.columns
            chosen = np.isin(columns.rows["outlet"], outlets) & alive
            rows = columns.rows[chosen]
            _, first, outlet_of = np.unique(rows["outlet"], return_index=True, return_inverse=True)
            names = [segment.head(at).outlet for at in np.flatnonzero(chosen)[first].tolist()]
            lines = columns.lines(chosen) & np.uint64(ASIDE - 1)
            pages.extend(names, outlet_of, (lines, rows["lines"]), (columns.words(chosen), rows["words"]))
            self._concerned.append((segment, chosen))

    def files_with(self, keys: Collection[bytes]) -> set[str]:
        """The files of articles that have one of these keys (``columns.key_of``)."""
        import numpy as np

        if not keys:
            return set()
        sought = np.frombuffer(b"".join(keys), np.uint64)[::2]
        return {
            segment.head(at).source
            for segment, alive in _alive(self.store)
            for at in np.flatnonzero(np.isin(segment.columns.rows["key"][:, 0], sought) & alive).tolist()
            if segment.columns.rows["key"][at].tobytes() in keys
        }

    def changed(self) -> list[list[int]]:
        """For every segment the places of articles that would be parted otherwise by what is boilerplate now."""
        now = {number_of(outlet): lines for outlet, lines in self._pages.boilerplate().items()}
        return [list(_wrong(segment, chosen, now)) for segment, chosen in self._concerned]

    def parted_anew(self, places: Sequence[Sequence[int]]) -> Iterator[tuple[Article, Page]]:
        """The articles at these places of every segment as they are by what is boilerplate now."""
        now = self._pages.boilerplate()
        for segment, some in zip(self.store.segments, places, strict=True):
            for at, article in zip(some, segment.articles(some), strict=True):
                paragraphs, aside = parted(whole_text(article), now.get(article.outlet, ()))
                yield replace(article, paragraphs=paragraphs, set_aside=aside), segment.columns.page(at)


def _wrong(segment: Segment, chosen: NDArray[np.bool_], now: dict[int, frozenset[int]]) -> Iterator[int]:
    """The places of articles among the ``chosen`` that would be parted otherwise, in order."""
    import numpy as np

    rows = segment.columns.rows[chosen]
    lines = segment.columns.lines(chosen)
    believed = np.array(sorted(frozenset().union(*now.values())), np.uint64)
    asked = np.union1d(np.flatnonzero(lines >= ASIDE), where_in(lines & np.uint64(ASIDE - 1), believed))
    which = np.searchsorted(np.cumsum(rows["lines"]), asked, side="right")
    outlets = rows["outlet"][which].tolist()
    unlike = {
        at
        for at, outlet, line in zip(which.tolist(), outlets, lines[asked].tolist(), strict=True)
        if (line % ASIDE in now.get(outlet, ())) != (line >= ASIDE)
    }
    for at in np.flatnonzero(chosen)[sorted(unlike)].tolist():
        article = segment.article(at)
        if parted(whole_text(article), now.get(number_of(article.outlet), ()))[1] != article.set_aside:
            yield at


def _alive(store: MappedStore) -> Iterator[tuple[Segment, NDArray[np.bool_]]]:
    """Every segment, and which of its articles count."""
    import numpy as np

    for segment, live in store.live():
        alive = np.zeros(segment.count, np.bool_)
        alive[np.frombuffer(live, np.uint32) if isinstance(live, array) else slice(None)] = True
        yield segment, alive
