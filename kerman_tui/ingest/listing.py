"""A page of several articles, divided into them: lines in, the index of every headline out.

A headline stands alone, has no final stop, and running text follows, perhaps under a caption; the words of a true
headline return in the text below it.
"""

from __future__ import annotations

from collections.abc import Sequence

from kerman_tui.ingest import furniture
from kerman_tui.ingest.page import Line, date_of_line


def headlines(lines: Sequence[Line]) -> list[int]:
    """Indices of the headlines of a listing page, in order; empty for a page that holds one article or none."""
    hinted = any(furniture.table().listing.fullmatch(line.text) for line in (*lines[:8], *lines[-8:]))
    found = [index for index in range(len(lines)) if _may_be_headline(lines, index)]
    return found if len(found) >= (2 if hinted else 4) else []


def _may_be_headline(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    count = furniture.word_count(line.text)
    if not (line.gap and 5 <= count <= 25) or furniture.ends_sentence(line.text) or line.text[:1].islower():
        return False
    if furniture.is_furniture(line.text) or furniture.byline(line.text) or date_of_line(line.text):
        return False
    if index and not (furniture.is_prose(lines[index - 1].text) or furniture.is_furniture(lines[index - 1].text)):
        return furniture.ends_sentence(lines[index - 1].text)
    return any(furniture.is_prose(below.text) for below in lines[index + 1 : index + 4])
