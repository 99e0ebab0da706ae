"""Which screen shows which table: its name in, the screen out."""

from __future__ import annotations

from kerman_tui.tui import records
from kerman_tui.tui.crossing import Matters, Organisations
from kerman_tui.tui.screens.crossing import CrossScreen
from kerman_tui.tui.screens.handing import Handing
from kerman_tui.tui.screens.records import RecordsScreen
from kerman_tui.tui.screens.utterances import UtterancesScreen


def listing_screen(name: str, person: str | None = None) -> Handing:
    """The screen of a table; ``person`` narrows quotations and utterances. Unknown names are a KeyError."""
    if name == "quotations":
        return RecordsScreen(records.quotations(person))
    if name == "utterances":
        return UtterancesScreen(records.utterances(person))
    if name in ("figures", "organisations"):
        return CrossScreen(Matters() if name == "figures" else Organisations())
    made = {"every figure": records.figures, "stories": records.stories, "wording": records.wording}
    return RecordsScreen(made[name]())
