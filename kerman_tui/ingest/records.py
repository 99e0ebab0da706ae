"""Records of other people's data sets (field names to values) to drafts. The names stand in fields.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from html import unescape
from importlib import resources

from kerman_tui import places
from kerman_tui.ingest import dates
from kerman_tui.ingest.draft import Draft, Problem, clean_title, opening_words
from kerman_tui.ingest.markup import has_markup, plain_paragraphs
from kerman_tui.ingest.paragraphs import cut
from kerman_tui.model import DateEvidence, Paragraph

_CUT_SHORT = re.compile(r"(?:(?:…|\.\.\.)\s*+|(?<!\s)\s*+)\[\+\d+ chars\]\s*$")
_LONGEST_ID = 200
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*|[A-Za-z]{4,20}")
_MOST_NAMES = 50
_MOST_FIELDS = 100
"""Fields of a record up to which the names of its fields are remembered."""


@cache
def _names() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """For each part of an article, the names it goes by, each as a path of normalised keys."""
    shipped = tomllib.loads(resources.files(__package__).joinpath("fields.toml").read_text("utf-8"))
    try:
        own = tomllib.loads(places.read_whole(places.config_file().parent / "fields.toml").decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        own = {}
    paths: dict[str, tuple[tuple[str, ...], ...]] = {}
    for part, names in shipped.items():
        mine = own.get(part)
        first = [n for n in mine if isinstance(n, str)] if isinstance(mine, list) else []
        paths[part] = tuple(tuple(_normal(step) for step in name.split(".")) for name in [*first, *names])
    return paths


@lru_cache(maxsize=4096)
def _normal(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower())


@lru_cache(maxsize=256)
def _present(names: tuple[str, ...]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """``_names`` without the paths that begin with no name of a record: records of one file mostly have the same."""
    held = frozenset(names)
    return {part: tuple(path for path in paths if path[0] in held) for part, paths in _names().items()}


def names_for(part: str) -> frozenset[str]:
    """The normalised single names of a part, to recognise a header row or an object that is an article."""
    return frozenset(path[0] for path in _names()[part] if len(path) == 1)


def normalised(record: Mapping[str, object]) -> dict[str, object]:
    """The record with its field names without case and marks; names longer than any field's are left out."""
    return {_normal(key): value for key, value in record.items() if isinstance(key, str) and len(key) < 80}


def find(record: Mapping[str, object], part: str) -> list[object]:
    """All values that a normalised record holds under the names of ``part``, best name first."""
    found = []
    names = _names() if len(record) > _MOST_FIELDS else _present(tuple(record))
    for path in names[part]:
        value: object = record.get(path[0])
        for step in path[1:]:
            value = normalised(value).get(step) if isinstance(value, Mapping) else None
        if value is not None and value != "":
            found.append(value)
    return found


def looks_like_article(record: object) -> bool:
    """Whether an object has a text or a headline under one of the names that are known."""
    if not isinstance(record, Mapping):
        return False
    fields = unwrapped(record)
    return bool(find(fields, "body") or find(fields, "title"))


def is_list_path(path: tuple[str, ...]) -> bool:
    """Whether a list that stands under these names is one of articles."""
    return tuple(map(_normal, path)) in _names()["lists"]


def find_list(record: Mapping[str, object]) -> list[object] | None:
    """The list of articles that an API's answer holds, or ``None``."""
    for value in find(normalised(record), "lists"):
        if isinstance(value, list) and (not value or isinstance(value[0], Mapping)):
            return value
    return None


def outlet_of_envelope(record: Mapping[str, object]) -> str | None:
    """What a JSON Feed or an exported channel calls itself, for items that do not say where they are from."""
    version = record.get("version")
    if isinstance(version, str) and "jsonfeed" in version:
        return clean_title(_text(record.get("title"))) or None
    if isinstance(record.get("messages"), list):
        return clean_title(_text(record.get("name"))) or None
    return None


def by_column(record: Mapping[str, object]) -> list[dict[str, object]] | None:
    """The records of a table that was written column by column, or as rows under names, as data frames are."""
    names, rows = record.get("columns"), record.get("data")
    if isinstance(names, list) and isinstance(rows, list) and all(isinstance(row, list) for row in rows):
        return [dict(zip(map(str, names), row, strict=False)) for row in rows]
    columns = [value for value in record.values() if isinstance(value, Mapping | list)]
    if len(columns) < max(2, len(record)) or len({len(column) for column in columns}) > 1:
        return None
    if not find(normalised(record), "body"):
        return None
    table = {
        name: list(c.values()) if isinstance(c, Mapping) else list(c)
        for name, c in record.items()
        if isinstance(c, Mapping | list)
    }
    return [dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)]


def unwrapped(record: Mapping[str, object]) -> Mapping[str, object]:
    """The normalised article inside a search engine's or an API's envelope, which may keep id and title outside."""
    fields = normalised(record)
    for path in _names()["wrappers"]:
        inner = fields.get(path[0])
        if isinstance(inner, Mapping) and find(inside := normalised(inner), "body"):
            return {**{k: v for k, v in fields.items() if k != path[0]}, **inside}
    return fields


def draft_of(record: object, line: int, number: int | None, end_line: int | None = None) -> Draft | Problem:
    """The article that a record holds; ``line`` and ``number`` say where the record stands."""
    where = f"line {line}" if number == line else f"record {number}"
    if not isinstance(record, Mapping):
        return Problem(f"not an article but {_kind(record)}", where)
    record = unwrapped(record)
    outlet = next((clean_title(o) for v in find(record, "outlet") if (o := _text(v))), None)
    title = next((clean_title(t) for v in find(record, "title") if (t := _plain(_text(v)))), "")
    if outlet and title.endswith((f" - {outlet}", f" | {outlet}", f" – {outlet}")):
        title = title[: -len(outlet) - 3].rstrip()
    paragraphs = _body(record, line)
    if not paragraphs:
        return Problem("no text in it" if title else "neither title nor text in it", where)
    url = next((clean_title(u) for v in find(record, "url") if "://" in (u := _text(v))), None)
    reading, evidence = _published(record, url)
    return Draft(
        title=title or opening_words(paragraphs),
        paragraphs=paragraphs,
        start_line=line,
        end_line=end_line or line,
        record=number,
        title_lines=(line,) if title else (),
        id=next((i for v in find(record, "id") if (i := _identity(v))), None),
        outlet=outlet,
        published=reading.iso,
        date_evidence=evidence,
        loose_date=reading.loose,
        date_order=reading.order,
        byline=next((b for v in find(record, "byline") if (b := _byline(v))), None),
        language=next((n for v in find(record, "language") if (n := _language(v))), None),
        url=url,
    )


def _kind(value: object) -> str:
    kinds: dict[type, str] = {
        type(None): "null",
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "a bare text",
        list: "a list",
    }
    return kinds.get(type(value), "something else")


def _text(value: object) -> str:
    """A value as text: a string as it is, a list of strings as paragraphs, an object by its name; else ""."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        inner = (value.get(key) for key in ("name", "text", "content", "value", "title", "#text", "rendered"))
        return next((text for v in inner if isinstance(v, str) and (text := v.strip())), "")
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        if any(isinstance(item, Mapping) and "type" in item for item in value):  # a text in pieces, each in its style
            return "".join(item if isinstance(item, str) else _text(item) for item in value).strip()
        return "\n\n".join(text for item in value if isinstance(item, str | Mapping) and (text := _text(item)))
    return ""


def _plain(text: str) -> str:
    """A title without tags and entities."""
    return unescape(plain_paragraphs(text) if has_markup(text) else text)


def _body(record: Mapping[str, object], line: int) -> tuple[Paragraph, ...]:
    texts = [_whole(text) for value in find(record, "body") if (text := _text(value))]
    if not texts:
        texts = [text for value in find(record, "excerpt") if (text := _text(value))]
    for text in texts:
        paragraphs = cut(text, line)
        if any(any(c.isalnum() for c in p.text) for p in paragraphs):
            return paragraphs
    return ()


def _whole(text: str) -> str:
    """The text without the note of an API that it was cut short; what is missing is shown by an ellipsis."""
    return _CUT_SHORT.sub("…", text) if text.endswith(" chars]") else text


def _published(record: Mapping[str, object], url: str | None) -> tuple[dates.Reading, DateEvidence]:
    loose = dates.NOTHING
    for value in find(record, "published"):
        reading = _date(value)
        if reading.iso:
            return reading, "metadata"
        if reading.loose and not loose.loose:
            loose = reading
    if loose.loose:
        return loose, "none"
    if url and (day := dates.date_of_url(url)):
        return dates.Reading(day), "url"
    return dates.NOTHING, "none"


def _date(value: object) -> dates.Reading:
    if isinstance(value, Mapping):
        value = next((value[k] for k in ("$date", "date", "value", "iso") if k in value), None)
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, str):
        text = value.strip()
        if len(text) in (10, 13) and text.isdecimal():
            return dates.read_number(int(text))
        if text.startswith("date ") and re.fullmatch(r"date \d{4}-\d\d-\d\d", text):
            return dates.NOTHING
        return dates.read_date(text)
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e20:
        return dates.read_number(value)
    return dates.NOTHING


def _identity(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = clean_title(str(value)) if isinstance(value, str) or abs(value) < 10**_LONGEST_ID else ""
    return text if len(text) <= _LONGEST_ID else ""


def _byline(value: object) -> str | None:
    if isinstance(value, list):
        names = [clean_title(name) for item in value[:_MOST_NAMES] if (name := _text(item))]
        return ", ".join(dict.fromkeys(names)) or None
    text = clean_title(_text(value))
    if text.startswith("[") and text.endswith("]"):  # a list that was printed into a cell
        text = ", ".join(part.strip(" '\"") for part in text[1:-1].split(",") if part.strip(" '\""))
    return text[3:] if text.lower().startswith("by ") else text or None


def _language(value: object) -> str | None:
    text = _text(value)
    return text.lower() if _LANGUAGE.fullmatch(text) else None
