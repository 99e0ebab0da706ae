"""Who said what: an article and the names in it in, quotations with speaker, verb and span out.

Direct and partial quotations stand between marks; indirect ones are clauses that a reporting verb governs. A speaker
who cannot be told stays null. Words between marks that nobody is said to have said (scare quotes, titles of works)
are not speech and are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kerman_tui.model import Article, Quote, QuoteKind
from kerman_tui.people.quotes_marks import Marked, marked
from kerman_tui.people.speech_clauses import QUOTE, Frame, Sentence, parse, reports_a_clause
from kerman_tui.people.speech_speakers import Speaker, Speakers

if TYPE_CHECKING:
    from kerman_tui.people.detect import ArticleNames

_SENTENCE_END = (".", "!", "?", "…", ",", "—", "-", ";", ":")
_SHORT_NAME_WORDS = 3
_FREE_STANDING_WORDS = 4


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who a quotation is credited to and by which words; both may be unknown."""

    frame: Frame | None
    speaker: Speaker | None


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
    return tuple(report.quote for report in reports(article, names) if report.clause)


def reports(article: Article, names: ArticleNames | None = None) -> tuple[Report, ...]:
    """All reported speech of ``article``: its quotations, and contents that are less than a clause.

    The latter say who stands behind a figure.
    """
    if names is None:
        from kerman_tui.people.detect import detect

        names = detect(article)
    speakers = Speakers(article, names)
    found: list[Report] = []
    texts = [paragraph.text for paragraph in article.paragraphs]
    title = [(None, article.title)] if article.title else []
    pieces = marked(texts)
    title_pieces = marked([article.title]) if article.title else []
    memory = _Memory()
    for paragraph, text in [*title, *enumerate(texts)]:
        quoted = title_pieces[0] if paragraph is None else pieces[paragraph]
        parsed = parse(text, quoted, title=paragraph is None)
        found.extend(_of_paragraph(article, paragraph, text, quoted, parsed, speakers, memory))
    return tuple(found)


@dataclass(slots=True)
class _Memory:
    """What carries over from one paragraph to the next."""

    last: Attribution | None = None
    """The attribution of the last quotation of the paragraph before, if it had one."""
    colon: Attribution | None = None
    """The speaker whom the paragraph before announces with a colon at its end."""


def _of_paragraph(
    article: Article,
    paragraph: int | None,
    text: str,
    quoted: Sequence[Marked],
    parsed: Sequence[Sentence],
    speakers: Speakers,
    memory: _Memory,
) -> list[Report]:
    found: list[Report] = []
    carried = memory.last
    announced = memory.colon
    memory.last = memory.colon = None
    last: Attribution | None = None
    for sentence in parsed:
        resolved: dict[int, Speaker | None] = {}
        for frame in sentence.frames:
            resolved[frame.at] = speakers.resolve(paragraph, text, frame.speaker, sentence.start)
        for index, number in enumerate(sentence.quote):
            if number < 0:
                continue
            pair = quoted[number]
            inside = text[pair.start : pair.end]
            governing, near = attribute(sentence, index, inside, title=paragraph is None)
            who: Attribution | None = None
            if governing is not None:
                who = Attribution(governing, resolved.get(governing.at))
            elif pair.continued and carried is not None:
                who = carried
            elif _sentence_like(inside):
                alone = index == 0
                if last is not None and alone:
                    who = Attribution(None, last.speaker)
                elif announced is not None and found == []:
                    who = announced
                elif last is None and alone and carried is not None and _stands_alone(text, pair):
                    who = Attribution(None, carried.speaker)
            if who is None and not _is_speech(sentence, index, inside, pair):
                continue
            if governing is not None and _scare(inside, near):
                continue
            kind = _kind(inside)
            speaker = who.speaker if who is not None else None
            verb = who.frame.verb if who is not None and who.frame is not None else None
            found.append(Report(_quote(article, paragraph, pair.start, pair.end, inside, kind, speaker, verb)))
            if who is not None:
                last = who
        found.extend(_indirect(article, paragraph, text, sentence, resolved))
        speakers.remember(paragraph, sentence, resolved)
    memory.last = last
    if last is None and carried is not None and parsed and not found:
        memory.last = None
    if text.rstrip().endswith(":") and parsed and parsed[-1].frames:
        frame = parsed[-1].frames[-1]
        memory.colon = Attribution(frame, speakers.resolve(paragraph, text, frame.speaker, parsed[-1].start))
    found.sort(key=lambda report: (report.quote.start, -report.quote.end))
    return found


# --- which frame a quotation belongs to -------------------------------------------------------------------------


def attribute(sentence: Sentence, index: int, inside: str, *, title: bool) -> tuple[Frame | None, bool]:
    """The frame that governs the quotation at token ``index``, and whether it stands right beside it."""
    starts = sentence.starts
    before = [
        frame for frame in sentence.frames if frame.at < index and (frame.side == "after" or frame.content is None)
    ]
    after = _beside_after(sentence, index)
    lower = inside[:1].islower()
    if before and (lower or after is None):
        # an attribution between two halves of a quotation: “A,” he said, “B”
        frame = before[-1]
        return frame, index - frame.at <= 6
    if after is not None:
        return after, True
    between = [frame for frame in sentence.frames if frame.at < index and frame.side == "before"]
    if between:
        return between[-1], index - between[-1].at <= 6
    if before:
        return before[-1], index - before[-1].at <= 6
    later = [frame for frame in sentence.frames if frame.at > index and frame.side == "before"]
    if later and starts[index] >= (later[0].content or (0, 0))[0]:
        return later[0], False
    if title and sentence.frames:
        return sentence.frames[-1], True
    return None, False


def _beside_after(sentence: Sentence, index: int) -> Frame | None:
    """A frame right after the quotation: “…,” said X; “…,” X said; “…,” according to X."""
    for frame in sentence.frames:
        if frame.at <= index:
            continue
        if frame.side != "before" and not _only_speaker_between(sentence, index, frame):
            continue
        edge = min(frame.at, _token_at(sentence, frame.speaker[0])) if frame.speaker else frame.at
        between = sentence.lows[index + 1 : edge]
        if all(low in (",", "—", "–", "-", "as", ".") or low.endswith("ly") for low in between):
            return frame
        return None
    return None


def _only_speaker_between(sentence: Sentence, index: int, frame: Frame) -> bool:
    if frame.speaker is None or frame.form == "ing":
        return False
    first = _token_at(sentence, frame.speaker[0])
    return index < first <= index + 2


def _token_at(sentence: Sentence, start: int) -> int:
    for at, here in enumerate(sentence.starts):
        if here >= start:
            return at
    return len(sentence.starts)


# --- what is speech ---------------------------------------------------------------------------------------------


def _sentence_like(inside: str) -> bool:
    words = inside.split()
    return (
        len(words) >= _FREE_STANDING_WORDS
        and not inside[:1].islower()
        and (inside.endswith(_SENTENCE_END) or len(words) >= 12)
    ) or (inside.endswith((".", "!", "?", ",")) and len(words) >= 2 and not inside[:1].islower())


def _stands_alone(text: str, pair: Marked) -> bool:
    """The paragraph begins with the quotation and holds nothing but it (and what continues it)."""
    return not text[: pair.outer_start].strip()


def _is_speech(sentence: Sentence, index: int, inside: str, pair: Marked) -> bool:
    """Whether an unattributed quotation reads as speech: a sentence that stands by itself."""
    if pair.continued:
        return True
    if not _sentence_like(inside):
        return False
    return index == 0 or sentence.lows[index - 1] in (":", ",", "—", "–")


def _scare(inside: str, near: bool) -> bool:
    """Names of things and of places between marks: nobody’s words, though a verb of speech stands in the sentence."""
    words = inside.strip(" ,.;:").split()
    if near or not words or len(words) > _SHORT_NAME_WORDS:
        return False
    return all(word[:1].isupper() or word[:1].isdigit() or word in ("of", "the", "and", "for") for word in words)


def _kind(inside: str) -> QuoteKind:
    return "full" if _sentence_like(inside) else "partial"


# --- indirect speech --------------------------------------------------------------------------------------------


def _indirect(
    article: Article, paragraph: int | None, text: str, sentence: Sentence, resolved: dict[int, Speaker | None]
) -> list[Report]:
    reported: list[Report] = []
    for frame in sentence.frames:
        if frame.content is None or frame.speaker is None:
            continue
        start, end = frame.content
        clause = reports_a_clause(sentence, frame) and not _mostly_quoted(sentence, start, end)
        speaker = resolved.get(frame.at)
        quote = _quote(article, paragraph, start, end, text[start:end], "indirect", speaker, frame.verb)
        reported.append(Report(quote, clause))
    return reported


def _mostly_quoted(sentence: Sentence, start: int, end: int) -> bool:
    inside = sum(
        e - s
        for s, e, low in zip(sentence.starts, sentence.ends, sentence.lows, strict=True)
        if low == QUOTE and s >= start and e <= end
    )
    return inside * 3 >= (end - start) * 2


def _quote(
    article: Article,
    paragraph: int | None,
    start: int,
    end: int,
    text: str,
    kind: QuoteKind,
    speaker: Speaker | None,
    verb: str | None,
) -> Quote:
    return Quote(
        article=article.id,
        outlet=article.outlet,
        speaker=speaker.name if speaker else None,
        speaker_text=speaker.text if speaker else None,
        verb=verb,
        text=text,
        kind=kind,
        paragraph=paragraph,
        start=start,
        end=end,
    )
