"""A corpus that is brought up to date again and again is the one that reading everything anew would make."""

from __future__ import annotations

import json
import os
import random
from itertools import count
from pathlib import Path

import pytest

from kerman_tui.corpus import Corpus
from kerman_tui.ingest import boilerplate, library, parsing, update
from kerman_tui.model import Article, Skipped

_WORDS = "harbour crane ferry quay pilot storm tide lantern rope anchor cargo sail mast buoy reef gull".split()
_OUTLETS = ("Harbour Post", "Quay Courier", "Reef Herald")
_APPEALS = (
    "Subscribe to our newsletter for more stories like this one.",
    "The writer lives by the sea and keeps two cats on board.",
    "All rights are reserved by the company that prints this paper.",
)


def _record(chance: random.Random, number: int) -> dict[str, str]:
    """An article of its own matter, with or without lines that others of its outlet repeat."""
    outlet = chance.choice(_OUTLETS)
    body = [f"{' '.join(chance.choices(_WORDS, k=12)).capitalize()} number {number}." for _ in range(3)]
    body += [line for line in _APPEALS if chance.random() < 0.4]
    title = " ".join(chance.sample(_WORDS, 4)).capitalize()
    return {"id": f"a{number}", "title": title, "source": outlet, "text": "\n\n".join(body)}


class _Archive:
    """A folder that changes at random; every file is changed at another time."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self._chance = random.Random(seed)
        self._numbers, self._times = count(), count(1_600_000_000)
        self._records: dict[str, list[dict[str, str]]] = {}
        folder.mkdir()

    def add(self, name: str, articles: int) -> None:
        self._write(name, [_record(self._chance, next(self._numbers)) for _ in range(articles)])

    def change(self) -> None:
        """A file comes, goes, grows, loses an article, is replaced, or copies an article of another."""
        name = self._chance.choice(sorted(self._records))
        records = self._records[name]
        match self._chance.randrange(6):
            case 0:
                self.add(f"{next(self._times)}.jsonl", self._chance.randint(1, 4))
            case 1 if len(self._records) > 3:
                del self._records[name]
                (self.folder / name).unlink()
            case 2:
                self._write(name, [*records, _record(self._chance, next(self._numbers))])
            case 3 if len(records) > 1:
                self._write(name, records[1:])
            case 4:
                self.add(name, len(records))
            case _:
                copied = self._chance.choice(records) | {"id": f"copy{next(self._numbers)}"}
                self._write(f"{self._chance.randrange(10)}-copies.jsonl", [copied])

    def _write(self, name: str, records: list[dict[str, str]]) -> None:
        self._records[name] = records
        path = self.folder / name
        path.write_text("".join(json.dumps(one) + "\n" for one in records) + '{"no": "text"}\n', "utf-8")
        os.utime(path, (at := next(self._times), at))


def _content(name: str) -> tuple[dict[str, Article], set[Skipped]]:
    opened = library.open(name)
    return {article.id: article for article in opened.store}, set(opened.skipped)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("large", [False, True])
def test_whatever_changes_the_result_is_that_of_reading_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, large: bool
) -> None:
    if large:  # as a large corpus is counted
        monkeypatch.setattr(boilerplate, "_NUMPY_FROM", 0)
    archive = _Archive(tmp_path / "archive", seed)
    for number in range(12):
        archive.add(f"{number}.jsonl", 3)
    aside = set()
    for _ in range(14):
        library.create("grown", [archive.folder])
        library.create("anew", [archive.folder])
        assert _content("grown") == _content("anew")
        aside.add(sum(bool(article.set_aside) for article in library.open("grown").store))
        assert len(library.open("grown").store.segments) <= update._MOST_PARTS
        library.remove("anew")
        archive.change()
    assert len(aside) > 1, "what is repeated was to change"


def test_what_is_repeated_changes_articles_without_their_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = _Archive(tmp_path / "archive", 5)
    archive.add("large.jsonl", 40)
    library.create("grown", [archive.folder])
    before, _ = _content("grown")
    read: list[str] = []
    opened = parsing.Opened.__init__
    monkeypatch.setattr(
        parsing.Opened, "__init__", lambda self, file: (read.append(file.path.name), opened(self, file))[1]
    )
    archive.add("late.jsonl", 6)
    report = library.create("grown", [archive.folder])
    assert (read, report.added, report.removed) == (["late.jsonl"], 6, 0)
    after, _ = _content("grown")
    assert any(after[id_] != article for id_, article in before.items()), "what is repeated was to change"
    library.create("anew", [archive.folder])
    assert _content("grown") == _content("anew")


def test_updates_that_are_small_never_read_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = _Archive(tmp_path / "archive", 7)
    for number in range(40):
        archive.add(f"{number}.jsonl", 3)
    Corpus.keep("grown", [archive.folder])
    with monkeypatch.context() as patched:
        patched.setattr(update._Run, "whole", lambda *_: pytest.fail("read anew"))
        for number in range(12):
            archive.add(f"late{number}.jsonl", 1)
            report = Corpus.keep("grown", [archive.folder])
            assert (report.articles, report.added, report.removed) == (121 + number, 1, 0)
            assert len(library.open("grown").store.segments) <= update._MOST_PARTS
    Corpus.keep("anew", [archive.folder])
    assert _content("grown") == _content("anew")
    grown, anew = Corpus.open_named("grown"), Corpus.open_named("anew")
    for word in _WORDS:
        assert sorted(grown.found(word)) == sorted(anew.found(word))
