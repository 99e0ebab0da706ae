"""Family names that are places too: the blocks of an article and such a name in, where it speaks as a person out."""

from __future__ import annotations

from collections.abc import Sequence

from kerman_tui.model import Mention
from kerman_tui.people.blocks import Block
from kerman_tui.people.words import Word

_PLACING = frozenset("in at from to near of into across".split())


def namesakes(blocks: Sequence[Block], word: str) -> list[Mention]:
    """Where ``word`` stands right before a verb of speech: "Jordan said" of Neil Jordan.

    Nowhere in an article that also means the place ("in Jordan"): there it may be the country that says so.
    """
    spoken: list[Mention] = []
    for block in blocks:
        if word not in block.text:
            continue
        for at, token in enumerate(block.tokens):
            if token != word:
                continue
            owns = block.text[block.end(at) : block.end(at) + 2].lstrip(" ")[:1] in ("'", "’")
            if at and block.tokens[at - 1].lower() in _PLACING and not owns:
                return []
            if at + 1 < len(block.tokens) and block.flags[at + 1] & Word.SPEECH:
                spoken.append(Mention(block.paragraph, block.starts[at], block.end(at), word))
    return spoken
