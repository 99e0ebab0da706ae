"""The look: a few palettes, and the inks (styles of text by what the text is) that are mixed from one.

Colour is never the only sign: every ink that means something differs in weight, slant or underline too, or the
widget that uses it puts a sign beside it. RGB palettes keep a contrast of at least 4.5:1 (WCAG 2.1 AA), by a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec
from rich.style import Style
from textual.theme import BUILTIN_THEMES, Theme

Ink = Literal[
    "text", "muted", "strong", "title", "outlet", "match", "person", "leader", "quote", "figure", "caption", "heading",
    "mark", "key", "ok", "warn", "error", "bar", "bar_strong", "pane", "pane_focus", "rule",
    "same", "edited", "moved", "left", "right", "inserted", "deleted", "why", "zero", "organisation", "wrong",
]  # fmt: skip
Inks = Mapping[Ink, Style]

MINIMUM_CONTRAST = 4.5
"""WCAG 2.1 AA for text of normal size."""


class Palette(msgspec.Struct, frozen=True):
    """Colours of one theme, as Rich names them; ``None`` is the terminal's own."""

    name: str
    dark: bool
    rgb: bool
    ground: str | None
    text: str | None
    muted: str | None
    accent: str | None
    bar: str | None
    cursor: str | None
    sentence: str | None
    match_text: str | None
    match: str | None
    person: str | None
    quote: str | None
    figure: str | None
    caption: str | None
    mark: str | None
    good: str | None
    bad: str | None
    warn: str | None
    inserted: str | None
    deleted: str | None


DARK = Palette(
    name="dark", dark=True, rgb=True, ground="#1b1c1e", text="#d7dae0", muted="#a0a6b0", accent="#82b7f0",
    bar="#2d2f33", cursor="#383c44", sentence="#25272b", match_text=None, match="#eebf52", person="#84d3c4",
    quote="#c3cf96", figure="#e5a9d0", caption="#b3a4dc", mark="#f2a65e", good="#8fd596", bad="#ff9a94",
    warn="#f0c674", inserted="#243d2a", deleted="#4a2729",
)  # fmt: skip
LIGHT = Palette(
    name="light", dark=False, rgb=True, ground="#fbfaf7", text="#23262b", muted="#60656e", accent="#1b5aa6",
    bar="#ebe9e3", cursor="#d8e3f1", sentence="#ebeff5", match_text="#231a00", match="#ffd666", person="#0b6158",
    quote="#4d5a12", figure="#8a2a6b", caption="#5f4a9c", mark="#9a4a00", good="#1d6b2b", bad="#b1221c",
    warn="#7a5200", inserted="#cfeccf", deleted="#f8d3d0",
)  # fmt: skip
CONTRAST = Palette(
    name="contrast", dark=True, rgb=True, ground="#000000", text="#ffffff", muted="#d0d0d0", accent="#7fd4ff",
    bar="#2a2a2a", cursor="#00408a", sentence="#26264a", match_text=None, match="#ffe100", person="#7dffe6",
    quote="#e3ff8a", figure="#ffb3e6", caption="#d9ccff", mark="#ffb000", good="#8dff9a", bad="#ffb0a8",
    warn="#ffe100", inserted="#004d12", deleted="#6b0008",
)  # fmt: skip
ANSI = Palette(
    name="ansi", dark=True, rgb=False, ground=None, text=None, muted=None, accent="cyan",
    bar=None, cursor=None, sentence=None, match_text=None, match="yellow", person="cyan",
    quote="green", figure="magenta", caption="blue", mark="yellow", good="green", bad="red",
    warn="yellow", inserted=None, deleted=None,
)  # fmt: skip
PLAIN = Palette(
    name="plain", dark=True, rgb=False, ground=None, text=None, muted=None, accent=None, bar=None, cursor=None,
    sentence=None, match_text=None, match=None, person=None, quote=None, figure=None, caption=None, mark=None,
    good=None, bad=None, warn=None, inserted=None, deleted=None,
)  # fmt: skip

PALETTES: Mapping[str, Palette] = {palette.name: palette for palette in (DARK, LIGHT, CONTRAST, ANSI, PLAIN)}
CHOICES = ("dark", "light", "contrast", "ansi")
"""Themes a user can name; ``plain`` is what NO_COLOR asks for."""


def mix(palette: Palette) -> Inks:
    """The inks of a palette."""
    ground = palette.ground
    flat = not palette.rgb

    def ink(
        colour: str | None = None,
        on: str | None = None,
        *,
        bold: bool | None = None,
        italic: bool | None = None,
        underline: bool | None = None,
        reverse: bool | None = None,
        dim: bool | None = None,
    ) -> Style:
        return Style(
            color=colour or palette.text, bgcolor=on or ground, bold=bold, italic=italic, underline=underline,
            reverse=reverse, dim=dim,
        )  # fmt: skip

    return {
        "text": ink(),
        "muted": ink(palette.muted, dim=True if flat else None),
        "strong": ink(bold=True),
        "title": ink(bold=True),
        "outlet": ink(palette.accent),
        # Where the text of a match has the colour of the ground, one colour is sent for it and not two.
        "match": Style(color=palette.match_text, bgcolor=palette.match, bold=True)
        if palette.match_text
        else ink(palette.match, bold=True, reverse=True),
        "person": ink(palette.person, underline=True),
        "leader": ink(palette.person, underline=True, bold=True),
        "organisation": ink(palette.person),
        "quote": ink(palette.quote, italic=True),
        "figure": ink(palette.figure, bold=True),
        "caption": ink(palette.caption, italic=True),
        "heading": ink(palette.accent, bold=True),
        "mark": ink(palette.mark, bold=True),
        "key": ink(palette.accent, palette.bar, bold=True, reverse=None),
        "ok": ink(palette.good, palette.bar),
        "warn": ink(palette.warn, palette.bar, bold=True),
        "error": ink(palette.bad, palette.bar, bold=True),
        "bar": ink(palette.muted if palette.rgb else None, palette.bar),
        "bar_strong": ink(palette.text, palette.bar, bold=True),
        "pane": ink(palette.muted, palette.bar),
        "pane_focus": ink(palette.accent, palette.bar, bold=True, reverse=True if flat else None),
        "rule": ink(palette.muted, dim=True if flat else None),
        "same": ink(palette.muted, dim=True if flat else None),
        "edited": ink(palette.warn, bold=True),
        "moved": ink(palette.figure, bold=True),
        "left": ink(palette.bad),
        "right": ink(palette.good),
        "inserted": ink(palette.good, palette.inserted, bold=True, underline=True),
        "deleted": ink(palette.bad, palette.deleted, bold=True, reverse=True if flat else None),
        "why": ink(palette.muted, italic=True),
        "wrong": Style(color=palette.bad, underline=True),
        "zero": ink(palette.muted, dim=True if flat else None),
    }


def cursor_style(palette: Palette) -> Style:
    """What is laid over the line under the cursor of the focused pane."""
    return Style(bgcolor=palette.cursor, bold=True) if palette.cursor else Style(bold=True, reverse=True)


def cursor_cell(palette: Palette) -> Style:
    """The cell under the cursor of a field."""
    return Style(color=palette.ground, bgcolor=palette.text) if palette.rgb else Style(reverse=True)


def sentence_style(palette: Palette) -> Style:
    """What is laid over the sentence under the reader's cursor."""
    return Style(bgcolor=palette.sentence) if palette.sentence else Style(bold=True)


def textual_theme(palette: Palette) -> Theme:
    """The same palette for the few widgets that are drawn by CSS."""
    if not palette.rgb:
        return Theme(
            name=f"kerman-{palette.name}", ansi=True, primary="ansi_cyan" if palette is ANSI else "ansi_default",
            foreground="ansi_default", background="ansi_default", surface="ansi_default", panel="ansi_default",
            boost="ansi_default", dark=True,
            variables=BUILTIN_THEMES["ansi-dark"].variables,
        )  # fmt: skip
    return Theme(
        name=f"kerman-{palette.name}", dark=palette.dark, primary=palette.accent or "", foreground=palette.text,
        background=palette.ground, surface=palette.ground, panel=palette.bar, accent=palette.accent,
        warning=palette.warn, error=palette.bad, success=palette.good,
    )  # fmt: skip


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours, 1 to 21 (WCAG 2.1, relative luminance)."""
    a, b = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (a + 0.05) / (b + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
