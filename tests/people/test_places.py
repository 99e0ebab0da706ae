"""Places whose name is a choice: variants as one, each outlet's own word kept; from the corpus and the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kerman_tui.cli.main import main
from kerman_tui.corpus import Corpus
from tests.people.names_support import article

SAID = [
    article("Shells fell on Kiev and on the Gaza Strip.", id="a", outlet="The Lantern"),
    article("Shells fell on Kyiv, on KYIV’s harbour, on Gaza and on the Arabian Gulf.", id="b", outlet="Harbour Post"),
    article("Ships left the Persian Gulf for Türkiye; the Daesh flag flew.", id="c", outlet="Harbour Post"),
]


def test_variants_are_one_place_and_keep_each_outlets_word() -> None:
    corpus = Corpus.of(SAID)
    places = {place.name: place for place in corpus.places()}

    assert set(places) == {"Kyiv", "Gaza", "Persian Gulf", "Turkey"}
    assert places["Kyiv"].variants == {
        "Kiev": {"The Lantern": 1}, "Kyiv": {"Harbour Post": 1}, "KYIV": {"Harbour Post": 1},
    }  # fmt: skip
    assert places["Gaza"].variants == {"Gaza Strip": {"The Lantern": 1}, "Gaza": {"Harbour Post": 1}}
    assert (places["Kyiv"].kind, places["Kyiv"].country, places["Persian Gulf"].country) == ("place", "UA", None)
    mention = places["Turkey"].articles["c"][0]
    assert SAID[2].paragraphs[0].text[mention.start : mention.end] == "Türkiye"


def test_places_are_no_organisations_but_both_can_be_searched_for() -> None:
    corpus = Corpus.of(SAID)

    assert [one.name for one in corpus.organisations()] == ["Islamic State"]
    assert {hit.id for hit in corpus.search("org:kiev").hits} == {"a", "b"}


def test_the_command_line_lists_them_beside_the_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = [{"id": one.id, "title": "Ships", "outlet": one.outlet, "text": one.paragraphs[0].text} for one in SAID]
    file = tmp_path / "made.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")

    assert main(["people", str(file), "--places", "--organisations", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"outlets", "people", "organisations", "places"}
    assert {place["name"] for place in answer["places"]} == {"Kyiv", "Gaza", "Persian Gulf", "Turkey"}

    assert main(["people", str(file), "--places"]) == 0
    readable = capsys.readouterr().out
    assert "Kyiv  (place, UA)  3 in 2" in readable
    assert "    Kiev: The Lantern 1" in readable
