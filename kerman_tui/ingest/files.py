"""Paths as she gave them in, the regular files they mean out, in one order, each once; what is no file is named.

Links inside a folder are followed to files that lie in the same folder, never out of it and never to a folder, so that
a walk ends and reads nothing it was not given. Hidden files and folders are left out and named; a hidden file that is
given by name is read.
"""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kerman_tui.ingest import manifest
from kerman_tui.model import Skipped
from kerman_tui.text.safe import visible

_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True, slots=True)
class File:
    """A regular file. ``name`` is what it is called towards people: the given path and what lies under it."""

    path: Path
    name: str
    root: Path
    size: int
    changed_ns: int
    inode: int


def find(paths: Sequence[Path | str]) -> Iterator[File | Skipped]:
    """Yield the files that the paths, folders and globs mean; a file that is met twice comes once."""
    seen: set[tuple[int, int]] = set()
    for given in paths:
        for found in _one(os.fspath(given)):
            if isinstance(found, Skipped):
                yield found
                continue
            file, identity = found
            if identity not in seen:
                seen.add(identity)
                yield file


_Found = tuple[File, tuple[int, int]] | Skipped


def _one(given: str) -> Iterator[_Found]:
    try:
        status = Path(given).stat()
    except (OSError, ValueError) as error:
        matches = _matches(given)
        if matches:
            for match in matches:
                yield from _one(match)
        elif glob.has_magic(given):
            yield Skipped(visible(given), "there is no such file, and no file matches the pattern")
        else:
            yield Skipped(visible(given), _why(error, given))
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _walk(Path(given))
    else:
        yield _regular(Path(given), Path(given).parent, status)


def _matches(pattern: str) -> list[str]:
    if not glob.has_magic(pattern) or "\0" in pattern:
        return []
    return sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - takes absolute and relative patterns alike


def _why(error: OSError | ValueError, path: str) -> str:
    if isinstance(error, FileNotFoundError):
        return "a link to something that is not there" if Path(path).is_symlink() else "there is no such file or folder"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, OSError) and error.strerror:
        too_deep = error.strerror.startswith("Too many levels")
        return "a link that leads back to itself" if too_deep else f"cannot be opened: {error.strerror.lower()}"
    return "not a name that a file can have"


def _regular(path: Path, root: Path, status: os.stat_result) -> _Found:
    if not stat.S_ISREG(status.st_mode):
        kind = next((name for test, name in _KINDS if test(status.st_mode)), "something else")
        return Skipped(visible(str(path)), f"not a regular file but {kind}")
    file = File(path, visible(str(path)), root, status.st_size, status.st_mtime_ns, status.st_ino)
    return file, (status.st_dev, status.st_ino)


def _walk(root: Path) -> Iterator[_Found]:
    """Depth first, names in order. One list of open folders in place of recursion: a tree may be very deep."""
    try:
        inside = os.path.realpath(root)
    except OSError as error:
        yield Skipped(visible(str(root)), _why(error, str(root)))
        return
    waiting: list[str] = [str(root)]
    while waiting:
        at = waiting.pop()
        status = _lstat(at)
        if isinstance(status, OSError):
            yield Skipped(visible(at), _why(status, at))
        elif stat.S_ISDIR(status.st_mode):
            try:
                with os.scandir(at) as entries:
                    names = sorted((entry.name for entry in entries), reverse=True)
            except OSError as error:
                yield Skipped(visible(at), _why(error, at))
                continue
            for name in names:
                if name.startswith(".") and name not in (".", ".."):
                    yield Skipped(visible(os.path.join(at, name)), "hidden, so left out; give its name to read it")  # noqa: PTH118
                elif name != manifest.NAME:
                    waiting.append(os.path.join(at, name))  # noqa: PTH118
        elif stat.S_ISLNK(status.st_mode):
            yield _link(at, root, inside)
        else:
            yield _regular(Path(at), root, status)


def _lstat(path: str) -> os.stat_result | OSError:
    try:
        return os.lstat(path)
    except OSError as error:
        return error


def _link(at: str, root: Path, inside: str) -> _Found:
    try:
        status = Path(at).stat()
        target = os.path.realpath(at)
    except OSError as error:
        return Skipped(visible(at), _why(error, at))
    if stat.S_ISDIR(status.st_mode):
        return Skipped(visible(at), "a link to a folder; links to folders are not followed")
    if os.path.commonpath([inside, target]) != inside and stat.S_ISREG(status.st_mode):
        return Skipped(visible(at), "a link that leads out of the folder; give the file's own name to read it")
    return _regular(Path(at), root, status)
