"""Her corrections win, can be taken back, survive re-indexing and never lose the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerman_tui.people.corrections import Corrections, CorrectionsError, load_corrections, save_corrections
from kerman_tui.people.detect import detect
from kerman_tui.people.merge import merge
from tests.people.names_support import article

CORPUS = [
    article("President Karim Daneshvar spoke to Analyst Tom Brindle.", id="1"),
    article("General Rostam Farrokhi met Kareem Daneshvar at noon.", id="2"),
]


def people(corrections: Corrections) -> dict[str, bool]:
    found = merge([detect(a) for a in CORPUS]).corrected(corrections).people(everyone=True)
    return {p.name: p.leader for p in found}


def test_rename_leader_and_not_a_person() -> None:
    corrections = Corrections().rename("Karim Daneshvar", "Karim-Ali Daneshvar").leader("Tom Brindle")
    assert people(corrections)["Karim-Ali Daneshvar"] is True
    assert people(corrections)["Tom Brindle"] is True
    assert people(corrections.leader("Tom Brindle", False))["Tom Brindle"] is False
    assert "Rostam Farrokhi" not in people(corrections.not_a_person("Rostam Farrokhi"))


def test_merge_and_split_and_undo() -> None:
    merged = Corrections().merge("Rostam Farrokhi", "Tom Brindle")
    assert set(people(merged)) == {"Rostam Farrokhi", "Karim Daneshvar"} or "Kareem Daneshvar" in people(merged)
    assert "Tom Brindle" not in people(merged)
    assert "Tom Brindle" in people(merged.undo())
    split = Corrections().split("Kareem Daneshvar", "Karim Daneshvar")
    assert {"Karim Daneshvar", "Kareem Daneshvar"} <= set(people(split))
    assert merged.undo().redo().made == merged.made


def test_a_renamed_person_is_found_under_both_names() -> None:
    index = merge([detect(a) for a in CORPUS], Corrections().rename("Rostam Farrokhi", "R. Farrokhi"))
    for name in ("Rostam Farrokhi", "R. Farrokhi"):
        person = index.person(name)
        assert person is not None
        assert person.name == "R. Farrokhi"


KINDS = st.sampled_from(["split", "not a person", "leader", "no leader"])


@given(st.lists(st.tuples(KINDS, st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))))
def test_what_is_saved_is_read_again(tmp_path_factory: pytest.TempPathFactory, entries: list[tuple[str, str]]) -> None:
    corrections = Corrections()
    for kind, name in entries:
        if name.split():
            corrections = corrections.add(kind, name)  # type: ignore[arg-type]
    path = tmp_path_factory.mktemp("kept") / "corrections.toml"
    save_corrections(corrections, path)
    assert load_corrections(path).made == corrections.made


def test_the_default_place_is_hers_and_private() -> None:
    path = save_corrections(Corrections().leader("Tom Brindle"))
    assert load_corrections().made[0].names == ("Tom Brindle",)
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "text",
    [
        "[[correction",
        "[[correction]]\nwhat = 3\nnames = []",
        "correction = 4",
        '[[correction]]\nwhat = "eat"\nnames = ["x"]',
    ],
)
def test_a_broken_file_is_named_with_its_reason_and_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorrectionsError, match=r"corrections\.toml"):
        load_corrections(path)
    assert path.read_text(encoding="utf-8") == text


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(CorrectionsError, match="cannot be written"):
        save_corrections(Corrections(), blocked / "corrections.toml")


def test_names_are_needed() -> None:
    with pytest.raises(ValueError, match="two names"):
        Corrections().merge("Tom Brindle")
    assert Corrections().undo().redo().made == ()


def test_a_colleagues_file_adds_without_repeating() -> None:
    mine = Corrections().leader("Tom Brindle")
    theirs = Corrections().leader("Tom Brindle").rename("A", "B")
    assert [c.kind for c in mine.with_all(theirs)] == ["leader", "rename"]
