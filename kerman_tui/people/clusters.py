"""Joining the names of a corpus into people: one node a distinct name in, clusters with name, role and vote out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from kerman_tui.people.corrections import Corrections
from kerman_tui.people.detect import LocalPerson
from kerman_tui.people.knowledge import knowledge
from kerman_tui.people.names import full_key, name_parts, suffix_keys
from kerman_tui.people.variants import same_person, skeleton
from kerman_tui.people.words import Word

MANY = 4
"""Times a bearer of a family name must be more frequent than the next for a lone family name to be theirs."""
MAX_ALIKE = 12
"""Most people of like names, the most frequent first, whom a rarer name is compared with."""
DOUBTFUL_MENTIONS = 2
"""Least mentions for a lone name that only a verb of speech supports to be shown as a person."""


@dataclass(slots=True)
class Node:
    """One distinct name of the corpus, with what its articles say of it. Lone names are kept apart by country."""

    number: int
    name: str
    holder: str | None
    country: str
    lone: bool
    articles: int = 0
    mentions: int = 0
    certain: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    roles: Counter[tuple[str, str | None, int]] = field(default_factory=Counter)
    ayes: int = 0
    noes: int = 0
    last: str = ""
    """ISO date of the latest article; "9" when one bears no date."""

    def add(self, person: LocalPerson, published: str | None) -> None:
        """Count one article's person in."""
        self.articles += 1
        self.mentions += len(person.mentions)
        self.certain += person.certain
        self.forms[person.name] += 1
        self.last = max(self.last, published or "9")
        for role in person.roles:
            self.roles[role.text, role.country, role.vote] += 1
        votes = [role.vote for role in person.roles if role.vote]
        self.ayes += any(vote > 0 for vote in votes)
        self.noes += bool(votes) and all(vote < 0 for vote in votes)


@dataclass(slots=True)
class Cluster:
    """One person of the corpus."""

    name: str
    nodes: list[Node]
    forms: tuple[str, ...] = ()
    holder: str | None = None
    leader: bool = False
    certain: bool = True

    @property
    def roles(self) -> Counter[tuple[str, str | None, int]]:
        """The titles that all its articles give, with their number."""
        roles: Counter[tuple[str, str | None, int]] = Counter()
        for node in self.nodes:
            roles.update(node.roles)
        return roles

    def role_at(self, dates: Sequence[str]) -> tuple[str | None, str | None]:
        """The role and its country at the middle of some sorted dates: as the offices tell, else as written."""
        told = [(n, len(text), text, country, vote) for (text, country, vote), n in self.roles.items() if text]
        written = [entry for entry in told if entry[4] >= 0 and self.leader] or told
        if self.holder and self.leader and self._has_begun(dates):
            tenures = knowledge().holders[self.holder].tenures
            middle = dates[len(dates) // 2] if dates else None
            if middle:
                tenure = knowledge().holders[self.holder].at(middle)
            else:
                words = " ".join(f"{text} " * n for n, _, text, _, _ in written).lower()
                tenure = max(
                    tenures, key=lambda t: (sum(words.count(w) for w in t.role.lower().split() if len(w) > 3), t.since)
                )
            return tenure.role, tenure.country
        if not written:
            return None, None
        with_country = [entry for entry in written if entry[3] and self.leader]
        best = max(with_country or written, key=lambda entry: entry[:3])
        return best[2], best[3]

    def _has_begun(self, dates: Sequence[str]) -> bool:
        return not dates or knowledge().holders[self.holder or ""].begun(dates[-1])


def cluster(nodes: Sequence[Node], corrections: Corrections) -> tuple[list[Cluster], list[int]]:
    """Join nodes into people; the second result gives each node's cluster, or -1 for what is nobody."""
    joined: list[list[Node]] = []
    owner: dict[int, int] = {}
    apart, together, nobody = _told(corrections)
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for node in nodes:
        if node.holder is None and node.ayes and not node.lone:
            node.holder = _holder_of(node)
    full = sorted((n for n in nodes if not n.lone or n.holder), key=lambda n: (-n.articles, -n.mentions, n.name))
    by_key: dict[str, int] = {}
    placed: dict[int, int] = {}
    """Where the first name stands of those that she has joined, by the number of their joining."""
    for node in full:
        keys = _block_keys(node)
        told = together.get(full_key(node.name), ())
        target = next((placed[number] for number in told if number in placed), None)
        if target is None and full_key(node.name) not in apart:
            fitting = {at: None for key in keys for at in blocks[key] if _fits(node, joined[at], apart)}
            target = max(fitting, key=lambda at: sum(n.articles for n in joined[at]), default=None)
        if target is None:
            target = len(joined)
            joined.append([])
        joined[target].append(node)
        owner[node.number] = target
        by_key.setdefault(full_key(node.name), target)
        for number in told:
            placed.setdefault(number, target)
        for key in keys:
            if len(blocks[key]) < MAX_ALIKE and target not in blocks[key]:
                blocks[key].append(target)
    _place_lone(nodes, joined, owner, by_key, together, placed, apart)
    clusters = [_make(group) for group in joined]
    _correct(clusters, corrections)
    of_node = [owner[n.number] for n in nodes]
    for _at, found in enumerate(clusters):
        if any(full_key(form) in nobody for form in (found.name, *found.forms)):
            for node in found.nodes:
                if full_key(node.name) in nobody or full_key(found.name) in nobody:
                    of_node[node.number] = -1
    return clusters, of_node


def _common(name: str) -> bool:
    return bool(knowledge().words.get(name_parts(name)[-1], 0) & Word.COMMON)


@cache
def _holders_by_sound() -> dict[tuple[str, str], list[str]]:
    """Names of office holders under the keys at which their spellings meet."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for holder in knowledge().holders.values():
        for key in _sounds({holder.name, *holder.spellings}):
            found[key].append(holder.name)
    return dict(found)


def _holder_of(node: Node) -> str | None:
    """The one office holder whose name a titled name misspells or spells in its own way, if there is one."""
    by_sound = _holders_by_sound()
    near = {name for key in _sounds({node.name}) for name in by_sound.get(key, ())}
    countries = {country for (_, country, vote) in node.roles if country and vote > 0}
    fitting = []
    for name in near:
        offices = {tenure.country for tenure in knowledge().holders[name].tenures}
        if same_person(node.name, name) and (not countries or bool(countries & offices)):
            fitting.append(name)
    return fitting[0] if len(fitting) == 1 else None


def _told(corrections: Corrections) -> tuple[dict[str, set[str]], dict[str, list[int]], set[str]]:
    """Corrections as keys: who stays apart from whom ("*": everyone), in which joinings who is, who is nobody."""
    apart: dict[str, set[str]] = {}
    together: dict[str, list[int]] = {}
    nobody: set[str] = set()
    for number, correction in enumerate(corrections):
        keys = [full_key(name) for name in correction.names]
        if correction.kind == "merge":
            for key in keys:
                together.setdefault(key, []).append(number)
                apart.pop(key, None)
        elif correction.kind == "split":
            apart.setdefault(keys[0], set()).update(keys[1:] or ["*"])
            together.pop(keys[0], None)
        elif correction.kind == "not a person":
            nobody.add(keys[0])
    return apart, together, nobody


def _block_keys(node: Node) -> set[tuple[str, str]]:
    """Keys under which possible spellings of one name meet: sound of the family name and of the first given name."""
    return _sounds({node.name, *([node.holder] if node.holder else [])})


def _sounds(names: set[str]) -> set[tuple[str, str]]:
    nicknames = knowledge().nicknames
    found: set[tuple[str, str]] = set()
    for name in names:
        parts = name_parts(name)
        families = {skeleton(parts[-1]), *([skeleton("".join(parts[-2:]))] if len(parts) > 2 else [])}
        givens = {parts[0], *parts[1:2]} if len(parts) > 2 else {parts[0]}
        for given in list(givens):
            givens |= nicknames.get(given, frozenset())
        found |= {(sound, skeleton(given)[:1] or given[:1]) for sound in families for given in givens}
    return found


def _fits(node: Node, group: list[Node], apart: dict[str, set[str]]) -> bool:
    """Whether a name may join a group: it must agree with every spelling there, and no office may contradict."""
    mine = full_key(node.name)
    for other in group:
        theirs = full_key(other.name)
        if theirs in apart.get(mine, ()) or mine in apart.get(theirs, ()) or "*" in apart.get(theirs, ()):
            return False
        if node.holder and other.holder:
            if node.holder != other.holder:
                return False
            continue
        if not any(same_person(a, b) for a in _spellings(node) for b in _spellings(other)):
            return False
        if other.holder and not node.ayes and mine != theirs and _common(node.name):
            return False  # Stephen King the writer is not Steve King the lawmaker
        if not (node.holder or other.holder) and _common(node.name) and not _like_given(node, other):
            return False
    countries = [{c for (_, c, vote) in n.roles if c and vote > 0} for n in (node, group[0])]
    return mine == full_key(group[0].name) or not (countries[0] and countries[1]) or bool(countries[0] & countries[1])


def _like_given(node: Node, other: Node) -> bool:
    """Whether bearers of one common family name have the same given name, or at least an office in common."""
    if name_parts(node.name)[0] == name_parts(other.name)[0]:
        return True
    told, theirs = ({w for text, _, _ in n.roles for w in text.lower().split() if len(w) > 3} for n in (node, other))
    return bool(told & theirs)


def _spellings(node: Node) -> tuple[str, ...]:
    return (node.name, node.holder) if node.holder and node.holder != node.name else (node.name,)


def _place_lone(
    nodes: Sequence[Node],
    joined: list[list[Node]],
    owner: dict[int, int],
    by_key: dict[str, int],
    together: dict[str, list[int]],
    placed: dict[int, int],
    apart: dict[str, set[str]],
) -> None:
    """Give lone family names to the one bearer who is much more frequent than others; else they stay themselves."""
    bearers: dict[str, set[int]] = defaultdict(set)
    for at, group in enumerate(joined):
        for node in group:
            for key in suffix_keys(node.name):
                bearers[key].add(at)
    for node in nodes:
        if node.number in owner:
            continue
        key = full_key(node.name)
        told = together.get(key, ())
        target = next((placed[number] for number in told if number in placed), None)
        if target is None and key not in apart:
            ranked = sorted(((sum(n.articles for n in joined[at]), at) for at in bearers.get(key, ())), reverse=True)
            if node.country:
                ranked = [
                    (n, at)
                    for n, at in ranked
                    if any(c == node.country for m in joined[at] for (_, c, v) in m.roles if v > 0)
                ]
            ranked = [(n, at) for n, at in ranked if _office_agrees(node, joined[at])]
            if ranked and (len(ranked) == 1 or ranked[0][0] >= MANY * ranked[1][0]):
                target = ranked[0][1]
        if target is None:
            target = by_key.get(f"{key}|{node.country}")
        if target is None:
            target = len(joined)
            joined.append([])
            by_key[f"{key}|{node.country}"] = target
            by_key.setdefault(key, target)
        for number in told:
            placed.setdefault(number, target)
        joined[target].append(node)
        owner[node.number] = target


def _office_agrees(node: Node, group: list[Node]) -> bool:
    """Whether the titles of a lone name leave room for it to be theirs: "President Clinton" was no secretary."""
    told = {word for (text, _, vote) in node.roles if vote > 0 for word in text.lower().split() if len(word) > 3}
    if not told:
        return True
    offices = {word for m in group for (text, _, vote) in m.roles if vote > 0 for word in text.lower().split()}
    holders = [knowledge().holders[m.holder] for m in group if m.holder]
    offices |= {word for h in holders for t in h.tenures for word in t.role.lower().split()}
    return not offices or bool(told & offices)


def _make(group: list[Node]) -> Cluster:
    forms: Counter[str] = Counter()
    for node in group:
        forms.update(node.forms)
    holder = next((n.holder for n in sorted(group, key=lambda n: -n.articles) if n.holder), None)
    whole = [form for form in forms if len(name_parts(form)) > 1]
    name = holder or (
        max(whole, key=lambda f: (forms[f], len(name_parts(f)), f))
        if whole
        else max(forms, key=lambda f: (forms[f], f))
    )
    ayes, noes = sum(n.ayes for n in group), sum(n.noes for n in group)
    articles = sum(n.articles for n in group)
    certain = any(n.certain for n in group) or sum(n.mentions for n in group) >= DOUBTFUL_MENTIONS
    last = max(n.last for n in group)
    known = bool(holder) and (not last[:4].isdigit() or len(last) < 4 or knowledge().holders[holder or ""].begun(last))
    leader = known or (ayes > noes and (ayes >= 2 or articles <= 8))
    return Cluster(name, group, tuple(forms), holder, leader, certain)


def _correct(clusters: list[Cluster], corrections: Corrections) -> None:
    """Apply names and leadership that she has set; later ones win."""
    called: dict[str, dict[int, Cluster]] = defaultdict(dict)
    for at, found in enumerate(clusters if corrections.made else ()):
        for form in (found.name, *found.forms):
            called[full_key(form)][at] = found
    for correction in corrections:
        for at, found in list(called.get(full_key(correction.names[0]), {}).items()):
            if correction.kind == "rename":
                found.forms = tuple(dict.fromkeys((*found.forms, found.name)))
                found.name = correction.names[1]
            elif correction.kind == "merge":
                found.forms = tuple(dict.fromkeys((*found.forms, found.name)))
                found.name = correction.names[0]
            elif correction.kind in ("leader", "no leader"):
                found.leader = correction.kind == "leader"
                found.certain = True
            called[full_key(found.name)][at] = found
