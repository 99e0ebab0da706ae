"""Citations: an article and a span in, a receipt out that a desk can check, in the style or template the desk wants."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from kerman_tui.clips.entries import bibtex, csl_json
from kerman_tui.clips.references import REFERENCES, SHA_PREFIX, bare_byline, escape_markdown, iso_day, one_line
from kerman_tui.clips.tables import table
from kerman_tui.model import Article, Citation, Clip, Span
from kerman_tui.text.safe import make_safe_line, visible

STYLES = ("plain", "markdown", "chicago", "apa", "bibtex", "csl-json")


class CitationError(ValueError):
    """A style or a template that cannot be used; the message says why and what there is instead."""


def cite(article: Article, span: Span) -> Citation:
    """The receipt of a span of an article. The line is that at which the span's paragraph begins in the source."""
    return Citation(
        outlet=make_safe_line(article.outlet),
        title=make_safe_line(article.title),
        published=article.published,
        byline=article.byline and make_safe_line(article.byline),
        url=article.url and make_safe_line(article.url),
        source=article.source.name,
        line=article.line_of(span.paragraph),
        sha256=article.source.sha256,
    )


def render(cited: Citation | Clip, style: str = "plain") -> str:
    """A citation, or a clip (its passage, then its citation), in one of ``STYLES`` or by a template.

    A style with a brace in it is a template: ``"{text} ({outlet}, {date}, {source}:{line})"`` with the names of
    ``_fill``, ``{{`` for a brace. ``bibtex`` and ``csl-json`` give the entry of the article, with the passage as its
    annotation. Raises CitationError for a style or a field that does not exist.
    """
    clip = cited if isinstance(cited, Clip) else None
    citation = cited.citation if isinstance(cited, Clip) else cited
    if "{" in style:
        return _fill(style, citation, clip)
    if style == "bibtex":
        return bibtex([cited])
    if style == "csl-json":
        return csl_json([cited])
    if style not in REFERENCES:
        raise CitationError(f"no style is called {visible(style)!r}; there are {', '.join(STYLES)}, and templates")
    reference = REFERENCES[style](citation)
    if clip is None:
        return reference
    if style == "markdown":
        return in_markdown(clip, reference)
    return f"{clip.text}\n— {reference}"


def in_markdown(clip: Clip, reference: str) -> str:
    """A clip with its citation in Markdown: a passage as a quotation, a table as a table."""
    if clip.sheet is None:
        return f"{quoted(clip.text)}\n>\n> — {reference}"
    return f"{table(clip.sheet.columns, clip.sheet.rows, 'markdown')}\n— {reference}"


def quoted(text: str) -> str:
    """A passage as a Markdown quotation, each of its lines escaped."""
    return "\n".join(f"> {escape_markdown(line)}".rstrip() for line in text.splitlines())


_FIELD = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def _fill(template: str, citation: Citation, clip: Clip | None) -> str:
    day = iso_day(citation)
    values: dict[str, Callable[[], str]] = {
        "text": lambda: clip.text if clip else "",
        "outlet": lambda: citation.outlet,
        "author": lambda: bare_byline(citation.byline or ""),
        "title": lambda: one_line(citation.title),
        "date": lambda: day,
        "url": lambda: citation.url or "",
        "source": lambda: visible(citation.source),
        "line": lambda: str(citation.line) if citation.line else "",
        "sha256": lambda: citation.sha256[:SHA_PREFIX],
        "project": lambda: clip.project if clip else "",
        "note": lambda: clip.note if clip else "",
        "tags": lambda: ", ".join(clip.tags) if clip else "",
        "marked_at": lambda: clip.marked_at if clip else "",
        **{style: partial(reference, citation) for style, reference in REFERENCES.items()},
    }

    def field(match: re.Match[str]) -> str:
        whole = match.group()
        if whole in ("{{", "}}"):
            return whole[0]
        name = (match.group(1) or "").strip()
        if name not in values:
            raise CitationError(f"{visible(whole)} in the template is no field; there are {', '.join(values)}")
        return values[name]()

    return _FIELD.sub(field, template.replace("\\n", "\n").replace("\\t", "\t"))
