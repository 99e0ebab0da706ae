"""Word-level differences: two passages in, the edits that turn one into the other out, each with its nature.

Words are aligned first, by their folded keys (longest common subsequence, in C); marks between them are compared only
inside the gaps that this leaves, so that a comma never pulls two words together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kerman_tui.model import Edit, EditNature, EditOp
from kerman_tui.text.fold import fold
from kerman_tui.text.tokens import WORD

STYLE = str.maketrans(
    {
        **dict.fromkeys("’‘ʼʻ‛´`′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("–—―−‐‑", "-"),
        "…": "...",
        "\u00a0": " ",
    }
)
"""Marks that differ in style only: curly and straight quotes, lengths of dashes."""

QUOTATION_MARKS = frozenset("\"'“”„‟«»‹›‘’‛「」『』")

MAX_GAP_MARKS = 4_000
"""Marks in one gap that are compared one by one; a longer gap is one edit."""

_LEFT_WORD, _RIGHT_WORD = "\ue000", "\ue001"


_FIRST_CODE = 0x100
_SURROGATES, _SURROGATE_POINTS = 0xD800, 0x800
_LAST_CODE = 0x10FFFF


class Codes(dict[str, str]):
    """A character for every key, so that sequences of keys are strings; one that is new gets the next.

    After about 1.1 million keys the rest share one character.
    """

    def __missing__(self, key: str) -> str:
        point = _FIRST_CODE + len(self)
        code = self[key] = chr(point if point < _SURROGATES else min(point + _SURROGATE_POINTS, _LAST_CODE))
        return code


class Difference(NamedTuple):
    """``similarity``: 0 to 1, twice the words in common over the words of both; ``run``: most words in a row shared."""

    similarity: float
    edits: tuple[Edit, ...]
    common: int
    run: int


class _Token(NamedTuple):
    start: int
    end: int
    code: str


def same_but_for_style(left: str, right: str) -> bool:
    """Whether two passages differ in nothing but the style of marks and white space."""
    return left == right or " ".join(left.translate(STYLE).split()) == " ".join(right.translate(STYLE).split())


def difference(left: str, right: str) -> Difference:
    """Compare two passages word by word. Applying the edits to ``left`` gives ``right`` up to white space."""
    codes = Codes()
    a, b = ("".join([codes[fold(word)] for word in WORD.findall(text)]) for text in (left, right))
    return difference_of_words(left, right, a, b)


def difference_of_words(left: str, right: str, a_codes: str, b_codes: str) -> Difference:
    """``difference`` for passages whose words are known: a character for each, by its folded form."""
    if left == right:
        return Difference(1.0, (), len(a_codes), len(b_codes))
    a, b = [m.span() for m in WORD.finditer(left)], [m.span() for m in WORD.finditer(right)]
    total = len(a) + len(b)
    blocks = common_blocks(a_codes, b_codes)
    common = sum(length for _, _, length in blocks)
    edits = tuple(_edits(left, right, a, b, _without_specks(blocks, left, a)))
    run = max((length for _, _, length in blocks), default=0)
    return Difference(2 * common / total if total else float(same_but_for_style(left, right)), edits, common, run)


def common_blocks(a: str, b: str) -> list[tuple[int, int, int]]:
    """Runs of words that both have, in order: (start in ``a``, start in ``b``, words)."""
    if a == b or not a or not b:
        return [(0, 0, len(a))] if a and b else []
    from rapidfuzz.distance import LCSseq

    return [(block.a, block.b, block.size) for block in LCSseq.editops(a, b).as_matching_blocks() if block.size]


def _without_specks(
    blocks: list[tuple[int, int, int]], left: str, a: list[tuple[int, int]]
) -> list[tuple[int, int, int]]:
    """Drop single short words that happen to agree between two stretches that do not: they chop one edit in two."""
    kept: list[tuple[int, int, int]] = []
    for at, (i, j, length) in enumerate(blocks):
        if 0 < at < len(blocks) - 1 and length == 1 and a[i][1] - a[i][0] <= 3 and left[a[i][0]].islower():
            p, q = kept[-1] if kept else blocks[at - 1], blocks[at + 1]
            before = min(i - p[0] - p[2], j - p[1] - p[2])
            after = min(q[0] - i - 1, q[1] - j - 1)
            if before >= 2 and after >= 2:
                continue
        kept.append((i, j, length))
    return kept


def _edits(
    left: str,
    right: str,
    a: list[tuple[int, int]],
    b: list[tuple[int, int]],
    blocks: list[tuple[int, int, int]],
) -> Iterator[Edit]:
    i = j = 0  # words done on each side
    for block in [*blocks, (len(a), len(b), 0)]:
        yield from _gap(left, right, a, b, (i, block[0]), (j, block[1]))
        i, j, length = block
        if length and left[a[i][0] : a[i + length - 1][1]] == right[b[j][0] : b[j + length - 1][1]]:
            i, j = i + length, j + length
            continue
        for step in range(length):
            (s, e), (t, f) = a[i + step], b[j + step]
            if step:
                yield from _gap(left, right, a, b, (i + step, i + step), (j + step, j + step))
            if left[s:e] != right[t:f]:
                yield _edit(left, right, s, e, t, f, words=True)
        i, j = i + length, j + length


def _gap(
    left: str,
    right: str,
    a: list[tuple[int, int]],
    b: list[tuple[int, int]],
    i: tuple[int, int],
    j: tuple[int, int],
) -> Iterator[Edit]:
    """The edits between two words that agree: words ``i`` of the left and ``j`` of the right, with the marks around."""
    low_a, high_a = a[i[0] - 1][1] if i[0] else 0, a[i[1]][0] if i[1] < len(a) else len(left)
    low_b, high_b = b[j[0] - 1][1] if j[0] else 0, b[j[1]][0] if j[1] < len(b) else len(right)
    text_a, text_b = left[low_a:high_a], right[low_b:high_b]
    if text_a == text_b or (i[0] == i[1] and j[0] == j[1] and text_a.split() == text_b.split()):
        return
    if i[0] < i[1] and j[0] < j[1] and _bare(text_a, a[i[0] : i[1]]) and _bare(text_b, b[j[0] : j[1]]):
        yield _edit(left, right, a[i[0]][0], a[i[1] - 1][1], b[j[0]][0], b[j[1] - 1][1], words=True)
        return
    tokens_a = _tokens(left, a[i[0] : i[1]], low_a, high_a, _LEFT_WORD)
    tokens_b = _tokens(right, b[j[0] : j[1]], low_b, high_b, _RIGHT_WORD)
    p = q = 0
    for m, n in [*_matching(tokens_a, tokens_b), (len(tokens_a), len(tokens_b))]:
        if p < m or q < n:
            s, e = _extent(tokens_a, p, m, high_a)
            t, f = _extent(tokens_b, q, n, high_b)
            in_a = any(x.code == _LEFT_WORD for x in tokens_a[p:m])
            in_b = any(x.code == _RIGHT_WORD for x in tokens_b[q:n])
            # Marks of one side are no wording of the other's words; a mark that closes is none that opens.
            apart = in_a != in_b or left[s:e].translate(STYLE) == right[t:f].translate(STYLE)
            if apart and s < e and t < f:
                yield _edit(left, right, s, e, t, t, words=in_a)
                yield _edit(left, right, e, e, t, f, words=in_b)
            else:
                yield _edit(left, right, s, e, t, f, words=in_a or in_b)
        if m < len(tokens_a) and n < len(tokens_b):
            x, y = tokens_a[m], tokens_b[n]
            if left[x.start : x.end] != right[y.start : y.end]:
                yield _edit(left, right, x.start, x.end, y.start, y.end, words=False)
        p, q = m + 1, n + 1


def _bare(text: str, words: list[tuple[int, int]]) -> bool:
    """Whether there is nothing but white space beside the words of a gap."""
    return sum(map(len, text.split())) == sum(end - start for start, end in words)


def _tokens(text: str, words: list[tuple[int, int]], low: int, high: int, word: str) -> list[_Token]:
    tokens = []
    at = low
    for start, end in [*words, (high, high)]:
        tokens += [_Token(k, k + 1, _mark(text, k)) for k in range(at, start) if not text[k].isspace()]
        if start < end:
            tokens.append(_Token(start, end, word))
        at = end
    return tokens


def _mark(text: str, at: int) -> str:
    """A mark by its style-free form; a quotation mark also by whether it opens or closes."""
    mark = text[at].translate(STYLE)
    if mark not in QUOTATION_MARKS:
        return mark[0]  # an ellipsis is one mark in one style, three in the other: its first stop stands for it
    return mark if at == 0 or text[at - 1].isspace() else chr(0xE100 + ord(mark))


def _matching(a: list[_Token], b: list[_Token]) -> list[tuple[int, int]]:
    """Marks on both sides that stand in the same order."""
    if not a or not b or len(a) > MAX_GAP_MARKS or len(b) > MAX_GAP_MARKS:
        return []
    blocks = common_blocks("".join([t.code for t in a]), "".join([t.code for t in b]))
    return [(i + k, j + k) for i, j, length in blocks for k in range(length)]


def _extent(tokens: list[_Token], low: int, high: int, end: int) -> tuple[int, int]:
    if low < high:
        return tokens[low].start, tokens[high - 1].end
    at = tokens[low].start if low < len(tokens) else end
    return at, at


def _edit(left: str, right: str, s: int, e: int, t: int, f: int, *, words: bool) -> Edit:
    op: EditOp = "insert" if s == e else "delete" if t == f else "replace"
    ours, theirs = left[s:e], right[t:f]
    return Edit(op, ours, theirs, s, e, t, f, _nature(ours, theirs, words))


def _nature(ours: str, theirs: str, words: bool) -> EditNature:
    if words:
        plain = ours.isascii() and theirs.isascii() and ours.isalnum() and theirs.isalnum()
        if plain and ours.casefold() != theirs.casefold():
            return "words"
        if ours.translate(STYLE).casefold() == theirs.translate(STYLE).casefold():
            return "case" if ours.translate(STYLE) != theirs.translate(STYLE) else "punctuation"
        if _letters(ours) != _letters(theirs):
            return "words"
    if ours.translate(STYLE) != theirs.translate(STYLE) and _but_quotes(ours) == _but_quotes(theirs):
        return "quotation marks"
    return "punctuation"


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum()).casefold()


def _but_quotes(text: str) -> str:
    return "".join(c for c in text if c not in QUOTATION_MARKS and not c.isspace())
