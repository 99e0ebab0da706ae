"""What a machine does to a program, done to the real one: full disks, no home, closed pipes, clocks, rot, kill -9."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kerman_tui.clips.basket import Basket
from kerman_tui.people.corrections import load_corrections

KERMAN = [sys.executable, "-m", "kerman_tui"]
KILLS = int(os.environ.get("KERMAN_TUI_KILLS", "2"))
"""How often each kind of work is killed; 200 by hand, a few in every run."""

KIB, GIB = 1 << 10, 1 << 30


def run(
    *words: str | Path, limit: Callable[[], None] | None = None, stdout: object = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the program; a variable that is "" is taken away."""
    given = {key: value for key, value in {**os.environ, **environment}.items() if value}
    given["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    return subprocess.run(
        [*KERMAN, *map(str, words)],
        env=given,
        stdout=stdout or subprocess.PIPE,  # type: ignore[call-overload]
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=60,
        preexec_fn=limit,
    )


def says_one_line(done: subprocess.CompletedProcess[str]) -> str:
    """What the program said when something went wrong: one line of its own, no traceback."""
    assert "Traceback" not in done.stderr and "something is wrong in the program" not in done.stderr, done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("kerman-tui: ")
    return line


# --- disks and homes ---


def test_a_disk_that_is_full_leaves_the_corpus_as_it_was(seeds: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(seeds, tmp_path / "texts")
    assert run("index", copy, "--name", "kept").returncode == 0
    (copy / "new.txt").write_text("A new article\n\nThe mayor said on Tuesday that the bridge would reopen.\n" * 900)
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4 * KIB, 4 * KIB))  # noqa: E731
    done = run("index", copy, "--name", "kept", limit=limit)
    assert done.returncode == 2
    assert "it is as it was before" in says_one_line(done)
    assert len(json.loads(run("articles", "--corpus", "kept", "--json").stdout)) == 14


def test_standard_output_on_a_full_disk_is_told(seeds: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = run("articles", seeds, stdout=full)
    assert (done.returncode, "No space left" in says_one_line(done)) == (2, True)


@pytest.mark.parametrize("home", ["/proc/none", ""], ids=["no folder can be made", "no home"])
def test_without_a_home_all_works_but_keeping(home: str, seeds: Path) -> None:
    nowhere = {f"XDG_{name}_HOME": "" for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    done = run("search", "solemani", seeds, HOME=home, **nowhere)
    assert (done.returncode, done.stderr) == (0, "") and "Soleimani" in done.stdout
    if home:
        assert "kept in memory only" in run("basket", HOME=home, **nowhere).stderr
        assert "no corpus can be kept" in says_one_line(run("index", seeds, "--name", "x", HOME=home, **nowhere))


# --- terminals and pipes ---


def test_without_a_terminal_or_a_term_the_explorer_says_what_to_do_instead(seeds: Path) -> None:
    assert "needs a terminal" in says_one_line(run(seeds, TERM=""))


@pytest.mark.parametrize("command", ["articles", "quotes"])
def test_who_reads_may_go_at_any_time(command: str, seeds: Path) -> None:
    line = f"{' '.join(KERMAN)} {command} {seeds} | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=60)
    assert done.stderr == "" and done.stdout.splitlines()[-1] in ("0", "1", "141"), done


# --- time, memory, files that change ---

CLOCK = "import sys, time; shift = int(sys.argv.pop(1)); now, ns = time.time, time.time_ns; "
CLOCK += "time.time = lambda: now() + shift; time.time_ns = lambda: ns() + shift * 10**9; "
CLOCK += "from kerman_tui.cli.main import run; run()"


def test_a_clock_that_jumps_loses_nothing(seeds: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(seeds, tmp_path / "texts")
    decade = 10 * 365 * 86_400
    for number, shift in enumerate((0, -decade, decade)):
        (copy / f"n{number}.txt").write_text(
            f"Article {number}\n\n" + f"The mayor of Port {number} spoke at length. " * 9
        )
        words = [sys.executable, "-c", CLOCK, str(shift), "index", str(copy), "--name", "clock"]
        done = subprocess.run(words, capture_output=True, text=True, timeout=60)
        assert f"clock: {15 + number} articles (" in done.stderr, done.stderr
    assert len(json.loads(run("articles", "--corpus", "clock", "--json").stdout)) == 17


def test_a_gibibyte_of_memory_is_enough(seeds: Path) -> None:
    limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (GIB, GIB))  # noqa: E731
    done = run("people", seeds, limit=limit)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_gibibyte_of_memory_is_enough_to_keep_articles_of_megabytes_in_smaller_parts(tmp_path: Path) -> None:
    large = [{"title": f"L{n}", "body": f"The mayor said that bridge {n} would reopen. " * 60_000} for n in range(3)]
    small = [{"title": f"S{n}", "body": f"The mayor of port {n} spoke at length of it. " * 9} for n in range(100)]
    for name, records in (("list.json", large), ("lines.jsonl", [*large[:1], *small])):
        text = json.dumps(records) if name == "list.json" else "".join(json.dumps(one) + "\n" for one in records)
        (tmp_path / name).write_text(text)
    limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (GIB, GIB))  # noqa: E731
    done = run("index", tmp_path, "--name", "large", limit=limit)
    assert done.returncode == 0 and "kerman-tui: large: 104 articles" in done.stderr, done.stderr
    assert "memory is short: the search index is written in parts of" in done.stderr
    assert "S7" in run("search", "port 7", "--corpus", "large", limit=limit).stdout


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    record = json.dumps({"title": "Bridge", "body": "The mayor said that the bridge would reopen. " * 20}) + "\n"
    files = [corpus / "grows.jsonl", corpus / "shrinks.txt", corpus / "goes.txt"]
    stop = threading.Event()

    def change() -> None:
        for step in iter(lambda: 0 if stop.is_set() else random.randrange(1, 4), 0):
            files[0].write_text(record * random.randrange(1, 200) + record[: random.randrange(len(record))])
            files[1].write_text("Title\n\n" + "Words and words. " * random.randrange(5_000))
            files[2].unlink(missing_ok=True) if step > 1 else files[2].write_text("Title\n\nWords of it.")

    thread = threading.Thread(target=change)
    thread.start()
    try:
        for _ in range(3):
            done = run("articles", corpus, "--json")
            assert done.returncode in (0, 1, 2) and "Traceback" not in done.stderr, done.stderr
            json.loads(done.stdout or "[]")
    finally:
        stop.set()
        thread.join()


# --- rot ---

EACH_FILE = """
import sys, io, contextlib, random
from pathlib import Path
from kerman_tui.cli.main import main
root = Path(sys.argv[1])
random.seed(4)
for path in sorted(p for p in root.rglob("*") if p.is_file() and p.name != "name.json"):
    if not path.exists():
        continue  # it belonged to an index that was made anew
    whole = path.read_bytes()
    for rot in (b"", whole[: len(whole) // 2], bytes(random.randrange(256) for _ in range(min(len(whole), 5000)))):
        path.write_bytes(rot)
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stderr(err), contextlib.redirect_stdout(out):
            for words in (["search", "Soleimani", "--corpus", "kept"], ["articles", "--corpus", "kept"]):
                code = main(words)
                assert code in (0, 1, 2), (path, words, code)
                said = err.getvalue()
                assert code == 0 or not said or said.startswith("kerman-tui: "), (path, said)
        if not path.parent.exists():
            continue
        path.write_bytes(whole)
    print(path.relative_to(root))
"""


def test_an_index_or_a_cache_that_rots_is_made_anew_or_named(seeds: Path) -> None:
    assert run("index", seeds, "--name", "kept").returncode == 0
    cache = Path(os.environ["XDG_CACHE_HOME"]) / "kerman-tui"
    done = subprocess.run([sys.executable, "-c", EACH_FILE, str(cache)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-3000:]
    assert len(done.stdout.splitlines()) > 5
    assert run("index", seeds, "--name", "kept").returncode == 0
    assert "Soleimani" in run("search", "solemani", "--corpus", "kept").stdout


# --- kill -9 ---

MARKING = """
import sys
from kerman_tui.clips.basket import Basket, new_clip
from kerman_tui.model import Article, Paragraph, Source, Span
article = Article("x", "Title", "Post", (Paragraph("The bridge will reopen.", 3),), Source("a.txt"))
with Basket.open() as basket:
    while True:
        clip = new_clip(article, Span("x", 0, 0, 10))
        basket.add(clip)
        print(clip.id, flush=True)
"""
CORRECTING = """
import sys
from pathlib import Path
from kerman_tui.corpus import Corpus
corpus = Corpus.open([Path(sys.argv[1])])
number = 0
while True:
    number += 1
    name = f"{sys.argv[2]} {number}"
    corpus.correct("rename", "Ali Khamenei", name)
    print(name, flush=True)
"""


INDEXING = """
import sys
from pathlib import Path
from kerman_tui.corpus import Corpus
folder, run = Path(sys.argv[1]), sys.argv[2]
number = 0
while True:
    number += 1
    title = f"Article {run} of {number}"
    (folder / f"{run}-{number}.txt").write_text(f"{title}\\n\\n" + f"The mayor of Port {number} spoke at length. " * 9)
    Corpus.keep("kept", [folder])
    print(title, flush=True)
"""


def killed(program: list[str], moment: float, *, at_work: bool = True) -> list[str]:
    """Run a program, kill it so many seconds after its first line, and return the lines that it had printed.

    With ``at_work=False`` it is killed so many seconds after it was started, whatever it has printed.
    """
    process = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    first = process.stdout.readline() if at_work else ""
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read()
    process.wait()
    return [line for line in (first + rest).split("\n")[:-1] if line]


def test_what_was_shown_as_marked_is_there_after_kill_9() -> None:
    shown: list[str] = []
    for _ in range(KILLS):
        shown += killed([sys.executable, "-c", MARKING], random.uniform(0, 0.15))
    with Basket.open() as basket:
        there = {clip.id for clip in basket.clips()}
        assert basket.notice == ""
    assert shown and set(shown) <= there


def test_what_was_shown_as_corrected_is_there_after_kill_9(seeds: Path) -> None:
    shown: list[str] = []
    for number in range(KILLS):
        shown += killed([sys.executable, "-c", CORRECTING, str(seeds), f"Run {number}"], random.uniform(0, 0.1))
    assert shown and set(shown) <= {one.names[1] for one in load_corrections()}


def test_what_was_shown_as_indexed_is_there_after_kill_9_and_readers_go_on(seeds: Path, tmp_path: Path) -> None:
    from kerman_tui.corpus import Corpus

    copy = shutil.copytree(seeds, tmp_path / "texts")
    Corpus.keep("kept", [copy])
    held = Corpus.open_named("kept")  # somebody who reads on, whatever becomes of the files below
    shown: set[str] = set()
    for number in range(KILLS):
        program = [sys.executable, "-c", INDEXING, str(copy), str(number)]
        at_work = number % 2 == 0
        shown.update(killed(program, random.uniform(0, 0.4) + (not at_work) * 0.3, at_work=at_work))
        found = Corpus.open_named("kept")
        assert shown <= {article.title for article in found.articles}
        assert found.search("soleimani").hits
        assert len(held.articles) == 14 and held.search("soleimani").hits
    assert shown
    done = run("index", copy, "--name", "kept", "--json")
    written = [one for one in copy.glob("*-*.txt") if one.stat().st_size]  # the kill may have met one just made
    assert json.loads(done.stdout)["articles"] == 14 + len(written), done.stderr
