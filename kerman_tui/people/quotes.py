"""Who said what: an article and the names in it in, quotations with speaker, verb and span out.

Direct and partial quotations stand between marks; indirect ones are clauses that a reporting verb governs. A speaker
who cannot be told stays null. Words between marks that nobody is said to have said (scare quotes, titles of works)
are not speech and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kerman_tui.model import Article, Quote, QuoteKind
from kerman_tui.people.quotes_attribution import attribute, is_scare, sentence_like, stands_as_speech
from kerman_tui.people.quotes_marks import Marked, marked
from kerman_tui.people.quotes_transcript import Turn, turns
from kerman_tui.people.speech_clauses import Frame, frames, reports_a_clause
from kerman_tui.people.speech_sentences import QUOTE, Sentence, parse
from kerman_tui.people.speech_speakers import Speaker, Speakers
from kerman_tui.people.speech_words import lexicon
from kerman_tui.text.fold import fold

if TYPE_CHECKING:
    from kerman_tui.people.detect import ArticleNames

_SIGNATURE = re.compile(r"\s*[-–—―]+\s*(?P<who>[A-Z][^,.;:(]{1,60})(?:[,.;:(].{0,80})?\s*\Z")
_SIGNED = re.compile(
    r"\s{0,3}[-–—―]{1,2}\s{0,3}(?P<who>[A-ZÀ-Þ][\w.'’-]*(?: (?:(?:de|van|von|bin|al) )?[A-ZÀ-Þ][\w.'’-]*){1,4})"
    r"(?=\s*+\Z|[^\S\n]*+(?:\n|[,.]?\s*+[\"“”]))"
)
"""A signature right behind the quotation, with the next quotation or nothing behind it."""
_WORD = re.compile(r"[^\W_]+")
_STEM_LETTERS = 6
_PUT_AT = 10


@dataclass(frozen=True, slots=True)
class Report:
    """Something that is said to have been said. ``clause`` is false for a thing ("reported the deaths of two")."""

    quote: Quote
    clause: bool = True


def quotes(article: Article, names: ArticleNames | None = None) -> tuple[Quote, ...]:
    """All quotations of ``article`` in the order in which they stand, the title first.

    ``names`` are the people that were detected in it; without them they are detected here. A quotation over several
    paragraphs gives one Quote a paragraph, all with one speaker.
    """
    return quotes_of(reports(article, names))


def quotes_of(said: Sequence[Report]) -> tuple[Quote, ...]:
    """The quotations among reports."""
    return tuple(report.quote for report in said if report.clause)


def clauses_around(found: Sequence[Quote]) -> list[Quote | None]:
    """For each quotation the reported clause it stands in ("that the plan was “a loss” for her"), if it is in one.

    ``found`` are quotations of any articles, in any order. Of several clauses the shortest is given.
    """
    clauses: dict[tuple[str, int | None], list[Quote]] = {}
    for one in found:
        if one.kind == "indirect":
            clauses.setdefault((one.article, one.paragraph), []).append(one)
    around: list[Quote | None] = []
    for one in found:
        holding = [
            clause for clause in clauses.get((one.article, one.paragraph), ())
            if one.kind != "indirect" and clause.start <= one.start and one.end <= clause.end
        ]  # fmt: skip
        around.append(min(holding, key=lambda clause: clause.end - clause.start, default=None))
    return around


def reports(article: Article, names: ArticleNames | None = None) -> tuple[Report, ...]:
    """All reported speech of ``article``: its quotations, and contents that are less than a clause.

    The latter say who stands behind a figure.
    """
    if names is None:
        from kerman_tui.people.detect import detect

        names = detect(article)
    reader = _Reader(article, Speakers(article, names))
    if article.title:
        reader.read(None, article.title, marked([article.title])[0])
    texts = [paragraph.text for paragraph in article.paragraphs]
    spoken = turns(texts)
    for number, (text, quoted) in enumerate(zip(texts, marked(texts), strict=True)):
        if number in spoken:
            reader.take_turn(spoken[number], text)
        else:
            reader.read(number, text, quoted)
    return _with_headline(reader.found)


@dataclass(frozen=True, slots=True)
class _Attribution:
    """Whom a quotation is credited to and by which word; both may be unknown."""

    speaker: Speaker | None
    verb: str | None = None


class _Reader:
    """Reads the paragraphs of one article in order and collects what is said in them."""

    def __init__(self, article: Article, speakers: Speakers) -> None:
        self.article = article
        self.speakers = speakers
        self.found: list[Report] = []
        self._last: _Attribution | None = None
        """Of the last quotation of the paragraph before, if it had a speaker."""
        self._announced: _Attribution | None = None
        """Whom the paragraph before announces with a colon at its end."""
        self._unsigned: int | None = None
        """The place in ``found`` of the quotation that the paragraph before consists of, if nobody signs it."""

    def read(self, paragraph: int | None, text: str, quoted: Sequence[Marked]) -> None:
        if self._unsigned is not None and not quoted and self._sign(text):
            return
        carried, announced = self._last, self._announced
        self._last = self._announced = self._unsigned = None
        first = len(self.found)
        last: _Attribution | None = None
        for sentence in parse(text, quoted, title=paragraph is None):
            governing = frames(sentence, title=paragraph is None)
            resolved = {
                frame.at: self.speakers.resolve(paragraph, text, frame.speaker, sentence.start) for frame in governing
            }
            for index, number in enumerate(sentence.quote):
                if number < 0:
                    continue
                pair = quoted[number]
                inside = text[pair.start : pair.end]
                frame = attribute(sentence, governing, index, inside)
                who: _Attribution | None = None
                if frame is not None:
                    if is_scare(sentence, index, inside, frame):
                        continue
                    who = _Attribution(resolved[frame.at], frame.verb)
                elif paragraph is not None:
                    if not stands_as_speech(sentence, index, inside, pair):
                        continue
                    alone = index == 0 and not text[: pair.outer_start].strip()
                    who = self._signed(text, pair) or self._without_frame(
                        pair, index, last, carried, announced, alone, len(self.found) == first
                    )
                    if alone and who is None and not text[pair.outer_end :].strip():
                        self._unsigned = len(self.found)
                self._add(paragraph, pair.start, pair.end, inside, "full" if sentence_like(inside) else "partial", who)
                last = who if who is not None else last
            self._indirect(paragraph, text, sentence, governing, resolved)
            self.speakers.remember(paragraph, sentence, governing, resolved)
            if governing and text.endswith(":") and sentence.end == len(text):
                self._announced = _Attribution(resolved[governing[-1].at], governing[-1].verb)
        self._last = last
        self.found[first:] = sorted(self.found[first:], key=lambda report: (report.quote.start, -report.quote.end))

    def take_turn(self, turn: Turn, text: str) -> None:
        """Take a paragraph of a transcript as what its speaker says."""
        who = turn.who.title()
        speaker = Speaker(turn.who, self.speakers.named(who) or self.speakers.named(who.split()[-1]))
        self._last = self._announced = self._unsigned = None
        self._add(turn.paragraph, turn.start, turn.end, text[turn.start : turn.end], "full", _Attribution(speaker))

    def _signed(self, text: str, pair: Marked) -> _Attribution | None:
        """Whose name stands behind a dash right after a quotation: “…” ― Ann Telder."""
        match = _SIGNED.match(text, pair.outer_end)
        if match is None:
            return None
        who = match.group("who").strip()
        return _Attribution(Speaker(who, self.speakers.named(who)))

    @staticmethod
    def _without_frame(
        pair: Marked,
        index: int,
        last: _Attribution | None,
        carried: _Attribution | None,
        announced: _Attribution | None,
        alone: bool,
        first: bool,
    ) -> _Attribution | None:
        """Whose quotation it is that no verb governs: whoever speaks already, or is announced."""
        if pair.continued and carried is not None:
            return carried
        if last is not None and index == 0:
            return _Attribution(last.speaker)
        if announced is not None and first:
            return announced
        if carried is not None and alone:
            return _Attribution(carried.speaker)
        return None

    def _sign(self, text: str) -> bool:
        """Take a line such as "— Ann Telder, Bridgetown" as the signature of the quotation above it."""
        match = _SIGNATURE.match(text)
        at, self._unsigned = self._unsigned, None
        if match is None or at is None:
            return False
        who = match.group("who").strip()
        self.found[at] = Report(replace(self.found[at].quote, speaker_text=who, speaker=self.speakers.named(who)))
        return True

    def _indirect(
        self,
        paragraph: int | None,
        text: str,
        sentence: Sentence,
        governing: Sequence[Frame],
        resolved: dict[int, Speaker | None],
    ) -> None:
        for frame in governing:
            if frame.content is None:
                continue
            start, end = frame.content
            if frame.speaker is None and QUOTE not in sentence.lows[sentence.at(start) : sentence.at(end)]:
                continue
            clause = reports_a_clause(sentence, frame) and not _mostly_quoted(sentence, start, end)
            if not clause and not _counts(sentence, frame):
                continue
            self._add(
                paragraph, start, end, text[start:end], "indirect", _Attribution(resolved[frame.at], frame.verb), clause
            )

    def _add(
        self,
        paragraph: int | None,
        start: int,
        end: int,
        text: str,
        kind: QuoteKind,
        who: _Attribution | None,
        clause: bool = True,
    ) -> None:
        speaker = who.speaker if who is not None else None
        quote = Quote(
            article=self.article.id,
            outlet=self.article.outlet,
            speaker=speaker.name if speaker is not None else None,
            speaker_text=speaker.text if speaker is not None else None,
            verb=who.verb if who is not None else None,
            text=text,
            kind=kind,
            paragraph=paragraph,
            start=start,
            end=end,
        )
        self.found.append(Report(quote, clause))


def _counts(sentence: Sentence, frame: Frame) -> bool:
    """Whether a verb gives a number though no clause follows: reported 84 deaths, put the toll at 84."""
    if frame.base not in lexicon().counting:
        return False
    return frame.base != "put" or "at" in sentence.lows[frame.at : frame.at + _PUT_AT]


def _mostly_quoted(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a clause says hardly more than the one quotation in it."""
    first, last = sentence.at(start), sentence.at(end)
    if sentence.lows[first:last].count(QUOTE) > 1:
        return False
    inside = sum(sentence.ends[i] - sentence.starts[i] for i in range(first, last) if sentence.lows[i] == QUOTE)
    return inside * 3 >= (end - start) * 2


def _with_headline(found: list[Report]) -> tuple[Report, ...]:
    """Give the quotations of a headline that no verb governs to whoever says the same in the body; drop lone words."""
    kept: list[Report] = []
    for report in found:
        quote = report.quote
        if quote.paragraph is not None or quote.verb is not None or quote.kind == "indirect":
            kept.append(report)
            continue
        stems = _stems(quote.text)
        said = next(
            (other.quote for other in found if other.quote.paragraph is not None and other.quote.kind != "indirect"
             and other.quote.speaker_text and stems and stems <= _stems(other.quote.text)),
            None,
        )  # fmt: skip
        if said is not None:
            kept.append(Report(replace(quote, speaker=said.speaker, speaker_text=said.speaker_text)))
        elif len(stems) > 1:
            kept.append(report)
    return tuple(kept)


def _stems(text: str) -> frozenset[str]:
    return frozenset(fold(word)[:_STEM_LETTERS] for word in _WORD.findall(text))
