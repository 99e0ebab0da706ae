"""The merged people of a corpus as bytes and back, so that a table of leaders opens without merging again.

Columns are kept as they stand in memory, names and clusters as msgpack. The bytes are for this machine and these rules;
whoever keeps them keys them by both.
"""

from __future__ import annotations

from collections import Counter

import msgspec

from kerman_tui.people.clusters import Cluster, Node
from kerman_tui.people.corrections import Corrections
from kerman_tui.people.gathered import Columns, Gathered
from kerman_tui.people.merge import PeopleIndex


class KeptError(Exception):
    """The bytes are damaged or of another kind."""


class _Node(msgspec.Struct, array_like=True, gc=False):
    key: tuple[str, str]
    name: str
    holder: str | None
    country: str
    lone: bool
    counts: tuple[int, int, int, int, int]
    """Articles, mentions, certain, ayes, noes."""
    forms: dict[str, int]
    roles: list[tuple[str, str | None, int, int]]
    last: str


class _Cluster(msgspec.Struct, array_like=True, gc=False):
    name: str
    nodes: list[int]
    forms: tuple[str, ...]
    holder: str | None
    leader: bool
    certain: bool


class _Columns(msgspec.Struct, array_like=True, gc=False):
    numbers: tuple[bytes, ...]
    texts: list[str]


class _Kept(msgspec.Struct, array_like=True, gc=False):
    ids: list[str]
    outlets: list[str]
    dates: list[str | None]
    mentions: _Columns
    groups: _Columns
    group_names: list[str]
    nodes: list[_Node]
    clusters: list[_Cluster]
    of_node: list[int]


def dumps(index: PeopleIndex) -> bytes:
    """An index as bytes. The corrections under which it was joined are not part of them."""
    gathered = index.gathered
    nodes = [
        _Node(
            key,
            one.name,
            one.holder,
            one.country,
            one.lone,
            (one.articles, one.mentions, one.certain, one.ayes, one.noes),
            dict(one.forms),
            [(*role, n) for role, n in one.roles.items()],
            one.last,
        )
        for key, one in gathered.nodes.items()
    ]
    clusters = [
        _Cluster(one.name, [n.number for n in one.nodes], one.forms, one.holder, one.leader, one.certain)
        for one in index.clusters
    ]
    kept = _Kept(
        gathered.ids,
        gathered.outlets,
        gathered.dates,
        _packed(gathered.columns),
        _packed(gathered.groups),
        gathered.group_names,
        nodes,
        clusters,
        index.of_node,
    )
    return msgspec.msgpack.encode(kept)


def loads(data: bytes, corrections: Corrections) -> PeopleIndex:
    """The index that ``dumps`` gave, which was joined under ``corrections``. Raises KeptError."""
    try:
        kept = msgspec.msgpack.decode(data, type=_Kept)
        nodes = [_node(number, one) for number, one in enumerate(kept.nodes)]
        gathered = Gathered(
            kept.ids,
            kept.outlets,
            kept.dates,
            _unpacked(kept.mentions),
            {one.key: node for one, node in zip(kept.nodes, nodes, strict=True)},
            _unpacked(kept.groups),
            kept.group_names,
        )
        gathered.look_up()
        clusters = [
            Cluster(one.name, [nodes[n] for n in one.nodes], one.forms, one.holder, one.leader, one.certain)
            for one in kept.clusters
        ]
        return PeopleIndex(gathered, corrections).join(clusters, kept.of_node)
    except (msgspec.MsgspecError, ValueError, IndexError, KeyError) as error:
        raise KeptError(str(error)) from error


def _node(number: int, one: _Node) -> Node:
    articles, mentions, certain, ayes, noes = one.counts
    roles: Counter[tuple[str, str | None, int]] = Counter()
    for text, country, vote, n in one.roles:
        roles[text, country, vote] = n
    forms: Counter[str] = Counter()
    dict.update(forms, one.forms)
    return Node(
        number, one.name, one.holder, one.country, one.lone, articles, mentions, certain, forms, roles,
        ayes, noes, one.last,
    )  # fmt: skip


def _packed(columns: Columns) -> _Columns:
    return _Columns(tuple(one.tobytes() for one in columns.numbers()), columns.texts)


def _unpacked(kept: _Columns) -> Columns:
    columns = Columns()
    for one, stored in zip(columns.numbers(), kept.numbers, strict=True):
        del one[:]
        one.frombytes(stored)
    columns.texts = kept.texts
    return columns
