"""Every regular expression of the program, and texts made of what its parts match, again and again, to keep it busy."""

from __future__ import annotations

import ast
import importlib
import inspect
import itertools
import pkgutil
import re
import time
from collections.abc import Callable, Iterator, Set
from pathlib import Path
from re import _constants as code  # type: ignore[attr-defined]  # the grammar of `re` has no public form
from re import _parser as grammar  # type: ignore[attr-defined]
from typing import Any

import msgspec

import kerman_tui

Pattern = re.Pattern[str] | re.Pattern[bytes]

ROOM = Path(kerman_tui.__file__).parent

LEAST = 0.0003
"""CPU seconds below which a pattern is not looked at more closely; a quadratic one takes ten times as long."""
SHORTEST, LONGEST = 12, 640
"""Characters of the text that a pattern is tried on."""
LINEAR = 1.5
"""Power of the length with which the time may grow; 2 is quadratic, and measuring is not exact."""
MOST = 4000
"""Characters up to which the time has to grow so; up to some hundred, a bounded repetition looks the same."""
FAR_TOO_LONG = 0.2
"""CPU seconds for so short a text."""
UNITS = 10
"""Parts of a pattern that are repeated each for itself; half as many are repeated in pairs."""


def patterns() -> Iterator[tuple[str, Pattern, Set[str]]]:
    """Every pattern of the program once: where it stands (module and name, or file and line) and how it is asked."""
    found: dict[str, Pattern] = {}
    asked = uses()
    for module in pkgutil.walk_packages(kerman_tui.__path__, "kerman_tui."):
        if module.name.endswith("__main__"):
            continue
        loaded = importlib.import_module(module.name)
        for name, value in vars(loaded).items():
            if not callable(value) or value.__module__ == loaded.__name__:
                found.update(_in(value, f"{module.name.removeprefix('kerman_tui.')}.{name}"))
    named: dict[Pattern, str] = {}
    for where, pattern in found.items():
        named.setdefault(pattern, where)
    for pattern, where in named.items():
        last = re.fullmatch(r".*?(\w+)(?:\(\))?", where)
        yield where, pattern, asked.get(last[1], METHODS) if last else METHODS
    known = {pattern.pattern for pattern in named}
    for path in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            written = _written(node)
            if written and written[1] not in known:
                yield f"{path.relative_to(ROOM).as_posix()}:{node.lineno}", re.compile(written[1]), {written[0]}  # type: ignore[attr-defined]


def _in(value: object, where: str, depth: int = 0) -> Iterator[tuple[str, Pattern]]:
    """The patterns in a value, in what it holds, and in what a function gives that keeps what it made."""
    if isinstance(value, re.Pattern):
        yield where, value
    elif depth < 4 and isinstance(value, tuple | list | set | frozenset | dict):
        held = value.values() if isinstance(value, dict) else value
        for number, one in enumerate(held):
            yield from _in(one, f"{where}[{number}]", depth + 1)
    elif depth and (fields := getattr(value, "__dataclass_fields__", None) or _fields(value)):
        for name in fields:
            yield from _in(getattr(value, name, None), f"{where}.{name}", depth + 1)
    elif hasattr(value, "cache_info") and not inspect.signature(value).parameters:  # type: ignore[arg-type]
        yield from _in(value(), f"{where}()", 1)  # type: ignore[operator]


def _fields(value: object) -> tuple[str, ...]:
    return value.__struct_fields__ if isinstance(value, msgspec.Struct) else ()


def _written(node: ast.AST) -> tuple[str, str] | None:
    """The method and the pattern of ``re.method("pattern", …)``."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="re"), attr=method), args=[ast.Constant(value=str(written)), *_]
        ) if method in METHODS:
            return method, written
    return None


ANYWHERE = frozenset(("search", "finditer", "findall", "sub", "subn", "split"))
METHODS = ANYWHERE | {"match", "fullmatch"}


def uses() -> dict[str, set[str]]:
    """How the patterns of a name, wherever that name stands, are asked: "search", "fullmatch" …"""
    found: dict[str, set[str]] = {}
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                asked = node.value.func if isinstance(node.value, ast.Call) else node.value
                name = getattr(asked, "attr", "") or getattr(asked, "id", "")
                found.setdefault(name, set()).add(node.attr)
    return found


def busy(pattern: Pattern, methods: Set[str] = METHODS) -> str:
    """A text on which the time of these methods grows faster than its length, shortened; "" when none is found."""
    anywhere, whole, first = ANYWHERE & methods, "fullmatch" in methods, "match" in methods
    for begin, unit, end in texts(pattern):

        def cost(length: float, begin: str = begin, unit: str = unit, end: str = end) -> float:
            text = begin + (unit * (int(length) // len(unit) + 1))[: int(length)] + end
            given: Any = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
            started = time.process_time()
            if anywhere:
                for _ in pattern.finditer(given):
                    pass
            if whole:
                pattern.fullmatch(given)
            if first:
                pattern.match(given)
            return time.process_time() - started

        length: float = SHORTEST
        while (took := cost(length)) < LEAST and length < LONGEST:
            length *= 2
        if took < LEAST:
            continue
        if took > FAR_TOO_LONG or _grows(cost, length):
            return f"{begin[:30]!r} and many {unit[:30]!r}"
    return ""


def _grows(cost: Callable[[float], float], length: float) -> bool:
    """Whether the time grows faster than the length, from ``length`` on as far as it is bearable."""
    before = min(cost(length) for _ in range(6))
    while length < MOST:
        length *= 2
        took = min(cost(length) for _ in range(4))
        if took < before * 2**LINEAR:
            return False
        if took > FAR_TOO_LONG:
            return True
        before = took
    return True


def texts(pattern: Pattern) -> Iterator[tuple[str, str, str]]:
    """Beginnings, units to repeat and ends, made of what the parts of a pattern match."""
    written = pattern.pattern
    text = written if isinstance(written, str) else written.decode("latin-1")
    tree = grammar.parse(text, pattern.flags & ~re.UNICODE if isinstance(written, bytes) else pattern.flags)
    parts: dict[str, bool] = {}
    wholes = [_example(tree, parts, choice) for choice in range(2)]
    short = sorted((part for part in parts if 0 < len(part) <= 60), key=len)[:UNITS]
    repeated = [part for part, again in parts.items() if again and 1 < len(part) <= 60 and part not in short]
    units = [*short, *repeated[:UNITS]]
    pairs = ["".join(pair) for pair in itertools.permutations(units[: UNITS // 2], 2)]
    begins = ["", *dict.fromkeys(part for whole in wholes for part in (whole, whole[: len(whole) // 2]) if part)]
    for unit in (*units, *(whole for whole in wholes if whole), *pairs):
        for begin in begins if len(unit) <= 3 else begins[:2]:
            for end in ("", "\0!\n"):
                yield begin, unit, end


LETTERS = "a1 ,.A\n\t-\"'<>é(/“=:"
_OF_CLASS = {
    code.CATEGORY_DIGIT: "1", code.CATEGORY_SPACE: " ", code.CATEGORY_WORD: "a", code.CATEGORY_NOT_DIGIT: "x",
    code.CATEGORY_NOT_SPACE: "x", code.CATEGORY_NOT_WORD: ",",
}  # fmt: skip


def _example(tree: Any, parts: dict[str, bool], choice: int) -> str:
    """A text that a parsed pattern matches, roughly; ``parts`` gets what its parts match, and which repeat."""
    written = ""
    for kind, value in tree:
        part = ""
        if kind in (code.LITERAL, code.NOT_LITERAL, code.ANY, code.IN):
            letters = _letters(kind, value)
            for letter in letters:
                parts.setdefault(letter, False)
            part = letters[choice % len(letters)]
        elif kind in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            one = _example(value[2], parts, choice)
            parts[one] = True
            part = one * max(1, min(value[0], 20))
        elif kind in (code.SUBPATTERN, code.ATOMIC_GROUP):
            part = _example(value[3] if kind is code.SUBPATTERN else value, parts, choice)
        elif kind is code.BRANCH:
            branches = [_example(branch, parts, choice) for branch in value[1][:8]]
            part = branches[choice % len(branches)]
        elif kind in (code.ASSERT, code.ASSERT_NOT):
            parts.setdefault(_example(value[1], parts, choice), False)
        parts.setdefault(part, False)
        written += part
    return written


def _letters(kind: Any, value: Any) -> list[str]:
    if kind is code.LITERAL:
        return [chr(value)]
    if kind is code.ANY:
        return ["a", " "]
    if kind is code.NOT_LITERAL:
        return [next(letter for letter in LETTERS if letter != chr(value))]
    if value[0][0] is code.NEGATE:
        free = [letter for letter in LETTERS if not any(_is(letter, *one) for one in value[1:])]
        return free[:3] or ["\x01"]
    found = []
    for what, which in value[:4]:
        found.append(_OF_CLASS[which] if what is code.CATEGORY else chr(which[0] if what is code.RANGE else which))
    return found


def _is(letter: str, what: Any, which: Any) -> bool:
    if what is code.LITERAL:
        return ord(letter) == which
    if what is code.RANGE:
        return bool(which[0] <= ord(letter) <= which[1])
    return bool(letter == _OF_CLASS[which])
