"""A comparison on the screen as a document: two articles in full with citations, three and four in columns."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kerman_tui.model import Article, Citation, Comparison, Span
from kerman_tui.tui.beats import LETTERS, SIGNS, Beat


def comparison_document(
    articles: Sequence[Article], comparisons: Sequence[Comparison], beats: Sequence[Beat], form: str
) -> str:
    """The comparison of the first article with each other one, in a format of ``clips.export``; "" while there is none.

    Raises ExportError for a format that a comparison cannot be written in.
    """
    from kerman_tui.clips import export
    from kerman_tui.clips.citation import cite

    if not comparisons:
        return ""
    cited = [cite(one, Span(one.id, None, 0, len(one.title))) for one in articles]
    if form in ("html", "csv") and len(comparisons) > 1:
        return _in_columns(cited, beats, form)
    if form == "html":
        from kerman_tui.clips.references import REFERENCES
        from kerman_tui.compare.export import as_html

        return as_html(comparisons[0], [f"{LETTERS[at]} — {REFERENCES['plain'](one)}" for at, one in enumerate(cited)])
    texts = [export.comparison(one, cited[0], other, form) for one, other in zip(comparisons, cited[1:], strict=True)]
    if form == "json" and len(texts) > 1:
        return json.dumps([json.loads(text) for text in texts], ensure_ascii=False, indent=2) + "\n"
    return "\n".join(texts)


def _in_columns(cited: Sequence[Citation], beats: Sequence[Beat], form: str) -> str:
    """A table with a column for each article, its citation first, and the sign of every passage before it."""
    from kerman_tui.clips.references import REFERENCES
    from kerman_tui.clips.tables import table

    names = [f"{LETTERS[at]}: {one.outlet}" for at, one in enumerate(cited)]
    rows = [
        [
            "\n".join(f"{SIGNS[part.kind]} {part.passage.text}" if column else part.passage.text for part in parts)
            for column, parts in enumerate(beat.parts)
        ]
        for beat in beats
    ]
    return table(names, [[REFERENCES["plain"](one) for one in cited], *rows], form, " and ".join(names))
