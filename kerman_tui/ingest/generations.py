"""The generations of a kept store: which segments and which of their articles count, switched by one rename.

Layout of a store's folder: ``current`` (the name of the generation in force), ``generations/NAME/generation.json``
beside whatever is derived from that generation, ``segments/NAME/``.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kerman_tui.ingest.segments import BYTE_ORDER, VERSION, StoreError, write_segment
from kerman_tui.model import Article, Skipped

if TYPE_CHECKING:
    from kerman_tui.ingest.boilerplate import Page

_POINTER = "current"
_KEPT = 2
"""Generations that stay: the one in force and the one before it, for readers that are just opening."""


@dataclass(frozen=True, slots=True)
class Part:
    """A segment of a generation; ``removed`` are the places in it that no longer count, in order."""

    folder: Path
    count: int
    removed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Generation:
    """What a generation consists of. ``extra`` is kept for whoever wrote it, as JSON."""

    folder: Path
    parts: tuple[Part, ...]
    skipped: tuple[Skipped, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def token(self) -> str:
        """A name that no other generation has: what was derived from one generation is stale for every other."""
        return self.folder.name

    @property
    def articles(self) -> int:
        """How many articles count."""
        return sum(part.count - len(part.removed) for part in self.parts)


def current(store: Path) -> Path:
    """The folder of the generation in force. Raises StoreError when there is none."""
    try:
        name = (store / _POINTER).read_text("ascii").strip()
    except (OSError, ValueError) as error:
        raise StoreError(f"{store}: holds no corpus that was finished") from error
    if not name.isalnum():
        raise StoreError(f"{store}: the pointer to its generation is damaged")
    return store / "generations" / name


def load(folder: Path) -> Generation:
    """Read what a generation consists of. Raises StoreError for what is missing, damaged or of another version."""
    try:
        table = json.loads((folder / "generation.json").read_text("utf-8"))
        skipped = json.loads((folder / "skipped.json").read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise StoreError(f"{folder}: cannot be read ({error}); index it again") from error
    try:
        if (table["version"], table["byteorder"]) != (VERSION, BYTE_ORDER):
            raise StoreError(f"{folder}: written by another version or machine; index it again")
        segments = folder.parent.parent / "segments"
        parts = tuple(Part(segments / _plain(p["name"]), int(p["count"]), tuple(p["removed"])) for p in table["parts"])
        reasons = tuple(Skipped(source, why) for source, why in skipped)
        return Generation(folder, parts, reasons, table.get("extra", {}))
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(f"{folder}: damaged ({error}); index it again") from error


def _plain(name: str) -> str:
    if not name.isalnum():
        raise ValueError("a segment's name is no name")
    return name


def write_store(
    store: Path,
    articles: Iterable[tuple[Article, Page]],
    *,
    skipped: Callable[[], Sequence[Skipped]] | Sequence[Skipped] = (),
    kept: Callable[[], Sequence[Part]] | Sequence[Part] = (),
    beside: Callable[[], Mapping[str, Any]] | Mapping[str, Any] | None = None,
    extra: Mapping[str, Any] | None = None,
) -> Generation:
    """Write articles as a new generation of the store in ``store``, after the ``kept`` parts of the one before.

    With each article comes what is known of it for finding boilerplate.
    The generation in force stays as it is until everything is on the disk. ``extra`` is kept in the generation, and
    each value of ``beside`` as a JSON file of that name in its folder. ``kept``, ``skipped`` and ``beside`` may be
    functions; they are called when all articles were taken. Raises OSError and whatever ``articles`` raises; nothing
    is switched then. A store without any article is not written: StoreError says so. The caller lets only one process
    write.
    """
    store.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("segments", "generations"):
        (store / name).mkdir(mode=0o700, exist_ok=True)
    token = new_token()
    segment, folder = store / "segments" / token, store / "generations" / token
    try:
        count = write_segment(segment, articles)
        parts = [part for part in (kept() if callable(kept) else kept) if part.count > len(part.removed)]
        if count:
            parts.append(Part(segment, count))
        reasons = tuple(skipped() if callable(skipped) else skipped)
        if not parts:
            why = f": {reasons[0].source}: {reasons[0].why}" if reasons else ""
            raise StoreError(f"no article was found, so nothing was kept or changed{why}")
        folder.mkdir(mode=0o700)
        _write_json(folder / "skipped.json", [[s.source, s.why] for s in reasons])
        for name, value in ((beside() if callable(beside) else beside) or {}).items():
            _write_json(folder / name, value)
        table = {
            "version": VERSION,
            "byteorder": BYTE_ORDER,
            "parts": [{"name": p.folder.name, "count": p.count, "removed": list(p.removed)} for p in parts],
            "extra": dict(extra or {}),
        }
        _write_json(folder / "generation.json", table)
        _switch(store, token)
    except BaseException:
        shutil.rmtree(segment, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
        raise
    clean(store)
    return Generation(folder, tuple(parts), reasons, dict(extra or {}))


def new_token() -> str:
    """A name that sorts by time where clocks allow, and differs where they do not."""
    return f"{int(time.time() * 1000):012x}{secrets.token_hex(4)}"


def _write_json(path: Path, value: object) -> None:
    with path.open("w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=True, separators=(",", ":"))
        file.flush()
        os.fsync(file.fileno())


def _switch(store: Path, token: str) -> None:
    temporary = store / f"{_POINTER}.{token}"
    try:
        with temporary.open("w", encoding="ascii") as file:
            file.write(token + "\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(store / _POINTER)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def clean(store: Path) -> None:
    """Remove generations long superseded, what crashes left behind, and segments that no generation names.

    Readers that still have such a segment open keep it: on the systems we run on an open file outlives its name.
    """
    try:
        in_force = current(store).name
        folders = sorted((store / "generations").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    except (StoreError, OSError):
        return
    others = [folder for folder in folders if folder.name != in_force]
    complete = [folder for folder in others if (folder / "generation.json").exists()]
    stay = {in_force, *(folder.name for folder in complete[-(_KEPT - 1) :])}
    used: set[str] = set()
    for folder in folders:
        if folder.name not in stay:
            shutil.rmtree(folder, ignore_errors=True)
            continue
        try:
            used |= {part.folder.name for part in load(folder).parts}
        except StoreError:
            if folder.name == in_force:
                return
    for segment in (store / "segments").iterdir():
        if segment.name not in used:
            shutil.rmtree(segment, ignore_errors=True)
    for left in store.glob(f"{_POINTER}.*"):
        left.unlink(missing_ok=True)
