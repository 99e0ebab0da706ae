"""From a few typed letters, misspelt or not, to people: text in, numbers of clusters out, best first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kerman_tui.people.clusters import Cluster
from kerman_tui.people.names import full_key, name_parts
from kerman_tui.people.variants import skeleton


def _budget(length: int) -> int:
    """Edits that a typed part may be away from a name's part: names may have one more than other words."""
    return 0 if length < 4 else 1 if length < 6 else 2


def matching(
    text: str, clusters: Sequence[Cluster], keys: Mapping[str, list[int]], articles: Callable[[int], int]
) -> list[int]:
    """Numbers of the clusters that ``text`` can mean: the whole name, then every part, then starts, then misspelt."""
    wanted = name_parts(text)
    if not wanted or not wanted[0]:
        return []
    exact = keys.get(full_key(text), [])
    ranks: dict[int, int] = dict.fromkeys(exact, 0)
    for number, cluster in enumerate(clusters):
        if number not in ranks:
            for name in {cluster.name, *cluster.forms}:
                parts = name_parts(name)
                if all(part in parts for part in wanted):
                    ranks[number] = min(ranks.get(number, 9), 1)
                elif all(any(p.startswith(part) for p in parts) for part in wanted):
                    ranks[number] = min(ranks.get(number, 9), 2)
    if not ranks:
        ranks = _misspelt(wanted, clusters)
    return sorted(ranks, key=lambda n: (ranks[n], not clusters[n].leader, -articles(n), clusters[n].name))


def _misspelt(wanted: tuple[str, ...], clusters: Sequence[Cluster]) -> dict[int, int]:
    from rapidfuzz.distance import OSA

    found: dict[int, int] = {}
    sounds = [skeleton(part) for part in wanted]
    for number, cluster in enumerate(clusters):
        for name in {cluster.name, *cluster.forms}:
            parts = name_parts(name)
            worst = 0
            for part, sound in zip(wanted, sounds, strict=True):
                limit = _budget(len(part))
                best = min((OSA.distance(part, p, score_cutoff=limit) for p in parts), default=9)
                if best > limit and not (len(sound) > 2 and any(skeleton(p) == sound for p in parts)):
                    worst = 99
                    break
                worst = max(worst, best)
            if worst < 99:
                found[number] = min(found.get(number, 99), 3 + worst)
    return found
