"""What whoever collected the files knows about them: ``manifest.toml`` beside the files, read but never an article."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from kerman_tui.ingest.dates import read_date
from kerman_tui.text.safe import make_safe_line, visible

NAME = "manifest.toml"
_LARGEST = 4 << 20


@dataclass(frozen=True, slots=True)
class Known:
    """What a manifest says about one file; ``None`` where it says nothing.

    ``event`` is the day of the event that an undated text reports, from which the "Thursday" in it can be counted.
    """

    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    published: str | None = None
    event: str | None = None


NOTHING = Known()


class Manifests:
    """The manifests of the folders that are read, each loaded once. ``problems`` names those that could not be."""

    def __init__(self) -> None:
        self._rules: dict[Path, tuple[tuple[str, Known], ...]] = {}
        self._nearest: dict[tuple[str, str], list[Path]] = {}
        self.problems: list[tuple[str, str]] = []

    def about(self, file: Path, root: Path) -> Known:
        """What the nearest manifest says about ``file``, from its own folder up to ``root``."""
        where = os.path.dirname(file), os.fspath(root)  # noqa: PTH120 - asked for every file of a corpus
        folders = self._nearest.get(where)
        if folders is None:
            folders = self._nearest[where] = [folder for folder in _up(file.parent, root) if self._of(folder)]
        for folder in folders:
            relative = file.relative_to(folder).as_posix()
            for pattern, known in self._of(folder):
                if relative == pattern or file.name == pattern or fnmatchcase(relative, pattern):
                    return known
        return NOTHING

    def _of(self, folder: Path) -> tuple[tuple[str, Known], ...]:
        if folder not in self._rules:
            self._rules[folder] = self._load(folder / NAME)
        return self._rules[folder]

    def _load(self, path: Path) -> tuple[tuple[str, Known], ...]:
        try:
            if not path.is_file():
                return ()
            if path.stat().st_size > _LARGEST:
                raise ValueError("larger than 4 MiB")
            table = tomllib.loads(path.read_text("utf-8"))
            sources = table.get("source", [])
            if not isinstance(sources, list):
                raise ValueError("`source` is no list of tables: write [[source]] above each")
            return tuple(_rule(source) for source in sources if isinstance(source, Mapping) and source.get("file"))
        except (OSError, ValueError, RecursionError) as error:
            self.problems.append((visible(str(path)), f"the manifest cannot be read and is left out: {error}"))
            return ()


def _up(folder: Path, root: Path) -> Iterator[Path]:
    """``folder`` and those that it lies in, up to ``root``."""
    yield folder
    while folder != root and folder.parent != folder and root in folder.parents:
        folder = folder.parent
        yield folder


def _rule(source: Mapping[str, object]) -> tuple[str, Known]:
    def text(name: str) -> str | None:
        value = source.get(name)
        return make_safe_line(str(value)) or None if value is not None else None

    return str(source["file"]), Known(
        outlet=text("outlet"),
        url=text("url"),
        language=text("language"),
        published=read_date(text("published") or text("date") or "").iso,
        event=read_date(text("event") or text("event_date") or "").iso,
    )
