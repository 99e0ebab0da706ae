"""Getting a text onto the clipboard in front of the user: text and surroundings in, what was sent by which road out.

No terminal says whether it took what it was sent, and asking it can hang; so nothing here asks, and the message says
"sent", with the number of bytes and the road, and names the file where a road is closed or in doubt. The chain is: the
user's setting, else tmux, else GNU screen, else a bare OSC 52; native tools only on a local desktop; a file at last.
"""

from __future__ import annotations

import base64
import contextlib
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kerman_tui.clips import surroundings
from kerman_tui.clips.surroundings import Ran
from kerman_tui.places import PlaceError, folder
from kerman_tui.text.safe import visible

SETTINGS = ("auto", "osc52", "tmux", "screen", "native", "file", "off")

TERMINAL_CAP = 75_000
"""Bytes that most terminals take at most: 100,000 characters of base64."""

MOSH_CAP = 12_282
"""Bytes that fit the 16 KiB at which mosh cuts."""

TMUX_CAP = 700_000
"""Bytes that pass tmux; it drops what is much larger without a word."""

SCREEN_CHUNK = 76
"""Bytes of one DCS chunk that every version of GNU screen passes on."""

Write = Callable[[str], None]

_BUFFER = "tmux's own buffer (tmux)"


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a text. ``road``: one of ``SETTINGS`` without ``auto``, or ``none`` when nothing could be done.

    ``bytes`` is the size of the text in UTF-8, 0 when nothing left the program; ``file`` is where it was written, if it
    was; ``message`` says all of it in one line for the user.
    """

    road: str
    bytes: int
    file: Path | None
    message: str


@dataclass(frozen=True, slots=True)
class _Tried:
    """The outcome of one road: ``where`` it was sent ("" if it was not), and ``doubt`` or reason in words."""

    where: str
    doubt: str = ""


def send(
    text: str,
    write: Write,
    *,
    environment: Mapping[str, str],
    setting: str = "auto",
    file_folder: Path | None = None,
) -> Sent:
    """Send ``text`` towards the clipboard by the road that ``environment`` and ``setting`` (``SETTINGS``) point to.

    ``write`` passes raw characters to the terminal. Never raises for what the machine does, never reads the clipboard,
    and returns within a few seconds. What is too large, could not be sent or is in doubt goes to a private file in
    ``file_folder`` (default: ``copied`` in the data folder) as well.
    """
    raw = text.encode("utf-8", "replace")
    if not raw:
        return Sent("none", 0, None, "there is nothing to copy")
    if setting == "off":
        return Sent("off", 0, None, "the clipboard is switched off, nothing was sent")
    if setting == "file":
        return _to_file(raw, file_folder, "", [])
    doubts = [] if setting in SETTINGS else [f"there is no clipboard setting {visible(setting)!r}"]
    tried = {road: _ROADS[road](raw, write, environment) for road in _roads(environment, setting)}
    sent = {road: one.where for road, one in tried.items() if one.where}
    # a road that failed matters only when no other was open
    doubts += [one.doubt for one in tried.values() if one.doubt and (one.where or not sent)]
    if not sent:
        return _to_file(raw, file_folder, "", doubts)
    road = "native" if "native" in sent else next(iter(sent))
    if road == "native":  # the one road that reports success, so doubts about the others do not matter
        doubts = []
    said = f"sent {len(raw):,} bytes to {' and to '.join(sent.values())}"
    if not doubts:
        return Sent(road, len(raw), None, said)
    kept = _to_file(raw, file_folder, said, doubts)
    return Sent(road, len(raw), kept.file, kept.message)


def osc52(raw: bytes) -> str:
    """The sequence that sets the clipboard (selector ``c``, which mosh needs); BEL ends it, so it holds one ESC."""
    return f"\x1b]52;c;{base64.b64encode(raw).decode('ascii')}\x07"


def through_screen(sequence: str) -> str:
    """A sequence in DCS chunks that GNU screen hands on to the terminal it runs in."""
    pieces = (sequence[at : at + SCREEN_CHUNK] for at in range(0, len(sequence), SCREEN_CHUNK))
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)


def through_tmux(sequence: str) -> str:
    """A sequence wrapped so that tmux hands it on where ``allow-passthrough`` is on."""
    doubled = sequence.replace("\x1b", "\x1b\x1b")
    return f"\x1bPtmux;{doubled}\x1b\\"


# --- roads ------------------------------------------------------------------------------------------------------


def _roads(environment: Mapping[str, str], setting: str) -> tuple[str, ...]:
    if setting in _ROADS:
        return (setting,)
    native = ("native",) if surroundings.is_local_desktop(environment) else ()
    if environment.get("TMUX"):
        return (*native, "tmux")
    return (*native, "screen" if environment.get("STY") else "osc52")


def _by_osc52(raw: bytes, write: Write, environment: Mapping[str, str]) -> _Tried:
    mosh = surroundings.is_under_mosh(os.getpid())
    cap, taker = (MOSH_CAP, "mosh takes") if mosh else (TERMINAL_CAP, "most terminals take")
    if len(raw) > cap:
        return _Tried("", _too_large(raw, cap, taker))
    failed = _written(write, osc52(raw))
    if failed:
        return _Tried("", failed)
    deaf = surroundings.deaf_terminal(environment)
    return _Tried("the terminal (OSC 52)", f"{deaf} does not take it" if deaf else "")


def _by_screen(raw: bytes, write: Write, environment: Mapping[str, str]) -> _Tried:
    if len(raw) > TERMINAL_CAP:
        return _Tried("", _too_large(raw, TERMINAL_CAP, "most terminals take"))
    failed = _written(write, through_screen(osc52(raw)))
    return _Tried("", failed) if failed else _Tried("the terminal (screen)")


def _by_tmux(raw: bytes, write: Write, environment: Mapping[str, str]) -> _Tried:
    if len(raw) > TMUX_CAP:
        return _Tried("", _too_large(raw, TMUX_CAP, "tmux takes"))
    loaded = surroundings.run(["tmux", "load-buffer", "-w", "-"], environment, raw)
    if loaded is Ran.FAILED:  # before tmux 3.2 there is no -w: fill the buffer, and let the terminal try the rest
        loaded = surroundings.run(["tmux", "load-buffer", "-"], environment, raw)
        if loaded is Ran.DONE:
            passed = surroundings.tmux_option("set-clipboard", environment) == "on" and len(raw) <= TERMINAL_CAP
            if passed and not _written(write, osc52(raw)):
                return _Tried("the terminal (tmux)")
            return _Tried(_BUFFER, "this tmux hands it to no terminal: it is older than 3.2")
    if loaded is not Ran.DONE:
        return _around_tmux(raw, write, loaded)
    client = surroundings.tmux_client(environment)
    if client and surroundings.is_under_mosh(client):
        return _by_tmux_in_mosh(raw, write, environment)
    outer = surroundings.tmux_outer(environment)
    if outer and not outer.takes:
        why = f"{visible(outer.term)} outside it is not known to take the clipboard (kerman-tui doctor says more)"
        return _Tried(_BUFFER, why)
    if len(raw) > TERMINAL_CAP:
        return _Tried(_BUFFER, _too_large(raw, TERMINAL_CAP, "most terminals outside it take"))
    return _Tried("the terminal (tmux)")


def _by_tmux_in_mosh(raw: bytes, write: Write, environment: Mapping[str, str]) -> _Tried:
    """What load-buffer sends has no selector, and mosh wants one; so a bare sequence goes the same way."""
    if len(raw) > MOSH_CAP:
        return _Tried(_BUFFER, _too_large(raw, MOSH_CAP, "mosh takes"))
    if surroundings.tmux_option("set-clipboard", environment) != "on":
        return _Tried(_BUFFER, "mosh outside it needs 'set -s set-clipboard on' in ~/.tmux.conf")
    failed = _written(write, osc52(raw))
    return _Tried(_BUFFER, failed) if failed else _Tried("the terminal (tmux)")


def _around_tmux(raw: bytes, write: Write, loaded: Ran) -> _Tried:
    """The tmux command is of no use here (not installed, hangs, another host's): both ways that need none."""
    why = "the tmux command was not found" if loaded is Ran.MISSING else f"the tmux command {loaded.value}"
    if len(raw) > TERMINAL_CAP:
        return _Tried("", f"{why}; {_too_large(raw, TERMINAL_CAP, 'most terminals take')}")
    sequence = osc52(raw)
    failed = _written(write, sequence + through_tmux(sequence))
    return _Tried("", f"{why}; {failed}") if failed else _Tried("the terminal (OSC 52)", f"{why}, tmux may drop it")


def _by_native(raw: bytes, write: Write, environment: Mapping[str, str]) -> _Tried:
    failures = []
    for command in surroundings.native_commands(environment):
        ran = surroundings.run(command, environment, raw)
        if ran is Ran.DONE:
            return _Tried(f"the clipboard ({command[0]})")
        if ran is not Ran.MISSING:
            failures.append(f"{command[0]} {ran.value}")
    return _Tried("", "; ".join(failures) or "no wl-copy, xclip, xsel or pbcopy was found")


_ROADS: Mapping[str, Callable[[bytes, Write, Mapping[str, str]], _Tried]] = {
    "osc52": _by_osc52,
    "tmux": _by_tmux,
    "screen": _by_screen,
    "native": _by_native,
}


def _too_large(raw: bytes, cap: int, taker: str) -> str:
    return f"{len(raw):,} bytes are more than the {cap:,} that {taker}"


def _written(write: Write, sequence: str) -> str:
    """Write to the terminal; "" when that went well, else why not."""
    try:
        write(sequence)
    except (OSError, ValueError) as error:
        return f"the terminal could not be written to ({getattr(error, 'strerror', None) or error})"
    return ""


# --- the last resort --------------------------------------------------------------------------------------------


def _to_file(raw: bytes, where: Path | None, said: str, doubts: list[str]) -> Sent:
    why = "; ".join(doubts)
    try:
        file = _write_file(raw, where)
    except OSError as error:
        lost = f"the file could not be written either ({visible(str(error.strerror or error))})"
        return Sent("none", 0, None, "; ".join(part for part in (said, why, lost) if part))
    if said:
        message = f"{said}, but {why}: the text is also in {visible(str(file))}"
    else:
        message = (
            f"{why}: written to {visible(str(file))}" if why else f"wrote {len(raw):,} bytes to {visible(str(file))}"
        )
    return Sent("file", len(raw), file, message)


def _write_file(raw: bytes, where: Path | None) -> Path:
    """Write to a new private file in ``where``, else in the data folder, else in a temporary one. Raises OSError."""
    error: OSError | None = None
    for target in (where, "data", "temporary"):
        try:
            if isinstance(target, Path):
                target.mkdir(mode=0o700, parents=True, exist_ok=True)
                return _write_in(target, raw)
            if target == "data":
                return _write_in(folder("data", "copied"), raw)
            if target == "temporary":
                return _write_in(Path(tempfile.mkdtemp(prefix="kerman-tui-")), raw)
        except PlaceError:
            continue
        except OSError as problem:
            error = error or problem
    raise error or OSError("no folder can be written")


def _write_in(target: Path, raw: bytes) -> Path:
    stem = f"copied-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    n = 1
    while True:
        file = target / (f"{stem}.txt" if n == 1 else f"{stem}-{n}.txt")
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            break
        except FileExistsError:
            n += 1
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(raw)
    except OSError:
        with contextlib.suppress(OSError):
            file.unlink()
        raise
    return file
