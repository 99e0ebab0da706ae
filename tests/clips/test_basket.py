"""What she marked is kept: across sessions, threads, kills and machines that fail."""

from __future__ import annotations

import os
import random
import resource
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerman_tui.clips import storage
from kerman_tui.clips.basket import Basket, new_clip
from kerman_tui.model import Article, Clip, Paragraph, Source, Span

ARTICLE = Article(
    id="a",
    title="A title",
    outlet="Example Post",
    paragraphs=(Paragraph("One passage here. Another passage there, with Süleymani in it.", 3), Paragraph("Third.", 5)),
    source=Source("a.txt", "0123456789abcdef" * 4, 1, 5),
)


def clip(start: int = 0, end: int = 3, project: str = "") -> Clip:
    return new_clip(ARTICLE, Span("a", 0, start, end), project)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "basket.sqlite"


def test_a_clip_holds_the_exact_text_and_its_receipt() -> None:
    made = new_clip(ARTICLE, Span("a", 0, 4, 11), "P")
    assert made.text == "passage"
    assert (made.citation.line, made.citation.source, made.citation.outlet) == (3, "a.txt", "Example Post")
    assert new_clip(ARTICLE, Span("a", None, 0, 7)).text == "A title"
    for outside in (Span("a", 0, 5, 5), Span("a", 0, -1, 3), Span("a", 0, 0, 1000), Span("a", 0, 3, 4)):
        with pytest.raises(ValueError, match="no text"):
            new_clip(ARTICLE, outside)


def test_everything_of_a_clip_comes_back_in_the_next_session(path: Path) -> None:
    with Basket.open(path) as first:
        kept = first.add(clip(project="Kerman"))
        first.set_note(kept.id, "call the desk ☎")
        first.set_tags(kept.id, ["lead", "check, twice", "lead"])
    with Basket.open(path) as second:
        (found,) = second.clips()
        assert second.notice == ""
    assert found.text == kept.text and found.span == kept.span and found.citation == kept.citation
    assert (found.note, found.tags, found.project) == ("call the desk ☎", ("lead", "check, twice"), "Kerman")


def test_the_file_is_hers_alone(path: Path) -> None:
    with Basket.open(path) as basket:
        basket.add(clip())
        files = [file for file in path.parent.iterdir() if file.is_file()]
        assert {file.name for file in files} >= {path.name, f"{path.name}-wal"}
        assert all(stat.S_IMODE(file.stat().st_mode) & 0o077 == 0 for file in files)
    path.chmod(0o644)
    with Basket.open(path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_clips_are_found_by_project_and_by_words_folded_and_from_their_beginning(path: Path) -> None:
    with Basket.open(path) as basket:
        one = basket.add(clip(0, 17, "A"))
        two = basket.add(clip(18, 62, "B"))
        basket.set_note(one.id, "for Sunday")
        assert [c.id for c in basket.clips("B")] == [two.id]
        assert [c.id for c in basket.clips(query="suleym")] == [two.id]
        assert [c.id for c in basket.clips(query="sund PASSAGE")] == [one.id]
        assert [c.id for c in basket.clips(query="example title")] == [one.id, two.id]
        assert basket.clips(query="nowhere") == ()
        assert basket.projects() == ("A", "B")


def test_the_clips_of_an_article_are_at_hand_and_new_ones_too(path: Path) -> None:
    with Basket.open(path) as basket:
        one = basket.add(clip())
        assert [c.id for c in basket.spans_of("a")] == [one.id]
        two = basket.add(clip(4, 9))
        assert [c.id for c in basket.spans_of("a")] == [one.id, two.id]
        assert basket.spans_of("b") == ()


def test_what_is_at_hand_and_what_is_on_the_disk_are_the_same(path: Path) -> None:
    with Basket.open(path) as basket, Basket.open(path) as other:
        basket.clips()
        one = basket.add(clip())
        assert basket.add(one) == one
        theirs = other.add(clip(4, 9))
        two = basket.add(clip(10, 14))
        basket.set_note(one.id, "n")
        basket.remove(theirs.id)
        basket.add(clip(15, 20))
        with Basket.open(path) as fresh:
            assert basket.clips() == fresh.clips() == other.clips()
            assert basket.spans_of("a") == fresh.spans_of("a")
            assert [c.id for c in fresh.clips()][:2] == [one.id, two.id]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 6)), max_size=12))
def test_moving_keeps_the_order_a_list_would_have_and_undo_brings_it_back(moves: list[tuple[int, int]]) -> None:
    basket = Basket.open(Path("/proc/nowhere/basket.sqlite"))
    ids = [basket.add(clip(n, n + 3)).id for n in range(6)]
    first = list(ids)
    done = 0
    for source, target in moves:
        moved, before = first[source], first[target] if target < 6 else None
        if moved == before:
            continue
        ids.remove(moved)
        ids.insert(ids.index(before) if before else len(ids), moved)
        basket.move(moved, before)
        done += 1
        assert [c.id for c in basket.clips()] == ids
    for _ in range(done):
        assert basket.undo() == "the move"
    assert [c.id for c in basket.clips()] == first


def test_every_change_can_be_undone_in_turn(path: Path) -> None:
    with Basket.open(path) as basket:
        one, two = basket.add(clip(0, 3, "P")), basket.add(clip(4, 9, "P"))
        basket.set_note(one.id, "first")
        basket.set_note(one.id, "second")
        basket.set_tags(one.id, ["t"])
        basket.set_project(one.id, "Q")
        basket.remove(one.id)
        assert [c.id for c in basket.clips()] == [two.id]
        assert basket.undo() == "the removal"
        assert basket.get(one.id) is not None
        basket.undo()
        assert [c.id for c in basket.clips("P")] == [one.id, two.id]
        basket.undo()
        basket.undo()
        assert basket.get(one.id).note == "first"  # type: ignore[union-attr]
        assert [basket.undo() for _ in range(4)] == ["the note", "the mark", "the mark", ""]
        assert basket.clips() == ()


def test_what_one_key_marked_or_took_out_is_one_step_to_undo(path: Path) -> None:
    with Basket.open(path) as basket:
        first = basket.add(clip(0, 3))
        pair = [clip(4, 9), clip(10, 14)]
        basket.add_all(pair)
        assert basket.undo() == "the 2 marks"
        assert [c.id for c in basket.clips()] == [first.id]
        basket.add_all(pair)
        basket.remove_all([first.id, pair[1].id])
        assert [c.id for c in basket.clips()] == [pair[0].id]
        assert basket.undo() == "the removal of 2"
        assert [c.id for c in basket.clips()] == [first.id, pair[0].id, pair[1].id]
    with Basket.open(path) as later:
        assert len(later.clips()) == 3


def test_another_session_is_seen_at_once_and_its_marks_survive_this_ones_undo(path: Path) -> None:
    with Basket.open(path) as mine, Basket.open(path) as hers:
        mine.add(clip())
        before = hers.revision
        mine.add(clip(4, 9))
        assert hers.revision > before
        theirs = hers.add(clip(10, 14))
        assert len(mine.clips()) == 3
        mine.undo()
        mine.undo()
        assert [c.id for c in mine.clips()] == [theirs.id]
        assert mine.revision == mine.revision


def test_threads_share_one_basket(path: Path) -> None:
    with Basket.open(path) as basket:
        threads = [threading.Thread(target=lambda: [basket.add(clip()) for _ in range(25)]) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(basket.clips()) == 100


MARKING = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_basket import clip
from kerman_tui.clips.basket import Basket
basket = Basket.open(Path({path!r}))
for n in range({count}):
    kept = basket.add(clip())
    assert basket.kept, basket.notice
    sys.stdout.write(kept.id + "\\n")
    sys.stdout.flush()
"""


def marking(path: Path, count: int) -> subprocess.Popen[str]:
    script = MARKING.format(tests=str(Path(__file__).parent), path=str(path), count=count)
    return subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)


def test_two_processes_that_mark_a_thousand_each_make_two_thousand(path: Path) -> None:
    both = [marking(path, 1000), marking(path, 1000)]
    said = [line for process in both for line in process.communicate(timeout=100)[0].split()]
    assert [process.returncode for process in both] == [0, 0]
    with Basket.open(path) as basket:
        assert {c.id for c in basket.clips()} == set(said)
        assert len(said) == 2000


KILLING = """
import os, random, signal, sys, time
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_basket import clip
from kerman_tui.clips.basket import Basket
path, chance, shown = Path({path!r}), random.Random({seed}), set()
for _ in range({count}):
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        basket = Basket.open(path)
        while True:
            one = basket.add(clip())
            assert basket.kept, basket.notice
            if chance.random() < 0.3:
                basket.set_note(one.id, "noted")
            os.write(write_end, one.id.encode() + b" ")
    os.close(write_end)
    heard = os.read(read_end, 1)
    time.sleep(chance.random() * 0.03)
    os.kill(child, signal.SIGKILL)
    while more := os.read(read_end, 65536):
        heard += more
    os.close(read_end)
    os.waitpid(child, 0)
    shown.update(heard.decode().split())
    with Basket.open(path) as basket:
        assert basket.notice == "", basket.notice
        missing = shown - {{kept.id for kept in basket.clips()}}
        assert not missing, missing
print(len(shown))
"""


def test_what_was_shown_as_marked_survives_kill_9_at_any_moment(path: Path) -> None:
    """A handful of kills; the environment variable KERMAN_TUI_KILLS sets another number."""
    count = int(os.environ.get("KERMAN_TUI_KILLS", "40"))
    script = KILLING.format(tests=str(Path(__file__).parent), path=str(path), seed=count, count=count)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > count


@pytest.mark.parametrize("damage", ["noise", "half", "middle", "foreign", "empty table"])
def test_a_damaged_basket_is_kept_aside_and_said_and_what_can_be_read_is_carried_over(path: Path, damage: str) -> None:
    with Basket.open(path) as basket:
        for n in range(200):
            basket.add(clip(n % 20, n % 20 + 30))
    raw = path.read_bytes()
    if damage == "noise":
        path.write_bytes(random.Random(1).randbytes(5000))
    elif damage == "half":
        path.write_bytes(raw[: len(raw) // 2])
    elif damage == "middle":
        path.write_bytes(raw[:20_000] + b"\xff" * 8192 + raw[28_192:])
    elif damage == "foreign":
        path.write_bytes(b"SQLite format 3\0" + b"\x01" * 4080)
    else:
        path.unlink()
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE notes (id)")
            other.execute(f"PRAGMA user_version = {len(storage.MIGRATIONS)}")
        other.close()
    broken = path.read_bytes()
    with Basket.open(path) as basket:
        assert "damaged" in basket.notice and "kept as basket.sqlite.damaged-" in basket.notice
        assert basket.kept
        (aside,) = [f for f in path.parent.iterdir() if "damaged" in f.name and not f.name.endswith(("-wal", "-shm"))]
        assert aside.name in basket.notice
        assert aside.read_bytes() == broken
        if damage in ("half", "middle"):
            assert 0 < len(basket.clips()) < 200
            assert f"{len(basket.clips())} passages could be rescued" in basket.notice
        new = basket.add(clip())
        assert basket.notice == "", "it was said once, and is over"
    with Basket.open(path) as basket:
        assert basket.notice == ""
        assert basket.get(new.id)


def test_sessions_that_find_the_damage_together_put_it_aside_once(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no database at all" * 100)
    both = [marking(path, 50), marking(path, 50), marking(path, 50)]
    assert [process.wait(60) for process in both] == [0, 0, 0]
    assert len([file for file in path.parent.iterdir() if "damaged" in file.name]) == 1
    with Basket.open(path) as basket:
        assert len(basket.clips()) == 150


def test_a_session_goes_over_to_the_new_file_when_another_put_the_damaged_one_aside(path: Path) -> None:
    with Basket.open(path) as mine:
        for n in range(60):
            mine.add(clip(n % 10, n % 10 + 30))
        known = mine.clips()
        with sqlite3.connect(path) as other:
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        other.close()
        with path.open("r+b") as file:
            file.write(b"\xff" * path.stat().st_size)
        with Basket.open(path) as hers:
            assert "damaged" in hers.notice
            new = mine.add(clip())
            assert mine.kept and "replaced" in mine.notice
            assert hers.get(new.id)
            assert len(known) == 60
    with Basket.open(path) as after:
        assert after.notice == "" and after.get(new.id)


def test_a_file_that_breaks_under_a_session_costs_nothing_the_session_knew(path: Path) -> None:
    with Basket.open(path) as basket:
        for n in range(60):
            basket.add(clip(n % 10, n % 10 + 30))
    with Basket.open(path) as basket:
        known = basket.clips()
        with path.open("r+b") as file:
            file.write(b"\xff" * path.stat().st_size)
        basket._database.execute("PRAGMA shrink_memory")  # or SQLite would not look at the file again for a while
        new = basket.add(clip())
        assert basket.kept and "damaged" in basket.notice, basket.notice
        assert {c.id for c in basket.clips()} == {c.id for c in known} | {new.id}
    with Basket.open(path) as after:
        assert after.notice == "" and len(after.clips()) == 61


def test_a_file_that_was_removed_is_begun_anew(path: Path) -> None:
    with Basket.open(path) as basket:
        basket.add(clip())
        for file in path.parent.iterdir():
            file.unlink()
        new = basket.add(clip())
        assert basket.kept and "replaced" in basket.notice
    with Basket.open(path) as after:
        assert [c.id for c in after.clips()] == [new.id]


def test_an_older_basket_is_copied_before_it_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Basket.open(path) as basket:
        kept = basket.add(clip())
    now = len(storage.MIGRATIONS)
    monkeypatch.setattr(storage, "MIGRATIONS", (*storage.MIGRATIONS, "ALTER TABLE clips ADD COLUMN colour TEXT"))
    with Basket.open(path) as basket:
        assert f"basket.sqlite.version-{now}" in basket.notice
        assert basket.get(kept.id)
        basket.add(clip())
    copy = path.with_name(f"basket.sqlite.version-{now}")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert [storage.clip_of(row).id for row in storage.read_rows(copy)] == [kept.id]
    monkeypatch.undo()
    raw = path.read_bytes()
    with Basket.open(path) as old:  # an older program meets the newer file
        assert "newer version" in old.notice and not old.kept
        assert len(old.clips()) == 2
        old.add(clip())
        assert len(old.clips()) == 3
    assert path.read_bytes() == raw


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Basket.open(path) as basket:
        kept = basket.add(clip())
    monkeypatch.setattr(
        storage, "MIGRATIONS", (*storage.MIGRATIONS, "ALTER TABLE clips ADD c; INSERT INTO clips SELECT * FROM clips")
    )
    with Basket.open(path) as basket:
        assert "cannot be brought up to date" in basket.notice and not basket.kept
        assert basket.get(kept.id)
    monkeypatch.undo()
    with Basket.open(path) as basket:
        assert basket.kept and basket.get(kept.id)


@pytest.mark.parametrize("place", ["/proc/kerman-tui/basket.sqlite", "/dev/null/basket.sqlite"])
def test_where_nothing_can_be_kept_it_goes_on_in_memory_and_says_so(place: str) -> None:
    with Basket.open(Path(place)) as basket:
        assert "in memory only" in basket.notice and place in basket.notice
        kept = basket.add(clip())
        assert basket.clips() and not basket.kept
        basket.remove(kept.id)
        basket.undo()
        assert basket.get(kept.id)


def test_with_no_home_it_goes_on_in_memory_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/dev/null/data")
    with Basket.open() as basket:
        assert "in memory only" in basket.notice
        basket.add(clip())
        assert len(basket.clips()) == 1


AS_ANOTHER_USER = """
import os, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_basket import clip
from kerman_tui.clips.basket import Basket
from kerman_tui.clips import storage
import rapidfuzz
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
basket = Basket.open(Path({path!r}))
assert "in memory only" in basket.notice and not basket.kept, basket.notice
assert len(basket.clips()) == 1, basket.clips()
basket.add(clip())
assert len(basket.clips()) == 2
"""


def test_in_a_read_only_home_what_is_there_is_shown_and_nothing_is_pretended() -> None:
    # Not in a folder of pytest's: every run of it that begins shuts the folder above all of them to others.
    with TemporaryDirectory() as home:
        path = Path(home) / "basket.sqlite"
        with Basket.open(path) as basket:
            basket.add(clip())
        path.chmod(0o444)
        path.parent.chmod(0o555)
        script = AS_ANOTHER_USER.format(tests=str(Path(__file__).parent), path=str(path))
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
        path.parent.chmod(0o755)
        assert done.returncode == 0, done.stderr
        assert sorted(file.name for file in path.parent.iterdir()) == [path.name, f"{path.name}.lock"]


ON_A_FULL_DISK = """
import os, resource, signal, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from test_basket import clip
from kerman_tui.clips.basket import Basket
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
basket = Basket.open(Path({path!r}))
first = basket.add(clip())
assert basket.kept
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (os.path.getsize({path!r} + "-wal"), hard))
while basket.kept:
    basket.add(clip())
assert "in memory only" in basket.notice, basket.notice
for n in range(5):
    last = basket.add(clip())
assert basket.get(first.id) and basket.get(last.id)
marked = len(basket.clips())
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
basket.set_note(last.id, "room again")
assert basket.kept and "again" in basket.notice, basket.notice
assert len(basket.clips()) == marked
assert len(Basket.open(Path({path!r})).clips()) == marked
"""


def test_on_a_full_disk_it_goes_on_and_is_kept_once_there_is_room(path: Path) -> None:
    script = ON_A_FULL_DISK.format(tests=str(Path(__file__).parent), path=str(path))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert resource.getrlimit(resource.RLIMIT_FSIZE)


def test_a_file_name_that_is_no_utf8_is_kept_spelt_out(path: Path) -> None:
    article = Article("x", "T", "O", (Paragraph("text", 1),), Source("bad\udcff.txt"))
    with Basket.open(path) as basket:
        basket.add(new_clip(article, Span("x", 0, 0, 4)))
        assert basket.kept
        assert basket.clips()[0].citation.source == "bad\\udcff.txt"


def test_ten_megabytes_are_kept_whole(path: Path) -> None:
    text = "0123456789 " * 950_000
    article = Article("x", "T", "O", (Paragraph(text, 1),), Source("x.txt"))
    with Basket.open(path) as basket:
        basket.add(new_clip(article, Span("x", 0, 0, len(text))))
    with Basket.open(path) as basket:
        assert basket.clips()[0].text == text


def test_importing_the_basket_loads_no_screen() -> None:
    code = "import sys, kerman_tui.clips.basket, kerman_tui.clips.export; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
