"""The formats that are read, one file each. A new format is a new file here and one line in ``FORMATS``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO, Protocol

from kerman_tui.ingest.draft import Draft, Problem


@dataclass(frozen=True, slots=True)
class Page:
    """One unpacked source for a reader that needs it whole. ``name`` is for messages and hints.

    ``seen`` is when it was fetched or saved (ISO), where an archive tells; never a publication date.
    """

    name: str
    data: bytes
    charset: str | None = None
    url: str | None = None
    seen: str | None = None


class PageReader(Protocol):
    """Reads one page; must not raise for anything that the bytes may hold."""

    def __call__(self, page: Page) -> Iterator[Draft | Problem]: ...


class RecordReader(Protocol):
    """Divides a stream into chunks of whole records, and reads a chunk; the halves may run in different processes."""

    def chunks(self, stream: BinaryIO) -> Iterator[Chunk]: ...

    def read(self, chunk: Chunk) -> Iterator[Draft | Problem]: ...


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive records of one file. ``first`` is the number of the first line or record; ``head`` is what every
    chunk needs to know of the file's beginning (the header row of a CSV)."""

    data: bytes
    first: int
    head: bytes = b""


@dataclass(frozen=True, slots=True)
class Format:
    """How to know a format, and its reader. ``records``: it is read in chunks, so ``module`` has both halves."""

    name: str
    module: str
    suffixes: tuple[str, ...]
    records: bool = False

    def page_reader(self) -> PageReader:
        reader: PageReader = import_module(f"{__name__}.{self.module}").read
        return reader

    def record_reader(self) -> RecordReader:
        reader: RecordReader = import_module(f"{__name__}.{self.module}")
        return reader


FORMATS = (
    Format("text", "text", (".txt", ".text", ".md", ".markdown", ".rst")),
    Format("html", "html", (".html", ".htm", ".xhtml", ".shtml")),
    Format("jsonl", "jsonl", (".jsonl", ".ndjson", ".jsonlines", ".jl"), records=True),
    Format("json", "json", (".json", ".jsonfeed"), records=True),
    Format("csv", "csv", (".csv", ".tsv"), records=True),
    Format("feed", "feed", (".xml", ".rss", ".atom", ".rdf")),
    Format("warc", "warc", (".warc", ".arc"), records=True),
    Format("mail", "mail", (".eml", ".mht", ".mhtml")),
    Format("mbox", "mail", (".mbox", ".mbx"), records=True),
    Format("pdf", "pdf", (".pdf",)),
)
