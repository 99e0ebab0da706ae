"""Drafts in, articles out: what can only be settled when all files are known. Ids, outlets, duplicates, loose dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kerman_tui.ingest import dates, naming, outlets
from kerman_tui.ingest.draft import Draft, Problem, fingerprint
from kerman_tui.ingest.files import File
from kerman_tui.ingest.manifest import Known, Manifests
from kerman_tui.model import UNKNOWN_OUTLET, Article, DateEvidence, Skipped, Source
from kerman_tui.text.safe import visible


@dataclass(slots=True)
class _Held:
    """One file and what was found in it."""

    file: File
    sha256: str
    known: Known
    parsed: list[Draft | Problem] = field(default_factory=list)
    order: dates.Order | None = None


class Assembly:
    """Collects what was parsed, file by file in order, and then yields the articles."""

    def __init__(self) -> None:
        self._held: list[_Held | Skipped] = []
        self._manifests = Manifests()
        self.articles = 0
        self.skipped = 0

    def skip(self, item: Skipped) -> None:
        self._held.append(item)
        self.skipped += 1

    def begin(self, file: File, sha256: str) -> None:
        """The next drafts come from this file."""
        self._held.append(_Held(file, sha256, self._manifests.about(file.path, file.root)))

    def add(self, parsed: Sequence[Draft | Problem]) -> None:
        """Further drafts of the file that was begun last."""
        held = self._held[-1]
        assert isinstance(held, _Held)
        held.parsed.extend(parsed)
        drafts = sum(isinstance(item, Draft) for item in parsed)
        self.articles += drafts
        self.skipped += len(parsed) - drafts

    def finish(self) -> Iterator[Article | Skipped]:
        """Yield articles and reasons in the order of the files."""
        copies = self._copies()
        taken: set[str] = set()
        ids: dict[tuple[int, int], str] = {}
        for number, held in enumerate(self._held):
            if isinstance(held, Skipped):
                yield held
                continue
            several = sum(isinstance(item, Draft) for item in held.parsed) > 1
            count = 0
            for index, item in enumerate(held.parsed):
                if isinstance(item, Problem):
                    yield Skipped(f"{held.file.name}, {item.where}" if item.where else held.file.name, item.why)
                    continue
                count += 1
                first, others = copies[number, index]
                if first != (number, index):
                    where = f", line {item.start_line}" if several else ""
                    yield Skipped(
                        f"{held.file.name}{where}",
                        f"the same text from the same outlet as {ids[first]}; kept there as another source",
                    )
                    continue
                wanted = item.id or (
                    f"{naming.stem(held.file.name)}-{count}" if several else naming.stem(held.file.name)
                )
                receipt = f"{held.file.name}\0{item.record}\0{index}\0{item.title}"
                ids[first] = id_ = naming.unique(wanted, receipt, taken.__contains__)
                taken.add(id_)
                yield _article(item, id_, held, tuple(others))
        for name, why in self._manifests.problems:
            yield Skipped(name, why)

    def _copies(self) -> dict[tuple[int, int], tuple[tuple[int, int], list[Source]]]:
        """For every draft, where the first of its copies stands, and the sources of the others of that first one."""
        firsts: dict[bytes, tuple[int, int]] = {}
        found: dict[tuple[int, int], tuple[tuple[int, int], list[Source]]] = {}
        for number, held in enumerate(self._held):
            if isinstance(held, Skipped):
                continue
            held.order = dates.order_of(i.loose_date or i.published or "" for i in held.parsed if isinstance(i, Draft))
            for index, item in enumerate(held.parsed):
                if isinstance(item, Problem):
                    continue
                key = fingerprint(item) + _outlet(item, held.known).encode("utf-8", "replace")
                first = firsts.setdefault(key, (number, index))
                found[number, index] = (first, [])
                if first != (number, index):
                    found[first][1].append(_source(item, held))
        return found


def _source(draft: Draft, held: _Held) -> Source:
    return Source(held.file.name, held.sha256, draft.start_line, draft.end_line, draft.record)


def _outlet(draft: Draft, known: Known) -> str:
    """From the manifest, else what the source says, else the address; never a guess."""
    if known.outlet:
        return outlets.outlet_of_label(known.outlet) or known.outlet
    if draft.outlet and (named := outlets.outlet_of_label(draft.outlet)):
        return named
    url = draft.url or known.url
    return (outlets.outlet_of_url(url) if url else None) or UNKNOWN_OUTLET


def _article(draft: Draft, id_: str, held: _Held, others: tuple[Source, ...]) -> Article:
    known = held.known
    url = draft.url or known.url
    published, evidence = _published(draft, held, url)
    return Article(
        id=visible(id_),
        title=draft.title,
        outlet=_outlet(draft, known),
        paragraphs=draft.paragraphs,
        source=_source(draft, held),
        published=published,
        date_evidence=evidence,
        byline=draft.byline,
        language=draft.language or known.language,
        url=url,
        title_lines=draft.title_lines,
        other_sources=others,
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
    return None, "none"
