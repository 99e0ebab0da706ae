"""Tables with outlets for columns, time lines, collations and dispersion: every number opens what stands behind it."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kerman_tui.analysis import Analysed
from kerman_tui.model import FacetCount, MentionsAt, Quote
from kerman_tui.people.collate import collate
from kerman_tui.tui.collation import changes, inked, table_of, treatments
from kerman_tui.tui.crossing import Crossed, CrossRow, sorted_rows
from kerman_tui.tui.days import drawn, every
from kerman_tui.tui.dispersion import strip
from kerman_tui.tui.gathering import PanelRow, date_rows, shortened
from kerman_tui.tui.histogram import bar, spark
from kerman_tui.tui.narrowing import narrowed
from kerman_tui.tui.screens.crossing import CrossScreen
from kerman_tui.tui.screens.explorer import ExplorerScreen
from kerman_tui.tui.screens.leaders import LeadersScreen
from kerman_tui.tui.screens.passages import PassagesScreen
from kerman_tui.tui.screens.utterances import CollationScreen
from kerman_tui.tui.standing import Standing, role_of
from kerman_tui.tui.widths import GAP, squeezed, taken

from .fake import FakeCorpus
from .session import session

FULL = "We will open the new bridge before the winter, whatever the river does"


def quoted(outlet: str, text: str, verb: str = "said") -> Quote:
    return Quote(f"id-{outlet}", outlet, "Anna Telder", "Telder", verb, text, "full", 0, 0, len(text))


# --- pure -----------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 10**6), max_size=200), st.integers(1, 60))
def test_a_histogram_has_a_sign_for_every_number_above_none(counts: list[int], cells: int) -> None:
    drawn_ = spark(counts, cells)
    assert len(drawn_) == min(cells, len(counts))
    assert drawn_.strip() == "" if not any(counts) else drawn_.strip() != ""


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 40))
def test_a_bar_fits_and_is_there_for_any_number_above_none(count: int, most: int, cells: int) -> None:
    found = bar(min(count, most), most, cells)
    assert len(found) <= cells and bool(found.strip()) == (count > 0)
    assert bar(most, most, cells) == "█" * cells


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50), st.integers(1, 60))
def test_a_strip_is_as_wide_as_asked_and_shows_every_place(places: list[float], cells: int) -> None:
    found = strip(places, cells)
    assert len(found) == cells and found.strip("·")


def test_days_without_a_mention_stand_in_a_time_line_and_undated_comes_last() -> None:
    found = [MentionsAt("2024-01-03", "A", 1, 4), MentionsAt("2024-01-05", "B", 2, 2), MentionsAt(None, "A", 1, 1)]
    assert every(found) == ["2024-01-03", "2024-01-04", "2024-01-05", None]
    rows = drawn(found)
    assert [row.texts[0] for row in rows] == ["2024-01-03", "2024-01-04", "2024-01-05", "undated"]
    assert [row.whole.number for row in rows] == [4, 0, 2, 1]
    assert rows[2].outlets["B"].plain == "2" and "A" not in rows[2].outlets
    assert every([MentionsAt("2024", "A", 1, 1), MentionsAt("2024-01-03", "A", 1, 1)]) == ["2024", "2024-01-03"]
    assert every([]) == []


def test_rows_are_sorted_by_text_or_number() -> None:
    rows = [
        CrossRow((name,), Crossed(str(count), count), {"B": Crossed("x", count % 3)}, name)
        for name, count in (("Ökta", 1), ("Anna", 5), ("Mara", 3))
    ]
    assert [row.about for row in sorted_rows(rows, 1, ("B",), 0, True)] == ["Anna", "Mara", "Ökta"]
    assert [row.about for row in sorted_rows(rows, 1, ("B",), 1, True)] == ["Anna", "Mara", "Ökta"]
    assert [row.about for row in sorted_rows(rows, 1, ("B",), 2, True)] == ["Anna", "Ökta", "Mara"]


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("okt", ["Ökta = 22,300"]),
        ("22300 ök", ["Ökta = 22,300"]),
        ("~", ["Anna ~=~", "~300"]),
        ("an ~", ["Anna ~=~"]),
        ("", ["Ökta = 22,300", "Anna ~=~", "Mara na", "~300"]),
        ("rana", []),
    ],
)
def test_rows_are_narrowed_by_letters_within_a_word_and_by_signs(typed: str, left: list[str]) -> None:
    assert narrowed(["Ökta = 22,300", "Anna ~=~", "Mara na", "~300"], typed, str) == left


def test_a_collation_shows_what_each_version_did() -> None:
    [utterance] = collate(
        [
            quoted("Lantern", FULL, "stressed"),
            quoted("Harbour", "We will open the new bridge before the winter", "claimed"),
            quoted("Pilot", "We will open the old bridge before the winter, whatever the river does"),
        ]
    )
    assert treatments(utterance) == "1 whole, 1 clipped, 1 changed"
    by_outlet = {one.quote.outlet: one for one in utterance.versions}
    pilot, harbour = inked(by_outlet["Pilot"], utterance.text), inked(by_outlet["Harbour"], utterance.text)
    assert pilot.text == FULL.replace("the new bridge", "the new old bridge")
    assert [(pilot.text[one.start : one.end], one.ink) for one in pilot.layers] == [
        ("new", "deleted"),
        ("old", "inserted"),
    ]
    assert harbour.text == "We will open the new bridge before the winter […]"
    assert changes(by_outlet["Pilot"]) == "old in place of new"
    names, rows = table_of(utterance, {"id-Pilot": "2024-01-04"})
    assert [row[names.index("verb")] for row in rows] == ["claimed", "stressed", "said"]


@given(st.lists(st.sampled_from("we will open no old new bridge soon and then".split()), min_size=3, max_size=30))
def test_any_version_can_be_drawn(words: list[str]) -> None:
    for utterance in collate([quoted("A", FULL), quoted("B", " ".join(words)), quoted("C", " ".join(words[1:]))]):
        for version in utterance.versions:
            found = inked(version, utterance.text)
            assert all(0 <= one.start <= one.end <= len(found.text) for one in found.layers)


def test_dates_are_a_histogram_and_long_sections_are_cut_short_until_opened() -> None:
    dates = [FacetCount(f"2024-01-{day:02}", day) for day in range(1, 21)]
    rows = date_rows(dates)
    assert (rows[0].label, rows[0].counts) == ("Dates", "2024-01-01 to 2024-01-20")
    assert rows[1].label[-1] == "█" and rows[2].condition == "date:2024-01-01"
    cut = shortened([*rows, PanelRow("head", "Organisations")], ())
    assert [row.label for row in cut if row.kind == "more"] == ["6 more"]
    assert sum(row.kind == "date" for row in shortened(rows, {"Dates"})) == 20
    assert date_rows(()) == [] and len(date_rows(dates[:1])) == 2


def test_a_spreadsheet_gets_numbers_with_role_and_country_apart(corpus: FakeCorpus) -> None:
    names, rows = Standing(corpus.people(), corpus.outlets).table(numbers=True)
    assert names[:5] == ["name", "role", "country", "all articles", "all mentions"]
    assert all(cell.isdigit() for row in rows for cell in row[3:])
    assert len({len(row) for row in rows} | {len(names)}) == 1


@given(st.lists(st.tuples(st.integers(1, 90), st.booleans()), min_size=1, max_size=8), st.integers(20, 200))
def test_columns_are_narrowed_only_where_there_is_no_room_and_never_those_that_may_not(
    columns: list[tuple[int, bool]], width: int
) -> None:
    wanted = [one for one, _ in columns]
    widths = squeezed(wanted, ({at: 9 for at, (_, gives) in enumerate(columns) if gives},), width)
    room = sum(widths) + GAP * len(widths)
    for got, (full, gives) in zip(widths, columns, strict=True):
        assert got == full or (gives and 9 <= got < full)
    assert room <= width or all(got <= 9 for got, (_, gives) in zip(widths, columns, strict=True) if gives)
    assert widths == wanted or room >= width


def test_a_column_is_as_wide_as_what_stands_in_it() -> None:
    assert taken("unit", ["killed", "USD"], 40) == 6
    assert taken("unit", ["北京の人"], 40) == 8
    assert taken("outlets", ["RT"], 40) == 8
    assert taken("words", ["many words " * 9], 40) == 40


def test_a_role_that_will_be_cut_begins_with_the_country(corpus: FakeCorpus) -> None:
    people = {one.name: one for one in corpus.people()}
    assert role_of(people["Faisal Mekdad"]) == "Foreign Minister of Syria"
    assert role_of(people["Faisal Mekdad"], brief=True) == "SY Foreign Minister"
    assert role_of(replace(people["Kyrsten Sinema"], role="US Senator")) == "US Senator"


# --- in sessions ----------------------------------------------------------------------------------------------------


async def test_every_outlet_is_in_view_on_a_narrow_screen(corpus: FakeCorpus) -> None:
    async with session(corpus, size=(80, 24)) as she:
        await she.presses("escape", "p")
        table = she.app.screen.table  # type: ignore[attr-defined]
        assert table.in_view(80) == list(range(3 + len(corpus.outlets)))
        she.sees("Newsweek")


async def test_on_the_smallest_screen_the_numbers_are_in_view_and_roles_come_back_with_room(corpus: FakeCorpus) -> None:
    async with session(corpus, size=(40, 12)) as she:
        await she.presses("escape", "p")
        she.sees("8·9")
        await she.resizes(120, 30)
        she.sees("President of Iran")


@pytest.mark.parametrize("key", ["I", "F"])
async def test_every_cell_opens_as_many_passages_as_it_says(corpus: FakeCorpus, key: str) -> None:
    async with session(corpus, size=(160, 45)) as she:
        await she.presses("escape", key)
        screen = she.app.screen
        assert isinstance(screen, CrossScreen) and screen.current is not None
        wanted = screen.current.whole.number
        await she.presses("enter")
        she.is_at(PassagesScreen)
        assert she.app.screen.contexts.items == wanted > 0  # type: ignore[attr-defined]
        await she.presses("enter")
        she.is_at(ExplorerScreen)
        she.is_in("reader")
        assert len(she.app.explorer.reader.matches) >= 1


async def test_organisations_by_spelling_and_back(corpus: FakeCorpus) -> None:
    async with session(corpus, size=(160, 45)) as she:
        await she.presses("escape", "I")
        she.sees("Daesh 1", "ISIS 1")
        await she.presses("z")
        she.sees("Spellings of organisations", "Daesh")
        await she.presses("slash")
        await she.types("daesh")
        await she.presses("enter")
        she.sees_not("Hamas")
        await she.presses("Y", "y")
        assert she.clipboard[-1].startswith("| organisation | written | all |")
        await she.presses("q", "z")
        she.sees("Places, and the name each outlet chooses", "Kerman")
        await she.presses("enter")
        she.is_at(PassagesScreen)
        she.sees("In context: Kerman")


async def test_the_time_line_of_a_leader_opens_the_passages_of_a_day(corpus: FakeCorpus) -> None:
    for at, day in enumerate(("2024-01-03", "2024-01-05T10:00:00+03:00", "2024-01-05")):
        corpus.articles[at] = replace(corpus.articles[at], published=day)
    async with session(corpus, size=(160, 45)) as she:
        await she.presses("escape", "p")
        leaders = she.app.screen
        assert isinstance(leaders, LeadersScreen) and leaders.current is not None
        mentions = leaders.current.mentions
        await she.presses("t")
        screen = she.app.screen
        assert isinstance(screen, CrossScreen)
        assert sum(row.whole.number for row in screen._rows) == mentions
        while screen.current is not None and not screen.current.whole.number:
            await she.presses("j")
        wanted = screen.current.whole.number  # type: ignore[union-attr]
        await she.presses("enter")
        assert she.app.screen.contexts.items == wanted  # type: ignore[attr-defined]
        await she.presses("q", "z")
        she.sees("by month")
        await she.presses("z")
        she.sees("by year")


async def test_the_table_counts_what_the_query_found_and_says_so(corpus: FakeCorpus) -> None:
    async with session(corpus, size=(160, 45)) as she:
        await she.types("condolences")
        await she.presses("escape", "p")
        she.is_told("w counts only what is found for condolences")
        every_one = len(she.app.screen.shown)  # type: ignore[attr-defined]
        await she.presses("w")
        she.sees("in what was found: condolences")
        screen = she.app.screen
        assert isinstance(screen, LeadersScreen) and 0 < len(screen.shown) < every_one
        found = set(corpus.found("condolences"))
        mentions = sum(len(one) for id_, one in screen.shown[0].articles.items() if id_ in found)
        await she.presses("enter")
        assert she.app.screen.contexts.items == mentions  # type: ignore[attr-defined]
        await she.presses("q", "w")
        she.is_told("counting in all articles")


async def test_an_utterance_is_collated_and_each_version_read(corpus: FakeCorpus) -> None:
    async with session(corpus, size=(120, 40)) as she:
        await she.presses("escape", "U")
        she.sees("Same words in several articles")
        await she.presses("enter")
        she.is_at(CollationScreen)
        await she.presses("j", "space")
        she.is_told("marked 1 passage")
        await she.presses("Y")
        assert "| outlet | date | speaker | verb |" in she.clipboard[-1]
        await she.presses("enter")
        she.is_in("reader")


async def test_where_in_each_article_and_back_to_the_passages(corpus: FakeCorpus) -> None:
    async with session(corpus) as she:
        await she.types("condolences")
        await she.presses("escape", "C", "d")
        she.sees("Where in each article")
        she.is_in("spreads")
        await she.presses("q")
        she.is_in("contexts")
        await she.presses("s", "s", "s", "s", "s")
        she.is_told("by how it is written")


async def test_a_spelling_is_split_off_and_taken_back(corpus: FakeCorpus) -> None:
    made: list[tuple[str, ...]] = []
    corpus.correct = lambda kind, *names: made.append((kind, *names))  # type: ignore[attr-defined]
    async with session(corpus) as she:
        await she.presses("escape", "p", "c")
        she.sees("Which of these is not")
        await she.presses("enter")
        she.is_told("is not", "u takes it back")
        assert made[0][0] == "split"


async def test_a_section_of_the_panel_is_opened_and_jumped_over(corpus: FakeCorpus) -> None:
    async with session(corpus, size=(160, 45)) as she:
        await she.presses("escape", "l", "l")
        she.is_in("panel")
        panel = she.app.explorer.panel
        more = next(at for at, one in enumerate(panel._places) if panel.rows[one].kind == "more")
        panel.move_to(more)
        before = panel.items
        await she.presses("enter")
        assert panel.items > before
        await she.presses("g", "right_curly_bracket")
        assert panel.current is not None and panel.current.kind != "more" and panel.cursor > 0
        await she.presses("left_curly_bracket")
        assert panel.cursor == 0
        await she.presses("t")
        she.is_at(CrossScreen)


async def test_how_far_the_work_on_a_table_is_until_it_stands_there(
    corpus: FakeCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, people = threading.Event(), corpus.people

    def slowly(**options: object) -> object:
        assert go_on.wait(20)
        return people(**options)  # type: ignore[arg-type]

    async with session(corpus) as she:
        monkeypatch.setattr(corpus, "people", slowly)
        corpus.progress = Analysed(512, 23_805)
        await she.pilot.press("escape", "p")
        await she.until(lambda: "512 of 23,805 articles" in she.screen(), "how far it is")
        she.sees("reading the names in all articles")
        go_on.set()
        await she.quiet()
        she.sees_not("of 23,805 articles", "reading the names")
        she.sees("Ebrahim Raisi")
