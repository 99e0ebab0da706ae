"""What an update asks of articles that stay, as columns of numbers beside a segment: an article in, a row out.

A row says by numbers which text, file and outlet an article has, and what boilerplate is looked for by. So an update
need not read what stays. A row takes 40 bytes, and each line of the article 8, each longer word of its title 4.
"""

from __future__ import annotations

import struct
from array import array
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kerman_tui.ingest.boilerplate import Page, marks, whole_text
from kerman_tui.model import UNKNOWN_OUTLET, Article, Paragraph

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LAYOUT = 2
"""Segments whose columns are laid out otherwise are written anew by the next update."""
FILES = ("rows.bin", "lines.bin", "words.bin")
ASIDE = 1 << 63
"""The bit that says of a line that the article has set it aside; no mark has it."""

_Number = TypeVar("_Number", bound="np.generic")
_KEY_BYTES = 16
_ROW = struct.Struct(f"={_KEY_BYTES}sQQII")
_FIELDS = [("key", "u8", 2), ("file", "u8"), ("outlet", "u8"), ("lines", "u4"), ("words", "u4")]


def key_of(article: Article) -> bytes:
    """16 bytes that articles share when outlet, title and text are the same word for word, with what is set aside.

    Where the outlet is unknown the file stands for it, as when duplicates are folded together.
    """
    origin = article.outlet if article.outlet != UNKNOWN_OUTLET else article.source.sha256
    text = "\0".join([origin, article.title, *[paragraph.text for paragraph in whole_text(article)]])
    return blake2b(text.encode("utf-8", "replace"), digest_size=_KEY_BYTES).digest()


def number_of(name: str) -> int:
    """The number by which a file or an outlet is known: 8 bytes of a digest."""
    return int.from_bytes(blake2b(name.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def row_of(article: Article, page: Page) -> tuple[bytes, bytes, bytes]:
    """What ``FILES`` hold of an article."""
    lines = page.lines
    if article.set_aside:
        aside = frozenset(marks(Paragraph(one.text, one.line, one.kind) for one in article.set_aside))
        lines = [mark | ASIDE if mark in aside else mark for mark in lines]
    # of lines that cannot be boilerplate one says as much as several that follow each other
    told = array("Q", [mark for at, mark in enumerate(lines) if mark or not at or lines[at - 1]])
    words = array("I", page.words)
    origin = (number_of(article.source.name), number_of(article.outlet))
    return _ROW.pack(key_of(article), *origin, len(told), len(words)), told.tobytes(), words.tobytes()


class Columns:
    """The columns of a segment. Raises OSError, or ValueError where they do not fit together."""

    def __init__(self, folder: Path, count: int) -> None:
        import numpy as np

        rows, lines, words = (folder / name for name in FILES)
        self.rows = np.fromfile(rows, np.dtype(_FIELDS))
        self._lines = _mapped(lines, np.uint64)
        self._words = _mapped(words, np.uint32)
        told = (self.rows["lines"].sum(), self.rows["words"].sum())
        if len(self.rows) != count or told != (len(self._lines), len(self._words)):
            raise ValueError("its files do not fit together")

    @cached_property
    def _line_ends(self) -> NDArray[np.int64]:
        return _ends(self.rows["lines"])

    @cached_property
    def _word_ends(self) -> NDArray[np.int64]:
        return _ends(self.rows["words"])

    def page(self, at: int) -> Page:
        """What was kept of the article at that place."""
        lines = self._lines[self._line_ends[at] : self._line_ends[at + 1]]
        words = self._words[self._word_ends[at] : self._word_ends[at + 1]]
        return Page([mark & ~ASIDE for mark in lines.tolist()], words.tolist())

    def lines(self, chosen: NDArray[np.bool_]) -> NDArray[np.uint64]:
        """The lines of the articles that are ``chosen``, one after the other, with the bit ``ASIDE``."""
        return _chosen(self._lines, self.rows["lines"], chosen)

    def words(self, chosen: NDArray[np.bool_]) -> NDArray[np.uint32]:
        """The words of the titles of the articles that are ``chosen``, one after the other."""
        return _chosen(self._words, self.rows["words"], chosen)


def _mapped(path: Path, kind: type[_Number]) -> NDArray[_Number]:
    import numpy as np

    return np.memmap(path, kind, "r") if path.stat().st_size else np.empty(0, kind)


def _ends(counts: NDArray[np.uint32]) -> NDArray[np.int64]:
    import numpy as np

    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))


def _chosen(values: NDArray[_Number], counts: NDArray[np.uint32], chosen: NDArray[np.bool_]) -> NDArray[_Number]:
    import numpy as np

    return values[np.repeat(chosen, counts)]
