"""A page saved from a browser's "view source" is the page whose source it shows."""

from __future__ import annotations

import html

import pytest

from kerman_tui.ingest.draft import Draft
from kerman_tui.ingest.formats import detect
from kerman_tui.ingest.readers.html import articles
from kerman_tui.ingest.viewsource import shown_page

BODY = "The bridge over the Telder was opened on Monday by the mayor, Ada Lindqvist, who said it was long. " * 3
PAGE = (
    f"<!DOCTYPE html>\n<html>\n<head><title>Bridge opens in Telder</title></head>\n<body><article>\n"
    f"<h1>Bridge opens in Telder</h1>\n<p>{BODY}</p>\n<p>{BODY.replace('bridge', 'tunnel')}</p>\n"
    f"</article></body>\n</html>\n"
)
ADDRESS = "https://example.org/news/bridge.html"


def chromium() -> str:
    rows = "\n".join(
        f'<tr><td class="line-number" value="{at}"></td><td class="line-content">'
        f'<span class="html-tag">{html.escape(line)}</span></td></tr>'
        for at, line in enumerate(PAGE.split("\n"), 1)
    )
    head = f'<head><meta name="color-scheme" content="light dark"><title>view-source:{ADDRESS}</title></head>'
    return f"<html>{head}<body><form><label>Line wrap</label></form><table><tbody>{rows}</tbody></table></body></html>"


def firefox() -> str:
    lines = "\n".join(f'<span id="line{at}"></span>{html.escape(line)}' for at, line in enumerate(PAGE.split("\n"), 1))
    return f'<html><head><title>{ADDRESS}</title></head><body id="viewsource"><pre>{lines}</pre></body></html>'


@pytest.mark.parametrize("saved", [chromium(), firefox(), f"<html><body><pre>{html.escape(PAGE)}</pre></body></html>"])
def test_the_article_is_that_of_the_page_that_is_shown_and_stands_where_it_stands(saved: str) -> None:
    (found,) = articles(saved)
    assert isinstance(found, Draft)
    assert found.title == "Bridge opens in Telder"
    assert found.paragraphs[0].text.startswith("The bridge over the Telder")
    assert all(one.text[:20] in saved.split("\n")[one.line - 1] for one in found.paragraphs)
    assert found.url == (ADDRESS if ADDRESS in saved else None)


def test_a_page_with_an_example_of_html_in_it_is_itself() -> None:
    example = html.escape("<!DOCTYPE html><html><body>Hello</body></html>")
    page = f"<html><head><title>How to begin</title></head><body><p>{BODY}</p><pre>{example}</pre></body></html>"
    assert shown_page(page) is None
    assert shown_page(PAGE) is None
    at_the_top = f"<html><body><pre>{example}</pre><p>{BODY}</p></body></html>"
    assert shown_page(at_the_top) is None


@pytest.mark.parametrize(
    ("head", "kind"),
    [(PAGE, "html"), (f"<html>{PAGE[16:]}", "html"), ("Bridge opens\n\n<html> is a language.\n", "text")],
)
def test_a_page_in_a_text_file_is_a_page(head: str, kind: str) -> None:
    found = detect("bridge.txt", head.encode())
    assert not isinstance(found, str) and found.name == kind
