"""The corpora she can go to: those kept under a name, and folders and files that were open before."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kerman_tui.ingest import library
from kerman_tui.text.safe import visible
from kerman_tui.tui.opening import NAMED
from kerman_tui.tui.widgets.choices import Choice


def others(here: str, places: Iterable[str]) -> list[Choice]:
    """Every corpus but ``here``, kept ones first; ``places`` are names in the state, the last used first."""
    found = [
        Choice(
            f"{NAMED}{one.name}", visible(one.name), visible(one.problem or ", ".join(one.paths)), f"{one.articles:,}"
        )
        for one in library.entries()
    ]
    for place in places:
        paths = [Path(path) for path in place.split("\n")]
        if not place.startswith(NAMED) and place and all(path.exists() for path in paths):
            names = ", ".join(visible(path.name or str(path)) for path in paths[:3])
            found.append(Choice(place, names, visible(str(paths[0].parent)), "open before"))
    return [one for one in found if one.value != here]
