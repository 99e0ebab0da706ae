"""One utterance version by version, laid out in lines with what each did to the fullest one. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from kerman_tui.model import Edit
from kerman_tui.people.collate import Utterance, Version
from kerman_tui.tui.page import READABLE, Layer, day_of, stretches
from kerman_tui.tui.theme import Ink
from kerman_tui.tui.wrap import wrap

SAID = {"whole": "= whole", "clipped": "… clipped", "changed": "~ changed"}
CUT = "[…]"
"""Stands where a version leaves words out."""
LONG_CUT = 12
"""Words left out in the middle that are shown; of more only their number is."""


class Inked(msgspec.Struct, frozen=True):
    """Text with the ink of each stretch of it."""

    text: str
    layers: tuple[Layer, ...]


class VersionLine(msgspec.Struct, frozen=True):
    """A line of the screen: of which version, and its text in inks."""

    version: int
    pieces: tuple[tuple[str, Ink], ...]


def inked(version: Version, fullest: str) -> Inked:
    """A version as it was printed, with what it leaves out of the fullest one and what it has in its place.

    What is left out at an end is a sign; in the middle the words stand, struck by their ink.
    """
    text, layers, at = "", [], 0
    printed = version.quote.text
    for edit in version.edits:
        text += printed[at : edit.right_start]
        at = edit.right_end
        if edit.left:
            left = _left_out(edit, fullest)
            text += " " if text and not text[-1].isspace() else ""
            layers.append(Layer(len(text), len(text) + len(left), "deleted" if left == edit.left else "muted"))
            text += left
        if edit.right:
            text += " " if edit.left else ""
            layers.append(Layer(len(text), len(text) + len(edit.right), "inserted"))
            text += edit.right
        elif edit.left and at < len(printed) and not printed[at].isspace() and printed[at].isalnum():
            text += " "
    return Inked(text + printed[at:], tuple(layers))


def _left_out(edit: Edit, fullest: str) -> str:
    """What stands for words that a version leaves out: the words, their number, or a sign where it begins or ends."""
    if _at_an_end(edit, fullest) and not edit.right:
        return CUT
    words = len(edit.left.split())
    return edit.left if words <= LONG_CUT else f"[… {words} words …]"


def _at_an_end(edit: Edit, fullest: str) -> bool:
    return not any(one.isalnum() for one in fullest[: edit.left_start]) or not any(
        one.isalnum() for one in fullest[edit.left_end :]
    )


def lay_out_versions(utterance: Utterance, dates: Mapping[str, str | None], width: int) -> list[VersionLine]:
    """For each version a line of facts and its text, wrapped to ``width`` cells, with a blank line after it."""
    lines: list[VersionLine] = []
    room = max(min(width - 4, READABLE + 20), 10)
    for number, version in enumerate(utterance.versions):
        quote = version.quote
        verb = f" · {quote.verb}" if quote.verb else ""
        who = quote.speaker or quote.speaker_text or "speaker not told"
        date = day_of(dates.get(quote.article)) if quote.article in dates else ""
        facts: tuple[tuple[str, Ink], ...] = (
            (f"{SAID[version.treatment]:<10}", "same" if version.treatment == "whole" else "edited"),
            (f" {quote.outlet}", "outlet"),
            (f" · {date}" if date else "", "muted"),
            (f" · {who}", "muted"),
            (verb, "strong"),
        )
        lines.append(VersionLine(number, facts))
        shown = inked(version, utterance.text)
        for start, end in wrap(shown.text, room):
            pieces: list[tuple[str, Ink]] = [("  ", "text")]
            for a, b, over in stretches(start, end, shown.layers):
                pieces.append((shown.text[a:b].replace("\n", " "), over[-1].ink if over else "quote"))
            lines.append(VersionLine(number, tuple(pieces)))
        lines.append(VersionLine(number, ()))
    return lines


def changes(version: Version) -> str:
    """What a version did, in words: "left out: x; y in place of z; added: w"."""
    said = []
    for edit in version.edits:
        if edit.op == "delete":
            said.append(f"left out: {edit.left}")
        elif edit.op == "insert":
            said.append(f"added: {edit.right}")
        else:
            said.append(f"{edit.right} in place of {edit.left}")
    return "; ".join(said)


def table_of(utterance: Utterance, dates: Mapping[str, str | None]) -> tuple[list[str], Sequence[Sequence[str]]]:
    """The versions as a table for a file."""
    names = ["outlet", "date", "speaker", "verb", "treatment", "text", "changes", "article"]
    rows = [
        (
            one.quote.outlet,
            day_of(dates.get(one.quote.article)),
            one.quote.speaker or one.quote.speaker_text or "",
            one.quote.verb or "",
            one.treatment,
            one.quote.text,
            changes(one),
            one.quote.article,
        )
        for one in utterance.versions
    ]
    return names, rows


def signs(utterance: Utterance) -> str:
    """The same in signs, for a narrow column: "=2 …1"."""
    counts = {SAID[kind][0]: sum(1 for one in utterance.versions if one.treatment == kind) for kind in SAID}
    return " ".join(f"{sign}{count}" for sign, count in counts.items() if count)


def treatments(utterance: Utterance) -> str:
    """How many ran it whole, clipped and changed it: "2 whole, 1 clipped"."""
    counts = {kind: sum(1 for one in utterance.versions if one.treatment == kind) for kind in SAID}
    return ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
