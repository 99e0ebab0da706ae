"""Words for the person: why a hit ranks where it does, and what to ask when nothing was found."""

from __future__ import annotations

from collections.abc import Iterable

from kerman_tui.search.passages import Passage, Sought
from kerman_tui.search.query import ParsedQuery
from kerman_tui.search.reading import Term
from kerman_tui.search.vocabulary import Vocabulary, edit_budget
from kerman_tui.text.tokens import words

MAX_SUGGESTIONS = 5


def why(sought: Sought, found: Iterable[Passage]) -> str:
    """One line such as "soleimani for solemani, 1 letter off; kerman exact; both in the title"."""
    best: dict[int, Term] = {}
    in_title: set[int] = set()
    for passage in found:
        for f in passage.found:
            if f.word not in best or f.term.cost < best[f.word].cost:
                best[f.word] = f.term
            if passage.paragraph is None:
                in_title.add(f.word)
    said = [_reason(sought.readings[word].word.text, best[word]) for word in sorted(best)]
    if in_title and said:
        said.append("in the title" if len(in_title) == len(sought.readings) else f"{len(in_title)} in the title")
    needed = (word for word in range(len(sought.readings)) if word not in sought.alternatives)
    missing = [sought.readings[word].word.text for word in needed if word not in best]
    if missing and said:
        said.append("without " + ", ".join(missing))
    return "; ".join(said)


def by_name(sought: Sought, outlet: str) -> str:
    """For a hit whose text does not show the words: what is known of it that has them."""
    if not sought.readings:
        return ""
    keys = {word.key for word in words(outlet)}
    if any(not keys.isdisjoint(reading.terms) for reading in sought.readings):
        return f"outlet {outlet}"
    return "someone or something it names"


def _reason(typed: str, term: Term) -> str:
    if term.why == "exact":
        return f"{typed} exact"
    if term.why == "typo":
        letters = "1 letter off" if term.edits == 1 else f"{term.edits} letters off"
        return f"{term.key} for {typed}, {letters}"
    return f"{term.key} for {typed}"


def suggestions(parsed: ParsedQuery, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Nearest words of the corpus put in place of words that it does not have; without a quotation left open."""
    found: list[str] = []
    text, mark = parsed.text, parsed.unclosed
    if mark is not None:
        text = text[:mark] + text[mark + 1 :]
    for word in parsed.words():
        if vocabulary.count(word.key) or parsed.text[word.start : word.end] != word.text:
            continue
        start, end = (at - (mark is not None and at > mark) for at in (word.start, word.end))
        for candidate in vocabulary.corrections(word.key, edit_budget(len(word.key)) + 2, 3):
            query = text[:start] + candidate.word + text[end:]
            if query not in found:
                found.append(query)
    return tuple(found[:MAX_SUGGESTIONS])
