"""Web archives (WARC): every HTML page that was answered with success becomes an article. WARC-Date is a crawl date."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from kerman_tui.ingest.draft import Draft, Problem, clean_title
from kerman_tui.ingest.limits import LIMITS, LimitReachedError, size_words
from kerman_tui.ingest.readers import Chunk, Page, html

_HTML = ("text/html", "application/xhtml")


def chunks(stream: BinaryIO) -> Iterator[Chunk]:
    """One chunk for each response that may be a page; the head says address and charset."""
    from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
    from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

    logging.getLogger("warcio").setLevel(logging.CRITICAL)
    number = wrong = 0
    try:
        archive = ArchiveIterator(stream, arc2warc=True)
        archive.INC_RECORD = ""  # it writes what follows a record to standard error
        while True:
            record = next(archive, None)
            if archive.err_count > wrong:  # known only when the next one is looked for
                wrong = archive.err_count
                yield _problem(number, "longer than it says; what follows its stated length was passed over")
            number += 1
            if record is None or number > LIMITS.records:
                return
            if record.rec_type in ("response", "resource"):
                yield _chunk(record, number)
    except (ArchiveLoadFailed, ValueError, EOFError, UnicodeError, AttributeError, OverflowError) as error:
        yield _problem(number + 1, f"the archive is damaged here ({type(error).__name__})")


def _problem(number: int, why: str) -> Chunk:
    return Chunk(b"", number, json.dumps({"problem": why}).encode())


def _chunk(record: Any, number: int) -> Chunk:  # warcio has no types
    url = str(record.rec_headers.get_header("WARC-Target-URI") or "")
    about: dict[str, str] = {"url": url, "seen": str(record.rec_headers.get_header("WARC-Date") or "")}
    http = record.http_headers
    kind = str((http.get_header("Content-Type") if http else record.rec_headers.get_header("Content-Type")) or "")
    status = str(http.get_statuscode() or "") if http else ""
    declared = record.rec_headers.get_header("Content-Length")
    if http is not None and status != "200":
        about["problem"] = f"answered {status or 'nothing'}, not a page"
    elif not kind.lower().startswith(_HTML):
        about["problem"] = f"not a page but {clean_title(kind) or 'of no known kind'}"
    if "problem" in about:
        return Chunk(b"", number, json.dumps(about).encode())
    data = record.content_stream().read(LIMITS.page_bytes + 1)
    if len(data) > LIMITS.page_bytes:
        about["problem"] = f"larger than {size_words(LIMITS.page_bytes)}, the limit of one page"
        data = b""
    elif str(declared).isdigit() and int(declared) > LIMITS.page_bytes and len(data) < int(declared):
        about["note"] = "cut off"
    charset = kind.lower().partition("charset=")[2].split(";")[0].strip()
    if charset:
        about["charset"] = charset
    return Chunk(data, number, json.dumps(about).encode())


def read(chunk: Chunk) -> Iterator[Draft | Problem]:
    """Yield the article of one archived page."""
    about = json.loads(chunk.head)
    where = f"record {chunk.first}"
    if why := about.get("problem"):
        yield Problem(why, where)
        return
    url = clean_title(about["url"])
    address = url if url.startswith(("http://", "https://")) else None
    try:
        found = list(html.read(Page(where, chunk.data, about.get("charset"), address, about.get("seen"))))
    except LimitReachedError as limit:
        found = [Problem(str(limit))]
    for item in found:
        yield replace(item, record=chunk.first) if isinstance(item, Draft) else replace(item, where=where)
