"""What a saving program noted in a page gives its address, and the moment from which "2 hours ago" is counted."""

from __future__ import annotations

import pytest

from kerman_tui.ingest.draft import Draft
from kerman_tui.ingest.readers import Page, html, mail
from kerman_tui.ingest.savers import savers_note

_TEXT = "".join(
    f"<p>The bridge of Telmora stays closed for {n} more weeks, the ministry of transport said in a statement.</p>"
    for n in ("nine", "ten", "twelve")
)
_HEAD = "<html><head><title>Bridge closed</title></head>"
_PAGE = f"{_HEAD}<body><h1>Bridge closed</h1><time>2 hours ago</time>{_TEXT}</body></html>"
_SINGLE_FILE = """<!DOCTYPE html><!--
 Page saved with SingleFile
 url: https://www.quay.example/world/bridge/
 saved date: Tue Mar 05 2024 01:11:10 GMT+0100 (Central European Standard Time)
-->"""


@pytest.mark.parametrize(
    ("comment", "url", "moment"),
    [
        (_SINGLE_FILE, "https://www.quay.example/world/bridge/", "2024-03-05T01:11:10+01:00"),
        ("<!-- saved from url=(0027)https://quay.example/news/1 -->", "https://quay.example/news/1", None),
        (
            "<!-- Mirrored from quay.example/a.html by HTTrack Website Copier/3.x, Tue, 05 Mar 2024 18:11:10 GMT -->",
            "http://quay.example/a.html",
            "2024-03-05T18:11:10+00:00",
        ),
        ("<!-- saved from url=(0014)about:internet -->", None, None),
        ("<!-- a comment -->", None, None),
    ],
)
def test_notes_of_saving_programs(comment: str, url: str | None, moment: str | None) -> None:
    assert savers_note(comment + _PAGE) == (url, moment)


def _only(found: object) -> Draft:
    (draft,) = found  # type: ignore[misc]
    assert isinstance(draft, Draft)
    return draft


def test_hours_ago_need_to_know_when_the_page_was_saved() -> None:
    known = _only(html.read(Page("x.html", (_SINGLE_FILE + _PAGE).encode())))
    assert (known.published, known.date_evidence) == ("2024-03-04", "inferred")
    unknown = _only(html.read(Page("x.html", _PAGE.encode())))
    assert (unknown.published, unknown.date_evidence) == (None, "none")


@pytest.mark.parametrize("kind", ["text/html", 'multipart/related; boundary="b"'])
def test_a_page_saved_by_an_old_browser_is_no_letter(kind: str) -> None:
    part = f"Content-Type: text/html; charset=utf-8\r\nContent-Location: http://www.quay.example/b\r\n\r\n{_PAGE}\r\n"
    head = (
        "From: <Saved by Windows Internet Explorer 8>\r\nDate: Sat, 9 Mar 2024 12:00:00 +0100\r\nMIME-Version: 1.0\r\n"
    )
    whole = head + (part if kind == "text/html" else f"Content-Type: {kind}\r\n\r\n--b\r\n{part}--b--\r\n")
    draft = _only(mail.read(Page("x.mht", whole.encode())))
    assert (draft.title, draft.url) == ("Bridge closed", "http://www.quay.example/b")
    assert (draft.published, draft.date_evidence) == ("2024-03-09", "inferred")


def test_a_date_that_reads_two_ways_is_not_settled_by_a_guess() -> None:
    for written, day in (("03/05/2024", None), ("Tue, 03/05/2024", "2024-03-05")):
        draft = _only(html.read(Page("x.html", _PAGE.replace("2 hours ago", written).encode())))
        assert draft.published == day
