"""What is asked of the whole corpus, as rows of a table: quotations, figures, stories, wording. Corpus in, rows out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kerman_tui.model import Article, Figure, Quote, Span
from kerman_tui.tui.page import day_of
from kerman_tui.tui.theme import Ink

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus
    from kerman_tui.tui.evidence import Passages

REST = 0
"""Width of the column that takes what is left."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, its cells (``REST`` for one), the ink of its texts, and whether it holds numbers.

    ``whole``: it is never narrowed, since a part of a date or a number says something else.
    """

    name: str
    width: int
    ink: Ink = "text"
    number: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles, by id, that belong side by side."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Record:
    """A row: its texts, the passage it comes from, and what it stands for.

    Where that is no passage, ``opens`` is the table it opens, or ``passages`` their name and what finds them.
    """

    texts: tuple[str, ...]
    span: Span | None = None
    opens: Listing | None = None
    about: object = None
    query: str | None = None
    passages: tuple[str, Passages] | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A table to be shown; ``records`` is asked in a thread."""

    title: str
    fields: tuple[Field, ...]
    records: Callable[[Corpus], Sequence[Record]]
    nothing: str


def _span(one: Quote | Figure) -> Span:
    return Span(one.article, one.paragraph, one.start, one.end)


def quotations(person: str | None = None) -> Listing:
    """What was said, by whom, in which outlet."""

    def records(corpus: Corpus) -> list[Record]:
        from kerman_tui.people.quotes import clauses_around

        found = corpus.quotes(person)
        return [
            Record(
                (
                    one.speaker or one.speaker_text or "?",
                    one.outlet,
                    one.verb or "",
                    one.kind,
                    one.text if clause is None else f"{one.text} (in: {clause.text})",
                ),
                _span(one),
            )
            for one, clause in zip(found, clauses_around(found), strict=True)
        ]

    fields = (
        Field("speaker", 22, "strong"), Field("outlet", 15, "outlet"), Field("verb", 11, "muted"),
        Field("kind", 8, "muted"), Field("words", REST),
    )  # fmt: skip
    title = f"Quotations of {person}" if person else "Quotations"
    return Listing(title, fields, records, "No quotations were found.")


def figures() -> Listing:
    """Numbers with their units; those that cannot all be true at once are flagged and come first, in order of time."""

    def records(corpus: Corpus) -> list[Record]:
        found: list[Record] = []
        seen: set[int] = set()
        for number, disagreement in enumerate(corpus.disagreements(), 1):
            for one in disagreement.figures:
                seen.add(id(one))
                found.append(_figure(corpus, one, f"≠{number}"))
        flagged = {(_span(one), one.unit) for one in corpus.figures() if id(one) in seen}
        found += [_figure(corpus, one, "") for one in corpus.figures() if (_span(one), one.unit) not in flagged]
        return found

    fields = (
        Field("≠", 4, "edited"), Field("unit", 12, "strong"), Field("number", 9, "figure", True),
        Field("as written", 30), Field("outlet", 15, "outlet"), Field("date", 10, "muted", whole=True),
        Field("according to", REST, "muted"),
    )  # fmt: skip
    return Listing("Figures · ≠ marks those that disagree", fields, records, "No figures were found.")


def utterances(person: str | None = None) -> Listing:
    """The same words in several articles: those in most outlets first, with what was done to them."""

    def records(corpus: Corpus) -> list[Record]:
        from kerman_tui.tui.collation import signs

        return [
            Record(
                (
                    f"{len(one.outlets):,}",
                    one.speaker or "?",
                    signs(one),
                    one.text,
                    ", ".join(dict.fromkeys(verb for _, verb in one.verbs)),
                ),
                about=one,
            )
            for one in corpus.utterances(person)
        ]

    fields = (
        Field("outlets", 7, "outlet", True), Field("speaker", 14, "strong"), Field("versions", 10, "edited"),
        Field("words", REST), Field("verbs", 12, "muted"),
    )  # fmt: skip
    whose = f" of {person}" if person else ""
    return Listing(
        f"Same words{whose} in several articles · = whole … clipped ~ changed",
        fields,
        records,
        "No words stand in two articles.",
    )


_QUALIFIERS = {"at_least": "≥", "more_than": ">", "up_to": "≤", "less_than": "<", "about": "~", "nearly": "~"}


def number_of(one: Figure) -> str:
    """The number of a figure with the sign of its qualifier: 84, ≥84, ~300, 24–99."""
    if one.value is not None:
        return f"{_QUALIFIERS.get(one.qualifier or '', '')}{one.value:,}"
    if one.low is not None or one.high is not None:
        return f"{one.low or ''}–{one.high or ''}"
    return "?"


def _figure(corpus: Corpus, one: Figure, flag: str) -> Record:
    number = number_of(one)
    date = day_of(corpus.article(one.article).published)
    return Record((flag, one.unit, number, one.as_written, one.outlet, date, one.attribution or ""), _span(one))


def articles(title: str, found: Sequence[Article]) -> Listing:
    """Articles, to read one of them."""
    fields = (Field("outlet", 18, "outlet"), Field("date", 10, "muted", whole=True), Field("title", REST, "strong"))
    records = [
        Record((one.outlet, day_of(one.published), one.title), Span(one.id, None, 0, len(one.title))) for one in found
    ]
    return Listing(title, fields, lambda _: records, "No articles.")


def stories() -> Listing:
    """Events that several articles tell of, the most told first."""

    def records(corpus: Corpus) -> list[Record]:
        found = []
        told = (one for one in corpus.stories() if len(one.articles) > 1)
        for story in sorted(told, key=lambda one: -len(one.articles)):
            those = [corpus.article(id_) for id_ in story.articles]
            time = day_of(story.start) + (f" – {day_of(story.end)}" if story.end and story.end != story.start else "")
            texts = (f"{len(those):,}", time, ", ".join(story.outlets), those[0].title)
            found.append(Record(texts, None, articles(those[0].title, those), about=story))
        return found

    fields = (
        Field("articles", 8, "outlet", True), Field("when", 23, "muted", whole=True), Field("outlets", 34, "outlet"),
        Field("first title", REST, "strong"),
    )  # fmt: skip
    return Listing("Stories · told by two articles or more", fields, records, "Every article tells of something else.")


def wording() -> Listing:
    """What one outlet writes where others write something else; each opens the passages."""

    def records(corpus: Corpus) -> list[Record]:
        found = []
        for one in corpus.wording().substitutions:
            opens = None
            if len(one.instances) > 1:
                opens = _instances(corpus, f"{one.ours} / {one.theirs}", one.instances)
            span = one.instances[0][0] if one.instances else None
            texts = (one.outlet, one.ours, one.theirs, one.other_outlet, f"{one.count:,}")
            found.append(Record(texts, span, opens))
        return found

    fields = (
        Field("outlet", 17, "outlet"), Field("writes", 28, "strong"), Field("where is written", REST),
        Field("by", 17, "outlet"), Field("times", 6, "muted", True),
    )  # fmt: skip
    return Listing("Wording", fields, records, "No differences of wording were found.")


def _instances(corpus: Corpus, title: str, instances: Sequence[tuple[Span, Span]]) -> Listing:
    records = []
    for pair in instances:
        for span in pair:
            article = corpus.article(span.article)
            text = article.text_of(span.paragraph)
            around = text[max(span.start - 60, 0) : span.end + 60]
            records.append(Record((article.outlet, article.title, around), span))
    fields = (Field("outlet", 17, "outlet"), Field("title", 30, "muted"), Field("passage", REST))
    return Listing(title, fields, lambda _: records, "")
