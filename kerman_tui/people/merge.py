"""The people of a corpus: what each article names in, one table of people and organisations over all articles out.

Names are gathered in columns (24 bytes a mention), so that a hundred thousand articles stay in tens of megabytes.
Spellings of one person join when ``variants.same_person`` says so with every spelling already there; whether someone is
a leader is a vote over articles. Corrections are applied last and win.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from kerman_tui.model import Mention, Organisation, OutletCount, Person
from kerman_tui.people.clusters import Cluster, Node, cluster
from kerman_tui.people.corrections import Corrections
from kerman_tui.people.detect import ArticleNames
from kerman_tui.people.knowledge import knowledge
from kerman_tui.people.lookup import Lookup
from kerman_tui.people.names import full_key, name_parts

_NO_PARAGRAPH = -1
NO_CORRECTIONS = Corrections()


class _Columns:
    """Mentions of every article, packed: a row is one person (or organisation) in one article."""

    def __init__(self) -> None:
        self.article = array("I")
        self.node = array("I")
        self.first = array("I", [0])
        self.paragraph = array("i")
        self.start = array("I")
        self.end = array("I")
        self.text = array("I")
        self.texts: list[str] = []
        self._text_ids: dict[str, int] = {}

    def add(self, article: int, node: int, mentions: Iterable[Mention]) -> int:
        """Store one row; returns its number."""
        self.article.append(article)
        self.node.append(node)
        for mention in mentions:
            self.paragraph.append(_NO_PARAGRAPH if mention.paragraph is None else mention.paragraph)
            self.start.append(mention.start)
            self.end.append(mention.end)
            known = self._text_ids.get(mention.text)
            if known is None:
                known = self._text_ids[mention.text] = len(self.texts)
                self.texts.append(mention.text)
            self.text.append(known)
        self.first.append(len(self.start))
        return len(self.article) - 1

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


class _Articles(Mapping[str, tuple[Mention, ...]]):
    """Article id to mentions, made when looked at."""

    __slots__ = ("_columns", "_rows")

    def __init__(self, columns: _Columns, rows: dict[str, tuple[int, ...]]) -> None:
        self._columns = columns
        self._rows = rows

    def __getitem__(self, article: str) -> tuple[Mention, ...]:
        found = [m for row in self._rows[article] for m in self._columns.mentions(row)]
        return tuple(sorted(found, key=lambda m: (-1 if m.paragraph is None else m.paragraph, m.start)))

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, article: object) -> bool:
        return article in self._rows

    def __reduce__(self) -> tuple[type, tuple[dict[str, tuple[Mention, ...]]]]:
        return dict, (dict(self),)


class PeopleIndex:
    """Everyone a corpus names. Made by ``merge``; answers are computed when asked for and then kept."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._outlets: list[str] = []
        self._dates: list[str | None] = []
        self._numbers: dict[str, int] = {}
        self._columns = _Columns()
        self._nodes: dict[tuple[str, str], Node] = {}
        self._node_list: list[Node] = []
        self._groups = _Columns()
        self._group_names: list[str] = []
        self._group_ids: dict[str, int] = {}
        self.corrections = NO_CORRECTIONS
        self._clusters: list[Cluster] = []
        self._of_node: list[int] = []
        self._people: dict[bool, tuple[Person, ...]] = {}
        self._made: dict[int, Person] = {}
        self._rows_of_cluster: dict[int, list[int]] = {}
        self._rows_of_article: dict[int, list[int]] = {}
        self._keys: dict[str, list[int]] = {}
        self._lookup: Lookup | None = None
        self._organisations: tuple[Organisation, ...] | None = None

    # --- filling ---------------------------------------------------------------------------------------------------

    def _add(self, names: ArticleNames) -> None:
        number = len(self._ids)
        self._ids.append(names.article)
        self._outlets.append(names.outlet)
        self._dates.append(names.published)
        self._numbers[names.article] = number
        for person in names.persons:
            lone = len(name_parts(person.name)) < 2
            country = next((r.country for r in person.roles if r.country and r.vote > 0), "") or "" if lone else ""
            key = (person.holder or full_key(person.name), country if not person.holder else "")
            node = self._nodes.get(key)
            if node is None:
                node = self._nodes[key] = Node(len(self._node_list), person.name, person.holder, country, lone)
                self._node_list.append(node)
            node.add(person, names.published)
            self._rows_of_article.setdefault(number, []).append(self._columns.add(number, node.number, person.mentions))
        for group in names.organisations:
            known = self._group_ids.get(group.name)
            if known is None:
                known = self._group_ids[group.name] = len(self._group_names)
                self._group_names.append(group.name)
            self._groups.add(number, known, group.mentions)

    def _join(self, corrections: Corrections) -> None:
        self.corrections = corrections
        self._clusters, self._of_node = cluster(self._node_list, corrections)
        self._lookup = None
        self._people.clear()
        self._made.clear()
        rows: dict[int, list[int]] = defaultdict(list)
        for row, node in enumerate(self._columns.node):
            owner = self._of_node[node]
            if owner >= 0:
                rows[owner].append(row)
        self._rows_of_cluster = dict(rows)
        self._keys = {}
        for number, found in enumerate(self._clusters):
            for name in (found.name, *found.forms):
                owners = self._keys.setdefault(full_key(name), [])
                if number not in owners:
                    owners.append(number)

    def corrected(self, corrections: Corrections) -> PeopleIndex:
        """The same corpus under other corrections, without reading any article again."""
        other = PeopleIndex()
        for name in (
            "_ids",
            "_outlets",
            "_dates",
            "_numbers",
            "_columns",
            "_nodes",
            "_node_list",
            "_groups",
            "_group_names",
            "_group_ids",
            "_rows_of_article",
        ):
            setattr(other, name, getattr(self, name))
        other._join(corrections)
        return other

    # --- asking ----------------------------------------------------------------------------------------------------

    def people(self, everyone: bool = False) -> tuple[Person, ...]:
        """Leaders, or everyone, by articles and then mentions, most first."""
        if everyone not in self._people:
            self._people[everyone] = self._table(self._rows_of_cluster, everyone)
        return self._people[everyone]

    def among(self, articles: Collection[str], everyone: bool = False) -> tuple[Person, ...]:
        """The same table for some articles only (a search result); ids that are not known count for nothing."""
        rows: dict[int, list[int]] = defaultdict(list)
        for article in articles:
            for row in self._rows_of_article.get(self._numbers.get(article, -1), ()):
                owner = self._of_node[self._columns.node[row]]
                if owner >= 0:
                    rows[owner].append(row)
        return self._table(rows, everyone)

    def names_of(self, article: str, everyone: bool = True) -> tuple[tuple[Person, tuple[Mention, ...]], ...]:
        """The people of one article with their mentions in it, in order of first mention."""
        found: dict[int, list[int]] = {}
        for row in self._rows_of_article.get(self._numbers.get(article, -1), ()):
            owner = self._of_node[self._columns.node[row]]
            if owner >= 0 and (self._clusters[owner].leader or (everyone and self._clusters[owner].certain)):
                found.setdefault(owner, []).append(row)
        listed = [
            (self._person(owner), _Articles(self._columns, {article: tuple(rows)})[article])
            for owner, rows in found.items()
        ]
        return tuple(
            sorted(listed, key=lambda pair: (-1 if (m := pair[1][0]).paragraph is None else m.paragraph, m.start))
        )

    def person(self, name: str) -> Person | None:
        """The person of exactly this name or alias, folded; the one in most articles where several bear it."""
        owners = self._keys.get(full_key(name))
        if not owners:
            return None
        return self._person(max(owners, key=lambda o: len(self._rows_of_cluster.get(o, ()))))

    def resolve(self, text: str, limit: int = 20) -> tuple[Person, ...]:
        """The people whom a few typed letters can mean, best first: whole name, family name, parts, then misspelt."""
        if self._lookup is None:
            self._lookup = Lookup(self._clusters, self._keys)
        owners = self._lookup.matching(text, lambda owner: len(self._rows_of_cluster.get(owner, ())))
        return tuple(self._person(owner) for owner in owners[:limit])

    def organisations(self) -> tuple[Organisation, ...]:
        """Organisations by mentions, most first, each with the spellings that outlets chose."""
        return tuple(one for one in self._tracked() if one.kind != "place")

    def places(self) -> tuple[Organisation, ...]:
        """Places whose name is a choice, by mentions, most first, each with the names that outlets chose."""
        return tuple(one for one in self._tracked() if one.kind == "place")

    def _tracked(self) -> tuple[Organisation, ...]:
        if self._organisations is None:
            self._organisations = self._count_tracked()
        return self._organisations

    def _count_tracked(self) -> tuple[Organisation, ...]:
        rows: dict[int, list[int]] = defaultdict(list)
        for row, number in enumerate(self._groups.node):
            rows[number].append(row)
        found = []
        for number, mine in rows.items():
            name = self._group_names[number]
            kind, country = knowledge().group(name)
            variants: dict[str, Counter[str]] = defaultdict(Counter)
            for row in mine:
                for mention in self._groups.mentions(row):
                    variants[mention.text][self._outlets[self._groups.article[row]]] += 1
            articles = _Articles(self._groups, {self._ids[self._groups.article[row]]: (row,) for row in mine})
            total = sum(self._groups.count(row) for row in mine)
            found.append(
                Organisation(
                    name,
                    kind,  # type: ignore[arg-type]
                    country,
                    total,
                    {text: dict(counts) for text, counts in sorted(variants.items())},
                    articles,
                )
            )
        return tuple(sorted(found, key=lambda o: (-o.mentions, o.name)))

    # --- making ----------------------------------------------------------------------------------------------------

    def _person(self, owner: int) -> Person:
        made = self._made.get(owner)
        if made is None:
            made = self._made[owner] = self._make(owner, self._rows_of_cluster.get(owner, []))
        return made

    def _make(self, owner: int, rows: list[int]) -> Person:
        found = self._clusters[owner]
        columns = self._columns
        of_article: dict[str, tuple[int, ...]] = {}
        articles: Counter[str] = Counter()
        mentions: Counter[str] = Counter()
        dates = []
        for row in rows:
            number = columns.article[row]
            article = self._ids[number]
            outlet = self._outlets[number]
            if article not in of_article:
                articles[outlet] += 1
                if self._dates[number]:
                    dates.append(self._dates[number])
            of_article[article] = (*of_article.get(article, ()), row)
            mentions[outlet] += columns.count(row)
        role, country = found.role_at(sorted(d for d in dates if d))
        return Person(
            found.name,
            role,
            country,
            found.leader,
            tuple(sorted(form for form in found.forms if form != found.name)),
            mentions.total(),
            {outlet: OutletCount(n, mentions[outlet]) for outlet, n in articles.most_common()},
            _Articles(columns, of_article),
        )

    def _table(self, rows: Mapping[int, list[int]], everyone: bool) -> tuple[Person, ...]:
        whole = rows is self._rows_of_cluster
        people = [
            self._person(owner) if whole else self._make(owner, mine)
            for owner, mine in rows.items()
            if self._clusters[owner].leader or (everyone and self._clusters[owner].certain)
        ]
        return tuple(sorted(people, key=lambda p: (-len(p.articles), -p.mentions, p.name)))


def merge(names: Iterable[ArticleNames], corrections: Corrections = NO_CORRECTIONS) -> PeopleIndex:
    """Join what articles name into one table. Streams over ``names``; an article that comes twice counts once."""
    index = PeopleIndex()
    for article in names:
        if article.article not in index._numbers:
            index._add(article)
    index._join(corrections)
    return index
