"""Where the program keeps things: the platform's configuration, data, state and cache folders, private to the user.

Every folder is made with mode 0700 on first use, and every file of hers is written by ``write_whole``. Where a folder
cannot be made, written or trusted (no home, read-only home, full disk, open to other users) the function raises
``PlaceError`` with words for the user; callers then go on without keeping.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

APP = "kerman-tui"
Place = Literal["config", "data", "state", "cache"]

_OPEN_TO_OTHERS = stat.S_IWGRP | stat.S_IWOTH


class PlaceError(Exception):
    """A folder of the program cannot be used; the message says which and why."""


@cache
def _base(place: Place) -> Path:
    import platformdirs

    find = {
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
        "state": platformdirs.user_state_path,
        "cache": platformdirs.user_cache_path,
    }[place]
    return find(APP, appauthor=False)


def folder(place: Place, *parts: str) -> Path:
    """The folder for ``place`` (with subfolders ``parts``), made private if it was not there.

    Raises PlaceError when it cannot be made, is not a directory, belongs to someone else, was reached by someone
    else's link, or, for a cache, when others may have put something into it.
    """
    try:
        path = _base(place)
    except RuntimeError as error:
        raise PlaceError("there is no home folder: set HOME") from error
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        _check(path, place)
        for part in parts:  # one by one, since mkdir gives the mode to the last folder only
            path /= part
            path.mkdir(mode=0o700, exist_ok=True)
            _check(path, place)
    except OSError as error:
        raise PlaceError(f"{path}: {error.strerror or error}") from error
    return path


def _check(path: Path, place: Place) -> None:
    """Raise PlaceError unless nobody but this user (or root) decides what lies in the folder."""
    if not hasattr(os, "getuid"):
        return
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        if found.st_uid not in (os.getuid(), 0):
            raise PlaceError(f"{path}: a link that another user made, so nothing is kept there")
        found = path.stat()
    if found.st_uid not in (os.getuid(), 0):
        raise PlaceError(f"{path}: belongs to another user, so nothing is kept there")
    if found.st_mode & _OPEN_TO_OTHERS:
        if place == "cache":
            raise PlaceError(
                f"{path}: other users may write there, so nothing is taken from it: chmod 700 or remove it"
            )
        path.chmod(stat.S_IMODE(found.st_mode) & ~_OPEN_TO_OTHERS)


def open_regular(path: Path) -> int:
    """Open a file for reading and return the descriptor. Raises OSError, also for a pipe or a device, and at once."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    return descriptor


def read_whole(path: Path) -> bytes:
    """What a file of hers holds. Raises OSError, also for a pipe, which would be waited for without end."""
    with os.fdopen(open_regular(path), "rb") as file:
        return file.read()


def write_whole(path: Path, content: bytes | str, *, durable: bool = True) -> None:
    """Write a file wholly or not at all, with mode 0600; what stood there before stays until all is written.

    ``durable`` makes it outlive a power cut too; a cache need not. A link of hers is followed, so that a file may live
    elsewhere. Raises OSError (full disk, no permission); nothing is left behind then.
    """
    import tempfile

    target = Path(os.path.realpath(path))
    handle, draft = tempfile.mkstemp(prefix=f".{target.name[:80]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        Path(draft).replace(target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    if durable:
        _sync_folder(target.parent)


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock that belongs to a file of hers, so that sessions write it one after the other.

    The lock is the system's and ends with the process. Raises OSError where no lock file can be made.
    """
    try:
        import fcntl
    except ImportError:  # pragma: no cover  (no POSIX)
        yield
        return
    descriptor = os.open(path.with_name(f".{path.name}.lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _sync_folder(path: Path) -> None:
    """Put a rename on the disk, on file systems that know how."""
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def back_up(path: Path, version: int) -> Path:
    """Copy a file of version ``version`` beside itself before it is written in a newer form; returns the copy.

    A copy that was made before is never written over. Raises OSError.
    """
    copy, n = path.with_name(f"{path.name}.version-{version}"), 1
    while copy.exists():
        n += 1
        copy = path.with_name(f"{path.name}.version-{version}-{n}")
    write_whole(copy, path.read_bytes())
    return copy


def config_file() -> Path:
    """The user's configuration file; it need not exist, and where there is no home it cannot."""
    try:
        return _base("config") / "config.toml"
    except RuntimeError:
        return Path("/nonexistent") / APP / "config.toml"
