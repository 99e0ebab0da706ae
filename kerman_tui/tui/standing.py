"""The table of leaders and outlets as data: people in, sorted and filtered rows of counts out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kerman_tui.model import OutletCount, Person
from kerman_tui.text.fold import fold
from kerman_tui.text.tokens import words

Measure = Literal["both", "articles", "mentions"]
MEASURES: tuple[Measure, ...] = ("both", "articles", "mentions")
NAME, ROLE, ALL = 0, 1, 2
"""Columns before those of the outlets."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What of the table is shown, and how."""

    people: tuple[Person, ...]
    outlets: tuple[str, ...]
    measure: Measure = "both"
    sort: int = ALL
    down: bool = True
    wanted: str = ""

    def rows(self) -> list[Person]:
        """The people that are wanted, in order."""
        keys = [word.key for word in words(self.wanted)]
        found = [one for one in self.people if all(_holds(one, key) for key in keys)]
        if self.sort == NAME:
            found.sort(key=lambda one: fold(one.name), reverse=not self.down)
        elif self.sort == ROLE:
            found.sort(key=lambda one: (one.country or "~", one.role or "~"), reverse=not self.down)
        else:
            found.sort(key=lambda one: (-self._number(one), one.name), reverse=not self.down)
        return found

    def _number(self, person: Person) -> int:
        count = total(person) if self.sort == ALL else person.outlets.get(self.outlets[self.sort - ALL - 1])
        if count is None:
            return 0
        return count.articles * 1_000_000 + count.mentions if self.measure == "articles" else count.mentions

    def sorted_by(self, column: int) -> Standing:
        """Sorted by a column; again by the same one turns it round."""
        if column == self.sort:
            return replace(self, down=not self.down)
        return replace(self, sort=column, down=True)

    def shown(self, count: OutletCount | None) -> str:
        """A cell: articles and mentions ("3·12"), or one of them; a dot for none."""
        if count is None or not count.mentions:
            return "·"
        if self.measure == "both":
            return f"{count.articles:,}·{count.mentions:,}"
        return f"{count.articles if self.measure == 'articles' else count.mentions:,}"

    def outlet(self, column: int) -> str | None:
        """The outlet of a column; None for the columns before them."""
        return self.outlets[column - ALL - 1] if column > ALL else None

    def table(self, *, numbers: bool = False) -> tuple[list[str], list[list[str]]]:
        """The names of the columns and the rows as text, for the clipboard and files.

        With ``numbers``, for a spreadsheet: articles and mentions have a column each, and so have role and country.
        """
        rows = self.rows()
        if not numbers:
            return ["name", "role", "all", *self.outlets], [
                [one.name, role_of(one), *(self.shown(count) for count in self._counts(one))] for one in rows
            ]
        measures = ("articles", "mentions") if self.measure == "both" else (self.measure,)
        names = [f"{outlet} {measure}" for outlet in ("all", *self.outlets) for measure in measures]
        return ["name", "role", "country", *names], [
            [
                one.name,
                one.role or "",
                one.country or "",
                *(str(getattr(count, measure)) for count in self._counts(one) for measure in measures),
            ]
            for one in rows
        ]

    def _counts(self, person: Person) -> list[OutletCount]:
        none = OutletCount(0, 0)
        return [total(person), *(person.outlets.get(outlet, none) for outlet in self.outlets)]


def total(person: Person) -> OutletCount:
    """Articles and mentions over all outlets."""
    return OutletCount(len(person.articles), person.mentions)


def role_of(person: Person, *, brief: bool = False) -> str:
    """The role; the country's code after it unless the role says of what it is one ("President of Iran").

    ``brief``, for where it will be cut short: the code stands first, and no country after it ("IR President").
    """
    role, country = person.role or "", person.country or ""
    if country in role.split():
        return role
    if brief and country:
        return f"{country} {role.partition(' of ')[0]}".rstrip()
    return role if " of " in role else ", ".join(part for part in (role, country) if part)


def _holds(person: Person, key: str) -> bool:
    texts = (person.name, person.role or "", person.country or "", *person.aliases)
    return any(word.key.startswith(key) for text in texts for word in words(text))


def outlets_of(people: Sequence[Person], order: Sequence[str]) -> tuple[str, ...]:
    """Outlets that mention anyone of them, in the order given."""
    named = {outlet for person in people for outlet in person.outlets}
    return tuple(outlet for outlet in order if outlet in named)
