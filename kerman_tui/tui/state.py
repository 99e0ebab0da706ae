"""What the program remembers between sessions: theme, panes, queries, and the place in each corpus. Kept as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from kerman_tui.places import PlaceError, folder, read_whole, write_whole

FILE_NAME = "explorer.json"
FORM = 1
"""Number of the form of the file. One of a newer form is read as far as it goes, and never written."""
QUERIES_KEPT = 200
CORPORA_KEPT = 50


class Place(msgspec.Struct):
    """Where one was in a corpus."""

    query: str = ""
    article: str = ""
    paragraph: int | None = None
    offset: int = 0
    reading: bool = False


class State(msgspec.Struct):
    """Everything that comes back at the next start. Unknown or wrong values in the file are passed over."""

    theme: str = "dark"
    panel: bool = True
    split: int = 0
    """Cells by which the reader is wider (or narrower) than by default."""
    starts: int = 0
    project: str = ""
    """The project of the basket that new marks go into."""
    queries: list[str] = []
    """Queries asked, the last one last."""
    places: dict[str, Place] = {}
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
        kept = msgspec.json.decode(read_whole(folder("state") / FILE_NAME))
    except (PlaceError, OSError, ValueError, RecursionError):
        return state
    if not isinstance(kept, dict):
        return state
    for name in State.__struct_fields__:
        value = kept.get(name)
        if name == "places" and isinstance(value, dict):
            state.places = {key: place for key, raw in value.items() if (place := _place(raw)) is not None}
        elif name == "queries" and isinstance(value, list):
            state.queries = [query for query in value if isinstance(query, str)]
        elif type(value) is type(getattr(state, name)) and name not in ("places", "queries"):
            setattr(state, name, value)
    return state


def keep(state: State) -> str:
    """Write the state for the next session; what is wrong where it cannot be kept, else ""."""
    try:
        path = folder("state") / FILE_NAME
    except PlaceError as error:
        return str(error)
    try:
        if _form(path) <= FORM:
            write_whole(path, msgspec.json.encode({"form": FORM, **msgspec.structs.asdict(state)}).decode())
    except OSError as error:
        return f"{path}: {error.strerror or error}"
    return ""


def _form(path: Path) -> int:
    """The number of the form of the file; another version of the program may have written it."""
    try:
        form = msgspec.json.decode(read_whole(path))["form"]
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return 0
    return form if isinstance(form, int) else 0


def _place(raw: Any) -> Place | None:
    if not isinstance(raw, dict):
        return None
    place = Place()
    for name in Place.__struct_fields__:
        value = raw.get(name)
        if name == "paragraph":
            place.paragraph = value if isinstance(value, int) and not isinstance(value, bool) else None
        elif type(value) is type(getattr(place, name)):
            setattr(place, name, value)
    return place
