"""What she asked before, for the screen: kept searches with what is new in them, queries asked, names from a file.

Corpus and files in, rows out; all of it is asked in threads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kerman_tui.corpus import Corpus
    from kerman_tui.corpus.following import Followed
    from kerman_tui.tui.records import Listing, Record

MOST_QUERIES = 5_000
"""Lines of a file that are asked; more would take minutes."""
MOST_BYTES = 4_000_000
ASKED_SHOWN = 200


def searches(corpus: Corpus, asked: Sequence[str], cancelled: Callable[[], bool]) -> list[Followed]:
    """The searches kept, each asked now, and after them the queries asked before, the last first."""
    from kerman_tui.corpus.following import Followed, followed
    from kerman_tui.search.saved import History

    found = followed(corpus, cancelled)
    known = {one.query for one in found}
    before = dict.fromkeys([*reversed(asked), *reversed(History().queries())])
    return found + [Followed("", query) for query in list(before)[:ASKED_SHOWN] if query not in known]


def keep(corpus: Corpus, name: str, query: str) -> int:
    """Keep a query under a name; how many articles it finds."""
    from kerman_tui.corpus.following import follow

    return follow(corpus, name, query)


def remember(query: str) -> None:
    """Put a query into the history that all sessions share."""
    from kerman_tui.search.saved import History

    History().add(query)


def remembered() -> list[str]:
    """The queries of all sessions, the last one last."""
    from kerman_tui.search.saved import History

    return History().queries()


def batch(path: Path, *, strict: bool = False) -> Listing:
    """Every line of a file asked as a query; blank lines are passed over. Raises OSError when it cannot be read."""
    from kerman_tui.tui.records import REST, Field, Listing, Record

    with path.open("rb") as file:
        data = file.read(MOST_BYTES)
    lines = [" ".join(line.split()) for line in data.decode("utf-8", errors="replace").splitlines()]
    queries = list(dict.fromkeys(line for line in lines if line))[:MOST_QUERIES]

    def records(corpus: Corpus) -> list[Record]:
        found = []
        for query in queries:
            result = corpus.search(query, limit=1, strict=strict)
            best = result.hits[0] if result.hits else None
            said = "; ".join(one.why for one in result.problems)
            if best is None and result.suggestions:
                said = f"near it: {', '.join(result.suggestions[:3])}"
            elif best is not None:
                said = best.title + (f" · {said}" if said else "")
            texts = (query, f"{result.total:,}", best.outlet if best else "", said)
            found.append(Record(texts, query=query))
        return found

    fields = (
        Field("query", 34, "strong"), Field("articles", 8, "outlet", True), Field("best in", 18, "outlet"),
        Field("best hit", REST),
    )  # fmt: skip
    return Listing(f"{len(queries):,} queries of {path.name}", fields, records, f"{path.name} holds no line to ask.")
