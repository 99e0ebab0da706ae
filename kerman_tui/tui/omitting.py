"""The omission table of a story: its passages, people and figures down, its outlets across. Corpus in, rows out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from kerman_tui.model import Span
from kerman_tui.tui import evidence
from kerman_tui.tui.crossing import Crossed, Crossing, CrossRow
from kerman_tui.tui.evidence import Passages
from kerman_tui.tui.records import Field

if TYPE_CHECKING:
    from kerman_tui.compare.omissions import Carried
    from kerman_tui.corpus import Corpus

MISSING = Crossed("–", 0, "left", "")


class Omissions(Crossing):
    """What the outlets of a story carry; on ``–``, Enter shows where the others have it."""

    fields = (Field("passage, person or figure", 34, "text"), Field("kind", 7, "muted"))
    nothing = "The articles of this story share no passage, person or figure."
    by_number = False

    def __init__(self, title: str, ids: Sequence[str]) -> None:
        self.title = f"Who carries what · – left out · {title}"
        self._ids = tuple(ids)

    def rows(self, corpus: Corpus, among: Collection[str] | None) -> Sequence[CrossRow]:
        ids = [id_ for id_ in self._ids if among is None or id_ in among]
        return [self._row(one) for one in corpus.omissions(ids)]

    def _row(self, one: Carried) -> CrossRow:
        cells = {outlet: Crossed(f"{len(spans):,}", len(spans)) for outlet, spans in one.outlets.items()}
        missing = dict.fromkeys(one.missing, MISSING)
        note = f"left out by {', '.join(one.missing)}" if one.missing else "every outlet of this story carries it"
        whole = Crossed(f"{len(one.outlets)} of {len(one.outlets) + len(one.missing)}", len(one.outlets))
        return CrossRow((one.what, one.kind), whole, {**cells, **missing}, one, note)

    def passages(self, row: CrossRow, outlet: str | None, among: Collection[str] | None) -> tuple[str, Passages]:
        carried: Carried = row.about  # type: ignore[assignment]
        left_out = outlet is not None and outlet not in carried.outlets
        spans: list[Span] = [
            span for by, found in carried.outlets.items() if outlet in (None, by) or left_out for span in found
        ]
        what = carried.what if len(carried.what) <= 60 else carried.what[:59] + "…"
        where = "" if outlet is None else f", left out by {outlet}" if left_out else f" in {outlet}"
        return f"{what}{where}", lambda corpus, cancelled, most: evidence.lines_at(corpus, spans, cancelled, most)
