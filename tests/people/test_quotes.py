"""What someone is said to have said: spans, speakers, verbs, and what is no speech."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerman_tui.model import Quote
from kerman_tui.people.detect import ArticleNames
from kerman_tui.people.quotes import clauses_around, quotes
from kerman_tui.people.quotes_marks import marked
from tests.people.names_support import article


def said(*paragraphs: str, title: str = "") -> list[Quote]:
    """The direct and partial quotations of a made article."""
    return [quote for quote in quotes(article(*paragraphs, title=title)) if quote.kind != "indirect"]


def who(*paragraphs: str) -> list[tuple[str | None, str | None, str]]:
    """Speaker, verb and text of each direct and partial quotation."""
    return [(quote.speaker, quote.verb, quote.text) for quote in said(*paragraphs)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The bridge will open,” said Anna Telder.", [("Anna Telder", "said", "The bridge will open,")]),
        ("“The bridge will open,” Anna Telder said.", [("Anna Telder", "said", "The bridge will open,")]),
        ('"The bridge will open," Anna Telder told the council.', [("Anna Telder", "told", "The bridge will open,")]),
        ("Anna Telder said: “The bridge will open.”", [("Anna Telder", "said", "The bridge will open.")]),
        ("``The bridge will open,'' Anna Telder said.", [("Anna Telder", "said", "The bridge will open,")]),
        ("«The bridge will open», Anna Telder said.", [("Anna Telder", "said", "The bridge will open")]),
        ("„The bridge will open“, Anna Telder said.", [("Anna Telder", "said", "The bridge will open")]),
        ("‘The bridge will open,’ Anna Telder said.", [("Anna Telder", "said", "The bridge will open,")]),
        ("Anna Telder called the plan “a slow disaster”.", [("Anna Telder", "called", "a slow disaster")]),
        (
            "The plan is “a slow disaster,” according to Anna Telder.",
            [("Anna Telder", "according to", "a slow disaster,")],
        ),
        ("“Will it open?” Anna Telder asked.", [("Anna Telder", "asked", "Will it open?")]),
        ("Anna Telder did not deny that it was “slow going”.", [("Anna Telder", "did not deny", "slow going")]),
        ("Anna Telder went on to note that work was “slow going”.", [("Anna Telder", "note", "slow going")]),
        ("Anna Telder went on: “It was slow going.”", [("Anna Telder", "went", "It was slow going.")]),
        ("The town rejects Anna Telder's claim that it is “safe”.", [("Anna Telder", "claim", "safe")]),
        ("Voters heeded Anna Telder’s loud calls for a “full inquiry”.", [("Anna Telder", "calls", "full inquiry")]),
        ("There were comments by Anna Telder that it was “safe”.", [("Anna Telder", "comments", "safe")]),
        ("It closed, with Anna Telder calling it “a slow disaster”.", [("Anna Telder", "calling", "a slow disaster")]),
        (
            "Speaking in Dover, Delaware, Anna Telder went after Marek Olsun, calling him “a stiff”.",
            [("Anna Telder", "calling", "a stiff")],
        ),
        ("Anna Telder less than two weeks ago said it was “safe”.", [("Anna Telder", "said", "safe")]),
        ("The “Long Water” singer Anna Telder said it was “safe”.", [("Anna Telder", "said", "safe")]),
        ("A harbour paper called “The Bell” cited a fall in trade.", []),
        ("Traders met what is known as the “fiscal cliff”.", []),
        ("“It is gone,” the paper quoted Anna Telder as saying.", [("Anna Telder", "quoted", "It is gone,")]),
        (
            "“It is gone,” Anna Telder, president of the Union of Harbour Workers of the North and head of the council"
            " of its ports, told reporters.",
            [("Anna Telder", "told", "It is gone,")],
        ),
        ("“It is gone,” Anna Telder reports for a radio.", [("Anna Telder", "reports", "It is gone,")]),
        (
            "Anna Telder said that the port would announce “very soon” who bid.",
            [("Anna Telder", "said", "very soon")],
        ),
        ("“It is gone,” said analyst Anna Telder.", [("Anna Telder", "said", "It is gone,")]),
        ("The “good” trends should continue, Anna Telder said.", [("Anna Telder", "said", "good")]),
        ("“It is gone,” Anna Telder began.", [("Anna Telder", "began", "It is gone,")]),
    ],
)
def test_speaker_verb_and_text_of_a_quotation(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert who(text) == expected


def test_a_quotation_that_is_interrupted_belongs_to_one_speaker() -> None:
    found = who("“We tried,” Anna Telder said, “but the river rose.” “It was too late.”")
    assert [speaker for speaker, _, _ in found] == ["Anna Telder"] * 3
    assert [text for _, _, text in found] == ["We tried,", "but the river rose.", "It was too late."]


def test_the_person_told_is_not_the_speaker() -> None:
    found = who(
        "“It will open,” Anna Telder told Marek Olsun.", "Telder assured Marek Olsun that it was “safe to cross”."
    )
    assert [speaker for speaker, _, _ in found] == ["Anna Telder", "Anna Telder"]


def test_lower_case_looks_before_and_a_capital_behind() -> None:
    found = who(
        'Mayor Anna Telder told Marek Olsun that she was "shocked to see the river rise," the Harbour News Agency said.'
    )
    assert found[0][:2] == ("Anna Telder", "told")
    found = who('"Telder stressed that the river rose," Harbour News Agency said.')
    assert found[0][:2] == ("Harbour News Agency", "said")


def test_it_is_the_body_that_told_of_what_someone_else_said() -> None:
    found = quotes(
        article(
            "The Delmar News Agency reported a fire.",
            "In a call with the mayor, Anna Telder expressed her sympathy, the harbour ministry said in a statement.",
            "The blaze was a common threat, it added.",
        )
    )
    assert [one.speaker for one in found if one.verb == "added"] == ["harbour ministry"]


def test_a_pronoun_goes_to_who_spoke_before() -> None:
    found = who("Mayor Anna Telder said the bridge was safe.", "“We tested it twice,” she added.")
    assert found[-1] == ("Anna Telder", "added", "We tested it twice,")
    found = who("Mayor Anna Telder arrived late.", "She's said that it was “safe to cross”, and stood by her claim.")
    assert found == [("Anna Telder", "said", "safe to cross")]
    assert said("“We tested it twice,” she added.")[0].speaker is None
    assert said("“We tested it twice,” she added.")[0].speaker_text == "she"


def test_an_office_names_its_only_bearer() -> None:
    found = who("Bulgarian President Anna Telder spoke.", "“The bridge will open,” the Bulgarian president said.")
    assert found == [("Anna Telder", "said", "The bridge will open,")]


def test_a_quotation_over_paragraphs_is_one_piece_each_with_one_speaker() -> None:
    found = said(
        "Mayor Anna Telder said: “The bridge will open. We are glad.",
        "“It took ten years.",
        "“Thank you all.”",
        "It rained.",
    )
    assert [(q.paragraph, q.text, q.speaker) for q in found] == [
        (0, "The bridge will open. We are glad.", "Anna Telder"),
        (1, "It took ten years.", "Anna Telder"),
        (2, "Thank you all.", "Anna Telder"),
    ]


def test_a_free_standing_quotation_goes_on_and_a_signed_one_is_its_signers() -> None:
    found = who("“The bridge will open,” Anna Telder said.", "“Nobody will have to swim any longer.”")
    assert found[1][0] == "Anna Telder"
    assert said("“Nobody will have to swim any longer.”", "— Anna Telder, mayor")[0].speaker_text == "Anna Telder"
    assert said("“Nobody will have to swim any longer.”")[0].speaker is None


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “Riverland” crimes went on, and Anna Telder left the town.",
        'Anna Telder expressed hope that "Riverland\'s" mills would stop.',
        "Anna Telder said that the “Riverland” is under pressure from every side.",
        "He watched “Gone With the Wind” at home.",
        "On RTN’s “Face of the Week,” Anna Telder said the bridge was safe.",
        "In his memoir, “Long Water Under the Bridge,” Anna Telder wrote of the town.",
        "‘All Bets Are Off’",
        "“(CROSSTALK)”",
    ],
)
def test_scare_quotes_and_titles_are_no_speech(text: str) -> None:
    assert said(text) == []


def test_a_headline_quotation_takes_the_speaker_of_the_body() -> None:
    found = said("Mayor Anna Telder called it a “slow disaster”.", title="Mayor Sorry After 'Slow Disaster'")
    assert [(q.paragraph, q.speaker, q.text) for q in found] == [
        (None, "Anna Telder", "Slow Disaster"),
        (0, "Anna Telder", "slow disaster"),
    ]


def test_indirect_speech_is_the_clause() -> None:
    found = [q for q in quotes(article("Anna Telder said on Monday that the bridge was safe.")) if q.kind == "indirect"]
    assert [(q.speaker, q.verb, q.text) for q in found] == [("Anna Telder", "said", "that the bridge was safe")]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        (
            "Anna Telder described the ferry as “a slow disaster” after it sank.",
            "the ferry as “a slow disaster”",
        ),
        ("Anna Telder called the toll a “scandal” this week, state media said.", "the toll a “scandal”"),
        ("Anna Telder wondered whether it was “fair,” but paid the toll.", "whether it was “fair,”"),
        ("The ferry “never left,” she said, citing the log.", "The ferry “never left,”"),
        ("The ferry, she said, was late.", "The ferry, she said, was late"),
    ],
)
def test_indirect_speech_ends_where_the_writer_goes_on(text: str, clause: str) -> None:
    assert clause in [quote.text for quote in quotes(article(text)) if quote.kind == "indirect"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Anna Telder issued a statement saying the plan “has no place here.”", "Anna Telder"),
        ("An official, speaking on condition of anonymity, said that it “will not open.”", "An official"),
        ("The film shows a sailor asking, “Who will save us?”", "a sailor"),
    ],
)
def test_who_speaks_through_a_statement_or_unnamed(text: str, speaker: str) -> None:
    assert speaker in [quote.speaker_text for quote in said(text)]


def test_a_clause_of_several_quotations_stands_beside_them() -> None:
    found = quotes(article("Anna Telder called it “late,” “wet” and “a danger to anybody who has to cross.”"))
    assert [quote.kind for quote in found] == ["indirect", "partial", "partial", "partial"]


def test_a_partial_quotation_knows_the_clause_in_which_it_stands() -> None:
    found = quotes(article("Anna Telder said that the plan was “a loss” for the town. “It rained,” Anna Telder said."))
    around = {one.text: clause and clause.text for one, clause in zip(found, clauses_around(found), strict=True)}
    assert around["a loss"] == "that the plan was “a loss” for the town"
    assert around["It rained,"] is None


def test_nested_and_unbalanced_marks() -> None:
    assert [q.text for q in said("“He said ‘no’ twice,” Anna Telder said.")] == ["He said ‘no’ twice,"]
    assert [q.text for q in said("Anna Telder said: “I think so. He called it “great”.")] == ["great"]
    assert said(*(f"“They never close, said Anna Telder number {at}" for at in range(40))) == []
    assert [q.text for q in said("The workers’ rights and the owners’ wrongs, Anna Telder said.")] == []


def test_quoted_text_is_what_stands_at_the_span() -> None:
    text = "  “  Spaced out,  ” said Anna Telder; “Fine.”"
    for quote in quotes(article(text)):
        assert text[quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    "text",
    [
        '"' * 200_000,
        "“" * 200_000,
        "“”" * 100_000,
        "“yes” said he. " * 5_000,
        "said, " * 20_000,
        "' " * 50_000,
        "Smith, who said, " * 5_000,
        "a" * 500_000,
    ],
    ids=["straight", "open", "pairs", "short", "verbs", "apostrophes", "relatives", "one word"],
)
def test_hostile_marks_take_linear_time(text: str) -> None:
    began = time.process_time()
    quotes(article(text), ArticleNames("a", "o", None, (), ()))
    assert time.process_time() - began < 5


@settings(max_examples=80)
@given(st.lists(st.text(alphabet="“”\"'‘’«» abAB.,?!said:—\n", max_size=60), max_size=6))
def test_any_text_gives_spans_that_hold(paragraphs: list[str]) -> None:
    made = article(*paragraphs, title="Said ‘so’")
    for quote in quotes(made, ArticleNames("a", "o", None, (), ())):
        assert made.text_of(quote.paragraph)[quote.start : quote.end] == quote.text != ""
        assert quote.speaker is None or quote.speaker_text


@given(st.text(alphabet="“”\"'‘’«»„ a.`", max_size=80))
def test_marked_stretches_never_overlap(text: str) -> None:
    reach = 0
    for pair in marked([text])[0]:
        assert reach <= pair.outer_start < pair.start <= pair.end <= pair.outer_end <= len(text)
        reach = pair.outer_end


def test_a_transcript_gives_each_turn_to_the_name_before_its_colon() -> None:
    found = quotes(
        article(
            "The host, Mike Wallis, met Governor Ann Penrose on Sunday.",
            "WALLIS: Governor, I want to ask you about the bridge.",
            '"PENROSE: It will stand.',
            "WALLIS:",
            "And the ferry?",
            "UPDATE: The ferry sank.",
        )
    )
    assert [(quote.speaker, quote.text, quote.kind) for quote in found] == [
        ("Mike Wallis", "Governor, I want to ask you about the bridge.", "full"),
        ("Ann Penrose", "It will stand.", "full"),
        ("Mike Wallis", "And the ferry?", "full"),
    ]


def test_a_heading_in_capitals_with_a_colon_is_no_transcript() -> None:
    assert quotes(article("FACTBOX: Bridges of the world", "LONDON: The bridge is open.")) == ()


def test_letters_are_signed_behind_a_dash() -> None:
    found = quotes(article("“The bridge should stand.” ― Ann Telder\n“The ferry was better, I think.” ― Tom Foss"))
    assert [quote.speaker_text for quote in found] == ["Ann Telder", "Tom Foss"]


def test_what_is_said_of_a_subject_is_no_speaker() -> None:
    found = quotes(article("The change is likely to placate nervous clerks at the port, who argued that it was late."))
    assert [quote.speaker_text for quote in found] in ([], [None], ["nervous clerks at the port"])
