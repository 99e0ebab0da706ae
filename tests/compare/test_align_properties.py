"""What holds for any two articles: the rows rebuild both, swapping mirrors, an article against itself is the same."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from compare_articles import article
from hypothesis import given, settings
from hypothesis import strategies as st

from kerman_tui.compare.align import align, heaviest_rising
from kerman_tui.model import Article, Comparison, Edit, Row
from kerman_tui.text.diff import STYLE, difference

WORDS = "the minister said ships crossed Harbour walls as nobody’s “lantern” 22,300 U.S. in café -- and, a".split()
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(lambda words: " ".join(words) + ".")
POOL = st.lists(SENTENCE, min_size=3, max_size=8)
ANY_TEXT = st.text(alphabet="ab .“”\"'\n-é!?…界", max_size=120)


@st.composite
def related(draw: st.DrawFn) -> tuple[Article, Article]:
    """Two articles out of one pool of sentences, some of them edited."""
    pool = draw(POOL)
    paragraph = st.lists(st.sampled_from(pool) | SENTENCE, max_size=4).map(" ".join)
    sides = [draw(st.lists(paragraph, max_size=6)) for _ in range(2)]
    title = st.sampled_from(["", *pool])
    return (
        article(*sides[0], id="l", title=draw(title), published=draw(st.sampled_from([None, "2024-01-03"]))),
        article(*sides[1], id="r", title=draw(title), published=draw(st.sampled_from([None, "2024-01-04"]))),
    )


def squeezed(text: str) -> str:
    return "".join(text.split())


def rebuilt(comparison: Comparison, side: str) -> dict[int | None, str]:
    """The text of every paragraph as the rows tell it, in the order of the side, without white space."""
    passages = [passage for row in comparison.rows if (passage := getattr(row, side)) is not None]
    passages.sort(key=lambda p: (-1 if p.paragraph is None else p.paragraph, p.start))
    ends: dict[int | None, int] = {}
    out: dict[int | None, str] = {}
    for passage in passages:
        assert passage.start >= ends.get(passage.paragraph, 0), "two rows hold the same text"
        ends[passage.paragraph] = passage.end
        out[passage.paragraph] = out.get(passage.paragraph, "") + squeezed(passage.text)
    return out


def whole(one: Article) -> dict[int | None, str]:
    texts: dict[int | None, str] = {None: squeezed(one.title)}
    texts |= {number: squeezed(paragraph.text) for number, paragraph in enumerate(one.paragraphs)}
    return {number: text for number, text in texts.items() if text}


def mirrored_edit(edit: Edit) -> tuple[object, ...]:
    op = {"insert": "delete", "delete": "insert", "replace": "replace"}[edit.op]
    return (op, edit.right, edit.left, edit.right_start, edit.right_end, edit.left_start, edit.left_end, edit.nature)


def as_tuple(row: Row, *, mirror: bool) -> tuple[object, ...]:
    kind = {"left": "right", "right": "left"}.get(row.kind, row.kind) if mirror else row.kind
    left, right = (row.right, row.left) if mirror else (row.left, row.right)
    return (kind, left, right, row.similarity)


def check_order(comparison: Comparison) -> None:
    """The left side reads from top to bottom, and so does the right where nothing moved."""
    for side, rows in (
        ("left", comparison.rows),
        ("right", [row for row in comparison.rows if row.kind != "moved"]),
    ):
        at = [
            (-1 if passage.paragraph is None else passage.paragraph, passage.start)
            for row in rows
            if (passage := getattr(row, side)) is not None
        ]
        assert at == sorted(at)


@settings(max_examples=150)
@given(related())
def test_the_rows_rebuild_both_articles(pair: tuple[Article, Article]) -> None:
    comparison = align(*pair)
    assert rebuilt(comparison, "left") == whole(pair[0])
    assert rebuilt(comparison, "right") == whole(pair[1])
    check_order(comparison)
    for row in comparison.rows:
        for side, passage in ((pair[0], row.left), (pair[1], row.right)):
            if passage is not None:
                assert side.text_of(passage.paragraph)[passage.start : passage.end] == passage.text
        assert (row.kind == "left") == (row.right is None)
        assert (row.kind == "right") == (row.left is None)


@settings(max_examples=150)
@given(related())
def test_swapping_the_sides_mirrors_the_result(pair: tuple[Article, Article]) -> None:
    one, two = align(pair[0], pair[1]), align(pair[1], pair[0])
    assert Counter(as_tuple(row, mirror=True) for row in one.rows) == Counter(
        as_tuple(row, mirror=False) for row in two.rows
    )
    assert (one.left, one.right) == (two.right, two.left)
    assert (one.longest_run, one.earlier) == (two.longest_run, two.earlier)
    assert one.verbatim_words == two.verbatim_words


@settings(max_examples=80)
@given(related())
def test_an_article_against_itself_is_all_the_same(pair: tuple[Article, Article]) -> None:
    comparison = align(pair[0], pair[0])
    assert all(row.kind == "same" and not row.edits and row.similarity == 1 for row in comparison.rows)
    assert comparison.left.coverage in (0.0, 1.0)


@settings(max_examples=150)
@given(ANY_TEXT, ANY_TEXT)
def test_any_text_can_be_compared(left: str, right: str) -> None:
    one, two = article(left, id="l", title=right[:20]), article(right, id="r", title=left[:20])
    comparison = align(one, two)
    assert rebuilt(comparison, "left") == whole(one)
    assert rebuilt(comparison, "right") == whole(two)


@settings(max_examples=200)
@given(ANY_TEXT | SENTENCE, ANY_TEXT | SENTENCE)
def test_applying_the_edits_to_one_passage_gives_the_other(left: str, right: str) -> None:
    out, at = [], 0
    for edit in difference(left, right).edits:
        assert left[edit.left_start : edit.left_end] == edit.left
        assert right[edit.right_start : edit.right_end] == edit.right
        assert edit.left_start >= at
        out += [left[at : edit.left_start], edit.right]
        at = edit.left_end
    assert squeezed("".join([*out, left[at:]])) == squeezed(right)


@given(st.permutations(range(9)), st.lists(st.integers(1, 5), min_size=9, max_size=9))
def test_the_heaviest_rising_order_is_the_heaviest(values: list[int], weights: list[int]) -> None:
    chosen = heaviest_rising(values, weights)
    assert [values[i] for i in chosen] == sorted(values[i] for i in chosen)
    best = max(
        sum(weights[i] for i in range(9) if mask >> i & 1)
        for mask in range(1 << 9)
        if (picked := [values[i] for i in range(9) if mask >> i & 1]) == sorted(picked)
    )
    assert sum(weights[i] for i in chosen) == best


def test_a_style_table_maps_to_nothing_invisible() -> None:
    assert all(value.isprintable() and value for value in STYLE.values())


SENTENCE_A, SENTENCE_B = (
    "The harbour master closed the gate at dusk today.",
    "Nobody on the northern quay had been told of it.",
)


def many(count: int) -> list[str]:
    return [
        f"Witness {n} told inspector {n * 7919 % 10007} about crate {n * 104729 % 99991} on deck." for n in range(count)
    ]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("x" * 600_000, "x" * 600_001),
        ("a " * 100_000, "a " * 99_990),
        (" ".join([SENTENCE_A, SENTENCE_B] * 5_000), " ".join([SENTENCE_B, SENTENCE_A] * 5_000)),
        (" ".join(many(2_000)), " ".join(reversed(many(2_000)))),
        (" ".join([SENTENCE_A] * 5_000), " ".join([SENTENCE_A.replace("dusk", "dawn")] * 5_000)),
        (" ".join(many(8_000)), " ".join(many(9_000)[1_000:]).replace("told", "warned")),
        ("", " ".join(many(2_000))),
    ],
    ids=["one character", "one word", "two sentences", "reversed", "one edited", "100,000 words", "empty"],
)
def test_text_made_to_exhaust_us_is_compared_in_bounded_time(left: str, right: str) -> None:
    one, two = article(left, id="l"), article(right, id="r")
    begun = time.process_time()
    comparison = align(one, two)
    assert time.process_time() - begun < 10
    assert rebuilt(comparison, "left") == whole(one)
    assert rebuilt(comparison, "right") == whole(two)
