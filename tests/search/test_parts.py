"""A large index written by several processes is the same as one written by one, and survives whatever they meet."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kerman_tui.model import Article, Paragraph, Source
from kerman_tui.search import entries
from kerman_tui.search.index import Document, SearchIndex, WriterLostError
from kerman_tui.search.opening import build_index, open_index

PLACES = ("Kerman", "Shiraz", "Tabriz", "Vučić’s", "andQatari", "U.S.", "Ardabil")
COUNT = 300


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "TOGETHER", 16)


def article(number: int) -> Article:
    place = PLACES[number % len(PLACES)]
    text = f"Officials of {place} spoke of harbour {number}. " + "The bridge reopened. " * (number % 11)
    return Article(f"a{number}", f"{place} report {number}", "Post", (Paragraph(text, 2),), Source("f.jsonl"))


def documents(count: int = COUNT) -> Iterator[Document]:
    return (Document(number, article(number)) for number in range(count))


QUERIES = ("kerman", "vucic", '"vučić"', "qatari", "harbour 17", "tabris", "u.s.", "brigde reopned", "outlet:post")


def answers(index: SearchIndex) -> list[tuple[int, list[tuple[str, float]]]]:
    found = []
    for query in QUERIES:
        result = index.search(query, article, limit=COUNT)
        found.append((result.total, sorted((hit.id, round(hit.score, 2)) for hit in result.hits)))
    return found


def test_it_answers_like_one_that_was_written_at_once(tmp_path: Path) -> None:
    told: list[int] = []
    several = build_index(documents(), tmp_path / "several", told.append, workers=2)
    alone = build_index(documents(), tmp_path / "alone")
    assert len(list((tmp_path / "several" / "documents").glob("*.store"))) == 2
    assert len(several) == len(alone) == told[-1] == COUNT
    assert answers(several) == answers(alone) == answers(open_index(tmp_path / "several"))
    assert several.complete("tabr", 4) == alone.complete("tabr", 4)


def test_it_is_carried_on_like_any_other(tmp_path: Path) -> None:
    build_index(documents(), tmp_path, workers=2).close()
    index = open_index(tmp_path)
    index.remove(range(50))
    index.add([Document(COUNT, article(COUNT))])
    assert len(index) == COUNT - 49
    assert index.search(f"harbour {COUNT}", article).hits[0].id == f"a{COUNT}"
    kept = {path.stem.partition(".")[0] for path in (tmp_path / "documents").glob("*.store")}
    assert {path.name.partition(".")[0] for path in (tmp_path / "documents").glob("*.idx")} == kept


def test_large_documents_are_taken_one_by_one() -> None:
    large = Article("x", "T", "Post", (Paragraph("harbour " * 40_000, 1),), Source("f"))
    several = [Document(number, article(number) if number % 5 else large) for number in range(70)]
    taken = list(entries.batches(several))
    assert [one.ordinal for batch in taken for one in batch] == list(range(70))
    assert max(len([one for one in batch if len(one.text) > 300_000]) for batch in taken) == 1
    assert max(map(len, taken)) <= entries.TOGETHER


def test_a_process_that_is_killed_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(*given: object, **options: object) -> subprocess.Popen[bytes]:
        started.append(popen(*given, **options))  # type: ignore[call-overload]
        return started[-1]

    def killing() -> Iterator[Document]:
        for document in documents():
            if document.ordinal == 200:
                os.kill(started[0].pid, signal.SIGKILL)
            yield document

    monkeypatch.setattr(subprocess, "Popen", start)
    with pytest.raises(WriterLostError, match="ended"):
        build_index(killing(), tmp_path, workers=2)
    assert all(one.returncode is not None for one in started)
    assert [path.name for path in tmp_path.iterdir()] == ["documents"]
    assert len(build_index(documents(), tmp_path)) == COUNT


def test_a_full_disk_is_told_of(tmp_path: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "from test_parts import documents; from kerman_tui.search import opening\n"
        "try: opening.build_index(documents(), Path(sys.argv[1]), workers=2)\n"
        "except OSError as error: print(type(error).__name__, error)\n"
    )
    given = [sys.executable, "-c", script, str(tmp_path), str(Path(__file__).parent)]
    done = subprocess.run(given, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("OSError ") and "large" in done.stdout, done.stderr
