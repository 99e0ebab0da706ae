"""A comparison as a file: whole, escaped, without a script; looked at in a real browser where there is one."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from html.parser import HTMLParser
from pathlib import Path

import pytest
from compare_articles import article

from kerman_tui.compare.align import align
from kerman_tui.compare.export import as_html, as_markdown, as_text, export
from kerman_tui.model import Comparison

HOSTILE = "<script>alert(1)</script> | `code` [bold](javascript:x) & \x1b[31mred\x1b[0m “quoted” words of the harbour."


def compared() -> Comparison:
    left = article(
        "The harbour master ordered every vessel to leave the quay.",
        HOSTILE,
        id="l",
        title="<b>Title</b>",
        outlet="A & B",
    )
    right = article("The harbour master told every vessel to leave the quay.", "Nothing else.", id="r", outlet="“C”")
    return align(left, right)


class Reader(HTMLParser):
    """Collects what a browser would show and load."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_shows_both_articles_and_can_do_nothing_else() -> None:
    reader = Reader()
    reader.feed(as_html(compared()))
    assert "ordered" in reader.text and "told" in reader.text
    assert "<script>alert(1)</script>" in reader.text
    assert {"script", "link", "img", "b", "iframe"}.isdisjoint(reader.tags)
    assert {"src", "href", "style", "onclick"}.isdisjoint(reader.attributes)
    assert "\x1b" not in as_html(compared())


def test_changed_words_are_marked_on_both_sides() -> None:
    page = as_html(compared())
    assert "<del>ordered</del>" in page
    assert "<ins>told</ins>" in page


def test_markdown_keeps_the_table_and_lets_nothing_through() -> None:
    lines = as_markdown(compared()).splitlines()
    table = [line for line in lines if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {4}
    assert not re.search(r"(?<!\\)[<`\[]", "".join(table))
    assert any("**ordered**" in line for line in table)


def test_text_gives_signs_and_edits_without_control_characters() -> None:
    text = as_text(compared())
    assert "~< The harbour master ordered" in text
    assert "words: “ordered” → “told”" in text
    assert all(char.isprintable() or char == "\n" for char in text)


def test_every_format_copes_with_two_empty_articles() -> None:
    empty = align(article(id="l"), article(id="r"))
    assert all(export(empty, format) for format in ("html", "markdown", "text"))


FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars"
).split()


BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first that is here is asked; the headless shell starts soonest and comes without a desktop."""


@pytest.fixture(scope="module")
def browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no chromium here")
    return found


def looked_at(browser: str, page: Path, *options: str) -> str:
    """Open a page in the browser; what the options make it write comes back."""
    profile = page.parent / "profile"
    done = subprocess.run(
        [browser, *FLAGS, f"--user-data-dir={profile}", *options, page.as_uri()],
        check=True,
        capture_output=True,
        timeout=60,
    )
    return done.stdout.decode()


def shades(picture: Path) -> int:
    """How many different bytes the rows of a PNG hold: a handful when all is one colour."""
    data, at, packed = picture.read_bytes(), 8, b""
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"IDAT":
            packed += data[at + 8 : at + 8 + size]
        at += size + 12
    return len(set(zlib.decompress(packed)))


@pytest.mark.terminal
def test_a_browser_shows_both_articles_and_asks_no_one_for_anything(browser: str, tmp_path: Path) -> None:
    loud = '<img src="http://pixel.invalid/seen"><script src="http://pixel.invalid/do"></script>'
    left = article("The harbour master ordered every vessel to leave the quay.", loud, id="l", title=loud, outlet=loud)
    right = article("The harbour master told every vessel to leave the quay.", "x" * 3_000, id="r", outlet="Evening")
    written = as_html(align(left, right))
    page, picture, log = tmp_path / "page.html", tmp_path / "page.png", tmp_path / "net.json"
    page.write_text(written, encoding="utf-8")
    shown = looked_at(
        browser, page, "--dump-dom", f"--log-net-log={log}", f"--screenshot={picture}", "--window-size=1000,700"
    )
    assert "<del>ordered</del>" in shown and "<ins>told</ins>" in shown
    assert not re.search(r"<(script|img|iframe|link)\b", shown)
    assert "pixel.invalid" not in log.read_text(encoding="utf-8")
    if not picture.is_file():  # some versions do one thing at a time
        looked_at(browser, page, f"--screenshot={picture}", "--window-size=1000,700")
    assert shades(picture) > 40


@pytest.mark.terminal
def test_a_narrow_window_needs_no_scrolling_sideways(browser: str, tmp_path: Path) -> None:
    left = article("The harbour master ordered every vessel to leave the quay.", id="l", title="T" * 300)
    right = article("x" * 3_000, id="r", outlet="Evening")
    measured = re.sub(r"<meta http-equiv[^>]*>", "", as_html(align(left, right)))
    measured += "<script>document.title = document.documentElement.scrollWidth - innerWidth</script>"
    page = tmp_path / "page.html"
    page.write_text(measured, encoding="utf-8")
    found = re.search(r"<title>(-?\d+)</title>", looked_at(browser, page, "--dump-dom", "--window-size=500,700"))
    assert found is not None and int(found.group(1)) <= 0
