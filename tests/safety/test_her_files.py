"""Files of hers: whole or not at all, for her eyes, safe from older and newer programs, from others and from races."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from kerman_tui import places
from kerman_tui.people.corrections import Corrections, CorrectionsError, load_corrections, save_corrections
from kerman_tui.places import PlaceError, folder, write_whole
from kerman_tui.search.saved import SavedSearches
from kerman_tui.tui import state


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_private_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.write_text("before")
    path.chmod(0o666)
    write_whole(path, "after")
    assert (path.read_text(), mode(path), [one.name for one in tmp_path.iterdir()]) == ("after", 0o600, ["kept"])


def test_a_link_of_hers_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").write_text("before")
    (tmp_path / "kept").symlink_to("dotfiles")
    write_whole(tmp_path / "kept", "after")
    assert (tmp_path / "kept").is_symlink() and (tmp_path / "dotfiles").read_text() == "after"


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from kerman_tui.places import write_whole
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_whole(Path(sys.argv[1]), "x" * 100_000)
except OSError as error:
    print("refused", error.errno)
"""


def test_when_no_more_can_be_written_what_stood_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.write_text("before")
    done = subprocess.run([sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True)
    assert "refused" in done.stdout, done.stderr
    assert (path.read_text(), [one.name for one in tmp_path.iterdir()]) == ("before", ["kept"])


def test_a_pipe_in_the_place_of_a_file_of_hers_is_not_waited_for() -> None:
    from kerman_tui import config

    for name in ("corrections.toml", "config.toml"):
        os.mkfifo(folder("config") / name)
    with pytest.raises(CorrectionsError, match="not a regular file"):
        load_corrections()
    assert "not a regular file" in config.load(folder("config") / "config.toml").problems[0]


def test_every_folder_and_file_of_hers_is_for_her_alone() -> None:
    save_corrections(Corrections().leader("Anna Telder"))
    SavedSearches().save("bridge", "bridge")
    state.keep(state.State(theme="light"))
    made = [path for name in ("config", "data", "state", "cache") for path in (folder(name), *folder(name).rglob("*"))]
    assert {mode(path) for path in made if path.is_dir()} == {0o700}
    assert {mode(path) for path in made if path.is_file()} == {0o600}


def test_a_cache_that_others_may_write_to_is_not_trusted() -> None:
    at = folder("cache", "analysis")
    at.chmod(0o777)
    with pytest.raises(PlaceError, match="other users may write there"):
        folder("cache", "analysis")
    folder("data").chmod(0o770)
    assert mode(folder("data")) & 0o022 == 0, "what is hers is closed to others"


@pytest.mark.skipif(os.getuid() != 0, reason="only root can make a link that another user owns")
def test_a_link_or_a_folder_of_another_user_is_not_trusted(tmp_path: Path) -> None:
    base = folder("cache").parent
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    (base / "kerman-tui").rmdir()
    (base / "kerman-tui").symlink_to(elsewhere)
    assert folder("cache")
    os.lchown(base / "kerman-tui", 65534, 65534)
    with pytest.raises(PlaceError, match="a link that another user made"):
        folder("cache")
    (base / "kerman-tui").unlink()
    (base / "kerman-tui").mkdir()
    os.chown(base / "kerman-tui", 65534, 65534)
    with pytest.raises(PlaceError, match="belongs to another user"):
        folder("cache")


def test_no_temporary_file_has_a_name_that_can_be_known_before() -> None:
    room = Path(places.__file__).parent
    sources = {path: path.read_text("utf-8") for path in room.rglob("*.py")}
    assert [path.name for path, text in sources.items() if '"/tmp' in text or "mktemp(" in text] == []


# --- versions of the program beside each other ---


def test_a_file_of_corrections_without_a_form_is_copied_before_it_is_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "corrections.toml"
    old = '[[correction]]\nwhat = "leader"\nnames = ["Anna Telder"]\n'
    path.write_text(old)
    save_corrections(load_corrections(path).leader("Ruben Oyelaran"), path)
    assert [one.names[0] for one in load_corrections(path)] == ["Anna Telder", "Ruben Oyelaran"]
    assert (tmp_path / "corrections.toml.version-0").read_text() == old
    save_corrections(load_corrections(path).leader("Mirela Stanck"), path)
    assert len(list(tmp_path.glob("*.version-*"))) == 1, "only a migration makes a copy"


@pytest.mark.parametrize("text", ["form = 99\nbetter = true\n", "[[correction\n"])
def test_corrections_of_a_newer_program_or_with_a_slip_are_never_written_over(tmp_path: Path, text: str) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text(text)
    with pytest.raises(CorrectionsError, match="left as it is"):
        save_corrections(Corrections().leader("Anna Telder"), path, before=Corrections())
    assert path.read_text() == text


def test_two_sessions_that_correct_keep_the_corrections_of_both(tmp_path: Path) -> None:
    path = tmp_path / "corrections.toml"
    start = Corrections().leader("Anna Telder")
    save_corrections(start, path)
    save_corrections(start.rename("A", "B"), path, before=start)
    save_corrections(start.leader("Ruben Oyelaran"), path, before=start)
    assert {one.names[0] for one in load_corrections(path)} == {"Anna Telder", "A", "Ruben Oyelaran"}
    save_corrections(start, path, before=start.leader("Ruben Oyelaran"))
    assert {one.names[0] for one in load_corrections(path)} == {"Anna Telder", "A"}, "an undo takes back its own"


def test_saved_searches_of_an_older_and_a_newer_program(tmp_path: Path) -> None:
    old = json.dumps({"name": "bridge", "query": "bridge", "saved_at": "2024-01-04T00:00:00+00:00"}) + "\n"
    (tmp_path / "saved.jsonl").write_text(old)
    searches = SavedSearches(tmp_path)
    searches.save("ship", "ship")
    assert [one.name for one in searches.all()] == ["bridge", "ship"]
    assert (tmp_path / "saved.jsonl.version-0").read_text() == old
    newer = '{"form": 99}\n' + old
    (tmp_path / "saved.jsonl").write_text(newer)
    assert [one.name for one in searches.all()] == ["bridge"]
    with pytest.raises(PlaceError, match="newer version"):
        searches.save("ship", "ship")
    assert (tmp_path / "saved.jsonl").read_text() == newer


def test_what_a_newer_program_remembers_is_not_lost() -> None:
    newer = json.dumps({"form": 99, "theme": "light", "unheard-of": 1})
    (folder("state") / state.FILE_NAME).write_text(newer)
    assert state.load().theme == "light"
    state.keep(state.State(theme="dark"))
    assert (folder("state") / state.FILE_NAME).read_text() == newer


@pytest.mark.parametrize("name", ["config", "corrections", "outlets", "fields", "furniture"])
@pytest.mark.parametrize(
    "text", ["a = " + "[" * 5_000, "source = 5\nlabels = 5\ncorrection = 5\ntheme = [5]\n"], ids=["deep", "wrong"]
)
def test_a_file_of_settings_that_holds_nonsense_is_named_or_left_out(name: str, text: str, seeds: Path) -> None:
    (folder("config") / f"{name}.toml").write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "kerman_tui", "people", seeds], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0 and "wrong in the program" not in done.stderr, done.stderr
    assert len(done.stderr.splitlines()) <= 1


@pytest.mark.parametrize(
    "text", ["source = 5\n", "a = " + "[" * 5_000, "[[source]]\nfile = 5\noutlet = [5]\n"], ids=range(3)
)
def test_a_manifest_that_holds_nonsense_is_named_and_the_articles_are_read(text: str, tmp_path: Path) -> None:
    from kerman_tui.ingest.pipeline import read
    from kerman_tui.model import Article

    (tmp_path / "manifest.toml").write_text(text)
    (tmp_path / "a.txt").write_text("Bridge\n\nThe mayor said on Tuesday that the bridge would reopen within a week.\n")
    found = list(read([tmp_path], cache=False))
    assert sum(isinstance(one, Article) for one in found) == 1
    assert all("manifest.toml" in one.source for one in found if not isinstance(one, Article))
