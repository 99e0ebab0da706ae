"""History and saved searches: what was asked comes back, what is new since last time is told, nothing is half kept."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerman_tui.places import PlaceError
from kerman_tui.search.saved import MAX_HISTORY, History, SavedSearches


def test_history_keeps_queries_newest_last_and_each_once(tmp_path: Path) -> None:
    history = History(tmp_path)
    for query in ("kerman", " solemani  kerman ", "kerman", "", "   "):
        history.add(query)
    assert History(tmp_path).queries() == ["solemani kerman", "kerman"]
    assert history.queries("sol") == ["solemani kerman"]
    history.clear()
    assert history.queries() == []


def test_history_forgets_the_oldest_and_leaves_out_what_was_pasted(tmp_path: Path) -> None:
    history = History(tmp_path)
    (tmp_path / "history.jsonl").write_text("".join(f'"q{n}"\n' for n in range(MAX_HISTORY)))
    history.add("x" * 5000)
    history.add("newest")
    assert len(history.queries()) == MAX_HISTORY
    assert history.queries()[0] == "q1"
    assert history.queries()[-1] == "newest"


def test_a_damaged_line_spoils_no_other(tmp_path: Path) -> None:
    (tmp_path / "history.jsonl").write_bytes(b'"kerman"\n\xff\xfe{{{\n["no", "text"]\n"shiraz"\n')
    assert History(tmp_path).queries() == ["kerman", "shiraz"]
    (tmp_path / "saved.jsonl").write_text('{"name": "a"}\nnonsense\n{"name": "b", "query": "q", "saved_at": "x"}\n')
    assert [saved.name for saved in SavedSearches(tmp_path).all()] == ["b"]


def test_a_saved_search_tells_what_is_new_since_last_time(tmp_path: Path) -> None:
    searches = SavedSearches(tmp_path)
    searches.save("The blast", "kerman blast | explosion")
    assert searches.new("The blast", "archive", ["a", "b"]) is None
    searches.seen("The blast", "archive", ["a", "b"])
    again = SavedSearches(tmp_path)
    assert again.new("The blast", "archive", ["a", "b", "c\nd"]) == ["c\nd"]
    assert again.new("The blast", "other archive", ["a"]) is None
    again.seen("The blast", "archive", ["c\nd"])
    assert again.new("The blast", "archive", ["a", "c\nd"]) == []


def test_saving_replaces_and_removing_forgets(tmp_path: Path) -> None:
    searches = SavedSearches(tmp_path)
    searches.save("b", "one")
    searches.save("A", "two")
    searches.save("b", "three")
    assert [(saved.name, saved.query) for saved in searches.all()] == [("A", "two"), ("b", "three")]
    searches.seen("b", "corpus", ["x"])
    assert searches.remove("b")
    assert not searches.remove("b")
    assert searches.new("b", "corpus", ["x"]) is None
    assert searches.get("b") is None
    with pytest.raises(ValueError, match="needs a name"):
        searches.save(" ", "query")


def test_files_are_private(tmp_path: Path) -> None:
    History(tmp_path).add("kerman")
    SavedSearches(tmp_path).save("a", "b")
    for file in tmp_path.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(PlaceError, match="nowhere"):
        History(tmp_path / "nowhere").add("kerman")


def test_by_default_they_lie_in_the_programs_own_folders() -> None:
    History().add("kerman")
    SavedSearches().save("a", "b")
    assert History().queries() == ["kerman"]
    assert SavedSearches().get("a") is not None


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_query_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, query: str) -> None:
    folder = tmp_path_factory.mktemp("searches")
    history = History(folder)
    history.add(query)
    assert history.queries() == ([" ".join(query.split())] if query.split() else [])
    if query.strip():
        SavedSearches(folder).save("name", query)
        assert SavedSearches(folder).all()[0].query == query.strip()
