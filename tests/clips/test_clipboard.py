"""The road to the clipboard where a machine is odd: commands that fail, hang or are missing; terminals that go away."""

from __future__ import annotations

import base64
import os
import re
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerman_tui.clips import clipboard, diagnosis, surroundings
from kerman_tui.clips.clipboard import MOSH_CAP, TERMINAL_CAP, TMUX_CAP, send


class Wire(list[str]):
    """What reached the terminal."""

    def __call__(self, text: str) -> None:
        self.append(text)

    @property
    def clipboard(self) -> str:
        match = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", "".join(self))
        assert match, self
        return base64.b64decode(match.group(1)).decode()


@pytest.fixture
def wire() -> Wire:
    return Wire()


Fake = Callable[..., dict[str, str]]


@pytest.fixture
def commands(tmp_path: Path) -> Fake:
    """Make shell scripts of these names; returns an environment in which they are the only commands."""

    def make(**scripts: str) -> dict[str, str]:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        for name, script in scripts.items():
            file = folder / name.replace("_", "-")
            file.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
            file.chmod(0o755)
        return {"PATH": str(folder), "OUT": str(tmp_path / "out")}

    return make


@given(st.text(min_size=1, max_size=500).filter(lambda text: text.encode("utf-8", "replace").decode() == text))
def test_a_plain_terminal_gets_the_exact_bytes_in_one_sequence(text: str) -> None:
    wire = Wire()
    sent = send(text, wire, environment={})
    assert wire.clipboard == text
    assert (sent.road, sent.bytes, sent.file) == ("osc52", len(text.encode()), None)


@given(st.text(min_size=1, max_size=2000))
def test_screen_gets_chunks_that_join_to_the_sequence(text: str) -> None:
    wire = Wire()
    assert send(text, wire, environment={"STY": "1.x"}).road == "screen"
    chunks = re.findall(r"\x1bP(.{1,250}?)\x1b\\", "".join(wire), re.DOTALL)
    assert "".join(f"\x1bP{chunk}\x1b\\" for chunk in chunks) == "".join(wire)
    assert all(len(chunk) <= clipboard.SCREEN_CHUNK for chunk in chunks)
    assert "".join(chunks) == clipboard.osc52(text.encode("utf-8", "replace"))


def test_the_clipboard_is_never_read(wire: Wire) -> None:
    for environment in ({}, {"TMUX": "x"}, {"STY": "x"}):
        send("?", wire, environment=environment)
    assert "c;?" not in "".join(wire)


def test_the_message_is_honest(wire: Wire) -> None:
    assert send("x" * 1234, wire, environment={}).message == "sent 1,234 bytes to the terminal (OSC 52)"
    assert send("", wire, environment={}).message == "there is nothing to copy"
    off = send("x", wire, environment={}, setting="off")
    assert off.road == "off" and off.bytes == 0 and len(wire) == 1


@pytest.mark.parametrize("setting", ["auto", "osc52", "screen"])
def test_what_is_over_the_cap_goes_to_a_private_file(wire: Wire, tmp_path: Path, setting: str) -> None:
    text = "é" * (TERMINAL_CAP // 2)
    assert send(text, wire, environment={}, setting=setting).file is None
    wire.clear()
    sent = send(text + "xy", wire, environment={}, setting=setting, file_folder=tmp_path)
    assert sent.road == "file" and not wire and sent.file and sent.file.parent == tmp_path
    assert sent.file.read_text(encoding="utf-8") == text + "xy"
    assert stat.S_IMODE(sent.file.stat().st_mode) == 0o600
    assert f"{TERMINAL_CAP + 2:,} bytes are more than the {TERMINAL_CAP:,}" in sent.message
    assert str(sent.file) in sent.message


def test_files_never_replace_one_another(wire: Wire, tmp_path: Path) -> None:
    made = {send(str(n), wire, environment={}, setting="file", file_folder=tmp_path).file for n in range(5)}
    assert sorted(file.read_text() for file in made if file) == ["0", "1", "2", "3", "4"]


def test_with_no_folder_the_file_is_a_temporary_one_of_hers(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/dev/null")
    sent = send("text", wire, environment={}, setting="file", file_folder=Path("/dev/null/x"))
    assert sent.file and sent.file.read_text() == "text"
    assert stat.S_IMODE(sent.file.parent.stat().st_mode) == 0o700


def test_when_nothing_can_be_written_it_says_so(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(clipboard, "_write_in", full)
    sent = send("text", wire, environment={}, setting="file")
    assert (sent.road, sent.bytes, sent.file) == ("none", 0, None)
    assert "No space left on device" in sent.message


@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), ValueError("I/O operation on closed file")])
def test_a_terminal_that_has_gone_away_makes_it_a_file(error: Exception, tmp_path: Path) -> None:
    def gone(_: str) -> None:
        raise error

    sent = send("text", gone, environment={}, file_folder=tmp_path)
    assert sent.road == "file" and sent.file and sent.file.read_text() == "text"
    assert "could not be written to" in sent.message


# --- tmux -------------------------------------------------------------------------------------------------------


def test_tmux_is_given_the_text_by_its_own_command(wire: Wire, commands: Fake) -> None:
    environment = commands(tmux='[ "$1 $2 $3" = "load-buffer -w -" ] && cat > "$OUT"')
    sent = send("a\nb “c”", wire, environment={**environment, "TMUX": "x"})
    assert sent.message == "sent 11 bytes to the terminal (tmux)" and not wire
    assert Path(environment["OUT"]).read_text() == "a\nb “c”"


def test_a_tmux_before_3_2_with_set_clipboard_on_takes_a_bare_sequence_too(wire: Wire, commands: Fake) -> None:
    script = 'case "$*" in "load-buffer -") cat > "$OUT";; show-options*set-clipboard) echo on;; *) exit 1;; esac'
    environment = commands(tmux=script)
    sent = send("text", wire, environment={**environment, "TMUX": "x"})
    assert wire.clipboard == "text" and Path(environment["OUT"]).read_text() == "text"
    assert sent.message == "sent 4 bytes to the terminal (tmux)"


def test_a_tmux_before_3_2_that_hands_nothing_on_makes_it_a_file_too(
    wire: Wire, commands: Fake, tmp_path: Path
) -> None:
    environment = commands(tmux='case "$*" in "load-buffer -") cat > "$OUT";; *) exit 1;; esac')
    sent = send("text", wire, environment={**environment, "TMUX": "x"}, file_folder=tmp_path)
    assert not wire and sent.road == "tmux" and sent.file and sent.file.read_text() == "text"
    assert "older than 3.2" in sent.message and str(sent.file) in sent.message


@pytest.mark.parametrize("script", [None, "exit 1", "sleep 60"])
def test_without_a_tmux_command_that_answers_both_ways_around_it_are_tried_and_a_file_written(
    script: str | None, wire: Wire, commands: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surroundings, "COMMAND_SECONDS", 0.3)
    environment = commands(**({"tmux": script} if script else {}))
    begun = time.monotonic()
    sent = send("text", wire, environment={**environment, "TMUX": "x"}, file_folder=tmp_path)
    assert time.monotonic() - begun < 5
    bare = clipboard.osc52(b"text")
    assert "".join(wire) == bare + clipboard.through_tmux(bare)
    assert sent.file and sent.file.read_text() == "text" and "tmux may drop it" in sent.message


def test_between_what_the_terminal_takes_and_what_tmux_takes_both_are_said(
    wire: Wire, commands: Fake, tmp_path: Path
) -> None:
    environment = {**commands(tmux='[ "$1" = load-buffer ] && cat > "$OUT"'), "TMUX": "x"}
    text = "x" * (TERMINAL_CAP + 1)
    sent = send(text, wire, environment=environment, file_folder=tmp_path)
    assert Path(environment["OUT"]).read_text() == text
    assert sent.file and sent.file.read_text() == text and "tmux's own buffer" in sent.message
    much = send("x" * (TMUX_CAP + 1), wire, environment=environment, file_folder=tmp_path)
    assert much.road == "file" and "more than the 700,000 that tmux takes" in much.message


# --- mosh, desktops, odd settings -------------------------------------------------------------------------------


def test_mosh_takes_less(wire: Wire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "is_under_mosh", lambda _: True)
    assert send("x" * MOSH_CAP, wire, environment={}).road == "osc52"
    sent = send("x" * (MOSH_CAP + 1), wire, environment={}, file_folder=tmp_path)
    assert sent.road == "file" and "12,282 that mosh takes" in sent.message


def test_mosh_is_known_by_its_server_above_this_process() -> None:
    assert not surroundings.is_under_mosh(os.getpid())
    assert not surroundings.is_under_mosh(2**22 + 1)


def test_under_mosh_tmux_also_sends_a_sequence_with_a_selector(
    wire: Wire, commands: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surroundings, "is_under_mosh", lambda pid: pid == 77)
    script = 'case "$*" in load-buffer*) cat > "$OUT";; display*) echo 77;; show-options*) echo $MODE;; esac'
    environment = {**commands(tmux=script), "TMUX": "x"}
    assert send("text", wire, environment={**environment, "MODE": "on"}).file is None
    assert wire.clipboard == "text"
    closed = send("text", wire, environment={**environment, "MODE": "external"}, file_folder=tmp_path)
    assert "set -s set-clipboard on" in closed.message and closed.file


def test_native_tools_only_on_a_local_desktop(wire: Wire, commands: Fake, tmp_path: Path) -> None:
    tools = commands(xclip='cat > "$OUT"', wl_copy="exit 1")
    out = Path(tools["OUT"])
    assert send("far", wire, environment={**tools, "DISPLAY": ":0", "SSH_CONNECTION": "x"}).road == "osc52"
    assert not out.exists()
    near = send("near", wire, environment={**tools, "DISPLAY": ":0", "WAYLAND_DISPLAY": "w"})
    assert out.read_text() == "near" and near.road == "native"
    assert near.message == "sent 4 bytes to the clipboard (xclip) and to the terminal (OSC 52)"
    assert not surroundings.is_local_desktop({"SSH_TTY": "x", "DISPLAY": ":0"})


def test_a_desktop_tool_that_hangs_does_not_hang_the_program(
    wire: Wire, commands: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surroundings, "COMMAND_SECONDS", 0.3)
    environment = {**commands(xclip="sleep 60", xsel="sleep 60"), "DISPLAY": ":0"}
    begun = time.monotonic()
    sent = send("text", wire, environment=environment)
    assert time.monotonic() - begun < 5
    assert sent.message == "sent 4 bytes to the terminal (OSC 52)" and sent.road == "osc52"


def test_a_terminal_known_to_be_deaf_gets_it_all_the_same_and_a_file(wire: Wire, tmp_path: Path) -> None:
    sent = send("text", wire, environment={"VTE_VERSION": "6800", "SSH_TTY": "x"}, file_folder=tmp_path)
    assert wire.clipboard == "text" and sent.file and "does not take it" in sent.message


def test_a_setting_that_does_not_exist_is_said(wire: Wire, tmp_path: Path) -> None:
    sent = send("text", wire, environment={}, setting="pigeon\x1b", file_folder=tmp_path)
    assert wire.clipboard == "text" and sent.file
    assert "there is no clipboard setting" in sent.message and "\x1b" not in sent.message


# --- the doctor's view ------------------------------------------------------------------------------------------


def advised(findings: list[diagnosis.Finding]) -> list[str]:
    return [advice.line for one in findings for advice in one.advice]


def test_the_doctor_names_the_line_for_each_terminal() -> None:
    def lines(**environment: str) -> list[str]:
        return advised(diagnosis.chain({"PATH": "/nowhere", **environment}, "auto"))

    assert lines(XTERM_VERSION="XTerm(379)") == ["XTerm*disallowedWindowOps: 20,21,SetXprop"]
    assert lines(VTE_VERSION="6800") == ['clipboard = "file"']
    assert lines(TERM="xterm-kitty") == []
    assert "set -s set-clipboard on" in lines(TERM="tmux-256color", SSH_TTY="x")
    assert lines(TMUX="x") == ["set -s set-clipboard on"]
    assert lines(DISPLAY=":0") == ["sudo apt install xclip"]
    assert lines(WAYLAND_DISPLAY="w") == ["sudo apt install wl-clipboard"]


def test_the_doctor_looks_at_tmux(commands: Fake) -> None:
    script = """case "$*" in
    -V) echo "tmux $VERSION";;
    *set-clipboard) echo external;;
    *allow-passthrough) echo off;;
    *escape-time) echo 500;;
    *client_name*) echo "/dev/pts/1 st-256color";;
    show-messages*) printf 'Terminal 0: st-256color for /dev/pts/1, flags=0x0:\\n 192: Ms: %s\\n' "$MS";;
    esac"""
    environment = {**commands(tmux=script), "TMUX": "x", "VERSION": "3.3a"}
    found = diagnosis.chain({**environment, "MS": "[missing]"}, "auto")
    assert "set -as terminal-features ',st-256color:clipboard'" in advised(found)
    assert "set -s escape-time 10" in advised(found)
    assert advised(diagnosis.chain({**environment, "MS": "(string) x"}, "auto")) == ["set -s escape-time 10"]
    old = advised(diagnosis.chain({**environment, "VERSION": "2.9", "MS": "(string) x"}, "auto"))
    assert "set -s set-clipboard on" in old


def test_the_doctor_looks_at_text_and_colour() -> None:
    assert "export TERM=xterm-256color" in advised(diagnosis.terminal({}))
    assert "export LANG=C.UTF-8" in advised(diagnosis.terminal({"TERM": "xterm-256color", "LANG": "C"}))
    assert advised(diagnosis.terminal({"TERM": "foot", "LANG": "C", "LC_CTYPE": "C.UTF-8"})) == ["export LANG=C.UTF-8"]
    fine = {"TERM": "xterm-256color", "LC_ALL": "fa_IR.utf8"}
    assert advised(diagnosis.terminal(fine)) == []
    assert "term screen-256color" in advised(diagnosis.terminal({"TERM": "screen", "LANG": "C.UTF-8"}))
    assert diagnosis.road({"TMUX": "x"}, "auto") == "tmux" and diagnosis.road({}, "file") == "file"
