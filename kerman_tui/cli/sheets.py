"""The tables of the commands as documents: one row a thing, every cell plain, with the place that it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kerman_tui.model import Sheet

if TYPE_CHECKING:
    from kerman_tui.compare.collocates import Collocate
    from kerman_tui.compare.flows import Flow
    from kerman_tui.compare.reuse import NearDuplicate
    from kerman_tui.corpus import Corpus
    from kerman_tui.model import Figure, FigureRow, MentionsAt, Organisation, Person, Quote, Reuse, Wording
    from kerman_tui.people.collate import Utterance


def people(found: Sequence[Person], outlets: Sequence[str]) -> Sheet:
    """People × outlets: mentions, and the articles they are in."""
    columns = ["name", "role", "country", "articles", "mentions"]
    for outlet in outlets:
        columns += [f"{outlet}: articles", f"{outlet}: mentions"]
    rows: list[list[object]] = []
    for one in found:
        row: list[object] = [one.name, one.role, one.country, len(one.articles), one.mentions]
        for outlet in outlets:
            count = one.outlets.get(outlet)
            row += [count.articles, count.mentions] if count else [0, 0]
        rows.append(row)
    return _sheet("People by outlet", columns, rows)


def timeline(found: Iterable[tuple[Person, Iterable[MentionsAt]]]) -> Sheet:
    """When each person was named, by outlet: a row a date and outlet."""
    rows = [(one.name, at.date, at.outlet, at.articles, at.mentions) for one, dates in found for at in dates]
    return _sheet("People over time", ("name", "date", "outlet", "articles", "mentions"), rows)


def quotes(corpus: Corpus, found: Iterable[Quote]) -> Sheet:
    """Quotations with speaker and place."""
    columns = ("speaker", "as named", "verb", "kind", "text", "outlet", "date", "article", "line")
    return _sheet(
        "Quotations",
        columns,
        [
            (one.speaker, one.speaker_text, one.verb, one.kind, one.text, one.outlet, *_place(corpus, one))
            for one in found
        ],
    )


def figures(corpus: Corpus, found: Iterable[Figure]) -> Sheet:
    """Figures with qualifier, attribution and place."""
    columns = (
        "unit", "value", "low", "high", "qualifier", "according to", "as written", "outlet", "date", "article", "line",
    )  # fmt: skip
    return _sheet(
        "Figures",
        columns,
        [
            (
                one.unit, one.value, one.low, one.high, one.qualifier, one.attribution, one.as_written, one.outlet,
                *_place(corpus, one),
            )
            for one in found
        ],
    )  # fmt: skip


def figure_table(found: Iterable[FigureRow], outlets: Sequence[str]) -> Sheet:
    """Figures × outlets: a row for every matter that is counted, what each outlet says in order of time."""
    rows = [
        (row.unit, row.why, *("; ".join(one.as_written for one in row.outlets.get(outlet, ())) for outlet in outlets))
        for row in found
    ]
    return _sheet("Figures by outlet", ("unit", "disagreement", *outlets), rows)


def reuse(corpus: Corpus, found: Iterable[Reuse]) -> Sheet:
    """Shared passages, both sides with their places."""
    columns = (
        "kind", "words", "earlier", "outlet", "article", "line", "passage", "other outlet", "other article",
        "other line", "other passage",
    )  # fmt: skip
    rows: list[list[object]] = []
    for one in found:
        row: list[object] = [one.kind, one.words, one.earlier]
        for id_, outlet, passage in zip(one.articles, one.outlets, (one.left, one.right), strict=True):
            row += [outlet, id_, corpus.article(id_).line_of(passage.paragraph), passage.text]
        rows.append(row)
    return _sheet("Shared passages", columns, rows)


def utterances(corpus: Corpus, found: Iterable[Utterance]) -> Sheet:
    """Each version of an utterance, and what it did to the fullest one."""
    columns = (
        "number", "speaker", "treatment", "verb", "words", "what is changed", "outlet", "date", "article", "line",
    )  # fmt: skip
    rows = [
        (
            number, one.speaker, version.treatment, version.quote.verb, version.quote.text,
            "; ".join(f"{edit.left or '(nothing)'} > {edit.right or '(nothing)'}" for edit in version.edits),
            version.quote.outlet, *_place(corpus, version.quote),
        )
        for number, one in enumerate(found, 1)
        for version in one.versions
    ]  # fmt: skip
    return _sheet("Same words in several articles", columns, rows)


def flows(found: Iterable[Flow]) -> Sheet:
    """What each outlet shares with each other, and who was first."""
    columns = ("outlet", "shares with", "passages", "words", "share of its words", "it was first", "the other was")
    rows = [(f.outlet, f.other, f.passages, f.words, round(f.share, 6), f.earlier, f.later) for f in found]
    return _sheet("Flows between outlets", columns, rows)


def near_duplicates(corpus: Corpus, found: Iterable[NearDuplicate]) -> Sheet:
    """Pairs of articles that are one but for little."""
    columns = ("share", "outlet", "date", "article", "title", "other outlet", "other date", "other article",
               "other title")  # fmt: skip
    rows: list[list[object]] = []
    for pair in found:
        row: list[object] = [round(pair.share, 4)]
        for one in (corpus.article(pair.left), corpus.article(pair.right)):
            row += [one.outlet, one.published, one.id, one.title]
        rows.append(row)
    return _sheet("Near-duplicates", columns, rows)


def spellings(found: Iterable[Organisation]) -> Sheet:
    """Organisations or places, a row for each spelling in each outlet."""
    columns = ("name", "kind", "country", "written", "outlet", "mentions")
    rows = [
        (one.name, one.kind.replace("_", " "), one.country, spelling, outlet, count)
        for one in found
        for spelling, outlets in one.variants.items()
        for outlet, count in outlets.items()
    ]
    return _sheet("Spellings by outlet", columns, rows)


def collocates(found: Iterable[Collocate]) -> Sheet:
    """The words near a word in each outlet."""
    columns = ("outlet", "word", "near", "in all", "G2", "log ratio")
    rows = [(c.outlet, c.word, c.near, c.count, round(c.g2, 2), round(c.log_ratio, 2)) for c in found]
    return _sheet("Words near a word", columns, rows)


def wording(found: Wording) -> Sheet:
    """Substitutions and key words, told apart by the first column."""
    columns = ("finding", "outlet", "writes", "times", "where", "writes instead", "elsewhere", "G2", "log ratio")
    rows: list[Sequence[object]] = [
        ("substitution", one.outlet, one.ours, one.count, one.other_outlet, one.theirs, None, None, None)
        for one in found.substitutions
    ]
    rows += [
        ("key word", one.outlet, one.word, one.count, None, None, one.rest, round(one.g2, 2), round(one.log_ratio, 2))
        for one in found.keyness
    ]
    return _sheet("Wording", columns, rows)


def _place(corpus: Corpus, one: Quote | Figure) -> tuple[str | None, str, int]:
    """Date, article and line."""
    article = corpus.article(one.article)
    return article.published, article.id, article.line_of(one.paragraph)


def _sheet(title: str, columns: Sequence[str], rows: Iterable[Iterable[object]]) -> Sheet:
    cells = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in rows)
    return Sheet(title=title, columns=tuple(columns), rows=cells, corpus="", query="")
