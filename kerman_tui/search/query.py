"""The query language: what a person typed in, a tree with positions and the problems found in it out.

Words must all occur; ``'exact``, ``"a phrase"``, ``"a b"~5``, ``^title start``, ``end$``, ``!not``, ``a | b``, ``( )``
and ``field:value`` refine. As in fzf ``|`` binds tighter than the blank: ``a b | c`` asks for a, and for b or c.
Nothing that can be typed raises: what can be understood runs, and a ``QueryProblem`` says where the rest stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from kerman_tui.model import QueryProblem
from kerman_tui.search.amounts import in_full
from kerman_tui.text.fold import fold
from kerman_tui.text.tokens import words as words_of

FIELDS: dict[str, str] = {
    "outlet": "articles of an outlet",
    "title": "words of the title",
    "person": "articles that name a person",
    "org": "articles that name an organisation or group",
    "country": "articles about a country",
    "date": "day, month, year, a range A..B, yesterday, lastweek, 7d, none",
    "story": "articles of one story",
    "lang": "articles in a language",
    "source": "articles from a file",
    "tag": "articles you tagged",
}
"""The fields of the language with what each restricts to, as shown by completion and help."""

MAX_QUERY = 20_000
"""Characters of a query that are read; the rest gives a problem."""
MAX_WORDS = 4_000
"""Words of a query that are kept; the rest gives a problem."""
MAX_WORD = 64
"""Letters of a word beyond which it is cut: no word of the news is longer."""
MAX_PROBLEMS = 20
MAX_DEPTH = 20
MAX_SLOP = 100


@dataclass(frozen=True, slots=True)
class Word:
    """One word. ``exact`` forbids extension and correction; ``last`` marks the word that is still being typed."""

    text: str
    key: str
    start: int
    end: int
    exact: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in order with at most ``slop`` other words between them; 0: side by side."""

    words: tuple[Word, ...]
    slop: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Words with which a title begins or ends."""

    words: tuple[Word, ...]
    side: Literal["start", "end"]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """``name:value``; ``name`` is one of FIELDS, ``value`` as typed, without its quotation marks."""

    name: str
    value: str
    start: int
    end: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    child: Node
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class And:
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    children: tuple[Node, ...]


Node = Word | Phrase | Edge | Field | Not | And | Or


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query understood as far as possible. ``root`` is ``None`` when nothing in it can be asked."""

    text: str
    root: Node | None
    problems: tuple[QueryProblem, ...] = ()
    unclosed: int | None = None
    """Where a quotation mark stands that is not closed."""

    def words(self) -> Iterator[Word]:
        """The words that a hit may show highlighted, in order; those behind ``!`` and in fields are left out."""
        if self.root is not None:
            yield from _words_in(self.root)


def _words_in(node: Node) -> Iterator[Word]:
    if isinstance(node, Word):
        yield node
    elif isinstance(node, Phrase | Edge):
        yield from node.words
    elif isinstance(node, And | Or):
        for child in node.children:
            yield from _words_in(child)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Literal["open", "close", "or", "not", "leaf"]
    start: int
    end: int
    node: Node | None = None
    field_name: str = ""


_SPACE = re.compile(r"\s+")
_CHUNK = re.compile(r"""[^\s()|"“”„«»]+""")
_FIELD = re.compile(r"([A-Za-z]{2,20}):")
_SLOP = re.compile(r"~(\d{1,4})")
_STRAY_SLOP = re.compile(r"(?<=\w)~\d*\Z")
_OPENING = '"“„«”'
_CLOSING = {'"': '"', "“": '"”“', "„": '"“”', "”": '"”', "«": '"»'}


def parse(query: str) -> ParsedQuery:
    """Read a query. Linear in its length; never raises."""
    return _Parser(query).run()


@dataclass(slots=True)
class _Parser:
    query: str
    problems: list[QueryProblem] = field(default_factory=list)
    count: int = 0
    full: bool = False
    unclosed: int | None = None

    def run(self) -> ParsedQuery:
        text = self.query
        if len(text) > MAX_QUERY:
            self._problem(MAX_QUERY, len(text), f"only the first {MAX_QUERY:,} characters are read")
            text = text[:MAX_QUERY]
        tokens = list(self._scan(text))
        root, at = self._sequence(tokens, 0, 0)
        while at < len(tokens):  # a closing parenthesis with no opening one: what follows still counts
            self._problem(tokens[at].start, tokens[at].end, "nothing was opened here")
            more, at = self._sequence(tokens, at + 1, 0)
            root = _all([n for n in (root, more) if n is not None])
        if root is not None:
            root = _mark_last(root, unclosed=self.unclosed is not None)
        problems = tuple(sorted(self.problems, key=lambda p: (p.start, p.end)))[:MAX_PROBLEMS]
        return ParsedQuery(self.query, root, problems, self.unclosed)

    def _problem(self, start: int, end: int, why: str) -> None:
        self.problems.append(QueryProblem(start, end, why))

    # --- scanning ---------------------------------------------------------------------------------------------

    def _scan(self, text: str) -> Iterator[_Token]:
        at = 0
        while at < len(text):
            space = _SPACE.match(text, at)
            if space:
                at = space.end()
                continue
            char = text[at]
            if char == "(":
                yield _Token("open", at, at + 1)
            elif char == ")":
                yield _Token("close", at, at + 1)
            elif char == "|":
                yield _Token("or", at, at + 1)
            elif char == "!":
                following = text[at + 1 : at + 2]
                if not following or following.isspace() or following in "|)":
                    self._problem(at, at + 1, "! stands before the word that must not occur")
                else:
                    yield _Token("not", at, at + 1)
            else:
                token, at = self._leaf(text, at)
                if token is not None:
                    yield token
                continue
            at += 1

    def _leaf(self, text: str, at: int) -> tuple[_Token | None, int]:
        start = at
        match = _FIELD.match(text, at)
        if match and match.group(1).lower() in FIELDS:
            return self._field(text, match)
        exact = text[at] == "'" and at + 1 < len(text) and not text[at + 1].isspace()
        if exact:
            at += 1
        anchored = text[at] == "^"
        if anchored:
            at += 1
        quoted = at < len(text) and text[at] in _OPENING
        if quoted:
            body_start, body_end, at, slop = self._quotation(text, at)
        else:
            chunk = _CHUNK.match(text, at)
            body_start, body_end, slop = at, chunk.end() if chunk else at, 0
            at = body_end
            if stray := _STRAY_SLOP.search(text, body_start, body_end):
                body_end = stray.start()
                self._problem(body_end, at, '~ stands after a quotation, as in "a b"~5')
        ends = at < len(text) and text[at] == "$" if quoted else text[body_start:body_end].endswith("$")
        if quoted and ends:
            at += 1
        found = self._words(text, body_start, body_end, exact=exact or quoted)
        at = max(at, start + 1)
        if not found:
            self._problem(start, at, "nothing to look for here")
            return None, at
        node: Node
        if anchored or ends:
            node = Edge(found, "start" if anchored else "end", start, at)
            if anchored and ends:
                node = And((node, Edge(found, "end", start, at)))
        elif quoted or (exact and len(found) > 1):
            node = Phrase(found, slop, start, at) if len(found) > 1 else found[0]
        else:
            self._unknown_field(match, text)
            node = self._amount(text[body_start:body_end], found) if not exact else found[0]
        return _Token("leaf", start, at, node), at

    def _amount(self, typed: str, found: tuple[Word, ...]) -> Node:
        """The words found in ``typed``; where they are an amount as "£350m", that or "350 million"."""
        written = _all(list(found)) or found[0]
        full = in_full(typed)
        if full is None:
            return written
        start, end = found[0].start, found[-1].end
        number, magnitude = (Word(text, fold(text), start, end, exact=True) for text in full)
        return Or((Phrase((number, magnitude), 0, start, end), written))

    def _unknown_field(self, match: re.Match[str] | None, text: str) -> None:
        if match and text[match.end() : match.end() + 2] != "//" and text[match.end() : match.end() + 1].strip():
            known = ", ".join(FIELDS)
            self._problem(
                match.start(), match.end(), f"{match.group(1)} is no field and is searched as a word; fields: {known}"
            )

    def _quotation(self, text: str, at: int) -> tuple[int, int, int, int]:
        """(start and end of what is quoted, where to go on, slop) of the quotation that opens at ``at``."""
        closing = _CLOSING[text[at]]
        end = at + 1
        while end < len(text) and text[end] not in closing:
            end += 1
        if end == len(text):
            self._problem(at, at + 1, "this quotation mark is not closed")
            self.unclosed = at
            return at + 1, end, end, 0
        slop = _SLOP.match(text, end + 1)
        if slop is None:
            if text[end + 1 : end + 2] == "~":
                self._problem(end + 1, end + 2, '~ needs a number of words, as in "a b"~5')
                return at + 1, end, end + 2, 0
            return at + 1, end, end + 1, 0
        return at + 1, end, slop.end(), min(int(slop.group(1)), MAX_SLOP)

    def _field(self, text: str, match: re.Match[str]) -> tuple[_Token | None, int]:
        name, start, at = match.group(1).lower(), match.start(), match.end()
        if text[at : at + 1] == "(":
            return _Token("leaf", start, at, None, name), at
        if at < len(text) and text[at] in _OPENING:
            value_start, value_end, at, slop = self._quotation(text, at)
            quoted = True
            if slop:
                self._problem(value_end + 1, at, "~ has no meaning in a field")
        else:
            chunk = _CHUNK.match(text, at)
            value_start, value_end = at, chunk.end() if chunk else at
            at, quoted = value_end, False
        value = text[value_start:value_end].strip()
        if not value:
            self._problem(start, max(at, match.end()), f"{name}: needs a value ({FIELDS[name]})")
            return None, max(at, match.end())
        return _Token("leaf", start, at, Field(name, value[:1000], start, at, quoted)), at

    def _words(self, text: str, start: int, end: int, *, exact: bool) -> tuple[Word, ...]:
        found: list[Word] = []
        for word in words_of(text[start:end]):
            if self.count >= MAX_WORDS:
                if not self.full:
                    self.full = True
                    self._problem(start + word.start, len(text), f"only the first {MAX_WORDS:,} words are searched")
                break
            self.count += 1
            if len(word.text) > MAX_WORD:
                self._problem(start + word.start, start + word.end, f"a word is cut after {MAX_WORD} letters")
            surface = word.text[:MAX_WORD]
            key = word._replace(text=surface).key
            found.append(Word(surface, key, start + word.start, start + word.end, exact))
        return tuple(found)

    # --- building the tree -------------------------------------------------------------------------------------

    def _sequence(self, tokens: list[_Token], at: int, depth: int) -> tuple[Node | None, int]:
        """Read terms up to a closing parenthesis or the end; returns the node and the index of what stopped it."""
        groups: list[list[Node]] = []
        joined = False
        while at < len(tokens) and tokens[at].kind != "close":
            token = tokens[at]
            if token.kind == "or":
                if not groups or joined or at + 1 == len(tokens) or tokens[at + 1].kind == "close":
                    self._problem(token.start, token.end, "| stands between two words")
                else:
                    joined = True
                at += 1
                continue
            node, at = self._term(tokens, at, depth)
            if node is None:
                continue
            if joined:
                groups[-1].append(node)
            else:
                groups.append([node])
            joined = False
        return _all([group[0] if len(group) == 1 else Or(tuple(group)) for group in groups]), at

    def _term(self, tokens: list[_Token], at: int, depth: int) -> tuple[Node | None, int]:
        token = tokens[at]
        if token.kind == "not":
            negations = 0
            while at < len(tokens) and tokens[at].kind == "not":
                negations += 1
                at += 1
            if at == len(tokens) or tokens[at].kind in ("or", "close"):
                self._problem(token.start, token.end, "! stands before the word that must not occur")
                return None, at
            node, after = self._term(tokens, at, depth)
            if node is None:
                return None, after
            return (Not(node, token.start, tokens[after - 1].end) if negations % 2 else node), after
        if token.kind == "leaf" and token.field_name:
            return self._group(tokens, at + 1, depth, token.field_name)
        if token.kind == "open":
            return self._group(tokens, at, depth, "")
        return token.node, at + 1

    def _group(self, tokens: list[_Token], at: int, depth: int, name: str) -> tuple[Node | None, int]:
        opening = tokens[at]
        if depth >= MAX_DEPTH:
            self._problem(opening.start, opening.end, f"groups go {MAX_DEPTH} deep, not deeper")
            while at < len(tokens) and tokens[at].kind in ("open", "not", "or"):
                at += 1
            return None, at
        node, at = self._sequence(tokens, at + 1, depth + 1)
        if at < len(tokens):
            at += 1
        else:
            self._problem(opening.start, opening.end, "this parenthesis is not closed")
        if node is None:
            self._problem(opening.start, opening.end, "this group is empty")
        elif name:
            node = _in_field(node, name)
        return node, at


def _all(nodes: list[Node]) -> Node | None:
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.children if isinstance(node, And) else (node,))
    if not flat:
        return None
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def _in_field(node: Node, name: str) -> Node:
    """``outlet:(a | b)`` asks for ``outlet:a | outlet:b``."""
    if isinstance(node, Word):
        return Field(name, node.text, node.start, node.end)
    if isinstance(node, Phrase | Edge):
        return Field(name, " ".join(word.text for word in node.words), node.start, node.end, quoted=True)
    if isinstance(node, Not):
        return replace(node, child=_in_field(node.child, name))
    if isinstance(node, And):
        return And(tuple(_in_field(child, name) for child in node.children))
    if isinstance(node, Or):
        return Or(tuple(_in_field(child, name) for child in node.children))
    return node


def _mark_last(node: Node, *, unclosed: bool) -> Node:
    """Mark the word at the very end of the query: it may be unfinished, in a quotation that is still open too."""
    if isinstance(node, Word):
        return node if node.exact and not unclosed else replace(node, last=True, exact=False)
    if isinstance(node, Phrase) and unclosed:
        return replace(node, words=(*node.words[:-1], replace(node.words[-1], last=True, exact=False)))
    if isinstance(node, And):
        return And((*node.children[:-1], _mark_last(node.children[-1], unclosed=unclosed)))
    if isinstance(node, Or):
        return Or((*node.children[:-1], _mark_last(node.children[-1], unclosed=unclosed)))
    return node
