"""What surrounds the hits of a query: counts asked later, dates as a histogram, dispersion, and what is new since."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kerman_tui import places
from kerman_tui.corpus import Corpus, CorpusError
from kerman_tui.model import FacetCount
from kerman_tui.search.facets import timeline
from kerman_tui.search.saved import SavedSearches

from .newsroom import article

FIRST = article("a1", "Blasts in Kerman", "Crowds fled.", "Nobody in Kerman slept.", published="2024-01-03")
SECOND = article("b2", "Harbour news", "A ship left for Kerman at noon.", published="2024-01-05", outlet="RT")


@pytest.fixture
def corpus() -> Corpus:
    return Corpus.of([FIRST, SECOND])


def test_counts_asked_later_are_those_given_with_the_hits(corpus: Corpus) -> None:
    for query in ("kerman", "kermna", "outlet:rt", "", "zzzz"):
        assert corpus.facets(query) == corpus.search(query, facets=True).facets


def test_a_histogram_of_dates_has_a_bar_for_every_day_between(corpus: Corpus) -> None:
    bars = timeline(corpus.facets("kerman")["date"])
    assert [(bar.value, bar.count) for bar in bars] == [("2024-01-03", 1), ("2024-01-04", 0), ("2024-01-05", 1)]
    assert [bar.value for bar in timeline([FacetCount("2023-11", 1), FacetCount("2024-02", 2)])] == [
        "2023-11",
        "2023-12",
        "2024-01",
        "2024-02",
    ]
    assert [bar.count for bar in timeline([FacetCount("2019", 4), FacetCount("2021", 2)])] == [4, 0, 2]
    assert timeline(()) == ()


def test_dispersion_says_where_in_the_article_the_words_stand(corpus: Corpus) -> None:
    text = FIRST.title + "".join(paragraph.text for paragraph in FIRST.paragraphs)
    places = [text.index("Kerman") / len(text), text.rindex("Kerman") / len(text)]
    assert corpus.dispersion("kerman", "a1") == pytest.approx(places)
    assert corpus.dispersion("harbour", "a1") == ()


def test_the_reader_goes_through_every_match_of_the_article(corpus: Corpus) -> None:
    assert [match.paragraph for match in corpus.matches("kerman", "a1")] == [None, 1]


def test_a_saved_search_says_which_articles_are_new() -> None:
    SavedSearches().save("the blasts", "kerman")
    before = Corpus.of([FIRST])
    assert before.new_in("the blasts") is None
    before.seen("the blasts")
    assert before.new_in("the blasts") == ()
    assert Corpus.of([FIRST, SECOND]).new_in("the blasts") == ("b2",)
    with pytest.raises(CorpusError, match="no search is saved"):
        before.seen("other")


def test_an_index_of_another_version_is_made_anew_and_that_is_said(tmp_path: Path) -> None:
    for number in range(3):
        record = {"title": f"Report {number}", "body": f"Officials in Kerman counted {number} ships.", "outlet": "RT"}
        (tmp_path / f"{number}.json").write_text(json.dumps(record))
    Corpus.keep("harbour", [tmp_path])
    opened = Corpus.open_named("harbour")
    assert (opened.search("kerman").total, opened.notices) == (3, ())
    (state,) = places.folder("cache", "corpora").rglob("search/state.json")
    for damaged, why in (('{"format": 0, "generation": 1}', "another version"), ("nonsense", "cannot be read")):
        state.write_text(damaged)
        again = Corpus.open_named("harbour")
        assert again.search("kerman").total == 3
        assert why in again.notices[0] and "made anew" in again.notices[0]
        assert Corpus.open_named("harbour").search("kerman").total == 3
