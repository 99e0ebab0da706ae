"""What articles name, before any joining: names of each article in, rows of packed mentions and one node a name out.

A row is one person (or organisation) in one article; mentions take 24 bytes each, so that a hundred thousand articles
stay in tens of megabytes.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

from kerman_tui.model import Mention
from kerman_tui.people.clusters import Node
from kerman_tui.people.detect import ArticleNames, LocalPerson
from kerman_tui.people.names import full_key, name_parts

_NO_PARAGRAPH = -1


class Columns:
    """Mentions of every article, packed: a row is one person (or organisation) in one article."""

    def __init__(self) -> None:
        self.article = array("I")
        self.node = array("I")
        self.first = array("I", [0])
        self.paragraph = array("i")
        self.start = array("I")
        self.end = array("I")
        self.text = array("I")
        self.title = array("I")
        """One a row: the title that the article gives the person; 0 where it gives none."""
        self.texts: list[str] = [""]
        self._text_ids: dict[str, int] = {}

    def add(self, article: int, node: int, mentions: Iterable[Mention], title: str = "") -> int:
        """Store one row; returns its number."""
        self.article.append(article)
        self.node.append(node)
        self.title.append(self._text_id(title) if title else 0)
        for mention in mentions:
            self.paragraph.append(_NO_PARAGRAPH if mention.paragraph is None else mention.paragraph)
            self.start.append(mention.start)
            self.end.append(mention.end)
            self.text.append(self._text_id(mention.text))
        self.first.append(len(self.start))
        return len(self.article) - 1

    def _text_id(self, text: str) -> int:
        known = self._text_ids.get(text)
        if known is None:
            known = self._text_ids[text] = len(self.texts)
            self.texts.append(text)
        return known

    def numbers(self) -> tuple[array[int], ...]:
        """The columns of numbers, in an order that does not change."""
        return self.article, self.node, self.first, self.paragraph, self.start, self.end, self.text, self.title

    def count(self, row: int) -> int:
        """How many mentions a row has."""
        return self.first[row + 1] - self.first[row]

    def mentions(self, row: int) -> tuple[Mention, ...]:
        """The mentions of a row."""
        return tuple(
            Mention(
                None if self.paragraph[at] == _NO_PARAGRAPH else self.paragraph[at],
                self.start[at],
                self.end[at],
                self.texts[self.text[at]],
            )
            for at in range(self.first[row], self.first[row + 1])
        )


@dataclass(slots=True)
class Gathered:
    """The names of a corpus as its articles give them; grows with ``add`` and is then left alone."""

    ids: list[str] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    dates: list[str | None] = field(default_factory=list)
    columns: Columns = field(default_factory=Columns)
    nodes: dict[tuple[str, str], Node] = field(default_factory=dict)
    """By key of the name and, for lone names, country; in the order of the nodes' numbers."""
    groups: Columns = field(default_factory=Columns)
    group_names: list[str] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    """Article id to its number, the index into ``ids``."""
    rows_of_article: dict[int, list[int]] = field(default_factory=dict)
    _group_ids: dict[str, int] = field(default_factory=dict)

    def add(self, names: ArticleNames) -> None:
        """Take in what one article names; an article that comes twice counts once."""
        if names.article in self.numbers:
            return
        number = len(self.ids)
        self.ids.append(names.article)
        self.outlets.append(names.outlet)
        self.dates.append(names.published)
        self.numbers[names.article] = number
        rows = []
        for person in names.persons:
            lone = len(name_parts(person.name)) < 2
            country = next((r.country for r in person.roles if r.country and r.vote > 0), "") or "" if lone else ""
            key = (person.holder or full_key(person.name), country if not person.holder else "")
            node = self.nodes.get(key)
            if node is None:
                node = self.nodes[key] = Node(len(self.nodes), person.name, person.holder, country, lone)
            node.add(person, names.published)
            rows.append(self.columns.add(number, node.number, person.mentions, _title(person)))
        if rows:
            self.rows_of_article[number] = rows
        for group in names.organisations:
            known = self._group_ids.get(group.name)
            if known is None:
                known = self._group_ids[group.name] = len(self.group_names)
                self.group_names.append(group.name)
            self.groups.add(number, known, group.mentions)

    def look_up(self) -> None:
        """Make what is looked up by article out of the columns, where they were put in place."""
        self.numbers = {id_: number for number, id_ in enumerate(self.ids)}
        rows: dict[int, list[int]] = {}
        for row, number in enumerate(self.columns.article):
            rows.setdefault(number, []).append(row)
        self.rows_of_article = rows


def _title(person: LocalPerson) -> str:
    """The title by which an article knows a person: a leader's before others, with a country before without."""
    best = max(person.roles, key=lambda role: (role.vote, role.country is not None, len(role.text)), default=None)
    return best.text if best is not None else ""
