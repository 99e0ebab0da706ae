"""Words for the person: why a hit ranks where it does, and what to ask when nothing was found."""

from __future__ import annotations

from kerman_tui.model import Article
from kerman_tui.search.plan import Plan
from kerman_tui.search.query import ParsedQuery
from kerman_tui.search.reading import Reading, Term
from kerman_tui.search.stream import Folded
from kerman_tui.search.vocabulary import Vocabulary, edit_budget

MAX_SUGGESTIONS = 5


def why(plan: Plan, article: Article, folded: Folded) -> str:
    """One line such as "soleimani for solemani (1 letter), kerman exact; both in the title"."""
    keys = set(folded.title).union(*folded.paragraphs)
    said: list[str] = []
    missing: list[str] = []
    in_title = 0
    for reading in plan.sought.readings:
        best = min((t for k, t in reading.terms.items() if k in keys), key=lambda t: t.cost, default=None)
        if best is None:
            if not any(pair.first in keys and pair.second in keys for pair in reading.pairs):
                missing.append(reading.word.text)
            else:
                said.append(f"{reading.word.text} as two words")
            continue
        said.append(_reason(reading, best))
        in_title += best.key in folded.title
    if in_title:
        said.append("in the title" if in_title == len(plan.sought.readings) else f"{in_title} in the title")
    if missing:
        said.append("without " + ", ".join(missing))
    return "; ".join(said)


def _reason(reading: Reading, term: Term) -> str:
    typed = reading.word.text
    if term.why == "exact":
        return f"{typed} exact"
    if term.why == "typo":
        letters = "1 letter off" if term.edits == 1 else f"{term.edits} letters off"
        return f"{term.key} for {typed}, {letters}"
    return f"{term.key} for {typed}"


def suggestions(parsed: ParsedQuery, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Nearest words of the corpus put in place of words that it does not have."""
    found: list[str] = []
    for word in parsed.words():
        if vocabulary.count(word.key):
            continue
        for candidate in vocabulary.corrections(word.key, edit_budget(len(word.key)) + 2, 3):
            query = parsed.text[: word.start] + candidate.word + parsed.text[word.end :]
            if query not in found:
                found.append(query)
    return tuple(found[:MAX_SUGGESTIONS])
