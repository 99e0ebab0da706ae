"""The people of a corpus: variants joined, votes counted, answers for outlets, results and a few typed letters."""

from __future__ import annotations

import pickle

from kerman_tui.people.corrections import Corrections
from kerman_tui.people.detect import detect
from kerman_tui.people.merge import PeopleIndex, merge
from tests.people.names_support import article

CORPUS = [
    article("President Karim Daneshvar spoke. Daneshvar left.", id="1", outlet="Lantern"),
    article("Iranian President Kareem Daneshvar spoke at length.", "Then Daneshvar left.", id="2", outlet="Harbour"),
    article("Analyst Tom Brindle said Daneshvar was late, and Brindle laughed.", id="3", outlet="Lantern"),
    article("Foreign Minister Petra Novakova met the commander, Omar Saifi, in June.", id="4", outlet="Harbour"),
    article("A man was seen near the wall.", id="5", outlet="Harbour"),
]


def index(corrections: Corrections | None = None) -> PeopleIndex:
    names = [detect(a) for a in CORPUS]
    return merge(names, corrections or Corrections())


def test_leaders_come_first_by_articles_with_counts_for_outlets() -> None:
    people = index().people()
    assert people[0].name in ("Karim Daneshvar", "Kareem Daneshvar")
    assert {p.name for p in people[1:]} == {"Petra Novakova", "Omar Saifi"}
    assert {o: (c.articles, c.mentions) for o, c in people[0].outlets.items()} == {"Lantern": (2, 3), "Harbour": (1, 2)}
    assert people[0].mentions == 5
    assert people[0].country == "IR"


def test_everyone_adds_those_who_are_no_leaders() -> None:
    everyone = {p.name: p.leader for p in index().people(everyone=True)}
    assert everyone["Tom Brindle"] is False


def test_mentions_open_to_their_places() -> None:
    person = index().person("Daneshvar")
    assert person is not None
    assert [m.text for m in person.articles["2"]] == ["Kareem Daneshvar", "Daneshvar"]
    assert [m.paragraph for m in person.articles["2"]] == [0, 1]
    assert set(person.articles) == {"1", "2", "3"}


def test_the_table_of_a_result_counts_only_its_articles() -> None:
    [person] = index().among(["2", "5", "no such article"])
    assert person.mentions == 2
    assert list(person.outlets) == ["Harbour"]


def test_names_of_one_article() -> None:
    listed = index().names_of("4")
    assert [person.name for person, _ in listed] == ["Petra Novakova", "Omar Saifi"]
    assert index().names_of("nowhere") == ()


def test_a_few_letters_find_a_person_misspelt_or_not() -> None:
    people = index()
    for typed in ("daneshvar", "Danishvar", "karim dan", "DANESVAR", "Karim Daneshvar"):
        assert "Daneshvar" in people.resolve(typed)[0].name, typed
    assert people.resolve("") == ()
    assert people.resolve("Quetzalcoatl") == ()


def test_an_article_that_comes_twice_counts_once() -> None:
    names = [detect(a) for a in (*CORPUS, CORPUS[0])]
    assert merge(names).people()[0].mentions == 5


def test_a_person_can_be_sent_to_another_process() -> None:
    person = pickle.loads(pickle.dumps(index().people()[0]))  # noqa: S301
    assert [m.text for m in person.articles["1"]] == ["Karim Daneshvar", "Daneshvar"]


def test_one_wrong_role_makes_no_leader() -> None:
    names = [detect(article("Senator Rudy Quillon laughed.", id="x"))]
    names += [detect(article("Singer Rudy Quillon sang well.", id=f"s{n}")) for n in range(4)]
    [person] = merge(names).people(everyone=True)
    assert not person.leader


def test_organisations_keep_the_word_each_outlet_chose() -> None:
    corpus = [
        article("Daesh claimed it. Daesh lied.", id="1", outlet="Lantern"),
        article("The Islamic State group claimed it, ISIS said.", id="2", outlet="Harbour"),
    ]
    group = next(o for o in merge(detect(a) for a in corpus).organisations() if o.name == "Islamic State")
    assert group.kind == "armed_group"
    assert group.variants["Daesh"] == {"Lantern": 2}
    assert group.variants["ISIS"] == {"Harbour": 1}
    assert group.mentions == 4


def test_a_ministry_is_known_by_the_country_beside_it() -> None:
    corpus = [
        article("The Iranian Foreign Ministry protested; Iran's foreign ministry protested again.", id="1"),
        article("The foreign ministry of Egypt was silent. A foreign ministry is large.", id="2"),
    ]
    found = {o.name: o for o in merge(detect(a) for a in corpus).organisations()}
    assert found["Foreign Ministry of Iran"].mentions == 2
    assert found["Foreign Ministry of Iran"].kind == "ministry"
    assert found["Foreign Ministry of Iran"].country == "IR"
    assert found["Foreign Ministry of Egypt"].mentions == 1


def test_who_holds_an_office_only_later_is_no_leader_before() -> None:
    then = merge([detect(article("Gurus like Elon Musk believe in it.", id="1", date="2017-06-13"))])
    later = merge([detect(article("Gurus like Elon Musk believe in it.", id="1", date="2025-03-13"))])
    assert (then.people(), [p.name for p in then.people(True)]) == ((), ["Elon Musk"])
    assert [p.name for p in later.people()] == ["Elon Musk"]


def test_each_article_keeps_the_title_it_gives_beside_the_office_at_the_time() -> None:
    daneshvar = index().person("Karim Daneshvar")
    assert daneshvar is not None
    assert dict(daneshvar.titles) == {"1": "President", "2": "President of Iran"}
    assert daneshvar.titles.get("3") is None
    assert len(daneshvar.titles) == 2


def test_bearers_of_a_common_family_name_need_one_given_name_or_one_office() -> None:
    people = merge(
        [
            detect(article("Farmer Bob Miller sang, and Bob Miller left.", id="1")),
            detect(article("Singer Robert Miller sang, and Robert Miller left.", id="2")),
            detect(article("Senator Bill Johnson spoke.", id="3")),
            detect(article("Senator William Johnson spoke.", id="4")),
        ]
    ).people(True)
    assert sorted(len(one.articles) for one in people) == [1, 1, 2]
