"""Her corrections of what the program believes about people: operations with undo, in a small TOML file of her own.

A correction names people by their names, never by numbers, so that the file survives re-indexing and can be given to
colleagues. Nothing here changes in place: every operation gives a new ``Corrections``.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kerman_tui.places import alone, back_up, folder, read_whole, write_whole

Kind = Literal["merge", "split", "rename", "not a person", "leader", "no leader"]
KINDS: tuple[Kind, ...] = ("merge", "split", "rename", "not a person", "leader", "no leader")
FILE = "corrections.toml"
FORM = 1
"""Number of the form of the file. One of an older form is copied before it is written, one of a newer left alone."""
_HEAD = "# What people are called and who they are, corrected by hand. Later entries win over earlier ones.\n"


class CorrectionsError(Exception):
    """The file of corrections cannot be read or written; the message says which file and why."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One operation. ``merge``: the names are one person, called by the first. ``split``: the first name is a person
    apart from the others (or from everyone). ``rename``: the first is called by the second. Else: names one person."""

    kind: Kind
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corrections:
    """All corrections in the order they were made."""

    made: tuple[Correction, ...] = ()
    undone: tuple[Correction, ...] = ()
    """What was taken back last, for redo; not kept in the file."""

    def __iter__(self) -> Iterator[Correction]:
        return iter(self.made)

    def __len__(self) -> int:
        return len(self.made)

    def add(self, kind: Kind, *names: str) -> Corrections:
        """With one more correction. Raises ValueError for a wrong number of names."""
        wanted = {"merge": 2, "rename": 2}.get(kind, 1)
        cleaned = tuple(" ".join(name.split()) for name in names)
        if len(cleaned) < wanted or not all(cleaned):
            raise ValueError(f"{kind}: needs {'two names' if wanted == 2 else 'a name'}")
        return Corrections((*self.made, Correction(kind, cleaned)))

    def merge(self, name: str, *others: str) -> Corrections:
        """The names are one person, called by the first."""
        return self.add("merge", name, *others)

    def split(self, name: str, *others: str) -> Corrections:
        """The name is a person apart from ``others``, or, without any, from everyone it was joined with."""
        return self.add("split", name, *others)

    def rename(self, name: str, new: str) -> Corrections:
        """The person of that name is shown as ``new``."""
        return self.add("rename", name, new)

    def not_a_person(self, name: str) -> Corrections:
        """The name is nobody's."""
        return self.add("not a person", name)

    def leader(self, name: str, is_leader: bool = True) -> Corrections:
        """The person is a leader, or is none."""
        return self.add("leader" if is_leader else "no leader", name)

    def undo(self) -> Corrections:
        """Without the last correction; unchanged when there is none."""
        return Corrections(self.made[:-1], (*self.undone, self.made[-1])) if self.made else self

    def redo(self) -> Corrections:
        """With the correction that was taken back last; unchanged when there is none."""
        return Corrections((*self.made, self.undone[-1]), self.undone[:-1]) if self.undone else self

    def with_all(self, other: Corrections) -> Corrections:
        """A colleague's corrections added to these, without repeating what stands here already."""
        here = frozenset(self.made)
        return Corrections((*self.made, *(c for c in other.made if c not in here)))


def corrections_file() -> Path:
    """Where her corrections are kept. Raises PlaceError when there can be no such place."""
    return folder("config") / FILE


def load_corrections(path: Path | None = None) -> Corrections:
    """Read corrections; a file that is not there holds none. Raises CorrectionsError, PlaceError."""
    path = path or corrections_file()
    try:
        data = tomllib.loads(read_whole(path).decode("utf-8"))
    except FileNotFoundError:
        return Corrections()
    except (OSError, ValueError, RecursionError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or error
        raise CorrectionsError(f"{path}: cannot be read ({why}); corrections are not applied") from error
    form = _form(data)
    if form > FORM:
        raise CorrectionsError(f"{path}: written by a newer version of the program; corrections are not applied")
    entries = data.get("correction", [])
    made = []
    for number, entry in enumerate(entries if isinstance(entries, list) else [None], 1):
        what = entry.get("what") if isinstance(entry, dict) else None
        names = entry.get("names") if isinstance(entry, dict) else None
        kind = next((known for known in KINDS if known == what), None)
        if kind is None or not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
            raise CorrectionsError(f"{path}: entry {number} is not a correction; corrections are not applied")
        made.append(Correction(kind, tuple(names)))
    return Corrections(tuple(made))


def save_corrections(corrections: Corrections, path: Path | None = None, *, before: Corrections | None = None) -> Path:
    """Write the file whole or not at all, readable by its owner alone. Raises CorrectionsError, PlaceError.

    ``before`` are the corrections as this session knew them before its change: what another session has added to the
    file since then stays. A file that cannot be understood is never written over.
    """
    path = path or corrections_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with alone(path):
            others = _of_others(path, before) if before is not None else ()
            known = frozenset(corrections.made)
            _write(path, (*corrections, *(one for one in others if one not in known)))
    except CorrectionsError as error:
        raise CorrectionsError(f"{error}; the file is left as it is, and this one holds until you leave") from error
    except OSError as error:
        raise CorrectionsError(
            f"{path}: cannot be written ({error.strerror or error}); the correction holds until you leave"
        ) from error
    return path


def _of_others(path: Path, before: Corrections) -> tuple[Correction, ...]:
    known = frozenset(before.made)
    return tuple(one for one in load_corrections(path) if one not in known)


def _form(data: Mapping[str, object]) -> int:
    form = data.get("form", 0)
    return form if isinstance(form, int) else 0


def _write(path: Path, corrections: Iterable[Correction]) -> None:
    if path.exists():
        load_corrections(path)
        form = _form(tomllib.loads(read_whole(path).decode("utf-8")))
        if form < FORM:
            back_up(path, form)
    lines = [f"{_HEAD}form = {FORM}\n"]
    for correction in corrections:
        names = ", ".join(_quoted(name) for name in correction.names)
        lines.append(f"[[correction]]\nwhat = {_quoted(correction.kind)}\nnames = [{names}]\n")
    write_whole(path, "\n".join(lines))


def _quoted(text: str) -> str:
    """A TOML basic string; TOML knows every escape that JSON writes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
