"""One utterance in several outlets: whole, clipped, changed; and one name for one person over the corpus."""

from __future__ import annotations

from msgspec.structs import replace

from kerman_tui.model import Quote
from kerman_tui.people.collate import collate, reporting_verbs
from kerman_tui.people.detect import detect
from kerman_tui.people.figures import figures
from kerman_tui.people.merge import merge
from kerman_tui.people.quotes import quotes
from kerman_tui.people.quotes_naming import figures_under_corpus_names, quotes_under_corpus_names
from tests.people.names_support import article

FULL = "We will open the new bridge before the winter, whatever the river does,"


def quoted(outlet: str, text: str, verb: str = "said", speaker: str | None = "Anna Telder") -> Quote:
    return Quote(f"id-{outlet}", outlet, speaker, "Telder", verb, text, "full", 0, 0, len(text))


def test_versions_are_whole_clipped_or_changed_with_their_differences() -> None:
    found = collate(
        [
            quoted("Lantern", FULL, "stressed"),
            quoted("Harbour", "We will open the new bridge before the winter", "claimed"),
            quoted("Pilot", "We will open the old bridge before the winter, whatever the river does."),
            quoted("Buoy", "Nothing to do with the rest of them at all."),
        ]
    )
    assert len(found) == 1
    utterance = found[0]
    assert (utterance.speaker, utterance.text) == ("Anna Telder", FULL)
    treatments = {version.quote.outlet: version.treatment for version in utterance.versions}
    assert treatments == {"Lantern": "whole", "Harbour": "clipped", "Pilot": "changed"}
    changed = next(version for version in utterance.versions if version.treatment == "changed")
    assert [(edit.op, edit.left, edit.right) for edit in changed.edits] == [("replace", "new", "old")]
    assert utterance.verbs == (("Harbour", "claimed"), ("Lantern", "stressed"), ("Pilot", "said"))


def test_two_utterances_clipped_to_the_same_few_words_stay_two() -> None:
    found = collate(
        [
            quoted("Lantern", "Bread for every child is what I stand for and always will be"),
            quoted("Harbour", "They say bread for every child and then they close the bakeries"),
            quoted("Pilot", "bread for every child"),
        ]
    )
    assert len(found) == 1 and {version.quote.outlet for version in found[0].versions} != {
        "Lantern",
        "Harbour",
        "Pilot",
    }
    assert collate([quoted("A", "bread for every child"), quoted("B", FULL, speaker=None)]) == ()


def test_short_words_of_different_people_stay_apart() -> None:
    assert collate([quoted("A", "a disgrace"), quoted("B", "a disgrace", speaker="Marek Olsun")]) == ()
    assert len(collate([quoted("A", "a disgrace"), quoted("B", "A disgrace,")])) == 1


def test_indirect_speech_and_repeats_in_one_article_are_not_collated() -> None:
    assert collate([quoted("A", FULL), quoted("A", FULL), replace(quoted("B", FULL), kind="indirect")]) == ()


def test_verbs_are_counted_by_speaker_and_outlet() -> None:
    counts = reporting_verbs(
        [quoted("A", FULL, "claimed"), quoted("A", "No.", "claimed"), quoted("B", FULL, "stressed")]
    )
    assert [(c.speaker, c.outlet, c.verb, c.count) for c in counts] == [
        ("Anna Telder", "A", "claimed", 2),
        ("Anna Telder", "B", "stressed", 1),
    ]


def test_speakers_go_by_the_name_of_the_corpus() -> None:
    articles = [
        article("President Karim Daneshvar said: “The road is long and dry.”", id="1"),
        article("President Karim Ali Daneshvar said 12 people were killed. “It is a dark day,” he added.", id="2"),
    ]
    names = [detect(one) for one in articles]
    index = merge(names)
    said = [q for one, n in zip(articles, names, strict=True) for q in quotes(one, n) if q.kind != "indirect"]
    speakers = {quote.speaker for quote in quotes_under_corpus_names(said, index)}
    assert speakers == {person.name for person in index.people(everyone=True)} and len(speakers) == 1
    counted = figures_under_corpus_names(figures(articles[1], names[1]), index)
    assert {figure.attribution for figure in counted} == speakers
