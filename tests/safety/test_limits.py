"""Every limit of the readers is named, can be changed, and is met with words; what needs none is refused at once."""

from __future__ import annotations

import dataclasses
import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kerman_tui.ingest.limits import LIMITS, Limits

SENTENCE = "The mayor of Telmora said that the bridge would reopen within a week. "
PAGE = f"<html><head><title>Bridge</title></head><body><h1>Bridge</h1>{f'<p>{SENTENCE * 3}</p>' * 9}</body></html>"
LONG = json.dumps({"title": "x", "body": SENTENCE * 900}) + "\n"
RECORD = json.dumps({"title": "Bridge", "body": SENTENCE * 5}) + "\n"


def written(name: str, data: bytes | str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return write


MET: dict[str, tuple[int, Callable[[Path], Path], str]] = {
    "page_bytes": (500, written("a.txt", SENTENCE * 90), "the limit of one page"),
    "record_bytes": (
        500,
        written("a.jsonl", RECORD * 2 + LONG),
        "record",
    ),
    "expansion": (2, written("a.txt.gz", gzip.compress(SENTENCE.encode() * 9_000)), "2 times its size"),
    "elements": (10, written("a.html", PAGE), "10 elements"),
    "lines": (10, written("a.txt", "".join(f"{n}. {SENTENCE}\n" for n in range(30))), "10 lines"),
}
"""Limit to a small value of it, a file that meets it, and words of what is said."""

ELSEWHERE = {
    "stream_bytes", "records", "articles_per_page", "paragraphs", "paragraph_chars", "title_chars", "seconds", "layers",
    "cache_bytes", "depth", "expansion_floor",
}  # fmt: skip
"""Limits that cut and go on, or that take more than a moment to meet: shown in tests/ingest."""


def test_every_limit_is_shown_somewhere() -> None:
    assert {field.name for field in dataclasses.fields(Limits)} == MET.keys() | ELSEWHERE


@pytest.mark.parametrize("name", MET)
def test_a_limit_can_be_changed_and_is_met_with_words(name: str, tmp_path: Path) -> None:
    value, write, words = MET[name]
    path = write(tmp_path)
    before = subprocess.run([sys.executable, "-m", "kerman_tui", "articles", path], capture_output=True, text=True)
    environment = {**os.environ, f"KERMAN_TUI_LIMIT_{name.upper()}": str(value)}
    if name == "expansion":
        environment["KERMAN_TUI_LIMIT_EXPANSION_FLOOR"] = "1000"
    command = [sys.executable, "-m", "kerman_tui", "articles", path]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=30)
    assert words in done.stderr and "Traceback" not in done.stderr, done
    assert words not in before.stderr


def test_a_bomb_stops_at_the_limit(tmp_path: Path) -> None:
    from kerman_tui.ingest.pipeline import read

    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"text " * LIMITS.expansion_floor, 9))
    (one,) = read([tmp_path], cache=False)
    assert "unpacks to more than" in getattr(one, "why", "")


def test_archives_are_not_opened_and_say_so(tmp_path: Path) -> None:
    from kerman_tui.ingest.pipeline import read

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../../outside.txt", SENTENCE)
    with tarfile.open(tmp_path / "b.tar", "w") as tar:
        entry = tarfile.TarInfo("/outside.txt")
        entry.size = 4
        tar.addfile(entry, io.BytesIO(b"text"))
    assert all("archives are not opened" in getattr(one, "why", "") for one in read([tmp_path], cache=False))


def test_entities_of_xml_are_not_expanded(tmp_path: Path) -> None:
    from kerman_tui.ingest.pipeline import read

    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    (tmp_path / "laughs.xml").write_text(
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{laughs}]>'
        f"<rss><channel><item><title>Bridge &a8;</title><description>{SENTENCE * 3} &f; &a8;</description></item>"
        "</channel></rss>"
    )
    shown = str(list(read([tmp_path], cache=False)))
    assert len(shown) < 20_000 and "root:" not in shown


def test_links_lead_nowhere_outside_the_folder(tmp_path: Path) -> None:
    from kerman_tui.ingest.pipeline import read

    (tmp_path / "secret.txt").write_text(f"Secret\n\n{SENTENCE * 3}")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "out.txt").symlink_to("../secret.txt")
    (inside / "loop.txt").symlink_to("loop.txt")
    (inside / "above").symlink_to("..")
    (inside / "zero.txt").symlink_to("/dev/zero")
    os.mkfifo(inside / "pipe.txt")
    found = list(read([inside], cache=False))
    assert len(found) == 5 and all(getattr(one, "why", "") for one in found), found
