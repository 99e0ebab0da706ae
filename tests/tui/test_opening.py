"""Opening: the first articles before the last, stopped by a key, and another corpus without leaving."""

from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kerman_tui.analysis import Analysed
from kerman_tui.tui import opening
from kerman_tui.tui.opening import Given
from kerman_tui.tui.screens.palette import ChooseScreen
from kerman_tui.tui.state import Place, State

from .fake import FakeCorpus
from .session import session


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A first part is shown without delay."""
    monkeypatch.setattr(opening, "PART_AFTER", 0.0)


def slow_to_search(corpus: FakeCorpus) -> threading.Event:
    """Let a corpus answer no query before the event is set; it says that it has 4 of 14 articles until then."""
    ready = threading.Event()
    search = corpus.search

    def slow(query: str, **how: Any) -> Any:
        corpus.progress = Analysed(4, 14)
        assert ready.wait(10)
        corpus.progress = None
        return search(query, **how)

    corpus.search = slow  # type: ignore[method-assign]
    return ready


@pytest.mark.usefixtures("at_once")
async def test_what_was_read_is_searched_and_read_while_the_rest_comes(corpus: FakeCorpus) -> None:
    rest = threading.Event()

    def open_corpus(progress: Any, cancelled: Any, arrived: Any) -> Any:
        arrived(corpus.articles[:3])
        rest.wait(10)
        return corpus

    async with session(Given(open_corpus, "test", "seeds")) as she:
        await she.until(lambda: she.app.explorer.count.text == "3 articles so far", "no first part")
        await she.pilot.press(*"condolences")
        await she.until(lambda: "of 3 so far" in she.app.explorer.count.text, "nothing found in the part")
        await she.pilot.press("enter")
        await she.until(lambda: she.app.explorer.focused is she.app.explorer.reader, "nothing read")
        article = she.app.explorer.reader.article.id
        rest.set()
        await she.until(lambda: she.app.opened, "never whole")
        await she.quiet()
        she.sees("of 14")
        assert she.app.explorer.field.value == "condolences"
        assert she.app.explorer.reader.article.id == article
        she.is_in("reader")


async def test_what_she_types_before_anything_is_there_is_searched_once_it_is(
    corpus: FakeCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "PROGRESS_EVERY", 0.0)
    rest = threading.Event()

    def open_corpus(progress: Any, cancelled: Any, arrived: Any) -> Any:
        progress(SimpleNamespace(files_done=1, files_total=5, articles=14))
        rest.wait(10)
        return corpus

    state = State(starts=9)
    state.remember_place("test", Place("kerman", corpus.articles[2].id))
    async with session(Given(open_corpus, "test", "seeds"), state=state) as she:
        she.sees("reading: 1 of 5 files, 14 articles")
        await she.pilot.press(*"condol")
        rest.set()
        await she.until(lambda: she.app.opened, "never open")
        await she.pilot.press(*"ences")
        await she.quiet()
        she.sees("condolences")
        she.sees("of 14")
        assert she.app.explorer.field.value == "condolences"
        she.is_in("query")


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("keys", ["p", "Q", "penter"])
async def test_a_table_of_the_first_part_says_so_and_is_made_anew_of_the_whole(corpus: FakeCorpus, keys: str) -> None:
    rest = threading.Event()

    def open_corpus(progress: Any, cancelled: Any, arrived: Any) -> Any:
        arrived(corpus.articles[:3])
        rest.wait(10)
        return corpus

    async with session(Given(open_corpus, "test", "seeds"), size=(160, 45)) as she:
        await she.until(lambda: she.app.explorer.count.text == "3 articles so far", "no first part")
        await she.pilot.press("escape", keys[0])
        await she.until(lambda: "the first 3 articles so far" in she.screen(), "unsaid")
        if keys[1:]:
            await she.pilot.press(keys[1:])
            await she.until(lambda: "In context" in she.screen() and "so far" in she.screen(), "unsaid")
        before = she.screen()
        rest.set()
        await she.until(lambda: she.app.opened and "so far" not in she.screen(), "never made of the whole")
        assert she.screen() != before


@pytest.mark.usefixtures("at_once")
async def test_escape_stops_reading_and_what_was_read_stays(corpus: FakeCorpus) -> None:
    def open_corpus(progress: Any, cancelled: Any, arrived: Any) -> Any:
        arrived(corpus.articles[:3])
        while not cancelled():
            threading.Event().wait(0.01)
        return FakeCorpus(corpus.articles[:4])

    async with session(Given(open_corpus, "test", "seeds"), state=State(starts=9)) as she:
        await she.until(lambda: "3 articles" in she.app.explorer.count.text, "no first part")
        await she.pilot.press("escape", "escape")
        await she.until(lambda: she.app.opened, "it was not stopped")
        await she.quiet()
        she.sees("4 articles")
        assert she.app.is_running


async def test_the_place_of_last_time_is_taken_up_once_all_is_there(corpus: FakeCorpus) -> None:
    def open_corpus(progress: Any, cancelled: Any, arrived: Any) -> Any:
        arrived(corpus.articles[:1])
        return corpus

    state = State(places={"test": Place("condolences", corpus.articles[0].id, 0, 0, reading=True)})
    async with session(Given(open_corpus, "test", "seeds"), state=state) as she:
        await she.until(lambda: she.app.opened, "never whole")
        await she.quiet()
        assert she.app.explorer.field.value == "condolences"
        she.is_in("reader")


async def test_another_corpus_is_opened_and_each_keeps_its_place(corpus: FakeCorpus, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    for name in ("harbour", "market"):
        (folder / f"{name}.txt").write_text(f"The {name} opens again\n\n" + f"Many people came to the {name}. " * 9)
    state = State(starts=9, places={str(folder): Place("market")})
    async with session(corpus, state=state) as she:
        await she.types("kerman")
        await she.presses("enter")
        await she.pilot.press("A")
        await she.until(lambda: isinstance(she.app.screen, ChooseScreen), "nothing to choose from")
        she.sees("elsewhere", "open before")
        await she.pilot.press("enter")
        await she.until(lambda: she.app.opened and she.app.corpus_name == "elsewhere", "it did not open")
        await she.quiet()
        she.sees("The market opens again", "1 of 2", in_=None)
        assert she.app.explorer.field.value == "market" and not she.app.explorer.reading
        assert state.places["test"].query == "kerman" and state.places["test"].reading


async def test_what_a_corpus_notices_while_it_is_asked_is_said_once(corpus: FakeCorpus) -> None:
    people = corpus.people

    def noticing(**how: Any) -> Any:
        corpus.notices = ("corrections.toml, line 1: no table",)
        return people(**how)

    corpus.people = noticing  # type: ignore[method-assign]
    async with session(corpus) as she:
        await she.presses("escape", "p", "at")
        she.sees("Last message", "corrections.toml, line 1")
        await she.presses("q", "T", "q", "p", "at")
        she.sees_not("corrections.toml")


@pytest.mark.usefixtures("at_once")
async def test_what_was_read_is_searched_until_all_of_it_can_be(corpus: FakeCorpus) -> None:
    ready = slow_to_search(corpus)

    def open_corpus(progress: Any, cancelled: Any, arrived: Any) -> Any:
        arrived(corpus.articles[:3])
        return corpus

    async with session(Given(open_corpus, "test", "seeds")) as she:
        await she.until(lambda: "preparing the search: 4 of 14" in she.screen(), "it is not said how far the index is")
        await she.pilot.press(*"condolences")
        await she.until(lambda: "of 3 so far" in she.app.explorer.count.text, "nothing found in the part")
        ready.set()
        await she.until(lambda: she.app.opened, "never whole")
        await she.quiet()
        she.sees("of 14")
        she.sees_not("preparing")


async def test_a_query_that_waits_for_the_index_says_so(corpus: FakeCorpus) -> None:
    ready = slow_to_search(corpus)
    looking = threading.Event()

    def open_corpus(progress: Any, cancelled: Any, arrived: Any) -> Any:
        while not looking.wait(0.05):
            progress(SimpleNamespace(files_done=0, files_total=1, articles=0))
        return corpus

    state = State(places={"test": Place("condolences")})
    async with session(Given(open_corpus, "test", "seeds"), state=state) as she:
        looking.set()
        await she.until(lambda: "empties the query" in she.screen(), "an empty list, and no word of why")
        she.sees("preparing the search: 4 of 14")
        ready.set()
        await she.quiet()
        she.sees("of 14")
        she.sees_not("preparing")
