"""Lines on many pages of an outlet are set aside, whichever way the pages come; what tells something stays."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerman_tui.ingest import library
from kerman_tui.ingest.boilerplate import Pages, marks, parted, whole_text
from kerman_tui.ingest.pipeline import read
from kerman_tui.model import Article, Paragraph, Source

_MATTERS = (
    "Harbour reopens", "Ferry sinks", "Bridge repaired", "Mayor resigns", "School burns", "Library moves",
    "Tunnel floods", "Market grows", "Festival begins", "Hospital closes", "Airport expands", "Orchard freezes",
)  # fmt: skip
_BIO = "Ann Bell is a reporter who writes about the coast and its people for the Post."
_APPEAL = "Support the work of the Post with five crowns a month and get our weekly letter on Sundays."


def _body(number: int) -> list[str]:
    matter = _MATTERS[number % len(_MATTERS)].lower()
    return [
        f"In Telmora {matter} for the {number}th time in this century, officials told the council.",
        f"It took {number + 2} days until word of it came to the capital, where nobody had asked.",
    ]


def _article(number: int, *paragraphs: str, outlet: str = "Harbour Post", title: str = "") -> dict[str, str]:
    title = title or f"{_MATTERS[number % len(_MATTERS)]} {'again ' * (number // len(_MATTERS))}in the north"
    return {"id": f"a{number:03d}", "title": title, "source": outlet, "text": "\n\n".join(paragraphs)}


def _write(path: Path, records: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")


def _read(*paths: Path) -> dict[str, Article]:
    return {a.id: a for a in read(list(paths), cache=False) if isinstance(a, Article)}


def test_a_note_on_the_author_and_an_appeal_are_set_aside_with_their_place(tmp_path: Path) -> None:
    _write(tmp_path / "a.jsonl", [_article(n, *_body(n), _BIO, _APPEAL) for n in range(6)])
    for number, article in enumerate(_read(tmp_path).values()):
        assert [p.text for p in article.paragraphs] == _body(number)
        assert [(p.text, p.after) for p in article.set_aside] == [(_BIO, 2), (_APPEAL, 2)]
        assert [p.text for p in whole_text(article)] == [*_body(number), _BIO, _APPEAL]


@pytest.mark.parametrize(
    ("shared", "titles"),
    [
        ("The harbour master said: “Nobody will leave this quay before the ice has gone.”", None),
        ("At least forty fishermen have been lost since the storms began in the autumn.", "Storm on the coast, day"),
    ],
)
def test_a_quotation_and_the_background_of_one_matter_stay(shared: str, titles: str | None, tmp_path: Path) -> None:
    records = [_article(n, *_body(n), shared, title=f"{titles} {n}" if titles else "") for n in range(9)]
    _write(tmp_path / "a.jsonl", records)
    assert all(article.paragraphs[-1].text == shared for article in _read(tmp_path).values())


def test_agency_copy_that_several_outlets_ran_stays(tmp_path: Path) -> None:
    copy = "The council of Telmora will meet again in March to speak about the quay, its clerk told an agency."
    outlets = [f"Post of the {place}" for place in ("North", "South", "East", "West", "Isles", "Hills")]
    _write(tmp_path / "a.jsonl", [_article(n, *_body(n), copy, outlet=outlet) for n, outlet in enumerate(outlets)])
    assert all(copy in [p.text for p in article.paragraphs] for article in _read(tmp_path).values())


def test_what_stands_between_paragraphs_of_news_is_believed_only_on_many_pages(tmp_path: Path) -> None:
    inside = "The Post has asked all parties for their view of these matters."
    often = [_article(n, _body(n)[0], inside, _body(n)[1]) for n in range(10)]
    _write(tmp_path / "a.jsonl", often)
    assert all(article.set_aside for article in _read(tmp_path).values())
    rare = [_article(n, _body(n)[0], *([inside] if n < 5 else []), _body(n)[1]) for n in range(10)]
    _write(tmp_path / "a.jsonl", rare)
    assert not any(article.set_aside for article in _read(tmp_path).values())


def test_an_article_that_is_nothing_else_keeps_its_text(tmp_path: Path) -> None:
    _write(tmp_path / "a.jsonl", [*(_article(n, *_body(n), _APPEAL) for n in range(6)), _article(7, _APPEAL)])
    articles = _read(tmp_path)
    assert [p.text for p in articles["a007"].paragraphs] == [_APPEAL]
    assert all(len(articles[f"a{n:03d}"].set_aside) == 1 for n in range(6))


@settings(max_examples=20)
@given(st.integers(), st.integers(0, 12))
def test_the_order_of_the_articles_does_not_matter(seed: int, noted: int) -> None:
    pages = []
    for number in range(12):
        texts = [*_body(number), *([_BIO] if number < noted else []), _APPEAL]
        pages.append((f"{_MATTERS[number]} now", marks([Paragraph(text, 1) for text in texts])))

    def found(order: list[tuple[str, list[int]]]) -> dict[str, frozenset[int]]:
        gathered = Pages()
        for title, lines in order:
            gathered.add("Post", title, lines)
        return gathered.boilerplate()

    shuffled = random.Random(seed).sample(pages, len(pages))
    assert found(shuffled) == found(pages)
    assert set(marks([Paragraph(_APPEAL, 1)])) <= found(pages)["Post"]
    assert (marks([Paragraph(_BIO, 1)])[0] in found(pages)["Post"]) == (noted >= 4)


@given(st.lists(st.sampled_from([_BIO, _APPEAL, *_body(1), *_body(2)]), min_size=1, max_size=8))
def test_nothing_is_lost_by_parting(texts: list[str]) -> None:
    paragraphs = tuple(Paragraph(text, line) for line, text in enumerate(texts, 1))
    kept, aside = parted(paragraphs, set(marks([Paragraph(_BIO, 1), Paragraph(_APPEAL, 1)])))
    article = Article("a", "t", "Post", kept, Source("f"), set_aside=aside)
    assert tuple(whole_text(article)) == paragraphs


def test_a_kept_corpus_is_the_same_whether_files_come_at_once_or_one_after_another(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    parts = {
        f"part{part}.jsonl": [_article(part * 3 + n, *_body(part * 3 + n), _BIO) for n in range(3)] for part in range(3)
    }
    for filler in range(20, 50):
        _write(folder / f"other{filler}.jsonl", [_article(filler, *_body(filler), outlet="Quay Courier")])
    _write(folder / "part0.jsonl", parts["part0.jsonl"])
    library.create("grown", [folder])
    assert not any(article.set_aside for article in library.open("grown").store), "three pages are too few to tell"
    for name in ("part1.jsonl", "part2.jsonl"):
        _write(folder / name, parts[name])
        library.update("grown")
    library.create("at once", [folder])
    grown, at_once = ({a.id: a for a in library.open(name).store} for name in ("grown", "at once"))
    assert grown == at_once
    assert sum(bool(article.set_aside) for article in grown.values()) == 9
    (folder / "part1.jsonl").unlink()
    (folder / "part2.jsonl").unlink()
    library.update("grown")
    assert not any(article.set_aside for article in library.open("grown").store)
