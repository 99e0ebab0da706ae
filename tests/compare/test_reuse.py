"""Reuse over a corpus: what she gets as passages, what is set aside, which way dates point."""

from __future__ import annotations

from compare_articles import article

from kerman_tui.compare.reuse import counterparts, reuse
from kerman_tui.compare.stories import stories
from kerman_tui.compare.wording import wording

SHARED = "The harbour master ordered every vessel to leave the northern quay before the tide turned on Tuesday evening."
EDITED = "The harbour master told every vessel to leave the northern quay before the tide turned on Tuesday night."
NOTICE = "Reproduction of this page without written permission of the Example Publishing House is strictly forbidden."
OTHER = "Bakers in the old town complain that flour has doubled in price since the spring and blame the mill."


def test_a_passage_in_two_articles_is_found_with_its_direction() -> None:
    earlier = article("A lead of its own.", SHARED, id="one", published="2024-01-03")
    later = article(OTHER, SHARED, id="two", outlet="Evening Sample", published="2024-01-04")
    (found,) = reuse([later, earlier])
    assert found.articles == ("two", "one")
    assert found.left.text == found.right.text == SHARED
    assert (found.kind, found.earlier, found.left.paragraph) == ("verbatim", "one", 1)


def test_an_edited_passage_is_found_and_its_wording_is_mined() -> None:
    pair = [article(SHARED, id="one"), article(EDITED, id="two", outlet="Evening Sample")]
    (found,) = reuse(pair)
    assert found.kind == "edited"
    mined = {(s.outlet, s.ours, s.theirs): s for s in wording(pair).substitutions}
    assert mined["The Daily Example", "ordered", "told"].count == 1
    span, other = mined["Evening Sample", "night", "evening"].instances[0]
    assert EDITED[span.start : span.end] == "night"
    assert SHARED[other.start : other.end] == "evening"


def test_a_notice_under_every_article_is_no_reuse() -> None:
    def own(n: int) -> str:
        return " ".join(f"Word{n}x{k} follows word{n}y{k} in report {n * 31 + k}." for k in range(12))

    corpus = [article(own(n), NOTICE, id=f"a{n}") for n in range(14)]
    assert list(reuse(corpus)) == []


def test_the_same_wire_copy_in_many_outlets_is_reuse_all_the_same() -> None:
    corpus = [article(SHARED, OTHER, id=f"a{n}", outlet=f"Outlet {n}") for n in range(14)]
    assert {pair.articles for pair in reuse(corpus)} >= {("a0", "a1"), ("a0", "a13")}


def test_counterparts_share_most_first() -> None:
    one = article(SHARED, "A boat was lost.", id="one")
    found = counterparts(one, [one, article(OTHER, id="three"), article(OTHER, EDITED, id="two")])
    assert found[0].id == "two"
    assert found[0].shared_words > 10
    assert "one" not in [counterpart.id for counterpart in found]


def test_no_articles_give_nothing() -> None:
    assert list(reuse([])) == []
    assert list(reuse([article("", id="one"), article("", id="two")])) == []
    assert stories([]) == ()
    assert not wording([]).keyness
