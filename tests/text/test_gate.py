"""What is written through the gate to a terminal: the words, and nothing that acts."""

from __future__ import annotations

import io
import logging
import re

from hypothesis import given
from hypothesis import strategies as st

from kerman_tui.text.gate import GatedStream

ACTS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@given(st.lists(st.text(st.characters() | st.sampled_from("\x1b\x07\x9b\x9d\u202e\r\n"))))
def test_nothing_that_acts_on_a_terminal_goes_through(texts: list[str]) -> None:
    terminal = io.StringIO()
    gate = GatedStream(terminal)
    for text in texts:
        assert gate.write(text) == len(text)
    assert not ACTS.search(terminal.getvalue())


def test_a_library_that_quotes_an_article_is_heard_and_harmless() -> None:
    terminal = io.StringIO()
    logger = logging.Logger("library")
    logger.addHandler(logging.StreamHandler(GatedStream(terminal)))
    logger.warning("wrong address: \x1b]52;c;QUFB\x07")
    assert terminal.getvalue() == "wrong address: ␛]52;c;QUFB␇\n"
