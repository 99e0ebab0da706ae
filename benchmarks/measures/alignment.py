"""Two articles side by side: our alignment beside difflib and diff-match-patch over the same words."""

from __future__ import annotations

import difflib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
from figures import OURS, Row, row
from inputs import Inputs
from processes import call
from report import Omitted, installed

PAIRS = 30
"""Pairs of articles of which one copies from the other."""
LONG = 1_000
"""Words of the long pair."""
DMP_TIMEOUT = 5.0
"""Seconds after which diff-match-patch gives up looking for a shorter difference."""


def measure(inputs: Inputs) -> Iterator[Row | Omitted]:
    copies = Path(f"{inputs.articles}.copies")
    pairs = [orjson.loads(line)[:2] for line in copies.read_bytes().splitlines()[:PAIRS]]
    other = installed("diff-match-patch") is not None
    ran = call(
        "measures.alignment",
        "align_all",
        path=inputs.articles,
        pairs=pairs,
        runs=inputs.runs,
        other=other,
        environment=inputs.environment,
    )
    for key, times in ran.value.items():
        for subject, found in times.items():
            yield row(key, subject, "ms", found, note="words only, no passages, no moves" if subject != OURS else "")
    if not other:
        yield Omitted("diff-match-patch", "is not installed")


def align_all(path: str, pairs: list[list[str]], runs: int, other: bool) -> dict[str, dict[str, list[float]]]:
    """Times of every tool in turn, for the pairs and for a pair of a thousand words."""
    from records import articles

    from kerman_tui.compare.align import align
    from kerman_tui.model import Article

    wanted = {id_ for pair in pairs for id_ in pair}
    some: list[Article] = []
    by_id: dict[str, Article] = {}
    for article in articles(path):
        if len(some) < 2 * PAIRS:
            some.append(article)
        if article.id in wanted:
            by_id[article.id] = article
            if len(by_id) == len(wanted):
                break
    both = [(by_id[a], by_id[b]) for a, b in pairs if a in by_id and b in by_id]
    if not both:  # real articles: neighbours
        both = list(zip(some[::2], some[1::2], strict=False))
    long = _long(some)
    tools: dict[str, Callable[[Article, Article], object]] = {OURS: align, "difflib": _difflib}
    if other:
        tools["diff-match-patch"] = _diff_match_patch()
    found: dict[str, dict[str, list[float]]] = {}
    for key, several in ((f"aligning {len(both)} pairs", both), (f"aligning {LONG} × {LONG} words", [long] * runs)):
        found[key] = {subject: [] for subject in tools}
        for left, right in several:
            for subject, tool in tools.items():
                begun = time.perf_counter()
                tool(left, right)
                found[key][subject].append((time.perf_counter() - begun) * 1000)
    return found


def _long(some: list[Any]) -> tuple[Any, Any]:
    """An article of a thousand words, and one that shares every other paragraph with it and has the rest changed."""
    from kerman_tui.model import Article, Paragraph

    paragraphs = []
    words = 0
    for paragraph in (one for article in some for one in article.paragraphs):
        paragraphs.append(paragraph)
        words += len(paragraph.text.split())
        if words >= LONG:
            break

    def changed(text: str, step: int) -> str:
        return " ".join(word[::-1] if at % step == 0 else word for at, word in enumerate(text.split()))

    others = [Paragraph(changed(one.text, 9) if at % 2 else one.text, one.line) for at, one in enumerate(paragraphs)]
    first = some[0]
    left = Article("left", first.title, first.outlet, tuple(paragraphs), first.source)
    return left, Article("right", first.title, first.outlet, tuple(others), first.source)


def _words(article: Any) -> list[str]:
    return [word for paragraph in article.paragraphs for word in paragraph.text.split()]


def _difflib(left: Any, right: Any) -> object:
    return difflib.SequenceMatcher(None, _words(left), _words(right), autojunk=False).get_opcodes()


def _diff_match_patch() -> Callable[[Any, Any], object]:
    from diff_match_patch import diff_match_patch  # type: ignore[import-untyped]

    tool = diff_match_patch()
    tool.Diff_Timeout = DMP_TIMEOUT

    def diff(left: Any, right: Any) -> object:
        codes: dict[str, str] = {}
        texts = ("".join(codes.setdefault(w, chr(0x100 + len(codes))) for w in _words(one)) for one in (left, right))
        found: object = tool.diff_main(*texts, False)
        return found

    return diff
