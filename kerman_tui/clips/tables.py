"""Any table the program shows as a document: text, Markdown, HTML, CSV that no spreadsheet takes for formulas, JSON."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import unicodedata
from collections.abc import Sequence

from kerman_tui.clips.files import ExportError
from kerman_tui.clips.references import escape_markdown
from kerman_tui.text.safe import visible

TABLE_FORMATS = ("text", "markdown", "html", "csv", "json")


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
        return html_page(title or "Table", html_table(columns, cells))
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


def html_table(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """A table as an HTML element."""
    head = "".join(f"<th>{html_text(column)}</th>" for column in columns)
    body = "\n".join("<tr>" + "".join(f'<td dir="auto">{html_text(c)}</td>' for c in row) + "</tr>" for row in cells)
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


_CSS = (
    "body{font:1em/1.5 serif;max-width:46em;margin:2em auto;padding:0 1em}blockquote{white-space:pre-wrap;margin:0}"
    "figure{margin:0 0 2em;border-left:.2em solid;padding-left:1em}figcaption,.note{font-size:.9em}"
    "table{border-collapse:collapse}td,th{border:1px solid;padding:.3em;text-align:start;vertical-align:top}"
)


def html_page(title: str, body: str) -> str:
    """A self-contained page that loads and runs nothing."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f"<title>{html.escape(title)}</title>\n<style>{_CSS}</style>\n</head>\n<body>\n"
        f"<h1>{html.escape(title)}</h1>\n{body}\n</body>\n</html>\n"
    )


def html_text(text: str) -> str:
    """Text as HTML, its lines kept."""
    return html.escape(text).replace("\n", "<br>")
