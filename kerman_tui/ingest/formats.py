"""Which reader a source needs: its name and its first bytes in, a format out, or why there is none."""

from __future__ import annotations

import re
from pathlib import PurePath

from kerman_tui.ingest.decode import binary_kind
from kerman_tui.ingest.readers import FORMATS, Format
from kerman_tui.ingest.unpack import ARCHIVES, SUFFIXES

_BY_NAME = {format.name: format for format in FORMATS}
_BY_SUFFIX = {suffix: format for format in FORMATS for suffix in format.suffixes}
_OPENING = rb"(?<!\s)\s*+(?:<\?xml[^>]*>\s*+)?(?><!--.*?-->\s*+)*+"
"""What may stand above the first element. Nothing in it is tried twice: heads of pages are anybody's to write."""
_PAGE = re.compile(_OPENING + rb"<(?:!doctype\s+html|html|head|body)\b", re.DOTALL | re.I)
_SIGNS = (
    ("pdf", re.compile(rb"%PDF-")),
    ("warc", re.compile(rb"WARC/[01]\.")),
    ("mbox", re.compile(rb"From \S[^\n]*+\n(?:(?<=\d{4}\n)|(?<=\d{4}\r\n))[A-Za-z-]+:")),
    ("feed", re.compile(_OPENING + rb"<(?:rss|feed|rdf:RDF)\b", re.DOTALL)),
    ("html", _PAGE),
    (
        "mail",
        re.compile(
            rb"(?:(?:From|To|Subject|Date|Received|Return-Path|MIME-Version|Message-ID|Delivered-To):[^\n]*+\n"
            rb"(?:[ \t][^\n]*+\n)*+){3}",
            re.I,
        ),
    ),
    ("json", re.compile(rb"\s*\[\s*[{\[]")),
    ("jsonl", re.compile(rb"\s*\{")),
)


def format_named(name: str) -> Format:
    """The format of that name. Raises KeyError for a name that is none."""
    return _BY_NAME[name]


def suffix_of(name: str) -> str:
    """The suffix that tells the format, in lower case: ``.html`` of ``page.html.gz``."""
    path = PurePath(name)
    suffix = path.suffix.lower()
    return PurePath(path.stem).suffix.lower() if suffix in SUFFIXES else suffix


def detect(name: str, head: bytes) -> Format | str:
    """The format of a source, from its suffix, else from its first bytes; or the reason why it is not read."""
    for magic, kind in ARCHIVES.items():
        if head.startswith(magic):
            return f"a {kind}; archives are not opened, unpack it first"
    if head[257:262] == b"ustar":
        return "a tar archive; archives are not opened, unpack it first"
    suffix = suffix_of(name)
    if head.startswith(b"%PDF-"):
        return _BY_NAME.get("pdf", "a PDF; PDF is not read")
    if binary := binary_kind(head):
        return f"binary ({binary})" if binary != "no text" else "binary, no text"
    found = _BY_SUFFIX.get(suffix)
    if found is not None and found.name == "pdf":
        return "named .pdf, but no PDF"
    if found is not None and found.name == "text" and _PAGE.match(head):
        return _BY_NAME["html"]  # the source of a page, kept as text
    if found is not None:
        return found
    for sign, pattern in _SIGNS:
        if pattern.match(head) and sign in _BY_NAME:
            return _BY_NAME[sign]
    return _BY_NAME["text"]
