"""Who is in a corpus and what they said: people, organisations, places, quotations, figures, under her corrections."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kerman_tui.corpus.holding import CorpusError, Holding
from kerman_tui.model import Disagreement, Figure, FigureRow, Mention, MentionsAt, Organisation, Person, Quote
from kerman_tui.places import PlaceError

if TYPE_CHECKING:
    from kerman_tui.people.collate import Utterance, VerbCount
    from kerman_tui.people.corrections import Corrections
    from kerman_tui.people.corrections import Kind as CorrectionKind
    from kerman_tui.people.detect import ArticleNames
    from kerman_tui.people.merge import PeopleIndex
    from kerman_tui.people.timeline import Step


class Naming(Holding):
    """A corpus that knows its people."""

    _people: PeopleIndex | None = None
    _quotes: tuple[Quote, ...] | None = None
    _figures: tuple[Figure, ...] | None = None

    def names_in(self, id_: str) -> ArticleNames:
        """What the people room finds in one article."""
        from kerman_tui.people.detect import detect

        return detect(self.article(id_))

    @property
    def people_index(self) -> PeopleIndex:
        """People and organisations over the whole corpus under her corrections, merged when first asked for."""
        with self._locks["people"]:
            if self._people is None:
                self._people = self.analysis.people(self._her_corrections(), self._folder)
            return self._people

    @property
    def people_known(self) -> bool:
        """Whether ``people_index`` has its answer already."""
        return self._people is not None

    def people(self, *, everyone: bool = False, among: Collection[str] | None = None) -> tuple[Person, ...]:
        """Leaders (or, with ``everyone``, all people) with their mentions, in the whole corpus or in some articles."""
        if among is None:
            return self.people_index.people(everyone)
        return self.people_index.among(among, everyone)

    def people_in(self, id_: str) -> tuple[tuple[Person, tuple[Mention, ...]], ...]:
        """The people of one article with their mentions in it, in order of first mention."""
        return self.people_index.names_of(id_)

    def timeline(
        self, person: Person, *, step: Step = "day", among: Collection[str] | None = None
    ) -> tuple[MentionsAt, ...]:
        """Articles and mentions of a person by date and outlet, in order of time, in the corpus or in some articles."""
        from kerman_tui.people.timeline import timeline

        ordinals = {id_: at for id_ in person.articles if (at := self.articles.ordinal(id_)) is not None}
        dates = {id_: self.articles.published(at) for id_, at in ordinals.items()}
        outlets = {id_: self.articles.outlet(at) for id_, at in ordinals.items()}
        return timeline(person.articles, dates, outlets, step=step, among=among)

    def correct(self, kind: CorrectionKind, *names: str) -> None:
        """Correct what is believed about people, now and whenever these names come up again.

        Raises CorpusError when the names do not fit, or when the correction holds but could not be kept.
        """
        with self._locks["people"]:
            try:
                corrections = self.people_index.corrections.add(kind, *names)
            except ValueError as error:
                raise CorpusError(str(error)) from error
            self._apply(corrections)

    def undo_correction(self) -> str:
        """Take the last correction back and say which it was ("" when there is none). Raises CorpusError."""
        with self._locks["people"]:
            made = self.people_index.corrections.made
            if not made:
                return ""
            self._apply(self.people_index.corrections.undo())
            return f"{made[-1].kind}: {', '.join(made[-1].names)}"

    def _apply(self, corrections: Corrections) -> None:
        from kerman_tui.people.corrections import CorrectionsError, save_corrections

        before = self.people_index.corrections
        self._people = self.people_index.corrected(corrections)
        try:
            save_corrections(corrections, before=before)
        except (CorrectionsError, PlaceError) as error:
            raise CorpusError(str(error)) from error

    def _her_corrections(self) -> Corrections:
        from kerman_tui.people.corrections import Corrections, CorrectionsError, load_corrections

        try:
            return load_corrections()
        except CorrectionsError as error:
            self.notices = (*self.notices, str(error))
        except PlaceError:
            pass  # no place for files of hers: there are no corrections either
        return Corrections()

    def organisations(self) -> tuple[Organisation, ...]:
        """Organisations and groups, with the spelling each outlet chooses."""
        return self.people_index.organisations()

    def places(self) -> tuple[Organisation, ...]:
        """Places whose name is a choice (Kyiv or Kiev), with the name each outlet chooses."""
        return self.people_index.places()

    def quotes(self, person: str | None = None) -> tuple[Quote, ...]:
        """All quotations, or those of the person whom ``person`` names; speakers under the names of the corpus."""
        with self._locks["quotes"]:
            if self._quotes is None:
                from kerman_tui.people.quotes_naming import quotes_under_corpus_names

                found = (quote for quotes in self.analysis.quotes() for quote in quotes)
                self._quotes = tuple(quotes_under_corpus_names(found, self.people_index))
            every = self._quotes
        if person is None:
            return every
        wanted = {spelling for one in self.people_index.resolve(person) for spelling in (one.name, *one.aliases)}
        return tuple(quote for quote in every if quote.speaker in wanted or quote.speaker_text == person)

    def utterances(self, person: str | None = None) -> tuple[Utterance, ...]:
        """The same words as several outlets ran them: who ran them whole, who clipped them, who changed a word."""
        from kerman_tui.people.collate import collate

        return collate(self.quotes(person))

    def reporting_verbs(self) -> tuple[VerbCount, ...]:
        """Which verbs each outlet gives to each speaker."""
        from kerman_tui.people.collate import reporting_verbs

        return reporting_verbs(self.quotes())

    def figures(self) -> tuple[Figure, ...]:
        """Numbers with their units, in the order of the articles; attributions under the names of the corpus."""
        with self._locks["figures"]:
            if self._figures is None:
                from kerman_tui.people.quotes_naming import figures_under_corpus_names

                found = (figure for figures in self.analysis.figures() for figure in figures)
                self._figures = tuple(figures_under_corpus_names(found, self.people_index))
            return self._figures

    def quotes_in(self, id_: str) -> tuple[Quote, ...]:
        """The quotations of one article."""
        from kerman_tui.people.quotes import quotes

        return quotes(self.article(id_), self.names_in(id_))

    def figures_in(self, id_: str) -> tuple[Figure, ...]:
        """The figures of one article."""
        from kerman_tui.people.figures import figures

        return figures(self.article(id_), self.names_in(id_))

    def disagreements(self) -> tuple[Disagreement, ...]:
        """Figures of one unit on one matter that cannot all be true at once."""
        from kerman_tui.people.figures import disagreements

        return disagreements(self.figures(), self._dates())

    def figure_table(self) -> tuple[FigureRow, ...]:
        """Figures × outlets: a row for every matter that is counted, with what disagrees in it."""
        from kerman_tui.people.figures import figure_table

        return figure_table(self.figures(), self._dates())
