"""A corpus for tests of the screen: the seeds cut by their gold, with plain answers to every question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any

from kerman_tui.analysis import Analysed
from kerman_tui.compare.collocates import Collocate
from kerman_tui.compare.columns import Columns, columns
from kerman_tui.compare.flows import Flow
from kerman_tui.compare.omissions import Carried
from kerman_tui.compare.reuse import NearDuplicate
from kerman_tui.corpus.searching import Searching
from kerman_tui.model import (
    Article,
    Comparison,
    ConcordanceLine,
    Counterpart,
    Disagreement,
    Edit,
    FacetCount,
    Figure,
    FigureRow,
    Hit,
    Keyword,
    Match,
    Mention,
    MentionsAt,
    Organisation,
    OutletCount,
    Paragraph,
    Passage,
    Person,
    Quote,
    Reuse,
    Row,
    SearchResult,
    Side,
    Skipped,
    Source,
    Span,
    Story,
    Substitution,
    Wording,
)
from kerman_tui.people.collate import Utterance, collate
from kerman_tui.people.timeline import Step, timeline
from kerman_tui.search.completion import Completion

OUTLETS = {"000": "Al-Ahed News", "001": "RT", "002": "Iran Front Page", "003": "Newsweek", "004": "Al-Ahed News"}


def articles_of(seeds: Path, gold: dict[str, Any]) -> list[Article]:
    """The articles of the seeds, by the line ranges of the gold."""
    found = []
    for file in gold["files"]:
        lines = (seeds / file["file"]).read_text(encoding="utf-8").splitlines()
        for one in file["articles"]:
            first, last = one["body_lines"] if "body_lines" in one else (one["start_line"], one["end_line"])
            paragraphs = tuple(
                Paragraph(lines[at - 1].strip(), at)
                for at in range(first, last + 1)
                if len(lines[at - 1].split()) > 8 and lines[at - 1].strip() != one["title"]
            )
            source = Source(file["file"], "ab" * 32, first, last)
            found.append(Article(one["id"], one["title"], OUTLETS[file["id"]], paragraphs, source, language="en"))
    return found


class FakeStore(list[Article]):
    """Articles by number and by id."""

    def ordinal(self, id_: str) -> int | None:
        return next((at for at, one in enumerate(self) if one.id == id_), None)

    def outlet(self, at: int) -> str:
        return self[at].outlet

    def published(self, at: int) -> str | None:
        return self[at].published


class FakeIndex:
    """Offers the outlets as values of ``outlet:``."""

    def __init__(self, outlets: Sequence[str]) -> None:
        self._outlets = outlets

    def complete(self, query: str, cursor: int, limit: int = 12) -> list[Completion]:
        before, field, typed = query[:cursor].rpartition("outlet:")
        start = len(before) + len(field)
        return [
            Completion(f'"{outlet}"' if " " in outlet else outlet, start, cursor, "value", "outlet", 1)
            for outlet in self._outlets
            if field and outlet.lower().startswith(typed.strip('"').lower())
        ]


class FakeCorpus:
    """As ``kerman_tui.corpus.Corpus``, as far as the screen asks it."""

    def __init__(self, articles: Sequence[Article], persons: dict[str, Any] | None = None) -> None:
        self.articles = FakeStore(articles)
        self.skipped: tuple[Skipped, ...] = ()
        self.notices: tuple[str, ...] = ()
        self.name: str | None = None
        self.progress: Analysed | None = None
        self.people_known = self.stories_known = True
        self.identity = "seeds"
        self._persons = persons or {}
        self.index = FakeIndex(self.outlets)
        self.typos = {"solemani": "soleimani"}

    def __len__(self) -> int:
        return len(self.articles)

    def read_ahead(self, cancelled: Callable[[], bool]) -> None:
        pass

    @property
    def outlets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.outlet for one in self.articles))

    def article(self, id_: str) -> Article:
        at = self.articles.ordinal(id_)
        assert at is not None
        return self.articles[at]

    def search(
        self,
        query: str,
        *,
        limit: int = 50,
        strict: bool = False,
        facets: bool = False,
        passages: int = 3,
        cancelled: Callable[[], bool] | None = None,
    ) -> SearchResult:
        conditions = dict(re.findall(r'(\w+):("[^"]*"|\S+)', query))
        word = re.sub(r'\w+:("[^"]*"|\S+)', "", query).strip().lower()
        wanted = word if strict else self.typos.get(word, word)
        hits = []
        for article in self.articles:
            if "outlet" in conditions and conditions["outlet"].strip('"') != article.outlet:
                continue
            matches = []
            for number, paragraph in enumerate(article.paragraphs):
                spans = tuple(one.span() for one in re.finditer(re.escape(wanted), paragraph.text.lower()) if wanted)
                if spans:
                    why = "exact" if wanted == word else "typo"
                    matches.append(Match(number, paragraph.line, paragraph.text, spans, why))  # type: ignore[arg-type]
            if matches or not wanted:
                why = "the word is in the text"
                hits.append(Hit(article.id, article.title, article.outlet, None, 1.0, tuple(matches), why))
        suggestions = () if hits else ("soleimani",)
        return SearchResult(query, len(hits), 0.4, tuple(hits[:limit]), (), suggestions)

    def facets(self, query: str, *, strict: bool = False) -> dict[str, tuple[FacetCount, ...]]:
        hits = self.search(query, strict=strict).hits
        outlets = Counter(hit.outlet for hit in hits)
        dates = (FacetCount("2024-01-03", 1), FacetCount("2024-01-05", len(hits) - 1))
        return {"outlet": tuple(FacetCount(*one) for one in outlets.most_common()), "date": dates if hits else ()}

    def people_in(self, id_: str) -> tuple[tuple[Person, tuple[Mention, ...]], ...]:
        return tuple((one, one.articles[id_]) for one in self.people(everyone=True) if id_ in one.articles)

    def quotes_in(self, id_: str) -> tuple[Quote, ...]:
        return tuple(one for one in self.quotes() if one.article == id_)

    def figures_in(self, id_: str) -> tuple[Figure, ...]:
        return tuple(one for one in self.figures() if one.article == id_)

    def people(self, *, everyone: bool = False, among: Collection[str] | None = None) -> tuple[Person, ...]:
        found = []
        for name, one in self._persons.items():
            if not everyone and not one["leader"]:
                continue
            articles: dict[str, tuple[Mention, ...]] = {}
            for article in self.articles:
                mentions = tuple(
                    Mention(number, match.start(), match.end(), match.group())
                    for number, paragraph in enumerate(article.paragraphs)
                    for form in sorted(one["forms"], key=len, reverse=True)[:1]
                    for match in re.finditer(re.escape(form), paragraph.text)
                )
                if mentions and (among is None or article.id in among):
                    articles[article.id] = mentions
            outlets: dict[str, OutletCount] = {}
            for id_, mentions in articles.items():
                old = outlets.get(self.article(id_).outlet, OutletCount(0, 0))
                outlets[self.article(id_).outlet] = OutletCount(old.articles + 1, old.mentions + len(mentions))
            total = sum(len(mentions) for mentions in articles.values())
            if total:
                aliases = tuple(one["forms"])
                found.append(
                    Person(name, one["role"], one["country"], one["leader"], aliases, total, outlets, articles)
                )
        return tuple(sorted(found, key=lambda one: -one.mentions))

    def found(self, query: str, *, strict: bool = False) -> tuple[str, ...]:
        return tuple(hit.id for hit in self.search(query, strict=strict).hits)

    def matches(self, query: str, id_: str, *, strict: bool = False) -> tuple[Match, ...]:
        return next((hit.matches for hit in self.search(query, strict=strict).hits if hit.id == id_), ())

    new_in = Searching.new_in
    seen = Searching.seen

    def timeline(
        self, person: Person, *, step: Step = "day", among: Collection[str] | None = None
    ) -> tuple[MentionsAt, ...]:
        dates = {one.id: one.published for one in self.articles}
        outlets = {one.id: one.outlet for one in self.articles}
        return timeline(person.articles, dates, outlets, step=step, among=among)

    def organisations(self) -> tuple[Organisation, ...]:
        """Two of them: one under several spellings, one under a single one."""
        return tuple(
            one
            for name, spellings in (("Islamic State", ("Daesh", "ISIS", "Islamic State")), ("Hamas", ("Hamas",)))
            if (one := self._organisation(name, spellings)).mentions
        )

    def places(self) -> tuple[Organisation, ...]:
        return (self._organisation("Kerman", ("Kerman", "Kirman")),)

    def _organisation(self, name: str, spellings: Sequence[str]) -> Organisation:
        variants: dict[str, dict[str, int]] = {}
        articles: dict[str, tuple[Mention, ...]] = {}
        for article in self.articles:
            for number, paragraph in enumerate(article.paragraphs):
                for one in re.finditer("|".join(spellings), paragraph.text):
                    mention = Mention(number, one.start(), one.end(), one.group())
                    articles[article.id] = (*articles.get(article.id, ()), mention)
                    outlets = variants.setdefault(one.group(), {})
                    outlets[article.outlet] = outlets.get(article.outlet, 0) + 1
        total = sum(len(mentions) for mentions in articles.values())
        return Organisation(name, "armed_group", None, total, variants, articles)

    def utterances(self, person: str | None = None) -> tuple[Utterance, ...]:
        return collate(self.quotes(person))

    def figure_table(self) -> tuple[FigureRow, ...]:
        rows = []
        for one in self.disagreements():
            outlets: dict[str, tuple[Figure, ...]] = {}
            for figure in one.figures:
                outlets[figure.outlet] = (*outlets.get(figure.outlet, ()), figure)
            rows.append(FigureRow(one.unit, one.figures, outlets, one.why))
        return tuple(rows)

    def quotes(self, person: str | None = None) -> tuple[Quote, ...]:
        found = []
        for article in self.articles:
            for number, paragraph in enumerate(article.paragraphs):
                for one in re.finditer(r"[“\"]([^“”\"]{12,})[”\"]", paragraph.text):
                    said = (person or "Someone", None, "said", one.group(1), "full", number, one.start(1), one.end(1))
                    found.append(Quote(article.id, article.outlet, *said))  # type: ignore[arg-type]
        return tuple(found)

    def figures(self) -> tuple[Figure, ...]:
        found = []
        for article in self.articles:
            for number, paragraph in enumerate(article.paragraphs):
                for one in re.finditer(r"(?<!\d)(\d{2,3}) people", paragraph.text):
                    value = int(one.group(1))
                    what = (value, value, value, "killed", one.group(), None, None, number, one.start(), one.end())
                    found.append(Figure(article.id, article.outlet, *what))
        return tuple(found)

    def stories(self) -> tuple[Story, ...]:
        ids = tuple(one.id for one in self.articles)
        return (Story("s1", ids, self.outlets, "2024-01-03", "2024-01-05"),)

    def wording(self) -> Wording:
        a, b = (Span(self.articles[at].id, 0, 0, 5) for at in (0, 1))
        keywords = (Keyword("RT", "condolences", 6, 2, 31.55, 2.4),)
        return Wording((Substitution("RT", "Newsweek", "blasts", "explosions", 1, ((a, b),)),), keywords)

    def disagreements(self) -> tuple[Disagreement, ...]:
        found = self.figures()[:2]
        return (Disagreement("killed", found, "not the same"),) if len(found) == 2 else ()

    def concordance(
        self,
        query: str,
        *,
        limit: int = 1000,
        width: int = 60,
        strict: bool = False,
        cancelled: Callable[[], bool] | None = None,
    ) -> list[ConcordanceLine]:
        found = []
        for article in self.articles:
            for number, paragraph in enumerate(article.paragraphs):
                for one in re.finditer(re.escape(query.strip('"')), paragraph.text, re.IGNORECASE):
                    text = paragraph.text
                    span = Span(article.id, number, one.start(), one.end())
                    left, right = text[: one.start()], text[one.end() :]
                    found.append(ConcordanceLine(span, article.outlet, None, left, one.group(), right))
        return found

    def counterparts(self, article: Article, limit: int = 10) -> tuple[Counterpart, ...]:
        words = set(" ".join(one.text for one in article.paragraphs).split())
        found = []
        for other in self.articles:
            if other.id != article.id:
                shared = len(words & set(" ".join(one.text for one in other.paragraphs).split()))
                found.append(Counterpart(other.id, shared, shared / max(len(words), 1)))
        return tuple(sorted(found, key=lambda one: -one.shared_words)[:limit])

    reuse_known = False

    def reuse(self) -> tuple[Reuse, ...]:
        first, second = self.articles[0], self.articles[1]
        sides = (Passage(0, 0, 20, one.paragraphs[0].text[:20]) for one in (first, second))
        left, right = sides
        pair = ((first.id, second.id), (first.outlet, second.outlet))
        return (Reuse(*pair, left, right, "edited", 12, first.id), Reuse(*pair, left, right, "verbatim", 9, None))

    def reuse_groups(self) -> list[list[Reuse]]:
        return [list(self.reuse())]

    def flows(self) -> tuple[Flow, ...]:
        one = self.reuse()[0]
        return (Flow(*one.outlets, 2, 21, 0.034, 1, 0), Flow(*one.outlets[::-1], 2, 21, 0.028, 0, 1))

    def near_duplicates(self) -> tuple[NearDuplicate, ...]:
        return (NearDuplicate(self.articles[0].id, self.articles[2].id, 0.84),)

    def omissions(self, ids: Collection[str]) -> tuple[Carried, ...]:
        one = self.articles[0]
        return (
            Carried("passage", one.paragraphs[0].text, {one.outlet: (Span(one.id, 0, 0, 20),)}, ("RT", "Newsweek")),
            Carried("figure", "84 people", {one.outlet: (Span(one.id, 0, 0, 9),), "RT": (Span(one.id, 0, 0, 9),)}, ()),
        )

    def collocates(self, word: str) -> tuple[Collocate, ...]:
        spans = tuple(line.span for line in self.concordance(word)[:2])
        return (Collocate("RT", "deadly", 2, 3, 21.4, 3.2, spans), Collocate("Newsweek", "deadly", 4, 4, 11.0, 1.1, ()))

    def columns(self, pivot: Article, others: Sequence[Article]) -> Columns:
        return columns(pivot, others)

    def compare(self, left: Article, right: Article) -> Comparison:
        rows = []
        theirs = {one.text: number for number, one in enumerate(right.paragraphs)}
        for number, one in enumerate(left.paragraphs):
            mine = Passage(number, 0, len(one.text), one.text)
            if one.text in theirs:
                rows.append(Row("same", mine, Passage(theirs[one.text], 0, len(one.text), one.text), 1.0))
            elif number == 0 and right.paragraphs:
                other = right.paragraphs[0].text
                edit = Edit("replace", one.text[:5], other[:5], 0, 5, 0, 5)
                rows.append(Row("edited", mine, Passage(0, 0, len(other), other), 0.6, (edit,)))
            else:
                rows.append(Row("left", mine, None, 0.0))
        for number, one in enumerate(right.paragraphs[1:], 1):
            if one.text not in {each.text for each in left.paragraphs}:
                rows.append(Row("right", None, Passage(number, 0, len(one.text), one.text), 0.0))
        sides = [Side(one.id, one.outlet, one.title, 100, 40, 0.4) for one in (left, right)]
        return Comparison(sides[0], sides[1], tuple(rows), 12, None, ("both credit Xinhua",))
