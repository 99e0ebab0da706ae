"""Extension and correction: the laid-out vocabulary finds exactly what looking at every word would find."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from kerman_tui.search.letters import MAX_WORD, MIN_WORD, PREFIX_LENGTHS
from kerman_tui.search.stream import Casing, Folder
from kerman_tui.search.vocabulary import FIELDS, Vocabulary, edit_budget

WORDS = st.text(alphabet="abcde1سé", min_size=1, max_size=12)


def written(text: str) -> Casing:
    """How the words of a text are written."""
    folder = Folder()
    folder.fold([text.encode()])
    return folder.casing


def built(*words: str) -> Vocabulary:
    return Vocabulary.build([(word, 1) for word in words], written(" ".join(words)))


@settings(max_examples=150)
@given(st.sets(WORDS, max_size=60), WORDS, st.integers(1, 2))
def test_no_correction_is_lost_and_none_invented(words: set[str], typed: str, edits: int) -> None:
    vocabulary = built(*words)
    found = {candidate.word for candidate in vocabulary.corrections(typed, edits, 1000)}
    possible = [word for word in words if MIN_WORD <= len(word) <= MAX_WORD and word != typed]
    expected = {word for word in possible if OSA.distance(typed, word) <= edits} if len(typed) >= MIN_WORD else set()
    assert found == expected


@settings(max_examples=150)
@given(st.sets(WORDS, max_size=60), WORDS)
def test_extensions_are_all_longer_words_that_begin_so(words: set[str], typed: str) -> None:
    vocabulary = built(*words)
    expected = {word for word in words if word.startswith(typed) and word != typed}
    assert {candidate.word for candidate in vocabulary.extensions(typed, 1000)} == expected


@settings(max_examples=150)
@given(st.sets(WORDS, max_size=60), st.text(alphabet="abcde1سé", min_size=4, max_size=8))
def test_no_misspelt_beginning_is_lost_and_none_invented(words: set[str], typed: str) -> None:
    found = {candidate.word for candidate in built(*words).prefix_corrections(typed, 1000)}
    near = {
        word
        for word in words
        for length in (len(typed) - 1, len(typed), len(typed) + 1)
        if length in PREFIX_LENGTHS and len(word) >= length and OSA.distance(typed, word[:length]) <= 1
    }
    assert found == ({word for word in near if not word.startswith(typed)} if len(typed) > 4 else set())


@settings(max_examples=150)
@given(st.sets(WORDS, max_size=60), WORDS)
def test_words_are_found_where_they_stand(words: set[str], asked: str) -> None:
    vocabulary = built(*words)
    assert [vocabulary.find(word) for word in sorted(words)] == list(range(len(words)))
    assert (vocabulary.find(asked) >= 0) == (asked in words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("solemani", "soleimani"),
        ("lerman", "kerman"),
        ("kremlin", "kremlin"),
        ("amirabdolahian", "amirabdollahian"),
        ("erdoagn", "erdogan"),
        ("zelenski", "zelensky"),
    ],
)
def test_slips_that_people_make(typed: str, meant: str) -> None:
    vocabulary = built("soleimani", "kerman", "kremlin", "amirabdollahian", "erdogan", "zelensky", "german")
    found = [candidate.word for candidate in vocabulary.corrections(typed)] + ([typed] if typed == meant else [])
    assert meant in found


def test_a_misspelt_beginning_finds_the_whole_word() -> None:
    vocabulary = built("soleimani", "solemn", "solitude")
    assert "soleimani" in [candidate.word for candidate in vocabulary.prefix_corrections("solema")]


def test_names_may_be_one_edit_further_off() -> None:
    words = [("zelenskyy", 2), ("calendars", 2)]
    vocabulary = Vocabulary.build(words, written("Zelenskyy said that calendars went to Zelenskyy. Calendars!"))
    assert [c.word for c in vocabulary.corrections("zelenski", names=1)] == ["zelenskyy"]
    assert vocabulary.is_name("zelenskyy")
    assert not vocabulary.is_name("calendars")


def test_the_budget_grows_with_the_word() -> None:
    assert [edit_budget(length) for length in (1, 4, 5, 8, 9, 30)] == [0, 0, 1, 1, 2, 2]


def test_the_letters_that_follow_are_those_of_most_articles() -> None:
    vocabulary = Vocabulary.build([("iran", 9), ("irans", 3), ("iranian", 5), ("iraq", 4), ("irée", 8), ("xi", 7)])
    assert vocabulary.letters_after("ira", 3) == ["n", "q"]
    assert vocabulary.letters_after("iran", 3) == [" ", "i", "s"]
    assert vocabulary.letters_after("iran", 2) == [" ", "i"]
    assert vocabulary.letters_after("", 1) == ["i"]
    assert vocabulary.letters_after("irée", 3) == [" "]
    assert vocabulary.letters_after("ir", 3) == ["a"]
    assert vocabulary.letters_after("zz", 3) == []


def test_it_comes_back_from_a_folder_as_it_was(tmp_path: Path) -> None:
    words = [("kerman", 3), ("kermanshah", 1), ("سلیمانی", 2), ("zürich", 1)]
    Vocabulary.build(words, fields={"kerman": FIELDS["text"] | FIELDS["title"]}).save(tmp_path)
    loaded = Vocabulary.load(tmp_path)
    assert [(loaded.word(n), loaded.count(loaded.word(n))) for n in range(len(loaded))] == sorted(words)
    assert [c.word for c in loaded.corrections("kermna")] == ["kerman"]
    assert [name for name in FIELDS if loaded.stands_in(name, "kerman")] == ["text", "title"]
    assert [c.word for c in loaded.extensions("kerm")] == ["kerman", "kermanshah"]


def test_an_empty_vocabulary_answers(tmp_path: Path) -> None:
    empty = Vocabulary.build(())
    assert empty.letters_after("a", 2) == []
    assert empty.corrections("kerman") == []
    assert empty.extensions("k") == []
    assert empty.prefix_corrections("kerma") == []
    empty.save(tmp_path)
    assert len(Vocabulary.load(tmp_path)) == 0
