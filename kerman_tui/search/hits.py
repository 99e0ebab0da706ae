"""From an answer to what is shown: hits with passages, highlights and reasons, near-duplicates under the best one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kerman_tui.model import Hit, Match
from kerman_tui.search import explain
from kerman_tui.search.duplicates import Sketch, originals, sketches
from kerman_tui.search.forward import Unpacked, unpack
from kerman_tui.search.index import Cancelled, FetchShown
from kerman_tui.search.passages import best_passages, match_of
from kerman_tui.search.state import Answer, State, check

MAX_RECORDS = 2_000
"""Documents whose records are remembered from one search to the next (about 4 MB)."""


def hits_of(
    state: State,
    answer: Answer,
    fetch: FetchShown,
    limit: int,
    offset: int,
    most: int,
    cancelled: Cancelled | None,
) -> list[Hit]:
    """The best hits after ``offset``, each with the best ``most`` passages; near-duplicates under the best of them."""
    sought = answer.plan.sought
    addresses = [address for _, address in answer.hits]
    ordinals = state.searcher.fast_field_values("ordinal", addresses) if addresses else []
    records, copies = _originals(state, addresses, ordinals, limit + offset)
    chosen = list(records)[offset:]
    hits: list[Hit] = []
    scanned = sought.scanner.scan([records[at] for at in chosen]) if sought.readings else [[] for _ in chosen]
    for at, here in zip(chosen, scanned, strict=True):
        check(cancelled)
        score, article = answer.hits[at][0], fetch(ordinals[at])
        found = best_passages(sought, article, here, most) if here else []
        shown = tuple([match_of(sought, article, passage) for passage in found])
        if not shown:
            shown = (Match(None, article.line_of(None), article.title, (), "name"),)
        why = explain.why(sought, found) or explain.by_name(sought, article.outlet)
        same = tuple(fetch(ordinals[copy]).id for copy in copies[at])
        hits.append(Hit(article.id, article.title, article.outlet, article.published, score, shown, why, same))
    return hits


def _originals(
    state: State, addresses: Sequence[Any], ordinals: Sequence[int], wanted: int
) -> tuple[dict[int, Unpacked], dict[int, list[int]]]:
    """The first documents that are no near-duplicates of an earlier one, and by these those that are."""
    read: list[tuple[Unpacked, Sketch]] = []
    records: dict[int, Unpacked] = {}
    copies: dict[int, list[int]] = {}
    step = max(1, wanted)
    while len(records) < wanted and len(read) < len(addresses):
        these = slice(len(read), len(read) + step)
        read += _records(state, addresses[these], ordinals[these])
        records.clear()
        copies.clear()
        for at, original in enumerate(originals([sketch for _, sketch in read])):
            if len(records) >= wanted:
                break
            if original is None:
                records[at], copies[at] = read[at][0], []
            else:
                copies[original].append(at)
    return records, copies


def _records(state: State, addresses: Sequence[Any], ordinals: Sequence[int]) -> list[tuple[Unpacked, Sketch]]:
    """What the index keeps of documents, remembered for the next keystroke."""
    found = {ordinal: known for ordinal in ordinals if (known := state.records.get(ordinal)) is not None}
    fresh = {
        ordinal: unpack(bytes(state.searcher.doc(address).get_first("forward")))
        for address, ordinal in zip(addresses, ordinals, strict=True)
        if ordinal not in found
    }
    found |= zip(fresh, zip(fresh.values(), sketches(list(fresh.values())), strict=True), strict=True)
    if len(state.records) > MAX_RECORDS:
        state.records.clear()
    state.records.update(found)
    return [found[ordinal] for ordinal in ordinals]
