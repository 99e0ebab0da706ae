"""Corpora kept under a name: only what changed is read, and nothing that happens harms what was there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kerman_tui.ingest import codec, generations, library, parsing, pipeline, segments
from kerman_tui.ingest.boilerplate import Page
from kerman_tui.ingest.segments import Segment, write_segment
from kerman_tui.ingest.store import MappedStore, MemoryStore
from kerman_tui.model import Article, Paragraph, Skipped, Source


def _record(number: int, **more: str) -> dict[str, str]:
    body = f"Number {number} was counted on the quay of Telmora.\n\nThe harbour master {'nodded ' * (number % 7)}."
    return {"id": f"a{number:04d}", "title": f"Ship {number} arrives", "source": "Harbour Post", "text": body, **more}


def _long_record(number: int) -> dict[str, str]:
    record = _record(number)
    return record | {
        "text": "\n\n".join([record["text"], *("The quay was long and the crane was slow. " * 9 for _ in range(9))])
    }


def _write(path: Path, records: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")
    old = time.time() - 3600 + len(records)
    os.utime(path, (old, old))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    for part in range(5):
        _write(folder / f"part{part}.jsonl", [_record(part * 20 + n) for n in range(20)])
    return folder


def _ids(name: str) -> set[str]:
    return {article.id for article in library.open(name).store}


def test_a_kept_corpus_opens_with_the_very_articles_that_were_read(archive: Path) -> None:
    read = [item for item in pipeline.read([archive]) if isinstance(item, Article)]
    report = library.create("Harbour", [archive])
    assert (report.name, report.articles, report.skipped) == ("Harbour", 100, ())
    store = library.open("Harbour").store
    assert list(store) == read
    assert library.names() == ["Harbour"]


def test_a_mapped_store_answers_as_one_in_memory_does(archive: Path) -> None:
    library.create("h", [archive])
    mapped, memory = library.open("h").store, MemoryStore(pipeline.read([archive]))  # type: ignore[arg-type]
    assert len(mapped) == len(memory) == 100
    for ordinal in (0, 17, 99):
        assert mapped[ordinal] == memory[ordinal]
        for column in ("id", "outlet", "published", "title"):
            assert getattr(mapped, column)(ordinal) == getattr(memory, column)(ordinal)
        assert mapped.ordinal(memory.id(ordinal)) == ordinal
    assert mapped.ordinal("nobody") is None
    for prefix in ("a001", "a", "b", ""):
        assert mapped.ids_with_prefix(prefix, 5) == memory.ids_with_prefix(prefix, 5)
    with pytest.raises(IndexError):
        mapped[100]


def test_a_second_run_reads_nothing_when_nothing_changed(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library.create("h", [archive])
    token = library.token_of("h")

    def refuse(*_: object) -> None:
        raise AssertionError("a file was opened again")

    monkeypatch.setattr(parsing, "Opened", refuse)
    report = library.create("h", [archive])
    assert (report.articles, report.added, report.removed) == (100, 0, 0)
    assert library.token_of("h") == token


def test_changed_added_and_removed_files_change_just_their_articles(archive: Path) -> None:
    library.create("h", [archive])
    before = library.open("h")
    _write(archive / "part5.jsonl", [_record(n) for n in range(100, 110)])
    (archive / "part0.jsonl").unlink()
    report = library.update("h")
    assert (report.articles, report.added, report.removed) == (90, 10, 20)
    assert _ids("h") == {f"a{n:04d}" for n in range(20, 110)}
    assert len(library.open("h").store.segments) == 2, "what stayed was not written again"
    assert [a.id for a in before.store] == [f"a{n:04d}" for n in range(100)], "who has the old state open keeps it"
    assert library.token_of("h") != before.token


def test_a_copy_takes_the_place_of_an_article_whose_file_goes(archive: Path) -> None:
    _write(archive / "copy.jsonl", [_record(1) | {"id": "copy"}])
    report = library.create("h", [archive])
    assert [(s.source, s.why.split(" as ")[0]) for s in report.skipped] == [
        (str(archive / "part0.jsonl") + ", line 2", "the same text from the same outlet")
    ]
    (archive / "copy.jsonl").unlink()
    library.update("h")
    assert _ids("h") == {f"a{n:04d}" for n in range(100)}
    assert all(not article.other_sources for article in library.open("h").store)


def test_a_new_copy_of_an_old_article_is_noted_as_its_source(archive: Path) -> None:
    library.create("h", [archive])
    _write(archive / "zz-late.jsonl", [_record(3) | {"id": "late"}])
    library.update("h")
    store = library.open("h").store
    assert len(store) == 100
    ordinal = store.ordinal("a0003")
    assert ordinal is not None
    assert [Path(source.name).name for source in store[ordinal].other_sources] == ["zz-late.jsonl"]


def test_many_small_updates_are_merged_and_lose_nothing(archive: Path) -> None:
    library.create("h", [archive])
    for number in range(12):
        _write(archive / f"day{number:02d}.jsonl", [_record(1000 + number)])
        library.update("h")
    assert len(library.open("h").store) == 112
    assert len(library.open("h").store.segments) <= 8
    folders = list((library.open("h").folder.parent).iterdir())
    assert len(folders) <= 2, "superseded generations are cleared away"


def test_nothing_readable_keeps_what_was_there(archive: Path, tmp_path: Path) -> None:
    library.create("h", [archive])
    with pytest.raises(library.LibraryError, match=r"no article was found.*no such file"):
        library.create("h", [tmp_path / "nowhere"])
    assert len(library.open("h").store) == 100


def test_a_full_disk_is_said_and_keeps_the_old_state(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library.create("h", [archive])
    _write(archive / "part9.jsonl", [_record(n) for n in range(500, 510)])

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(generations, "write_segment", full)
    with pytest.raises(library.LibraryError, match=r"No space left on device.*as it was before"):
        library.update("h")
    assert len(library.open("h").store) == 100


def test_being_stopped_keeps_the_old_state(archive: Path) -> None:
    library.create("h", [archive])
    _write(archive / "part9.jsonl", [_record(n) for n in range(500, 510)])
    with pytest.raises(pipeline.CancelledError):
        library.create("h", [archive], cancelled=lambda: True)
    assert len(library.open("h").store) == 100
    assert library.update("h").articles == 110


_INDEX = "import sys; from kerman_tui.ingest import library; print(library.create(sys.argv[1], [sys.argv[2]]).articles)"


def test_kill_9_in_the_middle_leaves_the_old_state_and_the_next_run_finishes(archive: Path) -> None:
    library.create("h", [archive])
    _write(archive / "big.jsonl", [_long_record(n) for n in range(1000, 2500)])
    for delay in (0.05, 0.25, 0.5):
        child = subprocess.Popen(
            [sys.executable, "-c", _INDEX, "h", str(archive)], stdout=subprocess.DEVNULL, start_new_session=True
        )
        try:
            child.wait(delay)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        assert len(library.open("h").store) in (100, 1600)
    assert library.create("h", [archive]).articles == 1600


def test_two_processes_that_index_one_name_do_not_harm_it(archive: Path) -> None:
    children = [
        subprocess.Popen([sys.executable, "-c", _INDEX, "h", str(archive)], stdout=subprocess.PIPE) for _ in range(2)
    ]
    assert [child.communicate()[0].strip() for child in children] == [b"100", b"100"]
    assert len(library.open("h").store) == 100


def test_readers_see_one_whole_state_or_the_other_while_it_is_written(archive: Path) -> None:
    library.create("h", [archive])
    counts: set[int] = set()
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            store = library.open("h").store
            counts.add(len(list(store)))

    watcher = threading.Thread(target=look)
    watcher.start()
    for number in range(6):
        _write(archive / f"day{number}.jsonl", [_record(2000 + number)])
        library.update("h")
    stop.set()
    watcher.join()
    assert counts <= set(range(100, 107))


@pytest.mark.parametrize("name", ["articles.bin", "articles.idx", "heads.idx", "byid.idx"])
def test_a_damaged_corpus_is_said_and_can_be_made_again(archive: Path, name: str) -> None:
    library.create("h", [archive])
    opened = library.open("h")
    path = opened.store.segments[0].folder / name
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(library.LibraryError, match="index it again"):
        library.open("h")
    assert any("damaged" in line or "index" in line for line in library.check())
    library.create("h", [archive])
    assert len(library.open("h").store) == 100


@pytest.mark.parametrize("name", ["rows.bin", "lines.bin", "words.bin"])
def test_what_only_an_update_needs_may_be_damaged_and_is_made_again(archive: Path, name: str) -> None:
    library.create("h", [archive])
    path = library.open("h").store.segments[0].folder / name
    path.write_bytes(path.read_bytes()[:-3])
    assert len(library.open("h").store) == 100
    assert any("damaged" in line for line in library.check())
    assert any("damaged" in notice for notice in library.create("h", [archive]).notices)
    assert not library.create("h", [archive]).notices


def test_a_damaged_cache_is_thrown_away(archive: Path) -> None:
    _write(archive / "big.jsonl", [_long_record(n) for n in range(1000, 1400)])
    first = list(pipeline.read([archive]))
    from kerman_tui import places
    from kerman_tui.ingest.cache import NAME

    path = places.folder("cache") / NAME
    path.write_bytes(b"SQLite format 3\0" + b"rubbish" * 5000)
    assert list(pipeline.read([archive])) == first
    assert list(pipeline.read([archive], cache=False)) == first


def test_removing_and_remembering(archive: Path) -> None:
    assert library.last_opened() is None
    library.create("Harbour & Quay", [archive])
    library.remember_opened("Harbour & Quay")
    assert library.last_opened() == "Harbour & Quay"
    library.remove("Harbour & Quay")
    assert (library.names(), library.last_opened()) == ([], None)
    library.remember_opened([archive])
    assert library.last_opened() == (archive,)
    with pytest.raises(library.LibraryError, match="there is no corpus named Harbour"):
        library.open("Harbour & Quay")


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 200, "\x1b[31m"])
def test_a_name_that_is_none_is_refused(name: str, archive: Path) -> None:
    with pytest.raises(library.LibraryError, match="cannot be the name"):
        library.create(name, [archive])


def test_memory_that_runs_out_leaves_the_corpus_as_it_was(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library.create("h", [archive])
    before = _ids("h")
    _write(archive / "more.jsonl", [_record(700)])

    def full(article: Article) -> bytes:
        raise MemoryError

    monkeypatch.setattr(codec, "encode_article", full)
    with pytest.raises(library.LibraryError, match=r"memory ran out .* as it was before"):
        library.update("h")
    assert _ids("h") == before


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells what of a file is in memory")
def test_a_walk_through_a_corpus_holds_little_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def articles() -> Iterator[tuple[Article, Page]]:
        for number in range(400):
            text = (Paragraph(f"{number} " + "The quay was long. " * 1_000, 1),)
            yield Article(f"a{number}", "Quay", "Harbour Post", text, Source("f")), Page([0], [])

    write_segment(tmp_path / "s", articles())
    monkeypatch.setattr(segments, "_WALKED", 1 << 20)
    segment = Segment(tmp_path / "s")
    assert [one.id for one in segment.articles(range(segment.count))] == [f"a{number}" for number in range(400)]
    mapped = Path("/proc/self/smaps").read_text().partition(str(tmp_path / "s" / "articles.bin"))[2]
    held = int(mapped.partition("Rss:")[2].split()[0])
    assert segment.article(0).id == "a0"
    assert held < 3_000 < (tmp_path / "s" / "articles.bin").stat().st_size // 1024


@pytest.mark.parametrize("name", ["../../evil", "/etc", ".", "..", "con", "Ä Ö", "a/b"])
def test_no_name_leads_out_of_the_cache(name: str, archive: Path) -> None:
    from kerman_tui import places

    library.create(name, [archive])
    opened = library.open(name)
    assert places.folder("cache", "corpora").resolve() in opened.folder.resolve().parents
    assert isinstance(opened.store, MappedStore)
    assert library.names() == [name]


def test_the_reasons_are_kept_with_the_corpus(archive: Path) -> None:
    (archive / "broken.jsonl").write_text('{"title": "no text"}\nnonsense\n', "utf-8")
    report = library.create("h", [archive])
    assert [s.source.rpartition("/")[2] for s in report.skipped] == ["broken.jsonl, line 1", "broken.jsonl, line 2"]
    assert library.open("h").skipped == report.skipped
    _write(archive / "more.jsonl", [_record(700)])
    again = library.update("h")
    assert sorted(again.skipped, key=_by_source) == sorted(report.skipped, key=_by_source)


def _by_source(skipped: Skipped) -> str:
    return skipped.source


def test_a_corpus_of_another_version_opens_and_is_read_again_when_indexed(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.create("h", [archive])
    assert not [line for line in library.check() if line.startswith("h:")]
    monkeypatch.setattr("kerman_tui.ingest.update.tables_version", lambda: "another")
    assert len(library.open("h").store) == 100
    assert any("read by another version" in line and "index --name h" in line for line in library.check())
    report = library.update("h")
    assert (report.articles, report.added) == (100, 100)
    assert any("another version" in notice for notice in report.notices)
    assert not library.update("h").notices


def test_a_corpus_from_another_kind_of_machine_is_rebuilt_and_that_is_said(archive: Path) -> None:
    library.create("h", [archive])
    (table,) = (library.open("h").folder).glob("generation.json")
    foreign = "big" if sys.byteorder == "little" else "little"
    table.write_text(table.read_text().replace(f'"{sys.byteorder}"', f'"{foreign}"'))
    with pytest.raises(library.LibraryError, match="another version or machine"):
        library.open("h")
    assert "on this machine" in library.create("h", [archive]).notices[0]
    assert len(library.open("h").store) == 100


def test_a_clock_that_goes_backwards_hides_no_change(archive: Path) -> None:
    library.create("h", [archive])
    path = archive / "part2.jsonl"
    _write(path, [_record(n) for n in (*range(40, 60), 500)])
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert library.update("h").articles == 101
