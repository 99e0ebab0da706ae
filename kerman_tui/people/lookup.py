"""From a few typed letters, misspelt or not, to people: text in, numbers of clusters out, best first."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from kerman_tui.people.clusters import Cluster
from kerman_tui.people.names import full_key, name_parts
from kerman_tui.people.variants import skeleton


def _budget(length: int) -> int:
    """Edits that a typed part may be away from a name's part: names may have one more than other words."""
    return 0 if length < 4 else 1 if length < 6 else 2


class Lookup:
    """Every part of every name, sorted, with the people who bear it. Built once for an index of people."""

    def __init__(self, clusters: Sequence[Cluster], keys: Mapping[str, list[int]]) -> None:
        self._clusters = clusters
        self._keys = keys
        bearers: dict[str, set[int]] = defaultdict(set)
        for number, cluster in enumerate(clusters):
            for name in {cluster.name, *cluster.forms}:
                for part in name_parts(name):
                    bearers[part].add(number)
        self._bearers = dict(bearers)
        self._parts = sorted(bearers)

    def matching(self, text: str, articles: Callable[[int], int]) -> list[int]:
        """Whom ``text`` can mean: the whole name, then every part, then starts of parts, then misspelt parts."""
        wanted = name_parts(text)
        if not wanted or not wanted[0]:
            return []
        ranks = dict.fromkeys(self._keys.get(full_key(text), []), 0)
        for rank, find in enumerate((self._equal, self._begun, self._misspelt), 1):
            if rank == 3 and ranks:
                break
            for number in set.intersection(*(find(part) for part in wanted)):
                ranks.setdefault(number, rank)
        clusters = self._clusters
        return sorted(ranks, key=lambda n: (ranks[n], not clusters[n].leader, -articles(n), clusters[n].name))

    def _equal(self, part: str) -> set[int]:
        return self._bearers.get(part, set())

    def _begun(self, part: str) -> set[int]:
        found: set[int] = set()
        at = bisect_left(self._parts, part)
        while at < len(self._parts) and self._parts[at].startswith(part):
            found |= self._bearers[self._parts[at]]
            at += 1
        return found

    def _misspelt(self, part: str) -> set[int]:
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        limit = _budget(len(part))
        found = self._begun(part)
        if limit:
            for close, _, _ in extract(part, self._parts, scorer=OSA.distance, score_cutoff=limit, limit=None):
                found |= self._bearers[close]
        sound = skeleton(part)
        if len(sound) > 2:
            start = bisect_left(self._parts, part[:1])
            stop = bisect_left(self._parts, part[:1] + "\uffff")
            for close in self._parts[start:stop]:
                if skeleton(close) == sound:
                    found |= self._bearers[close]
        return found
