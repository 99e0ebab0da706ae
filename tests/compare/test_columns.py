"""Three and four articles around one: every row shows one stretch of the pivot and loses nothing of any article."""

from __future__ import annotations

from compare_articles import article
from hypothesis import given, settings
from hypothesis import strategies as st
from test_align_properties import rebuilt, related, squeezed, whole

from kerman_tui.compare.columns import Columns, columns
from kerman_tui.model import Article

ONE = "The harbour master ordered every vessel to leave the northern quay."
TWO = "Nobody on the southern quay had been told of it before nightfall."
ALONE = "Bakers in the old town complain that flour has doubled in price."


def pivot_text(found: Columns) -> str:
    return "".join(squeezed(row.pivot.text) for row in found.rows if row.pivot is not None)


def test_the_pivot_stands_once_and_each_column_beside_it() -> None:
    pivot = article(ONE, TWO, id="p")
    others = [article(ONE.replace("ordered", "told"), id="a"), article(TWO, ALONE, id="b")]
    first, second, third = columns(pivot, others).rows
    assert first.pivot is not None and first.pivot.text == ONE
    assert [row.kind for row in first.columns[0]] == ["edited"]
    assert [row.kind for row in first.columns[1]] == ["left"]
    assert [[row.kind for row in column] for column in second.columns] == [["left"], ["same"]]
    assert third.pivot is None
    assert [[row.right.text for row in column if row.right] for column in third.columns] == [[], [ALONE]]


@settings(max_examples=60)
@given(related(), st.data())
def test_every_column_is_the_comparison_and_the_pivot_is_whole(
    pair: tuple[Article, Article], data: st.DataObject
) -> None:
    pivot, second = pair
    others = [second, *data.draw(st.lists(related().map(lambda two: two[1]), max_size=2))]
    found = columns(pivot, others)
    assert pivot_text(found) == "".join(whole(pivot).values())
    for number, comparison in enumerate(found.comparisons):
        shown = [row for stretch in found.rows for row in stretch.columns[number]]
        assert shown == list(comparison.rows)
        assert rebuilt(comparison, "right") == whole(others[number])


def test_an_article_with_no_other_beside_it_is_shown_alone() -> None:
    assert columns(article(ONE, id="p"), []).rows == ()
