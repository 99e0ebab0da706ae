"""What she marks, gathers in projects and hands out: on the disk before it is said, seen wherever it shows up."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kerman_tui.clips.basket import Basket, new_clip
from kerman_tui.model import Span
from kerman_tui.tui import state as states
from kerman_tui.tui.asking import Asker
from kerman_tui.tui.screens.basket import BasketScreen
from kerman_tui.tui.screens.text import TextScreen
from kerman_tui.tui.state import State

from .fake import FakeCorpus
from .session import She, session


def program(folder: Path, name: str, script: str) -> str:
    """A program of hers."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return str(file)


@pytest.fixture
def no_screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The screen can be put aside, as in a terminal."""
    from kerman_tui.tui.app import Explorer

    monkeypatch.setattr(Explorer, "suspend", lambda self: contextlib.nullcontext())
    yield


async def writes(she: She, text: str) -> None:
    """Empty the field that asks, type, and press Enter."""
    await she.presses("ctrl+u")
    await she.types(text)
    await she.presses("enter")


async def test_it_is_said_only_when_the_disk_has_it_and_nothing_waits_meanwhile(
    corpus: FakeCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, add = threading.Event(), Basket.add_all

    def slowly(self: Basket, clip: object) -> object:
        assert slow.wait(20)
        return add(self, clip)  # type: ignore[arg-type]

    monkeypatch.setattr(Basket, "add_all", slowly)
    async with session(corpus) as she:
        await she.presses("enter")
        await she.pilot.press("space", "j", "j")
        assert she.app.explorer.reader.cursor == 2, "the cursor moves while the disk is slow"
        assert "marked" not in she.app.explorer.status.message
        she.sees_not("●", in_="reader")
        slow.set()
        await she.quiet()
        she.is_told("marked 1 passage")
        she.sees("●", in_="reader")


async def test_what_was_marked_last_is_kept_when_she_leaves_at_once(
    corpus: FakeCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = Basket.add_all

    def slowly(self: Basket, clip: object) -> object:
        threading.Event().wait(0.2)
        return add(self, clip)  # type: ignore[arg-type]

    monkeypatch.setattr(Basket, "add_all", slowly)
    async with session(corpus) as she:
        await she.presses("enter")
        await she.pilot.press("space", "j", "space", "ctrl+q")
    assert len(Basket.open().clips()) == 2


def test_leaving_waits_no_longer_than_it_should() -> None:
    go_on, begun = threading.Event(), threading.Event()

    class Home:
        def post_message(self, message: object) -> bool:
            return True

    def work(_: object) -> None:
        begun.set()
        go_on.wait(20)

    asker = Asker(Home(), lambda _: None)  # type: ignore[arg-type]
    for _ in range(2):
        asker.ask(asker, "x", work, lambda _: None, lane="marks", every=True)
    assert begun.wait(5)
    assert not asker.finish("marks", 0.05)
    go_on.set()
    assert asker.finish("marks", 5)


async def test_what_another_session_marks_appears(corpus: FakeCorpus) -> None:
    article = corpus.articles[0]
    async with session(corpus) as she:
        await she.presses("enter")
        she.sees_not("●")
        with Basket.open() as other:
            other.add(new_clip(article, Span(article.id, 0, 0, 20)))
        await she.until(lambda: "●" in she.screen(), "it never appeared")
        she.sees("● 1 marked")


async def test_a_quotation_is_marked_whole_and_seen_in_its_table_and_in_the_text(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("escape", "Q", "space")
        she.is_told("marked 1 passage")
        assert "●" in she.lines("table")[2]
        (clip,) = she.app.marks.clips
        assert corpus.quotes()[0].text in clip.text
        await she.presses("enter")
        she.sees("●", in_="reader")


async def test_an_aligned_pair_is_marked_with_one_key_and_seen_on_both_sides(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("enter", "c", "space")
        she.is_told("marked 2 passages")
        assert any(line.count("●") == 2 for line in she.lines("sides"))
        await she.presses("space")
        she.is_told("mark taken off 2 passages")
        she.sees_not("●")


async def test_new_marks_go_into_the_current_project_which_is_remembered(corpus: FakeCorpus) -> None:
    state = State()
    async with session(corpus, state=state) as she:
        await she.presses("enter", "space", "b", "c")
        await she.types("new project")
        await she.presses("enter")
        await writes(she, "Kerman bombing")
        she.is_told("new marks go into Kerman bombing")
        she.sees("project: Kerman bombing")
        await she.presses("q", "j", "space")
        she.is_told("marked 1 passage in Kerman bombing; 2 in the basket")
        she.sees("● 2 marked · project: Kerman bombing")
        assert [clip.project for clip in she.app.marks.clips] == ["", "Kerman bombing"]
        await she.presses("ctrl+q")
    assert states.load().project == "Kerman bombing"


async def test_the_basket_by_project_and_by_tag(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("escape", "space", "j", "space", "b", "m")
        await writes(she, "leaders")
        she.is_told("it is in the project leaders now")
        she.sees("✎ project: leaders", "1 of 2")
        await she.presses("j", "t")
        await writes(she, "#urgent")
        await she.presses("f")
        await she.types("leaders")
        await she.presses("enter")
        she.sees("Basket · project: leaders", "1 of 1")
        await she.presses("f")
        await she.types("urgent")
        await she.presses("enter")
        she.sees("Basket · #urgent", "1 of 1")
        await she.presses("escape")
        she.is_at(BasketScreen)
        she.sees("1 of 2")


async def test_the_selection_goes_to_a_command_that_says_what_it_got(corpus: FakeCorpus, tmp_path: Path) -> None:
    async with session(corpus) as she:
        await she.presses("enter", "j", "vertical_line")
        await writes(she, f"cat >{tmp_path}/got; echo taken")
        she.is_told("bytes given to the command: taken")
        assert she.app.explorer.reader.article.outlet in (tmp_path / "got").read_text()
        await she.presses("vertical_line")
        await writes(she, "exit 3")
        she.is_told("the command ended with 3")


async def test_the_basket_goes_to_a_command_and_what_it_prints_is_shown(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("escape", "space", "j", "space", "b", "vertical_line")
        await writes(she, "cat")
        she.is_at(TextScreen)
        she.sees(corpus.articles[0].title[:20])


async def test_pager_and_editor_have_the_terminal(
    corpus: FakeCorpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_screen: None
) -> None:
    monkeypatch.setenv("PAGER", program(tmp_path, "pager", f"cat >{tmp_path}/paged"))
    monkeypatch.setenv("VISUAL", program(tmp_path, "editor", 'echo "by her hand" >"$1"'))
    async with session(corpus) as she:
        await she.presses("enter", "space", "E")
        assert she.clipboard == ["by her hand\n"]
        await she.presses("c", "v")
        assert "Shared:" in (tmp_path / "paged").read_text()
        await she.presses("q", "b", "E")
        she.sees("✎ by her hand")
        await she.presses("v")
        assert "by her hand" in (tmp_path / "paged").read_text()


async def test_without_a_terminal_nothing_is_put_aside_and_it_is_said(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("enter", "space", "b", "v")
        she.is_told("no other program can have the terminal here")


@pytest.mark.parametrize("keys", [("enter", "x"), ("escape", "space", "b", "x"), ("escape", "Q", "x")])
async def test_a_file_is_never_written_over_without_asking(
    corpus: FakeCorpus, keys: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    there = tmp_path / "out.md"
    there.write_text("hers")
    async with session(corpus) as she:
        await she.presses(*keys)
        await writes(she, "~/out.md")
        she.sees("Write over it? (y/n)")
        await writes(she, "n")
        assert there.read_text() == "hers"
        she.is_told("nothing was written")
        await she.presses("x")
        await writes(she, "~/out.md")
        await writes(she, "y")
        assert len(there.read_text()) > 50
        she.is_told("bytes written to")
        await she.presses("x")
        await writes(she, "~/missing/out.md")
        she.is_told("missing/out.md")


async def test_the_plain_view_of_each_pane_has_its_text_and_no_frame(corpus: FakeCorpus) -> None:
    article = corpus.articles[0]
    async with session(corpus) as she:
        await she.presses("enter", "P")
        text = she.clipboard[-1]  # where no terminal can be had, it goes the way of a copy
        assert text.startswith(article.title) and all(one.text in text for one in article.paragraphs)
        await she.presses("escape")
        she.app.explorer.list.focus()
        await she.presses("P")
        assert "▌" not in she.clipboard[-1] and corpus.articles[-1].title[:20] in she.clipboard[-1]
        await she.presses("enter", "c", "P")
        assert "Shared:" in she.clipboard[-1] and "SHA-256" in she.clipboard[-1]


async def test_a_range_over_paragraphs_is_one_step_to_undo(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("enter", "space", "v", "right_curly_bracket", "right_curly_bracket", "space")
        she.is_told("passages; ")
        assert len(she.app.marks.clips) > 2
        await she.presses("b", "u")
        assert len(she.app.marks.clips) == 1
