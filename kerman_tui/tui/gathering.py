"""What the panes show beside the text: people and facets of a result, and what each stretch of an article is. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from kerman_tui.model import FacetCount, Figure, Mention, Organisation, Person, Quote
from kerman_tui.tui.histogram import bar, spark
from kerman_tui.tui.page import Layer, Layers

RowKind = Literal["head", "person", "organisation", "outlet", "date", "note", "more"]
MOST_ROWS = 500
"""Rows of one section at most."""
FEW: Mapping[str, int] = {"Leaders": 15, "Other people": 5, "Outlets": 10, "Organisations": 8, "Dates": 14}
"""Rows of a section that are shown before she asks for more."""
DATE_BAR = 8
SPARK = 24


class PanelRow(msgspec.Struct, frozen=True):
    """A row of the panel. ``condition`` is what it adds to a query; ``counts`` is shown at the right."""

    kind: RowKind
    label: str
    detail: str = ""
    counts: str = ""
    condition: str = ""
    leader: bool = False


def people_rows(people: Iterable[Person], ids: Collection[str] | None, outlets: Mapping[str, str]) -> list[PanelRow]:
    """People of the articles ``ids`` (None: of all) by mentions there, leaders before others; ``outlets`` by id."""
    from kerman_tui.tui.standing import role_of

    counted: list[tuple[bool, int, Person, list[str]]] = []
    for person in people:
        articles = person.articles.keys() if ids is None else [one for one in person.articles if one in ids]
        mentions = sum(len(person.articles[one]) for one in articles)
        if mentions:
            named = Counter(outlets[one] for one in articles)
            named.pop("", None)
            counted.append((person.leader, mentions, person, [outlet for outlet, _ in named.most_common()]))
    counted.sort(key=lambda one: (not one[0], -one[1], one[2].name))
    rows: list[PanelRow] = []
    for heading, leaders in (("Leaders", True), ("Other people", False)):
        those = [one for one in counted if one[0] is leaders][:MOST_ROWS]
        if those:
            rows.append(PanelRow("head", heading, counts=f"{sum(1 for one in counted if one[0] is leaders):,}"))
        for _, mentions, person, in_outlets in those:
            detail = " · ".join(part for part in (role_of(person), ", ".join(in_outlets)) if part)
            condition = f"person:{quoted(person.name)}"
            rows.append(PanelRow("person", person.name, detail, f"{mentions:,}", condition, person.leader))
    return rows


def organisation_rows(organisations: Iterable[Organisation], ids: Collection[str] | None) -> list[PanelRow]:
    """Organisations of the articles ``ids`` (None: of all) by mentions there."""
    counted: list[tuple[int, Organisation]] = []
    for one in organisations:
        articles = one.articles.keys() if ids is None else [id_ for id_ in one.articles if id_ in ids]
        mentions = sum(len(one.articles[id_]) for id_ in articles)
        if mentions:
            counted.append((mentions, one))
    counted.sort(key=lambda pair: (-pair[0], pair[1].name))
    rows = [PanelRow("head", "Organisations", counts=f"{len(counted):,}")] if counted else []
    for mentions, one in counted[:MOST_ROWS]:
        spellings = ", ".join(name for name in one.variants if name != one.name)
        detail = " · ".join(part for part in (one.kind.replace("_", " "), spellings) if part)
        rows.append(PanelRow("organisation", one.name, detail, f"{mentions:,}", f"org:{quoted(one.name)}"))
    return rows


def facet_rows(facets: Mapping[str, Sequence[FacetCount]]) -> list[PanelRow]:
    """Outlets and dates of a result with their number of articles, dates as a histogram."""
    rows: list[PanelRow] = []
    outlets = facets.get("outlet", ())
    if outlets:
        rows.append(PanelRow("head", "Outlets", counts=f"{len(outlets):,}"))
        rows += [
            PanelRow("outlet", one.value, "", f"{one.count:,}", f"outlet:{quoted(one.value)}")
            for one in outlets[:MOST_ROWS]
        ]
    return rows + date_rows(facets.get("date", ()))


def date_rows(dates: Sequence[FacetCount]) -> list[PanelRow]:
    """A histogram from the first date to the last on one line, and a row with a bar for each that has articles."""
    from kerman_tui.search.facets import timeline

    if not dates:
        return []
    most = max(one.count for one in dates)
    if len(dates) == 1:
        rows = [PanelRow("head", "Dates")]
    else:
        rows = [PanelRow("head", "Dates", counts=f"{dates[0].value} to {dates[-1].value}")]
        rows.append(PanelRow("note", spark([one.count for one in timeline(dates)], SPARK)))
    return rows + [
        PanelRow("date", one.value, bar(one.count, most, DATE_BAR), f"{one.count:,}", f"date:{one.value}")
        for one in dates
    ]


def shortened(rows: Sequence[PanelRow], opened: Collection[str]) -> list[PanelRow]:
    """The rows with long sections cut short, unless they were opened; a row at their end says how many there are."""
    found: list[PanelRow] = []
    section, seen, hidden = "", 0, 0

    def close() -> None:
        if hidden:
            found.append(PanelRow("more", f"{hidden:,} more", section))

    for row in rows:
        if row.kind == "head":
            close()
            section, seen, hidden = row.label, 0, 0
        elif row.kind != "note":
            seen += 1
        if section in opened or seen <= FEW.get(section, MOST_ROWS):
            found.append(row)
        else:
            hidden += 1
    close()
    return found


def quoted(value: str) -> str:
    """A value as a query writes it."""
    return value if value.isalnum() else '"' + value.replace('"', " ") + '"'


def with_condition(query: str, condition: str) -> str:
    """The query with a condition added, or without it where it stood already."""
    if condition in query:
        return " ".join(query.replace(condition, " ").split())
    return f"{query.strip()} {condition}".strip()


def found_in(
    article: str,
    people: Iterable[tuple[Person, Sequence[Mention]]],
    organisations: Iterable[Organisation],
    quotes: Iterable[Quote],
    figures: Iterable[Figure],
) -> Mapping[str, Layers]:
    """What the stretches of an article are, as layers of the reader, by kind."""
    named: dict[int | None, list[Layer]] = {}
    for organisation in organisations:
        for mention in organisation.articles.get(article, ()):
            layer = Layer(mention.start, mention.end, "organisation", organisation.name)
            named.setdefault(mention.paragraph, []).append(layer)
    for person, mentions in people:
        for mention in mentions:
            layer = Layer(mention.start, mention.end, "leader" if person.leader else "person", person.name)
            named.setdefault(mention.paragraph, []).append(layer)
    said: dict[int | None, list[Layer]] = {}
    for quote in quotes:
        if quote.article == article and quote.kind != "indirect":
            said.setdefault(quote.paragraph, []).append(Layer(quote.start, quote.end, "quote", quote.speaker or ""))
    numbers: dict[int | None, list[Layer]] = {}
    for figure in figures:
        if figure.article == article:
            numbers.setdefault(figure.paragraph, []).append(Layer(figure.start, figure.end, "figure", figure.unit))
    return {"people": named, "quotations": said, "figures": numbers}
