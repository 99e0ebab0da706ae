"""What every part of a corpus stands on: its articles, what is derived from them, locks, and notices for her.

Everything but the articles themselves is computed when first asked for, once, under a lock, so that worker threads
may ask for the same thing at the same time.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kerman_tui.analysis import Analysed, Analysis
from kerman_tui.model import Article, Skipped

if TYPE_CHECKING:
    from kerman_tui.ingest.store import ArticleStore

ID_CHOICES_SHOWN = 5
"""How many candidates an ambiguous id prefix names."""


class CorpusError(Exception):
    """A corpus cannot be opened or asked; the message is one line for the user."""


class ArticleNotFoundError(CorpusError):
    """An id or prefix names no article, or more than one."""


class Holding:
    """Articles by id and by outlet. Methods raise CorpusError with a message for the user."""

    def __init__(
        self,
        articles: ArticleStore,
        skipped: Sequence[Skipped] = (),
        *,
        name: str | None = None,
        folder: Path | None = None,
        workers: int | None = None,
        passing: bool = False,
    ) -> None:
        """``folder`` is where what is derived from the articles is kept; without it the cache is asked.

        What is derived from a ``passing`` corpus is not kept.
        """
        self.articles = articles
        self._passing = passing
        self._folder = folder
        self._workers = workers
        self.analysis = Analysis(articles, workers)
        self.skipped = tuple(skipped)
        self.name = name
        self.identity = name or ""
        """What tells this corpus from others between sessions: its name, else where its files are."""
        self.notices: tuple[str, ...] = ()
        """What was wrong with files of hers, in words; the answers go on without them."""
        self._locks: dict[str, threading.RLock] = {
            name: threading.RLock() for name in ("index", "people", "quotes", "figures", "stories", "reuse")
        }

    def __len__(self) -> int:
        return len(self.articles)

    def article(self, id_or_prefix: str) -> Article:
        """The article of that id, or of the only id that begins so. Raises ArticleNotFoundError."""
        ordinal = self.articles.ordinal(id_or_prefix)
        if ordinal is not None:
            return self.articles[ordinal]
        candidates = self.articles.ids_with_prefix(id_or_prefix, ID_CHOICES_SHOWN + 1) if id_or_prefix else []
        if len(candidates) == 1:
            found = self.articles.ordinal(candidates[0])
            assert found is not None
            return self.articles[found]
        if not candidates:
            raise ArticleNotFoundError(f"no article has the id {id_or_prefix!r}; `kerman-tui articles` lists the ids")
        shown = ", ".join(candidates[:ID_CHOICES_SHOWN]) + (", …" if len(candidates) > ID_CHOICES_SHOWN else "")
        raise ArticleNotFoundError(f"{id_or_prefix!r} could be {shown}: give more of it")

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets of the corpus, by number of articles, most first."""
        counts: dict[str, int] = {}
        for ordinal in range(len(self.articles)):
            outlet = self.articles.outlet(ordinal)
            counts[outlet] = counts.get(outlet, 0) + 1
        return tuple(sorted(counts, key=lambda outlet: (-counts[outlet], outlet)))

    @property
    def progress(self) -> Analysed | None:
        """How far the reading of names, quotations or figures is that goes on in a thread; None when none does."""
        return self.analysis.reading

    def _dates(self) -> dict[str, str | None]:
        return {self.articles.id(at): self.articles.published(at) for at in range(len(self.articles))}
