"""Fragments of HTML, as feeds, newsletters and data sets carry them, to plain paragraphs. Nothing is run or fetched."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|img|blockquote|figure|table|section|article)\b[^<>]*>", re.I
)
_BLOCKS = frozenset(
    "p div br h1 h2 h3 h4 h5 h6 ul ol li blockquote figure figcaption table tr section article header footer hr pre dd "
    "dt".split()
)
_SILENT = frozenset("script style template noscript head title iframe svg select button form textarea".split())
_VOID_SILENT_DEPTH = 64


def has_markup(text: str) -> bool:
    """Whether a text holds HTML tags that must not be shown as letters."""
    return "<" in text and _TAG.search(text) is not None


def plain_paragraphs(fragment: str) -> str:
    """The visible text of a fragment, blocks divided by an empty line. Linear; broken markup gives what can be read."""
    collector = _Collector()
    try:
        collector.feed(fragment)
        collector.close()
    except (AssertionError, ValueError):
        return unescape(re.sub(r"<[^<>]*>", " ", fragment))
    return collector.text()


class _Collector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[list[str]] = [[]]
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT and len(self._silent) < _VOID_SILENT_DEPTH:
            self._silent.append(tag)
        if tag in _BLOCKS:
            self._blocks.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent and self._silent.pop() != tag:
                pass
        if tag in _BLOCKS:
            self._blocks.append([])

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._blocks[-1].append(data)

    def text(self) -> str:
        joined = (" ".join("".join(parts).split()) for parts in self._blocks)
        return "\n\n".join(block for block in joined if block)
