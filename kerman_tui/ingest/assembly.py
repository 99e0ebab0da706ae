"""Drafts in, articles out: what can only be settled when all files are known. Ids, outlets, duplicates, loose dates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from kerman_tui.ingest import dates, naming, outlets
from kerman_tui.ingest.boilerplate import Pages, parted
from kerman_tui.ingest.draft import Draft, Outline, Problem, outline
from kerman_tui.ingest.files import File
from kerman_tui.ingest.manifest import Known
from kerman_tui.ingest.shelf import Ref, Shelf
from kerman_tui.model import UNKNOWN_OUTLET, Article, DateEvidence, Skipped, Source
from kerman_tui.text.safe import visible

Parsed = Draft | Problem

_OPENING = 3
"""Paragraphs in which an undated report names the day it speaks of."""


@dataclass(slots=True)
class _Held:
    """One file and what was found in it, as it is or on the shelf."""

    file: File
    sha256: str
    known: Known
    parts: list[list[Parsed] | Ref] = field(default_factory=list)
    drafts: int = 0
    reasons: int = 0
    ended: bool = False
    orders: set[dates.Order] = field(default_factory=set)

    @property
    def order(self) -> dates.Order | None:
        """The order of day and month on which the dates of the file agree."""
        return next(iter(self.orders)) if len(self.orders) == 1 else None


def nothing_taken(_: str) -> bool:
    """No id is taken yet."""
    return False


class Assembly:
    """Collects what was parsed, file by file in order, and then yields the articles.

    ``taken`` tells ids that a corpus uses already for other files, and ``beside`` adds their articles to the pages
    among which boilerplate is looked for. ``early``: ``arrivals`` will be asked for as well.
    """

    def __init__(
        self,
        taken: Callable[[str], bool] = nothing_taken,
        beside: Callable[[Pages], None] | None = None,
        *,
        early: bool = False,
    ) -> None:
        self._held: list[_Held | Skipped] = []
        self._early = early
        self._waiting: list[tuple[_Held, list[Parsed]]] = []
        self._early_pass = _Pass(self)
        self._shelf = Shelf()
        self._taken = taken
        self._firsts: dict[bytes, int] = {}
        self._copy_of: dict[int, int] = {}
        self._beside = beside
        self.pages = Pages()
        self._others: dict[int, list[Source]] = {}
        self.articles = 0
        self.skipped = 0

    def skip(self, item: Skipped) -> None:
        """Something that gave nothing, at its place in the order."""
        self._held.append(item)
        self.skipped += 1

    def begin(self, file: File, sha256: str, known: Known) -> None:
        """What is added next comes from this file."""
        self._held.append(_Held(file, sha256, known))

    def add(self, parsed: Sequence[Parsed]) -> None:
        """Further drafts of the file that was begun last."""
        held = self._current()
        held.parts.append(list(parsed))
        for item in parsed:
            self._note(held, outline(item) if isinstance(item, Draft) else None)
        if self._early:
            self._waiting.append((held, list(parsed)))

    def add_encoded(self, answer: bytes) -> None:
        """The same, as encoded by a worker or kept by the cache."""
        from kerman_tui.ingest.codec import decode_outlines, decode_parsed

        held = self._current()
        held.parts.append(self._shelf.put(answer))
        for found in decode_outlines(answer):
            self._note(held, found)
        if self._early:
            self._waiting.append((held, list(decode_parsed(answer))))

    def end(self) -> None:
        """The file that was begun last gives nothing more; one that gave neither article nor reason is named too."""
        held = self._current()
        if not held.drafts and not held.reasons:
            self.add([Problem("no record in it could be read")])
        held.ended = True

    def arrivals(self) -> Iterator[Article]:
        """The articles that can be named since this was asked last, in the order and with the ids of ``finish``.

        Later files may still add a source, and other dates of the same file settle a date.
        """
        while self._waiting:
            held, parsed = self._waiting[0]
            if held.drafts == 1 and not held.ended:
                return  # whether it is the only one of its file decides what it is called
            del self._waiting[0]
            yield from (found for item in parsed if isinstance(found := self._early_pass.outcome(held, item), Article))

    def _current(self) -> _Held:
        held = self._held[-1]
        assert isinstance(held, _Held), "begin comes before add"
        return held

    def _note(self, held: _Held, found: Outline | None) -> None:
        """Count a draft, and see whether an earlier one has the same text and outlet; ``None`` is a problem."""
        if found is None:
            self.skipped += 1
            held.reasons += 1
            return
        number = self.articles
        self.articles += 1
        held.drafts += 1
        if found.date_order:
            held.orders.add(found.date_order)
        outlet = _outlet(found.outlet, found.url, held.known)
        # of two outlets that are both unknown nobody can say that they are one, but of the same bytes one can
        key = _key(found.mark, outlet if outlet != UNKNOWN_OUTLET else held.sha256)
        first = self._firsts.setdefault(key, number)
        if first != number:
            self._copy_of[number] = first
            source = Source(held.file.name, held.sha256, found.start_line, found.end_line, found.record)
            self._others.setdefault(first, []).append(source)
        else:
            self.pages.add(outlet, found.title, found.lines)

    def _parsed(self, held: _Held) -> Iterator[Parsed]:
        for part in held.parts:
            if isinstance(part, list):
                yield from part
            else:
                from kerman_tui.ingest.codec import decode_parsed

                yield from decode_parsed(self._shelf.get(part))

    def finish(self) -> Iterator[Article | Skipped]:
        """Yield articles and reasons in the order of the files."""
        self._firsts.clear()
        if self._beside is not None:
            self._beside(self.pages)
        order = _Pass(self, self.pages.boilerplate())
        for held in self._held:
            if isinstance(held, Skipped):
                yield held
            else:
                yield from (order.outcome(held, item) for item in self._parsed(held))
        self._shelf.clear()

    def first_of(self, number: int) -> int | None:
        """The number of the draft that a draft is a copy of, counted over all files, or ``None``."""
        return self._copy_of.get(number)

    def others_of(self, number: int) -> tuple[Source, ...]:
        """Where the copies of a draft stand, as far as they are known."""
        return tuple(self._others.get(number, ()))

    def is_taken(self, id_: str) -> bool:
        """Whether the corpus uses an id for files that are not read now."""
        return self._taken(id_)


class _Pass:
    """One walk over all drafts in their order, in which each gets its id or is found to be a copy."""

    def __init__(self, assembly: Assembly, boilerplate: Mapping[str, Collection[int]] | None = None) -> None:
        self._assembly = assembly
        self._boilerplate = boilerplate or {}
        self._ids: set[str] = set()
        self._named: dict[int, str] = {}
        self._number = -1
        self._file: _Held | None = None
        self._count = 0

    def outcome(self, held: _Held, item: Parsed) -> Article | Skipped:
        """The article of the next draft, or why it is none."""
        if isinstance(item, Problem):
            return Skipped(f"{held.file.name}, {item.where}" if item.where else held.file.name, item.why)
        if held is not self._file:
            self._file, self._count = held, 0
        self._number += 1
        self._count += 1
        first = self._assembly.first_of(self._number)
        if first is not None:
            place = f"{held.file.name}, {_where(item)}" if held.drafts > 1 else held.file.name
            why = f"the same text from the same outlet as {self._named.get(first, '')}, and kept there as a source"
            return Skipped(place, why)
        stem = naming.stem(held.file.name)
        wanted = visible(item.id) if item.id else f"{stem}-{self._count}" if held.drafts > 1 else stem
        receipt = f"{held.file.name}\0{item.record}\0{self._count}\0{item.title}"
        id_ = naming.unique(wanted, receipt, lambda name: name in self._ids or self._assembly.is_taken(name))
        self._ids.add(id_)
        others = self._assembly.others_of(self._number)
        if others:
            self._named[self._number] = id_
        return _article(item, id_, held, others, self._boilerplate)


def _key(mark: bytes, origin: str) -> bytes:
    return blake2b(mark + origin.encode("utf-8", "replace"), digest_size=16).digest()


def _where(draft: Draft) -> str:
    return f"line {draft.start_line}" if draft.record in (None, draft.start_line) else f"record {draft.record}"


def _source(draft: Draft, held: _Held) -> Source:
    return Source(held.file.name, held.sha256, draft.start_line, draft.end_line, draft.record)


def _outlet(said: str | None, url: str | None, known: Known) -> str:
    """From the manifest, else what the source says, else the address; never a guess."""
    if known.outlet:
        return outlets.outlet_of_label(known.outlet) or known.outlet
    if said and (named := outlets.outlet_of_label(said)):
        return named
    url = url or known.url
    return (outlets.outlet_of_url(url) if url else None) or UNKNOWN_OUTLET


def _article(
    draft: Draft, id_: str, held: _Held, others: tuple[Source, ...], boilerplate: Mapping[str, Collection[int]]
) -> Article:
    url = draft.url or held.known.url
    published, evidence = _published(draft, held, url)
    outlet = _outlet(draft.outlet, draft.url, held.known)
    lines = boilerplate.get(outlet)
    paragraphs, aside = parted(draft.paragraphs, lines) if lines else (draft.paragraphs, ())
    return Article(
        id=id_,
        title=draft.title,
        outlet=outlet,
        paragraphs=paragraphs,
        source=_source(draft, held),
        published=published,
        date_evidence=evidence,
        byline=draft.byline,
        language=draft.language or held.known.language,
        url=url,
        title_lines=draft.title_lines,
        other_sources=others,
        set_aside=aside,
    )


def _published(draft: Draft, held: _Held, url: str | None) -> tuple[str | None, DateEvidence]:
    if draft.published:
        return draft.published, draft.date_evidence
    if draft.loose_date and (settled := dates.settle(draft.loose_date, held.order, url)):
        return settled, "metadata" if draft.record else "page"
    if held.known.published:
        return held.known.published, "manifest"
    if url and (day := dates.date_of_url(url)):
        return day, "url"
    if held.known.event:
        opening = " ".join(p.text for p in draft.paragraphs[:_OPENING] if p.kind == "body")
        if inferred := dates.after_event(opening, held.known.event):
            return inferred, "inferred"
    return None, "none"
