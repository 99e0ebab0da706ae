"""The commands as a script sees them: JSON on standard output, the rest on standard error, honest exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kerman_tui.people.corrections import corrections_file


def kerman(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kerman_tui", *words],
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=60,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def answer(*words: str) -> Any:
    done = kerman(*words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_articles_of_the_seeds(seeds: Path) -> None:
    articles = answer("articles", str(seeds))
    assert len(articles) == 14
    assert {a["outlet"] for a in articles} == {"Al-Ahed News", "RT", "Iran Front Page", "Newsweek"}
    assert all(p["text"] and p["line"] >= 1 and p["kind"] for a in articles for p in a["paragraphs"])


def test_a_misspelt_name_is_found_and_every_span_stands_in_its_text(seeds: Path) -> None:
    result = answer("search", "solemani", str(seeds))
    assert result["query"] == "solemani"
    assert result["total"] >= 8
    for hit in result["hits"]:
        for match in hit["matches"]:
            assert match["spans"]
            assert all(0 <= start < end <= len(match["text"]) for start, end in match["spans"])
    first = result["hits"][0]["matches"][0]
    assert first["why"] == "typo"
    assert "Soleimani" in {first["text"][a:b] for a, b in first["spans"]}


def test_exact_search_forgives_nothing(seeds: Path) -> None:
    assert kerman("search", "solemani", str(seeds), "--exact", "--json").returncode == 1
    assert answer("search", "Soleimani", str(seeds), "--exact")["total"] >= 8


def test_a_batch_answers_line_by_line_in_order(seeds: Path, tmp_path: Path) -> None:
    queries = tmp_path / "queries.txt"
    queries.write_text("raisi\n\nxyzzyqwrtp\nputin\n")
    done = kerman("search", "--batch", str(queries), str(seeds), "--json")
    assert [json.loads(line)["query"] for line in done.stdout.splitlines()] == ["raisi", "xyzzyqwrtp", "putin"]


def test_people_lists_leaders_and_all_lists_more(seeds: Path) -> None:
    leaders, everyone = answer("people", str(seeds)), answer("people", str(seeds), "--all")
    names = {p["name"] for p in leaders["people"]}
    assert any("Raisi" in name for name in names)
    assert all(p["leader"] for p in leaders["people"])
    assert names < {p["name"] for p in everyone["people"]}
    for person in everyone["people"]:
        assert person["mentions"] == sum(o["mentions"] for o in person["outlets"].values())
        assert person["mentions"] == sum(len(a["mentions"]) for a in person["articles"])


def test_the_time_line_of_a_person_and_the_table_of_figures_are_added_when_asked_for(seeds: Path) -> None:
    for person in answer("people", str(seeds), "--timeline", "day")["people"]:
        assert person["mentions"] == sum(at["mentions"] for at in person["timeline"])
    told = answer("figures", str(seeds), "--table")
    rows = [figure for row in told["table"] for figures in row["outlets"].values() for figure in figures]
    assert all(figure in told["figures"] for figure in rows)
    assert any(row["why"] and len(row["outlets"]) > 1 for row in told["table"])
    shown = kerman("figures", str(seeds), "--table").stdout
    assert "≠" in shown and "RT" in shown.splitlines()[0]


def test_a_quotation_inside_a_reported_clause_says_which(seeds: Path) -> None:
    told = answer("quotes", str(seeds))
    inside = [one for one in told if one["clause"]]
    assert inside and all(one["kind"] != "indirect" and one["text"] in one["clause"]["text"] for one in inside)


@pytest.mark.parametrize(
    ("command", "things"),
    [("people", "people"), ("figures", "figures"), ("quotes", None), ("reuse", None), ("wording", None)],
)
def test_a_table_is_a_document_of_its_own(command: str, things: str | None, seeds: Path) -> None:
    done = kerman(command, str(seeds), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    told = answer(command, str(seeds))
    if command == "wording":
        assert len(rows) == len(told["substitutions"]) + len(told["keyness"])
    else:
        assert len(rows) == len(told[things] if things else told)
    assert all(None not in row and None not in row.values() for row in rows), "a row is longer or shorter than the head"
    assert not any(cell.startswith(("=", "@")) for row in rows for cell in row.values())


@pytest.mark.parametrize(
    ("words", "columns"),
    [
        (["people", "--timeline", "month"], {"name", "date", "outlet", "articles", "mentions"}),
        (["figures", "--table"], {"unit", "disagreement"}),
        (["people", "--organisations"], {"name", "written", "outlet", "mentions"}),
        (["quotes", "--collated"], {"speaker", "treatment", "what is changed", "article", "line"}),
        (["reuse", "--flows"], {"outlet", "shares with", "it was first"}),
        (["reuse", "--near-duplicates"], {"share", "article", "other article"}),
        (["wording", "--collocates", "Iran"], {"outlet", "word", "G2"}),
    ],
)
def test_every_view_of_a_command_is_given_in_the_form_asked_for(
    words: list[str], columns: set[str], seeds: Path
) -> None:
    done = kerman(*words, str(seeds), "--format", "csv")
    rows = csv.DictReader(io.StringIO(done.stdout))
    assert columns <= set(rows.fieldnames or ())
    assert bool(list(rows)) == (done.returncode == 0)


@pytest.mark.parametrize("words", [["people"], ["quotes", "--json"], ["search", "person:raisi", "--json"]])
def test_every_command_says_what_it_noticed_on_standard_error_alone(words: list[str], seeds: Path) -> None:
    corrections_file().write_text("[[merge]\n")
    done = kerman(*words, str(seeds))
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1 and corrections_file().name in done.stderr
    assert corrections_file().name not in done.stdout


def test_a_search_is_kept_and_what_is_new_in_it_is_listed_once(seeds: Path, tmp_path: Path) -> None:
    putin, raisi = (next(iter(seeds.glob(f"{number}*.txt"))) for number in ("001", "004"))
    (tmp_path / putin.name).write_bytes(putin.read_bytes())
    assert kerman("searches", str(tmp_path)).returncode == 1
    assert kerman("searches", "--keep", "iran", "raisi", str(tmp_path)).returncode == 0
    (tmp_path / raisi.name).write_bytes(raisi.read_bytes())
    kept = answer("searches", str(tmp_path))
    assert [(one["name"], one["query"], one["total"], len(one["new"])) for one in kept] == [("iran", "raisi", 2, 1)]
    assert answer("search", "--saved", "iran", str(tmp_path))["total"] == 2
    assert [one["id"] for one in answer("searches", "--new", "iran", str(tmp_path))] == kept[0]["new"]
    assert kerman("searches", "--new", "iran", str(tmp_path)).returncode == 1
    assert kerman("searches", "--forget", "iran").returncode == 0
    assert kerman("search", "--saved", "iran", str(tmp_path)).returncode == 2


@pytest.mark.parametrize(
    "words", [["people"], ["people", "--organisations"], ["quotes"], ["figures"], ["reuse", "--flows"], ["wording"]]
)
def test_where_there_is_nothing_one_line_says_so(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "quiet.txt").write_text("A quiet day\n\nIt was a quiet day in the small town, as it always is there.\n")
    done = kerman(*words, str(tmp_path))
    assert done.returncode == 1
    assert done.stdout.count("\n") == 1 and done.stdout.strip()


def test_a_slip_in_a_command_names_the_one_that_was_meant(seeds: Path) -> None:
    assert "did you mean `kerman-tui stories`?" in kerman("storys", str(seeds)).stderr
    assert "did you mean" not in kerman("nosuchthing", str(seeds)).stderr


def test_paths_beside_the_name_of_a_corpus_are_said_to_be_passed_over(seeds: Path) -> None:
    assert kerman("index", str(seeds), "--name", "kept").returncode == 0
    done = kerman("articles", "elsewhere/", "--corpus", "kept", "--json")
    assert len(json.loads(done.stdout)) == 14
    assert "elsewhere/: passed over" in done.stderr


def test_compare_takes_prefixes_of_ids(seeds: Path) -> None:
    comparison = answer("compare", "000", "003", str(seeds))
    assert comparison["left"]["outlet"] == "Al-Ahed News"
    assert comparison["right"]["outlet"] == "Newsweek"
    assert 0 < comparison["left"]["coverage"] < 1
    assert {"same", "edited"} <= {row["kind"] for row in comparison["rows"]}


def test_compare_takes_files(seeds: Path) -> None:
    one, other = sorted(seeds.glob("00[03]*.txt"))
    assert answer("compare", str(one), str(other))["rows"]


@pytest.mark.parametrize(
    "words",
    [
        ["articles", "/does/not/exist"],
        ["articles", "."],
        ["compare", "nosuchid", "003", "{seeds}"],
        ["compare", "002", "003", "{seeds}"],
        ["search"],
        ["search", "x", "--limit", "minus", "{seeds}"],
        ["search", "x", "--nonsense", "{seeds}"],
        ["search", "--batch", "/does/not/exist", "{seeds}"],
        ["people", "--corpus", "nosuchcorpus"],
        ["people", "{seeds}", "--workers", "-1"],
        ["compare", "000"],
        ["peopel", "{seeds}"],
        ["{seeds}", "--theme", "nosuchtheme"],
        ["{seeds}"],
    ],
)
def test_a_wrong_call_is_one_clear_line(words: list[str], seeds: Path, tmp_path: Path) -> None:
    done = kerman(*(word.format(seeds=seeds) for word in words), cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_what_can_be_read_is_read_and_the_rest_is_named(seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    done = kerman("articles", str(seeds), str(tmp_path / "picture.txt"), str(tmp_path / "missing.txt"), "--json")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)) == 14
    assert "picture.txt" in done.stderr
    assert "missing.txt" in done.stderr


def test_a_file_that_looks_like_an_option_is_a_file(seeds: Path, tmp_path: Path) -> None:
    for name in ("-rf.txt", "--help.txt"):
        (tmp_path / name).write_bytes(next(iter(sorted(seeds.glob("001*")))).read_bytes())
        done = kerman("articles", name, "--json", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert len(json.loads(done.stdout)) == 1


def test_standard_input_is_read_for_queries_and_refused_for_articles(seeds: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kerman_tui", "search", "--batch", "-", str(seeds), "--json"],
        input="solemani\n\nraisi\n", capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert [json.loads(line)["query"] for line in done.stdout.splitlines()] == ["solemani", "raisi"], done.stderr
    refused = kerman("articles", "-")
    assert refused.returncode == 2 and "save them to a file" in refused.stderr


def test_a_command_after_options_is_told_where_it_belongs() -> None:
    done = kerman("--corpus", "nope", "people")
    assert done.returncode == 2
    assert done.stderr == "kerman-tui: people is a command and comes first: `kerman-tui people …`\n"


def test_the_readable_listings_say_what_they_count(seeds: Path) -> None:
    head, first, *_ = kerman("people", str(seeds)).stdout.splitlines()
    assert head.split()[:5] == ["name", "role", "country", "articles", "mentions"] and " 8 " in first
    stories = kerman("stories", str(seeds)).stdout
    assert "  1 article, 1 outlet" not in stories
    assert stories.splitlines()[-1] == "2 stories told by two articles or more; 3 articles beside them"
    rows = kerman("compare", "000", "003", str(seeds)).stdout
    assert "words left out: “Iranian”" in rows and "“”" not in rows


def test_a_closed_pipe_ends_quietly(seeds: Path) -> None:
    command = f"{sys.executable} -m kerman_tui articles {seeds} --json | head -c 10"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0
    assert done.stderr == ""


def test_a_full_disk_behind_standard_output_is_one_line(seeds: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kerman_tui", "articles", str(seeds), "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "standard output" in done.stderr


def test_the_same_words_of_several_articles_are_collated(seeds: Path) -> None:
    done = kerman("quotes", "--collated", str(seeds), "--json")
    utterances = json.loads(done.stdout)
    assert done.returncode == 0 and all(len(one["versions"]) > 1 for one in utterances)
    assert all(
        version["treatment"] in ("whole", "clipped", "changed") for one in utterances for version in one["versions"]
    )
    assert all(any(version["treatment"] == "whole" for version in one["versions"]) for one in utterances)


def test_no_escape_sequence_of_an_article_or_a_name_leaves_the_program(tmp_path: Path) -> None:
    evil = "\x1b]0;PWNED\x07 \x1b[31m \x9b31m \u202e"
    opening = f"President Ada Lindqvist opened the bridge {evil} on Monday."
    body = f"Bridge over the Telder opens {evil}\n\n{opening}\n\nIt is long, and it was expensive.\n"
    (tmp_path / "x\x1b]0;PWNED\x07.txt").write_text(body)
    for words in (["articles"], ["search", "bridge"], ["people", "--all"], ["quotes"], ["figures"]):
        for flag in ([], ["--json"]):
            done = kerman(*words, *flag, str(tmp_path))
            for stream in (done.stdout, done.stderr):
                assert not any((c < " " and c != "\n") or "\x7f" <= c <= "\x9f" or c == "\u202e" for c in stream)


def test_a_library_that_warns_of_a_record_neither_acts_on_the_terminal_nor_takes_the_word(tmp_path: Path) -> None:
    page = b"<title>Bridge</title><p>The mayor of Port Ellery said on Tuesday that the bridge would reopen.</p>"
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://e.example/1 \x1b]52;c;QUFB\x07 x\r\n"
        b"WARC-Date: 2024-01-04T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n" % len(answer)
    )
    (tmp_path / "saved.warc").write_bytes(head + answer + b"\x1b]52;c;QUFB\x07 what follows\r\n")
    done = kerman("articles", str(tmp_path / "saved.warc"))
    assert "\x1b" not in done.stdout + done.stderr and "\x07" not in done.stdout + done.stderr
    assert "Bridge" in done.stdout
    assert done.stderr.count("\n") == 1 and "record 1: longer than it says" in done.stderr


def test_a_query_is_given_back_as_it_was_and_yet_safe(seeds: Path) -> None:
    query = "raisi \x9b31m \u202e\x7f"
    done = kerman("search", query, str(seeds), "--json")
    assert json.loads(done.stdout)["query"] == query
    assert not any("\x7f" <= char <= "\x9f" or char == "\u202e" for char in done.stdout)


def test_a_name_that_is_not_utf8_is_shown_escaped(tmp_path: Path, seeds: Path) -> None:
    path = os.fsencode(tmp_path) + b"/not-utf8-\xff.txt"
    Path(os.fsdecode(path)).write_bytes(next(iter(sorted(seeds.glob("001*")))).read_bytes())
    done = kerman("articles", str(tmp_path), "--json")
    assert done.returncode == 0, done.stderr
    assert "\\udcff" in json.loads(done.stdout)[0]["source"]
