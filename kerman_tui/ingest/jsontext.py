"""JSON as it is found: bytes in, a value out. Lone surrogates, stray marks and bad bytes are survived."""

from __future__ import annotations

import json
import re

from kerman_tui.ingest.decode import decode
from kerman_tui.ingest.limits import LIMITS

_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"?')
_BRACKETS = re.compile(rb"[\[\]{}]")


class JsonError(Exception):
    """The text is no JSON that can be read; the message says why in a few words."""


def parse(data: bytes) -> object:
    """Read one JSON value. Raises JsonError for what is damaged, too deeply nested, or no JSON."""
    import orjson

    data = data.strip().removeprefix(b"\xef\xbb\xbf").removesuffix(b",")
    try:
        value: object = orjson.loads(data)
    except orjson.JSONDecodeError:
        return _slowly(data)
    return value


def _slowly(data: bytes) -> object:
    """The second way, for lone surrogates, NaN, numbers of any length and bytes that are not UTF-8."""
    if not data:
        raise JsonError("empty")
    if _depth(data) > LIMITS.depth:
        raise JsonError(f"nested more than {LIMITS.depth} levels deep")
    try:
        value: object = json.loads(decode(data), parse_int=_integer)
    except json.JSONDecodeError as error:
        raise JsonError(f"no valid JSON ({error.msg} at character {error.pos + 1})") from error
    except (RecursionError, ValueError) as error:
        raise JsonError("no valid JSON") from error
    return value


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) < 400 else float(digits)


def _depth(data: bytes) -> int:
    deepest = level = 0
    for match in _BRACKETS.finditer(_STRINGS.sub(b"", data)):
        if match.group() in b"[{":
            level += 1
            if level > deepest:
                deepest = level
                if deepest > LIMITS.depth:
                    return deepest
        else:
            level -= 1
    return deepest
