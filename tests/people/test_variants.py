"""Spellings of one name agree, names of two people do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerman_tui.people.names import full_key, name_parts, suffix_keys
from kerman_tui.people.variants import same_person

SAME = [
    ("Bashar al-Assad", "Bashar Assad"),
    ("Hossein Amir-Abdollahian", "Hossein Amirabdollahian"),
    ("Hossein Amir Abdollahian", "Hossein Amir-Abdollahian"),
    ("Muammar Gaddafi", "Moammar Qaddafi"),
    ("Aleksandar Vučić", "Aleksandar Vucic"),
    ("Mohammad Javad Zarif", "Javad Zarif"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
    ("Dmitry Peskov", "Dmitri Peskov"),
    ("Joe Biden", "Joseph R. Biden"),
    ("Bill Hartwell", "William Hartwell"),
    ("J. Hartwell", "John Hartwell"),
    ("Qassem Soleimani", "Qasem Suleimani"),
    ("Eric Holder", "Eric H. Holder Jr."),
]
APART = [
    ("George W. Bush", "George H.W. Bush"),
    ("George W. Bush", "George Herbert Walker Bush"),
    ("Donald Trump", "Melania Trump"),
    ("Donald Trump", "Donald Trump Jr."),
    ("Michael Cohen", "Michael Coyne"),
    ("David Gregory", "David Gregorio"),
    ("Ali Khamenei", "Mojtaba Khamenei"),
    ("Paul Wells", "Paula Wells"),
    ("Joaquin Castro", "Julian Castro"),
    ("Michel Aoun", "Joseph Aoun"),
    ("Neil Bush", "Noelle Bush"),
    ("Hassan Rouhani", "Hassan Rahimi"),
    ("David Telder-Wells", "David Wells"),
    ("J. Prytz-Johansen", "Jeh Johnson"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_spellings_of_one_name_agree(a: str, b: str) -> None:
    assert same_person(a, b)


@pytest.mark.parametrize(("a", "b"), APART)
def test_two_people_stay_apart(a: str, b: str) -> None:
    assert not same_person(a, b)


NAMES = st.text(alphabet="abdeghiklmnorstuzAJ .-'é", max_size=24)


@given(NAMES, NAMES)
def test_agreement_is_symmetric(a: str, b: str) -> None:
    assert same_person(a, b) == same_person(b, a)


@given(NAMES)
def test_every_name_agrees_with_itself(name: str) -> None:
    assert same_person(name, name)
    assert full_key(name) == full_key(f" {name} ")


def test_particles_carry_no_identity_and_double_families_are_known_by_both_forms() -> None:
    assert name_parts("Bashar al-Assad") == ("bashar", "assad")
    assert suffix_keys("Abdallah Bou Habib") == ("bouhabib", "habib")
