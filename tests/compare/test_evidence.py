"""What speaks for a direction: dates, credits, errors in common; and no more than that."""

from __future__ import annotations

import pytest
from compare_articles import article

from kerman_tui.compare.align import align
from kerman_tui.compare.evidence import time_order

PASSAGE = "Harbour master Eleonor Quillfeather said that the the northern quay would stay shut until Friday."
CORRECT = "Mayor Quillfaether welcomed it. Quillfaether and Quillfaether again."


@pytest.mark.parametrize(
    ("one", "two", "order"),
    [
        ("2024-01-03", "2024-01-04", -1),
        ("2024-01-04", "2024-01-04T10:00", 0),
        ("2024-01-04T09:00", "2024-01-04T10:00", -1),
        ("2024-01-04T09:00+00:00", "2024-01-04T10:00+02:00", 1),
        ("2024-01-04T09:00", "2024-01-04T10:00+02:00", 0),
        ("2024-01-02T09:00", "2024-01-04T10:00+02:00", -1),
        (None, "2024-01-04", 0),
        ("soon", "2024-01-04", 0),
    ],
)
def test_dates_tell_an_order_only_where_they_can(one: str | None, two: str | None, order: int) -> None:
    assert time_order(one, two) == order
    assert time_order(two, one) == -order


def test_time_stamps_credits_and_shared_errors_are_named() -> None:
    left = article(PASSAGE, CORRECT, "Xinhua said so.", id="l", outlet="Morning Example", published="2024-01-03")
    right = article("By Staff, Agencies", PASSAGE, id="r", outlet="Evening Sample", published="2024-01-04")
    found = align(left, right)
    assert found.earlier == "l"
    assert "Morning Example is dated 2024-01-03, Evening Sample 2024-01-04" in found.evidence
    assert "Morning Example credits or names Xinhua in line 4" in found.evidence
    assert "Evening Sample credits or names agencies in line 2" in found.evidence
    assert "both say “the the”" in found.evidence
    assert "both say “Quillfeather” for “Quillfaether”" in found.evidence
    assert not any("copied" in line for line in found.evidence)


def test_without_dates_and_credits_nothing_is_claimed() -> None:
    found = align(article("Nothing in common here.", id="l"), article("A wholly other matter.", id="r"))
    assert (found.earlier, found.evidence) == (None, ())


def test_words_taken_over_word_for_word_are_told_from_those_that_were_edited() -> None:
    left = article("The harbour master ordered every vessel to leave the quay before the storm.", id="l")
    right = article("The harbour master told every ship to leave the quay before the big storm.", id="r")
    found = align(left, right)
    assert found.left.shared_words == 13
    assert found.verbatim_words == len("to leave the quay before the".split())
    assert align(left, left).verbatim_words == 13
