"""E-mail and saved pages in MIME: newsletters (.eml, mbox) and MHTML. Attachments are not opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO

from kerman_tui.ingest import dates
from kerman_tui.ingest.decode import decode
from kerman_tui.ingest.draft import Draft, Problem, clean_title, opening_words
from kerman_tui.ingest.furniture import is_furniture
from kerman_tui.ingest.limits import LIMITS
from kerman_tui.ingest.paragraphs import cut
from kerman_tui.ingest.readers import Chunk, Page, html

_MOST_PARTS = 200
_DEEPEST = 20
_FROM_LINE = re.compile(rb"From \S(?:.*\S)?+(?<=\d{4})\s*$")


def read(source: Page | Chunk) -> Iterator[Draft | Problem]:
    """Yield the article of a message or of a page saved as MHTML; for a chunk of an mbox, of each message in it."""
    if isinstance(source, Chunk):
        yield from _box(source)
        return
    message = message_from_bytes(source.data, policy=policy.compat32)
    if _is_saved_page(message):
        yield from _saved_page(message)
    else:
        yield _letter(message, 1, source.data.count(b"\n") + 1)


def chunks(stream: BinaryIO) -> Iterator[Chunk]:
    """One chunk for each message of an mbox."""
    first, number, size, gathered, blank = 1, 0, 0, list[bytes](), True
    while line := stream.readline(1 << 20):
        if blank and gathered and _FROM_LINE.match(line):
            yield Chunk(b"".join(gathered), first)
            first, size, gathered = number + 1, 0, []
        size += len(line)
        if size <= LIMITS.page_bytes:
            gathered.append(line)
        number += line.endswith(b"\n")
        blank = not line.strip()
    if gathered:
        yield Chunk(b"".join(gathered), first)


def _box(chunk: Chunk) -> Iterator[Draft | Problem]:
    lines = chunk.data.count(b"\n")
    _, _, data = chunk.data.partition(b"\n")
    found = _letter(message_from_bytes(data, policy=policy.compat32), chunk.first, chunk.first + lines)
    yield (
        replace(found, where=f"line {chunk.first}")
        if isinstance(found, Problem)
        else replace(found, record=chunk.first)
    )


def _letter(message: Message, line: int, last: int) -> Draft | Problem:
    parts = list(_parts(message))
    markup = next((text for kind, text, _ in parts if kind == "text/html"), "")
    plain = next((text for kind, text, _ in parts if kind == "text/plain"), "")
    paragraphs = cut(plain if len(plain) > 200 or not markup else markup, line)
    paragraphs = tuple(p for p in paragraphs if not is_furniture(p.text))
    if not paragraphs:
        return Problem("a message without text")
    title = clean_title(_header(message, "Subject"))
    name, address = parseaddr(_header(message, "From"))
    return Draft(
        title=title or opening_words(paragraphs),
        paragraphs=paragraphs,
        start_line=line,
        end_line=last,
        title_lines=(line,) if title else (),
        outlet=clean_title(name) or address.rpartition("@")[2] or None,
        published=_sent(message),
        date_evidence="metadata" if _sent(message) else "none",
        language=clean_title(_header(message, "Content-Language"))[:2].lower() or None,
    )


def _sent(message: Message) -> str | None:
    try:
        moment = parsedate_to_datetime(str(message.get("Date", "")))
        return dates.read_date(moment.isoformat(timespec="minutes")).iso
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _header(message: Message, name: str) -> str:
    value = message.get(name)
    if value is None:
        return ""
    try:
        return str(make_header(decode_header(str(value))))
    except (ValueError, LookupError, UnicodeError, AttributeError):
        return str(value)


def _parts(message: Message) -> Iterator[tuple[str, str, str]]:
    """Kind, text and address of every part that is text and no attachment."""
    waiting: list[tuple[Message, int]] = [(message, 0)]
    count = 0
    while waiting and count < _MOST_PARTS:
        part, depth = waiting.pop(0)
        count += 1
        if part.is_multipart():
            inner = part.get_payload()
            if isinstance(inner, list) and depth < _DEEPEST:
                waiting[:0] = [(child, depth + 1) for child in inner if isinstance(child, Message)]
            continue
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html") or part.get_filename():
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield kind, decode(payload, part.get_content_charset()), str(part.get("Content-Location", ""))


def _is_saved_page(message: Message) -> bool:
    """Whether a browser wrote the message: Chrome names where from, others who saved it in place of a sender."""
    kinds = ("multipart/related", "text/html", "multipart/alternative", "application/octet-stream")
    return message.get_content_type() in kinds and (
        message.get("Snapshot-Content-Location") is not None or "saved by" in str(message.get("From", "")).lower()
    )


def _saved_page(message: Message) -> Iterator[Draft | Problem]:
    address = str(message.get("Snapshot-Content-Location") or "")
    for kind, text, location in _parts(message):
        if kind == "text/html":
            url = clean_title(address or location)
            yield from html.articles(text, url if url.startswith("http") else None, _sent(message))
            return
    yield Problem("a saved page without HTML")
