"""The generated corpus: the same every time, like news in what measuring needs, made in bounded memory."""

import itertools
import json
from datetime import datetime
from pathlib import Path

import generate
import inputs
import orjson
import pytest
from generate import Copied, Record, generated, misspelt, parsed_count, resampled

COUNT = 1_200


@pytest.fixture(scope="module")
def corpus() -> list[tuple[Record, Copied | None]]:
    return list(generated(COUNT))


def test_the_same_arguments_give_the_same_articles(corpus: list[tuple[Record, Copied | None]]) -> None:
    assert list(itertools.islice(generated(COUNT), 300)) == corpus[:300]
    assert next(iter(generated(1, seed=7)))[0]["body"] != corpus[0][0]["body"]


def test_a_longer_corpus_begins_with_the_shorter_one(corpus: list[tuple[Record, Copied | None]]) -> None:
    assert list(generated(40)) == corpus[:40]


def test_every_article_has_what_an_article_has(corpus: list[tuple[Record, Copied | None]]) -> None:
    assert len({record["id"] for record, _ in corpus}) == COUNT
    for record, _ in corpus:
        assert record["title"].strip() and record["body"].strip() and record["outlet"]
        assert record["url"].startswith("https://") and " " not in record["url"]
        assert 2012 <= datetime.fromisoformat(record["published"]).year <= 2026
        assert "%s" not in record["body"]


def test_words_are_used_as_in_a_language(corpus: list[tuple[Record, Copied | None]]) -> None:
    words = [word for record, _ in corpus for word in record["body"].lower().split()]
    counts = sorted((words.count(word) for word in ("the", "of", "terrorist")), reverse=True)
    assert counts[0] / len(words) > 0.03
    assert len(set(words)) > 20_000
    lengths = sorted(len(record["body"].split()) for record, _ in corpus)
    assert 200 < lengths[COUNT // 2] < 800 < lengths[-1]


def test_what_is_said_to_be_copied_word_for_word_stands_in_both(corpus: list[tuple[Record, Copied | None]]) -> None:
    bodies = {record["id"]: record["body"] for record, _ in corpus}
    copies = [copied for _, copied in corpus if copied is not None]
    assert 0.1 < len(copies) / COUNT < 0.6
    outlets = {record["id"]: record["outlet"] for record, _ in corpus}
    assert any(outlets[one.article] != outlets[one.source] for one in copies)
    for one in copies:
        if not one.edited:
            shared = set(bodies[one.article].split("\n\n")) & set(bodies[one.source].split("\n\n"))
            assert sum(len(paragraph.split()) for paragraph in shared) >= one.words


@pytest.mark.parametrize("how", range(4))
def test_a_slip_changes_a_word_by_one_edit(how: int) -> None:
    from rapidfuzz.distance import OSA

    for word in ("condolences", "attack", "soleimani", "raisi"):
        for where in (0.0, 0.5, 0.99):
            slipped = misspelt(word, where, how)
            assert slipped[0] == word[0] and OSA.distance(word, slipped) <= 1


def test_short_words_are_not_misspelt() -> None:
    assert misspelt("the", 0.5, 1) == "the"


@pytest.mark.parametrize(("given", "count"), [("10k", 10_000), ("1M", 1_000_000), ("2500", 2_500), ("1.5k", 1_500)])
def test_counts_are_written_as_people_write_them(given: str, count: int) -> None:
    assert parsed_count(given) == count


@pytest.mark.parametrize("given", ["", "k", "ten", "0", "-5"])
def test_other_counts_are_refused(given: str) -> None:
    with pytest.raises(ValueError):
        parsed_count(given)


def test_real_articles_are_repeated_with_other_words(tmp_path: Path) -> None:
    real = tmp_path / "real.jsonl"
    records = [
        {"id": "a", "headline": "One day", "content": "The mayor spoke of the flood. " * 20, "date": "2020-01-02"},
        {"id": "b", "title": "Two days", "body": "Nobody knew of the river. " * 20, "outlet": "The Post"},
    ]
    real.write_text("not json\n\n" + "".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    found = [record for record, _ in resampled(real, 6)]
    assert [one["id"] for one in found] == ["a", "b", "a-1", "b-1", "a-2", "b-2"]
    assert found[0]["published"] == "2020-01-02" and found[0]["title"] == "One day"
    assert len({one["body"] for one in found}) == 6
    assert found == [record for record, _ in resampled(real, 6)]


def test_a_file_without_articles_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("{}\n[]\n")
    with pytest.raises(ValueError, match=r"empty\.jsonl"):
        list(resampled(empty, 3))


def test_packed_files_are_read(tmp_path: Path) -> None:
    import gzip
    import lzma

    line = orjson.dumps({"id": "a", "title": "t", "body": "one two three"}) + b"\n"
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line))
    (tmp_path / "a.jsonl.xz").write_bytes(lzma.compress(line))
    for name in ("a.jsonl.gz", "a.jsonl.xz"):
        assert next(iter(resampled(tmp_path / name, 1)))[0]["body"] == "one two three"


def test_writing_leaves_no_half_corpus(tmp_path: Path) -> None:
    target = tmp_path / "articles.jsonl"
    text = generate.write(target, 25)
    assert len(target.read_bytes().splitlines()) == 25 and text > 10_000
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles.jsonl", "articles.jsonl.copies"]


def test_queries_are_asked_in_every_length_clean_and_misspelt(corpus: list[tuple[Record, Copied | None]]) -> None:
    by_id = {record["id"]: f"{record['title']} {record['body']}" for record, _ in corpus}
    queries = inputs.make_queries([record for record, _ in corpus])
    assert {(one.words, one.misspelt) for one in queries} == {(n, m) for n in (1, 2, 3, 4) for m in (False, True)}
    for one in queries:
        words = one.text.split()
        there = [word in by_id[one.target] for word in words]
        assert len(words) == one.words
        assert all(there) if not one.misspelt else all(there[:-1])
