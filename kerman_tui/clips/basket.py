"""The basket: passages she marked, each on the disk before its mark is shown, shared by all sessions of one host.

A clip goes in, clips come out by project, by query or by article. Where the disk cannot keep it (read-only home, full
disk, no home), the basket goes on in memory, says so in ``notice``, and tries the disk again with every change.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import uuid
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from kerman_tui.clips import statements, storage
from kerman_tui.clips.citation import cite
from kerman_tui.clips.statements import Statement
from kerman_tui.model import Article, Clip, Span
from kerman_tui.places import PlaceError, folder
from kerman_tui.text.fold import fold
from kerman_tui.text.safe import visible
from kerman_tui.text.tokens import words

FILE_NAME = "basket.sqlite"

UNDO_STEPS = 500
"""Changes of this session that can be undone."""


class _Step(NamedTuple):
    """What takes one change back, and what it was, in words."""

    words: str
    statements: tuple[Statement, ...]


def new_clip(article: Article, span: Span, project: str = "") -> Clip:
    """The passage of ``article`` at ``span``, whole in itself, with its citation and the present time.

    Raises ValueError when the span lies outside its paragraph or holds nothing but white space.
    """
    text = article.text_of(span.paragraph)
    if not 0 <= span.start < span.end <= len(text) or not text[span.start : span.end].strip():
        raise ValueError(f"there is no text at {span.start} to {span.end} of that paragraph")
    return Clip(
        id=uuid.uuid4().hex,
        text=text[span.start : span.end],
        span=span,
        citation=cite(article, span),
        marked_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        project=project,
    )


class Basket:
    """Clips in the order she gave them. Every method may be called from any thread; none raises for the disk's sake."""

    def __init__(
        self, path: Path | None, database: sqlite3.Connection, notice: str, identity: tuple[int, int] | None
    ) -> None:
        self._path = path
        self._database = database
        self._identity = identity
        self._notice = notice
        self._told = False
        self._lock = threading.RLock()
        self._pending: list[Statement] | None = [] if identity is None else None
        self._undo: deque[_Step] = deque(maxlen=UNDO_STEPS)
        self._revision = 0
        self._seen: int | None = None
        self._cached: tuple[Clip, ...] | None = None
        self._by_article: dict[str, tuple[Clip, ...]] = {}

    @classmethod
    def open(cls, path: Path | None = None) -> Basket:
        """Open the basket at ``path`` (default: the data folder's), or one in memory that says in ``notice`` why."""
        rows: Sequence[tuple[Any, ...]] = ()
        try:
            path = path if path is not None else folder("data") / FILE_NAME
            opened = storage.open_file(path)
            return cls(path, opened.database, opened.notice, opened.identity)
        except storage.StorageError as error:
            why, rows = str(error), error.rows
        except PlaceError as error:
            why = visible(str(error))
        database = storage.open_memory()
        storage.insert_rows(database, rows)
        return cls(path, database, _not_kept(why), None)

    # --- state ---

    @property
    def notice(self) -> str:
        """What the user must know about how her passages are kept; "" when all is well.

        What is over (a damaged file put aside) is said until it was read and something else was marked.
        """
        self._told = True
        return self._notice

    @property
    def kept(self) -> bool:
        """Whether what is marked now is on the disk."""
        return self._pending is None

    @property
    def path(self) -> Path | None:
        """The file, also while it cannot be written; ``None`` where there is no folder for it."""
        return self._path

    @property
    def revision(self) -> int:
        """A number that grows with every change, also by another session. Costs some microseconds."""
        with self._lock:
            self._look()
            return self._revision

    # --- reading ---

    def clips(self, project: str | None = None, query: str = "") -> tuple[Clip, ...]:
        """The clips in her order: of one project (``None``: all), and of those what holds every word of a query.

        Words are looked for, folded and from their beginning, in passage, note, tags, title and outlet.
        """
        found = self._all()
        if project is not None:
            found = tuple(clip for clip in found if clip.project == project)
        wanted = [word.key for word in words(query)]
        if wanted:
            found = tuple(clip for clip in found if _holds(clip, wanted))
        return found

    def projects(self) -> tuple[str, ...]:
        """The names of the projects that hold clips, in alphabetical order."""
        return tuple(sorted({clip.project for clip in self._all()}))

    def spans_of(self, article_id: str) -> tuple[Clip, ...]:
        """The clips of one article, so that they can be shown wherever its passages appear. Cheap to call often."""
        with self._lock:
            self._all()
            return self._by_article.get(article_id, ())

    def get(self, clip_id: str) -> Clip | None:
        """The clip of that id, if it is there."""
        return next((clip for clip in reversed(self._all()) if clip.id == clip_id), None)

    # --- changing ---

    def add(self, clip: Clip) -> Clip:
        """Keep a clip, last of all; when this returns it survives the end of the process (see ``kept``)."""
        self.add_all((clip,))
        return clip

    def add_all(self, clips: Sequence[Clip]) -> None:
        """Keep clips in their order, all of them or none, as one step: one ``undo`` takes them out again."""
        if not clips:
            return
        marks = list(map(statements.insert, clips))
        with self._lock:
            known = self._cached
            if known is not None and not {clip.id for clip in clips}.isdisjoint(clip.id for clip in known):
                known = None
            name = "the mark" if len(clips) == 1 else f"the {len(clips)} marks"
            self._change(marks, _Step(name, tuple(statements.delete(clip.id) for clip in clips)))
            if known is not None:  # all is read again only when more has changed than this
                kept = [storage.clip_of(_row_at(0, clip)) for clip in clips]
                self._cached = (*known, *kept)
                for article in dict.fromkeys(clip.span.article for clip in kept):
                    new = (clip for clip in kept if clip.span.article == article)
                    self._by_article[article] = (*self._by_article.get(article, ()), *new)

    def remove(self, clip_id: str) -> None:
        """Take a clip out; ``undo`` brings it back to its place."""
        self.remove_all((clip_id,))

    def remove_all(self, clip_ids: Sequence[str]) -> None:
        """Take clips out, all of them or none, as one step: one ``undo`` brings them back to their places."""
        with self._lock:
            rows = [row for row in map(self._row, clip_ids) if row]
            if not rows:
                return
            name = "the removal" if len(rows) == 1 else f"the removal of {len(rows)}"
            self._change(
                [statements.delete(row[0]) for row in rows], _Step(name, tuple(map(statements.bring_back, rows)))
            )

    def set_note(self, clip_id: str, note: str) -> None:
        """Give a clip her note."""
        self._set(clip_id, "note", storage.storable(note), "the note")

    def set_tags(self, clip_id: str, tags: Sequence[str]) -> None:
        """Give a clip her tags, in place of those it had."""
        self._set(clip_id, "tags", storage.tags_text(list(dict.fromkeys(tags))), "the tags")

    def set_project(self, clip_id: str, project: str) -> None:
        """Move a clip to another project."""
        self._set(clip_id, "project", storage.storable(project), "the change of project")

    def move(self, clip_id: str, before: str | None) -> None:
        """Put a clip before another; ``None`` puts it last."""
        with self._lock:
            order = [clip.id for clip in self._all()]
            if clip_id not in order or clip_id == before or (before is not None and before not in order):
                return
            at = order.index(clip_id)
            old = order[at + 1] if at + 1 < len(order) else None
            self._change(statements.move(clip_id, before), _Step("the move", tuple(statements.move(clip_id, old))))

    def undo(self) -> str:
        """Take back this session's last change; returns in words what it was, "" when there is nothing left to undo."""
        with self._lock:
            if not self._undo:
                return ""
            step = self._undo.pop()
            self._write(step.statements)
            return step.words

    def close(self) -> None:
        """Try the disk once more if need be, and let the file go. A basket that is not closed loses nothing."""
        with self._lock:
            if self._pending:
                self._return_to_disk()
            with contextlib.suppress(sqlite3.Error):
                self._database.close()

    def __enter__(self) -> Basket:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- how ---

    def _set(self, clip_id: str, column: str, value: str, name: str) -> None:
        with self._lock:
            row = self._row(clip_id)
            if row:
                old = row[storage.COLUMNS.split(", ").index(column)]
                back = statements.set_column(column, clip_id, old)
                self._change([statements.set_column(column, clip_id, value)], _Step(name, (back,)))

    def _row(self, clip_id: str) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self._read(
            lambda: self._database.execute(statements.SELECT_ONE, (clip_id,)).fetchone()
        )
        return found

    def _all(self) -> tuple[Clip, ...]:
        with self._lock:
            self._look()
            if self._cached is None:
                rows = self._read(lambda: self._database.execute(statements.SELECT).fetchall())
                self._cached = tuple(map(storage.clip_of, rows or ()))
                gathered: dict[str, list[Clip]] = {}
                for clip in self._cached:
                    gathered.setdefault(clip.span.article, []).append(clip)
                self._by_article = {article: tuple(clips) for article, clips in gathered.items()}
            return self._cached

    def _look(self) -> None:
        """Forget what was read when another session has written since."""
        self._follow()
        version = self._read(lambda: self._database.execute("PRAGMA data_version").fetchone())
        if version and version[0] != self._seen:
            self._seen = version[0]
            self._changed()

    def _follow(self) -> None:
        """Go over to the file that stands there now, when another session has put a damaged one aside."""
        if self._pending is not None or self._path is None or storage.identity(self._path) == self._identity:
            return
        try:
            opened = storage.open_file(self._path)
        except storage.StorageError as error:
            self._leave_disk(error)
            return
        self._take(opened, opened.notice or "the basket's file was replaced; what it holds now is shown")

    def _take(self, opened: storage.Opened, notice: str) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._database.close()
        self._database, self._identity = opened.database, opened.identity
        self._pending, self._seen = None, None
        self._notice, self._told = notice, False
        self._changed()

    def _changed(self) -> None:
        self._revision += 1
        self._cached = None

    def _read(self, ask: Callable[[], Any]) -> Any:
        with self._lock:
            try:
                return ask()
            except sqlite3.ProgrammingError:
                return None
            except sqlite3.Error as error:
                self._leave_disk(error)
                return ask()

    def _change(self, made: Sequence[Statement], step: _Step) -> None:
        with self._lock:
            self._write(made)
            self._undo.append(step)

    def _write(self, made: Sequence[Statement]) -> None:
        if self._pending is not None:
            self._return_to_disk()
        else:
            if self._told:
                self._notice = ""
            self._follow()
        try:
            self._run(made)
        except (sqlite3.Error, OSError) as error:
            self._leave_disk(error)
            self._run(made)
            self._remember(made)
            if storage.is_damage(error):  # opening it again puts it aside
                self._return_to_disk()
        else:
            self._remember(made)
        self._changed()

    def _remember(self, made: Sequence[Statement]) -> None:
        if self._pending is not None:
            self._pending.extend(made)

    def _run(self, made: Sequence[Statement]) -> None:
        storage.transaction(self._database, lambda: [self._database.execute(sql, values) for sql, values in made])

    def _leave_disk(self, error: Exception) -> None:
        """Go on in memory with all that was known; what changes from here on is kept to be written later."""
        rows: Sequence[tuple[Any, ...]] = storage.read_rows(self._path) if self._path else []
        if not rows and self._cached:
            rows = [_row_at(position, clip) for position, clip in enumerate(self._cached, 1)]
        with contextlib.suppress(sqlite3.Error):
            self._database.close()
        self._database = storage.open_memory()
        storage.insert_rows(self._database, rows)
        if self._pending is None:
            self._pending = []
        self._seen = None
        self._notice, self._told = _not_kept(f"{visible(str(self._path))}: {error}"), False
        self._changed()

    def _return_to_disk(self) -> None:
        """Write what was changed meanwhile, if the disk takes it; into a new file also what was known of the old."""
        if self._path is None:
            return
        try:
            opened = storage.open_file(self._path)
        except storage.StorageError:
            return
        memory, self._database = self._database, opened.database
        try:
            if opened.anew:
                everything = memory.execute(f"SELECT {storage.COLUMNS} FROM clips").fetchall()
                storage.insert_rows(self._database, everything)
            self._run(self._pending or ())
        except (sqlite3.Error, OSError):
            self._database.close()
            self._database = memory
            return
        self._database = memory
        again = "the basket is kept on the disk again, with everything marked meanwhile"
        self._take(opened, opened.notice or again)


def _row_at(position: int, clip: Clip) -> tuple[Any, ...]:
    row = storage.row_of(clip)
    return (*row[:2], position, *row[2:])


def _not_kept(why: str) -> str:
    return f"marked passages are kept in memory only and end with this session: {why}"


def _holds(clip: Clip, wanted: Sequence[str]) -> bool:
    cited = clip.citation
    text = " ".join((clip.text, clip.note, *clip.tags, cited.title, cited.outlet, clip.project))
    keys = {fold(word.text) for word in words(text)}
    return all(any(key.startswith(want) for key in keys) for want in wanted)
