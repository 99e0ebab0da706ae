"""Whatever goes in, nothing that a terminal could act on comes out, and what can be read stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerman_tui.text.safe import MAX_COMBINING_MARKS, make_safe, make_safe_line, visible

ANYTHING = st.text(st.characters(codec=None, categories=None), max_size=200)


@given(ANYTHING)
def test_nothing_a_terminal_acts_on_comes_out(text: str) -> None:
    for char in make_safe(text):
        category = unicodedata.category(char)
        assert char in "\n\u200c\u200d" or category not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"), hex(ord(char))
        assert category != "Zs" or char == " "


@given(ANYTHING)
def test_making_safe_twice_changes_nothing(text: str) -> None:
    assert make_safe(make_safe(text)) == make_safe(text)


def test_a_text_is_made_safe_alike_whether_or_not_other_letters_are_in_it() -> None:
    beside = " Я"  # which no short cut for Latin text knows
    for code in range(0x3100):
        text = "e" + chr(code)
        assert make_safe(text) + beside == make_safe(text + beside), hex(code)


@given(ANYTHING)
def test_a_line_stays_one_line(text: str) -> None:
    assert len(make_safe_line(text).splitlines()) <= 1


@given(ANYTHING)
def test_a_name_is_shown_printable(text: str) -> None:
    assert visible(text).isprintable()


def test_two_names_that_differ_in_a_control_character_are_told_apart() -> None:
    assert len({visible(name) for name in ("a\x1bb", "a\x9bb", "ab", "a\u202eb", "a\udcffb")}) == 5


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("plain", "plain"),
        ("a\x1b[31mred", "a␛[31mred"),
        ("bell\x07", "bell␇"),
        ("del\x7f", "del␡"),
        ("it\x92s", "it’s"),
        ("a\x9b31m", "a›31m"),
        ("at\u2060least\u00a019", "atleast 19"),
        ("a\u202eb\u2066c\u2069", "abc"),
        ("tab\there", "tab here"),
        ("cr\r\nlf\rcr", "cr\nlf\ncr"),
        ("bad\ud800", "bad\ufffd"),
        ("e\u0301", "é"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u200db", "ab"),
        ("❤\ufe0f", "❤"),
        ("👩\u200d👩", "👩👩"),
        ("[bold]x[/bold]", "[bold]x[/bold]"),
    ],
)
def test_what_is_shown_for_what_was_written(written: str, shown: str) -> None:
    assert make_safe(written) == shown


def test_a_stack_of_marks_is_cut() -> None:
    assert len(make_safe("x" + "\u0316" * 500)) == 1 + MAX_COMBINING_MARKS
