"""Every screen at every size: it fits, it shows what it must, and nothing a resize does breaks it."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence

import pytest
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion

from kerman_tui.tui.state import State

from .fake import FakeCorpus
from .session import She, session

SIZES = ((80, 24), (120, 40), (200, 60))
SCREENS: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "list": ((), ("World Leaders", "Iran Front")),
    "reader": (("enter",), ("World leaders extended their countries",)),
    "panel": (("escape", "e", "e"), ("World Leaders",)),
    "compare": (("enter", "c"), ("words shared", "= same", "~")),
    "leaders": (("escape", "p"), ("Qassem Soleimani", "articles·mentions")),
    "passages": (("escape", "p", "enter"), ("In context",)),
    "basket": (("escape", "space", "b"), ("Basket", "— Al-Ahed News")),
    "quotations": (("escape", "Q"), ("Quotations", "said")),
    "figures": (("escape", "F"), ("Figures by outlet", "≠", "killed")),
    "every figure": (("escape", "F", "a"), ("≠1", "killed")),
    "organisations": (("escape", "I"), ("Organisations", "Hamas", "Daesh")),
    "timeline": (("escape", "p", "t"), ("by day", "undated", "█")),
    "utterances": (("escape", "U"), ("Same words", "whole")),
    "collation": (("escape", "U", "enter"), ("Same words", "= whole")),
    "where": (("escape", "p", "enter", "d"), ("Where in each article", "▂")),
    "searches": (("escape", "o"), ("No query was asked yet.",)),
    "stories": (("escape", "S"), ("Stories", "2024-01-03 – 2024-01-05")),
    "wording": (("escape", "W"), ("blasts", "explosions")),
    "skipped": (("escape", "exclamation_mark"), ("Every file gave its articles.",)),
    "help": (("escape", "question_mark"), ("Keys", "The list of articles")),
    "palette": (("escape", "colon"), ("Commands", "leaders")),
    "maximised": (("enter", "O"), ("World leaders extended",)),
}


def fits(she: She) -> None:
    """Every line is as wide as the screen, in cells."""
    width, height = she.app.size
    strips = she.app.screen._compositor.render_strips(she.app.screen.size)
    assert len(strips) == height
    for strip in strips:
        assert cell_len(strip.text) == width, repr(strip.text)


@pytest.mark.parametrize("name", SCREENS)
async def test_screens(corpus: FakeCorpus, name: str, snapshot: SnapshotAssertion) -> None:
    """What the screen shows, letter by letter, at every size; ``pytest --snapshot-update`` takes what is shown now."""
    keys, seen = SCREENS[name]
    async with session(corpus, size=SIZES[0]) as she:
        await she.presses(*keys)
        for size in SIZES:
            await she.resizes(*size)
            she.sees(*seen)
            fits(she)
            assert she.screen() == snapshot(name=f"{size[0]}x{size[1]}")


@pytest.mark.parametrize("keys", [("enter",), ("enter", "c"), ("escape", "p")])
async def test_a_resize_storm_breaks_nothing(corpus: FakeCorpus, keys: Sequence[str]) -> None:
    sizes = random.Random(8)
    async with session(corpus) as she:
        await she.presses(*keys)
        before = she.lines()
        for _ in range(12):
            await she.pilot.resize_terminal(sizes.randint(1, 300), sizes.randint(1, 100))
        await she.resizes(1, 1)
        await she.resizes(120, 40)
        after = she.lines()
        fits(she)
        assert [line for line in after if line][1:3] == [line for line in before if line][1:3]


async def test_too_small_says_so_and_recovers(corpus: FakeCorpus) -> None:
    async with session(corpus, size=(80, 24)) as she:
        await she.resizes(30, 8)
        she.sees("needs 40×10")
        she.sees_not("World Leaders")
        await she.resizes(80, 24)
        she.sees("World Leaders")
        fits(she)


async def test_on_a_narrow_screen_the_reader_opens_under_the_list(corpus: FakeCorpus) -> None:
    async with session(corpus, size=(80, 24)) as she:
        assert she.app.explorer.list.size.height > 15 and not she.app.explorer.reader.has_class("shown")
        await she.presses("enter")
        reader, listed = she.app.explorer.reader, she.app.explorer.list
        assert reader.region.y > listed.region.y and reader.size.height > listed.size.height
        await she.presses("e")
        she.is_in("panel")
        await she.presses("q")
        she.is_in("reader")


async def test_on_a_wide_screen_the_panes_stand_side_by_side(corpus: FakeCorpus) -> None:
    async with session(corpus, size=(200, 60)) as she:
        explorer = she.app.explorer
        assert explorer.list.region.right <= explorer.reader.region.x < explorer.panel.region.x
        before = explorer.reader.size.width
        await she.presses("escape", "greater_than_sign")
        assert explorer.reader.size.width > before


async def test_the_place_comes_back_at_the_next_start(corpus: FakeCorpus) -> None:
    from kerman_tui.tui import state as states

    async with session(corpus) as she:
        await she.types("kerman")
        await she.presses("enter", "J", "j", "T")
        article = she.app.explorer.reader.article.id
        sentence = she.app.explorer.reader.cursor
        await she.pilot.press("ctrl+q")
    assert states.load().places["test"].query == "kerman"
    async with session(corpus, state=states.load()) as she:
        assert she.app.explorer.field.value == "kerman"
        assert she.app.explorer.reader.article.id == article
        assert she.app.explorer.reader.cursor == sentence
        assert she.app.palette.name == "light"
        she.is_in("reader")


async def test_a_state_file_full_of_nonsense_is_passed_over(corpus: FakeCorpus) -> None:
    from kerman_tui.places import folder
    from kerman_tui.tui import state as states

    for nonsense in ("{", "[]", '{"theme": 3, "places": {"a": 1, "b": {"paragraph": "x", "query": 2}}, "queries": 1}'):
        (folder("state") / states.FILE_NAME).write_text(nonsense)
        found = states.load()
        assert found.theme == State().theme and found.queries == []


@pytest.mark.parametrize("in_the_way", ["a pipe", "a folder"])
def test_what_stands_in_place_of_the_state_holds_nothing_up_and_is_said(in_the_way: str) -> None:
    from kerman_tui.places import folder
    from kerman_tui.tui import state as states

    path = folder("state") / states.FILE_NAME
    if in_the_way == "a pipe":
        os.mkfifo(path)
        assert states.load().theme == State().theme
        assert states.keep(State()) == "" and path.is_file()
    else:
        path.mkdir()
        (path / "full").touch()
        assert states.load().theme == State().theme
        assert str(path) in states.keep(State())


def test_a_place_that_is_not_kept_is_said_when_all_is_over(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from kerman_tui.tui import app

    def left(explorer: app.Explorer, **_: object) -> int:
        explorer.unkept = "/home/she/explorer.json: No space left on device"
        return 0

    monkeypatch.setattr(app.Explorer, "run", left)
    assert app.explore([]) == 0
    assert "not kept for the next time: /home/she/explorer.json: No space" in capsys.readouterr().err


async def test_a_hundred_thousand_articles_are_a_list_like_any_other(corpus: FakeCorpus) -> None:
    import time

    class Many(type(corpus.articles)):  # type: ignore[misc]
        def __len__(self) -> int:
            return 100_000

        def __getitem__(self, at: int) -> object:  # type: ignore[override]
            return super().__getitem__(at % 14)

    corpus.articles = Many(corpus.articles)
    async with session(corpus) as she:
        await she.presses("escape")
        begun = time.perf_counter()
        await she.presses("G")
        she.sees("100,000 of 100,000", in_="list")
        assert time.perf_counter() - begun < 2


async def test_her_own_settings_hold(corpus: FakeCorpus) -> None:
    from kerman_tui import config, places

    places.folder("config")
    lines = ('theme = "contrast"', "plain = true", "reader_width = 40", "[keys]")
    keys = ('"everywhere.leaders" = "f2"', '"reader.nothing" = "x"', '"list.mark" = "c"')
    places.config_file().write_text("\n".join((*lines, *keys)))
    config.load.cache_clear()
    try:
        async with session(corpus) as she:
            assert she.app.palette.name == "contrast"
            she.is_told("there is no action reader.nothing")
            assert "list.mark keeps its own" in she.app.details
            await she.presses("enter")
            assert she.app.explorer.reader.page.width == 40
            assert not she.app.explorer.list.has_class("shown"), "one pane at a time"
            await she.presses("f2")
            she.sees("Leaders by outlet")
    finally:
        config.load.cache_clear()
