"""What the program knows beforehand: offices in their time, and a table that is rebuilt when its files change."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerman_tui.people import tables
from kerman_tui.people.knowledge import knowledge
from kerman_tui.places import PlaceError, folder


def test_offices_are_those_of_the_day() -> None:
    holders = knowledge().holders
    assert holders["Ebrahim Raisi"].at("2024-01-04").role == "President of Iran"
    assert holders["Joe Biden"].at("2010-05-01").role == "Vice President of the United States"
    assert holders["Joe Biden"].at("2022-05-01").role == "President of the United States"
    assert holders["Mark Rutte"].at("2026-01-22").role == "Secretary General of NATO"
    assert holders["Mark Rutte"].at("2012-01-22").country == "NL"
    assert holders["Masoud Pezeshkian"].at(None).role == "President of Iran"


def test_every_office_has_a_holder_with_years_and_a_known_country() -> None:
    known = knowledge()
    assert len(known.holders) > 2500
    assert {"KE", "BO", "TL", "WS", "DJ", "XK"} <= {t.country for h in known.holders.values() for t in h.tenures}
    for holder in known.holders.values():
        assert holder.name.strip() and holder.tenures
        for tenure in holder.tenures:
            assert tenure.since[:4].isdigit(), holder.name
            assert tenure.country is None or tenure.country in known.country_names, holder.name
            assert not tenure.until or tenure.until[:4].isdigit(), holder.name


def test_the_kept_table_equals_the_built_one_and_a_broken_one_is_made_again() -> None:
    import orjson

    first = tables.compiled()
    [kept] = folder("cache").glob("people-*.json")
    assert orjson.loads(kept.read_bytes()) == orjson.loads(orjson.dumps(first))
    kept.write_bytes(b"{")
    assert orjson.dumps(tables.compiled()) == orjson.dumps(first)


def test_without_a_cache_folder_it_is_built_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_parts: str) -> Path:
        raise PlaceError("no such place")

    monkeypatch.setattr(tables, "folder", none)
    assert tables.compiled()["full"]
