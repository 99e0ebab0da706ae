"""Words that an outlet prefers, as rows: its key words against all others, and what stands near a word. Corpus in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from kerman_tui.model import Keyword
from kerman_tui.tui import evidence
from kerman_tui.tui.crossing import Crossed, Crossing, CrossRow
from kerman_tui.tui.evidence import Passages
from kerman_tui.tui.gathering import quoted
from kerman_tui.tui.records import REST, Field, Listing, Record

if TYPE_CHECKING:
    from kerman_tui.compare.collocates import Collocate
    from kerman_tui.corpus import Corpus


def key_words() -> Listing:
    """The words that an outlet uses more than all others together, the surest first; each opens its occurrences."""

    def records(corpus: Corpus) -> list[Record]:
        return [
            Record(
                (one.outlet, one.word, f"{one.count:,}", f"{one.rest:,}", f"{one.g2:,.1f}", f"{one.log_ratio:+.1f}"),
                passages=(f"{one.word} in {one.outlet}", _occurrences(one)),
            )
            for one in corpus.wording().keyness
        ]

    fields = (
        Field("outlet", 22, "outlet"), Field("word", REST, "strong"), Field("times", 6, "text", True),
        Field("elsewhere", 9, "muted", True), Field("G²", 8, "text", True), Field("log₂", 6, "text", True),
    )  # fmt: skip
    title = "Key words of each outlet · G²: how sure · log₂: +1 is twice as often as elsewhere"
    return Listing(title, fields, records, "No outlet uses a word more than the others do.")


def _occurrences(one: Keyword) -> Passages:
    return evidence.of_query(f"{quoted(one.word)} outlet:{quoted(one.outlet)}", strict=True)


class Collocates(Crossing):
    """The words that stand near a word or a person, by outlet: how often, and how much more often than elsewhere."""

    fields = (Field("word", 24, "strong"),)
    by_number = False

    def __init__(self, word: str = "") -> None:
        self.word = word
        self.title = f"Near {word} · times (log₂: +1 is twice as often)" if word else "What stands near a word"
        self.nothing = f"Nothing stands near {word} more often than elsewhere." if word else "z asks for a word."

    def rows(self, corpus: Corpus, among: Collection[str] | None) -> Sequence[CrossRow]:
        if not self.word:
            return []
        by_word: dict[str, list[Collocate]] = defaultdict(list)
        for one in corpus.collocates(self.word):
            if among is None or any(span.article in among for span in one.instances):
                by_word[one.word].append(one)
        return [
            CrossRow(
                (word,),
                Crossed(f"{sum(one.near for one in found):,}", sum(one.near for one in found)),
                {one.outlet: Crossed(f"{one.near:,} ({one.log_ratio:+.1f})", one.near) for one in found},
                tuple(found),
            )
            for word, found in sorted(by_word.items(), key=lambda one: -max(row.g2 for row in one[1]))
        ]

    def passages(self, row: CrossRow, outlet: str | None, among: Collection[str] | None) -> tuple[str, Passages]:
        found: Sequence[Collocate] = row.about if isinstance(row.about, tuple) else ()
        spans = [
            span
            for one in found
            if outlet is None or one.outlet == outlet
            for span in one.instances
            if among is None or span.article in among
        ]
        where = f" in {outlet}" if outlet else ""
        name = f"{row.texts[0]} near {self.word}{where}"
        return name, lambda corpus, cancelled, most: evidence.lines_at(corpus, spans, cancelled, most)
