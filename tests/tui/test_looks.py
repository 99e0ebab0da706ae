"""Themes: enough contrast everywhere, a sign besides colour, and no colour at all where NO_COLOR asks for it."""

from __future__ import annotations

import itertools

import pytest
from rich.style import Style

from kerman_tui.tui.theme import (
    ANSI,
    MINIMUM_CONTRAST,
    PALETTES,
    PLAIN,
    contrast,
    cursor_cell,
    cursor_style,
    mix,
    sentence_style,
)

RGB = [palette for palette in PALETTES.values() if palette.rgb]


@pytest.mark.parametrize("palette", RGB, ids=lambda palette: palette.name)
def test_all_text_has_enough_contrast_on_every_ground_it_can_stand_on(palette) -> None:  # type: ignore[no-untyped-def]
    inks = mix(palette)
    overs = {"nothing": Style(), "the cursor": cursor_style(palette), "the sentence": sentence_style(palette)}
    for (name, ink), (over_name, over) in itertools.product(inks.items(), overs.items()):
        style = inks["text"] + ink + over
        if name == "match" and over_name != "nothing":
            continue  # a match keeps its own ground
        ratio = contrast(style.color.name, style.bgcolor.name)
        assert ratio >= MINIMUM_CONTRAST, f"{name} on {over_name}: {ratio:.2f}"
    cell = cursor_cell(palette)
    assert contrast(cell.color.name, cell.bgcolor.name) >= MINIMUM_CONTRAST


@pytest.mark.parametrize("palette", [ANSI, PLAIN], ids=lambda palette: palette.name)
def test_what_means_something_differs_by_more_than_colour(palette) -> None:  # type: ignore[no-untyped-def]
    inks = {name: ink.without_color for name, ink in mix(palette).items()}
    for name in ("match", "person", "leader", "quote", "figure", "caption", "inserted", "deleted", "title"):
        assert inks[name] != inks["text"], name  # type: ignore[index]
    apart = [str(inks[name]) for name in ("match", "person", "quote", "figure")]  # type: ignore[index]
    assert len(set(apart)) == len(apart)


def test_the_plain_palette_has_no_colour() -> None:
    assert all(ink.color is None and ink.bgcolor is None for ink in mix(PLAIN).values())
    assert cursor_style(PLAIN).bgcolor is None and sentence_style(PLAIN).bgcolor is None


def test_the_sixteen_colours_are_the_terminals_own() -> None:
    for ink in mix(ANSI).values():
        for colour in (ink.color, ink.bgcolor):
            assert colour is None or (colour.number is not None and colour.number < 16)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
