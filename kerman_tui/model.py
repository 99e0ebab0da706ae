"""The data that every room of the program shares: articles, spans, and what the rooms find in them.

Everything here is frozen and has no behaviour but its own. msgspec makes the classes, at a fifth of what dataclasses
cost at start-up; ``msgspec.structs.replace`` gives a changed copy. Offsets count Unicode code points inside a
paragraph's text, paragraphs count from 0 (``None`` means the title), lines are 1-based, times are ISO 8601 strings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

# --- what a page says -------------------------------------------------------------------------------------------

ParagraphKind = Literal["body", "caption", "heading"]
DateEvidence = Literal["page", "metadata", "url", "feed", "manifest", "inferred", "none"]

UNKNOWN_OUTLET = "unknown outlet"


class Paragraph(msgspec.Struct, frozen=True):
    """One paragraph, as the article says it, made safe for a terminal. ``line`` is its first line in the source."""

    text: str
    line: int
    kind: ParagraphKind = "body"


class Source(msgspec.Struct, frozen=True):
    """A receipt: where a text stands, so that a citation of it can be checked.

    ``name`` is the file as the user gave it; ``sha256`` is the hex digest of the file's bytes ("" where unknown);
    ``record`` is the 1-based number of the record inside a file that holds many, else ``None``.
    """

    name: str
    sha256: str = ""
    start_line: int = 1
    end_line: int = 1
    record: int | None = None


class SetAside(msgspec.Struct, frozen=True):
    """A line that many pages of the outlet have, so none of its text. ``after``: how many paragraphs are before it."""

    text: str
    line: int
    after: int
    kind: ParagraphKind = "body"


class Article(msgspec.Struct, frozen=True):
    """One article of one outlet. ``published`` is an ISO date or date-time, or ``None``; never a crawl date."""

    id: str
    title: str
    outlet: str
    paragraphs: tuple[Paragraph, ...]
    source: Source
    published: str | None = None
    date_evidence: DateEvidence = "none"
    byline: str | None = None
    language: str | None = None
    url: str | None = None
    title_lines: tuple[int, ...] = ()
    other_sources: tuple[Source, ...] = ()
    set_aside: tuple[SetAside, ...] = ()

    @property
    def kinds(self) -> Sequence[ParagraphKind]:
        """The kind of each paragraph."""
        return [paragraph.kind for paragraph in self.paragraphs]

    def text_of(self, paragraph: int | None) -> str:
        """The text of a paragraph, or the title for ``None``. Raises IndexError for a paragraph that is not there."""
        return self.title if paragraph is None else self.paragraphs[paragraph].text

    def line_of(self, paragraph: int | None) -> int:
        """The source line at which a paragraph (or, for ``None``, the title) begins."""
        if paragraph is None:
            return self.title_lines[0] if self.title_lines else self.source.start_line
        return self.paragraphs[paragraph].line


class Skipped(msgspec.Struct, frozen=True):
    """Something that gave no article, and why, in words for the person who gave it."""

    source: str
    why: str


# --- the currency of the program --------------------------------------------------------------------------------


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of one article: what hits, mentions, quotations, figures, aligned passages and clips have in common."""

    article: str
    paragraph: int | None
    start: int
    end: int


# --- search -----------------------------------------------------------------------------------------------------

Why = Literal["exact", "fold", "prefix", "typo", "name"]
WHY_ORDER: tuple[Why, ...] = ("exact", "fold", "name", "prefix", "typo")
"""Reasons of a match from the strongest to the weakest."""


class Match(msgspec.Struct, frozen=True):
    """A passage that matched. ``spans`` are offsets into ``text``, which is the whole text of the paragraph."""

    paragraph: int | None
    line: int
    text: str
    spans: tuple[tuple[int, int], ...]
    why: Why


class Hit(msgspec.Struct, frozen=True):
    """An article that answers a query, best passage first. ``why`` says in words why it ranks where it does."""

    id: str
    title: str
    outlet: str
    published: str | None
    score: float
    matches: tuple[Match, ...]
    why: str = ""
    duplicates: tuple[str, ...] = ()


class QueryProblem(msgspec.Struct, frozen=True):
    """A part of a query that could not be understood: where it stands in the query, and a word of why."""

    start: int
    end: int
    why: str


class FacetCount(msgspec.Struct, frozen=True):
    value: str
    count: int


class SearchResult(msgspec.Struct, frozen=True):
    """The answer to one query. ``suggestions`` are nearest queries that would hit, given when nothing does."""

    query: str
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    problems: tuple[QueryProblem, ...] = ()
    suggestions: tuple[str, ...] = ()
    facets: Mapping[str, tuple[FacetCount, ...]] = msgspec.field(default_factory=dict)


class ConcordanceLine(msgspec.Struct, frozen=True):
    """One occurrence in context (KWIC). ``left`` and ``right`` are text on either side of ``keyword``."""

    span: Span
    outlet: str
    published: str | None
    left: str
    keyword: str
    right: str


# --- people, words and numbers ----------------------------------------------------------------------------------


class Mention(msgspec.Struct, frozen=True):
    """One place where a person or organisation is named."""

    paragraph: int | None
    start: int
    end: int
    text: str


class OutletCount(msgspec.Struct, frozen=True):
    articles: int
    mentions: int


class Person(msgspec.Struct, frozen=True):
    """One person over the whole corpus. ``country`` is ISO 3166-1 alpha-2 of the office, ``None`` for bodies."""

    name: str
    role: str | None
    country: str | None
    leader: bool
    aliases: tuple[str, ...]
    mentions: int
    outlets: Mapping[str, OutletCount]
    articles: Mapping[str, tuple[Mention, ...]]
    """Article id to the mentions in it."""
    titles: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Article id to the title by which that article knows the person; ``role`` is the office at the time."""


class MentionsAt(msgspec.Struct, frozen=True):
    """How often an outlet names a person on a date. ``date`` is ISO, as wide as was asked for, ``None`` if unknown."""

    date: str | None
    outlet: str
    articles: int
    mentions: int


OrganisationKind = Literal[
    "armed_group", "government", "ministry", "body", "party", "military", "media", "company", "place", "other"
]


class Organisation(msgspec.Struct, frozen=True):
    """One organisation, group or place worth tracking. ``variants``: spelling to outlet to number of mentions."""

    name: str
    kind: OrganisationKind
    country: str | None
    mentions: int
    variants: Mapping[str, Mapping[str, int]]
    articles: Mapping[str, tuple[Mention, ...]]


QuoteKind = Literal["full", "partial", "indirect"]


class Quote(msgspec.Struct, frozen=True):
    """What someone is said to have said. ``text`` is without the outer marks; the span is that of ``text``."""

    article: str
    outlet: str
    speaker: str | None
    speaker_text: str | None
    verb: str | None
    text: str
    kind: QuoteKind
    paragraph: int | None
    start: int
    end: int


class Figure(msgspec.Struct, frozen=True):
    """A number with its unit. ``low``/``high`` bound what was written ("dozens": 24 to 99); ``value`` may be null."""

    article: str
    outlet: str
    value: float | int | None
    low: float | int | None
    high: float | int | None
    unit: str
    as_written: str
    qualifier: str | None
    attribution: str | None
    paragraph: int | None
    start: int
    end: int
    matter: tuple[str, ...] = ()
    """Folded words of its sentence and headline: what the number is about. Figures of one matter share them."""


class Disagreement(msgspec.Struct, frozen=True):
    """Figures of one unit on one matter that cannot all be true at once, in order of time where dates tell."""

    unit: str
    figures: tuple[Figure, ...]
    why: str


class FigureRow(msgspec.Struct, frozen=True):
    """What outlets say about one number: the figures of one unit on one matter, all of them and by outlet.

    Both are in order of time. ``why`` says which cannot all be true at once: "" where they agree.
    """

    unit: str
    figures: tuple[Figure, ...]
    outlets: Mapping[str, tuple[Figure, ...]]
    why: str = ""


# --- comparison -------------------------------------------------------------------------------------------------

RowKind = Literal["same", "edited", "moved", "left", "right"]
EditOp = Literal["replace", "insert", "delete"]
EditNature = Literal["words", "case", "punctuation", "quotation marks"]


class Passage(msgspec.Struct, frozen=True):
    """A stretch of one side with its text."""

    paragraph: int | None
    start: int
    end: int
    text: str


class Edit(msgspec.Struct, frozen=True):
    """One difference inside an edited passage. Offsets count from the start of the passage on each side."""

    op: EditOp
    left: str
    right: str
    left_start: int
    left_end: int
    right_start: int
    right_end: int
    nature: EditNature = "words"


class Row(msgspec.Struct, frozen=True):
    """One step of a comparison. ``moved`` rows may carry edits too. ``similarity`` is 0 to 1 over words."""

    kind: RowKind
    left: Passage | None
    right: Passage | None
    similarity: float
    edits: tuple[Edit, ...] = ()


class Side(msgspec.Struct, frozen=True):
    """``coverage``: share (0 to 1) of the side's body words that stand in aligned passages."""

    id: str
    outlet: str
    title: str
    words: int
    shared_words: int
    coverage: float


class Comparison(msgspec.Struct, frozen=True):
    """Two articles side by side; ``evidence`` says in words what supports a direction, ``notes`` which caps held.

    ``verbatim_words``: words that both say in runs of four and more; the rest of the shared passages was edited.
    """

    left: Side
    right: Side
    rows: tuple[Row, ...]
    longest_run: int = 0
    earlier: str | None = None
    evidence: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    verbatim_words: int = 0


class Counterpart(msgspec.Struct, frozen=True):
    """An article worth comparing with another, with the words they share."""

    id: str
    shared_words: int
    coverage: float


class Reuse(msgspec.Struct, frozen=True):
    """A passage that stands in two articles. ``earlier`` is the id that dates support, else ``None``."""

    articles: tuple[str, str]
    outlets: tuple[str, str]
    left: Passage
    right: Passage
    kind: Literal["verbatim", "edited"]
    words: int
    earlier: str | None


class Story(msgspec.Struct, frozen=True):
    """Articles about one event. ``start`` and ``end`` are ISO dates or ``None``."""

    id: str
    articles: tuple[str, ...]
    outlets: tuple[str, ...]
    start: str | None
    end: str | None


class Substitution(msgspec.Struct, frozen=True):
    """``outlet`` writes ``ours`` where ``others`` write ``theirs``; each instance is a pair of spans."""

    outlet: str
    other_outlet: str
    ours: str
    theirs: str
    count: int
    instances: tuple[tuple[Span, Span], ...]


class Keyword(msgspec.Struct, frozen=True):
    """A word one outlet uses more than others: log-likelihood ``g2`` (Dunning 1993) and ``log_ratio`` (Hardie 2014)."""

    outlet: str
    word: str
    count: int
    rest: int
    g2: float
    log_ratio: float


class Wording(msgspec.Struct, frozen=True):
    substitutions: Sequence[Substitution]
    keyness: Sequence[Keyword]
    notes: tuple[str, ...] = ()


# --- what she takes away ----------------------------------------------------------------------------------------


class Citation(msgspec.Struct, frozen=True):
    """What a desk needs to check a passage."""

    outlet: str
    title: str
    published: str | None
    byline: str | None
    url: str | None
    source: str
    line: int
    sha256: str


class Sheet(msgspec.Struct, frozen=True):
    """A whole table as it stood when she marked it, with what was asked of which corpus.

    ``spans`` holds for each row the passage it comes from, or ``None``; it is empty where no row has one.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    corpus: str
    query: str = ""
    spans: tuple[Span | None, ...] = ()


class Clip(msgspec.Struct, frozen=True):
    """A passage or a table she marked, whole in itself: it can be cited even when the corpus is gone.

    ``id`` is unique over sessions, ``marked_at`` is ISO 8601 in UTC, ``project`` groups clips. Of a table, ``text`` is
    what it shows, ``span`` names no article, and the line of its citation is 0.
    """

    id: str
    text: str
    span: Span
    citation: Citation
    marked_at: str
    project: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    sheet: Sheet | None = None
