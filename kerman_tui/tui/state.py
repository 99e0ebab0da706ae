"""What the program remembers between sessions: theme, panes, queries, and the place in each corpus. Kept as JSON."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from kerman_tui.places import PlaceError, folder, write_whole

FILE_NAME = "explorer.json"
FORM = 1
"""Number of the form of the file. One of a newer form is read as far as it goes, and never written."""
QUERIES_KEPT = 200
CORPORA_KEPT = 50


@dataclass(slots=True)
class Place:
    """Where one was in a corpus."""

    query: str = ""
    article: str = ""
    paragraph: int | None = None
    offset: int = 0
    reading: bool = False


@dataclass(slots=True)
class State:
    """Everything that comes back at the next start. Unknown or wrong values in the file are passed over."""

    theme: str = "dark"
    panel: bool = True
    split: int = 0
    """Cells by which the reader is wider (or narrower) than by default."""
    starts: int = 0
    project: str = ""
    """The project of the basket that new marks go into."""
    queries: list[str] = field(default_factory=list)
    """Queries asked, the last one last."""
    places: dict[str, Place] = field(default_factory=dict)
    """Corpus (its paths or its name) to the place in it."""

    def remember_query(self, query: str) -> None:
        """Put a query at the end of those asked."""
        query = query.strip()
        if query:
            others = [one for one in self.queries if one != query]
            self.queries = [*others[-QUERIES_KEPT + 1 :], query]

    def remember_place(self, corpus: str, place: Place) -> None:
        self.places.pop(corpus, None)
        self.places[corpus] = place
        while len(self.places) > CORPORA_KEPT:
            self.places.pop(next(iter(self.places)))


def load() -> State:
    """The state of the last session; a new one where there is none or it cannot be read."""
    state = State()
    try:
        kept = json.loads((folder("state") / FILE_NAME).read_text(encoding="utf-8"))
    except (PlaceError, OSError, ValueError):
        return state
    if not isinstance(kept, dict):
        return state
    for one in fields(State):
        value = kept.get(one.name)
        if one.name == "places" and isinstance(value, dict):
            state.places = {key: place for key, raw in value.items() if (place := _place(raw)) is not None}
        elif one.name == "queries" and isinstance(value, list):
            state.queries = [query for query in value if isinstance(query, str)]
        elif type(value) is type(getattr(state, one.name)) and one.name not in ("places", "queries"):
            setattr(state, one.name, value)
    return state


def keep(state: State) -> None:
    """Write the state for the next session. Where nothing can be kept, nothing is."""
    with contextlib.suppress(PlaceError, OSError):
        path = folder("state") / FILE_NAME
        if _form(path) <= FORM:
            write_whole(path, json.dumps({"form": FORM, **asdict(state)}))


def _form(path: Path) -> int:
    """The number of the form of the file; another version of the program may have written it."""
    try:
        form = json.loads(path.read_text(encoding="utf-8"))["form"]
    except (OSError, ValueError, KeyError, TypeError):
        return 0
    return form if isinstance(form, int) else 0


def _place(raw: Any) -> Place | None:
    if not isinstance(raw, dict):
        return None
    place = Place()
    for one in fields(Place):
        value = raw.get(one.name)
        if one.name == "paragraph":
            place.paragraph = value if isinstance(value, int) and not isinstance(value, bool) else None
        elif type(value) is type(getattr(place, one.name)):
            setattr(place, one.name, value)
    return place
