"""PDF documents, by pypdf where it is installed (``kerman-tui[pdf]``): their text, cleaned as scraped text is."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import replace

from msgspec import structs

from kerman_tui.ingest import dates
from kerman_tui.ingest.draft import Draft, Problem, clean_title
from kerman_tui.ingest.lines import lines_of
from kerman_tui.ingest.page import article_of
from kerman_tui.ingest.readers import Page

_MOST_PAGES = 500
_HYPHENATED = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_WRAPPED = re.compile(r"(?<=[^\s.!?:;\"”])[^\S\n]*\n(?=[^\W\d_])")


def read(source: Page) -> Iterator[Draft | Problem]:
    """Yield the article that a PDF holds, or why there is none."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        yield Problem("PDF is read only where kerman-tui[pdf] is installed")
        return
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        document = PdfReader(io.BytesIO(source.data), strict=False)
        if document.is_encrypted and not document.decrypt(""):
            yield Problem("a PDF behind a password")
            return
        pages = [document.pages[n].extract_text() or "" for n in range(min(_MOST_PAGES, len(document.pages)))]
        about = document.metadata
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError) as error:
        yield Problem(f"a PDF that is damaged ({type(error).__name__})")
        return
    text = "\n\n".join(_WRAPPED.sub(" ", _HYPHENATED.sub("", page)) for page in pages)
    draft = article_of(lines_of(text)) if text.strip() else None
    if draft is None:
        yield Problem("a PDF without text (its pages are pictures)")
        return
    title = clean_title(str(about.title)) if about and about.title else ""
    reading = dates.read_date(draft.published or "")
    yield replace(
        draft,
        title=draft.title or title,
        title_lines=(1,) if draft.title_lines else (),
        paragraphs=tuple(structs.replace(p, line=1) for p in draft.paragraphs),
        start_line=1,
        end_line=1,
        published=reading.iso,
        byline=draft.byline or (clean_title(str(about.author)) if about and about.author else None),
    )
