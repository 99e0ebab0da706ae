"""A comparison as a file: whole, escaped, without a script; looked at in a real browser where there is one."""

from __future__ import annotations

import re
import shutil
import subprocess
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


@pytest.mark.terminal
def test_a_browser_shows_the_page(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no chromium here")
    page, picture = tmp_path / "page.html", tmp_path / "page.png"
    page.write_text(as_html(compared()), encoding="utf-8")
    subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--screenshot={picture}", page.as_uri()],
        check=True,
        capture_output=True,
        timeout=60,
    )
    shown = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.as_uri()],
        check=True,
        capture_output=True,
        timeout=60,
    ).stdout.decode()
    assert picture.stat().st_size > 5_000
    assert "<del>ordered</del>" in shown and "<script" not in shown
