"""The commands ``doctor`` and ``basket`` as a script sees them."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kerman_tui.cli.main import main
from kerman_tui.clips.basket import Basket, new_clip
from kerman_tui.clips.citation import STYLES
from kerman_tui.clips.export import FORMATS
from kerman_tui.model import Article, Paragraph, Source, Span


def kerman(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kerman_tui", *words],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def mark(project: str = "Kerman") -> None:
    article = Article("a", "T", "Post", (Paragraph("=Passage one.", 4),), Source("a.txt", "ab" * 32))
    with Basket.open() as basket:
        basket.add(new_clip(article, Span("a", 0, 0, 13), project))


def test_the_doctor_says_what_is_and_what_to_change() -> None:
    done = kerman("doctor", "--json", TERM="xterm", XTERM_VERSION="XTerm(379)", SSH_TTY="/dev/pts/0", LANG="C.UTF-8")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["road"] == "osc52"
    areas = {one["area"] for one in report["findings"]}
    assert {"program", "terminal", "clipboard", "folders", "basket", "corpora", "configuration"} <= areas
    assert {"file": "~/.Xresources", "line": "XTerm*disallowedWindowOps: 20,21,SetXprop"}.items() <= {
        key: value for advice in report["advice"] for key, value in advice.items() if "Xprop" in advice["line"]
    }.items()
    assert all(one["state"] in ("ok", "note", "problem") for one in report["findings"])


def test_the_doctor_speaks_to_people_too() -> None:
    done = kerman("doctor", TERM="linux", LANG="C", SSH_TTY="x")
    assert done.returncode == 0
    assert "to make it better" in done.stdout and "export LANG=C.UTF-8" in done.stdout
    assert "Traceback" not in done.stderr


def test_the_doctor_tries_the_chain_when_asked_and_without_a_terminal_names_the_file() -> None:
    done = kerman("doctor", "--try", "--json", SSH_TTY="x")
    tried = [one for one in json.loads(done.stdout)["findings"] if one["area"] == "tried"]
    (said,) = [one["value"] for one in tried if one["name"] == "clipboard"]
    file = Path(said.rpartition(" to ")[2])
    assert file.read_text().startswith("kerman-tui was here at ")


def test_the_doctor_survives_a_machine_without_anything(tmp_path: Path) -> None:
    (tmp_path / "config" / "kerman-tui").mkdir(parents=True)
    (tmp_path / "config" / "kerman-tui" / "config.toml").write_text("clipboard = 7")
    nowhere = {f"XDG_{name}_HOME": "/dev/null/x" for name in ("DATA", "STATE", "CACHE")}
    done = kerman("doctor", "--json", **nowhere, XDG_CONFIG_HOME=str(tmp_path / "config"), PATH="/nowhere", TMUX="x")
    assert done.returncode == 0, done.stderr
    problems = {(one["area"], one["name"]) for one in json.loads(done.stdout)["findings"] if one["state"] == "problem"}
    assert {("folders", "data"), ("basket", "basket"), ("configuration", "file"), ("clipboard", "tmux")} <= problems


@pytest.fixture
def say(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., tuple[int, str, str]]:
    """Call the command line in this process: exit code, standard output, standard error."""

    def call(*words: str) -> tuple[int, str, str]:
        code = main(words)
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return call


def test_the_basket_on_standard_output_and_in_a_file(say: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    assert say("basket") == (1, "", "kerman-tui: nothing is marked yet; Space in the explorer marks\n")
    mark()
    mark("Other")
    cited = "=Passage one.\n— Post, “T”, undated; a.txt, line 4, SHA-256 abababababab\n"
    assert say("basket", "--project", "Kerman") == (0, cited, "")
    assert len(json.loads(say("basket", "--json")[1])) == 2
    assert "'=Passage one." in say("basket", "--format", "csv")[1]
    assert say("basket", "--style", "{line}:{text}", "passage")[1].startswith("4:=Passage one.\n\n4:")
    assert say("basket", "--style", "nothing")[0] == 2
    assert say("basket", "elsewhere")[0] == 1
    file = tmp_path / "b.bib"
    assert say("basket", "--format", "bibtex", "--output", str(file))[0] == 0
    assert file.read_text().startswith("@article{")
    code, _, why = say("basket", "--output", str(file))
    assert code == 2 and "is there already" in why
    assert say("basket", "--output", str(file), "--overwrite")[0] == 0


def test_a_damaged_basket_is_said_on_standard_error() -> None:
    mark()
    with Basket.open() as basket:
        path = basket.path
    assert path
    path.write_bytes(b"noise" * 1000)
    done = kerman("basket", "--json")
    assert json.loads(done.stdout) == [] and "damaged" in done.stderr and done.returncode == 1


def test_nothing_that_was_marked_or_noted_acts_on_a_terminal(say: Callable[..., tuple[int, str, str]]) -> None:
    """Neither what an article says nor what someone wrote into the file beside the program."""
    nasty = "a\x1b]52;c;eA==\x07b\x9b31mc\u202ed\x00e\x7f\ud800f"
    mark()
    with Basket.open() as basket:
        path = basket.path
    assert path
    columns = ("project", "text", "outlet", "title", "published", "byline", "url", "source", "sha256", "note")
    with sqlite3.connect(path) as database:
        for column in columns:
            database.execute(f"UPDATE clips SET {column} = ?", (nasty.replace("\ud800", ""),))
        database.execute("UPDATE clips SET tags = ?", (json.dumps([nasty]),))
    database.close()
    for form in FORMATS:
        for style in STYLES:
            code, out, err = say("basket", "--format", form, "--style", style)
            assert code == 0, err
            assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", out + err), form
    assert say("basket", "--project", nasty)[0] == 1
    assert "\x1b" not in say("basket", "--style", "{" + nasty)[2]
    assert "\x1b" not in say("basket", "--output", "/nowhere/" + nasty)[2]
