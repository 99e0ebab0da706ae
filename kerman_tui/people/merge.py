"""The people of a corpus: what each article names in, one table of people and organisations over all articles out.

Spellings of one person join when ``variants.same_person`` says so with every spelling already there; whether someone is
a leader is a vote over articles. Corrections are applied last and win.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from kerman_tui.model import Mention, Organisation, OutletCount, Person
from kerman_tui.people.clusters import Cluster, cluster
from kerman_tui.people.corrections import Corrections
from kerman_tui.people.detect import ArticleNames
from kerman_tui.people.gathered import Columns, Gathered
from kerman_tui.people.knowledge import knowledge
from kerman_tui.people.lookup import Lookup
from kerman_tui.people.names import full_key

NO_CORRECTIONS = Corrections()


class _Articles(Mapping[str, tuple[Mention, ...]]):
    """Article id to mentions, made when looked at."""

    __slots__ = ("_columns", "_rows")

    def __init__(self, columns: Columns, rows: dict[str, tuple[int, ...]]) -> None:
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


class _Titles(Mapping[str, str]):
    """Article id to the title that it gives a person, for those that give one; read when looked at."""

    __slots__ = ("_columns", "_rows")

    def __init__(self, columns: Columns, rows: dict[str, tuple[int, ...]]) -> None:
        self._columns = columns
        self._rows = rows

    def __getitem__(self, article: str) -> str:
        for row in self._rows[article]:
            if at := self._columns.title[row]:
                return self._columns.texts[at]
        raise KeyError(article)

    def __iter__(self) -> Iterator[str]:
        return (id_ for id_, rows in self._rows.items() if any(self._columns.title[row] for row in rows))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __reduce__(self) -> tuple[type, tuple[dict[str, str]]]:
        return dict, (dict(self),)


class PeopleIndex:
    """Everyone a corpus names. Made by ``merge``; answers are computed when asked for and then kept."""

    def __init__(self, gathered: Gathered, corrections: Corrections) -> None:
        self.gathered = gathered
        self.corrections = corrections
        self.clusters: list[Cluster] = []
        self.of_node: list[int] = []
        """The cluster of each node by number, -1 for what is nobody."""
        self._people: dict[bool, tuple[Person, ...]] = {}
        self._made: dict[int, Person] = {}
        self._rows_of_cluster: dict[int, list[int]] = {}
        self._keys: dict[str, list[int]] = {}
        self._forms: dict[int, tuple[str, ...]] = {}
        """The folded forms of each cluster that was asked for."""
        self._lookup: Lookup | None = None
        self._organisations: tuple[Organisation, ...] | None = None

    def join(self, clusters: list[Cluster], of_node: list[int]) -> PeopleIndex:
        """Take these clusters as the people of the corpus; gives itself."""
        self.clusters, self.of_node = clusters, of_node
        rows: dict[int, list[int]] = defaultdict(list)
        for row, node in enumerate(self.gathered.columns.node):
            owner = of_node[node]
            if owner >= 0:
                rows[owner].append(row)
        self._rows_of_cluster = dict(rows)
        for number, found in enumerate(clusters):
            for name in (found.name, *found.forms):
                owners = self._keys.setdefault(full_key(name), [])
                if number not in owners:
                    owners.append(number)
        return self

    def corrected(self, corrections: Corrections) -> PeopleIndex:
        """The same corpus under other corrections, without reading any article again."""
        clusters, of_node = cluster(list(self.gathered.nodes.values()), corrections)
        return PeopleIndex(self.gathered, corrections).join(clusters, of_node)

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
            for row in self.gathered.rows_of_article.get(self.gathered.numbers.get(article, -1), ()):
                owner = self.of_node[self.gathered.columns.node[row]]
                if owner >= 0:
                    rows[owner].append(row)
        return self._table(rows, everyone)

    def names_of(self, article: str, everyone: bool = True) -> tuple[tuple[Person, tuple[Mention, ...]], ...]:
        """The people of one article with their mentions in it, in order of first mention."""
        found: dict[int, list[int]] = {}
        for row in self.gathered.rows_of_article.get(self.gathered.numbers.get(article, -1), ()):
            owner = self.of_node[self.gathered.columns.node[row]]
            if owner >= 0 and (self.clusters[owner].leader or (everyone and self.clusters[owner].certain)):
                found.setdefault(owner, []).append(row)
        listed = [
            (self._person(owner), _Articles(self.gathered.columns, {article: tuple(rows)})[article])
            for owner, rows in found.items()
        ]
        return tuple(
            sorted(listed, key=lambda pair: (-1 if (m := pair[1][0]).paragraph is None else m.paragraph, m.start))
        )

    def forms_in(self, article: str) -> Iterator[tuple[str, str]]:
        """Folded forms by which the people of one article go, each with their name, in order of first mention."""
        rows = self.gathered.rows_of_article.get(self.gathered.numbers.get(article, -1), ())
        named = [(self.gathered.columns.mentions(row), self.of_node[self.gathered.columns.node[row]]) for row in rows]
        named.sort(key=lambda pair: (-1 if pair[0][0].paragraph is None else pair[0][0].paragraph, pair[0][0].start))
        for mentions, owner in named:
            if owner < 0 or not (self.clusters[owner].leader or self.clusters[owner].certain):
                continue
            found = self.clusters[owner]
            if owner not in self._forms:
                self._forms[owner] = tuple(full_key(form) for form in (found.name, *found.forms))
            yield from ((key, found.name) for key in self._forms[owner])
            yield from ((full_key(mention.text), found.name) for mention in mentions)

    def person(self, name: str) -> Person | None:
        """The person of exactly this name or alias, folded; the one in most articles where several bear it."""
        owners = self._keys.get(full_key(name))
        if not owners:
            return None
        return self._person(max(owners, key=lambda o: len(self._rows_of_cluster.get(o, ()))))

    def resolve(self, text: str, limit: int = 20) -> tuple[Person, ...]:
        """The people whom a few typed letters can mean, best first: whole name, family name, parts, then misspelt."""
        if self._lookup is None:
            self._lookup = Lookup(self.clusters, self._keys)
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
        gathered, groups = self.gathered, self.gathered.groups
        rows: dict[int, list[int]] = defaultdict(list)
        for row, number in enumerate(groups.node):
            rows[number].append(row)
        found = []
        for number, mine in rows.items():
            name = gathered.group_names[number]
            kind, country = knowledge().group(name)
            variants: dict[str, Counter[str]] = defaultdict(Counter)
            for row in mine:
                for mention in groups.mentions(row):
                    variants[mention.text][gathered.outlets[groups.article[row]]] += 1
            articles = _Articles(groups, {gathered.ids[groups.article[row]]: (row,) for row in mine})
            total = sum(groups.count(row) for row in mine)
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
        found = self.clusters[owner]
        columns = self.gathered.columns
        of_article: dict[str, tuple[int, ...]] = {}
        articles: Counter[str] = Counter()
        mentions: Counter[str] = Counter()
        dates = []
        for row in rows:
            number = columns.article[row]
            article = self.gathered.ids[number]
            outlet = self.gathered.outlets[number]
            if article not in of_article:
                articles[outlet] += 1
                if self.gathered.dates[number]:
                    dates.append(self.gathered.dates[number])
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
            _Titles(columns, of_article),
        )

    def _table(self, rows: Mapping[int, list[int]], everyone: bool) -> tuple[Person, ...]:
        whole = rows is self._rows_of_cluster
        people = [
            self._person(owner) if whole else self._make(owner, mine)
            for owner, mine in rows.items()
            if self.clusters[owner].leader or (everyone and self.clusters[owner].certain)
        ]
        return tuple(sorted(people, key=lambda p: (-len(p.articles), -p.mentions, p.name)))


def merge(names: Iterable[ArticleNames], corrections: Corrections = NO_CORRECTIONS) -> PeopleIndex:
    """Join what articles name into one table. Streams over ``names``; an article that comes twice counts once."""
    gathered = Gathered()
    for article in names:
        gathered.add(article)
    return PeopleIndex(gathered, corrections).corrected(corrections)
