"""Dates as the wild writes them become ISO, or nothing; never something invented."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerman_tui.ingest import dates
from kerman_tui.ingest.pipeline import read
from kerman_tui.model import Article


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("4 Jan, 2024 00:23", "2024-01-04T00:23"),
        ("Fri Oct 20, 2006 4:25pm EDT", "2006-10-20T16:25-04:00"),
        ("Updated 9:24 PM ET, Thu January 4, 2024", "2024-01-04T21:24"),
        ("2024-01-04T10:00:00Z", "2024-01-04T10:00:00+00:00"),
        ("2024-01-04T10:00:00.123+0330", "2024-01-04T10:00:00+03:30"),
        ("Thu, 04 Jan 2024 10:00:00 GMT", "2024-01-04T10:00:00+00:00"),
        ("January 4th, 2024", "2024-01-04"),
        ("4. Januar 2024", "2024-01-04"),
        ("4 de enero de 2024", "2024-01-04"),
        ("20240104", "2024-01-04"),
        ("2024/1/4", "2024-01-04"),
        ("7/23/17", "2017-07-23"),
        ("23/7/2017", "2017-07-23"),
        ("23.07.2017", "2017-07-23"),
        ("5/5/2021", "2021-05-05"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59+00:00"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_what_can_be_read(text: str, iso: str) -> None:
    assert dates.read_date(text).iso == iso


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "Thu", "tomorrow", "2 hours ago", "one year ago"),
        *("0001-11-30", "0000-00-00", "10000-01-01", "9999-12-31"),
        *("1900-02-29", "2024-02-30", "32 January 2024", "-0044-03-15", "1402-10-14", "1445/06/22", "9" * 5000),
        *("2262-04-12T00:00:00Z", "2024-01-04" * 100, "12.34.5678", "Page 1107", "call 555-2024", "13/13/2013"),
    ],
)  # fmt: skip
def test_what_is_refused(text: str) -> None:
    assert dates.read_date(text) == dates.NOTHING


def test_a_date_whose_order_is_open_waits_for_others() -> None:
    assert dates.read_date("9/6/17") == dates.Reading(loose="9/6/17")
    assert dates.settle("9/6/17", "mdy") == "2017-09-06"
    assert dates.settle("9/6/17", "dmy") == "2017-06-09"
    assert dates.settle("9/6/17", None) is None
    assert dates.settle("9/6/17", None, "https://x.example/2017/06/09/story") == "2017-06-09"
    assert dates.read_date("7/23/17").order == "mdy"
    assert dates.read_date("23/7/17").order == "dmy"


@pytest.mark.parametrize("value", [1704364800, 1704364800000, 1704364800000000, 1704364800000000000])
def test_epochs_of_any_fineness(value: int) -> None:
    assert dates.read_number(value).iso == "2024-01-04T10:40:00+00:00"


@pytest.mark.parametrize("value", [0, -1, 1, 1e300, 5e9, float("nan")])
def test_numbers_that_are_no_epochs(value: float) -> None:
    assert dates.read_number(value) == dates.NOTHING


def test_days_in_addresses() -> None:
    assert dates.date_of_url("https://x.example/world/2024/01/04/story.html") == "2024-01-04"
    assert dates.date_of_url("https://x.example/2024/jan/04/story") == "2024-01-04"
    assert dates.date_of_url("https://x.example/2024-01-04-story") == "2024-01-04"
    assert dates.date_of_url("https://x.example/story-20240104555") is None
    assert dates.date_of_url("https://x.example/2024/13/41/story") is None


@given(st.dates(date(1700, 1, 1), date(2026, 1, 1)))
def test_every_day_of_the_press_is_read_in_every_common_form(day: date) -> None:
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a %b %d, %Y", "%d %b %Y", "%Y/%m/%d"):
        assert dates.read_date(day.strftime(form)).iso == day.isoformat()


@given(st.text(max_size=60))
def test_what_is_read_is_a_date_of_the_press_whatever_the_text(text: str) -> None:
    iso = dates.read_date(text).iso
    if iso is not None:
        assert dates.EARLIEST <= datetime.fromisoformat(iso).date() <= dates.latest()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tue, 03/05/2024 - 14:22", "2024-03-05"),  # only in March is it a Tuesday
        ("Friday 03/05/2024", "2024-05-03"),
        ("۱۴ دی ۱۴۰۲", "2024-01-04"),
        ("تاریخ انتشار: ۱۴۰۲/۱۰/۱۴", "2024-01-04"),
        ("1 فروردین 1403", "2024-03-20"),
        ("29 اسفند 1402", "2024-03-19"),
        ("5 марта 2024", "2024-03-05"),
        ("٥ مارس ٢٠٢٤", "2024-03-05"),
        ("2024年3月5日", "2024-03-05"),
        ("Tue Mar 05 10:00:00 +0000 2024", "2024-03-05"),
    ],
)
def test_weekdays_other_scripts_and_the_iranian_calendar_are_read(text: str, day: str) -> None:
    assert (dates.read_date(text).iso or "")[:10] == day


@pytest.mark.parametrize("text", ["Monday 03/05/2024", "31 مهر 1402", "۱۴۰۲/۱۳/۰۱", "2024年13月5日", "1402-10-14"])
def test_what_fits_no_day_stays_open_or_unread(text: str) -> None:
    assert dates.read_date(text).iso is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2 hours ago", "2024-03-04"),
        ("Updated 5m ago", "2024-03-05"),
        ("yesterday", "2024-03-04"),
        ("a week ago", "2024-02-27"),
        ("three days ago", "2024-03-02"),
        ("2 years ago", None),
        ("long ago", None),
    ],
)
def test_hours_ago_are_counted_from_a_known_moment_alone(text: str, day: str | None) -> None:
    assert dates.read_relative(text, "2024-03-05T01:30:00+00:00") == day
    assert dates.read_relative(text, None) is None


def test_a_weekday_counts_from_a_known_event_and_not_far_from_it() -> None:
    assert dates.after_event("The minister said on Thursday that", "2024-01-03") == "2024-01-04"
    assert dates.after_event("The blasts on Wednesday", "2024-01-03") == "2024-01-03"
    assert dates.after_event("In a speech on Tuesday", "2024-01-03") is None
    assert dates.after_event("In a speech in spring", "2024-01-03") is None


def test_an_undated_text_with_a_known_event_says_that_its_day_is_inferred(tmp_path: Path) -> None:
    body = "The harbour of Telmora stays closed, its master said on Thursday, a day after the explosion in the hall."
    (tmp_path / "a.txt").write_text(f"Harbour stays closed after explosion\n\n{body}\n")
    (tmp_path / "b.txt").write_text(f"Harbour stays shut\n\nMarch 9, 2024\n\n{body}\n")
    (tmp_path / "manifest.toml").write_text('[[source]]\nfile = "*.txt"\nevent = "2024-01-03"\n')
    found = [(a.published, a.date_evidence) for a in read([tmp_path]) if isinstance(a, Article)]
    assert found == [("2024-01-04", "inferred"), ("2024-03-09", "page")]
