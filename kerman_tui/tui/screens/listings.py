"""Which screen shows which table: its name in, the screen out."""

from __future__ import annotations

from kerman_tui.tui import records, sharing, wordings
from kerman_tui.tui.crossing import Matters, Organisations, Verbs
from kerman_tui.tui.screens.collocates import CollocatesScreen
from kerman_tui.tui.screens.crossing import CrossScreen
from kerman_tui.tui.screens.handing import Handing
from kerman_tui.tui.screens.records import RecordsScreen
from kerman_tui.tui.screens.utterances import UtterancesScreen

_RECORDS = {
    "every figure": records.figures,
    "stories": records.stories,
    "wording": records.wording,
    "key words": wordings.key_words,
    "reuse": sharing.reuse,
    "flows between outlets": sharing.flows,
    "near-duplicates": sharing.near_duplicates,
}
_CROSSINGS = {"figures": Matters, "organisations": Organisations, "reporting verbs": Verbs}


def listing_screen(name: str, person: str | None = None) -> Handing:
    """The screen of a table; ``person`` narrows quotations and utterances. Unknown names are a KeyError."""
    screen: Handing
    if name == "quotations":
        screen = RecordsScreen(records.quotations(person))
    elif name == "utterances":
        screen = UtterancesScreen(records.utterances(person))
    elif name == "collocates":
        screen = CollocatesScreen()
    elif name in _CROSSINGS:
        screen = CrossScreen(_CROSSINGS[name]())
    else:
        screen = RecordsScreen(_RECORDS[name]())
    screen.view = name
    return screen
