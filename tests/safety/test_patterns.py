"""No regular expression of ours takes longer than its text is long: what a page says may be made to keep one busy."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from kerman_tui.ingest.formats import detect
from kerman_tui.ingest.pipeline import read
from kerman_tui.model import Article
from kerman_tui.text.sentences import sentences
from kerman_tui.text.tokens import words

from . import patterns

SHORT_OR_EASY = {
    "ingest.formats._SIGNS": "asked at the beginning of a file alone",
    "ingest.jsonscan._TOKEN": "a text without end is met once in a buffer, and limited",
    "ingest.naming._SUFFIXES": "names of files, 255 bytes",
    "ingest.furniture.table().": "lines of at most 140 characters",
    "people.organisations._OWNER": "forty characters before a name",
    "search.completion._VALUE": "what she types",
    "tui.widgets.field._WORD_BEFORE": "what she types",
}
"""Patterns that are never asked about much of what others wrote, and why that is so."""


def test_every_pattern_takes_as_long_as_its_text_is() -> None:
    found = {
        where: text
        for where, pattern, asked in patterns.patterns()
        if not where.startswith(tuple(SHORT_OR_EASY)) and (text := patterns.busy(pattern, asked))
    }
    assert found == {}


@pytest.mark.parametrize(
    "written", [r"\s+$", r"(\d+)\.(\d+)", r"[ \t]+(.*?)[ \t]*#*[ \t]*$", r"(?:<!--.*?-->\s*)*<html"]
)
def test_a_pattern_that_can_be_kept_busy_is_seen(written: str) -> None:
    assert patterns.busy(re.compile(written, re.DOTALL))


@pytest.mark.parametrize(
    "unit", ["a.", ". ", ".", "1.", "1,", "\u02bc", "'", "A. ", "Mr. ", "x!?", "\u0301", "-", " -"]
)
def test_words_and_sentences_of_any_text_come_at_once(unit: str) -> None:
    text = ("." + unit * (100_000 // len(unit)))[:100_000] + "x"
    begun = time.process_time()
    assert all(one.end <= len(text) for one in words(text))
    assert all(end <= len(text) for _, end in sentences(text))
    assert time.process_time() - begun < 4.0


@pytest.mark.parametrize(
    "head", [b"<!---->" * 60, b"From: a\r\n" + b" \r\n" * 80, b"From a" + b"1" * 60_000, b" " * 60_000], ids=ascii
)
def test_the_format_of_a_file_is_told_at_once(head: bytes) -> None:
    begun = time.process_time()
    detect("page", head + b"x")
    assert time.process_time() - begun < 1.0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "# a" + "\t" * 4_000 + "x\n\nThe mayor said that the bridge would reopen within a week.\n"),
        ("a.txt", "HEADLINE: " + " " * 60_000 + "x\n\nThe mayor said that the bridge would reopen within a week.\n"),
        ("a.jsonl", '{"title": "Bridge", "body": "The bridge will reopen, the mayor said.' + " " * 60_000 + 'x"}\n'),
        (
            "a.jsonl",
            '{"title": "Bridge", "body": "The bridge will reopen.", "url": "http://' + "a." * 60_000 + 'com"}\n',
        ),
        (
            "a.xml",
            "<rss><channel><item><title>Bridge</title><author>" + "@" * 3_000 + "</author>"
            "<description>The bridge will reopen, the mayor said.</description></item></channel></rss>",
        ),
    ],
    ids=lambda value: value if len(value) < 9 else "",
)
def test_a_page_that_was_made_to_keep_a_reader_busy_is_read_at_once(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text)
    begun = time.process_time()
    (one,) = read([path], cache=False)
    assert isinstance(one, Article)
    assert time.process_time() - begun < 3.0
