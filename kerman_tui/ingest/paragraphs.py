"""The text of one article as a data set keeps it, cut into paragraphs: a string in, paragraphs of one line each out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kerman_tui.ingest.draft import within_limits
from kerman_tui.ingest.furniture import ends_sentence
from kerman_tui.ingest.markup import has_markup, plain_paragraphs
from kerman_tui.model import Paragraph
from kerman_tui.text.safe import make_safe

_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_BULLET = re.compile(r"[•▪◦‣●■*–—-]\s|\(?\d{1,2}[.)]\s")
_WRAP_LEAST, _WRAP_MOST = 40, 100
_UNFINISHED = 40


def cut(text: str, line: int = 1) -> tuple[Paragraph, ...]:
    """Paragraphs of ``text``, each on one line; hard line breaks inside a sentence become blanks.

    ``line`` is the line of the source that all of them are said to stand on.
    """
    if has_markup(text):
        text = plain_paragraphs(text)
    return within_limits(_paragraphs(_BLANK_LINE.split(make_safe(text)), line))


def _paragraphs(blocks: Iterable[str], line: int) -> Iterator[Paragraph]:
    for block in blocks:
        if "\n" in block:
            for piece in _pieces(block):
                yield Paragraph(piece, line)
        elif piece := block.strip():
            yield Paragraph(piece, line)


def _pieces(block: str) -> Iterator[str]:
    lines = [line for raw in block.split("\n") if (line := raw.strip())]
    wrapped = _hard_wrapped(lines)
    current = ""
    for line in lines:
        if current and (_goes_on(current, line) or (wrapped and not _BULLET.match(line))):
            current = f"{current} {line}"
            continue
        if current:
            yield current
        current = line
    if current:
        yield current


def _hard_wrapped(lines: Sequence[str]) -> bool:
    """Whether all lines but the last are about as long as one another, as an editor at 72 columns makes them."""
    body = lines[:-1]
    if len(body) < 2 or 2 * sum(map(ends_sentence, body)) >= len(body):
        return False
    longest = max(map(len, body))
    return longest <= _WRAP_MOST and min(map(len, body)) >= max(_WRAP_LEAST, longest - 20) and len(lines[-1]) <= longest


def _goes_on(text: str, line: str) -> bool:
    if ends_sentence(text) or _BULLET.match(line):
        return False
    return line[0].islower() or len(text) - text.rfind("\n") >= _UNFINISHED
