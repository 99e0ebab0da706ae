"""The table of people as it is kept: the same people after opening again, under her corrections, and when damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerman_tui import analysis
from kerman_tui.analysis import Analysis
from kerman_tui.corpus import Corpus
from kerman_tui.people.corrections import Corrections
from kerman_tui.people.kept import KeptError, dumps, loads
from kerman_tui.people.merge import PeopleIndex
from tests.people.names_support import article

NONE = Corrections()
SAID = [
    article("President Karim Daneshvar spoke. Daneshvar left Kiev.", id="1", outlet="Lantern", date="2024-01-03"),
    article("Iranian President Kareem Daneshvar met Omar Saifi, a commander of Hamas.", id="2", outlet="Harbour"),
    article("Analyst Tom Brindle said Daneshvar was late, and Brindle laughed.", id="3", outlet="Lantern"),
]


def everything(index: PeopleIndex) -> object:
    people = [(one, dict(one.articles)) for one in index.people(True)]
    tracked = [(one.name, one.variants, dict(one.articles)) for one in (*index.organisations(), *index.places())]
    return people, tracked, index.names_of("2"), [one.name for one in index.resolve("danesvar")]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Analysis:
    monkeypatch.setattr(analysis, "PEOPLE_KEPT_FROM", 1)
    return Analysis(Corpus.of(SAID).articles, 1)


def test_the_bytes_give_the_same_people_back() -> None:
    index = Corpus.of(SAID).people_index
    again = loads(dumps(index), NONE)
    assert everything(again) == everything(index)
    assert everything(again.corrected(NONE)) == everything(index)
    assert again.among(["1"], True) == index.among(["1"], True)


@pytest.mark.parametrize("damaged", [b"", b"\xc1", b"\x99" + b"\x90" * 9])
def test_damaged_bytes_are_said_to_be(damaged: bytes) -> None:
    with pytest.raises(KeptError):
        loads(damaged, NONE)


def test_a_kept_table_opens_without_reading_or_joining_again(
    opened: Analysis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = opened.people(NONE, tmp_path)
    monkeypatch.setattr(Analysis, "names", lambda *_: pytest.fail("read again"))
    assert everything(opened.people(NONE, tmp_path)) == everything(first)

    corrected = opened.people(NONE.add("rename", "Karim Daneshvar", "K. Daneshvar"), tmp_path)
    assert "K. Daneshvar" in {one.name for one in corrected.people()}


def test_a_damaged_table_is_made_again(opened: Analysis, tmp_path: Path) -> None:
    first = opened.people(NONE, tmp_path)
    [kept] = tmp_path.iterdir()
    kept.write_bytes(b"no table")
    assert everything(opened.people(NONE, tmp_path)) == everything(first)


def test_without_a_folder_the_cache_keeps_it_by_content(opened: Analysis) -> None:
    first = opened.people(NONE)
    other = Analysis(Corpus.of(SAID[:2]).articles, 1)
    assert everything(opened.people(NONE)) == everything(first)
    assert len(other.people(NONE).people(True)) < len(first.people(True))
