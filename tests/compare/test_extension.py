"""Passages of a large corpus: runs of words drawn out over edits, cut where paragraphs end, over several processes."""

from __future__ import annotations

import itertools
import multiprocessing
import os

import pytest
from compare_articles import article
from hypothesis import given, settings
from test_align_properties import related

from kerman_tui.compare.cores import in_order
from kerman_tui.compare.reuse import reuse
from kerman_tui.model import Article, Reuse

PLAIN = "Inspectors counted fourteen rusted containers beside the disused cannery while villagers watched from afar."
CHANGED = "Inspectors counted forty rusted containers beside the disused cannery as angry villagers watched from afar."
OWN = "Quite another matter fills this paragraph, with no sentence of which anyone else has anything in common."


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any corpus is treated as a large one."""
    monkeypatch.setattr("kerman_tui.compare.reuse.ALIGNED_PAIRS", -1)
    monkeypatch.setattr("kerman_tui.compare.reuse.EVERY_PAIR", 0)


def test_an_edited_passage_is_shown_from_end_to_end() -> None:
    (found,) = reuse([article(OWN, PLAIN, id="one"), article(f"{OWN[:20]}. {CHANGED} And so on.", id="two")])
    assert found.left.text == PLAIN
    assert found.right.text == CHANGED
    assert (found.kind, found.left.paragraph, found.right.paragraph) == ("edited", 1, 0)


def test_a_passage_with_every_seventh_word_changed_is_found_in_a_very_large_corpus(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kerman_tui.compare.fingerprints.WINDOWS", ((1 << 62, 5),))
    words = f"{PLAIN[:-1]} while nobody on the northern quay had thought of asking who had brought them there".split()
    changed = [f"other{at}" if at % 7 == 3 else word for at, word in enumerate(words)]
    (found,) = reuse([article(OWN, " ".join(words), id="one"), article(" ".join(changed), id="two")])
    assert found.left.text.split()[0] in words[:4]
    assert len(found.left.text.split()) >= len(words) - 8


def test_a_turn_of_phrase_is_no_reuse_in_a_very_large_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kerman_tui.compare.fingerprints.WINDOWS", ((1 << 62, 5),))
    phrase = "on the other side of the northern quay"
    one = f"Inspectors counted fourteen rusted containers {phrase} before anyone was awake."
    two = f"The choir had rehearsed since early spring {phrase} for a festival in Lowen."
    assert not list(reuse([article(OWN, one, id="one"), article(two, id="two")]))


def test_marks_at_the_edge_belong_to_a_passage_where_both_have_them() -> None:
    (found,) = reuse([article(f"She said: “{PLAIN}” Later.", id="one"), article(f"“{PLAIN}” he said.", id="two")])
    assert found.left.text == found.right.text == f"“{PLAIN}”"
    assert found.kind == "verbatim"


def test_a_quotation_mark_more_is_an_edit() -> None:
    marked = PLAIN.replace("rusted containers", "“rusted containers”")
    (found,) = reuse([article(PLAIN, id="one"), article(marked, id="two")])
    assert found.kind == "edited"


def test_a_run_over_two_paragraphs_is_a_passage_in_each() -> None:
    first, second = PLAIN[: PLAIN.index("disused")].rstrip(), PLAIN[PLAIN.index("disused") :]
    found = list(reuse([article(PLAIN, id="one"), article(first, second, id="two")]))
    assert [one.right.paragraph for one in found] == [0, 1]
    assert " ".join(one.left.text.strip() for one in found) == PLAIN


def test_a_passage_begins_and_ends_with_whole_words() -> None:
    left, right = f"Iran’s {PLAIN} Israel’s ports.", f"Qatar’s {PLAIN} Israel reopened."
    (found,) = reuse([article(left, id="one"), article(right, id="two")])
    assert found.left.text == f"Iran’s {PLAIN} Israel’s"


@settings(max_examples=25)
@given(related(), related())
def test_passages_stand_where_they_say_and_do_not_overlap(
    one: tuple[Article, Article], two: tuple[Article, Article]
) -> None:
    corpus = {str(n): article(*(p.text for p in a.paragraphs), id=str(n)) for n, a in enumerate((*one, *two))}
    by_pair: dict[tuple[str, str], list[Reuse]] = {}
    for found in reuse(corpus.values()):
        by_pair.setdefault(found.articles, []).append(found)
        for id_, passage in zip(found.articles, (found.left, found.right), strict=True):
            assert corpus[id_].text_of(passage.paragraph)[passage.start : passage.end] == passage.text
            assert passage.text.strip() == passage.text != ""
    for several in by_pair.values():
        for side in ("left", "right"):
            spans = sorted((p.paragraph, p.start, p.end) for one in several if (p := getattr(one, side)))
            assert all(a[0] != b[0] or a[2] <= b[1] for a, b in itertools.pairwise(spans))


def test_several_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = [article(OWN, PLAIN, id="one"), article(CHANGED, id="two"), article(PLAIN, OWN, id="three")]
    alone = list(reuse(corpus))
    monkeypatch.setattr("kerman_tui.compare.reuse.ALONE_PAIRS", 0)
    monkeypatch.setattr("kerman_tui.compare.kept.ALONE", 0)
    assert list(reuse(corpus)) == alone
    assert len(alone) == 4


def doubled_at_home(number: int) -> int:
    if multiprocessing.parent_process() is not None:
        os._exit(1)
    return 2 * number


def test_processes_that_die_are_done_without() -> None:
    assert list(in_order(doubled_at_home, range(7), alone=False)) == [0, 2, 4, 6, 8, 10, 12]
