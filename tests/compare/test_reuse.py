"""Reuse over a corpus: what she gets as passages, what is set aside, which way dates point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from compare_articles import article

from kerman_tui.compare.fingerprints import Read, grown
from kerman_tui.compare.flows import flows, grouped
from kerman_tui.compare.keyness import keyness
from kerman_tui.compare.reuse import counterparts, near_duplicates, reuse
from kerman_tui.compare.stories import stories
from kerman_tui.compare.substitutions import from_passages
from kerman_tui.corpus import Corpus

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
    mined = {(s.outlet, s.ours, s.theirs): s for s in from_passages(reuse(pair))}
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


def test_fingerprints_are_kept_and_only_new_articles_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = [article(SHARED, id="one"), article(OTHER, id="two", outlet="Evening Sample")]
    assert list(reuse(pair, tmp_path)) == []
    read: list[int] = []
    monkeypatch.setattr("kerman_tui.compare.kept.grown", lambda found, parts: grown(found, counted(read, parts)))
    three = [*pair, article(EDITED, SHARED, OTHER, id="three", outlet="Third")]
    assert {one.articles for one in reuse(three, tmp_path)} == {("one", "three"), ("two", "three")}
    assert read == [1]
    assert [one.left.text for one in reuse(three, tmp_path)] == [one.left.text for one in reuse(three)]


def counted(into: list[int], parts: Iterable[Read]) -> Iterator[Read]:
    for part in parts:
        into.append(len(part.lines))
        yield part


@pytest.mark.parametrize("broken", ["head.npy", "words.npy", "signs.npy"])
def test_a_broken_table_is_made_again(tmp_path: Path, broken: str) -> None:
    pair = [article(SHARED, id="one"), article(EDITED, id="two", outlet="Evening Sample")]
    assert len(list(reuse(pair, tmp_path))) == 1
    (tmp_path / broken).write_bytes((tmp_path / broken).read_bytes()[:-3])
    assert len(list(reuse(pair, tmp_path))) == 1
    changed = [article(SHARED, id="one"), article("Something else by now, and not a word of it shared.", id="two")]
    assert list(reuse(changed, tmp_path)) == []


def test_near_duplicates_are_told_from_articles_that_share_a_passage() -> None:
    long = " ".join(f"Report {n} tells of ship number {n * 37} in berth {n * 11}." for n in range(20))
    corpus = [
        article(long, SHARED, id="one"),
        article(long, id="two", outlet="Evening Sample"),
        article(SHARED, OTHER, OTHER.replace("Bakers", "Millers and fishmongers"), id="three"),
    ]
    assert [(one.left, one.right) for one in near_duplicates(corpus) if one.share > 0.9] == [("one", "two")]


def test_near_duplicates_come_with_reuse_and_are_not_sought_again(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [article(SHARED, OTHER, id="one"), article(SHARED, OTHER, id="two")]
    corpus, other = Corpus.of(articles), Corpus.of(articles)
    found = other.near_duplicates()
    corpus.reuse()
    monkeypatch.delattr("kerman_tui.compare.reuse._Corpus")
    assert corpus.near_duplicates() == other.near_duplicates() == found
    assert [(one.left, one.right) for one in found] == [("one", "two")]


def test_a_larger_corpus_is_winnowed_and_gives_the_same_passages(monkeypatch: pytest.MonkeyPatch) -> None:
    def own(n: int) -> str:
        return " ".join(f"Word{n}x{k} follows word{n}y{k} in report {n * 31 + k}." for k in range(40))

    corpus = [
        article(own(n), SHARED if n in (3, 17) else OTHER if n == 5 else own(n + 99), id=f"a{n}") for n in range(30)
    ]
    exact = [(one.articles, one.left.text) for one in reuse(corpus)]
    monkeypatch.setattr("kerman_tui.compare.fingerprints.WINDOWS", ((1 << 62, 4),))
    monkeypatch.setattr("kerman_tui.compare.reuse.ALIGNED_PAIRS", 0)
    by_runs = [(one.articles, one.left.text) for one in reuse(corpus)]
    assert by_runs == exact == [(("a3", "a17"), SHARED)]


def test_one_passage_in_many_articles_is_one_group() -> None:
    corpus = [article(SHARED, id=f"a{n}", outlet=f"Outlet {n}") for n in range(3)]
    corpus += [article(OTHER, id=f"b{n}", outlet=f"Outlet {n}") for n in range(2)]
    groups = grouped(reuse(corpus))
    assert [len(group) for group in groups] == [3, 1]
    assert {one.left.text for one in groups[0]} == {SHARED}


def test_what_flows_between_outlets_is_counted_once_with_the_direction_of_dates() -> None:
    corpus = [
        article(SHARED, "Own words.", id="one", outlet="First", published="2024-01-03"),
        article(SHARED, OTHER, id="two", outlet="Second", published="2024-01-04"),
        article(SHARED, id="three", outlet="Second"),
    ]
    rows = {(row.outlet, row.other): row for row in flows(reuse(corpus), corpus)}
    first, second = rows["First", "Second"], rows["Second", "First"]
    assert (first.passages, first.earlier, first.later) == (2, 1, 0)
    assert (second.passages, second.earlier, second.later) == (2, 0, 1)
    assert first.words == len(SHARED.split())
    assert second.words == 2 * first.words
    assert first.share == first.words / (first.words + 2)


def test_no_articles_give_nothing() -> None:
    assert list(reuse([])) == []
    assert list(reuse([article("", id="one"), article("", id="two")])) == []
    assert stories([]) == ()
    assert from_passages([]) == keyness([]) == ()


def test_a_book_beside_the_articles_that_quote_it_is_not_aligned_with_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Aligning takes time by the words of both sides: a few pairs may be too many."""
    monkeypatch.setattr("kerman_tui.compare.reuse.ALIGNED_WORDS", 100)
    monkeypatch.delattr("kerman_tui.compare.reuse.align_prepared")
    book = article(*(f"Chapter {n} of the book says w{n} and x{n} of y{n}." for n in range(20)), SHARED, id="book")
    found = list(reuse([book, article(SHARED, id="one"), article(OTHER, SHARED, id="two")]))
    assert {one.articles for one in found} == {("book", "one"), ("book", "two"), ("one", "two")}
    assert {one.left.text for one in found} == {SHARED}
