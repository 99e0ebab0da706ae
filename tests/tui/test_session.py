"""Sessions: what she does, and what she gets."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from textual import events

from kerman_tui.analysis import Analysed
from kerman_tui.tui.screens.basket import BasketScreen
from kerman_tui.tui.screens.compare import CompareScreen
from kerman_tui.tui.screens.explorer import ExplorerScreen
from kerman_tui.tui.screens.help import HelpScreen
from kerman_tui.tui.screens.leaders import LeadersScreen
from kerman_tui.tui.screens.palette import ChooseScreen
from kerman_tui.tui.screens.passages import PassagesScreen
from kerman_tui.tui.state import State

from .fake import FakeCorpus
from .session import session


async def test_all_articles_are_there_before_a_query(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        she.sees("All articles", "World Leaders", in_="list")
        she.sees("14 articles")
        she.is_in("query")


@pytest.mark.parametrize("width", [80, 120, 200])
async def test_the_hint_of_the_first_start_is_shown_whole(corpus: FakeCorpus, width: int) -> None:
    async with session(corpus, size=(width, 24)) as she:
        she.is_told("half a name", "Enter reads", "Space marks", "y copies", "? ")
        she.sees("all keys")
        assert ("with citation" in she.screen()) == (width > 80)


async def test_beside_the_reader_a_title_has_its_line_to_itself(corpus: FakeCorpus) -> None:
    for width, beside in ((80, False), (120, True)):
        async with session(corpus, size=(width, 30)) as she:
            await she.types("kerman")
            shown = she.app.explorer.list
            title, passage = (shown.draw(at, shown.size.width).text for at in (0, 1))
            outlet = shown.current.outlet
            assert (outlet in passage) == beside and (outlet in title) == (not beside)
            assert shown.current.title[:48] in title


async def test_a_misspelt_name_is_found_and_read_at_its_best_passage(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.types("solemani")
        she.sees("Soleimani", "~ typo", in_="list")
        await she.presses("enter")
        she.is_in("reader")
        she.sees("match 1/", in_="reader")
        assert "Soleimani" in she.app.explorer.reader.article.paragraphs[she.app.explorer.reader.matches[0][0]].text


async def test_a_slash_and_a_name_typed_at_the_start_are_a_query(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.types("/solemani")
        assert she.app.explorer.field.value == "solemani"


async def test_a_new_query_takes_the_place_of_the_last_one(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.types("solemani")
        await she.presses("enter", "slash")
        await she.types("putin")
        assert she.app.explorer.field.value == "putin"


async def test_a_query_is_gone_on_with_after_a_key_that_moves(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.types("solemani")
        await she.presses("enter", "slash", "end")
        await she.types(" putin")
        assert she.app.explorer.field.value == "solemani putin"


async def test_n_goes_through_the_matches_and_on_to_the_next_article(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.types("solemani")
        await she.presses("enter")
        first = she.app.explorer.reader.article.id
        matches = len(she.app.explorer.reader.matches)
        for _ in range(matches - 1):
            await she.presses("n")
        assert she.app.explorer.reader.article.id == first
        await she.presses("n")
        assert she.app.explorer.reader.article.id != first


async def test_marking_and_copying_a_sentence(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.types("solemani")
        await she.presses("enter", "space")
        she.is_told("marked 1 passage", "1 in the basket")
        she.sees("●", in_="reader")
        await she.presses("y")
        assert "Soleimani" in she.clipboard[-1]
        assert "Al-Ahed News" in she.clipboard[-1] and "undated" in she.clipboard[-1]
        await she.presses("Y")
        assert "Al-Ahed News" not in she.clipboard[-1]
        await she.presses("space")
        she.is_told("mark taken off")


async def test_a_range_over_paragraphs_is_marked_paragraph_by_paragraph(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("enter", "j", "v", "j", "j", "space")
        marks = she.app.marks.basket.clips()
        assert len({clip.span.paragraph for clip in marks}) == len(marks) > 1


async def test_the_basket_is_looked_over_noted_and_undone(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("escape", "space", "j", "space", "b")
        she.is_at(BasketScreen)
        she.sees("Basket", "1 of 2")
        await she.presses("e")
        await she.types("for monday")
        await she.presses("enter")
        she.sees("✎ for monday")
        await she.presses("d")
        she.sees("1 of 1")
        await she.presses("u")
        she.sees("1 of 2")
        await she.presses("Y")
        assert she.clipboard[-1].count("—") >= 2
        await she.presses("enter")
        she.is_at(ExplorerScreen)
        she.is_in("reader")


async def test_the_best_counterpart_is_laid_beside(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("enter", "c")
        she.is_at(CompareScreen)
        she.sees("words shared", "both credit Xinhua")
        await she.presses("right_square_bracket", "f", "w", "s", "space", "y")
        assert she.clipboard
        await she.presses("q")
        she.is_at(ExplorerScreen)


async def test_from_a_number_of_the_leaders_table_to_the_sentences(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("escape", "p")
        she.is_at(LeadersScreen)
        she.sees("Qassem Soleimani", "Al-Ahed News", "RT", "Newsweek")
        await she.presses("slash")
        await she.types("raisi")
        await she.presses("enter")
        she.sees_not("Xi Jinping")
        await she.presses("enter")
        she.is_at(PassagesScreen)
        she.sees("In context: Ebrahim Raisi")
        await she.presses("s", "enter")
        she.is_at(ExplorerScreen)
        she.is_in("reader")


async def test_one_key_filters_by_a_row_of_the_panel_and_takes_it_off_again(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("escape", "l", "l")
        she.is_in("panel")
        panel = she.app.explorer.panel
        while panel.current is not None and panel.current.kind != "outlet":
            await she.presses("j")
        outlet = panel.current.label
        await she.presses("enter")
        assert outlet in she.app.explorer.field.value
        assert {hit.outlet for hit in she.app.explorer.finder.findings.entries.hits} == {outlet}
        await she.presses("f")
        assert she.app.explorer.field.value == ""


async def test_help_shows_the_keys_of_the_focused_pane_first(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("enter", "question_mark")
        she.is_at(HelpScreen)
        headings = [line.strip() for line in she.lines() if line.startswith("  T") and "  " not in line.strip()]
        assert headings[0] == "The reader"
        await she.presses("q")
        she.is_in("reader")


async def test_the_palette_runs_a_command_by_its_name(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("escape", "colon")
        she.is_at(ChooseScreen)
        await she.types("leaders")
        await she.presses("enter")
        she.is_at(LeadersScreen)


async def test_nothing_found_says_what_would_be(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.types("zzzz")
        she.sees("Nothing found for zzzz", "soleimani", in_="list")
        await she.presses("enter")
        assert she.app.explorer.field.value == "soleimani"


async def test_q_closes_what_was_opened_last_and_leaves_at_the_end(corpus: FakeCorpus) -> None:
    async with session(corpus, size=(80, 24)) as she:
        await she.types("kerman")
        await she.presses("enter")
        she.is_in("reader")
        await she.presses("q")
        she.is_in("list")
        await she.presses("q")
        assert she.app.explorer.field.value == ""
        await she.presses("q")
        assert she.app.return_code == 0 and not she.app.is_running


async def test_history_goes_back_and_forth(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("enter")
        first = she.app.explorer.reader.article.id
        await she.presses("J", "H")
        await she.presses("H")
        assert she.app.explorer.reader.article.id == first
        await she.presses("L")
        assert she.app.explorer.reader.article.id != first


async def test_letters_to_jump_by(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("escape", "apostrophe", "d")
        assert she.app.explorer.list.cursor == 2


async def test_concordance_of_the_query(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.types("condolences")
        await she.presses("escape", "C")
        she.is_at(PassagesScreen)
        she.sees("condolences")
        await she.presses("space")
        she.is_told("marked 1 passage")


async def test_what_the_article_says_is_never_taken_for_markup(corpus: FakeCorpus) -> None:
    from msgspec.structs import replace

    from kerman_tui.model import Paragraph

    hostile = "[bold red]not bold[/] [@click=app.quit]press[/] [/nonsense] and [link=x]y"
    odd = replace(corpus.articles[0], title=hostile, outlet="[b]", paragraphs=(Paragraph(hostile, 1),))
    corpus.articles[0] = odd
    async with session(corpus) as she:
        she.sees("[bold red]not bold[/]", in_="list")
        await she.presses("enter")
        she.sees("[@click=app.quit]press[/]", in_="reader")
        await she.presses("space", "b")
        she.sees("[bold red]not bold[/]")


async def test_an_error_is_said_with_a_way_on_and_its_details(corpus: FakeCorpus) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the index is gone")

    corpus.search = broken  # type: ignore[method-assign,assignment]
    async with session(corpus) as she:
        await she.types("x")
        she.is_told("the index is gone", "@ shows details")
        await she.presses("escape", "at")
        she.sees("Traceback", "RuntimeError")


async def test_nothing_to_open_says_what_to_do_and_leaves_with_code_2() -> None:
    def nothing() -> None:
        raise ValueError("no readable article in empty")

    async with session(nothing) as she:
        she.sees("no readable article in empty", "kerman-tui FOLDER")
        await she.presses("q")
        assert she.app.return_value == 2


async def test_tab_completes_the_value_of_a_field_and_goes_on_to_the_next(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.types("outlet:")
        she.is_told("Tab completes:", "Newsweek")
        await she.presses("tab")
        assert she.app.explorer.field.value == 'outlet:"Al-Ahed News"'
        await she.presses("tab")
        assert she.app.explorer.field.value == "outlet:RT"
        assert {hit.outlet for hit in she.app.explorer.finder.findings.entries.hits} == {"RT"}


async def test_searches_are_kept_and_taken_up_again(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.types("kerman")
        await she.presses("escape", "s")
        she.is_told("kept with")
        await she.presses("ctrl+x", "o")
        she.sees("Searches kept", "kerman", "nothing new")
        await she.presses("enter")
        assert she.app.explorer.field.value == "kerman"


async def test_where_a_passage_stands_elsewhere_is_said_and_followed(corpus: FakeCorpus) -> None:
    async with session(corpus, state=State(starts=9)) as she:
        first, second = corpus.articles[:2]
        await she.presses("enter")
        await she.until(lambda: f"↳ also in {second.outlet}" in she.screen(), "no footnote")
        await she.presses("4")
        she.sees_not("↳ also in")
        await she.presses("4", "j", "enter")
        if isinstance(she.app.screen, ChooseScreen):
            await she.types(second.outlet.lower())
            she.sees("the same passage")
            await she.presses("enter")
        assert she.app.explorer.reader.article.id == second.id
        await she.presses("H")
        assert she.app.explorer.reader.article.id == first.id


async def test_keys_typed_ahead_are_meant_for_what_comes(corpus: FakeCorpus) -> None:
    async with session(corpus, state=State(starts=9)) as she:
        for key in ("s", "o", "l", "e", "m", "a", "n", "i", "enter", "y"):
            she.app.post_message(events.Key(key, "\r" if key == "enter" else key))
        await she.until(lambda: she.clipboard, "nothing was copied")
        assert "Soleimani" in she.clipboard[-1]
        assert she.app.explorer.field.value == "solemani"
        she.is_in("reader")


async def test_keys_that_wait_for_nothing_are_heard_all_the_same(corpus: FakeCorpus) -> None:
    async with session(corpus, state=State(starts=9)) as she:
        for key in ("z", "z", "z", "enter", "question_mark"):
            she.app.post_message(events.Key(key, {"enter": "\r", "question_mark": "?"}.get(key, key)))
        await she.until(lambda: isinstance(she.app.screen, HelpScreen), "the key was lost")


async def test_a_mouse_chooses_scrolls_and_reads(corpus: FakeCorpus) -> None:
    async with session(corpus, size=(80, 24)) as she:
        listed = she.app.explorer.list
        await she.pilot.click("#list", offset=(10, 3))
        she.sees("2 of 14", in_="list")
        await she.pilot._post_mouse_events([events.MouseScrollDown], widget=listed, offset=(10, 10))
        await she.quiet()
        assert listed.top > 0
        await she.pilot.click("#query")
        she.is_in("query")
        await she.pilot.click("#list", offset=(10, 3), times=2)
        await she.quiet()
        she.is_in("reader")


async def test_an_answer_to_what_was_taken_out_of_the_field_again_is_dropped(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        field = she.app.explorer.field
        field.value = "raisi"
        field.value = ""
        await she.quiet()
        she.sees("14 articles")
        she.sees("All articles", "of 14", in_="list")


async def test_a_query_for_which_all_articles_are_read_keeps_no_other_waiting(corpus: FakeCorpus) -> None:
    search, ready = corpus.search, threading.Event()

    def reading(query: str, **how: Any) -> Any:
        if "person:" in query:
            corpus.progress = Analysed(4, 14)
            assert ready.wait(10)
            corpus.progress, corpus.people_known = None, True
        return search(query.partition(":")[2] or query, **how)

    corpus.search = reading  # type: ignore[method-assign]
    async with session(corpus) as she:
        she.app.names_read = corpus.people_known = False
        await she.pilot.press(*"person:raisi")
        await she.until(lambda: "person: reads all articles first" in she.screen(), "it is not said why")
        she.is_told("4 of 14")
        await she.pilot.press("ctrl+u", *"condolences")
        await she.until(lambda: she.app.explorer.finder.findings.query == "condolences", "it waits for the names")
        she.sees_not("reads all articles")
        ready.set()
        await she.quiet()
        await she.types(" ")
        await she.presses("ctrl+u")
        await she.types("person:raisi")
        assert she.app.explorer.finder.findings.query == "person:raisi"
        assert she.app.names_read
