"""The tables of the commands as documents: one row a thing, every cell plain, with the place that it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kerman_tui.model import Sheet

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus
    from kerman_tui.model import Figure, Person, Quote, Reuse, Wording


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
