"""Entries for programs: citations and clips in, BibTeX or CSL-JSON out, one entry an article, receipts in its note."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kerman_tui.clips.names import authors
from kerman_tui.clips.references import MONTHS, UNDATED, day_of, one_line, receipt
from kerman_tui.model import UNKNOWN_OUTLET, Citation, Clip


@dataclass(frozen=True, slots=True)
class _Work:
    """One article with everything that is cited from it, or one table."""

    citation: Citation
    receipts: tuple[str, ...]
    passages: tuple[str, ...]
    notes: tuple[str, ...]
    key: str
    table: bool


def bibtex(cited: Iterable[Citation | Clip]) -> str:
    """One BibTeX entry an article; receipts in ``note``, passages and her notes in ``annote``. Keys are unique."""
    return "\n\n".join(_bibtex_entry(work) for work in _works(cited))


def _bibtex_entry(work: _Work) -> str:
    citation, day = work.citation, day_of(work.citation.published)
    fields: list[tuple[str, str]] = []
    names = authors(citation.byline, citation.outlet)
    if names:
        fields.append(("author", "{" + " and ".join(name.bibtex(tex) for name in names) + "}"))
    fields.append(("title", "{{" + tex(one_line(citation.title)) + "}}"))
    if citation.outlet != UNKNOWN_OUTLET:
        fields.append(("howpublished" if work.table else "journal", "{" + tex(citation.outlet) + "}"))
    if day:
        fields.append(("year", f"{{{day.year}}}"))
        if day.month:
            fields.append(("month", MONTHS[day.month - 1][:3].lower()))
        if day.day:
            fields.append(("day", f"{{{day.day}}}"))
    if citation.url:
        url = re.sub(r"[\s{}\\]", lambda match: f"%{ord(match.group()):02X}", citation.url)
        fields.append(("url", "{" + url + "}"))
    note = "; ".join(([] if day else [UNDATED]) + list(work.receipts))
    fields.append(("note", "{" + tex(note) + "}"))
    if work.passages or work.notes:
        fields.append(("annote", "{" + tex("\n\n".join((*work.passages, *work.notes))) + "}"))
    body = ",\n".join(f"  {name} = {value}" for name, value in fields)
    kind = "misc" if work.table else "article"
    return f"@{kind}{{{work.key},\n{body}\n}}"


_TEX_TABLE = str.maketrans(
    {
        **{char: f"\\{char}" for char in "#$%&_"},
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def tex(text: str) -> str:
    """Text with all that TeX or BibTeX would act on spelt out; braces too, since BibTeX counts even escaped ones."""
    return text.translate(_TEX_TABLE)


def csl_json(cited: Iterable[Citation | Clip]) -> str:
    """A CSL-JSON list for Zotero and every citation processor: an ``article-newspaper`` each, a table a ``dataset``."""
    return json.dumps([_csl_item(work) for work in _works(cited)], ensure_ascii=False, indent=2)


def _csl_item(work: _Work) -> dict[str, Any]:
    citation, day = work.citation, day_of(work.citation.published)
    kind = "dataset" if work.table else "article-newspaper"
    item: dict[str, Any] = {"id": work.key, "type": kind, "title": one_line(citation.title)}
    if citation.outlet != UNKNOWN_OUTLET:
        item["container-title"] = citation.outlet
    names = authors(citation.byline, citation.outlet)
    if names:
        item["author"] = [name.csl() for name in names]
    if day:
        item["issued"] = {"date-parts": [[part for part in day if part is not None]]}
    if citation.url:
        item["URL"] = citation.url
    item["note"] = "; ".join(([] if day else [UNDATED]) + list(work.receipts))
    if work.passages or work.notes:
        item["annote"] = "\n\n".join((*work.passages, *work.notes))
    return item


def _works(cited: Iterable[Citation | Clip]) -> list[_Work]:
    """What is cited, gathered by article, in the order of first appearance."""
    gathered: dict[tuple[str, ...], list[Citation | Clip]] = {}
    for one in cited:
        citation = one.citation if isinstance(one, Clip) else one
        identity = (citation.outlet, citation.title, citation.published or "", citation.url or "", citation.source)
        gathered.setdefault(identity, []).append(one)
    works: list[_Work] = []
    taken: set[str] = set()
    for group in gathered.values():
        citations = [one.citation if isinstance(one, Clip) else one for one in group]
        clips = [one for one in group if isinstance(one, Clip)]
        key = _key(citations[0], taken)
        taken.add(key)
        works.append(
            _Work(
                citation=citations[0],
                receipts=tuple(dict.fromkeys(receipt(citation) for citation in citations)),
                passages=tuple(clip.text for clip in clips),
                notes=tuple(clip.note for clip in clips if clip.note),
                key=key,
                table=any(clip.sheet is not None for clip in clips),
            )
        )
    return works


def _key(citation: Citation, taken: set[str]) -> str:
    """An entry key that BibTeX accepts: first author or outlet, year, first long word of the title; then a letter."""
    from anyascii import anyascii

    names = authors(citation.byline, citation.outlet)
    day = day_of(citation.published)

    def plain(text: str) -> str:
        return re.sub(r"[^a-z0-9]", "", anyascii(unicodedata.normalize("NFC", text)).lower())

    word = next((w for w in map(plain, citation.title.split()) if len(w) > 3), "")
    stem = plain(names[0].family if names else citation.outlet)[:20] + (str(day.year) if day else "nd") + word[:20]
    key, n = stem, 1
    while key in taken:
        n += 1
        key = f"{stem}-{n}"
    return key
