"""Articles for a glance: the bytes of a kept article in, one of which nothing is read that is not asked for out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import msgspec

from kerman_tui.model import ParagraphKind

_KINDS: dict[str, ParagraphKind] = {kind[0]: kind for kind in get_args(ParagraphKind)}
"""By the letters that ``codec`` writes."""


class UnreadArticle(msgspec.Struct, array_like=True, frozen=True):
    """An article as ``codec.encode_article`` wrote it. What follows these columns is passed over."""

    id: str
    title: str
    outlet: str
    texts: tuple[msgspec.Raw, ...]
    lines: tuple[int, ...]
    letters: str
    source: tuple[msgspec.Raw, msgspec.Raw, int, int, int | None]
    published: str | None
    date_evidence: msgspec.Raw
    byline: msgspec.Raw
    language: msgspec.Raw
    url: msgspec.Raw
    title_lines: tuple[int, ...]

    @property
    def kinds(self) -> Sequence[ParagraphKind]:
        """The kind of each paragraph."""
        return [_KINDS[letter] for letter in self.letters]

    def text_of(self, paragraph: int | None) -> str:
        """The text of a paragraph, or the title for ``None``. Raises IndexError for a paragraph that is not there."""
        return self.title if paragraph is None else _TEXT.decode(self.texts[paragraph])

    def line_of(self, paragraph: int | None) -> int:
        """The source line at which a paragraph (or, for ``None``, the title) begins."""
        if paragraph is None:
            return self.title_lines[0] if self.title_lines else self.source[2]
        return self.lines[paragraph if len(self.lines) > 1 else 0]


_TEXT = msgspec.json.Decoder(str)
_ARTICLE = msgspec.json.Decoder(UnreadArticle)


def unread(data: bytes) -> UnreadArticle:
    """The article of ``codec.encode_article``, at a tenth of what reading it costs. Raises ValueError."""
    return _ARTICLE.decode(data)
