"""Two passages as one plain text with their differences in it: ``[-words of the left-]{+words of the right+}``.

The marks are those of GNU wdiff, which need no colour and survive every clipboard and mail program.
"""

from __future__ import annotations

from collections.abc import Sequence

from kerman_tui.clips.references import REFERENCES
from kerman_tui.model import Citation, Clip, Edit
from kerman_tui.text.fold import fold
from kerman_tui.text.tokens import words

MAX_TOKENS = 20_000
"""Longest passage, in words and gaps, whose differences are sought; longer ones stand one after the other."""


def marked(left: str, right: str, edits: Sequence[Edit] = ()) -> str:
    """``right`` with the words that only ``left`` has in ``[-…-]`` and those that only it has in ``{+…+}``.

    ``edits`` are those of an aligned row, with offsets into the two passages; without them the words are aligned here
    (Levenshtein over words and the gaps between them). What is the same stands as the right side writes it.
    """
    if not edits:
        return _aligned(left, right)
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.right_start, edit.left_start)):
        parts.append(right[at : edit.right_start])
        parts.append(_mark(left[edit.left_start : edit.left_end], right[edit.right_start : edit.right_end]))
        at = max(at, edit.right_end)
    parts.append(right[at:])
    return "".join(parts)


def comparison(left: Clip, right: Clip, edits: Sequence[Edit] = (), style: str = "plain") -> str:
    """Two aligned passages to paste: their differences, then whose words they are, each with its citation."""
    same = left.text == right.text
    body = left.text if same else marked(left.text, right.text, edits)
    head = "The same in both:" if same else "[-only in A-] {+only in B+}:"
    return f"{head}\n{body}\n\n{_side('A', left.citation, style)}\n{_side('B', right.citation, style)}"


def _side(letter: str, citation: Citation, style: str) -> str:
    return f"{letter} — {REFERENCES.get(style, REFERENCES['plain'])(citation)}"


def _mark(old: str, new: str) -> str:
    return (f"[-{old}-]" if old else "") + (f"{{+{new}+}}" if new else "")


def _aligned(left: str, right: str) -> str:
    ours, theirs = _tokens(left), _tokens(right)
    if max(len(ours), len(theirs)) > MAX_TOKENS:
        return _mark(left, right)
    from rapidfuzz.distance import Levenshtein

    keys = [[fold(token) if token[0].isalnum() else token for token in side] for side in (ours, theirs)]
    parts: list[str] = []
    old: list[str] = []
    new: list[str] = []
    for step in Levenshtein.opcodes(keys[0], keys[1]):
        before = ours[step.src_start : step.src_end]
        after = theirs[step.dest_start : step.dest_end]
        if step.tag != "equal":
            old += before
            new += after
            continue
        for one, other in zip(before, after, strict=True):
            if one == other:
                parts += [_mark("".join(old), "".join(new)), other]
                old, new = [], []
            else:  # one word under folding, written in two ways
                old.append(one)
                new.append(other)
    parts.append(_mark("".join(old), "".join(new)))
    return "".join(parts)


def _tokens(text: str) -> list[str]:
    """The words of a text and what stands between them; joined again they are the text."""
    found: list[str] = []
    at = 0
    for word in words(text):
        if word.start > at:
            found.append(text[at : word.start])
        found.append(text[word.start : word.end])
        at = word.end
    if at < len(text):
        found.append(text[at:])
    return found
