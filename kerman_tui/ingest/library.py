"""Corpora kept under a name: made, brought up to date, opened, listed, removed. Files in, a memory-mapped store out.

Each corpus is a folder in the cache folder of the platform. One process writes a corpus at a time; readers need no
lock, since nothing they have open is ever changed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from kerman_tui import memory, places
from kerman_tui.ingest import generations
from kerman_tui.ingest.pipeline import CancelledError, Progress
from kerman_tui.ingest.segments import StoreError
from kerman_tui.ingest.store import MappedStore
from kerman_tui.ingest.update import bring_up_to_date, files_state, why_stale
from kerman_tui.model import Skipped
from kerman_tui.text.safe import make_safe_line, visible

_LONGEST_NAME = 100
_LOCK_POLL = 0.1
_LOCK_SECONDS = 600.0
_LAST = "last-opened.json"


class LibraryError(Exception):
    """A named corpus cannot be made, opened or removed; the message is one line for the user."""


class Opened(NamedTuple):
    """A corpus as it stood when it was opened. What is derived from it belongs into ``folder`` and ends with it.

    ``token`` names the generation: no other state of this or any corpus has the same.
    """

    store: MappedStore
    skipped: tuple[Skipped, ...]
    folder: Path
    token: str


@dataclass(frozen=True, slots=True)
class Report:
    """What indexing did, in ``seconds`` of wall time. ``added`` and ``removed`` count articles that were written.

    ``notices`` say what else the person should know, as that everything was read again, and why.
    """

    name: str
    articles: int
    skipped: tuple[Skipped, ...]
    seconds: float
    added: int = 0
    removed: int = 0
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One corpus in the list of corpora. ``size`` is in bytes; ``problem`` says why it cannot be opened, if so."""

    name: str
    articles: int
    size: int
    indexed_at: str
    paths: tuple[str, ...]
    problem: str = ""


def names() -> list[str]:
    """The names of all corpora that were ever finished, in order."""
    return sorted(name for folder in _folders() if (name := _name_of(folder)) and (folder / "current").exists())


def entries() -> list[Entry]:
    """What there is, for a list: each corpus with its size and state."""
    return [_entry(name) for name in names()]


def create(
    name: str,
    paths: Sequence[Path | str],
    *,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    workers: int | None = None,
    cache: bool = True,
) -> Report:
    """Make the corpus ``name`` from paths, or bring it up to date when it is there; only what changed is read.

    Raises LibraryError when nothing could be written (the state before stays) and CancelledError when asked to stop.
    """
    started = time.monotonic()
    folder = _folder_for(name)
    given = [os.fspath(path) for path in paths]
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _lock(folder, name, cancelled):
            places.write_whole(folder / "name.json", json.dumps({"name": name}))
            change = bring_up_to_date(folder, given, progress, cancelled, workers, cache)
    except StoreError as error:
        raise LibraryError(str(error)) from error
    except Exception as error:
        if memory.ran_out(error):
            what = f"memory ran out while the files of the corpus {visible(name)} were read; it is as it was before"
            raise LibraryError(f"{what}: {memory.ADVICE}") from error
        if not isinstance(error, OSError | places.PlaceError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise LibraryError(
            f"the corpus {visible(name)} could not be written ({reason}); it is as it was before"
        ) from error
    seconds = time.monotonic() - started
    generation = change.generation
    report = Report(name, generation.articles, generation.skipped, round(seconds, 3), change.added, change.removed)
    return replace(report, notices=(f"read everything again: {change.rebuilt}",)) if change.rebuilt else report


def update(
    name: str,
    paths: Sequence[Path | str] | None = None,
    *,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    workers: int | None = None,
) -> Report:
    """Bring a corpus up to date with the paths it was made from, or with others. Raises as ``create`` and ``open``."""
    if paths is None:
        paths = paths_of(name)
    return create(name, paths, progress=progress, cancelled=cancelled, workers=workers)


def paths_of(name: str) -> list[str]:
    """The paths a corpus was made from, as they are found from here. Raises LibraryError."""
    extra = _generation(name).extra
    here = str(Path.cwd())
    given = [str(path) for path in extra.get("paths", [])]
    return given if extra.get("cwd") == here else [str(Path(extra.get("cwd", here)) / path) for path in given]


def open(name: str) -> Opened:
    """Open a corpus by its name. Raises LibraryError when there is none, or when it cannot be read."""
    for attempt in (1, 2):
        generation = _generation(name)
        try:
            return Opened(MappedStore.of(generation), generation.skipped, generation.folder, generation.token)
        except StoreError as error:
            if attempt == 2 or _generation(name).token == generation.token:
                raise LibraryError(f"the corpus {visible(name)} is damaged; index it again ({error})") from error
    raise AssertionError("unreachable")


def state_of(paths: Sequence[Path | str]) -> str:
    """A text that changes when a file that the paths hold is added, removed, or changes in size, time or manifest."""
    return files_state([os.fspath(path) for path in paths])


def token_of(name: str) -> str:
    """The token of the generation in force, to see whether there is a newer one. Raises LibraryError."""
    return _generation(name).token


def remove(name: str) -> None:
    """Remove a corpus; the files it was made from stay. Raises LibraryError when there is none or it cannot be."""
    folder = _folder_for(name)
    if not folder.is_dir():
        raise _no_such(name)
    try:
        with _lock(folder, name, None):
            (folder / "current").unlink(missing_ok=True)
            shutil.rmtree(folder)
    except OSError as error:
        raise LibraryError(f"the corpus {visible(name)} could not be removed ({error.strerror or error})") from error


def remember_opened(what: str | Sequence[Path | str]) -> None:
    """Remember the name or the paths of the corpus that is open; silent where nothing can be kept."""
    value = what if isinstance(what, str) else [os.path.abspath(path) for path in what]  # noqa: PTH100
    try:
        places.write_whole(places.folder("state") / _LAST, json.dumps({"opened": value}))
    except (OSError, ValueError, places.PlaceError):
        return


def last_opened() -> str | tuple[Path, ...] | None:
    """The name or the paths of the corpus opened last, if it is still there."""
    try:
        value = json.loads(places.read_whole(places.folder("state") / _LAST))["opened"]
    except (OSError, ValueError, KeyError, TypeError, places.PlaceError):
        return None
    if isinstance(value, str):
        return value if value in names() else None
    paths = tuple(Path(path) for path in value if isinstance(path, str)) if isinstance(value, list) else ()
    return paths if paths and all(path.exists() for path in paths) else None


def check() -> Iterator[str]:
    """What is wrong with corpora and caches, in words, for a check-up; nothing when all is well."""
    from kerman_tui.ingest import cache

    yield from cache.check()
    for entry in entries():
        if entry.problem:
            yield f"{visible(entry.name)}: {entry.problem}"
            continue
        if stale := why_stale(_folder_for(entry.name)):
            shown = visible(entry.name)
            yield f"{shown}: {stale}; it opens as it is, and `kerman-tui index --name {shown}` reads it again"
        gone = [path for path in paths_of(entry.name) if not Path(path).exists() and not re.search(r"[*?\[]", path)]
        if gone:
            yield f"{entry.name}: {visible(gone[0])}, from which it was made, is not there any more"


def _entry(name: str) -> Entry:
    folder = _folder_for(name)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    try:
        generation = _generation(name)
        MappedStore.of(generation)
    except (LibraryError, StoreError) as error:
        return Entry(name, 0, size, "", (), str(error))
    extra = generation.extra
    paths = tuple(map(str, extra.get("paths", [])))
    return Entry(name, generation.articles, size, str(extra.get("indexed_at", "")), paths)


def _generation(name: str) -> generations.Generation:
    folder = _folder_for(name)
    if not (folder / "current").exists():
        raise _no_such(name)
    try:
        return generations.load(generations.current(folder))
    except StoreError as error:
        raise LibraryError(f"the corpus {visible(name)} cannot be opened: {error}") from error


def _no_such(name: str) -> LibraryError:
    known = names()
    hint = f"there are {', '.join(visible(n) for n in known[:8])}" if known else "none was indexed yet"
    return LibraryError(f"there is no corpus named {visible(name)}; {hint}")


def _folders() -> list[Path]:
    try:
        return sorted(path for path in places.folder("cache", "corpora").iterdir() if path.is_dir())
    except (OSError, places.PlaceError):
        return []


def _name_of(folder: Path) -> str | None:
    try:
        name = json.loads((folder / "name.json").read_text("utf-8"))["name"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return name if isinstance(name, str) else None


def _folder_for(name: str) -> Path:
    """The folder of a corpus; a name that is no good file name gets a safe one with a digest."""
    if not name.strip() or len(name) > _LONGEST_NAME or make_safe_line(name) != name:
        raise LibraryError(
            f"{visible(name)[:60]!r} cannot be the name of a corpus: 1 to {_LONGEST_NAME} printable characters"
        )
    slug = re.sub(r"[^\w-]+", "-", name).strip("-")
    if slug != name or name != name.lower():
        slug = f"{slug.lower()[:40]}-{blake2b(name.encode('utf-8', 'replace')).hexdigest()[:8]}"
    try:
        return places.folder("cache", "corpora") / slug
    except places.PlaceError as error:
        raise LibraryError(f"no corpus can be kept: {error}") from error


@contextmanager
def _lock(folder: Path, name: str, cancelled: Callable[[], bool] | None) -> Iterator[None]:
    """Hold the corpus alone. The lock is the system's, and ends with the process however that ends."""
    import fcntl

    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        patience = time.monotonic() + _LOCK_SECONDS
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if cancelled is not None and cancelled():
                    raise CancelledError from None
                if time.monotonic() > patience:
                    raise LibraryError(f"another process has been indexing {visible(name)} for ten minutes") from None
                time.sleep(_LOCK_POLL)
        yield
    finally:
        os.close(descriptor)
