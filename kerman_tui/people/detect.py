"""Who and what an article names: an article in, its people and organisations with mentions and roles out.

Three steps, each linear: names are read off runs of capitals with the titles around them; full names become people and
short forms find their bearers inside the article; headlines, where capitals tell nothing, are read last with what the
body has taught. The result is small and can be pickled; no token of the text is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kerman_tui.model import Article, Mention
from kerman_tui.people import titles
from kerman_tui.people.bearers import holder_of, office_fit
from kerman_tui.people.blocks import Block, read_block
from kerman_tui.people.candidates import Candidate, LoudRun, candidates, weigh
from kerman_tui.people.knowledge import Knowledge, knowledge
from kerman_tui.people.names import full_key, name_parts, suffix_keys
from kerman_tui.people.namesakes import namesakes
from kerman_tui.people.organisations import LocalOrganisation, organisations_in
from kerman_tui.people.roles import Role, of_country
from kerman_tui.people.runs import MAX_NAME
from kerman_tui.people.variants import same_person
from kerman_tui.people.words import Word

_NO_NAME = int(
    Word.FUNCTION
    | Word.CALENDAR
    | Word.ORGANISATION
    | Word.PLACE
    | Word.LEADER
    | Word.PLAIN
    | Word.MODIFIER
    | Word.PORTFOLIO
    | Word.SPEECH
)
_FEMININE = frozenset("ms mrs miss madam madame lady baroness dame".split())
_HIGHEST = frozenset("president premier pm chancellor king queen pope emperor minister".split())
"""Offices that one person of a name holds at a time."""
_MASCULINE = frozenset("mr sir lord".split())
MAX_BEARERS = 50
"""Most bearers of one name part that are told apart in an article; beyond that only whole names count."""
MAX_PERSONS = 5_000
"""Most people that one article can name; a longer text of names is a list, of which only the first are told apart."""
ACCEPTED = 2.0
"""Least evidence for a name that is not known otherwise."""


@dataclass(frozen=True, slots=True)
class RoleEvidence:
    """A title that an article gives someone. ``vote``: 1 makes a leader, -1 makes none, 0 says nothing."""

    text: str
    country: str | None
    vote: int


@dataclass(frozen=True, slots=True)
class LocalPerson:
    """One person of one article. ``name`` is the fullest form in it; ``certain`` is false for a lone unknown name."""

    name: str
    mentions: tuple[Mention, ...]
    roles: tuple[RoleEvidence, ...] = ()
    holder: str | None = None
    """The name under which the table of offices knows them."""
    certain: bool = True


@dataclass(frozen=True, slots=True)
class ArticleNames:
    """What one article names."""

    article: str
    outlet: str
    published: str | None
    persons: tuple[LocalPerson, ...]
    organisations: tuple[LocalOrganisation, ...]


@dataclass(slots=True, eq=False)
class _Figure:
    """A person of the article while it is being read."""

    name: str
    forms: Counter[str] = field(default_factory=Counter)
    mentions: list[Mention] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    holder: str | None = None
    certain: bool = True
    first: tuple[int, int] = (0, 0)

    @property
    def leads(self) -> bool:
        return self.holder is not None or any(role.vote > 0 for role in self.roles)


def detect(article: Article) -> ArticleNames:
    """Analyse one article."""
    known = knowledge()
    blocks = [read_block(None, article.title, known)]
    blocks += [read_block(at, p.text, known) for at, p in enumerate(article.paragraphs)]
    seen_small = {token for block in blocks if not block.shouting for token in block.tokens if token.islower()}
    loose: list[Candidate] = []
    loud: list[LoudRun] = []
    for block in blocks:
        for found in candidates(block, known, seen_small):
            if isinstance(found, LoudRun):
                loud.append(found)
            else:
                loose.append(found)
    reading = _Reading(known, article.published)
    reading.read(loose, loud)
    reading.read_namesakes(blocks)
    return ArticleNames(
        article.id,
        article.outlet,
        article.published,
        reading.persons(),
        organisations_in(article),
    )


class _Reading:
    """The people of one article while candidates are being told apart."""

    def __init__(self, known: Knowledge, published: str | None) -> None:
        self.known = known
        self.published = published
        self.figures: list[_Figure] = []
        self.by_full: dict[str, _Figure] = {}
        self.by_part: dict[str, list[_Figure]] = {}
        self.things: set[str] = set()
        self.firms: set[str] = set()
        """First words of firms and other things ("Kraft Foods Inc"): alone, one that speaks is nobody."""

    def read(self, loose: list[Candidate], loud: list[LoudRun]) -> None:
        self._find_counterparts(loose)
        alone = Counter(c.key for c in loose if len(c.parts) == 1)
        short: list[Candidate] = []
        self.firms = {c.parts[0] for c in loose if c.thing and not c.given}
        named_after = [c for c in loose if c.thing and len(c.parts) > 1 and c.key not in self.known.full]
        self.things = {key for c in named_after for key in (*suffix_keys(c.name), *c.parts[1:])}
        loose = [c for c in loose if not c.thing]
        for c in loose:
            if len(c.parts) < 2 or (not c.given and c.key in self.known.families and c.key not in self.known.full):
                short.append(c)
            elif (
                full_key(c.name) in self.known.full
                or c.score + min(2, alone[c.parts[-1]]) * 0.6 >= ACCEPTED
                or c.role is not None
            ):
                self._add_full(c)
        waiting = [c for c in short if not self._add_short(c)]
        again = [c for c in waiting if not self._add_known(c)]
        for c in again:
            self._add_alone(c)
        for run in loud:
            self._read_loud(run)

    def read_namesakes(self, blocks: Sequence[Block]) -> None:
        """Give what a place says to whom it is the family name of."""
        bearers: dict[str, _Figure] = {}
        for figure in self.figures:
            word = figure.name.rpartition(" ")[2]
            if self.known.words.get(word.lower(), 0) & Word.PLACE and len(name_parts(figure.name)) > 1:
                bearers.setdefault(word, figure)
        for word, figure in bearers.items():
            taken = {(mention.paragraph, mention.end) for mention in figure.mentions}
            figure.mentions += [one for one in namesakes(blocks, word) if (one.paragraph, one.end) not in taken]

    def _find_counterparts(self, loose: list[Candidate]) -> None:
        """Give a counterpart the office of the leader named last before: "his Syrian counterpart, NAME"."""
        office = ""
        for c in loose:
            for role in (c.role, c.role_after):
                if role is None or role.vote <= 0:
                    continue
                if role.heads == ("counterpart",):
                    if office and role is c.role:
                        c.role = replace(role, text=of_country(office, role.country))
                elif role.country and " of " in role.text:
                    office = role.text.partition(" of ")[0]
            holder = self.known.holders.get(self.known.full.get(c.key, ""))
            if holder is not None and c.role is None:
                office = holder.at(self.published).role.partition(" of ")[0]

    def _figure(self, name: str, at: tuple[int, int]) -> _Figure:
        figure = _Figure(name, first=at)
        self.figures.append(figure)
        self._index(figure, name)
        return figure

    def _full(self) -> bool:
        return len(self.figures) >= MAX_PERSONS

    def _index(self, figure: _Figure, name: str) -> None:
        self.by_full.setdefault(full_key(name), figure)
        for key in (*suffix_keys(name), *name_parts(name)):
            bearers = self.by_part.setdefault(key, [])
            if len(bearers) < MAX_BEARERS and figure not in bearers:
                bearers.append(figure)

    def _mention(self, figure: _Figure, c: Candidate) -> None:
        figure.mentions.append(c.mention)
        figure.forms[c.name] += 1
        for role in (c.role, c.role_after):
            if role is not None:
                figure.roles.append(role)

    def _add_full(self, c: Candidate) -> None:
        key = full_key(c.name)
        figure = self.by_full.get(key)
        if figure is None and self._full():
            return
        if figure is None:
            for other in self.by_part.get(c.parts[-1], ()):
                other_holder = self.known.full.get(full_key(other.name))
                if key in self.known.full and other_holder and self.known.full[key] != other_holder:
                    continue  # George H.W. Bush is not George W. Bush
                if len(name_parts(other.name)) > 1 and same_person(other.name, c.name):
                    figure = other
                    break
        if figure is None:
            figure = self._figure(c.name, c.at)
        elif key not in self.by_full:
            self._index(figure, c.name)
        if len(full_key(c.name)) > len(full_key(figure.name)):
            figure.name = c.name
        holder = self.known.full.get(key)
        if holder and figure.holder is None:
            figure.holder = holder
        self._mention(figure, c)

    def _add_short(self, c: Candidate) -> bool:
        """Give a short form to its bearer in the article: first by role, then the earliest."""
        bearers = self.by_part.get(c.key)
        if not bearers:
            return False
        last = [f for f in bearers if c.key in suffix_keys(f.name) or len(name_parts(f.name)) == 1]
        pool = last or (bearers if c.given or c.key == name_parts(bearers[0].name)[0] else [])
        if not pool:
            return False
        if c.lowered and not c.role:
            return False
        if self._means_another(c, pool):
            return False
        if c.role and c.role.country:
            fitting = [f for f in pool if any(r.country == c.role.country for r in f.roles)]
            pool = fitting or pool
        if len(pool) > 1 and c.role is not None:
            pool = self._addressed(pool, c.role) or pool
        leaders = [f for f in pool if f.leads]
        self._mention((leaders or pool)[0], c)
        return True

    def _means_another(self, c: Candidate, pool: list[_Figure]) -> bool:
        """Whether an office tells that none of these is meant: in "President Trump's son Eric Trump" the father is."""
        if c.role is None or not c.role.heads or c.role.heads[-1] not in _HIGHEST:
            return False
        if any(role.heads[-1:] == c.role.heads[-1:] for figure in pool for role in figure.roles):
            return False
        holder = holder_of(c, self.known, self.published, self.things)
        return holder is not None and all(figure.holder != holder.name for figure in pool)

    def _addressed(self, pool: list[_Figure], role: Role) -> list[_Figure]:
        """Those of one family whom a form of address or an office before the name can mean, best first."""
        if role.rank_only:
            address = role.text.lower().rstrip(".")
            if address in _MASCULINE or address in _FEMININE:
                wanted = address in _FEMININE
                return [f for f in pool if (name_parts(f.name)[0] in self.known.feminine) == wanted]
            return []
        if role.vote <= 0:
            return []
        fits = [office_fit(self.known.holders[f.holder], role, None) if f.holder else 0 for f in pool]
        best = max(fits)
        return [f for f, fit in zip(pool, fits, strict=True) if fit == best] if best > min(fits) else []

    def _add_known(self, c: Candidate) -> bool:
        """Give a lone family name to the holder of an office whom the program knows."""
        holder = holder_of(c, self.known, self.published, self.things)
        if holder is None:
            return False
        figure = self.by_full.get(full_key(holder.name)) or self._figure(holder.name, c.at)
        figure.holder = holder.name
        self._index(figure, c.name)
        self._mention(figure, c)
        return True

    def _add_alone(self, c: Candidate) -> None:
        """A lone name that nothing explains: a person if a title or a form of address says so, else doubtful."""
        figure = self.by_full.get(c.key)
        if figure is not None:
            self._mention(figure, c)
            return
        if self._full():
            return
        if c.role is not None and not c.lowered and not c.place:
            self._mention(self._figure(c.name, c.at), c)
        elif c.speaks and not c.lowered and not c.place and not c.after_article and c.key not in self.firms:
            figure = self._figure(c.name, c.at)
            figure.certain = False
            self._mention(figure, c)

    def _read_loud(self, run: LoudRun) -> None:
        """Names in a headline: the longest that the body or the table of offices has, from the left."""
        at = run.start
        while at < run.end:
            for stop in range(min(run.end, at + MAX_NAME), at, -1):
                c = weigh(run.block, at, stop, titles.before(run.block, at), self.known, set())
                if c is not None and self._add_loud(c):
                    at = stop
                    break
            else:
                at += 1

    def _add_loud(self, c: Candidate) -> bool:
        if len(c.parts) == 1:
            if c.thing or (c.flags & _NO_NAME and c.key not in self.by_full and c.key not in self.by_part):
                return False
            return self._add_short(c) or self._add_known(c)
        figure = self.by_full.get(c.key)
        if figure is None:
            figure = next((f for f in self.by_part.get(c.parts[-1], ()) if same_person(f.name, c.name)), None)
        if figure is not None:
            self._mention(figure, c)
            return True
        titled = c.role is not None and c.role.vote > 0 and c.given and len(c.parts) == 2
        if c.key in self.known.full or titled:
            self._add_full(c)
            return True
        return False

    def persons(self) -> tuple[LocalPerson, ...]:
        """The people in order of first mention."""
        done = []
        for figure in self.figures:
            if not figure.mentions:
                continue
            roles = dict.fromkeys(
                RoleEvidence(r.text, r.country, r.vote) for r in figure.roles if r.text and (r.vote or not r.rank_only)
            )
            mentions = tuple(
                sorted(figure.mentions, key=lambda m: (-1 if m.paragraph is None else m.paragraph, m.start))
            )
            done.append(LocalPerson(figure.name, mentions, tuple(roles), figure.holder, figure.certain))
        return tuple(done)
