"""Export: clips, a comparison or a table in, a document out as text, Markdown, HTML, CSV, JSON, BibTeX or CSL-JSON.

A document never acts: HTML is escaped and needs nothing from elsewhere, a CSV cell never starts a formula.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from kerman_tui.clips import citation as citing
from kerman_tui.clips import differences
from kerman_tui.clips.entries import bibtex, csl_json
from kerman_tui.clips.files import ExportError
from kerman_tui.clips.references import REFERENCES, SHA_PREFIX, escape_markdown, is_web, iso_day
from kerman_tui.clips.sheets import lines_of
from kerman_tui.clips.tables import html_page, html_table, html_text, table
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
        return html_page(title or "Marked passages", "\n".join(_clip_html(clip, style) for clip in chosen))
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
    address = f' cite="{html.escape(cited.url)}"' if cited.url and is_web(cited.url) else ""
    link = f' <a href="{html.escape(cited.url)}">address</a>' if cited.url and is_web(cited.url) else ""
    note = f'\n<p class="note">{html_text(clip.note)}</p>' if clip.note else ""
    body = f'<blockquote dir="auto"{address}>{html_text(clip.text)}</blockquote>'
    if clip.sheet:
        body = f"<h2>{html_text(clip.sheet.title)}</h2>\n{html_table(clip.sheet.columns, clip.sheet.rows)}"
    return f"<figure>\n{body}\n<figcaption>{reference}{link}</figcaption>{note}\n</figure>"


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
