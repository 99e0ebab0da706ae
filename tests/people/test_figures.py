"""Numbers with their meaning: value, unit, qualifier, attribution; what is no figure; where figures disagree."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerman_tui.model import Figure
from kerman_tui.people.detect import ArticleNames
from kerman_tui.people.figures import disagreements, figure_table, figures
from tests.people.names_support import article

WORDS = (
    "84 1,200 $ € % killed people were dozens of and wounded, between at least a million 3-2 . ( including one ½"
).split()


def counted(text: str) -> list[tuple[Any, str, str | None]]:
    """Value, unit and qualifier of every figure in a text."""
    return [(figure.value, figure.unit, figure.qualifier) for figure in figures(article(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The blasts killed 84 people and wounded 284 others.", [(84, "killed", "exact"), (284, "wounded", "exact")]),
        ("At least 95 people were killed.", [(95, "killed", "at_least")]),
        ("It saw the killing of at least 84 people and the injury of around 300 more.",
         [(84, "killed", "at_least"), (300, "injured", "about")]),
        ("84 were killed and around 300 others were injured.", [(84, "killed", "exact"), (300, "injured", "about")]),
        ("Raids went on, killing at least 22,300 Palestinians and injuring 57,000 others.",
         [(22300, "killed", "at_least"), (57000, "injured", "exact")]),
        ("Nearly 1,200 villagers are believed to have been killed.", [(1200, "killed", "nearly")]),
        ("The clashes resulted in the deaths of dozens of farmers and nearly 150 soldiers.",
         [(None, "killed", "vague:dozens"), (150, "killed", "nearly")]),
        ("The attack left scores wounded.", [(None, "wounded", "vague:scores")]),
        ("The death toll currently stands at 84.", [(84, "killed", "exact")]),
        ("The flood spread, with the death toll passing 100 on Sunday.", [(100, "killed", "exact")]),
        ("The army detained “at least eight people” overnight.", [(8, "arrested", "at_least")]),
        ("Three members of the Harbour-based team were detained.", [(3, "arrested", "exact")]),
        ("The number of injured rose to 1,204.", [(1204, "injured", "exact")]),
        ("A dozen fishermen drowned.", [(12, "killed", "exact")]),
        ("Among the dead is one journalist who was killed on Monday.", [(1, "killed", "exact")]),
        ("At least nine members of the group were killed.", [(9, "killed", "at_least")]),
        ("More than one million villagers have been displaced.", [(1000000, "displaced", "more_than")]),
        ("Nine soldiers and three civilians were killed.", [(9, "killed", "exact"), (3, "killed", "exact")]),
        ("Some 275 people have been killed, including at least 63 children, with a further 3,365 injured.",
         [(275, "killed", "about"), (63, "killed", "at_least"), (3365, "injured", "exact")]),
        ("The storm claimed 40 lives.", [(40, "killed", "exact")]),
        ("Twenty-one thousand four hundred and two were hurt.", [(21402, "injured", "exact")]),
        ("Lawmakers passed a $61 billion package.", [(61000000000, "USD", "exact")]),
        ("It cost nearly €4.5m, or 2.5 million pounds.", [(4500000, "EUR", "nearly"), (2500000, "GBP", "exact")]),
        ("Turnout fell to 41.5 per cent.", [(41.5, "percent", "exact")]),
        ("Police arrested 33 people; 12 more are missing.", [(33, "arrested", "exact"), (12, "missing", "exact")]),
        ("Two shot and killed at a contest in Norwick.", [(2, "killed", "exact")]),
        ("Police arrested the owner of the ferry and nearly two dozen other people.", [(24, "arrested", "nearly")]),
        ("The bomber killed himself and 20 others.", [(20, "killed", "exact")]),
        ("Seven were stabbed to death; a court sentenced nine to death.", [(7, "killed", "exact")]),
        ("Two nearly drowned, two were nearly killed.", []),
        ("The death toll climbed to 3,419, with another 534 people injured.",
         [(3419, "killed", "exact"), (534, "injured", "exact")]),
        ("Fatalities stood at 31, up from 12.", [(31, "killed", "exact")]),
        ("There were 2,345 confirmed cases and 112 deaths.", [(2345, "infected", "exact"), (112, "killed", "exact")]),
        ("Seven people were killed in Tubal, in addition to two in Jarrow.",
         [(7, "killed", "exact"), (2, "killed", "exact")]),
        ("Five soldiers died on Monday, four from friendly fire.", [(5, "killed", "exact"), (4, "killed", "exact")]),
        ("Five soldiers were wounded, two in critical condition.", [(5, "wounded", "exact")]),
        ("Some 50,000 villagers stranded on a hill, who have been forced to flee their homes, wait.",
         [(50000, "displaced", "about")]),
        ("It evacuated several buildings; two helicopters moved the injured.", []),
        ("The wave killed 170, 000 people.", [(170000, "killed", "exact")]),
        ("They took about 240 people hostage.", [(240, "hostages", "about")]),
        ("At\u2060 least 1\u200b9 people were killed; ۸۴ were wounded.",
         [(19, "killed", "at_least"), (84, "wounded", "exact")]),
        ("84 or more people died.", [(84, "killed", "at_least")]),
    ],
)  # fmt: skip
def test_value_unit_and_qualifier(text: str, expected: list[tuple[Any, str, str]]) -> None:
    assert counted(text) == expected


def test_ranges_and_vague_words_have_bounds() -> None:
    between = figures(article("Between 84 and 95 people died."))[0]
    assert (between.value, between.low, between.high, between.qualifier) == (None, 84, 95, "between")
    of_each = figures(article("Between 3 percent and 4 percent of them left."))
    assert [(one.value, one.low, one.high, one.unit) for one in of_each] == [(None, 3, 4, "percent")]
    price = figures(article("Crude rose $1.36 to $62.13 a barrel after traders paid $2 to $3 more."))
    assert [(one.low, one.high) for one in price] == [(1.36, 1.36), (62.13, 62.13), (2, 3)]
    dozens = figures(article("Dozens of people were killed."))[0]
    assert (dozens.value, dozens.low, dozens.high) == (None, 24, 99)


@pytest.mark.parametrize(
    "text",
    [
        "The tower was lit from 8:00 PM to 9:24 PM on Oct. 7, 2023.",
        "The border is 200km (124 miles) away; a 25-year-old man, aged 25, ran 3-2.",
        "Thousands of pilgrims flocked to the grave in 2020 as two explosions went off.",
        "Two gunmen killed the guard.",
        "Nobody was hurt and no one was killed.",
        "1,2,3,4 were named; see No. 10, page 12, 7/10, 24/7, 0x10, 10⁶.",
        "At least " + "9" * 400 + " people were killed.",
        "They wanted some kind of plan that a few might like.",
        "A total of 107 rodents were lured and killed.",
        "Keepers found several dead rats floating in a pond.",
        "The storm killed 400 cattle.",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert counted(text) == []


@pytest.mark.parametrize(
    ("text", "attribution"),
    [
        ("Interior Minister Karim Daneshvar said 84 people were killed.", "Karim Daneshvar"),
        ("Interior Minister Karim Daneshvar spoke. He added that the blast left 284 wounded.", "Karim Daneshvar"),
        ("At least 84 people were killed, according to the health ministry.", "health ministry"),
        ("According to the health ministry, 84 people were killed, and more may be.", "health ministry"),
        ("The health ministry reported the deaths of 12 people.", "health ministry"),
        ("Officials in Riverland say 12 people were killed.", "Officials in Riverland"),
        ("“At least 12 people were killed,” Anna Telder said.", "Anna Telder"),
        ("At least 84 people were killed.", None),
        ("Raids killed 12 people, according to the army, while nearly 30 are believed to have been wounded.", "army"),
    ],
)
def test_who_says_so(text: str, attribution: str | None) -> None:
    assert figures(article(text))[0].attribution == attribution


def test_an_attribution_does_not_reach_over_its_clause() -> None:
    found = figures(
        article("Raids killed 12, according to the army, while nearly 30 are believed to have been wounded.")
    )
    assert [figure.attribution for figure in found] == ["army", None]


def test_the_written_phrase_stands_at_its_span() -> None:
    text = "In all, the blasts killed at least 84 people on Monday."
    found = figures(article(text))[0]
    assert found.as_written == text[found.start : found.end] == "killed at least 84 people"


def _outlet_says(id_: str, outlet: str, text: str) -> tuple[Figure, ...]:
    return figures(article(text, id=id_, outlet=outlet, title="Bridge collapse in Telderville shakes Riverland"))


def test_disagreeing_figures_stand_in_order_of_time() -> None:
    found = [
        *_outlet_says("later", "Harbour", "The Telderville bridge collapse killed 84 people in Riverland."),
        *_outlet_says(
            "first", "Lantern", "At least 95 people were killed in the Telderville bridge collapse in Riverland."
        ),
        *_outlet_says("same", "Pilot", "The collapse of the bridge at Telderville killed 84 people."),
        *figures(article("A fire in distant Norwick killed 12 miners.", id="fire", outlet="Buoy", title="Mine fire")),
    ]
    dates = {"first": "2024-01-03", "later": "2024-01-04", "same": "2024-01-05", "fire": "2024-01-04"}
    disagreement = disagreements(found, dates)
    assert len(disagreement) == 1
    assert [(figure.outlet, figure.value) for figure in disagreement[0].figures] == [
        ("Lantern", 95), ("Harbour", 84), ("Pilot", 84),
    ]  # fmt: skip
    assert "95" in disagreement[0].why and "84" in disagreement[0].why


def test_what_agrees_is_no_disagreement() -> None:
    found = [
        *_outlet_says("1", "Harbour", "The Telderville bridge collapse injured 284 people in Riverland."),
        *_outlet_says("2", "Lantern", "The Telderville bridge collapse wounded around 300 people in Riverland."),
        *_outlet_says("3", "Pilot", "The Telderville bridge collapse injured dozens of people in Riverland."),
    ]
    assert disagreements(found, {}) == ()
    assert disagreements([], {}) == ()


def test_the_table_has_a_row_a_matter_and_says_where_outlets_disagree() -> None:
    found = [
        *_outlet_says("1", "Harbour", "The Telderville bridge collapse killed 84 people in Riverland."),
        *_outlet_says("2", "Lantern", "The Telderville bridge collapse killed 95 people in Riverland."),
        *figures(article("A fire in distant Norwick killed 12 miners.", id="fire", outlet="Buoy", title="Mine fire")),
    ]

    collapse, fire = figure_table(found, {"1": "2024-01-04", "2": "2024-01-03", "fire": "2024-01-04"})

    assert [figure.value for figure in collapse.figures] == [95, 84]
    assert {outlet: [one.value for one in cell] for outlet, cell in collapse.outlets.items()} == {
        "Lantern": [95],
        "Harbour": [84],
    }
    assert "95" in collapse.why and "84" in collapse.why
    assert (list(fire.outlets), fire.why) == (["Buoy"], "")
    assert figure_table([], {}) == ()


@pytest.mark.parametrize(
    "text",
    ["84 killed and " * 10_000, "1," * 50_000, "9" * 300_000, "dozens and hundreds of thousands of killed " * 5_000,
     "claimed the lives of " * 10_000, "a hundred thousand million " * 10_000],
    ids=["killed", "list", "digits", "vague", "lives", "words"],
)  # fmt: skip
def test_hostile_numbers_take_linear_time(text: str) -> None:
    began = time.process_time()
    figures(article(text), ArticleNames("a", "o", None, (), ()))
    assert time.process_time() - began < 5


@settings(max_examples=80)
@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=30,
    )
)
def test_any_words_give_figures_whose_bounds_hold(words: list[str]) -> None:
    made = article(" ".join(words))
    for figure in figures(made, ArticleNames("a", "o", None, (), ())):
        assert made.text_of(figure.paragraph)[figure.start : figure.end] == figure.as_written
        assert figure.value is not None or figure.low is not None
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high
