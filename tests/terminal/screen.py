"""A real terminal for tests: a command runs in it, keys go in, the screen and the clipboard come out.

The terminal is a tmux server of the test's own (own socket, own configuration, own home), which stands for the terminal
emulator on the laptop: it takes OSC 52 unless told otherwise, and what it took is ``buffer()``. Nothing here waits
blindly: every wait polls until the screen says so, and fails with the screen in its message.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import pytest

PATIENCE = 20.0
"""Seconds after which a wait fails; generous, since machines that run tests are busy."""

_POLL = 0.02

_NOTING = """trap : INT QUIT TSTP
sh -c 'echo $$ > "$0/pid"; exec "$@"' "$0" "$@"
echo $? > "$0/status.new" && mv "$0/status.new" "$0/status"
"""
"""Runs the command and notes its process id and exit code in the folder, since tmux sometimes never learns the code."""


T = TypeVar("T")


def needs(*programs: str) -> None:
    """Skip the test when one of the programs is not installed."""
    for program in programs:
        if not shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"):
            pytest.skip(f"{program} is not installed")


def poll(ask: Callable[[], T], timeout: float = PATIENCE, otherwise: Callable[[], str] = str) -> T:
    """Ask until the answer is true, and return it; AssertionError with what ``otherwise`` says after ``timeout``."""
    until = time.monotonic() + timeout
    while True:
        answer = ask()
        if answer:
            return answer
        if time.monotonic() > until:
            raise AssertionError(f"not within {timeout:.0f} s; {otherwise()}")
        time.sleep(_POLL)


def runs(pid: int) -> bool:
    """Whether a process runs still; one that has ended and that nobody has asked after yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """What a program in a test sees of the machine: a path, a language, a home of its own, and nothing else."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "SHELL": "/bin/sh",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        **{f"XDG_{name.upper()}_HOME": str(home / name) for name in ("config", "data", "state", "cache")},
        **more,
    }


class Terminal:
    """A terminal of ``size`` (columns, rows) in which ``command`` runs; ``env`` is all the environment it sees.

    ``tmux_conf`` is added to the emulator's configuration. ``inside_tmux=True`` lets the program know that it runs in
    tmux (``$TMUX``); otherwise the emulator passes for a plain terminal.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        tmux_conf: str = "set -s set-clipboard on",
        inside_tmux: bool = False,
    ) -> None:
        # a short path: the name of a socket may have about 100 characters only
        self.folder = Path(tempfile.mkdtemp(prefix="kt-"))
        self.environment = dict(env) if env is not None else clean_environment(self._home())
        # where a tmux that runs in this terminal keeps its sockets, so that close() finds it
        self.environment.setdefault("TMUX_TMPDIR", str(self.folder))
        self._socket = self.folder / "socket"
        configuration = self.folder / "tmux.conf"
        configuration.write_text(
            "set -g status off\nset -s escape-time 0\nset -g remain-on-exit on\nset -g history-limit 5000\n"
            f"set -g default-terminal tmux-256color\n{tmux_conf}\n",
            encoding="utf-8",
        )
        plain = [] if inside_tmux else ["env", "-u", "TMUX", "-u", "TMUX_PANE"]
        run = [*plain, "sh", "-c", _NOTING, str(self.folder), *command]
        columns, rows = map(str, size)
        self._tmux("-f", str(configuration), "new-session", "-d", "-x", columns, "-y", rows, *run)

    def _home(self) -> Path:
        home = self.folder / "home"
        home.mkdir(mode=0o700)
        return home

    # --- what goes in ---

    def type(self, keys: str) -> None:
        """Type characters as they stand."""
        self._tmux("send-keys", "-l", "--", keys)

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names for them: ``Enter``, ``Escape``, ``C-c``, ``Down``, ``F1``."""
        self._tmux("send-keys", "--", *keys)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    # --- what comes out ---

    def screen(self, styled: bool = False) -> str:
        """What the screen shows, line by line; with ``styled``, with the sequences that colour it."""
        return self._tmux("capture-pane", "-p", *(["-e"] if styled else [])).decode("utf-8", "replace")

    def buffer(self) -> str:
        """The clipboard of the emulator: what was sent to it last, "" for nothing yet."""
        return self._tmux("show-buffer", check=False).decode("utf-8", "replace")

    def wait_for(self, wanted: str | re.Pattern[str], timeout: float = PATIENCE) -> str:
        """Wait until the screen shows a text or matches a pattern; returns the screen."""

        def shown() -> str:
            screen = self.screen()
            found = wanted in screen if isinstance(wanted, str) else wanted.search(screen)
            return screen if found else ""

        return poll(shown, timeout, lambda: f"{wanted!r} is not on the screen:\n{self.screen()}")

    def wait_gone(self, unwanted: str, timeout: float = PATIENCE) -> str:
        """Wait until the screen no longer shows a text; returns the screen."""
        poll(lambda: unwanted not in self.screen(), timeout, lambda: f"{unwanted!r} stays:\n{self.screen()}")
        return self.screen()

    def wait_for_buffer(self, wanted: str | None = None, timeout: float = PATIENCE) -> str:
        """Wait until the clipboard holds a text (any text, or exactly ``wanted``) and return it."""

        def held() -> str:
            text = self.buffer()
            return text if text and wanted in (None, text) else ""

        return poll(held, timeout, lambda: f"the clipboard holds {self.buffer()[:200]!r}; the screen:\n{self.screen()}")

    def exit_code(self, timeout: float = PATIENCE) -> int:
        """Wait until the command has ended; returns its exit code (or minus the signal that ended it)."""

        status = self.folder / "status"
        code = int(poll(lambda: status.exists() and status.read_text().strip(), timeout, self.screen))
        return 128 - code if code > 128 else code

    @property
    def pid(self) -> int:
        """The process id of the command."""
        file = self.folder / "pid"
        return int(poll(lambda: file.exists() and file.read_text().strip()))

    # --- the end ---

    def close(self) -> None:
        """End the terminal, and with it what runs in it."""
        inner = Path(self.environment["TMUX_TMPDIR"]).glob("tmux-*/*")
        for socket in (*inner, self._socket):
            subprocess.run(["tmux", "-S", str(socket), "kill-server"], capture_output=True, timeout=PATIENCE)
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _tmux(self, *words: str, check: bool = True) -> bytes:
        return subprocess.run(
            ["tmux", "-S", str(self._socket), *words],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=check,
            timeout=PATIENCE,
        ).stdout


class SshServer:
    """An sshd of the test's own on a free loopback port, with keys made for it; ``command`` logs in."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        for name in ("host", "user"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True, timeout=PATIENCE
            )
        shutil.copy(folder / "user.pub", folder / "authorized_keys")
        settings = " ".join(f'"{name}={value}"' for name, value in environment.items())
        (folder / "sshd_config").write_text(
            f"ListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized_keys\n"
            f"PidFile {folder}/sshd.pid\nStrictModes no\nPermitRootLogin yes\nUsePAM no\nPasswordAuthentication no\n"
            f"PrintMotd no\nPrintLastLog no\nSetEnv {settings}\n",
            encoding="utf-8",
        )
        self._process, self.port = self._start()

    def _start(self) -> tuple[subprocess.Popen[bytes], int]:
        import socket

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        # privilege separation wants this folder, which a machine that never ran sshd lacks
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        sshd = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
        assert sshd
        process = subprocess.Popen(
            [sshd, "-D", "-e", "-p", str(port), "-f", str(self.folder / "sshd_config")],
            stderr=(self.folder / "sshd.log").open("wb"),
        )

        def answers() -> bool:
            assert process.poll() is None, (self.folder / "sshd.log").read_text()
            with socket.socket() as caller:
                return caller.connect_ex(("127.0.0.1", port)) == 0

        poll(answers)
        return process, port

    def command(self, remote: str, *, terminal: bool = True) -> list[str]:
        """The ssh command that runs ``remote`` (a shell line) on the server, with a terminal."""
        options = (
            f"IdentityFile={self.folder}/user",
            "IdentitiesOnly=yes",
            "StrictHostKeyChecking=no",
            f"UserKnownHostsFile={self.folder}/known",
            "LogLevel=ERROR",
        )
        flags = [word for option in options for word in ("-o", option)]
        return ["ssh", *(["-tt"] if terminal else []), "-F", "none", *flags, "-p", str(self.port), "127.0.0.1", remote]

    def close(self) -> None:
        """End the server."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(PATIENCE)


def clipboard_of(display: str) -> str:
    """What another program of the desktop would paste; "" while nothing is there."""
    read = subprocess.run(
        ["xclip", "-out", "-selection", "clipboard"],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        timeout=PATIENCE,
    )
    return read.stdout.decode("utf-8", "replace")
