"""What must hold for any input, one function a target; an AssertionError or any other exception is a finding."""

from __future__ import annotations

import contextlib
import json
import tempfile
import time
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st

from fuzz import inputs
from kerman_tui.model import Article, Skipped
from kerman_tui.text.safe import make_safe, make_safe_line, visible

PAGE_SECONDS = 10.0
"""CPU seconds in which a page of a few kilobytes must be read."""


def safe_text(text: str) -> None:
    """What was made safe holds nothing that a terminal acts on, stays as it is, and can be written as UTF-8."""
    once = make_safe(text)
    assert make_safe(once) == once
    assert all(char.isprintable() or char in "\n\u200c\u200d" for char in once), ascii(once)
    assert "\n" not in make_safe_line(text)
    assert visible(text).isprintable()
    once.encode("utf-8")


def assert_safe(value: object) -> None:
    """Every string in ``value`` is one that ``make_safe`` would leave alone."""
    if isinstance(value, str):
        assert make_safe(value) == value, ascii(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            assert_safe(key)
            assert_safe(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            assert_safe(inner)


def reader(case: tuple[str, bytes]) -> None:
    """A file of any bytes gives articles that are safe, or reasons; our own code never stumbles over it."""
    suffix, data = case
    from kerman_tui.ingest.pipeline import read

    begun = time.process_time()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        path = Path(folder) / f"page{suffix}"
        path.write_bytes(data)
        found = list(read([path], cache=False))
    assert time.process_time() - begun < PAGE_SECONDS
    assert found, "neither an article nor a reason"
    for one in found:
        if isinstance(one, Skipped):
            assert one.why and "\n" not in one.why
            # the error of a library is its own affair; what is ours must expect what a library gives it
            assert "cannot be read as" not in one.why or not _ours(suffix, data), one.why
            continue
        assert_safe(msgspec.to_builtins(one))
        json.dumps(msgspec.to_builtins(one), ensure_ascii=False).encode("utf-8")
        assert one.paragraphs or one.title
        assert all(paragraph.line >= 1 and paragraph.text for paragraph in one.paragraphs)


def _ours(suffix: str, data: bytes) -> bool:
    """Whether a reader raises from a line of our own; parsing turns that into a reason, so it is asked for again."""
    from kerman_tui.ingest.formats import detect
    from kerman_tui.ingest.limits import LimitReachedError
    from kerman_tui.ingest.readers import Chunk, Page

    found = detect(f"page{suffix}", data)
    if isinstance(found, str):
        return False
    try:
        if found.records:
            list(found.record_reader().read(Chunk(data, 1)))
        else:
            list(found.page_reader()(Page(f"page{suffix}", data)))
    except LimitReachedError:
        return False
    except Exception as error:
        return "kerman_tui" in traceback.extract_tb(error.__traceback__)[-1].filename
    return False


def query(text: str) -> None:
    """Whatever is typed is answered, in time, with highlights that lie inside the text they highlight."""
    articles, index = _newsroom()
    result = index.search(text, lambda number: articles[number])
    for hit in result.hits:
        for match in hit.matches:
            assert all(0 <= start < end <= len(match.text) for start, end in match.spans)
    for problem in result.problems:
        assert 0 <= problem.start <= problem.end <= len(text)
    index.complete(text, len(text))


@cache
def _newsroom() -> tuple[list[Article], Any]:
    from kerman_tui.ingest.pipeline import read
    from kerman_tui.search.index import Document
    from kerman_tui.search.opening import build_index

    folder = Path(__file__).resolve().parent.parent / "seeds"
    articles = [one for one in read([folder], cache=False) if isinstance(one, Article)]
    return articles, build_index((Document(number, one) for number, one in enumerate(articles)), None)


def comparison(pair: tuple[Article, Article]) -> None:
    """Every passage of a comparison stands where it says, and shares are shares."""
    from kerman_tui.compare.align import align

    left, right = pair
    found = align(left, right)
    for row in found.rows:
        for side, article in ((row.left, left), (row.right, right)):
            assert side is None or article.text_of(side.paragraph)[side.start : side.end] == side.text
        assert 0.0 <= row.similarity <= 1.0
    assert all(0.0 <= side.coverage <= 1.0 for side in (found.left, found.right))


def people(article: Article) -> None:
    """Every name, quotation and figure stands where it says it does."""
    from kerman_tui.people.detect import detect
    from kerman_tui.people.figures import figures
    from kerman_tui.people.quotes import quotes

    names = detect(article)
    for person in names.persons:
        for mention in person.mentions:
            assert article.text_of(mention.paragraph)[mention.start : mention.end] == mention.text
    for quote in quotes(article, names):
        assert article.text_of(quote.paragraph)[quote.start : quote.end] == quote.text
    for figure in figures(article, names):
        assert article.text_of(figure.paragraph)[figure.start : figure.end] == figure.as_written
        assert figure.low is None or figure.high is None or figure.low <= figure.high


def own_files(text: str) -> None:
    """A file of hers that holds anything is read, or refused by its own error; never anything else."""
    from kerman_tui import config
    from kerman_tui.people.corrections import CorrectionsError, load_corrections
    from kerman_tui.search.saved import History, SavedSearches

    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        folder = Path(name)
        raw = text.encode("utf-8", "surrogatepass")
        for file in ("config.toml", "corrections.toml", "history.jsonl", "saved.jsonl"):
            (folder / file).write_bytes(raw)
        loaded = config.load(folder / "config.toml")
        assert all(problem.isprintable() for problem in loaded.problems)
        with contextlib.suppress(CorrectionsError):
            load_corrections(folder / "corrections.toml")
        History(folder).queries()
        SavedSearches(folder).all()


TOML = st.lists(
    st.sampled_from(
        [
            *("theme = ", "clipboard = ", "workers = ", "[keys]", "[[correction]]", "what = ", "names = ", '"merge"', '"dark"'),
            *("[", "]", '"', "'", "=", "\n", "{", "}", "1", "true", "nan", "1979-05-27", "\\u001b", '["a", "b"]', "version = 9", "#"),
        ]
    )
    | inputs.HOSTILE,
    max_size=16,
).map("".join)  # fmt: skip

TARGETS: dict[str, tuple[st.SearchStrategy[Any], Callable[[Any], None]]] = {
    "safe-text": (inputs.HOSTILE, safe_text),
    "query": (inputs.QUERY, query),
    "reader": (inputs.damaged(), reader),
    "comparison": (st.tuples(inputs.articles("l"), inputs.articles("r")), comparison),
    "people": (inputs.articles(), people),
    "own-files": (TOML, own_files),
}
