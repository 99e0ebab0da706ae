"""What she asked before: the history of queries, and searches kept under a name with what was new since last time.

Everything lies in two small private folders (``places``): history under "state", saved searches under "data". Files are
replaced whole, never half written; several sessions may use them at once. ``PlaceError`` says when nothing can be kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kerman_tui import places

MAX_HISTORY = 1_000
"""Queries remembered; the oldest are forgotten."""
MAX_QUERY = 2_000
"""Characters of a query beyond which it is not remembered: something was pasted."""
FORM = 1
"""Number of the form of the file of saved searches. One of a newer form is read and never written."""
MAX_SEEN = 200_000
"""Ids of articles remembered for one saved search in one corpus, the latest."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query kept under a name. ``saved_at`` is ISO 8601 in UTC."""

    name: str
    query: str
    saved_at: str


class History:
    """Queries asked, in ``folder`` (default: the program's own), the newest last."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = (folder or places.folder("state", "search")) / "history.jsonl"

    def add(self, query: str) -> None:
        """Remember a query; the same query asked earlier moves to the end. Blank and pasted ones are passed over."""
        kept = " ".join(query.split())
        if not kept or len(kept) > MAX_QUERY:
            return
        with _locked(self._file):
            earlier = [q for q in self.queries() if q != kept]
            lines = [json.dumps(q, ensure_ascii=True) for q in (*earlier, kept)[-MAX_HISTORY:]]
            _replace(self._file, "\n".join(lines) + "\n")

    def queries(self, beginning: str = "") -> list[str]:
        """The queries that begin with ``beginning``, the newest last. Lines that cannot be read are passed over."""
        found = []
        for line in _lines(self._file):
            try:
                query = json.loads(line)
            except ValueError:
                continue
            if isinstance(query, str) and query.startswith(beginning):
                found.append(query)
        return found

    def clear(self) -> None:
        """Forget every query."""
        self._file.unlink(missing_ok=True)


class SavedSearches:
    """Searches kept under a name, in ``folder`` (default: the program's own)."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or places.folder("data", "searches")
        self._file = self._folder / "saved.jsonl"

    def all(self) -> list[SavedSearch]:
        """Every saved search in the order of their names."""
        found: dict[str, SavedSearch] = {}
        for line in _lines(self._file):
            try:
                read: Any = json.loads(line)
                saved = SavedSearch(str(read["name"]), str(read["query"]), str(read["saved_at"]))
            except (ValueError, KeyError, TypeError):
                continue
            found[saved.name] = saved
        return [found[name] for name in sorted(found, key=str.casefold)]

    def get(self, name: str) -> SavedSearch | None:
        """The search saved as ``name``."""
        return next((saved for saved in self.all() if saved.name == name), None)

    def save(self, name: str, query: str) -> SavedSearch:
        """Keep ``query`` as ``name``, in place of what had that name. Raises ValueError for an empty name or query."""
        kept = SavedSearch(" ".join(name.split()), query.strip(), datetime.now(UTC).isoformat(timespec="seconds"))
        if not kept.name or not kept.query:
            raise ValueError("a saved search needs a name and a query")
        with _locked(self._file):
            others = [saved for saved in self.all() if saved.name != kept.name]
            self._write([*others, kept])
        return kept

    def remove(self, name: str) -> bool:
        """Forget the search saved as ``name``, and what was seen of it; whether there was one."""
        with _locked(self._file):
            before = self.all()
            self._write([saved for saved in before if saved.name != name])
        for file in self._folder.glob(f"seen-{_digest(name)}-*.txt"):
            file.unlink(missing_ok=True)
        return any(saved.name == name for saved in before)

    def new(self, name: str, corpus: str, ids: Collection[str]) -> list[str] | None:
        """Those of ``ids`` that were not there when ``seen`` was last called; ``None`` before the first time.

        ``corpus`` tells corpora apart: its name, or the folder it was read from.
        """
        file = self._seen_file(name, corpus)
        if not file.exists():
            return None
        seen = set(_lines(file))
        return [ident for ident in ids if _line(ident) not in seen]

    def seen(self, name: str, corpus: str, ids: Collection[str]) -> None:
        """Remember that these articles were seen under a saved search."""
        file = self._seen_file(name, corpus)
        with _locked(file):
            known = dict.fromkeys([*_lines(file), *(_line(ident) for ident in ids)])
            _replace(file, "".join(f"{line}\n" for line in list(known)[-MAX_SEEN:]))

    def _seen_file(self, name: str, corpus: str) -> Path:
        return self._folder / f"seen-{_digest(name)}-{_digest(corpus)}.txt"

    def _write(self, searches: list[SavedSearch]) -> None:
        form = self._form()
        if form > FORM:
            raise places.PlaceError(f"{self._file}: written by a newer version of the program, so it is left as it is")
        if form < FORM and self._file.exists():
            places.back_up(self._file, form)
        entries: list[dict[str, Any]] = [{"form": FORM}, *(asdict(saved) for saved in searches)]
        _replace(self._file, "".join(json.dumps(entry) + "\n" for entry in entries))

    def _form(self) -> int:
        """The number of the form of the file: its first line says so, and the first form of all had no such line."""
        for line in _lines(self._file)[:1]:
            try:
                form = json.loads(line)["form"]
            except (ValueError, KeyError, TypeError):
                continue
            return form if isinstance(form, int) else 0
        return 0


def _line(ident: str) -> str:
    return json.dumps(ident)


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _lines(file: Path) -> list[str]:
    try:
        return [line for line in places.read_whole(file).decode("utf-8", "replace").split("\n") if line]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise places.PlaceError(f"{file}: {error.strerror or error}") from error


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    """One writer at a time among sessions, where the system has file locks."""
    with ExitStack() as held:
        try:
            held.enter_context(places.alone(file))
        except OSError as error:
            raise places.PlaceError(f"{file}: {error.strerror or error}") from error
        yield


def _replace(file: Path, text: str) -> None:
    """Write a private file whole or not at all."""
    try:
        places.write_whole(file, text)
    except OSError as error:
        raise places.PlaceError(f"{file}: {error.strerror or error}") from error
