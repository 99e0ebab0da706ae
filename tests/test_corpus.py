"""The corpus as front ends and notebooks hold it: opens, keeps, answers, takes corrections."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from kerman_tui import analysis
from kerman_tui.analysis import Analysis
from kerman_tui.corpus import ArticleNotFoundError, Corpus, CorpusError

TOWNS = "Arlow Benzig Corrin Dalmar Estrel Fonnay Garrow Hartle Istrel Jarrow".split()


def news(count: int) -> list[str]:
    """Records of small invented articles, no two alike."""
    records = []
    for number in range(count):
        town = TOWNS[number % len(TOWNS)]
        body = (
            f"President Mira Oskanen of {town} said on Monday that {number + 3} people were killed "
            f"when ferry {number} sank."
            f"\n\n“We will rebuild the harbour of {town},” she said. Rescue work went on for {number % 9 + 2} days."
        )
        records.append(
            json.dumps({"id": f"n{number:04}", "outlet": f"{town} Post", "title": f"Ferry {number}", "body": body})
        )
    return records


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "archive.jsonl"
    path.write_text("\n".join(news(60)))
    return path


def test_ids_are_found_by_unambiguous_prefixes(archive: Path) -> None:
    corpus = Corpus.open([archive])
    assert len(corpus) == 60
    assert corpus.article("n0007").title == "Ferry 7"
    assert corpus.article("n0059").id == "n0059"
    with pytest.raises(ArticleNotFoundError, match="could be n0050, n0051"):
        corpus.article("n005")
    with pytest.raises(ArticleNotFoundError, match="no article"):
        corpus.article("zzz")
    with pytest.raises(ArticleNotFoundError):
        corpus.article("")


def test_nothing_to_open_says_why(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="nowhere"):
        Corpus.open([tmp_path / "nowhere"])
    with pytest.raises(CorpusError):
        Corpus.open([tmp_path])


def test_a_reading_that_is_stopped_gives_what_it_had(tmp_path: Path) -> None:
    for number, record in enumerate(news(40)):
        (tmp_path / f"{number:02}.jsonl").write_text(record)
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 20

    corpus = Corpus.open([tmp_path], cancelled=cancelled)
    assert 0 < len(corpus) < 40
    assert any("stopped" in one.why for one in corpus.skipped)
    with pytest.raises(CorpusError, match="stopped"):
        Corpus.open([tmp_path], cancelled=lambda: True)


def test_a_kept_corpus_opens_with_its_index_and_takes_what_is_new(archive: Path) -> None:
    report = Corpus.keep("ferries", [archive])
    assert (report.articles, report.skipped) == (60, ())
    opened = Corpus.open_named("ferries")
    assert opened.open_kept_index() is not None
    assert opened.search("oskannen", limit=5).total == 60
    with archive.open("a") as file:
        file.write("\n" + news(61)[60])
    assert Corpus.keep("ferries", [archive]).articles == 61
    assert opened.search("ferry", limit=1).total == 60, "who has it open goes on undisturbed"
    assert Corpus.open_named("ferries").search("ferry", limit=1).total == 61


def answers(corpus: Corpus) -> dict[str, list[str]]:
    return {
        q: sorted(h.id for h in corpus.search(q, limit=100).hits) for q in ("ferry", "oskannen", "arlow", "57", "dawn")
    }


def test_an_index_that_is_carried_on_answers_as_one_built_anew(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kerman_tui import indexing

    folder = tmp_path / "growing"
    folder.mkdir()
    records = news(80)
    (folder / "a.jsonl").write_text("\n".join(records[:40]))
    (folder / "b.jsonl").write_text("\n".join(records[40:60]))
    Corpus.keep("ferries", [folder])
    with monkeypatch.context() as patched:
        patched.setattr(indexing, "_build_whole", lambda *_: pytest.fail("built anew"))
        (folder / "c.jsonl").write_text("\n".join(records[60:]))
        Corpus.keep("ferries", [folder])
        assert answers(Corpus.open_named("ferries")) == answers(Corpus.open([folder]))
        (folder / "b.jsonl").unlink()
        Corpus.keep("ferries", [folder])
        assert answers(Corpus.open_named("ferries")) == answers(Corpus.open([folder]))
    changed = records[7].replace("sank", "left at dawn")
    (folder / "a.jsonl").write_text("\n".join([*records[:7], changed, *records[8:40]]))
    Corpus.keep("ferries", [folder])
    opened = Corpus.open_named("ferries")
    assert len(opened) == 60
    assert answers(opened) == answers(Corpus.open([folder]))
    assert answers(opened)["dawn"] == ["n0007"]


def test_a_corpus_that_is_not_kept_is_named(archive: Path) -> None:
    Corpus.keep("ferries", [archive])
    with pytest.raises(CorpusError, match="ferries"):
        Corpus.open_named("fairies")


def test_what_is_kept_is_read_ahead_until_it_is_wanted_no_longer(archive: Path) -> None:
    Corpus.keep("town", [archive])
    asked: list[bool] = []

    def cancelled() -> bool:
        asked.append(True)
        return False

    corpus = Corpus.open_named("town")
    corpus.search("ferry")
    corpus.read_ahead(cancelled)
    assert len(asked) > 10  # every file of the index and of the articles
    asked.clear()
    Corpus.open([archive]).read_ahead(cancelled)
    assert not asked


def test_a_damaged_index_is_built_anew(archive: Path) -> None:
    Corpus.keep("ferries", [archive])
    folder = Corpus.open_named("ferries")._index_folder()
    assert folder is not None
    for file in folder.rglob("*"):
        if file.is_file():
            file.write_bytes(b"damaged")
    assert Corpus.open_named("ferries").search("oskanen").total == 60


def test_what_was_opened_last_is_opened_by_default(
    archive: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Corpus.open([archive], remember=True)
    monkeypatch.chdir(tmp_path)
    assert len(Corpus.open_default()) == 60
    Corpus.keep("ferries", [archive])
    Corpus.open_named("ferries")
    assert Corpus.open_default().name == "ferries"


def test_corrections_hold_at_once_and_in_the_next_session_and_can_be_taken_back(archive: Path) -> None:
    corpus = Corpus.open([archive])
    (before,) = (one.name for one in corpus.people())
    corpus.correct("rename", before, "Mira Oskanen-Vale")
    assert [one.name for one in corpus.people()] == ["Mira Oskanen-Vale"]
    again = Corpus.open([archive])
    assert [one.name for one in again.people()] == ["Mira Oskanen-Vale"]
    assert "rename" in again.undo_correction()
    assert [one.name for one in again.people()] == [before]
    assert again.undo_correction() == ""


def test_a_damaged_file_of_corrections_is_said_and_does_no_harm(archive: Path) -> None:
    from kerman_tui.people.corrections import corrections_file

    corrections_file().write_text("not toml")
    corpus = Corpus.open([archive])
    assert corpus.people()
    assert "corrections.toml" in corpus.notices[0]


def test_analysis_is_the_same_alone_in_processes_and_from_the_cache(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = Corpus.open([archive]).articles
    monkeypatch.setattr(analysis, "KEPT_FROM", 10_000)
    alone = [list(Analysis(articles, 1).names()), list(Analysis(articles, 1).figures())]
    monkeypatch.setattr(analysis, "KEPT_FROM", 1)
    monkeypatch.setattr(analysis, "BATCH", 25)
    monkeypatch.setattr(analysis, "ALONE", 10)
    many = [list(Analysis(articles, 2).names()), list(Analysis(articles, 2).figures())]
    assert many == alone
    monkeypatch.setattr(analysis, "analyse", lambda *work: pytest.fail("analysed again"))
    assert [list(Analysis(articles, 1).names()), list(Analysis(articles, 1).figures())] == alone


def test_quotations_are_found_by_a_misspelt_name(archive: Path) -> None:
    corpus = Corpus.open([archive])
    assert len(corpus.quotes()) >= 60
    assert 0 < len(corpus.quotes("oskannen")) <= len(corpus.quotes())
    assert corpus.quotes("Nobody Whatever") == ()


def test_a_filter_by_person_narrows_the_search(archive: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(
        "Storm over the bay\n\nThe storm kept ferries in port.\n\nNobody was hurt, the harbour said on Tuesday.\n"
    )
    corpus = Corpus.open([archive, other])
    assert corpus.search("harbour", limit=1).total == 61
    assert corpus.search("harbour person:oskanen", limit=1).total == 60


def test_a_query_of_fields_alone_shows_where_those_it_asks_for_are_named(archive: Path) -> None:
    corpus = Corpus.open([archive])
    hit = corpus.search("person:oskannen", limit=1).hits[0]
    (match,) = hit.matches
    assert [match.text[start:end] for start, end in match.spans] == ["Mira Oskanen"] and match.paragraph == 0
    assert corpus.matches("person:oskannen", hit.id) == hit.matches
    lines = corpus.concordance("person:oskannen", limit=7)
    assert [one.keyword for one in lines] == ["Mira Oskanen"] * 7 and lines[0].left.endswith("President ")
    assert not corpus.concordance('outlet:"Arlow Post"')


def test_a_hit_without_words_shows_how_the_article_begins(archive: Path) -> None:
    corpus = Corpus.open([archive])
    hits = corpus.search('outlet:"Arlow Post"').hits
    assert len(hits) == 6
    for hit in hits:
        assert [match.text for match in hit.matches] == [corpus.article(hit.id).paragraphs[0].text]


@pytest.fixture
def told(archive: Path) -> Corpus:
    """A kept corpus in which everything was laid beside everything once."""
    Corpus.keep("ferries", [archive])
    corpus = Corpus.open_named("ferries")
    assert laid_beside(corpus)["reuse"]
    return corpus


def laid_beside(corpus: Corpus) -> dict[str, object]:
    wording = corpus.wording()
    return {
        "reuse": corpus.reuse(),
        "near-duplicates": corpus.near_duplicates(),
        "stories": corpus.stories(),
        "wording": (list(wording.substitutions), list(wording.keyness), tuple(wording.notes)),
    }


def test_what_articles_share_is_found_once_and_read_in_the_next_session(
    told: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = laid_beside(told)
    again = Corpus.open_named("ferries")
    assert again.reuse_known
    with monkeypatch.context() as patched:
        for name in ("reuse.shared", "reuse.near_duplicates", "stories.stories", "keyness.keyness"):
            patched.setattr(f"kerman_tui.compare.{name}", lambda *_: pytest.fail("found again"))
        assert laid_beside(again) == expected


def test_what_articles_share_is_found_again_once_there_are_others(told: Corpus, archive: Path) -> None:
    with archive.open("a") as file:
        file.write("\n" + news(61)[60])
    Corpus.keep("ferries", [archive])
    opened = Corpus.open_named("ferries")
    assert not opened.reuse_known
    assert {one for each in opened.reuse() for one in each.articles} >= {"n0060"}
    assert not Corpus.open([archive]).reuse_known


def test_an_answer_that_is_damaged_or_of_other_rules_is_found_again(
    told: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = laid_beside(told)
    assert told._folder is not None
    kept = sorted(told._folder.glob("*.answer"))
    assert len(kept) == 4
    for path in kept:
        path.write_bytes(path.read_bytes()[:-3])
    assert laid_beside(Corpus.open_named("ferries")) == expected
    monkeypatch.setattr("kerman_tui.corpus.comparing.digest_of", lambda *_: "other")
    other = Corpus.open_named("ferries")
    assert not other.reuse_known
    assert laid_beside(other) == expected
    assert {path.name.partition("-other")[2] for path in told._folder.glob("*.answer")} == {".answer"}


@pytest.mark.parametrize("why", [OSError("full"), MemoryError()])
def test_an_answer_that_cannot_be_kept_is_given_all_the_same(
    told: Corpus, monkeypatch: pytest.MonkeyPatch, why: Exception
) -> None:
    expected = laid_beside(told)
    monkeypatch.setattr("kerman_tui.corpus.comparing.digest_of", lambda *_: "other")
    full = SimpleNamespace(write_whole=lambda *_, **__: (_ for _ in ()).throw(why))
    monkeypatch.setattr("kerman_tui.compare.answers.places", full)
    assert laid_beside(Corpus.open_named("ferries")) == expected
