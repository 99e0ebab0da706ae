"""What the articles of a corpus have of each other: alignments, shared passages, stories, omissions, wording."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from kerman_tui.analysis import digest_of, watch_processes
from kerman_tui.corpus.naming import Naming
from kerman_tui.model import Article, Comparison, Counterpart, Person, Reuse, Story, Wording

if TYPE_CHECKING:
    from kerman_tui.compare.answers import Answers
    from kerman_tui.compare.collocates import Collocate
    from kerman_tui.compare.columns import Columns
    from kerman_tui.compare.flows import Flow
    from kerman_tui.compare.omissions import Carried
    from kerman_tui.compare.reuse import NearDuplicate

FINGERPRINTS = "fingerprints"
"""The folder of what tells reuse, inside that of a generation."""


class Comparing(Naming):
    """A corpus whose articles are laid beside each other."""

    _stories: tuple[Story, ...] | None = None
    _reuse: tuple[Reuse, ...] | None = None
    _near_duplicates: tuple[NearDuplicate, ...] | None = None

    def compare(self, left: Article, right: Article) -> Comparison:
        """Two articles side by side; they need not be of this corpus."""
        from kerman_tui.compare.align import align

        return align(left, right)

    def columns(self, pivot: Article, others: Sequence[Article]) -> Columns:
        """An article beside two or three others, in rows that all columns share."""
        from kerman_tui.compare.columns import columns

        return columns(pivot, others)

    def counterparts(self, article: Article, limit: int = 10) -> tuple[Counterpart, ...]:
        """The articles most worth comparing with ``article``, most overlap first."""
        from kerman_tui.compare.reuse import counterparts

        return counterparts(article, self.articles, limit=limit)

    @cached_property
    def _answers(self) -> Answers:
        """What was found before and is kept with the corpus."""
        from kerman_tui.compare.answers import Answers

        return Answers(self._folder, digest_of("text", "compare"))

    def reuse(self) -> tuple[Reuse, ...]:
        """Passages that stand in more than one article."""
        with self._locks["reuse"]:
            if self._reuse is None:
                self._reuse = self._answers.read("reuse", Reuse)
            if self._reuse is None:
                from kerman_tui.compare.reuse import shared

                watch_processes()
                found = shared(self.articles, self._folder and self._folder / FINGERPRINTS)
                self._reuse, self._near_duplicates = found
                self._answers.keep("reuse", self._reuse)
                self._answers.keep("near-duplicates", self._near_duplicates)
            return self._reuse

    @property
    def reuse_known(self) -> bool:
        """Whether ``reuse`` has its answer already, or it was kept."""
        return self._reuse is not None or self._answers.has("reuse")

    @property
    def stories_known(self) -> bool:
        """Whether ``stories`` has its answer already, or it was kept."""
        return self._stories is not None or self._answers.has("stories")

    def stories(self) -> tuple[Story, ...]:
        """Articles grouped by the event they tell of."""
        with self._locks["stories"]:
            if self._stories is None:
                self._stories = self._answers.read("stories", Story)
            if self._stories is None:
                from kerman_tui.compare.stories import stories

                self._stories = stories(self.articles)
                self._answers.keep("stories", self._stories)
            return self._stories

    def reuse_groups(self) -> list[list[Reuse]]:
        """``reuse``, of which what is one passage in several articles is one group; largest groups first."""
        from kerman_tui.compare.flows import grouped

        return grouped(self.reuse())

    def flows(self) -> tuple[Flow, ...]:
        """What each outlet shares with each other one, most words first, with the direction that dates support."""
        from kerman_tui.compare.flows import flows

        return flows(self.reuse(), self.articles)

    def near_duplicates(self) -> tuple[NearDuplicate, ...]:
        """Pairs of articles that are one article but for little, most words in common first."""
        with self._locks["reuse"]:
            if self._near_duplicates is None:
                from kerman_tui.compare.reuse import NearDuplicate, near_duplicates

                self._near_duplicates = self._answers.read("near-duplicates", NearDuplicate)
                if self._near_duplicates is None:
                    watch_processes()
                    found = near_duplicates(self.articles, self._folder and self._folder / FINGERPRINTS)
                    self._near_duplicates = tuple(found)
                    self._answers.keep("near-duplicates", self._near_duplicates)
            return self._near_duplicates

    def omissions(self, ids: Collection[str]) -> tuple[Carried, ...]:
        """Passages, people and figures of some articles (a story), each with the outlets that carry it and do not."""
        from kerman_tui.compare.omissions import omissions

        articles = [self.article(id_) for id_ in ids]
        figures = [figure for article in articles for figure in self.figures_in(article.id)]
        return omissions(articles, self._people_of(ids), figures)

    def _people_of(self, ids: Collection[str]) -> tuple[Person, ...]:
        """Everyone in a few articles, without reading the names of all others for it."""
        if self._people is not None:
            return self.people(everyone=True, among=ids)
        from kerman_tui.people.merge import merge

        return merge([self.names_in(id_) for id_ in ids], self._her_corrections()).people(True)

    def collocates(self, word: str) -> tuple[Collocate, ...]:
        """Words near a word or phrase, or near any spelling of a person's name, for each outlet."""
        from kerman_tui.compare.collocates import collocates
        from kerman_tui.text.fold import fold

        named = (({one.name, *one.aliases}) for one in self.people_index.resolve(word))
        forms = next((forms for forms in named if fold(word) in map(fold, forms)), None)
        return collocates(self.articles, forms or word)

    def wording(self) -> Wording:
        """What one outlet writes where others write something else."""
        from kerman_tui.compare.keyness import keyness
        from kerman_tui.compare.substitutions import from_passages

        kept = self._answers.read("wording", Wording)
        if kept:
            return kept[0]
        found = Wording(from_passages(self.reuse()), keyness(self.articles))
        self._answers.keep("wording", (found,))
        return found
