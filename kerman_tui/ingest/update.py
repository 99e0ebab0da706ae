"""A kept corpus brought up to date: only files that changed, and those that share an article with them, are read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib import resources
from itertools import chain, islice
from pathlib import Path

from kerman_tui import places
from kerman_tui.ingest import files, generations
from kerman_tui.ingest.assembly import nothing_taken
from kerman_tui.ingest.boilerplate import Page, Pages
from kerman_tui.ingest.cache import tables_version
from kerman_tui.ingest.columns import LAYOUT, key_of
from kerman_tui.ingest.generations import Generation, Part
from kerman_tui.ingest.manifest import Manifests
from kerman_tui.ingest.pipeline import Progress, read_files
from kerman_tui.ingest.segments import StoreError
from kerman_tui.ingest.standing import Standing, files_at, outlets_at, places_of
from kerman_tui.ingest.store import MappedStore
from kerman_tui.model import Article, Skipped

_STATES = "files.json"
_WHOLE_SHARE = 0.3
"""When more than this share must be read, or of what is kept counts no more, everything is written anew."""
_MOST_PARTS = 8
"""Segments of a generation; before there are more, the last ones are written anew together."""
_ALIKE = 2
"""One that is not so many times larger than those after it together is written anew with them."""


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
    return run.partly(generation, states, store, changed) or run.whole(len(store))


def _before(folder: Path) -> tuple[Generation, _States, MappedStore] | None:
    """The generation in force with its states, or ``None`` when there is none that this version can go on from."""
    try:
        generation = generations.load(generations.current(folder))
        if generation.extra.get("tables") != _tables():
            return None
        table = json.loads((generation.folder / _STATES).read_text("utf-8"))
        states = _States(table["marks"], table["reasons"], table["links"])
        store = MappedStore.of(generation)
        for segment in store.segments:
            _ = segment.columns
        return generation, states, store
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
    digest = sha256(f"{tables_version()} {LAYOUT}".encode())
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
        articles = _taken_apart(self.read(self.found), states, skipped)
        generation = self._write(articles, skipped, states, ())
        return Change(generation, generation.articles, removed)

    def partly(self, generation: Generation, states: _States, store: MappedStore, changed: set[str]) -> Change | None:
        """Read what changed and write a segment of that alone; ``None`` when too much changed for it to be worth it."""
        affected = states.closure(changed)
        while True:
            gone = places_of(store, affected)
            kept = _without(generation.parts, gone)
            if _is_much_gone(kept) or self._weight(affected) > _WHOLE_SHARE:
                return None
            standing = Standing(MappedStore(store.segments, [part.removed for part in kept]), outlets_at(store, gone))
            beside = _Beside(self, states, affected, standing, kept)
            try:
                written = self._write(beside.articles(), beside.skipped, beside.states, beside.staying)
            except _TouchedError as touched:
                affected = states.closure(affected | touched.names)
            else:
                return Change(written, written.articles - len(standing.store), sum(map(len, gone)))

    def _weight(self, names: set[str]) -> float:
        """The share of all bytes that lie in these files."""
        sizes = [(item.size, item.name in names) for item in self.found if isinstance(item, files.File)]
        total = sum(size for size, _ in sizes)
        return sum(size for size, inside in sizes if inside) / total if total else 0.0

    def read(
        self, found: Sequence[files.File | Skipped], standing: Standing | None = None
    ) -> Iterator[tuple[Article, Page] | Skipped]:
        """What is read, and what is known of every article for finding boilerplate."""
        known: list[Pages] = []

        def beside(pages: Pages) -> None:
            known.append(pages)
            if standing is not None:
                standing.add_to(pages)

        outcomes = read_files(
            found,
            workers=self.workers,
            progress=self.progress,
            cancelled=self.cancelled,
            cache=self.cache,
            taken=nothing_taken if standing is None else standing.has,
            beside=beside,
        )
        number = 0
        for outcome in outcomes:
            if isinstance(outcome, Skipped):
                yield outcome
            else:
                yield outcome, known[0].page(number)
                number += 1

    def _write(
        self,
        articles: Iterator[tuple[Article, Page]],
        skipped: list[Skipped],
        states: _States,
        kept: Callable[[], Sequence[Part]] | Sequence[Part],
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


class _TouchedError(Exception):
    """Articles of further files are other ones by what was read."""

    def __init__(self, names: set[str]) -> None:
        super().__init__(names)
        self.names = names


class _Beside:
    """What is written beside the parts that are kept, once for all files that are affected.

    When its articles were taken, ``states`` and ``skipped`` are of all files.
    """

    def __init__(
        self, run: _Run, before: _States, affected: set[str], standing: Standing, kept: Sequence[Part]
    ) -> None:
        self._run = run
        self._before = before
        self._affected = affected
        self._standing = standing
        self._kept = kept
        self.states = _States(marks=dict(run.marks))
        self.skipped: list[Skipped] = []

    def staying(self) -> Sequence[Part]:
        """The parts that stay segments of their own, known when the articles were taken."""
        return self._kept

    def articles(self) -> Iterator[tuple[Article, Page]]:
        """Those of small segments, those that are parted otherwise now, and those of the affected files.

        Raises _TouchedError at the end when other files are affected by what was read, or much is parted otherwise.
        """
        again = [item for item in self._run.found if isinstance(item, Skipped) or item.name in self._affected]
        fresh = _taken_apart(self._run.read(again, self._standing), self.states, self.skipped)
        first = list(islice(fresh, 1))  # by now all is read, and what is boilerplate is known
        changed = self._standing.changed()
        kept = _without(self._kept, changed)
        if _is_much_gone(kept):
            raise _TouchedError(files_at(self._standing.store, changed))
        stay = _staying(kept)
        self._kept = kept[:stay]
        yield from _moved(MappedStore(self._standing.store.segments, [part.removed for part in kept]), stay)
        yield from self._standing.parted_anew(changed)
        keys = set()
        for article, page in chain(first, fresh):
            keys.add(key_of(article))
            yield article, page
        if touched := self._standing.files_with(keys):
            raise _TouchedError(touched)
        for name in self._before.marks.keys() & self._run.marks.keys() - self._affected:
            if name in self._before.reasons:
                self.states.reasons[name] = self._before.reasons[name]
                self.skipped += [Skipped(source, why) for source, why in _pairs(self._before.reasons[name])]
            if name in self._before.links:
                self.states.links[name] = self._before.links[name]


def _taken_apart(
    outcomes: Iterator[tuple[Article, Page] | Skipped], states: _States, skipped: list[Skipped]
) -> Iterator[tuple[Article, Page]]:
    """Pass the articles on, and note reasons and links."""
    for outcome in outcomes:
        if isinstance(outcome, Skipped):
            skipped.append(outcome)
            name = outcome.source if outcome.source in states.marks else outcome.source.rpartition(", ")[0]
            if name in states.marks:
                states.reasons.setdefault(name, []).extend((outcome.source, outcome.why))
            continue
        article, _ = outcome
        for other in article.other_sources:
            if other.name != article.source.name:
                states.links.setdefault(article.source.name, []).append(other.name)
                states.links.setdefault(other.name, []).append(article.source.name)
        yield outcome


def _without(parts: Sequence[Part], places: Sequence[Sequence[int]]) -> list[Part]:
    """The parts when the articles at these places of each no longer count."""
    return [
        Part(part.folder, part.count, tuple(sorted({*part.removed, *gone})))
        for part, gone in zip(parts, places, strict=True)
    ]


def _is_much_gone(parts: Sequence[Part]) -> bool:
    return sum(len(part.removed) for part in parts) > _WHOLE_SHARE * sum(part.count for part in parts)


def _staying(parts: Sequence[Part]) -> int:
    """How many of the parts stay segments of their own beside one that is added."""
    stay, after = len(parts), 0
    while len(parts) >= _MOST_PARTS and stay and (not after or _alive(parts[stay - 1]) <= _ALIKE * after):
        stay -= 1
        after += _alive(parts[stay])
    return stay


def _alive(part: Part) -> int:
    return part.count - len(part.removed)


def _moved(rest: MappedStore, stay: int) -> Iterator[tuple[Article, Page]]:
    """The articles of all segments but the first ``stay``, as they are."""
    for segment, live in islice(rest.live(), stay, None):
        for at, article in zip(live, segment.articles(live), strict=True):
            yield article, segment.columns.page(at)
