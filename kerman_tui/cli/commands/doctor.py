"""What the terminal, the clipboard chain, the folders, the caches and the configuration are, and what to change.

Every piece of advice is a line and the file to put it in; nothing is changed. With --try a harmless text is sent to the
clipboard, to be pasted; without it the clipboard stays as it is.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from kerman_tui import __version__, config, places
from kerman_tui.cli.options import DONE, add_json
from kerman_tui.cli.output import print_json, print_lines
from kerman_tui.clips import diagnosis
from kerman_tui.clips.clipboard import Sent, send
from kerman_tui.clips.diagnosis import Advice, Finding
from kerman_tui.clips.surroundings import controlling_terminal
from kerman_tui.text.safe import visible

LOW_SPACE = 200 * 1024 * 1024
"""Bytes free on a disk below which the doctor warns."""

LARGE_CACHE = 5_000_000_000
"""Bytes of corpora and caches above which the doctor says how to get space back."""

_MARKS = {"ok": " ", "note": "!", "problem": "x"}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--try", dest="try_it", action="store_true", help="send a harmless text to the clipboard")
    add_json(parser)


def execute(arguments: argparse.Namespace) -> int:
    setting = config.load().settings.clipboard
    findings = [
        *_program(),
        *diagnosis.terminal(os.environ),
        *diagnosis.chain(os.environ, setting),
        *_folders(),
        _basket(),
        *_corpora(),
        *_configuration(),
    ]
    if arguments.try_it:
        findings += _tried(setting)
    if arguments.json:
        print_json(_document(findings, diagnosis.road(os.environ, setting)))
    else:
        print_lines(_lines(findings, diagnosis.road(os.environ, setting)))
    return DONE


# --- what is looked at ------------------------------------------------------------------------------------------


def _program() -> Iterator[Finding]:
    yield Finding("program", "kerman-tui", __version__)
    yield Finding("program", "Python", f"{platform.python_version()} on {platform.system()}")
    from importlib.metadata import PackageNotFoundError, version

    for package in ("textual", "tantivy", "rapidfuzz", "numpy"):
        try:
            yield Finding("program", package, version(package))
        except PackageNotFoundError:
            again = Advice("a shell", f"pip install {package}", "the program needs it")
            yield Finding("program", package, "is not installed", "problem", (again,))


def _folders() -> Iterator[Finding]:
    for place in ("config", "data", "state", "cache"):
        try:
            folder = places.folder(place)
        except places.PlaceError as error:
            yield Finding("folders", place, str(error), "problem")
            continue
        yield _folder(place, folder)


def _folder(place: str, folder: Path) -> Finding:
    if not os.access(folder, os.W_OK):
        return Finding("folders", place, f"{folder}: cannot be written, so nothing is kept there", "problem")
    mode = folder.stat().st_mode & 0o777
    if mode & 0o077:
        why = "others on this host can look into it"
        return Finding("folders", place, str(folder), "note", (Advice("a shell", f"chmod 700 {folder}", why),))
    free = shutil.disk_usage(folder).free
    low = free < LOW_SPACE
    return Finding("folders", place, f"{folder}, {_size(free)} free", "problem" if low else "ok")


def _basket() -> Finding:
    from kerman_tui.clips.basket import Basket

    with Basket.open() as basket:
        count = len(basket.clips())
        kept = f"{count:,} {'passage' if count == 1 else 'passages'} in {basket.path}"
        if basket.notice:
            return Finding("basket", "basket", basket.notice, "note" if basket.kept else "problem")
        return Finding("basket", "basket", kept)


def _corpora() -> Iterator[Finding]:
    from kerman_tui.ingest import library

    entries = library.entries()
    for one in entries:
        if not one.problem:
            made = f", made {one.indexed_at[:10]}" if one.indexed_at else ""
            yield Finding("corpora", visible(one.name), f"{one.articles:,} articles, {_size(one.size)}{made}")
    for problem in library.check():
        yield Finding("corpora", "problem", problem, "note")
    if not entries:
        yield Finding("corpora", "named", "none yet; `kerman-tui index PATH --name NAME` keeps one")
    try:
        folder = places.folder("cache")
    except places.PlaceError:
        return
    size = sum(_bytes_of(file) for file in folder.rglob("*"))
    shrink = Advice("a shell", "kerman-tui corpora", "lists the corpora with their size, to remove what is not needed")
    yield Finding("corpora", "cache", _size(size), "ok", (shrink,) if size > LARGE_CACHE else ())


def _bytes_of(file: Path) -> int:
    try:
        return file.lstat().st_size
    except OSError:
        return 0


def _configuration() -> Iterator[Finding]:
    path = places.config_file()
    problems = config.load().problems
    for problem in problems:
        yield Finding("configuration", "file", problem, "problem")
    if not problems:
        yield Finding("configuration", "file", f"{path}" if path.exists() else f"{path}, not there: the defaults hold")


# --- trying -----------------------------------------------------------------------------------------------------


def _tried(setting: str) -> Iterator[Finding]:
    from kerman_tui.clips import attributes

    known = attributes.features()
    if known is None:
        yield Finding("tried", "features", "the terminal did not say which it has")
    else:
        says = "it says that it takes the clipboard" if attributes.CLIPBOARD in known else "nothing about the clipboard"
        yield Finding("tried", "features", f"{', '.join(map(str, sorted(known)))}: {says}")
    text = f"kerman-tui was here at {datetime.now():%H:%M:%S}"
    sent = _send(text, setting)
    yield Finding("tried", "clipboard", sent.message, "ok" if sent.road not in ("none", "file") else "note")
    if sent.road not in ("none", "file", "off"):
        yield Finding("tried", "check", f"paste it somewhere: it reads {text!r}")


def _send(text: str, setting: str) -> Sent:
    try:
        with controlling_terminal() as write:
            return send(text, write, environment=os.environ, setting=setting)
    except OSError:

        def nowhere(_: str) -> None:
            raise OSError(None, "there is none")

        return send(text, nowhere, environment=os.environ, setting=setting)


# --- saying it --------------------------------------------------------------------------------------------------


def _document(findings: list[Finding], road: str) -> dict[str, Any]:
    return {
        "version": __version__,
        "road": road,
        "findings": [
            {
                "area": one.area,
                "name": one.name,
                "value": one.value,
                "state": one.state,
                "advice": [_advice(advice) for advice in one.advice],
            }
            for one in findings
        ],
        "advice": [_advice(advice) for one in findings for advice in one.advice],
    }


def _advice(advice: Advice) -> dict[str, str]:
    return {"file": advice.file, "line": advice.line, "why": advice.why}


def _lines(findings: list[Finding], road: str) -> Iterator[str]:
    areas = list(dict.fromkeys(one.area for one in findings))
    width = max(len(one.name) for one in findings)
    for area in areas:
        yield area
        for one in findings:
            if one.area == area:
                yield f"{_MARKS[one.state]}   {one.name:<{width}}  {one.value}"
        if area == "clipboard":
            yield f"    {'road':<{width}}  {road}"
    advised = [(one, advice) for one in findings for advice in one.advice]
    if not advised:
        yield "nothing to change"
        return
    yield "to make it better"
    for one, advice in advised:
        yield f"    {one.name}: {advice.why}"
        yield f"        in {advice.file}:"
        yield f"            {advice.line}"


def _size(count: float) -> str:
    for unit in ("bytes", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"
