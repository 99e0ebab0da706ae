"""All keys, those of the focused pane first, from the registry of actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from kerman_tui.tui.actions import HEADINGS, Where, bindings, in_order, keys_of, shown
from kerman_tui.tui.screens.room import RoomScreen
from kerman_tui.tui.widgets.texts import TextLine, TextView

KEYS_WIDTH = 20
QUERIES: Sequence[tuple[str, str]] = (
    ("bomb kerman", "both words, in any order, forgiving typing errors"),
    ("'exact", "this word as it is written"),
    ('"a phrase"', "these words in a row"),
    ('"a b"~5', "within five words of each other"),
    ("^title", "the title begins so"),
    ("end$", "the title ends so"),
    ("!not", "articles without this word"),
    ("a | b", "either; ( ) group"),
    ('outlet:RT  person:"Ebrahim Raisi"  org:  country:', "only these; also title: lang: source: story: tag:"),
    ("date:2024-01-03..2024-01-05", "only these days; also date:yesterday"),
)


class HelpScreen(RoomScreen):
    """The keys and the query language."""

    BINDINGS: ClassVar[list[BindingType]] = [one for one in bindings("table") if getattr(one, "id", "") == "table.back"]

    def __init__(self, wheres: Sequence[Where]) -> None:
        super().__init__()
        self._first = wheres

    def body(self) -> Iterable[Widget]:
        yield TextView("Keys", self.lines(), id="text")

    def lines(self) -> list[TextLine]:
        """Headings, keys and what they do; the query language stands before what is not at hand."""
        found: list[TextLine] = []
        first = [where for where in dict.fromkeys((*self._first, "move")) if where != "everywhere"]
        for where, actions in in_order([*first, "everywhere"]):
            found += [(), ((f"  {HEADINGS[where]}", "heading"),)]
            for action in actions:
                keys = " ".join(shown(key) for key in keys_of(action, self.host.keymap))
                found.append(((f"  {keys:<{KEYS_WIDTH}}", "strong"), (action.help, "text")))
            if where == "everywhere":
                found += [(), (("  What can be typed into the search field", "heading"),)]
                found += [((f"  {query:<{KEYS_WIDTH}}  ", "strong"), (what, "text")) for query, what in QUERIES]
        return found

    def on_mount(self) -> None:
        self.query_one(TextView).focus()

    def show_keys(self) -> None:
        """Nothing but going back can be done here."""
