"""Text on the screen: broken at the right cells, nothing lost, sentences where they are."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from kerman_tui.compare.columns import columns
from kerman_tui.model import Article, Comparison, Edit, Paragraph, Passage, Row, SetAside, Side, Source
from kerman_tui.tui.beats import beats_beside, beats_of
from kerman_tui.tui.page import SET_ASIDE_SHOWN, Layer, lay_out, stretches
from kerman_tui.tui.steps import LEAST_COLUMN, SIDE_BY_SIDE, Steps, group, lay_out_steps, minimap
from kerman_tui.tui.wrap import fitting, shorten, window, wrap

TEXT = st.text(st.sampled_from("ab cdé—日本🎈\u0301سلام  \n.X"), max_size=120)


@given(TEXT, st.integers(2, 40))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert lines
    assert "".join(text[a:b] for a, b in lines).replace(" ", "").replace("\n", "") == "".join(text.split())
    assert all(cell_len(text[a:b]) <= width for a, b in lines)
    assert all(a <= b <= c for (a, b), (c, _) in itertools.pairwise(lines))


@given(TEXT, st.integers(0, 40))
def test_shortening_fits(text: str, width: int) -> None:
    line = text.replace("\n", " ")
    assert cell_len(shorten(line, width)) <= width
    assert cell_len(line[: fitting(line, width)]) <= width


@given(st.text(st.sampled_from("ab cd"), min_size=5, max_size=300), st.data(), st.integers(8, 60))
def test_a_window_shows_the_match(text: str, data: st.DataObject, width: int) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    begin, end = window(text, start, start + 1, width)
    assert begin <= start and end - begin <= width
    assert start < end or not text[start].strip()


def article(*paragraphs: str) -> Article:
    return Article("a", "A title that is here", "RT", tuple(Paragraph(one, 3) for one in paragraphs), Source("f.txt"))


def test_what_is_set_aside_stands_at_the_foot_with_its_line() -> None:
    aside = tuple(SetAside(f"Sign up for letter {at}", 40 + at, 1) for at in range(SET_ASIDE_SHOWN + 3))
    told = [line.said for line in lay_out(replace(article("A bridge."), set_aside=aside), 70).lines if line.said]
    assert told[1] == "15 lines are set aside, as many pages here have them:"
    assert told[2] == "line 40: Sign up for letter 0" and told[-1] == "and 3 more"
    assert not any("set aside" in line.said for line in lay_out(article("A bridge."), 70).lines)


@given(st.lists(st.text(st.sampled_from("abc. D"), min_size=1, max_size=200), max_size=5), st.integers(5, 100))
def test_every_sentence_stands_on_the_lines_it_says(paragraphs: list[str], width: int) -> None:
    page = lay_out(article(*paragraphs), width)
    for sentence in page.sentences:
        for line, inside in ((sentence.first, sentence.start), (sentence.last, sentence.end - 1)):
            shown = page.lines[line]
            assert shown.paragraph == sentence.paragraph
            assert shown.start <= inside < shown.end
        assert page.sentence_on(sentence.last) is not None
    for number, sentence in enumerate(page.sentences):
        assert page.sentence_of(sentence.paragraph, sentence.start) == number


def test_a_range_is_one_span_a_paragraph() -> None:
    page = lay_out(article("One here. Two here.", "Three here. Four here."), 60)
    spans = list(page.span(2, 3))
    assert [(one.paragraph, one.start, one.end) for one in spans] == [(0, 10, 19), (1, 0, 11)]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_stretches_cover_everything_once(edges: list[tuple[int, int]]) -> None:
    layers = [Layer(min(pair), max(pair), "match") for pair in edges]
    found = list(stretches(5, 25, layers))
    assert found[0][0] == 5 and found[-1][1] == 25
    assert all(one[1] == two[0] for one, two in itertools.pairwise(found))
    for a, b, touching in found:
        for at in range(a, b):
            assert [one for one in layers if one.start <= at < one.end] == touching


def passage(text: str) -> Passage:
    return Passage(0, 0, len(text), text)


def comparison(*rows: Row) -> Comparison:
    side = Side("a", "RT", "t", 10, 5, 0.5)
    return Comparison(side, side, rows)


ROWS = st.lists(
    st.one_of(
        st.text("ab ", min_size=1, max_size=90).map(lambda text: Row("same", passage(text), passage(text), 1.0)),
        st.text("ab ", min_size=1, max_size=90).map(lambda text: Row("left", passage(text), None, 0.0)),
        st.text("ab ", min_size=1, max_size=90).map(lambda text: Row("right", None, passage(text), 0.0)),
        st.text("ab ", min_size=1, max_size=90).map(
            lambda text: Row("edited", passage(text), passage("x" + text), 0.9, (Edit("insert", "", "x", 0, 0, 0, 1),))
        ),
    ),
    max_size=8,
)


def shown_in(steps: Steps, column: int) -> str:
    """The words of a column, without blanks."""
    pieces = (piece for line in steps.lines for piece in line.pieces if piece is not None and piece.column == column)
    return "".join(piece.part.passage.text[piece.start : piece.end] for piece in pieces).replace(" ", "")


@given(ROWS, st.integers(12, 200), st.booleans())
def test_a_comparison_shows_every_passage_and_no_line_is_too_wide(rows: list[Row], width: int, folded: bool) -> None:
    steps = lay_out_steps(beats_of(comparison(*rows)), 2, width, folded=folded)
    assert steps.stacked == (width < SIDE_BY_SIDE)
    assert len(steps.extents) == len(steps.steps)
    once = folded or steps.stacked
    wanted = "".join(row.right.text for row in rows if row.right and not (once and row.kind == "same"))
    assert shown_in(steps, 1) == wanted.replace(" ", "")
    for piece in (piece for line in steps.lines for piece in line.pieces):
        assert piece is None or piece.end - piece.start <= max(steps.column, 2)


WORDS = st.lists(
    st.sampled_from("the harbour master told every vessel to leave before nightfall.".split()), max_size=30
)


@given(st.lists(WORDS.map(" ".join), min_size=3, max_size=4), st.integers(20, 200))
def test_three_and_four_articles_stand_whole_in_their_columns_or_one_under_the_other(
    texts: list[str], width: int
) -> None:
    pivot, *others = (article(text or "Nothing.", "And an end.") for text in texts)
    beats = beats_beside(columns(pivot, others))
    steps = lay_out_steps(beats, len(texts), width, folded=False)
    for column in range(len(texts)):
        alike = steps.stacked and column
        parts = (part for beat in beats if not alike or beat.kinds[column - 1] != "same" for part in beat.parts[column])
        assert shown_in(steps, column) == "".join(part.passage.text for part in parts).replace(" ", "")
    if steps.stacked:
        said = " ".join(line.said for line in steps.lines)
        assert all(("the same in" in said) or "same" not in beat.kinds for beat in beats)
    else:
        assert steps.column >= LEAST_COLUMN
        assert all(len(line.pieces) in (0, len(texts)) for line in steps.lines)


def test_runs_of_the_same_fold_into_one_step() -> None:
    same = Row("same", passage("a b"), passage("a b"), 1.0)
    other = Row("left", passage("c"), None, 0.0)
    steps = group(beats_of(comparison(same, same, other, same)), folded=True)
    assert [(one.first, one.last, one.kind, one.words) for one in steps] == [
        (0, 1, "same", 4), (2, 2, "left", 1), (3, 3, "same", 2),
    ]  # fmt: skip


@given(ROWS, st.integers(0, 50))
def test_the_minimap_has_a_sign_for_every_line(rows: list[Row], height: int) -> None:
    kinds = minimap(group(beats_of(comparison(*rows)), folded=False), height)
    assert len(kinds) == height
    assert not rows or all(kinds)
