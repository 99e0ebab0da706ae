"""Ranking: exact above folded above named above unfinished above misspelt, whatever else the documents hold."""

from __future__ import annotations

import random
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerman_tui.model import WHY_ORDER
from kerman_tui.search import clauses
from kerman_tui.search.index import Document
from kerman_tui.search.opening import build_index

from .newsroom import Newsroom, article

FILLER = "the talks went on for days while prices rose and the harbour stayed shut after the storm had passed".split()
LETTERS = "bcdfgklmnprst"


def slip(word: str, rng: random.Random) -> str:
    """The word with one letter swapped, dropped, doubled or replaced."""
    at = rng.randrange(0, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[: at + 1] + word[at:]
    return word[:at] + ("x" if word[at] != "x" else "z") + word[at + 1 :]


def text(rng: random.Random, *words: str, times: int = 1) -> str:
    mixed = rng.choices(FILLER, k=rng.randrange(8, 40)) + list(words) * times
    rng.shuffle(mixed)
    return " ".join(mixed)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**9))
def test_the_reason_of_a_match_decides_before_anything_else(seed: int) -> None:
    rng = random.Random(seed)
    word = "".join(rng.choices(LETTERS, k=2)) + "v" + "".join(rng.choices("aeiou" + LETTERS, k=rng.randrange(3, 8)))
    accented = word[:2] + "ṽ" + word[3:]
    misspelt = slip(word, rng)
    if misspelt in (word, accented) or misspelt.startswith(word) or word.startswith(misspelt):
        return
    # the weaker the reason, the more the document has in its favour otherwise
    documents = [
        ("exact", article("exact", "A quiet day", text(rng), text(rng, word))),
        ("fold", article("fold", "A quiet day", text(rng, accented, times=2))),
        ("name", article("name", "A quiet day", text(rng), outlet=f"{word.title()} Post")),
        ("prefix", article("prefix", f"{word}ville on top", text(rng, word + "ville", times=4))),
        ("typo", article("typo", f"{misspelt} and {misspelt}", text(rng, misspelt, times=8))),
    ]
    rng.shuffle(documents)
    room = Newsroom([a for _, a in documents])
    result = room.search(word)
    order = [hit.id for hit in result.hits]
    assert order == [why for why in WHY_ORDER if why in order]
    assert order[:4] == ["exact", "fold", "name", "prefix"]
    assert [hit.matches[0].why for hit in result.hits] == order


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**9))
def test_a_better_reading_of_one_word_is_never_outranked_when_the_others_are_equal(seed: int) -> None:
    rng = random.Random(seed)
    first, second = "brelmondi", "caskovar"
    wrong = slip(first, rng)
    if wrong == first or wrong.startswith(first):
        return
    room = Newsroom(
        [
            article("wrong", f"{wrong} {second}", text(rng, wrong, second, times=5)),
            article("right", "Elsewhere", text(rng, first), text(rng), text(rng, second)),
        ]
    )
    assert room.ids(f"{first} {second}")[0] == "right"
    assert room.ids(f"{second} {first}")[0] == "right"


def test_more_words_found_outweigh_how_they_were_found() -> None:
    room = Newsroom(
        [
            article("one", "Brelmondi Brelmondi", "Brelmondi spoke. Brelmondi left."),
            article("two", "Nothing", "Brelmondy met Caskovarr at noon, and again later."),
        ]
    )
    assert room.ids("brelmondi caskovar qqqqzzzz")[0] == "two"


def test_words_side_by_side_rank_above_words_apart() -> None:
    apart = (
        "The crimson lantern maker said nothing of the town, the river or the harbour until the evening brought peace"
    )
    room = Newsroom(
        [
            article(
                "apart",
                "One",
                f"{apart}; harbour crimson went by the long road home and there the town kept a festival.",
            ),
            article(
                "near",
                "Two",
                "It was long ago that a crimson festival was held in the lower town by the sea, they say.",
            ),
        ]
    )
    assert room.ids("crimson festival")[0] == "near"


def test_the_title_ranks_above_the_lede_and_the_lede_above_the_rest() -> None:
    pad = "Officials in the capital gave no further comment on Tuesday evening."
    room = Newsroom(
        [
            article("body", "Morning news", pad, "A zeppelin passed over the old harbour."),
            article("title", "Zeppelin seen over harbour", pad, "It passed at noon over the old harbour wall."),
            article("lede", "Morning news", "A zeppelin passed over the old harbour.", pad),
        ]
    )
    assert room.ids("zeppelin") == ["title", "lede", "body"]


def test_near_duplicates_collapse_under_the_best_and_can_be_opened() -> None:
    sentences = [
        f"Delegate number {n} from district {n * 7} spoke about water and bread for {n} hours." for n in range(30)
    ]
    room = Newsroom(
        [
            article("agency", "Delegates speak", *sentences, outlet="Agency"),
            article("copy", "Long day of speeches", *sentences[:-1], outlet="Paper"),
            article(
                "other", "Water", "Delegate statements about water and bread filled a very different report entirely."
            ),
        ]
    )
    result = room.search("delegate water")
    shown = {hit.id: hit.duplicates for hit in result.hits}
    assert len(shown) == 2
    best = next(ident for ident in shown if ident != "other")
    assert {best, *shown[best]} == {"agency", "copy"}
    assert result.total == 3


def test_near_duplicates_beyond_the_hits_asked_for_do_no_harm() -> None:
    pages = [" ".join(f"Harbour w{n}x{m} came by." for m in range(40)) for n in range(6)]
    room = Newsroom([article(f"{n}{copy}", "Harbour", page) for copy in "ab" for n, page in enumerate(pages)])
    for limit in range(8):
        hits = room.search("harbour", limit=limit).hits
        assert len(hits) == min(limit, 6)
        assert len({hit.id[0] for hit in hits}) == len(hits)
    whole = room.search("harbour", limit=6).hits
    assert sum(len(hit.duplicates) for hit in whole) <= 6


def test_every_hit_says_why() -> None:
    room = Newsroom([article("a", "Soleimani remembered", "Crowds came to Kerman.")])
    why = room.search("solemani kerman").hits[0].why
    assert "soleimani for solemani" in why
    assert "kerman exact" in why


def test_an_alternative_that_another_stands_for_is_not_missed() -> None:
    room = Newsroom([article("a", "Raqqa", "ISIS left Raqqa."), article("b", "Kerman", "Crowds came, says ISIS.")])
    assert room.search("isis | daesh raqqa").hits[0].why == "raqqa exact; isis exact; 1 in the title"
    assert room.search("isis | (daesh kerman)").hits[0].why == "isis exact"
    assert "without daesh" in room.search("isis daesh").hits[0].why


def test_filters_alone_give_the_newest_first() -> None:
    days = ["2024-01-02", None, "2024-01-09", "2023-12-31"]
    articles = [article(f"a{n}", f"Title {n}", f"Some text number {n}", published=day) for n, day in enumerate(days)]
    room = Newsroom(articles)
    assert room.ids("outlet:daily") == ["a2", "a0", "a3", "a1"]


def test_adding_documents_keeps_the_order() -> None:
    exact = article("exact", "Quiet", "A word about Kerman stands here, once.")
    index = build_index([Document(0, article("typo", "Kermann Kermann", "Kermann and Kermann"))], None)
    index.add([Document(1, exact)])
    articles = {0: article("typo", "Kermann Kermann", "Kermann and Kermann"), 1: exact}
    assert index.search("kerman", articles.__getitem__).hits[0].id == "exact"


@settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**9))
def test_the_answer_is_the_same_wherever_frequent_words_are_looked_for(seed: int) -> None:
    rng = random.Random(seed)
    names = ["Kerman", "Karman", "Kermanshah", "Shiraz", "O’Neill", "Vučić"]
    texts = [
        (text(rng, *rng.choices(names, k=rng.randrange(3))), text(rng, *rng.choices(names, k=2))) for _ in range(40)
    ]
    room = Newsroom([article(f"a{n}", title, body) for n, (title, body) in enumerate(texts)])
    for query in (
        "kerman the",
        "harbour ker",
        "shiras harbor",
        "oneill vucic wh",
        "kerman !the | shiraz days",
        "talk kermna",
    ):
        answers = []
        for far_more in (1e9, 0):
            with patch.multiple(clauses, FAR_MORE=far_more, SETTING_OUT=0):
                room.index.add([])  # what was answered before is forgotten
                result = room.search(query, limit=40)
                answers.append((result.total, {hit.id: round(hit.score, 2) for hit in result.hits}))
        assert answers[0] == answers[1], query


def test_a_name_far_more_frequent_than_what_the_letters_begin_is_found_below_it() -> None:
    rare = [article(f"r{n}", "A visit", f"Senator Merkley spoke on day {n} about fish and nets.") for n in range(40)]
    meant = [
        article(f"m{n}", "A visit", f"Chancellor Merkel spoke on day {n} about steel and coal.") for n in range(200)
    ]
    alike = [article(f"a{n}", "A visit", f"Mr Merkal spoke on day {n} about tea and milk.") for n in range(50)]
    room = Newsroom([*rare, *meant, *alike])
    result = room.search("merkl", limit=300)
    assert result.total == 240
    assert {hit.id[0] for hit in result.hits[:40]} == {"r"} and {hit.id[0] for hit in result.hits[40:]} == {"m"}
    assert room.search("merkley").total == 40  # a word of its own


def test_a_beginning_that_nothing_begins_with_is_corrected_in_every_way() -> None:
    whole = [article(f"w{n}", "A visit", f"A solemn day {n} passed with fish and nets.") for n in range(40)]
    begun = [article(f"b{n}", "A visit", f"General Soleimani spoke on day {n} about steel.") for n in range(5)]
    room = Newsroom([*whole, *begun])
    assert {hit.id[0] for hit in room.search("solema", limit=100).hits} == {"w", "b"}
