"""What a reader gets from the index: passages with highlights, filters, counts, completions, and a living corpus."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from kerman_tui.search.index import Document, SearchCancelledError, UnusableIndexError
from kerman_tui.search.opening import build_index, open_index

from .newsroom import Newsroom, article, highlighted

TODAY = date(2024, 1, 10)


@pytest.fixture(scope="module")
def room() -> Newsroom:
    return Newsroom(
        [
            article(
                "iran",
                "Blasts near Soleimani's tomb",
                "Two blasts struck a crowd in Kerman.",
                "Officials said that General Qassem Soleimani was honoured; Amirabdollahian condemned the attack.",
                captions=["Mourners in Kerman. Photo: Agency"],
                outlet="Al-Ahed News",
                published="2024-01-03",
                language="en",
            ),
            article(
                "serbia",
                "Vučić promises an answer",
                "President Vučić spoke in Belgrade. “We shall see,” Vučić’s aide said.",
                outlet="RT",
                published="2024-01-04T10:00:00+00:00",
                language="en",
            ),
            article(
                "usa",
                "U.S. envoy visits the White House",
                "The envoy and the foreign minister Hossein Amir Abdollahian did not meet.",
                "He met UkrainianPresident Zelensky andQatari officials at the house, white with snow.",
                outlet="Newsweek",
                published="2023-12-30",
            ),
            article("persian", "سلیمانی در کرمان", "مراسم سالگرد سردار سليماني برگزار شد.", language="fa"),
        ]
    )


@pytest.mark.parametrize(
    ("query", "first", "words"),
    [
        ("solemani", "iran", ["Soleimani", "Soleimani"]),
        ("SOLEIMANI", "iran", ["Soleimani", "Soleimani"]),
        ("vucic", "serbia", ["Vučić", "Vučić", "Vučić"]),
        ("kerm", "iran", ["Kerman", "Kerman"]),
        ("al-ahed", "iran", []),
        ("alahed", "iran", []),
        ("qatari", "usa", ["Qatari"]),
        ("zelenski", "usa", ["Zelensky"]),
        ('"white house"', "usa", ["White", "House"]),
        ("سليمانى", "persian", ["سلیمانی", "سليماني"]),
        ("belgarde", "serbia", ["Belgrade"]),
    ],
)
def test_what_is_typed_finds_what_is_meant(room: Newsroom, query: str, first: str, words: list[str]) -> None:
    result = room.search(query)
    assert result.hits[0].id == first
    assert sorted(highlighted(result)) == sorted(words)


@pytest.mark.parametrize("query", ["amir abdollahian", "amirabdollahian", "amirabdol", "amir abdolahian"])
def test_joined_and_split_spellings_are_one_word(room: Newsroom, query: str) -> None:
    assert {"iran", "usa"} <= set(room.ids(query))


def test_spans_cut_out_whole_words_without_the_possessive(room: Newsroom) -> None:
    match = room.search("vucic").hits[0].matches
    assert all(m.text[s:e] == "Vučić" for m in match for s, e in m.spans)
    assert all(m.why == "fold" for m in match)
    assert room.search("vučić").hits[0].matches[0].why == "exact"


def test_a_phrase_is_highlighted_only_where_it_stands(room: Newsroom) -> None:
    result = room.search('"white house"')
    assert [hit.id for hit in result.hits] == ["usa"]
    assert all(match.paragraph is None for match in result.hits[0].matches)
    assert room.ids('"house white"~3') == ["usa"]


@pytest.mark.parametrize(("query", "words"), [('"white hou', ["White", "House"]), ('"kerm', ["Kerman", "Kerman"])])
def test_a_quotation_still_open_is_searched_as_far_as_it_goes(room: Newsroom, query: str, words: list[str]) -> None:
    result = room.search(query)
    assert highlighted(result) == words
    assert "not closed" in result.problems[0].why


HOSTILE = [
    "a|" * 3000,
    "outlet:x " * 500,
    '"a b" ' * 500,
    "!a " * 1000,
    "kerman " * 2000,
    "x" * 100_000,
    "\ud800 kerman",
    "\x00",
]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_endless_and_broken_queries_are_answered_at_once(room: Newsroom, query: str) -> None:
    started = time.process_time()
    room.search(query, facets=True)
    assert time.process_time() - started < 2


def test_strict_takes_words_as_they_stand(room: Newsroom) -> None:
    assert room.ids("solemani", strict=True) == []
    assert room.ids("soleimani", strict=True) == ["iran"]
    assert room.ids("'kerm") == []


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("outlet:rt", ["serbia"]),
        ('outlet:"al-ahed news"', ["iran"]),
        ("outlet:newsweak", ["usa"]),
        ("outlet:(rt | newsweek)", ["serbia", "usa"]),
        ("!outlet:rt date:2023..", ["iran", "usa"]),
        ("date:2024-01-03", ["iran"]),
        ("date:2024-01", ["iran", "serbia"]),
        ("date:..2023", ["usa"]),
        ("date:7d", ["iran", "serbia"]),
        ("date:lastmonth", ["usa"]),
        ("date:none", ["persian"]),
        ("lang:fa", ["persian"]),
        ("source:serbia", ["serbia"]),
        ("title:blsats", ["iran"]),
        ("^blasts", ["iran"]),
        ("^bla", ["iran"]),
        ("answer$", ["serbia"]),
        ('^"u.s. envoy"', ["usa"]),
        ("!kerman envoy", ["usa"]),
        ("soleimani | zelensky", ["iran", "usa"]),
    ],
)
def test_fields_and_operators(room: Newsroom, query: str, ids: list[str]) -> None:
    assert sorted(room.ids(query, today=TODAY)) == sorted(ids)


def test_a_field_may_be_resolved_by_who_knows_better(room: Newsroom) -> None:
    asked: list[str] = []

    def find(value: str) -> list[int]:
        asked.append(value)
        return [0, 2]

    assert room.ids("person:ghasem date:2024", resolve={"person": find}) == ["iran"]
    assert asked[0] == "ghasem"


def test_a_value_that_nothing_has_is_said_with_the_nearest(room: Newsroom) -> None:
    result = room.search("outlet:nowsreek")
    assert result.total == 0
    assert "Newsweek" in result.problems[0].why


def test_nothing_found_offers_words_that_would_hit(room: Newsroom) -> None:
    result = room.search("bellgrrrrade")
    assert result.total == 0
    assert "belgrade" in result.suggestions
    assert room.search(result.suggestions[0]).total


def test_words_that_stand_nowhere_together_are_let_go_and_said(room: Newsroom) -> None:
    result = room.search("belgrade envoy snow")
    assert result.hits[0].id == "usa"
    assert "without belgrade" in result.hits[0].why


def test_facets_count_the_whole_result(room: Newsroom) -> None:
    facets = room.search("", facets=True, limit=1).facets
    assert {f.value: f.count for f in facets["outlet"]} == {"Al-Ahed News": 1, "RT": 1, "Newsweek": 1, "The Daily": 1}
    assert [(f.value, f.count) for f in facets["date"]] == [("2023-12-30", 1), ("2024-01-03", 1), ("2024-01-04", 1)]


def test_people_and_organisations_are_found_by_name_and_counted() -> None:
    articles = [article("a", "Visit", "The visitor came."), article("b", "Trip", "He left.")]
    documents = [
        Document(0, articles[0], people=("Xi Jinping",), organisations=("Red Crescent",), countries=("CN",)),
        Document(1, articles[1], people=("Xi Jinping", "Joe Biden")),
    ]
    index = build_index(documents, None)
    result = index.search("jinpin", articles.__getitem__, facets=True)
    assert {hit.id for hit in result.hits} == {"a", "b"}
    assert result.hits[0].matches[0].why == "name"
    assert [(f.value, f.count) for f in result.facets["person"]] == [("Xi Jinping", 2), ("Joe Biden", 1)]
    assert [hit.id for hit in index.search('person:"biden joe"', articles.__getitem__).hits] == ["b"]
    assert [hit.id for hit in index.search("org:crescent", articles.__getitem__).hits] == ["a"]


def test_ordinals_are_those_that_search_counts(room: Newsroom) -> None:
    for query in ("kerman", "", "solemani", "date:2024", "white | belgrade", "zzzzz"):
        assert len(room.index.ordinals(query, today=TODAY)) == room.search(query, today=TODAY).total
    assert list(room.index.ordinals("soleimani | envoy")) == [0, 2]


def test_the_reader_gets_every_passage_in_order(room: Newsroom) -> None:
    found = room.index.matches("kerman soleimani", 0, room.articles[0])
    assert [match.paragraph for match in found] == [None, 0, 1, 2]


def test_concordance_shows_every_occurrence_in_context(room: Newsroom) -> None:
    lines = room.index.concordance("kerman", room.fetch, width=20)
    assert [line.keyword for line in lines] == ["Kerman", "Kerman"]
    for line in lines:
        text = room.articles[0].text_of(line.span.paragraph)
        assert text[line.span.start : line.span.end] == line.keyword
        assert text.startswith(line.right, line.span.end)
        assert len(line.left) <= 20


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("outl", ["outlet:"]),
        ("outlet:", ['"Al-Ahed News"', "Newsweek", "RT", '"The Daily"']),
        ("kerman outlet:new", ["Newsweek", '"Al-Ahed News"']),
        ("date:yes", ["yesterday"]),
        ("zele", ["zelensky"]),
    ],
)
def test_completion(room: Newsroom, query: str, texts: list[str]) -> None:
    found = room.index.complete(query, len(query))
    assert {c.text for c in found} == set(texts)
    for completion in found:
        assert query[: completion.start] + completion.text


@pytest.mark.parametrize(
    ("query", "likely"),
    [
        ("zele", ["zelen"]),
        ("kerman Zele", ["kerman Zelen"]),
        ("'zele", ["'zelen"]),
        ("kerma", ["kerman"]),
        ("kerman ", []),
        ("", []),
        ("outlet:new", []),
        ("qqq", []),
    ],
)
def test_what_is_typed_next_most_likely(room: Newsroom, query: str, likely: list[str]) -> None:
    assert room.index.likely(query, 1) == likely


def test_a_search_that_is_no_longer_wanted_stops(room: Newsroom) -> None:
    with pytest.raises(SearchCancelledError):
        room.search("kerman", cancelled=lambda: True)


def test_pages_of_hits_continue_each_other() -> None:
    many = Newsroom([article(f"a{n}", f"Harbour report {n}", f"Harbour text {n} " + f"w{n} " * 9) for n in range(40)])
    first, second = many.ids("harbour", limit=10), many.ids("harbour", limit=10, offset=10)
    assert first + second == many.ids("harbour", limit=20)


def test_it_reopens_from_its_folder_and_takes_in_more(tmp_path: Path) -> None:
    articles = [article("a", "Kerman", "Soleimani stood here."), article("b", "Shiraz", "Roses bloom in Shiraz.")]
    Newsroom(articles[:1], tmp_path).index.close()
    index = open_index(tmp_path)
    started = time.perf_counter()
    assert [hit.id for hit in index.search("solemani", articles.__getitem__).hits] == ["a"]
    assert time.perf_counter() - started < 2
    index.add([Document(1, articles[1])])
    assert [hit.id for hit in index.search("shirz", articles.__getitem__).hits] == ["b"]
    index.remove([0])
    assert len(index) == 1
    assert index.search("kerman", articles.__getitem__).total == 0


def test_an_article_that_changed_replaces_what_it_was() -> None:
    room = Newsroom([article("a", "Kerman", "Old words."), article("b", "Shiraz", "Roses.")])
    room.articles[0] = article("a", "Kerman", "New passages.")
    room.index.add([Document(0, room.articles[0])])
    assert len(room.index) == 2
    assert room.search("passages").total == 1
    assert room.search("old", strict=True).total == 0


def test_a_reader_in_another_process_sees_what_a_writer_adds(tmp_path: Path) -> None:
    articles = [article("a", "Kerman", "First."), article("b", "Shiraz", "Second.")]
    Newsroom(articles[:1], tmp_path)
    reader = open_index(tmp_path)
    assert reader.search("shiraz", articles.__getitem__).total == 0
    script = (
        "import sys; from pathlib import Path; from kerman_tui.model import *\n"
        "from kerman_tui.search.index import *; from kerman_tui.search.opening import *\n"
        "a = Article('b', 'Shiraz', 'RT', (Paragraph('Second.', 2),), Source('b.txt'))\n"
        "open_index(Path(sys.argv[1])).add([Document(1, a)])\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True)
    assert reader.search("shiraz", articles.__getitem__).hits[0].id == "b"


def test_an_index_of_another_version_is_refused_with_words(tmp_path: Path) -> None:
    Newsroom([article("a", "Kerman", "First.")], tmp_path)
    (tmp_path / "state.json").write_text('{"format": 0, "generation": 1}')
    with pytest.raises(UnusableIndexError, match="another version"):
        open_index(tmp_path)
    (tmp_path / "state.json").write_text("not json")
    with pytest.raises(UnusableIndexError, match="cannot be read"):
        open_index(tmp_path)
    assert len(build_index([Document(0, article("a", "Kerman", "First."))], tmp_path)) == 1


def test_importing_search_loads_nothing_heavy() -> None:
    script = (
        "import sys, kerman_tui.search.index, kerman_tui.search.query\n"
        "print([m for m in ('tantivy', 'numpy', 'rapidfuzz', 'textual') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_misspelt_names_are_found_joined_split_and_short() -> None:
    room = Newsroom(
        [
            article("split", "Visit", "The minister Hossein Amir Abdollahian met President Raisi."),
            article("joined", "Talks", "Minister Amirabdollahian left the talks."),
            article("other", "Races", "The race was rash, raspy and a rise of the sun."),
        ]
    )
    for query in ("amirabdolahian", "amirabdollahain", "amri abdollahian", "amir abdolahian"):
        assert {"split", "joined"} <= set(room.ids(query)), query
    assert room.ids("rasi") == ["split"]
    assert room.ids("rise") == ["other"]
    assert room.ids("rash")[0] == "other"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("£350m", ["350m", "350 million"]),
        ("350m", ["350m", "350 million"]),
        ("$1.2bn", ["1 2bn", "1.2 billion"]),
        ("$1.2b", ["1 2bn", "1.2 billion"]),
        ("€3m", ["3m"]),
        ("50%", ["50"]),
        ("1,000", ["1,000"]),
        ("3.5", ["3.5"]),
        ("COVID-19", ["COVID 19"]),
        ("covid19", ["COVID-19"]),
        ("F-16", ["F 16"]),
        ("f16", ["F-16"]),
        ("U.S.", ["U.S."]),
    ],
)
def test_amounts_and_designations_are_found_as_they_are_written(query: str, found: list[str]) -> None:
    texts = [
        "A deal of £350m was signed on Monday.",
        "It cost 350 million in all.",
        "They raised $1.2bn in a day.",
        "Some said 1.2 billion was lost.",
        "Only €3m was left, 50% of it in cash.",
        "About 1,000 people carried 3.5 tonnes.",
        "COVID-19 grounded an F-16 of the U.S. Air Force.",
    ]
    room = Newsroom([article(f"a{n}", "Report", text) for n, text in enumerate(texts)])
    result = room.search(query)
    assert sorted(" ".join(highlighted(result, hit)) for hit in range(len(found))) == sorted(found)


def test_what_is_offered_has_no_quotation_left_open() -> None:
    room = Newsroom([article("a1", "Road closed", "The road was closed.")])
    assert room.search('"clossed roaad').suggestions == ("closed roaad", "clossed road")
    assert room.search('title:zzzz clossed "roaad wsa').suggestions[0] == "title:zzzz closed roaad wsa"
