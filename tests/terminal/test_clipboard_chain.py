"""The exact text reaches the clipboard of the terminal, or the message names the file that it went to, and it did."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from screen import PATIENCE, SshServer, Terminal, clipboard_of, needs, poll

pytestmark = pytest.mark.terminal

Open = Callable[..., Terminal]

TEXTS = {
    "plain": "Two bombs went off near the cemetery.\n— Example Post, “A title”, undated; a.txt, line 3",
    "unicode": "Süleymani’s naïve façade — “quoted” … 10 €\n\ttabbed, trailing blank \n",
    "emoji": "👩‍👩‍👧‍👦 🇮🇷 👍🏽 ✔️",
    "persian": "قاسم سلیمانی گفت: «می‌آییم» و رفت.",
    "70 kB": "".join(f"{n:07d} Passage über die Zahl.\n" for n in range(2_200)),
}
assert 70_000 < len(TEXTS["70 kB"].encode()) < 75_000

TOO_LARGE = "0123456789abcdef\n" * 45_000
assert len(TOO_LARGE) > 700_000

SENDER = str(Path(__file__).with_name("sender.py"))

TMUX_SETTINGS = {
    "default": "",
    "set-clipboard on": "set -s set-clipboard on",
    "set-clipboard off": "set -s set-clipboard off",
    "passthrough on": "set -g allow-passthrough on",
}


@pytest.fixture
def text_file(tmp_path: Path) -> Callable[[str], str]:
    def write(text: str) -> str:
        file = tmp_path / "text.txt"
        file.write_text(text, encoding="utf-8", newline="")
        return str(file)

    return write


def sender(file: str, setting: str = "auto") -> list[str]:
    return [sys.executable, SENDER, file, setting]


def file_named(terminal: Terminal) -> Path:
    """The file that the program on the screen says it wrote."""
    screen = terminal.wait_for(re.compile(r"^\.$", re.MULTILINE))
    named = re.search(r"file=(.+?)\nsaid=", screen.replace("\n", "\x00").replace("\x00said=", "\nsaid="), re.DOTALL)
    assert named, screen
    return Path(named.group(1).replace("\x00", ""))


@pytest.mark.parametrize("name", TEXTS)
def test_plain_terminal_takes_the_exact_text(name: str, open_terminal: Open, text_file: Callable[[str], str]) -> None:
    terminal = open_terminal(sender(text_file(TEXTS[name])))
    screen = terminal.wait_for(re.compile(r"^\.$", re.MULTILINE))
    assert "road=osc52" in screen
    assert f"sent {len(TEXTS[name].encode()):,} bytes to the terminal (OSC 52)" in screen
    terminal.wait_for_buffer(TEXTS[name])


@pytest.mark.parametrize("setting", TMUX_SETTINGS)
@pytest.mark.parametrize("name", TEXTS)
def test_tmux_hands_the_exact_text_to_the_terminal_it_runs_in(
    name: str, setting: str, open_terminal: Open, text_file: Callable[[str], str], tmp_path: Path
) -> None:
    configuration = tmp_path / "inner.conf"
    configuration.write_text(f"set -g status off\n{TMUX_SETTINGS[setting]}\n", encoding="utf-8")
    inner = ["tmux", "-L", "inner", "-f", str(configuration), "new-session", *sender(text_file(TEXTS[name]))]
    terminal = open_terminal(inner)
    screen = terminal.wait_for(re.compile(r"^\.$", re.MULTILINE))
    assert f"sent {len(TEXTS[name].encode()):,} bytes to the terminal (tmux)" in screen
    terminal.wait_for_buffer(TEXTS[name])
    terminal.press("Enter")
    assert terminal.exit_code() == 0


@pytest.mark.parametrize("setting", TMUX_SETTINGS)
def test_tmux_keeps_the_text_in_its_own_buffer(
    setting: str, open_terminal: Open, text_file: Callable[[str], str]
) -> None:
    terminal = open_terminal(sender(text_file(TEXTS["persian"])), tmux_conf=TMUX_SETTINGS[setting], inside_tmux=True)
    terminal.wait_for("bytes to the terminal (tmux)")
    terminal.wait_for_buffer(TEXTS["persian"])


@pytest.mark.parametrize("name", TEXTS)
def test_screen_hands_on_the_exact_text(
    name: str, open_terminal: Open, text_file: Callable[[str], str], environment: dict[str, str], tmp_path: Path
) -> None:
    needs("screen")
    folder = tmp_path / "screens"
    folder.mkdir(mode=0o700)
    environment["SCREENDIR"] = str(folder)
    configuration = tmp_path / "screenrc"
    configuration.write_text("startup_message off\nautodetach off\n", encoding="utf-8")
    terminal = open_terminal(["screen", "-c", str(configuration), "-U", *sender(text_file(TEXTS[name]))])
    screen = terminal.wait_for(re.compile(r"^\.$", re.MULTILINE))
    assert f"sent {len(TEXTS[name].encode()):,} bytes to the terminal (screen)" in screen
    terminal.wait_for_buffer(TEXTS[name])


@pytest.mark.parametrize("name", TEXTS)
def test_through_ssh_the_exact_text_arrives(
    name: str, open_terminal: Open, ssh: SshServer, text_file: Callable[[str], str]
) -> None:
    terminal = open_terminal(ssh.command(" ".join(sender(text_file(TEXTS[name])))))
    screen = terminal.wait_for(re.compile(r"^\.$", re.MULTILINE))
    assert "road=osc52" in screen
    terminal.wait_for_buffer(TEXTS[name])


def test_in_tmux_in_a_terminal_that_is_not_known_to_take_it_the_file_is_named(
    open_terminal: Open, text_file: Callable[[str], str], tmp_path: Path
) -> None:
    configuration = tmp_path / "inner.conf"
    configuration.write_text("set -as terminal-overrides ',*:Ms@'\n", encoding="utf-8")
    inner = ["tmux", "-L", "inner", "-f", str(configuration), "new-session", *sender(text_file(TEXTS["persian"]))]
    terminal = open_terminal(inner, size=(200, 24))
    terminal.wait_for("bytes to tmux's own buffer")
    assert file_named(terminal).read_text(encoding="utf-8") == TEXTS["persian"]
    assert terminal.buffer() == ""


def test_through_ssh_and_tmux_there_the_exact_text_arrives(
    open_terminal: Open, ssh: SshServer, text_file: Callable[[str], str]
) -> None:
    command = " ".join(sender(text_file(TEXTS["persian"])))
    terminal = open_terminal(ssh.command(f"tmux -L far -f /dev/null new-session '{command}'"))
    terminal.wait_for("bytes to the terminal (tmux)")
    terminal.wait_for_buffer(TEXTS["persian"])


@pytest.mark.parametrize("inside_tmux", [False, True])
def test_what_is_too_large_goes_to_the_file_that_is_named(
    inside_tmux: bool, open_terminal: Open, text_file: Callable[[str], str]
) -> None:
    terminal = open_terminal(sender(text_file(TOO_LARGE)), inside_tmux=inside_tmux, size=(200, 24))
    screen = terminal.wait_for(re.compile(r"^\.$", re.MULTILINE))
    assert "road=file" in screen
    assert f"{len(TOO_LARGE):,} bytes are more than" in screen
    file = file_named(terminal)
    assert file.read_text(encoding="utf-8") == TOO_LARGE
    assert file.stat().st_mode & 0o077 == 0
    assert terminal.buffer() == ""


@pytest.mark.parametrize("setting", ["auto", "osc52"])
@pytest.mark.parametrize("name", TEXTS)
def test_xterm_that_allows_it_puts_the_exact_text_on_the_desktops_clipboard(
    name: str, setting: str, display: str, environment: dict[str, str], text_file: Callable[[str], str]
) -> None:
    needs("xterm", "xclip")
    allowed = "XTerm*disallowedWindowOps: 20,21,SetXprop"
    command = ["xterm", "-u8", "-xrm", allowed, "-e", *sender(text_file(TEXTS[name]), setting)]
    xterm = subprocess.Popen(command, env={**environment, "DISPLAY": display})
    try:
        poll(lambda: clipboard_of(display) == TEXTS[name], otherwise=lambda: repr(clipboard_of(display)[:200]))
    finally:
        xterm.terminate()
        xterm.wait(PATIENCE)


@pytest.mark.parametrize("name", TEXTS)
def test_on_a_local_desktop_the_native_tool_gets_the_exact_text(
    name: str, display: str, open_terminal: Open, environment: dict[str, str], text_file: Callable[[str], str]
) -> None:
    needs("xclip")
    environment["DISPLAY"] = display
    terminal = open_terminal(sender(text_file(TEXTS[name])), tmux_conf="set -s set-clipboard off")
    terminal.wait_for(f"sent {len(TEXTS[name].encode()):,} bytes to the clipboard (xclip)")
    poll(lambda: clipboard_of(display) == TEXTS[name], otherwise=lambda: repr(clipboard_of(display)[:200]))


def test_a_dropped_line_leaves_no_process_behind(
    open_terminal: Open, ssh: SshServer, text_file: Callable[[str], str]
) -> None:
    terminal = open_terminal(ssh.command(f"echo pid=$$; exec {' '.join(sender(text_file('text')))}"))
    screen = terminal.wait_for(re.compile(r"^\.$", re.MULTILINE))
    pid = int(re.search(r"pid=(\d+)", screen).group(1))  # type: ignore[union-attr]
    os.kill(terminal.pid, signal.SIGKILL)
    poll(lambda: not Path(f"/proc/{pid}").exists())
