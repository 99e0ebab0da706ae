"""A comparison to give away: as one HTML file that any browser shows without a script, as Markdown, as plain text.

Everything an article or a file says is escaped for the format; signs beside the colours say what a row is.
"""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from kerman_tui.model import Comparison, Edit, Passage, Row, Side
from kerman_tui.text.safe import make_safe

Format = Literal["html", "markdown", "text"]

SIGNS = {"same": "=", "edited": "~", "moved": "↕", "left": "<", "right": ">"}
"""What stands in the margin of a row."""

WORDS = {"same": "same", "edited": "edited", "moved": "moved", "left": "only left", "right": "only right"}

TEXT_WIDTH = 100

_STYLE = """\
:root { color-scheme: light dark; }
body { font: 16px/1.5 Georgia, serif; margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #8884;
  overflow-wrap: anywhere; }
th.sign, td.sign { width: 2.2rem; text-align: center; font-family: monospace; }
tr.same td { opacity: .75; }
tr.left td.left, tr.right td.right { background: #8881; }
tr.edited td.sign, tr.moved td.sign { font-weight: bold; }
del { background: #d553; } ins { background: #5a53; }
del.minor, ins.minor { background: none; text-decoration: underline dotted; }
p.note { font-size: .9rem; } small { opacity: .75; }
"""


def export(comparison: Comparison, format: Format) -> str:
    """The comparison as a whole document in one of the formats."""
    return {"html": as_html, "markdown": as_markdown, "text": as_text}[format](comparison)


def summary(side: Side) -> str:
    """How much of a side is shared, in words."""
    return f"{side.shared_words:,} of {side.words:,} words shared ({side.coverage:.0%})"


def _facts(comparison: Comparison) -> Iterator[str]:
    yield f"Longest run of words in both: {comparison.longest_run:,}; word for word: {comparison.verbatim_words:,}"
    if comparison.earlier is not None:
        first = comparison.left if comparison.earlier == comparison.left.id else comparison.right
        yield f"Earlier by date: {first.outlet}"
    yield from comparison.evidence
    yield from comparison.notes


# --- HTML -------------------------------------------------------------------------------------------------------


def as_html(comparison: Comparison, citations: Sequence[str] = ()) -> str:
    """A self-contained page: no script, no address that is loaded. ``citations`` stand under its title."""
    escape = _html
    sides = (comparison.left, comparison.right)
    heads = "".join(
        f"<th scope=col>{escape(side.outlet)}<br>{escape(side.title)}<br><small>{escape(summary(side))}</small></th>"
        for side in sides
    )
    facts = "".join(f"<p class=note>{escape(fact)}</p>\n" for fact in (*citations, *_facts(comparison)))
    key = ", ".join(f"{escape(SIGNS[kind])} {word}" for kind, word in WORDS.items())
    rows = "".join(_html_row(row) for row in comparison.rows)
    title = escape(f"{sides[0].outlet} and {sides[1].outlet}, side by side")
    return (
        '<!DOCTYPE html>\n<html lang=en>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n<style>\n{_STYLE}</style>\n'
        f"<h1>{title}</h1>\n{facts}<p class=note>{key}. Removed words are struck out on the left, "
        "added ones underlined on the right.</p>\n"
        f"<table>\n<thead><tr><th class=sign></th>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</html>\n"
    )


def _html(text: str) -> str:
    return html.escape(make_safe(text), quote=True)


def _html_row(row: Row) -> str:
    cells = "".join(
        f"<td class={side} dir=auto>{_marked(passage, _changes(row.edits, side), _html, tag)}</td>"
        for side, passage, tag in (("left", row.left, "del"), ("right", row.right, "ins"))
    )
    sign = f'<td class=sign title="{WORDS[row.kind]}">{_html(SIGNS[row.kind])}</td>'
    return f"<tr class={row.kind}>{sign}{cells}</tr>\n"


def _changes(edits: Sequence[Edit], side: str) -> list[tuple[int, int, bool]]:
    """Where a side was changed, and whether in more than marks and case."""
    if side == "left":
        return [(edit.left_start, edit.left_end, edit.nature == "words") for edit in edits]
    return [(edit.right_start, edit.right_end, edit.nature == "words") for edit in edits]


def _marked(
    passage: Passage | None, changes: list[tuple[int, int, bool]], escape: Callable[[str], str], tag: str
) -> str:
    if passage is None:
        return ""
    out, at = [], 0
    for start, end, words in changes:
        if start == end:
            continue
        kind = tag if words else f"{tag} class=minor"
        out += [escape(passage.text[at:start]), f"<{kind}>", escape(passage.text[start:end]), f"</{tag}>"]
        at = end
    return "".join([*out, escape(passage.text[at:])])


# --- Markdown ---------------------------------------------------------------------------------------------------

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&:/@$^=])")


def as_markdown(comparison: Comparison) -> str:
    """A table of two columns; changed words are bold."""
    left, right = comparison.left, comparison.right
    lines = [f"# {_markdown(left.outlet)} and {_markdown(right.outlet)}, side by side", ""]
    lines += [f"- {_markdown(fact)}" for fact in _facts(comparison)]
    lines += ["", "| | " + " | ".join(f"{_markdown(s.outlet)}: {_markdown(s.title)}" for s in (left, right)) + " |"]
    lines += ["| --- | --- | --- |", f"| | {_markdown(summary(left))} | {_markdown(summary(right))} |"]
    for row in comparison.rows:
        cells = [
            _bold(passage, _changes(row.edits, side)) for side, passage in (("left", row.left), ("right", row.right))
        ]
        lines.append(f"| {_markdown(SIGNS[row.kind])} | {cells[0]} | {cells[1]} |")
    return "\n".join(lines) + "\n"


def _markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(make_safe(text).split()))


def _bold(passage: Passage | None, changes: list[tuple[int, int, bool]]) -> str:
    if passage is None:
        return ""
    out, at = [], 0
    for start, end, _ in changes:
        if start < end and passage.text[start:end].strip():
            out += [_piece(passage.text[at:start]), "**", _piece(passage.text[start:end].strip()), "**"]
            at = end
    return "".join([*out, _piece(passage.text[at:])])


def _piece(text: str) -> str:
    """Escaped, with its outer blanks kept."""
    inner = _markdown(text)
    if not inner:
        return " " if text else ""
    return (" " if text[:1].isspace() else "") + inner + (" " if text[-1:].isspace() else "")


# --- plain text -------------------------------------------------------------------------------------------------


def as_text(comparison: Comparison) -> str:
    """One row after the other, the sign of each in the margin, its edits below."""
    lines = []
    for sign, side in (("<", comparison.left), (">", comparison.right)):
        lines.append(f"{sign} {_line(side.outlet)}: {_line(side.title)}")
        lines.append(f"  {summary(side)}")
    lines += [_line(fact) for fact in _facts(comparison)]
    for row in comparison.rows:
        lines.append("")
        changed = row.left is not None and row.right is not None and row.left.text != row.right.text
        shown = (row.left, row.right) if changed else (row.left or row.right,)
        for number, passage in enumerate(shown):
            if passage is not None:
                mark = f"{SIGNS[row.kind]}{'<>'[number] if changed else ' '} "
                lines += textwrap.wrap(
                    _line(passage.text),
                    TEXT_WIDTH,
                    initial_indent=mark,
                    subsequent_indent="   ",
                    break_on_hyphens=False,
                )
        lines += [f"     {edit.nature}: “{_line(edit.left)}” → “{_line(edit.right)}”" for edit in row.edits]
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    return " ".join(make_safe(text).split())
