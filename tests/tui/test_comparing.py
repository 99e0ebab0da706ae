"""Articles in columns, and what the whole corpus shares: the keys, what each row opens, what every screen shows."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from kerman_tui.model import Quote
from kerman_tui.tui import records, sharing, wordings
from kerman_tui.tui.screens.basket import BasketScreen, KeptScreen
from kerman_tui.tui.screens.compare import CompareScreen
from kerman_tui.tui.screens.crossing import CrossScreen
from kerman_tui.tui.screens.explorer import ExplorerScreen
from kerman_tui.tui.screens.passages import PassagesScreen
from kerman_tui.tui.screens.records import LEAST_TEXT, RecordsScreen, fitted
from kerman_tui.tui.screens.text import TextScreen
from kerman_tui.tui.widths import GAP

from .fake import FakeCorpus
from .session import She, session
from .test_screens import fits

SIZES = ((80, 24), (160, 45))


def comparing(she: She) -> CompareScreen:
    screen = she.app.screen
    assert isinstance(screen, CompareScreen)
    return screen


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_tables_of_shared_text_and_wording(
    corpus: FakeCorpus, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with session(corpus, size=size) as she:
        await she.presses("escape", "R")
        she.sees("Shared passages", "Tab: flows between outlets")
        for seen in ("What flows between outlets", "Near-duplicate articles"):
            assert she.screen() == snapshot
            await she.presses("tab")
            she.sees(seen)
            fits(she)
        assert she.screen() == snapshot
        await she.presses("q", "W", "tab")
        she.sees("Key words of each outlet", "condolences")
        assert she.screen() == snapshot
        await she.presses("tab")
        await she.types("attack")
        await she.presses("enter")
        she.sees("Near attack", "deadly")
        assert she.screen() == snapshot
        await she.presses("tab")
        she.sees("Verbs that introduce speakers")
        await she.presses("q", "S", "o")
        she.sees("Who carries what")
        fits(she)
        assert she.screen() == snapshot


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_three_and_four_articles_in_columns(
    corpus: FakeCorpus, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with session(corpus, size=size) as she:
        await she.presses("enter", "c", "plus", "enter")
        assert len(comparing(she).articles) == 3
        fits(she)
        assert she.screen() == snapshot
        await she.presses("plus", "enter")
        assert len(comparing(she).articles) == 4
        fits(she)
        assert she.screen() == snapshot
        await she.presses("plus")
        she.is_told("four articles stand side by side already")


async def test_the_pivot_is_chosen_and_columns_are_taken_away(corpus: FakeCorpus) -> None:
    async with session(corpus, size=(160, 45)) as she:
        await she.presses("enter", "c", "plus", "enter")
        first, second, third = (one.id for one in comparing(she).articles)
        await she.presses("l", "l")
        she.sees("▸C ")
        await she.presses("s")
        assert [one.id for one in comparing(she).articles] == [third, second, first]
        await she.presses("minus")
        assert [one.id for one in comparing(she).articles] == [third, second]
        await she.presses("minus")
        she.is_told("two articles are left")
        await she.presses("s")
        assert [one.id for one in comparing(she).articles] == [second, third]


async def test_a_row_of_three_is_marked_and_copied_whole_and_undone_in_one_step(corpus: FakeCorpus) -> None:
    async with session(corpus, size=(160, 45)) as she:
        await she.presses("enter", "c", "plus", "enter", "space")
        beat = comparing(she).sides.beat
        assert beat is not None
        passages = sum(map(len, beat.parts))
        she.is_told(f"marked {passages} passages")
        await she.presses("y")
        assert she.clipboard[-1].count(" — ") >= 2
        await she.presses("b", "u")
        she.is_told("undone: the")
        assert not she.app.marks.clips


async def test_the_passage_of_the_chosen_column_is_read(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("enter", "c", "l")
        right = comparing(she).articles[1].id
        assert comparing(she).sides.beat.parts[1]  # type: ignore[union-attr]
        await she.presses("enter")
        she.is_at(ExplorerScreen)
        assert she.app.explorer.reader.article.id == right


async def test_any_article_is_found_by_its_letters(corpus: FakeCorpus) -> None:
    wanted = corpus.articles[13]
    async with session(corpus) as she:
        await she.presses("enter", "c", "c")
        await she.types("solemani")
        she.sees("Condolences")
        await she.presses("ctrl+u")
        await she.types(wanted.title.split()[-1].lower())
        await she.presses("enter")
        assert comparing(she).articles[1].id == wanted.id


async def test_the_evidence_is_shown_in_full(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("enter", "c", "i")
        she.is_at(TextScreen)
        she.sees("both credit Xinhua", "40%: 40 of 100 words shared")


async def test_a_comparison_is_a_document_in_every_format(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("enter", "c")
        for _ in range(2):
            for form in ("html", "markdown", "text", "csv", "json"):
                text = comparing(she).document(form)
                assert all(one.outlet in text for one in comparing(she).articles)
                assert "SHA-256" in text or form in ("csv", "json")
            await she.presses("plus", "enter")


async def test_each_row_is_one_key_from_its_passage_or_its_pair(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("escape", "R", "enter")
        she.sees("Where it stands", "World leaders extend")
        await she.presses("j", "c")
        assert {one.id for one in comparing(she).articles} == {corpus.articles[0].id, corpus.articles[1].id}
        await she.presses("q", "enter")
        she.is_at(ExplorerScreen)
        await she.presses("R", "tab", "enter")
        she.sees("c lays the two articles side by side", "earlier")
        await she.presses("q", "tab", "enter")
        assert {one.id for one in comparing(she).articles} == {corpus.articles[0].id, corpus.articles[2].id}
        await she.presses("q", "q", "W", "tab", "enter")
        she.is_at(PassagesScreen)


async def test_what_an_outlet_leaves_out_is_shown_where_others_have_it(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("escape", "S", "o")
        she.is_at(CrossScreen)
        she.sees("–")
        cross = she.app.screen.query_one("#table")
        cross.column = next(at for at, one in enumerate(cross.columns) if one.name == "RT")  # type: ignore[attr-defined]
        await she.presses("enter")
        she.is_at(PassagesScreen)
        she.sees("left out by RT", "World leaders")


@pytest.mark.parametrize("keys", [("R",), ("S", "o"), ("p",), ("Q",)], ids=lambda keys: keys[0])
async def test_a_whole_table_is_kept_shown_and_taken_out_again(corpus: FakeCorpus, keys: tuple[str, ...]) -> None:
    async with session(corpus) as she:
        await she.presses("escape", *keys, "B")
        she.is_told("the table is kept; 1 in the basket")
        assert she.lines("table")[0].lstrip("▸ ").startswith("● ")
        (clip,) = she.app.marks.clips
        assert clip.sheet is not None and clip.sheet.corpus == "seeds (14 articles)"
        await she.presses("b")
        she.is_at(BasketScreen)
        she.sees("▦ ", "corpus seeds (14 articles)", "no query: all its articles")
        await she.presses("enter")
        she.is_at(KeptScreen)
        she.sees("Kept from seeds")
        await she.presses("B")
        she.is_told("the table is taken out of the basket")
        assert not she.app.marks.clips


async def test_a_filtered_table_is_cited_with_its_filter_and_goes_back_to_its_passages(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.presses("escape", "Q", "slash")
        await she.types("iran")
        await she.presses("enter", "B", "b", "y")
        assert "query: rows with iran" in she.clipboard[-1] and "SHA-256" in she.clipboard[-1]
        await she.presses("enter")
        screen = she.app.screen
        assert isinstance(screen, RecordsScreen) and screen.current is not None and screen.current.span is not None
        article = screen.current.span.article
        await she.presses("enter")
        she.is_at(ExplorerScreen)
        assert she.app.explorer.reader.article.id == article


@pytest.mark.parametrize("width", [78, 118, 198])
def test_every_column_is_to_be_seen(width: int) -> None:
    listings = (
        sharing.reuse(), sharing.flows(), sharing.near_duplicates(), wordings.key_words(), records.wording(),
        records.stories(), records.figures(), records.quotations(),
    )  # fmt: skip
    for listing in listings:
        wanted = [one.width if one.number or one.whole else width for one in listing.fields]
        widths = fitted(listing.fields, wanted, width)
        assert sum(widths) + GAP * len(widths) <= width
        assert all(
            got >= min(one.width or LEAST_TEXT, LEAST_TEXT) for got, one in zip(widths, listing.fields, strict=True)
        )


def test_a_partial_quotation_is_shown_in_the_clause_it_stands_in(corpus: FakeCorpus) -> None:
    clause = "the bridge was “no toy” for the town"
    said = [
        Quote("a", "RT", "Anna Telder", "Telder", "said", clause, "indirect", 0, 10, 10 + len(clause)),
        Quote("a", "RT", "Anna Telder", "Telder", "said", "no toy", "partial", 0, 26, 32),
        Quote("a", "RT", "Anna Telder", "Telder", "said", "We go.", "full", 1, 0, 6),
    ]
    corpus.quotes = lambda person=None: said  # type: ignore[method-assign, assignment]
    words = [one.texts[-1] for one in records.quotations().records(corpus)]  # type: ignore[arg-type]
    assert words == [clause, f"no toy (in: {clause})", "We go."]
