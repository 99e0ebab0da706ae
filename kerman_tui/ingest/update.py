"""A kept corpus brought up to date: only files that changed, and those that share an article with them, are read."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

from kerman_tui import places
from kerman_tui.ingest import files, generations
from kerman_tui.ingest.boilerplate import Pages, marks, parted, whole_text
from kerman_tui.ingest.cache import tables_version
from kerman_tui.ingest.generations import Generation, Part
from kerman_tui.ingest.manifest import Manifests
from kerman_tui.ingest.pipeline import Progress, read_files
from kerman_tui.ingest.segments import KEY_BYTES, Segment, StoreError, key_of
from kerman_tui.ingest.store import MappedStore
from kerman_tui.model import Article, Skipped

_STATES = "files.json"
_WHOLE_SHARE = 0.3
"""When more than this share of the articles must be read again, everything is written anew."""
_MOST_PARTS = 8


@dataclass(frozen=True, slots=True)
class Change:
    """The generation in force after an update, and how many articles were written and taken away for it.

    ``rebuilt`` says why everything was written anew although there was something, or "".
    """

    generation: Generation
    added: int
    removed: int
    rebuilt: str = ""


@dataclass(slots=True)
class _States:
    """What every file of a generation looked like, what it gave no article for, and whom it shares articles with."""

    marks: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)

    def closure(self, names: set[str]) -> set[str]:
        """``names`` and every file that shares an article with one of them, however far."""
        found, waiting = set(names), list(names)
        while waiting:
            for other in self.links.get(waiting.pop(), ()):
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return found


def bring_up_to_date(
    folder: Path,
    paths: Sequence[str],
    progress: Callable[[Progress], None] | None,
    cancelled: Callable[[], bool] | None,
    workers: int | None,
    cache: bool,
) -> Change:
    """Make the corpus in ``folder`` what the paths hold now. The caller holds the corpus's lock.

    Raises OSError when it cannot be written (what was there stays) and what reading raises.
    """
    found = list(files.find(paths))
    marks = _marks(found)
    before = _before(folder)
    stale = why_stale(folder) if before is None else ""
    run = _Run(folder, paths, found, marks, progress, cancelled, workers, cache)
    if before is None:
        return replace(run.whole(0), rebuilt=stale)
    generation, states, store = before
    changed = {name for name in marks.keys() | states.marks.keys() if marks.get(name) != states.marks.get(name)}
    special = sorted((item.source, item.why) for item in found if isinstance(item, Skipped))
    if not changed and special == _special(generation, states):
        return Change(generation, 0, 0)
    if len(generation.parts) >= _MOST_PARTS:
        return run.whole(len(store))
    return run.partly(generation, states, store, changed) or run.whole(len(store))


def _before(folder: Path) -> tuple[Generation, _States, MappedStore] | None:
    """The generation in force with its states, or ``None`` when there is none that this version can go on from."""
    try:
        generation = generations.load(generations.current(folder))
        if generation.extra.get("tables") != _tables():
            return None
        table = json.loads((generation.folder / _STATES).read_text("utf-8"))
        states = _States(table["marks"], table["reasons"], table["links"])
        return generation, states, MappedStore.of(generation)
    except (StoreError, OSError, ValueError, KeyError, TypeError):
        return None


def why_stale(folder: Path) -> str:
    """Why an update cannot carry on from what is kept in ``folder`` and will read everything again; "" when it can."""
    if not (folder / "current").exists():
        return ""
    try:
        generation = generations.load(generations.current(folder))
    except StoreError:
        return "what was kept cannot be read by this version or on this machine"
    if generation.extra.get("tables") != _tables():
        return "it was read by another version, or with other tables of outlets, fields or furniture"
    return "" if _before(folder) is not None else "what was kept is damaged"


def _tables() -> str:
    """A digest of everything but the files that decides what comes out of them."""
    digest = sha256(tables_version().encode())
    digest.update(resources.files("kerman_tui.ingest").joinpath("outlets.toml").read_bytes())
    try:
        digest.update(places.read_whole(places.config_file().parent / "outlets.toml"))
    except OSError:
        digest.update(b"-")
    return digest.hexdigest()[:16]


def files_state(paths: Sequence[str]) -> str:
    """A digest of everything that is looked at to see whether a file changed."""
    found = list(files.find(paths))
    special = [f"{item.source}\0{item.why}" for item in found if isinstance(item, Skipped)]
    lines = [*(f"{name}\0{mark}" for name, mark in _marks(found).items()), *special]
    return sha256("\n".join(sorted(lines)).encode("utf-8", "surrogatepass")).hexdigest()


def _marks(found: Sequence[files.File | Skipped]) -> dict[str, str]:
    """For every file a text that changes when it, or what a manifest says about it, does."""
    manifests = Manifests()
    marks = {}
    for item in found:
        if isinstance(item, files.File):
            known = manifests.about(item.path, item.root)
            marks[item.name] = f"{item.size} {item.changed_ns} {item.inode} {known}"
    return marks


def _special(generation: Generation, states: _States) -> list[tuple[str, str]]:
    """The reasons of a generation that belong to no file that was read: links, pipes, missing paths."""
    of_files = {(source, why) for name in states.reasons for source, why in _pairs(states.reasons[name])}
    return sorted((s.source, s.why) for s in generation.skipped if (s.source, s.why) not in of_files)


def _pairs(flat: Sequence[str]) -> Iterator[tuple[str, str]]:
    return zip(flat[0::2], flat[1::2], strict=True)


@dataclass(slots=True)
class _Run:
    folder: Path
    paths: Sequence[str]
    found: Sequence[files.File | Skipped]
    marks: Mapping[str, str]
    progress: Callable[[Progress], None] | None
    cancelled: Callable[[], bool] | None
    workers: int | None
    cache: bool

    def whole(self, removed: int) -> Change:
        """Read everything (from the cache, where it has it) and write one segment."""
        states, skipped = _States(marks=dict(self.marks)), list[Skipped]()
        articles = self._taken_apart(self._read(self.found), states, skipped)
        generation = self._write(articles, skipped, states, ())
        return Change(generation, generation.articles, removed)

    def partly(self, generation: Generation, states: _States, store: MappedStore, changed: set[str]) -> Change | None:
        """Read what changed and write a segment of that alone; ``None`` when too much changed for it to be worth it."""
        keys: dict[bytes, str] | None = None
        affected = states.closure(changed)
        while True:
            removed = _places(store, affected)
            if sum(map(len, removed)) > _WHOLE_SHARE * len(store) or self._weight(affected) > _WHOLE_SHARE:
                return None
            kept = [
                Part(part.folder, part.count, tuple(sorted({*part.removed, *gone})))
                for part, gone in zip(generation.parts, removed, strict=True)
            ]
            rest = MappedStore(store.segments, [part.removed for part in kept])
            again = [item for item in self.found if isinstance(item, Skipped) or item.name in affected]
            new, skipped = _States(), list[Skipped]()
            standing = _Standing(rest, {outlet for outlet, _ in _heads(store, affected)})
            articles = list(self._taken_apart(self._read(again, rest, standing), new, skipped))
            if keys is None:
                keys = _keys(store)
            touched = {keys[key] for article in articles if (key := key_of(article)) in keys} - affected
            touched |= standing.changed() - affected
            if not touched:
                break
            affected = states.closure(affected | touched)
        for name in states.marks.keys() & self.marks.keys() - affected:
            if name in states.reasons:
                new.reasons[name] = states.reasons[name]
                skipped += [Skipped(source, why) for source, why in _pairs(states.reasons[name])]
            if name in states.links:
                new.links[name] = states.links[name]
        new.marks = dict(self.marks)
        written = self._write(iter(articles), skipped, new, kept)
        return Change(written, len(articles), sum(map(len, removed)))

    def _weight(self, names: set[str]) -> float:
        """The share of all bytes that lie in these files."""
        sizes = [(item.size, item.name in names) for item in self.found if isinstance(item, files.File)]
        total = sum(size for size, _ in sizes)
        return sum(size for size, inside in sizes if inside) / total if total else 0.0

    def _read(
        self, found: Sequence[files.File | Skipped], rest: MappedStore | None = None, standing: _Standing | None = None
    ) -> Iterator[Article | Skipped]:
        options: dict[str, Any] = {}
        if rest is not None and standing is not None:
            options = {"taken": lambda id_: rest.ordinal(id_) is not None, "beside": standing.add_to}
        return read_files(
            found,
            workers=self.workers,
            progress=self.progress,
            cancelled=self.cancelled,
            cache=self.cache,
            **options,
        )

    def _taken_apart(
        self, outcomes: Iterator[Article | Skipped], states: _States, skipped: list[Skipped]
    ) -> Iterator[Article]:
        """Pass the articles on, and note reasons and links."""
        for outcome in outcomes:
            if isinstance(outcome, Skipped):
                skipped.append(outcome)
                name = outcome.source if outcome.source in self.marks else outcome.source.rpartition(", ")[0]
                if name in self.marks:
                    states.reasons.setdefault(name, []).extend((outcome.source, outcome.why))
                continue
            for other in outcome.other_sources:
                if other.name != outcome.source.name:
                    states.links.setdefault(outcome.source.name, []).append(other.name)
                    states.links.setdefault(other.name, []).append(outcome.source.name)
            yield outcome

    def _write(
        self, articles: Iterator[Article], skipped: list[Skipped], states: _States, kept: Sequence[Part]
    ) -> Generation:
        return generations.write_store(
            self.folder,
            articles,
            skipped=lambda: skipped,
            kept=kept,
            beside=lambda: {_STATES: {"marks": states.marks, "reasons": states.reasons, "links": states.links}},
            extra={
                "paths": list(self.paths),
                "cwd": str(Path.cwd()),
                "tables": _tables(),
                "indexed_at": datetime.now(UTC).isoformat(timespec="seconds"),
            },
        )


class _Standing:
    """The articles that stay as they are: they say with the new ones what is boilerplate, and may prove wrong by it."""

    def __init__(self, rest: MappedStore, outlets: set[str]) -> None:
        """``outlets`` are those whose articles go or are read again; those of new articles are added when known."""
        self._rest = rest
        self._outlets = outlets
        self._now: Mapping[str, frozenset[int]] = {}
        self._lines: list[tuple[int, array[int], bool]] = []
        """Place, marks, and whether lines are set aside, of every article of these outlets that stays."""

    def add_to(self, pages: Pages) -> None:
        """Add the articles that stay, of every outlet that is concerned."""
        self._outlets |= set(pages.outlets)
        for ordinal, head in enumerate(self._rest.heads()):
            if head.outlet in self._outlets:
                article = self._rest[ordinal]
                lines = array("Q", marks(whole_text(article)))
                pages.add(head.outlet, head.title, lines)
                self._lines.append((ordinal, lines, bool(article.set_aside)))
        self._now = pages.boilerplate()

    def changed(self) -> set[str]:
        """The files of articles that hold a line that is boilerplate now, or set one aside that is none any more."""
        found = set()
        for ordinal, lines, parts in self._lines:
            believed = self._now.get(self._rest.outlet(ordinal), frozenset())
            if parts or not believed.isdisjoint(lines):
                article = self._rest[ordinal]
                if parted(whole_text(article), believed)[1] != article.set_aside:
                    found.add(article.source.name)
        return found


def _heads(store: MappedStore, names: set[str]) -> Iterator[tuple[str, str]]:
    """Outlet and file of every live article that comes from these files."""
    for segment, live in store.live():
        for at in live:
            head = segment.head(at)
            if head.source in names:
                yield head.outlet, head.source


def _places(store: MappedStore, names: set[str]) -> list[list[int]]:
    """For every segment the places of live articles that come from these files."""
    if not names:
        return [[] for _ in store.segments]
    return [[at for at in live if segment.head(at).source in names] for segment, live in store.live()]


def _keys(store: MappedStore) -> dict[bytes, str]:
    """The keys of all live articles, with the file each comes from."""
    found: dict[bytes, str] = {}
    for segment, live in store.live():
        packed = segment.keys()
        for at in live:
            found[packed[at * KEY_BYTES : (at + 1) * KEY_BYTES]] = _source(segment, at)
    return found


def _source(segment: Segment, at: int) -> str:
    return segment.head(at).source
