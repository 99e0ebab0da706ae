"""What she asked before: kept searches and what is new in them, names from a file, near-copies, every match."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from kerman_tui.model import QueryProblem, SearchResult
from kerman_tui.search.index import SearchCancelledError
from kerman_tui.tui.screens.explorer import ExplorerScreen
from kerman_tui.tui.screens.records import RecordsScreen
from kerman_tui.tui.screens.searches import SearchesScreen
from kerman_tui.tui.widgets.reader import Reader

from .fake import FakeCorpus
from .session import session


async def test_a_kept_search_says_what_is_new_and_lists_it_once(corpus: FakeCorpus) -> None:
    fresh = corpus.articles.pop()
    async with session(corpus) as she:
        await she.types("the")
        await she.presses("escape", "s")
    corpus.articles.append(fresh)
    async with session(corpus) as she:
        await she.presses("escape", "o")
        she.is_at(SearchesScreen)
        she.sees("1 new")
        await she.presses("n")
        she.is_at(RecordsScreen)
        she.sees("New in the", fresh.title[:20])
        await she.presses("q")
        she.sees("nothing new")


async def test_kept_searches_are_renamed_deleted_and_brought_back(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.types("kerman")
        await she.presses("escape", "s", "o", "r")
        await she.presses("ctrl+u")
        await she.types("blasts")
        await she.presses("enter")
        she.sees("blasts", "nothing new")
        await she.presses("d")
        she.is_told("u brings it back")
        she.sees_not("blasts  ")
        await she.presses("u")
        she.sees("blasts")
        await she.presses("enter")
        she.is_at(ExplorerScreen)
        assert she.app.explorer.field.value == "kerman"


async def test_queries_of_earlier_sessions_come_back_with_the_arrow(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.types("condolences")
        await she.presses("enter")
    async with session(corpus) as she:
        await she.presses("up")
        assert she.app.explorer.field.value == "condolences"


async def test_names_from_a_file_are_asked_line_by_line(corpus: FakeCorpus, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_bytes("Raisi\r\n\nKhamenei\nzzzz\nRaisi\n\xff\n".encode("latin-1"))
    async with session(corpus) as she:
        await she.presses("escape", "B", "ctrl+u")
        she.app.screen.query_one("#answer").insert(str(names))  # type: ignore[attr-defined]
        await she.presses("enter")
        she.is_at(RecordsScreen)
        she.sees("4 queries of names.txt", "Raisi", "near it: soleimani")
        await she.presses("enter")
        she.is_at(ExplorerScreen)
        assert she.app.explorer.field.value == "Raisi"


async def test_a_file_that_is_not_there_is_named(corpus: FakeCorpus, tmp_path: Path) -> None:
    async with session(corpus) as she:
        await she.presses("escape", "B", "ctrl+u")
        she.app.screen.query_one("#answer").insert(str(tmp_path / "none"))  # type: ignore[attr-defined]
        await she.presses("enter")
        she.is_told("none: No such file", "nothing was asked")


async def test_near_copies_stand_behind_the_best_hit(corpus: FakeCorpus) -> None:
    plain = corpus.search

    def with_copies(query: str, **how: object) -> SearchResult:
        found = plain(query, **how)  # type: ignore[arg-type]
        first, *others = found.hits
        return replace(found, hits=(replace(first, duplicates=(corpus.articles[3].id,)), *others))

    corpus.search = with_copies  # type: ignore[method-assign,assignment]
    async with session(corpus) as she:
        await she.types("kerman")
        she.sees("1 alike", in_="list")
        await she.presses("escape", "d")
        she.sees("2 articles that say the same", corpus.articles[3].title[:20])
        await she.presses("q", "j", "d")
        she.is_told("no article here says the same")


async def test_the_reader_goes_through_every_match_not_only_those_listed(corpus: FakeCorpus) -> None:
    plain = corpus.search

    def few(query: str, **how: object) -> SearchResult:
        found = plain(query, **how)  # type: ignore[arg-type]
        return replace(found, hits=tuple(replace(hit, matches=hit.matches[:1]) for hit in found.hits))

    every = corpus.matches("kerman", corpus.search("kerman").hits[0].id)
    corpus.search = few  # type: ignore[method-assign,assignment]
    corpus.matches = lambda query, id_, strict=False: every  # type: ignore[method-assign,assignment]
    async with session(corpus) as she:
        await she.types("kerman")
        await she.presses("enter")
        assert len(she.app.screen.query_one(Reader).matches) == sum(len(one.spans) for one in every) > 1


async def test_where_nothing_is_found_it_is_said_what_to_do(corpus: FakeCorpus) -> None:
    found = corpus.search
    problem = QueryProblem(0, 7, "outlet: needs a value")

    def search(query: str, **how: Any) -> SearchResult:
        return replace(found(query, **how), problems=(problem,))

    corpus.search = search  # type: ignore[method-assign]
    async with session(corpus) as she:
        await she.types("qqqqq")
        she.sees("Nothing found for qqqqq.", "outlet: needs a value.", "finds more; Ctrl+x", in_="list")


async def test_a_search_that_is_given_up_for_all_articles_is_no_fault(corpus: FakeCorpus) -> None:
    begun, emptied = threading.Event(), threading.Event()
    found = corpus.search

    def search(query: str, *, cancelled: Any = None, **how: Any) -> SearchResult:
        if query == "k":
            begun.set()
            assert emptied.wait(10) and cancelled()
            raise SearchCancelledError
        return found(query, **how)

    async with session(corpus) as she:
        corpus.search = search  # type: ignore[method-assign]
        await she.pilot.press("k")
        await she.until(begun.is_set, "nothing was asked")
        await she.pilot.press("ctrl+x")
        emptied.set()
        await she.quiet()
        she.sees_not("SearchCancelledError")


async def test_what_tab_completes_is_not_said_any_more_outside_the_field(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.types("outlet:")
        she.is_told("Tab completes")
        await she.presses("escape")
        she.sees_not("Tab completes")


async def test_strict_is_one_key_in_the_field_too_and_is_seen(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.types("solemani")
        she.sees("Soleimani", in_="list")
        await she.presses("ctrl+t")
        she.sees("Nothing found for solemani as it is written", in_="list")
        she.sees(" = solemani")
        await she.presses("ctrl+t")
        she.sees(" / solemani")
