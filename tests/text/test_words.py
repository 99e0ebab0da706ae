"""Words, their keys and sentences: offsets always fit the text, spellings of one word share a key."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kerman_tui.text.fold import fold
from kerman_tui.text.safe import make_safe
from kerman_tui.text.sentences import sentences
from kerman_tui.text.tokens import glued_parts, words

PROSE = st.text(st.sampled_from("abcXYZ .,!?…\"'“”’é-\n0123.U.S.a.m.Mr. ابپ漢字。"), max_size=300)


@given(st.text(max_size=300).map(make_safe))
def test_words_stand_where_they_say_in_order(text: str) -> None:
    end = 0
    for word in words(text):
        assert end <= word.start < word.end
        assert text[word.start : word.end] == word.text
        assert any(char.isalnum() for char in word.text)
        end = word.end


@given(st.text(max_size=300).map(make_safe))
def test_every_letter_and_digit_stands_in_a_word(text: str) -> None:
    covered = {i for word in words(text) for i in range(word.start, word.end)}
    assert all(i in covered for i, char in enumerate(text) if char.isalnum())


@given(st.text(max_size=30))
@example("𝝖")
def test_a_key_folds_to_itself(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vučić", "Vucic"),
        ("Iran’s", "Iran"),
        ("Int’l", "Int'l"),
        ("U.S.", "US"),
        ("22,300", "22300"),
        ("Łukasz", "lukasz"),
        ("كتاب", "کتاب"),
        ("ＫＥＲＭＡＮ", "kerman"),
    ],
)
def test_spellings_of_one_word_share_a_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_scripts_are_not_merged() -> None:
    assert fold("Путин") != fold("Putin")
    assert fold("kеrman") != fold("kerman")  # the first has a Cyrillic е


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Int’l Bodies’ aid", ["Int’l", "Bodies", "aid"]),
        ("U.S.-led raids at 9:24 p.m.", ["U.S.", "led", "raids", "at", "9:24", "p.m."]),
        ("O'Neill’s 22,300 men, 3rd", ["O'Neill’s", "22,300", "men", "3rd"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
    ],
)
def test_what_is_a_word(text: str, found: list[str]) -> None:
    assert [word.text for word in words(text)] == found


def test_glued_words_come_apart_at_the_capital() -> None:
    (word,) = words("andQatari")
    assert [(part.start, part.text) for part in glued_parts(word)] == [(0, "and"), (3, "Qatari")]
    (plain,) = words("Qatari")
    assert glued_parts(plain) == ()


@given(PROSE)
def test_sentences_hold_every_visible_character_once(text: str) -> None:
    spans = sentences(text)
    covered = [i for start, end in spans for i in range(start, end)]
    assert len(covered) == len(set(covered))
    assert {i for i, char in enumerate(text) if not char.isspace()} <= set(covered)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He met Lt. General Soleimani in the U.S. on Oct. 7. It rained.", 2),
        ("“We won’t.” He left.", 2),
        ("“Stop!” he said. “Now.”", 2),
        ("The U.S. The end.", 2),
        ("At 8 p.m. The hall was dark.", 2),
        ("He said … nothing at all", 1),
        ("It rose 3.5 percent. Dr. No. 5 won.", 2),
        ("این یک جمله است؟ این هم.", 2),
    ],
)
def test_where_sentences_end(text: str, found: int) -> None:
    assert len(sentences(text)) == found, [text[a:b] for a, b in sentences(text)]
