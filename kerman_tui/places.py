"""Where the program keeps things: the platform's configuration, data, state and cache folders, private to the user.

Every folder is made with mode 0700 on first use. Where a folder cannot be made or written (no home, read-only
home, full disk) the function raises ``PlaceError`` with words for the user; callers then go on without keeping.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Literal

APP = "kerman-tui"
Place = Literal["config", "data", "state", "cache"]


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

    Raises PlaceError when it cannot be made, is not a directory, or belongs to someone else.
    """
    try:
        path = _base(place)
    except RuntimeError as error:
        raise PlaceError("there is no home folder: set HOME") from error
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        for part in parts:  # one by one, since mkdir gives the mode to the last folder only
            path /= part
            path.mkdir(mode=0o700, exist_ok=True)
        owner = path.stat().st_uid
    except OSError as error:
        raise PlaceError(f"{path}: {error.strerror or error}") from error
    if hasattr(os, "getuid") and owner not in (os.getuid(), 0):
        raise PlaceError(f"{path}: belongs to another user, so nothing is kept there")
    return path


def config_file() -> Path:
    """The user's configuration file; it need not exist, and where there is no home it cannot."""
    try:
        return _base("config") / "config.toml"
    except RuntimeError:
        return Path("/nonexistent") / APP / "config.toml"
