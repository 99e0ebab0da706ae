"""Answers that are there before they are asked for: the likeliest next letter, the letter taken back."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from kerman_tui.model import SearchResult
from kerman_tui.tui import foreseeing

from .fake import FakeCorpus
from .session import She, session


class Slow(FakeCorpus):
    """Says that every search took long enough to be felt, and remembers what was asked."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.asked: list[str] = []

    def search(self, query: str, **how: Any) -> SearchResult:
        if how.get("passages") == 1:  # as the list asks
            self.asked.append(query)
        return msgspec.structs.replace(super().search(query, **how), took_ms=20.0)

    def likely(self, query: str, limit: int) -> list[str]:
        return [query + letter for letter in "kermanx"[len(query) : len(query) + 1] + "z"][:limit]


@pytest.fixture
def slow(corpus: FakeCorpus) -> Slow:
    return Slow(list(corpus.articles))


@pytest.fixture(autouse=True)
def idle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreseeing, "machine_busy", lambda: False)


async def foreseen(she: She, query: str) -> None:
    """Type a query, and let what comes next be thought of."""
    await she.types(query)
    await she.until(lambda: not she.app.asker.busy, "it thinks for ever")


async def test_the_likeliest_next_letter_is_answered_without_asking(slow: Slow) -> None:
    async with session(slow) as she:
        await foreseen(she, "kerm")
        assert slow.asked[-3:] == ["kerm", "kerma", "kermz"]
        slow.asked.clear()
        await she.types("a")
        assert she.app.explorer.finder.findings.query == "kerma"
        assert "kerma" not in slow.asked
        she.sees("of 14", "Kerman")


async def test_a_letter_taken_back_is_answered_without_asking(slow: Slow) -> None:
    async with session(slow) as she:
        await foreseen(she, "x")
        await foreseen(she, "i")
        slow.asked.clear()
        await she.presses("backspace")
        assert she.app.explorer.finder.findings.query == "x"
        assert "x" not in slow.asked


async def test_what_was_foreseen_of_a_part_is_not_taken_for_the_whole(slow: Slow) -> None:
    async with session(slow) as she:
        await foreseen(she, "kerm")
        she.app.explorer.finder.again()
        await she.quiet()
        slow.asked.clear()
        await she.types("a")
        assert slow.asked[0] == "kerma"


async def test_what_a_field_means_is_asked_each_time(slow: Slow) -> None:
    async with session(slow) as she:
        await foreseen(she, "outlet:R")
        await foreseen(she, "T")
        slow.asked.clear()
        await she.presses("backspace")
        assert slow.asked == ["outlet:R"]


async def test_a_busy_machine_is_left_alone(slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreseeing, "machine_busy", lambda: True)
    async with session(slow) as she:
        await foreseen(she, "kerm")
        assert slow.asked[-1] == "kerm"


async def test_nothing_is_foreseen_where_an_answer_takes_no_time(corpus: FakeCorpus) -> None:
    asked: list[str] = []
    corpus.likely = lambda query, limit: asked.append(query)  # type: ignore[attr-defined]
    async with session(corpus) as she:
        await foreseen(she, "kerm")
    assert not asked
