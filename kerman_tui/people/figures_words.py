"""The words of figures, read once from ``data/figures.toml``: units, qualifiers, vague quantities, currencies."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class FigureWords:
    """All in lower case but the currency signs. Phrases are tuples of words, longest first."""

    units: frozenset[str]
    """Units that count people by what befell them."""
    participles: Mapping[str, str]
    """Participle to unit: 84 people were killed."""
    bases: frozenset[str]
    """Base forms of the transitive verbs."""
    verbs: Mapping[str, str]
    """Any form of a transitive verb to unit: killing 84 people."""
    did: Mapping[str, str]
    after: Mapping[str, str]
    of: Mapping[str, str]
    counted: Mapping[str, str]
    qualifiers: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    """By their last word, longest first."""
    qualifiers_after: tuple[tuple[tuple[str, ...], str], ...]
    vague: Mapping[str, tuple[int, int]]
    signs: Mapping[str, str]
    currencies: Mapping[str, str]
    percent: frozenset[str]
    heads: frozenset[str]
    measures: frozenset[str]
    triggers: frozenset[str]
    """Every word without which a sentence holds no figure, currency signs aside."""
    empty: frozenset[str]
    before_years: frozenset[str]
    grammar: Mapping[str, frozenset[str]]
    """Sets of function words by what they do."""


def _phrases(table: Mapping[str, list[str]]) -> tuple[tuple[tuple[str, ...], str], ...]:
    found = [(tuple(phrase.split()), name) for name, phrases in table.items() for phrase in phrases]
    return tuple(sorted(found, key=lambda entry: -len(entry[0])))


def _by_last(phrases: tuple[tuple[tuple[str, ...], str], ...]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, name in phrases:
        found.setdefault(phrase[-1], []).append((phrase, name))
    return {last: tuple(entries) for last, entries in found.items()}


@cache
def figure_words() -> FigureWords:
    """The words of ``data/figures.toml``."""
    text = resources.files("kerman_tui.people").joinpath("data/figures.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    units = table["people"]
    return FigureWords(
        units=frozenset(units),
        participles={forms.split()[3]: unit for unit, one in units.items() for forms in one["verbs"]},
        bases=frozenset(forms.split()[0] for one in units.values() for forms in one["verbs"]),
        verbs={form: unit for unit, one in units.items() for forms in one["verbs"] for form in forms.split()},
        did={word: unit for unit, one in units.items() for word in one["did"].split()},
        after={word: unit for unit, one in units.items() for word in one["after"].split()},
        of={word: unit for unit, one in units.items() for word in one["of"].split()},
        counted={word: unit for unit, one in units.items() for word in one["counted"].split()},
        qualifiers=_by_last(_phrases(table["qualifiers"])),
        qualifiers_after=_phrases(table["qualifiers_after"]),
        vague={phrase: (low, high) for phrase, (low, high) in table["vague"].items()},
        signs=table["currency_signs"],
        currencies=table["currency_words"],
        percent=frozenset(table["percent"]["words"].split()),
        heads=frozenset(table["heads"]["words"].split()),
        measures=frozenset(table["measures"]["words"].split()),
        triggers=frozenset(
            [
                *(
                    word
                    for one in units.values()
                    for kind in ("did", "after", "of", "counted")
                    for word in one[kind].split()
                ),
                *(form for one in units.values() for forms in one["verbs"] for form in forms.split()),
                *(word.lower() for word in table["currency_words"]),
                *table["percent"]["words"].split(),
                *table["heads"]["words"].split(),
                *("per", "toll", "lives", "life", "homes", "houses", "lost", "losing"),
            ]
        ),
        empty=frozenset(table["empty"]["words"].split()),
        before_years=frozenset(table["years"]["before"].split()),
        grammar={name: frozenset(words.split()) for name, words in table["grammar"].items()},
    )
