"""Documents into files that she names: whole or not at all, and never over what is there without her word."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from kerman_tui.text.safe import visible

SLUG_LENGTH = 80
"""Letters of a file name made from a title."""


class ExportError(Exception):
    """A document could not be made or saved; the message says which file and why."""


class AlreadyThereError(ExportError):
    """The file is there already; ``save`` with ``overwrite`` replaces it."""


def slug(title: str, fallback: str = "passages") -> str:
    """A file name (without ending) made of a title: letters, digits and hyphens of any script, never a path."""
    name = re.sub(r"[^\w]+|_+", "-", unicodedata.normalize("NFKC", title)).strip("-").lower()[:SLUG_LENGTH].strip("-")
    while len(name.encode()) > 200:
        name = name[:-1]
    return name or fallback


def save(text: str, path_text: str, overwrite: bool = False) -> Path:
    """Write a document to the file she typed (``~`` understood); returns its path.

    The file appears whole or not at all. Raises ExportError, with the file and the reason, when it is there already
    and ``overwrite`` is false, and when it cannot be written.
    """
    typed = path_text.strip()
    if not typed or "\0" in typed:
        raise ExportError("no file was named")
    try:
        path = Path(typed).expanduser()
    except RuntimeError as error:
        raise ExportError(f"{visible(typed)}: there is no such home folder") from error
    shown = visible(str(path))
    try:
        if path.is_dir():
            raise ExportError(f"{shown}: is a folder; name a file in it")
        _write(path, text, overwrite)
    except FileExistsError as error:
        raise AlreadyThereError(f"{shown}: is there already and was left as it is") from error
    except OSError as error:
        raise ExportError(f"{shown}: {error.strerror or error}") from error
    return path


def _write(path: Path, text: str, overwrite: bool) -> None:
    """Write beside the place and move into it, so that a full disk or a kill leaves what was there."""
    if not overwrite and os.path.lexists(path):
        raise FileExistsError(path)
    if overwrite and path.exists() and not path.is_file():  # a pipe or a device is written to, not replaced
        path.write_text(text, encoding="utf-8", newline="")
        return
    target = path.resolve() if overwrite else path
    draft = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
    mode = target.stat().st_mode & 0o777 if overwrite and target.exists() else 0o666
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if overwrite:
            draft.replace(target)
        else:
            _claim(draft, target)
    finally:
        draft.unlink(missing_ok=True)


def _claim(draft: Path, target: Path) -> None:
    """Give a file its name unless another has it. Raises FileExistsError."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: make the name first, which only one can
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666))
        draft.replace(target)
