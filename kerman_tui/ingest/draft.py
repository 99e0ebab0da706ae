"""What a reader hands on: a draft of one article, or a problem. Names, ids and duplicates are settled later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

from kerman_tui.ingest.boilerplate import marks
from kerman_tui.ingest.dates import Order
from kerman_tui.ingest.limits import LIMITS
from kerman_tui.model import DateEvidence, Paragraph
from kerman_tui.text.safe import make_safe_line


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as its source tells it. Depends on the bytes of the source alone, so that it can be cached.

    ``loose_date`` is a date of which only the order of day and month is in doubt ("9/6/17"); other dates of the same
    file may settle it, and ``date_order`` is the order that this date proves for them. ``outlet`` is as written.
    """

    title: str
    paragraphs: tuple[Paragraph, ...]
    start_line: int = 1
    end_line: int = 1
    record: int | None = None
    title_lines: tuple[int, ...] = ()
    id: str | None = None
    outlet: str | None = None
    published: str | None = None
    date_evidence: DateEvidence = "none"
    loose_date: str | None = None
    date_order: Order | None = None
    byline: str | None = None
    language: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """What has to be known of a draft before any article of the corpus can be named: all of it but the text.

    ``lines`` are the marks of its paragraphs (``boilerplate.marks``).
    """

    mark: bytes
    start_line: int
    end_line: int
    record: int | None
    outlet: str | None
    date_order: Order | None
    url: str | None
    title: str
    lines: Sequence[int]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something inside a source that gave no article. ``where`` is "line 7" or "record 3", or "" for all of it."""

    why: str
    where: str = ""


def fingerprint(draft: Draft) -> bytes:
    """16 bytes that two drafts share when title and text are the same word for word."""
    text = "\0".join([draft.title, *[paragraph.text for paragraph in draft.paragraphs]])
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()


def outline(draft: Draft) -> Outline:
    """The outline of a draft."""
    return Outline(
        mark=fingerprint(draft),
        start_line=draft.start_line,
        end_line=draft.end_line,
        record=draft.record,
        outlet=draft.outlet,
        date_order=draft.date_order,
        url=draft.url,
        title=draft.title,
        lines=marks(draft.paragraphs),
    )


def clean_title(text: str) -> str:
    """A title on one line, safe for a terminal, cut at the limit with an ellipsis."""
    title = make_safe_line(text[: LIMITS.title_chars * 4])
    return title if len(title) <= LIMITS.title_chars else title[: LIMITS.title_chars - 1].rstrip() + "…"


def opening_words(paragraphs: Iterable[Paragraph], most: int = 80) -> str:
    """What stands in for a title where the source gives none: the first words of the text."""
    first = next(iter(paragraphs), None)
    if first is None:
        return ""
    if len(first.text) <= most:
        return first.text
    cut = first.text[:most].rpartition(" ")[0] or first.text[:most]
    return cut.rstrip(" ,;:") + "…"


def within_limits(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """Divide paragraphs that pass the limit at a blank, and stop after the largest number of paragraphs."""
    taken = tuple(islice(paragraphs, LIMITS.paragraphs))
    longest = LIMITS.paragraph_chars
    if all(0 < len(paragraph.text) <= longest for paragraph in taken):
        return taken
    return tuple(piece for paragraph in taken for piece in _divided(paragraph, longest))


def _divided(paragraph: Paragraph, longest: int) -> Iterator[Paragraph]:
    text = paragraph.text
    while len(text) > longest:
        cut = text.rfind(" ", longest // 2, longest)
        cut = cut if cut > 0 else longest
        yield Paragraph(text[:cut].rstrip(), paragraph.line, paragraph.kind)
        text = text[cut:].lstrip()
    if text:
        yield Paragraph(text, paragraph.line, paragraph.kind)
