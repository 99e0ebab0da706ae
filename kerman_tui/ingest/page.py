"""Lines of one scraped article in, a draft out: headline, captions, byline, date, and the body without the page.

The article's first and last lines are those of whatever its title, date, byline and text were taken from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kerman_tui.ingest import dates, furniture, outlets
from kerman_tui.ingest.draft import Draft, clean_title, opening_words, within_limits
from kerman_tui.ingest.lines import BULLET, Line
from kerman_tui.model import DateEvidence, Paragraph, ParagraphKind
from kerman_tui.text.fold import fold

_HEAD_LINES = 60
_TITLE_WORDS = 40
_CAPTION_WORDS = 16
_HEADING_WORDS = 10
_TEXT_LINES = 10
_LEFTOVER_WORDS = 6
_WEEKDAY = re.compile(r"\b(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\b", re.IGNORECASE)
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d{1,2} ?[ap]\.?m\b", re.IGNORECASE)
_DATELINE = re.compile(r"[A-Z][\w .,’'/-]{1,60}(?:\([A-Z][^)]{1,30}\)|\b[A-Z]{2,}\b)\s*[-–—]{1,2}\s")
_CHANGED = re.compile(r"\b(?:updated|modified|edited|last)\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_DATE_WORDS = frozenset(
    "at on am pm edt est gmt utc ist bst cet published posted updated modified created last first date of the by "
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "et ct mt pt".split()
)
_GLUED_DATE = re.compile(
    r"^(?:date|published|posted|updated)\W{0,3}(?:\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})\s+(?=\S.{15})", re.I
)
_ADDRESS = re.compile(r"https?://[^\s<>\"]{4,2000}", re.IGNORECASE)


@dataclass(slots=True)
class _Found:
    """What has been gathered so far about the article that is being read."""

    title: str = ""
    title_lines: list[int] = field(default_factory=list)
    published: str | None = None
    evidence: DateEvidence = "none"
    loose: str | None = None
    order: dates.Order | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    used: list[int] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    ends: dict[int, int] = field(default_factory=dict)
    """The first line of each paragraph to its last."""


def same(a: str, b: str) -> bool:
    """Whether two lines are the same headline: equal but for case, quotes and white space."""
    return a == b or (abs(len(a) - len(b)) < 8 and _key(a) == _key(b))


def _key(text: str) -> str:
    return " ".join(fold(word) for word in text.split())


def article_of(lines: Sequence[Line], *, listed: bool = False) -> Draft | None:
    """The article that these lines hold, or ``None`` where there is no text.

    ``listed``: the lines are one entry of a listing page, so the first is known to be the headline.
    """
    found = _Found()
    rest = _read_head(lines, found, listed)
    _read_body(lines[rest:], found)
    paragraphs = within_limits(found.body)
    if not paragraphs and not found.title:
        return None
    if not paragraphs:
        first = found.title_lines[0] if found.title_lines else lines[0].number
        paragraphs = (Paragraph(found.title, first),)
    used = [*found.used, *found.title_lines, *(p.line for p in found.body)]
    return Draft(
        title=clean_title(found.title or opening_words(paragraphs)),
        paragraphs=paragraphs,
        start_line=min(used),
        end_line=max(found.ends.get(line, line) for line in used),
        title_lines=tuple(found.title_lines),
        published=found.published,
        date_evidence=found.evidence,
        loose_date=found.loose,
        date_order=found.order,
        byline=found.byline,
        outlet=found.outlet,
        url=found.url,
    )


def bare_article(line: Line) -> Draft:
    """The article of a text that is one line, whatever the line looks like."""
    return Draft(
        title=clean_title(line.text),
        paragraphs=within_limits([Paragraph(line.text, line.number)]),
        start_line=line.number,
        end_line=line.last,
        title_lines=(line.number,),
    )


def _read_head(lines: Sequence[Line], found: _Found, listed: bool) -> int:
    """Find headline, date and byline above the body; return the index of the first line of the body."""
    if listed:
        found.title, found.title_lines = lines[0].text, [lines[0].number]
        title_at, prose_at = 0, _first_prose(lines, 1)
    else:
        prose_at = _first_prose(lines, 0)
        title_at = _find_title(lines, prose_at, found)
    for index in range(max(title_at, 0)):
        found.outlet = found.outlet or _masthead(lines[index].text)
        _note(lines[index], found, above=True, adjacent=index == title_at - 1)
    if title_at < 0:
        return 0
    for index in range(title_at + 1, prose_at):
        line = lines[index]
        if same(line.text, found.title):
            found.title_lines.append(line.number)
        elif _note(line, found, above=False, adjacent=True) or furniture.is_furniture(line.text):
            continue
        else:
            found.body.append(Paragraph(line.text, line.number, _kind_under_title(lines, index, found.title)))
            found.ends[line.number] = line.last
    return max(prose_at, title_at + 1)


def _masthead(text: str) -> str | None:
    """The outlet whose name a line above the headline is; a single word ("Time", "Sky") says too little."""
    return outlets.known_outlet(text) if 2 <= furniture.word_count(text) <= _HEADING_WORDS else None


def _first_prose(lines: Sequence[Line], start: int) -> int:
    """The index of the first line of running text, or the end of what may be a head."""
    for index in range(start, min(len(lines), start + _HEAD_LINES)):
        text = lines[index].text
        opens = _DATELINE.match(text) and furniture.ends_sentence(text)  # "TEHRAN (IRNA) - The minister said ..."
        if (opens or furniture.is_prose(text)) and not furniture.is_furniture(text):
            return index
    return min(len(lines), start + _HEAD_LINES)


def _find_title(lines: Sequence[Line], prose_at: int, found: _Found) -> int:
    """Choose the headline among the lines above the body: one printed twice, else the first of some length."""
    candidates = [
        index for index in range(prose_at) if not _is_about(lines[index].text) and not _is_dropped(lines[index].text)
    ]
    if not candidates:
        # the first line of a text is its headline even when it ends as a sentence, if it is short and more follows
        if prose_at < len(lines) and _DATELINE.match(lines[prose_at].text):
            return -1
        short = prose_at < len(lines) - 1 and furniture.word_count(lines[prose_at].text) <= _TITLE_WORDS
        if not short or len(lines[prose_at].text) > 200 or not lines[prose_at + 1].gap:
            return -1
        candidates = [prose_at]
    candidates = _about_the_text(lines, candidates, prose_at)
    texts = [_without_glued_date(lines[index].text) for index in candidates]
    counts = Counter(map(_key, texts))
    choice = next(
        (i for i, text in enumerate(texts) if counts[_key(text)] > 1 and furniture.word_count(text) >= 3),
        next((i for i, text in enumerate(texts) if furniture.word_count(text) >= 4 and _may_be_title(text)), None),
    )
    if choice is None:
        choice = max(range(len(texts)), key=lambda i: (_may_be_title(texts[i]), furniture.word_count(texts[i]), -i))
    found.title = texts[choice]
    found.title_lines = [lines[candidates[choice]].number]
    return candidates[choice]


def _about_the_text(lines: Sequence[Line], candidates: list[int], prose_at: int) -> list[int]:
    """The candidates without those that share no word with the text, if another shares many."""
    body = _keys(" ".join(line.text for line in lines[prose_at : prose_at + _TEXT_LINES]))
    shared = [len(keys & body) / len(keys) if (keys := _keys(lines[index].text)) else 0.0 for index in candidates]
    if max(shared) < 0.25:
        return candidates
    return [index for index, share in zip(candidates, shared, strict=True) if share > 0]


def _keys(text: str) -> set[str]:
    return {fold(word)[:7] for word in _LETTERS.findall(text) if len(word) > 3}


def _may_be_title(text: str) -> bool:
    return not furniture.ends_sentence(text.rstrip("?!"))


def _without_glued_date(text: str) -> str:
    """A headline without the date that a template printed on the same line; such a date is the page's, not its."""
    return _GLUED_DATE.sub("", text)


def _is_about(text: str) -> bool:
    return furniture.byline(text) is not None or date_of_line(text) is not None or bool(_ADDRESS.fullmatch(text))


def _is_dropped(text: str) -> bool:
    return furniture.is_furniture(text) or furniture.is_credit(text)


def date_of_line(text: str) -> dates.Reading | None:
    """The date of a line that says little else, or ``None`` where the line is something else."""
    if len(text) > 120 or not any(c.isdigit() for c in text):
        return None
    reading = dates.read_date(text)
    if reading == dates.NOTHING:
        return None
    words = [w.lower() for w in _LETTERS.findall(text)]
    other = [w for w in words if w not in _DATE_WORDS and not dates.is_month(w)]
    return reading if len(other) <= 2 else None


def _note(line: Line, found: _Found, *, above: bool, adjacent: bool) -> bool:
    """Take date, byline or address from a line around the headline; whether the line was one of these.

    Above the headline a bare date may be the site's own (today's); it is believed when it has a label or a time of day,
    or stands right at the headline without a weekday.
    """
    if (who := furniture.byline(line.text)) is not None:
        if found.byline is None:
            found.byline = clean_title(who)
            found.used.append(line.number)
        return True
    if _ADDRESS.fullmatch(line.text):
        found.url = found.url or line.text
        return True
    reading = date_of_line(line.text)
    if reading is None:
        return False
    label = furniture.table().labels.match(line.text)
    changed = bool(_CHANGED.search(line.text))
    labelled = label is not None and not label.group().lower().startswith("date ")
    clocked = bool(_CLOCK.search(line.text))
    near = adjacent and not _WEEKDAY.search(line.text)
    believed = not above or (not changed and (labelled or clocked or near))
    if believed and found.published is None and found.loose is None:
        found.published, found.loose, found.order = reading.iso, reading.loose, reading.order
        found.evidence = "page" if reading.iso else "none"
        found.used.append(line.number)
    return True


def _kind_under_title(lines: Sequence[Line], index: int, title: str) -> ParagraphKind:
    """A line between headline and body is a caption when it reads like the name of a picture, else a deck."""
    text = lines[index].text
    if furniture.is_credit(text):
        return "caption"
    count = furniture.word_count(text)
    below = lines[index + 1] if index + 1 < len(lines) else None
    named = count <= _HEADING_WORDS and not furniture.ends_sentence(text)
    if named and below is not None and not below.gap and not same(below.text, title):
        return "caption"
    above = lines[index - 1]
    if not lines[index].gap and index >= 1 and furniture.word_count(above.text) <= _HEADING_WORDS:
        return "caption"
    return "caption" if count <= _CAPTION_WORDS and not furniture.ends_sentence(text) and _names_only(text) else "body"


def _names_only(text: str) -> bool:
    """Whether nearly every word of some length has a capital, as in the alternative text of a picture."""
    words = [w for w in _LETTERS.findall(text) if len(w) > 3]
    return not words or sum(w[0].isupper() for w in words) >= 0.75 * len(words)


def _read_body(lines: Sequence[Line], found: _Found) -> None:
    """Take the paragraphs up to where the page goes on without the article."""
    copies = Counter(line.text for line in lines if len(line.text) > 40)
    end = _end_of_body(lines)
    kinds = dict(_captions(lines[:end]))
    kept_at = -1
    for index, line in enumerate(lines[:end]):
        if found.title and same(line.text, found.title):
            found.title_lines.append(line.number)
            continue
        if furniture.is_furniture(line.text) or (not found.body and _note(line, found, above=False, adjacent=True)):
            continue
        if copies[line.text] > 1 and found.body and found.body[-1].text == line.text:
            continue
        if kept_at == index - 1 and _joins(found.body, line, kinds.get(index)):
            last = found.body[-1]
            found.body[-1] = Paragraph(f"{last.text} {line.text}", last.line, last.kind)
            found.ends[last.line] = line.last
        else:
            found.body.append(Paragraph(line.text, line.number, kinds.get(index, "body")))
            found.ends[line.number] = line.last
        kept_at = index
    _drop_leftovers(found.body, lines[:end])
    if end < len(lines):
        _drop_tail(found.body, copies)
        _read_writer(lines[end:], found)
    _mark_headings(found.body)


def _end_of_body(lines: Sequence[Line]) -> int:
    seen = 0
    for index, line in enumerate(lines):
        if seen >= 1 and furniture.ends_article(line.text) and _little_follows(lines, index, seen):
            return index
        seen += furniture.is_prose(line.text)
    return len(lines)


def _little_follows(lines: Sequence[Line], index: int, seen: int) -> bool:
    """Whether less running text follows than stood before: "More news" in the middle of an article ends nothing."""
    after = 0
    for line in lines[index + 1 :]:
        after += furniture.is_prose(line.text)
        if after > seen:
            return False
    return True


def _captions(lines: Sequence[Line]) -> Iterator[tuple[int, ParagraphKind]]:
    """Lines that belong to a picture: a credit, or a name with its description right under it, no blank between."""
    for index, line in enumerate(lines):
        if furniture.is_credit(line.text):
            yield index, "caption"
        if index + 1 >= len(lines) or lines[index + 1].gap or not line.gap:
            continue
        below, after = lines[index + 1], lines[index + 2] if index + 2 < len(lines) else None
        named = furniture.word_count(line.text) <= _HEADING_WORDS and not furniture.ends_sentence(line.text)
        alone = after is None or after.gap
        described = furniture.word_count(below.text) >= 6 and not below.text[:1].islower()
        if named and alone and described and _names_only(line.text) and not BULLET.match(line.text):
            yield index, "caption"
            yield index + 1, "caption"


def _joins(body: Sequence[Paragraph], line: Line, kind: ParagraphKind | None) -> bool:
    """Whether a line goes on with the sentence that the line right above it broke off."""
    if line.gap or not body or kind or body[-1].kind != "body":
        return False
    last = body[-1].text
    return line.text[:1].islower() and not furniture.ends_sentence(last)


def _drop_leftovers(body: list[Paragraph], lines: Sequence[Line]) -> None:
    """Below the last running text, furniture takes the bare phrases beside it along: they are of the same footer."""
    prose = max((line.number for line in lines if furniture.is_prose(line.text)), default=0)
    if not any(line.number > prose and furniture.is_furniture(line.text) for line in lines):
        return
    while len(body) > 1 and body[-1].line > prose and furniture.word_count(body[-1].text) <= _LEFTOVER_WORDS:
        if furniture.ends_sentence(body[-1].text):
            return
        body.pop()


def _drop_tail(body: list[Paragraph], copies: Counter[str]) -> None:
    """Where the page goes on after the article, drop what a template put between: repeated lines and bare headings."""
    dropped = True
    while dropped and len(body) > 1:
        text = body[-1].text
        repeated = copies[text] > 1
        heading = furniture.word_count(text) <= _HEADING_WORDS and not furniture.ends_sentence(text)
        dropped = repeated or heading
        if dropped:
            body.pop()


def _read_writer(lines: Sequence[Line], found: _Found) -> None:
    if found.byline is not None or not furniture.table().writer.fullmatch(lines[0].text):
        return
    for line in lines[1:4]:
        if (who := furniture.writer_of_note(line.text)) is not None:
            found.byline = who
            found.used.append(line.number)
            return


def _mark_headings(body: list[Paragraph]) -> None:
    """A short line without a final stop between paragraphs of running text is a heading inside the article."""
    for index in range(1, len(body) - 1):
        paragraph = body[index]
        if (
            paragraph.kind == "body"
            and len(paragraph.text) <= 100
            and not furniture.ends_sentence(paragraph.text.rstrip("?!"))
            and furniture.word_count(paragraph.text) <= _HEADING_WORDS
            and not BULLET.match(paragraph.text)
            and furniture.is_prose(body[index + 1].text)
            and furniture.ends_sentence(body[index - 1].text)
        ):
            body[index] = Paragraph(paragraph.text, paragraph.line, "heading")
