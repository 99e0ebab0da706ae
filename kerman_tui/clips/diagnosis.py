"""The doctor's part about the terminal: surroundings in; what stands between program and clipboard, and advice, out.

Every piece of advice is a line and the file to put it in. Nothing is changed, and the terminal is asked nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kerman_tui import places
from kerman_tui.clips import surroundings
from kerman_tui.clips.surroundings import Terminal
from kerman_tui.text.safe import visible

State = Literal["ok", "note", "problem"]

SLOW_ESCAPE = 100
"""Milliseconds that tmux may hold back the escape key before it is felt."""

_TMUX = "~/.tmux.conf"


@dataclass(frozen=True, slots=True)
class Advice:
    """What to put where, and why. ``file`` may also be a menu of a terminal's settings."""

    file: str
    line: str
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the doctor looked at: a name, what it is, how it stands, and what would make it better."""

    area: str
    name: str
    value: str
    state: State = "ok"
    advice: tuple[Advice, ...] = ()


def terminal(environment: Mapping[str, str]) -> list[Finding]:
    """What the terminal is and whether text, colour and keys will come out well."""
    name = environment.get("TERM", "")
    known = surroundings.known_terminal(environment)
    program = " ".join(filter(None, (environment.get("TERM_PROGRAM"), environment.get("TERM_PROGRAM_VERSION"))))
    found = [
        _term(name),
        _found("terminal", "terminal", known.name if known else visible(program) or "not one that names itself"),
        _colours(name, environment),
        _encoding(environment),
    ]
    try:
        size = os.get_terminal_size(2)
        small = size.columns < 80 or size.lines < 24
        why = ", the explorer is made for 80 × 24 and more" if small else ""
        found.append(Finding("terminal", "size", f"{size.columns} × {size.lines}{why}", "note" if small else "ok"))
    except OSError:
        found.append(_found("terminal", "size", "standard error is no terminal"))
    return found


def chain(environment: Mapping[str, str], setting: str) -> list[Finding]:
    """Which road to the clipboard the program will take, what stands in it, and what would open it."""
    found = [_found("clipboard", "setting", visible(setting))]
    remote = surroundings.is_remote(environment)
    found.append(_found("clipboard", "reached", "through ssh" if remote else "on this machine"))
    client = surroundings.tmux_client(environment) if environment.get("TMUX") else None
    mosh = surroundings.is_under_mosh(client or os.getpid())
    if mosh:
        found.append(_found("clipboard", "mosh", "at most 12,282 bytes pass"))
    if environment.get("TMUX"):
        found += _tmux(environment, mosh)
    elif environment.get("STY"):
        found.append(_found("clipboard", "screen", surroundings.ask(["screen", "--version"], environment) or "yes"))
    elif remote and re.match(r"(tmux|screen)", environment.get("TERM", "")):
        line = Advice(
            _TMUX + " on your own machine", "set -s set-clipboard on", "tmux there must let programs in it do so"
        )
        found.append(
            Finding(
                "clipboard",
                "tmux",
                "none here, but TERM says that you came from inside tmux or screen",
                "note",
                (line,),
            )
        )
    if not environment.get("TMUX"):
        found += _outer(surroundings.known_terminal(environment))
    if surroundings.is_local_desktop(environment):
        found.append(_native(environment))
    return found


def road(environment: Mapping[str, str], setting: str) -> str:
    """The road in words, as the program will take it now."""
    if setting != "auto":
        return setting
    inner = "tmux" if environment.get("TMUX") else "screen" if environment.get("STY") else "osc52"
    return f"native, {inner}" if surroundings.is_local_desktop(environment) else inner


# --- parts ------------------------------------------------------------------------------------------------------


def _found(area: str, name: str, value: str) -> Finding:
    return Finding(area, name, value)


def _term(name: str) -> Finding:
    if name in ("", "dumb", "unknown"):
        line = Advice("~/.profile", "export TERM=xterm-256color", "without it no program can draw a screen")
        return Finding("terminal", "TERM", name or "not set", "problem", (line,))
    return _found("terminal", "TERM", visible(name))


def _colours(name: str, environment: Mapping[str, str]) -> Finding:
    if environment.get("NO_COLOR"):
        return _found("terminal", "colours", "none, as NO_COLOR asks")
    if environment.get("COLORTERM") in ("truecolor", "24bit"):
        return _found("terminal", "colours", "16 million")
    if "256" in name or "direct" in name or name in ("xterm-kitty", "alacritty", "foot"):
        return _found("terminal", "colours", "256")
    if name.startswith("screen"):
        inside = environment.get("TMUX")
        line = 'set -g default-terminal "tmux-256color"' if inside else "term screen-256color"
        advice = Advice(_TMUX if inside else "~/.screenrc", line, "it then shows 256 colours")
    else:
        advice = Advice("~/.profile", "export TERM=xterm-256color", "if your terminal has 256 colours, as most have")
    return Finding("terminal", "colours", "16 or fewer, by its TERM", "note", (advice,))


def _encoding(environment: Mapping[str, str]) -> Finding:
    # where no language is set, Python sets LC_CTYPE for itself (PEP 538); that says nothing about other programs
    by_python = environment.get("LC_CTYPE") in ("C.UTF-8", "C.utf8", "UTF-8") and environment.get("LANG", "C") == "C"
    names = ("LC_ALL", "LANG") if by_python else ("LC_ALL", "LC_CTYPE", "LANG")
    set_by = next((name for name in names if environment.get(name)), "")
    value = environment.get(set_by, "")
    if re.search(r"utf-?8", value, re.IGNORECASE):
        return _found("terminal", "characters", f"UTF-8 ({set_by}={visible(value)})")
    advice = Advice("~/.profile", "export LANG=C.UTF-8", "other scripts and quotation marks need UTF-8")
    shown = f"{set_by}={visible(value)}" if set_by else "no language is set"
    return Finding("terminal", "characters", shown, "note", (advice,))


def _tmux(environment: Mapping[str, str], mosh: bool) -> list[Finding]:
    version = surroundings.ask(["tmux", "-V"], environment)
    if not version:
        why = "without the tmux command, text can be sent through tmux only if tmux lets it pass"
        advice = Advice(_TMUX, "set -s set-clipboard on", why)
        return [Finding("clipboard", "tmux", "its command is not found or does not answer", "problem", (advice,))]
    found = [_tmux_version(version)]
    option = surroundings.tmux_option("set-clipboard", environment)
    advised = mosh and option != "on"
    line = Advice(_TMUX, "set -s set-clipboard on", "mosh ignores what tmux sends of itself")
    found.append(
        Finding("clipboard", "set-clipboard", option or "unknown", "problem" if advised else "ok", (line,) * advised)
    )
    passing = surroundings.tmux_option("allow-passthrough", environment)
    found.append(_found("clipboard", "allow-passthrough", passing or "unknown"))
    outer = surroundings.tmux_outer(environment)
    if outer is None:
        found.append(Finding("clipboard", "outside tmux", "no terminal is attached", "note"))
    else:
        name = visible(outer.term)
        why = f"tmux does not know that {name} can take the clipboard, so it sends nothing"
        line = Advice(_TMUX, f"set -as terminal-features ',{name}:clipboard'", why)
        state: State = "ok" if outer.takes else "problem"
        value = f"{name}, {'takes' if outer.takes else 'is not known to take'} the clipboard"
        found.append(Finding("clipboard", "outside tmux", value, state, () if outer.takes else (line,)))
    delay = surroundings.tmux_option("escape-time", environment)
    if delay.isdecimal() and int(delay) > SLOW_ESCAPE:
        line = Advice(_TMUX, "set -s escape-time 10", "so that the escape key answers at once")
        found.append(Finding("terminal", "escape key", f"tmux holds it back for {delay} ms", "note", (line,)))
    return found


def _tmux_version(version: str) -> Finding:
    number = re.search(r"(\d{1,4})\.(\d{1,4})", version)
    if number and (int(number.group(1)), int(number.group(2))) < (3, 2):
        advice = Advice(_TMUX, "set -s set-clipboard on", "tmux before 3.2 hands the clipboard on only so")
        return Finding("clipboard", "tmux", visible(version), "note", (advice,))
    return _found("clipboard", "tmux", visible(version))


def _outer(known: Terminal | None) -> list[Finding]:
    if known is None:
        return [_found("clipboard", "terminal", "not known; most terminals take OSC 52")]
    advice = (Advice(known.file, known.line, known.why),) if known.file else ()
    if known.takes == "yes":
        return [_found("clipboard", "terminal", f"{known.name} takes OSC 52")]
    if known.takes == "allowed":
        return [Finding("clipboard", "terminal", f"{known.name} takes OSC 52 when it is allowed to", "note", advice)]
    line = Advice(str(places.config_file()), 'clipboard = "file"', "so that what you copy goes to a file at once")
    return [Finding("clipboard", "terminal", f"{known.name}. {known.why}", "problem", (*advice, line))]


def _native(environment: Mapping[str, str]) -> Finding:
    tools = [command[0] for command in surroundings.native_commands(environment)]
    there = [tool for tool in tools if surroundings.is_installed(tool, environment)]
    if there:
        return _found("clipboard", "desktop", f"{there[0]} is installed")
    wanted = "wl-clipboard" if environment.get("WAYLAND_DISPLAY") else "xclip"
    advice = Advice("a shell", f"sudo apt install {wanted}", "a tool of the desktop reports whether the text arrived")
    return Finding("clipboard", "desktop", f"none of {', '.join(tools)} is installed", "note", (advice,))
