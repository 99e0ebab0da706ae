"""Wording: key words and collocates; and the omission table of a story."""

from __future__ import annotations

import math

import pytest
from compare_articles import article

from kerman_tui.compare.collocates import collocates
from kerman_tui.compare.keyness import keyness, log_likelihood, log_ratio
from kerman_tui.compare.omissions import omissions
from kerman_tui.compare.reuse import reuse
from kerman_tui.compare.substitutions import from_passages
from kerman_tui.model import Figure, Mention, OutletCount, Person

ONE, TWO = "Morning Example", "Evening Sample"
SHARED = "The harbour master ordered every vessel to leave the northern quay before the tide turned on Tuesday evening."


def test_log_likelihood_and_ratio_are_those_of_the_papers() -> None:
    # 10 in 1,000 words against 5 in 2,000: the expected counts are 5 and 10.
    assert log_likelihood(10, 5, 1_000, 2_000) == pytest.approx(2 * (10 * math.log(2) + 5 * math.log(0.5)))
    assert log_ratio(10, 5, 1_000, 2_000) == pytest.approx(2.0)
    assert log_ratio(4, 0, 1_000, 1_000) == pytest.approx(3.0)


def test_a_word_that_one_outlet_prefers_is_key() -> None:
    ours = [article("The militants fired. Militants fled. " * 6, id="a", outlet=ONE)]
    theirs = [article("The fighters fired. Fighters fled. " * 6, id="b", outlet=TWO)]
    key = {(word.outlet, word.word): word for word in keyness([*ours, *theirs])}
    assert key[ONE, "militants"].count == 12
    assert key[ONE, "militants"].rest == 0
    assert key[TWO, "fighters"].log_ratio > 3
    assert (ONE, "fired") not in key


def test_a_substitution_is_counted_over_passages_both_ways() -> None:
    second = SHARED.replace("vessel", "ship").replace("harbour", "port")
    corpus = [
        article(SHARED, id="a", outlet=ONE),
        article(second, id="b", outlet=TWO),
        article(second, id="c", outlet=TWO),
    ]
    found = {(s.outlet, s.ours, s.theirs): s.count for s in from_passages(reuse(corpus))}
    assert found[ONE, "vessel", "ship"] == 2
    assert found[TWO, "port", "harbour"] == 2


def test_a_possessive_is_no_other_wording() -> None:
    second = SHARED.replace("harbour master", "harbour’s master").replace("vessel", "ship")
    mined = from_passages(reuse([article(SHARED, id="a", outlet=ONE), article(second, id="b", outlet=TWO)]))
    assert {(s.ours, s.theirs) for s in mined} == {("vessel", "ship"), ("ship", "vessel")}


def test_wordings_come_before_other_names_and_small_words() -> None:
    first = SHARED.replace("master", "master Olsun, while")
    second = SHARED.replace("master", "master Telder, when").replace("vessel", "ship")
    mined = from_passages(reuse([article(first, id="a", outlet=ONE), article(second, id="b", outlet=TWO)]))
    assert [s.ours for s in mined if s.outlet == ONE] == ["vessel", "Olsun", "while"]


@pytest.mark.parametrize(("short", "long"), [("Capt.", "Captain"), ("UN", "United Nations")])
def test_what_is_short_for_the_other_comes_last(short: str, long: str) -> None:
    first = SHARED.replace("master", f"{long} Mara")
    second = first.replace(f"{long}", short).replace("vessel", "ship")
    mined = from_passages(
        reuse([article(first, id="a", outlet=ONE), *(article(second, id=i, outlet=TWO) for i in "bc")])
    )
    assert [s.ours for s in mined if s.outlet == ONE] == ["vessel", long]


def test_collocates_tell_what_stands_near_a_name_in_each_outlet() -> None:
    corpus = [
        article(
            "Embattled Mayor Rosa Quill spoke. " * 3 + "The weather was mild in the hills all week. " * 3, outlet=ONE
        ),
        article(
            "Popular Mayor Rosa Quill spoke. " * 3 + "The weather was mild in the hills all week. " * 3,
            id="b",
            outlet=TWO,
        ),
    ]
    found = {(row.outlet, row.word): row for row in collocates(corpus, ["Rosa Quill", "Quill"], window=2)}
    assert found[ONE, "embattled"].near == 3
    assert (TWO, "embattled") not in found
    span = found[TWO, "popular"].instances[0]
    assert corpus[1].text_of(span.paragraph)[span.start : span.end] == "Popular"


def test_the_omission_table_names_the_outlets_that_leave_something_out() -> None:
    corpus = [
        article(SHARED, "Nine boats sank.", id="a", outlet=ONE),
        article(SHARED, id="b", outlet=TWO),
        article("A short report of its own.", id="c", outlet="Third"),
    ]
    person = Person("Rosa Quill", None, None, True, (), 1, {ONE: OutletCount(1, 1)}, {"a": (Mention(1, 0, 4, "Nine"),)})
    figure = Figure("a", ONE, 9, 9, 9, "boats", "Nine boats", None, None, 1, 0, 10)
    rows = {row.what: row for row in omissions(corpus, [person], [figure])}
    assert rows[SHARED].missing == ("Third",)
    assert rows["Rosa Quill"].missing == (TWO, "Third")
    assert rows["Nine boats"].outlets[ONE][0].paragraph == 1
