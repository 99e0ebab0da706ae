"""What the measures of one run read: the corpus, the same text one article a line, queries, and a corpus by name.

Everything is made once in the benchmark's own folder and kept for the next run with the same arguments; the user's
configuration, caches and corpora are never touched.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import processes

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
NAMED = "benchmark"
"""What the corpus is called when it is kept under a name."""
QUERIES_EACH = 100
"""Queries of every length, clean and misspelt."""
WORDS_ASKED = (1, 2, 3, 4)
USUAL = 100_000
"""Articles for which the limit of time of a process is meant; more are given more in proportion."""


@dataclass(frozen=True, slots=True)
class Query:
    """A state of typing. ``target``: the id of the article from whose title and lede the words are."""

    text: str
    words: int
    misspelt: bool
    target: str


@dataclass(frozen=True, slots=True)
class Anew:
    """What making the kept corpus took: seconds, seconds of processor time, and memory in MiB."""

    seconds: float
    processor: float
    peak_mib: float


@dataclass(frozen=True, slots=True)
class Inputs:
    """``articles`` is the corpus as JSONL; ``lines`` its text, one article a line, beginning with the id."""

    folder: Path
    articles: Path
    lines: Path
    count: int
    text_bytes: int
    described: str
    runs: int

    @property
    def megabytes(self) -> float:
        """Size of titles and bodies in MB (millions of bytes)."""
        return self.text_bytes / 1e6

    @property
    def patience(self) -> float:
        """Seconds that one step over the whole corpus may take."""
        return processes.TIME_LIMIT * max(1.0, self.count / USUAL)

    @property
    def environment(self) -> dict[str, str]:
        """Folders of its own for every process that is measured."""
        return environment_in(self.folder / "home")

    def queries(self) -> list[Query]:
        """The queries, the same in every run."""
        return [Query(**one) for one in orjson.loads((self.folder / "queries.json").read_bytes())]

    def named(self) -> str:
        """The name of this corpus, kept for ``--corpus``. Raises RunError when it cannot be made."""
        if not self.is_named:
            self.index_anew()
        return NAMED

    @property
    def is_named(self) -> bool:
        return (self.folder / "home" / "named").exists()

    def index_anew(self) -> processes.Ran:
        """Keep the corpus under its name as a user would, from nothing. Raises RunError; what was kept then stays."""
        home, fresh = self.folder / "home", self.folder / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        ran = processes.run(self.index_command(self.articles), environment=environment_in(fresh), limit=self.patience)
        shutil.rmtree(home, ignore_errors=True)
        fresh.rename(home)
        known = Anew(ran.seconds, ran.processor, ran.peak_mib)
        (home / "named").write_bytes(orjson.dumps(known))
        return ran

    def anew(self) -> Anew:
        """What keeping the corpus from nothing took when it was done last. Raises RunError when it cannot be done."""
        if not self.is_named or not (self.folder / "home" / "named").stat().st_size:
            self.index_anew()
        return Anew(**orjson.loads((self.folder / "home" / "named").read_bytes()))

    def index_command(self, *paths: Path) -> list[str]:
        """What keeps ``paths`` under the name."""
        return [*program(), "index", *map(str, paths), "--name", NAMED, "--json"]


def environment_in(home: Path) -> dict[str, str]:
    """The platform's folders inside ``home``, which is made."""
    places = {name: home / name.lower() for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    for place in places.values():
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {"HOME": str(home)} | {f"XDG_{name}_HOME": str(path) for name, path in places.items()}


def program() -> list[str]:
    """The command line of this checkout."""
    return [sys.executable, "-m", "kerman_tui"]


def prepare(work: Path, count: int, jsonl: Path | None, runs: int) -> Inputs:
    """Make what is missing. Raises RunError when the corpus cannot be made."""
    made_from = f"{count} {jsonl.resolve() if jsonl else ''} {_stamp()}"
    folder = work / f"{count}-{hashlib.sha256(made_from.encode()).hexdigest()[:10]}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    about = folder / "about.json"
    if not about.exists():
        limit = processes.TIME_LIMIT * max(1.0, count / USUAL)
        ran = processes.call("inputs", "make", folder=folder, count=count, jsonl=jsonl, limit=limit)
        about.write_bytes(orjson.dumps(ran.value))
    known: dict[str, Any] = orjson.loads(about.read_bytes())
    described = f"{known['count']:,} articles, {known['text_bytes'] / 1e6:,.0f} MB of text, " + (
        f"from {jsonl.name}, repeated with a quarter of the words replaced" if jsonl else "generated from the seeds"
    )
    return Inputs(
        folder, folder / "articles.jsonl", folder / "lines.txt", known["count"], known["text_bytes"], described, runs
    )


def _stamp() -> str:
    """Changes whenever the same arguments would give another corpus."""
    here = Path(__file__).parent
    return "".join(
        hashlib.sha256((here / name).read_bytes()).hexdigest() for name in ("generate.py", "lexicon.py", "inputs.py")
    )


def make(folder: str, count: int, jsonl: str | None) -> dict[str, int]:
    """In a process of its own: write the corpus, its lines and the queries; return count and bytes of text."""
    import generate

    place = Path(folder)
    articles = place / "articles.jsonl"
    text_bytes = generate.write(articles, count, jsonl=Path(jsonl) if jsonl else None)
    step = max(1, count // (QUERIES_EACH * len(WORDS_ASKED) * 2))
    sampled: list[dict[str, str]] = []
    with articles.open("rb") as records, (place / "lines.txt").open("w", encoding="utf-8") as lines:
        for at, line in enumerate(records):
            record = orjson.loads(line)
            lines.write("\t".join(" ".join(record[name].split()) for name in ("id", "outlet", "title", "body")) + "\n")
            if at % step == 0:
                sampled.append(record)
    queries = make_queries(sampled)
    (place / "queries.json").write_bytes(orjson.dumps(queries))
    return {"count": count, "text_bytes": text_bytes}


def make_queries(articles: Sequence[dict[str, str]], seed: int = 1) -> list[Query]:
    """Words as a reader remembers them: from the title, else from the first words; the last one not typed to its end.

    In a misspelt query one whole word of five letters or more has one slip.
    """
    from generate import misspelt

    rng = random.Random(seed)
    made: list[Query] = []
    kinds = [(words, wrong) for wrong in (False, True) for words in WORDS_ASKED for _ in range(QUERIES_EACH)]
    pool = [(article["id"], chosen) for article in articles if len(chosen := _words_of(article)) >= max(WORDS_ASKED)]
    for at, (count, wrong) in enumerate(kinds if pool else ()):
        target, chosen = pool[at % len(pool)]
        picked = sorted(rng.sample(range(len(chosen)), count))
        words = [chosen[place] for place in picked]
        if wrong:
            long = max(range(count), key=lambda place: (len(words[place]) >= 5, rng.random()))
            words[long] = misspelt(words[long], rng.random(), rng.randrange(4))
            words = [*words[:long], *words[long + 1 :], words[long]]
        else:
            words[-1] = words[-1][: rng.randint(3, len(words[-1]))]
        made.append(Query(" ".join(words), count, wrong, target))
    return made


def _words_of(article: dict[str, str]) -> list[str]:
    text = article["title"] + " " + article["body"][:300]
    found = dict.fromkeys(word for word in text.split()[:20] if word.isalpha() and len(word) >= 4)
    return list(found)[:8]


def default_work() -> Path:
    """Where corpora are kept between runs: the user's cache folder."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "kerman-tui-benchmarks"
