"""Export: clips, a comparison or a table in, a document out as text, Markdown, HTML, CSV, JSON, BibTeX or CSL-JSON.

A document never acts: HTML is escaped and needs nothing from elsewhere, a CSV cell never starts a formula. ``save``
writes a document to the file she names, and never over another without being told to.
"""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from kerman_tui.clips import citation as citing
from kerman_tui.clips import differences
from kerman_tui.clips.entries import bibtex, csl_json
from kerman_tui.clips.references import REFERENCES, SHA_PREFIX, escape_markdown, iso_day
from kerman_tui.clips.sheets import lines_of
from kerman_tui.model import Citation, Clip, Comparison, Passage, Row, Sheet
from kerman_tui.text.safe import visible

FORMATS: Mapping[str, str] = {
    "text": "txt",
    "markdown": "md",
    "html": "html",
    "csv": "csv",
    "json": "json",
    "bibtex": "bib",
    "csl-json": "csl.json",
}
"""Formats of an export and the ending a file of each gets."""

TABLE_FORMATS = ("text", "markdown", "html", "csv", "json")

SLUG_LENGTH = 80
"""Letters of a file name made from a title."""


class ExportError(Exception):
    """A document could not be made or saved; the message says which file and why."""


class AlreadyThereError(ExportError):
    """The file is there already; ``save`` with ``overwrite`` replaces it."""


# --- clips ------------------------------------------------------------------------------------------------------


def clips(chosen: Sequence[Clip], form: str = "text", style: str = "plain", title: str = "") -> str:
    """The clips as one document in one of ``FORMATS``. ``style`` is that of the citations in text, Markdown and HTML.

    Raises ExportError for an unknown format and CitationError for an unknown style.
    """
    if form == "text":
        return "".join(f"{_with_note(clip, citing.render(clip, style))}\n\n" for clip in chosen).removesuffix("\n")
    if form == "markdown":
        return _clips_markdown(chosen, style, title)
    if form == "html":
        return _page(title or "Marked passages", "\n".join(_clip_html(clip, style) for clip in chosen))
    if form == "csv":
        return _clips_csv(chosen)
    if form == "json":
        return json.dumps([clip_object(clip) for clip in chosen], ensure_ascii=False, indent=2) + "\n"
    if form == "bibtex":
        return bibtex(chosen) + "\n"
    if form == "csl-json":
        return csl_json(chosen) + "\n"
    raise ExportError(f"there is no format {visible(form)!r}; there are {', '.join(FORMATS)}")


def clip_object(clip: Clip) -> dict[str, Any]:
    """A clip as a JSON object; ``span`` has the fields of the contract's spans. ``table`` is null for a passage."""
    cited = clip.citation
    return {
        "id": clip.id,
        "project": clip.project,
        "text": clip.text,
        "article": clip.span.article,
        "span": {
            "paragraph": clip.span.paragraph,
            "start": clip.span.start,
            "end": clip.span.end,
            "text": clip.text,
        },
        "outlet": cited.outlet,
        "title": cited.title,
        "published": cited.published,
        "byline": cited.byline,
        "url": cited.url,
        "source": visible(cited.source),
        "line": cited.line or None,
        "sha256": cited.sha256,
        "marked_at": clip.marked_at,
        "note": clip.note,
        "tags": list(clip.tags),
        "table": _sheet_object(clip.sheet) if clip.sheet else None,
    }


def _sheet_object(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "columns": list(sheet.columns),
        "rows": [list(row) for row in sheet.rows],
        "corpus": sheet.corpus,
        "query": sheet.query,
    }


_CLIP_COLUMNS = (
    "text outlet title author date address source line sha256 project note tags marked".split()
)  # fmt: skip


def _clips_csv(chosen: Sequence[Clip]) -> str:
    """A row for each passage; a table alone keeps its columns, among others each of its rows is a passage."""
    if len(chosen) == 1 and (sheet := chosen[0].sheet) is not None:
        reference = citing.render(chosen[0].citation)
        return table((*sheet.columns, "citation"), [(*row, reference) for row in sheet.rows], "csv")
    rows = [
        _clip_cells(clip, text)
        for clip in chosen
        for text in ((clip.text,) if clip.sheet is None else lines_of(clip.sheet))
    ]
    return table(_CLIP_COLUMNS, rows, "csv")


def _clip_cells(clip: Clip, text: str) -> list[str]:
    cited = clip.citation
    return [
        *(text, cited.outlet, cited.title, cited.byline or "", iso_day(cited), cited.url or ""),
        *(visible(cited.source), str(cited.line or ""), cited.sha256[:SHA_PREFIX]),
        *(clip.project, clip.note, ", ".join(clip.tags), clip.marked_at),
    ]


def _with_note(clip: Clip, rendered: str) -> str:
    return f"{rendered}\nNote: {clip.note}" if clip.note else rendered


def _clips_markdown(chosen: Sequence[Clip], style: str, title: str) -> str:
    parts = [f"# {escape_markdown(title)}"] if title else []
    for clip in chosen:
        if clip.sheet:
            parts.append(f"**{escape_markdown(clip.sheet.title)}**")
        parts.append(citing.in_markdown(clip, citing.render(clip.citation, "markdown" if style == "plain" else style)))
        if clip.note:
            parts.append("\n".join(map(escape_markdown, clip.note.splitlines())))
    return "\n\n".join(parts) + "\n"


def _clip_html(clip: Clip, style: str) -> str:
    cited = clip.citation
    reference = html.escape(citing.render(cited, style))
    address = f' cite="{html.escape(cited.url)}"' if cited.url and _is_web(cited.url) else ""
    link = f' <a href="{html.escape(cited.url)}">address</a>' if cited.url and _is_web(cited.url) else ""
    note = f'\n<p class="note">{_html_text(clip.note)}</p>' if clip.note else ""
    body = f'<blockquote dir="auto"{address}>{_html_text(clip.text)}</blockquote>'
    if clip.sheet:
        body = f"<h2>{_html_text(clip.sheet.title)}</h2>\n{_html_table(clip.sheet.columns, clip.sheet.rows)}"
    return f"<figure>\n{body}\n<figcaption>{reference}{link}</figcaption>{note}\n</figure>"


def _is_web(url: str) -> bool:
    """Only such addresses become links: ``javascript:`` and the like stay text."""
    return re.match(r"(?i)https?://[^\s]+$", url) is not None


# --- comparison -------------------------------------------------------------------------------------------------


def comparison(compared: Comparison, left: Citation, right: Citation, form: str = "text", style: str = "plain") -> str:
    """Two articles as text, Markdown, CSV or JSON: shares, aligned passages with differences, what each has alone.

    The page to look at is ``compare.export``'s.
    """
    if form == "json":
        cited = {"left": csl_json([left]), "right": csl_json([right])}
        sources = {side: json.loads(text)[0] for side, text in cited.items()}
        return json.dumps({**msgspec.to_builtins(compared), "citations": sources}, ensure_ascii=False, indent=2) + "\n"
    rows = [_row_cells(row) for row in compared.rows]
    if form == "csv":
        return table(("kind", left.outlet, right.outlet, "similarity", "differences"), rows, form)
    if form not in ("text", "markdown"):
        raise ExportError(f"a comparison cannot be written as {visible(form)!r}")
    plain = REFERENCES.get(style, REFERENCES["plain"])
    if form == "markdown":
        plain = REFERENCES["markdown"]
    head = [f"A — {plain(left)}", f"B — {plain(right)}"]
    shares = f"Shared: {compared.left.coverage:.0%} of A, {compared.right.coverage:.0%} of B"
    blocks = [_row_text(row, form) for row in compared.rows]
    return "\n\n".join(["\n".join(head), shares, *blocks]) + "\n"


def _row_cells(row: Row) -> list[str]:
    left, right = _text_of(row.left), _text_of(row.right)
    both = differences.marked(left, right, row.edits) if row.left and row.right and left != right else ""
    return [row.kind, left, right, f"{row.similarity:.2f}", both]


def _text_of(passage: Passage | None) -> str:
    return passage.text if passage else ""


def _row_text(row: Row, form: str) -> str:
    left, right = _text_of(row.left), _text_of(row.right)
    if row.left and row.right:
        moved = ", moved" if row.kind == "moved" else ""
        if left == right:
            label, body = f"same{moved}", left
        else:
            label, body = f"edited{moved}", differences.marked(left, right, row.edits)
    else:
        label, body = ("A only", left) if row.left else ("B only", right)
    if form == "markdown":
        return f"**{label}**\n\n{citing.quoted(body)}"
    return f"[{label}]\n{body}"


# --- tables -----------------------------------------------------------------------------------------------------


def table(columns: Sequence[str], rows: Sequence[Sequence[object]], form: str = "text", title: str = "") -> str:
    """Any table the program shows, in one of ``TABLE_FORMATS``. ``None`` is an empty cell. Raises ExportError."""
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if form == "csv":
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow([formula_safe(column) for column in columns])
        writer.writerows([[formula_safe(cell) for cell in row] for row in cells])
        return stream.getvalue()
    if form == "json":
        return json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=2) + "\n"
    if form == "html":
        return _page(title or "Table", _html_table(columns, cells))
    lines = [[" ".join(cell.split()) for cell in row] for row in ([str(c) for c in columns], *cells)]
    if form == "markdown":
        escaped = [[escape_markdown(cell) for cell in row] for row in lines]
        drawn = [f"| {' | '.join(row)} |" for row in escaped]
        return "\n".join([drawn[0], f"|{' --- |' * len(columns)}", *drawn[1:]]) + "\n"
    if form == "text":
        widths = [max(_width(row[i]) for row in lines) for i in range(len(columns))]
        drawn = [
            "  ".join(c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True)).rstrip() for row in lines
        ]
        return "\n".join([drawn[0], "  ".join("-" * width for width in widths), *drawn[1:]]) + "\n"
    raise ExportError(f"a table cannot be written as {visible(form)!r}; there are {', '.join(TABLE_FORMATS)}")


def _html_table(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{_html_text(column)}</th>" for column in columns)
    body = "\n".join("<tr>" + "".join(f'<td dir="auto">{_html_text(c)}</td>' for c in row) + "</tr>" for row in cells)
    return f"<table>\n<tr>{head}</tr>\n{body}\n</table>"


def formula_safe(cell: str) -> str:
    """A CSV cell that no spreadsheet takes for a formula: an apostrophe before what would start one (OWASP)."""
    start = unicodedata.normalize("NFKC", cell[:1])
    return f"'{cell}" if start in ("=", "+", "-", "@", "\t", "\r", "\n") and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"[+-]\d+(?:\.\d+)?", cell, re.ASCII) is not None


def _width(text: str) -> int:
    """Columns a text takes in a terminal, near enough for a table."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


# --- HTML -------------------------------------------------------------------------------------------------------

_CSS = (
    "body{font:1em/1.5 serif;max-width:46em;margin:2em auto;padding:0 1em}blockquote{white-space:pre-wrap;margin:0}"
    "figure{margin:0 0 2em;border-left:.2em solid;padding-left:1em}figcaption,.note{font-size:.9em}"
    "table{border-collapse:collapse}td,th{border:1px solid;padding:.3em;text-align:start;vertical-align:top}"
)


def _page(title: str, body: str) -> str:
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f"<title>{html.escape(title)}</title>\n<style>{_CSS}</style>\n</head>\n<body>\n"
        f"<h1>{html.escape(title)}</h1>\n{body}\n</body>\n</html>\n"
    )


def _html_text(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


# --- files ------------------------------------------------------------------------------------------------------


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
