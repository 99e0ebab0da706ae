"""The query language: what people type is understood as they mean it, and nothing that can be typed breaks it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerman_tui.search.amounts import in_full
from kerman_tui.search.query import FIELDS, And, Edge, Field, Not, Or, Phrase, Word, parse


def words(query: str) -> list[str]:
    return [word.text for word in parse(query).words()]


def test_words_must_all_occur() -> None:
    root = parse("kerman blast").root
    assert isinstance(root, And)
    assert [child.text for child in root.children if isinstance(child, Word)] == ["kerman", "blast"]


def test_only_the_last_word_is_taken_for_unfinished() -> None:
    assert [word.last for word in parse("kerman bla").words()] == [False, True]
    assert [word.last for word in parse("kerman 'blast").words()] == [False, False]


def test_a_hyphen_divides_words() -> None:
    assert words("al-ahed") == ["al", "ahed"]


@pytest.mark.parametrize(
    ("query", "slop"), [('"white house"', 0), ('"white house"~5', 5), ("“white house”", 0), ("'white-house", 0)]
)
def test_phrases(query: str, slop: int) -> None:
    root = parse(query).root
    assert isinstance(root, Phrase)
    assert [word.text for word in root.words] == ["white", "house"]
    assert root.slop == slop
    assert not parse(query).problems


def test_quotation_marks_around_one_word_ask_for_it_exactly() -> None:
    root = parse('"kerman"').root
    assert isinstance(root, Word)
    assert root.exact
    root = parse("'kerman").root
    assert isinstance(root, Word)
    assert root.exact


def test_edges_of_a_title() -> None:
    start, end = parse('^"iran says"').root, parse("attack$").root
    assert isinstance(start, Edge)
    assert isinstance(end, Edge)
    assert (start.side, len(start.words), end.side) == ("start", 2, "end")


def test_not_and_twice_not() -> None:
    assert isinstance(parse("!blast").root, Not)
    assert isinstance(parse("!!blast").root, Word)


def test_or_binds_tighter_than_the_blank_as_in_fzf() -> None:
    root = parse("kerman isis | daesh").root
    assert isinstance(root, And)
    assert isinstance(root.children[0], Word)
    assert isinstance(root.children[1], Or)


def test_groups() -> None:
    root = parse("(kerman blast) | shiraz").root
    assert isinstance(root, Or)
    assert isinstance(root.children[0], And)


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_every_field_is_read(name: str) -> None:
    root = parse(f'{name}:"2024-01-03"').root
    assert isinstance(root, Field)
    assert (root.name, root.value, root.quoted) == (name, "2024-01-03", True)


def test_a_group_in_a_field_is_asked_of_the_field() -> None:
    root = parse("outlet:(rt | newsweek)").root
    assert isinstance(root, Or)
    asked = [(c.name, c.value) for c in root.children if isinstance(c, Field)]
    assert asked == [("outlet", "rt"), ("outlet", "newsweek")]


@pytest.mark.parametrize(
    ("query", "at", "why"),
    [
        ('kerman "white hou', 7, "not closed"),
        ("kerman | ", 7, "between two words"),
        ("kerman !", 7, "must not occur"),
        ("(kerman", 0, "not closed"),
        ("kerman)", 6, "nothing was opened"),
        ("() kerman", 0, "empty"),
        ("outlet: ", 0, "needs a value"),
        ("outlt:rt", 0, "no field"),
        ('"a b"~x', 5, "needs a number"),
        ('"a b" resign~3', 12, "after a quotation"),
        ("kerman ***", 7, "nothing to look for"),
    ],
)
def test_what_is_not_understood_is_said_with_its_place(query: str, at: int, why: str) -> None:
    problems = parse(query).problems
    assert any(problem.start == at and why in problem.why for problem in problems), problems


def test_what_can_be_understood_runs_beside_what_cannot() -> None:
    assert words('kerman ) | "blast site') == ["kerman", "blast", "site"]


def test_what_follows_a_word_by_mistake_is_no_word_of_its_own() -> None:
    assert [word.text for word in parse("resign~3").words()] == ["resign"]


def test_addresses_and_times_are_words_and_no_problem() -> None:
    assert not parse("https://example.org/kerman").problems
    assert not parse("12:30").problems


ATOMS = st.sampled_from([*"'\"^$!|()~:*-“”«» \ta", "~5", "date:", "outlet:", "title:", "kerman", "سلیمانی", "é", "5k"])
UNITS = ["(", ")", "!", "|", '"', "'", "^", "a ", "a|", '"a" ', "x:", "outlet:(", "(a ", "!(", "~", "aaaaa"]


@settings(max_examples=400)
@given(st.one_of(st.text(max_size=80), st.lists(ATOMS, max_size=40).map("".join)))
def test_no_query_breaks_it_and_positions_lie_inside(query: str) -> None:
    parsed = parse(query)
    for problem in parsed.problems:
        assert 0 <= problem.start <= problem.end <= len(query)
        assert problem.why
    for word in parsed.words():
        typed = query[word.start : word.end]
        assert typed.startswith(word.text) or word.text in (in_full(typed) or ())


@pytest.mark.parametrize("unit", UNITS)
def test_long_queries_are_read_in_linear_time(unit: str) -> None:
    started = time.process_time()
    parse(unit * (100_000 // len(unit)))
    assert time.process_time() - started < 1.5
