"""The words of reported speech, read once from ``data/speech.toml``: which forms report, and how to take each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

CueClass = Literal["say", "label", "think"]
Form = Literal["base", "third", "past", "ing", "noun"]

_VOWELS = "aeiou"


class Cue(NamedTuple):
    """One form of a reporting verb."""

    base: str
    kind: CueClass
    form: Form


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the grammar of speech needs to know of words. All in lower case."""

    cues: Mapping[str, Cue]
    heard: frozenset[str]
    """Every word without which a sentence reports nothing."""
    noun_forms: frozenset[str]
    """Forms of reporting verbs that are nouns as often: reports, claims, states."""
    nouns: frozenset[str]
    """Nouns for something said, one and several: claim, claims."""
    bare_clause: frozenset[str]
    counting: frozenset[str]
    """Verbs that stand behind a number though no clause follows: the ministry reported 84 deaths."""
    beside: frozenset[str]
    """Verbs that report only beside a quotation: “…,” she continued."""
    particles: frozenset[tuple[str, str]]
    particle_verbs: Mapping[str, Form]
    pasts: frozenset[str]
    """Past forms that do not end in -ed, of verbs that report nothing: where a subject ends."""
    between: frozenset[str]
    clause_words: frozenset[str]
    prepositions: frozenset[str]
    pronouns: frozenset[str]
    organisations: frozenset[str]
    media: frozenset[str]
    times: frozenset[str]
    elisions: frozenset[str]
    writings: frozenset[str]
    """Things that say something for whoever issues them: issued a statement saying."""
    roles: Mapping[str, tuple[str, ...]]


def _forms(base: str) -> tuple[str, str, str, str]:
    """Third person, past, participle and -ing form of a regular verb."""
    if base.endswith("e"):
        return base + "s", base + "d", base + "d", base[:-1] + "ing"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies", base[:-1] + "ied", base[:-1] + "ied", base + "ing"
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    return third, base + "ed", base + "ed", base + "ing"


def _cues(table: Mapping[str, str], irregular: Mapping[str, str]) -> dict[str, Cue]:
    cues: dict[str, Cue] = {}
    kinds: tuple[CueClass, ...] = ("say", "label", "think")
    for kind in kinds:
        for base in table[kind].split():
            third, past, participle, ing = irregular[base].split() if base in irregular else _forms(base)
            forms: tuple[tuple[str, Form], ...] = (
                (past, "past"), (participle, "past"), (third, "third"), (ing, "ing"), (base, "base"),
            )  # fmt: skip
            for word, form in forms:
                cues.setdefault(word, Cue(base, kind, form))
    return cues


@cache
def lexicon() -> Lexicon:
    """The lexicon of ``data/speech.toml``."""
    text = resources.files("kerman_tui.people").joinpath("data/speech.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    particles = [(verb, particle) for verb, particle in (pair.split() for pair in table["particles"].split("|"))]
    cues = _cues(table, table["forms"])
    nouns = frozenset(form for noun in table["nouns"].split() for form in (noun, _forms(noun)[0]))
    return Lexicon(
        cues=cues,
        heard=frozenset(
            [*(part for cue in cues for part in cue.split("-")), *nouns, "according", *(verb for verb, _ in particles)]
        ),
        noun_forms=frozenset(table["noun_forms"].split()),
        nouns=nouns,
        bare_clause=frozenset(table["bare_clause"].split()),
        counting=frozenset(table["counting"].split()),
        beside=frozenset(table["beside"].split()),
        particles=frozenset(particles),
        particle_verbs={verb: "third" if verb.endswith("s") else "past" for verb, _ in particles},
        pasts=frozenset(table["pasts"].split()),
        between=frozenset(table["between"].split()),
        clause_words=frozenset(table["clause_words"].split()),
        prepositions=frozenset(table["prepositions"].split()),
        pronouns=frozenset(table["pronouns"].split()),
        organisations=frozenset(table["organisation_words"].split()),
        media=frozenset(table["media_words"].split()),
        times=frozenset(table["time_words"].split()),
        elisions=frozenset(table["elisions"].split()),
        writings=frozenset(table["writings"].split()),
        roles={head: tuple(words.split("|")) for head, words in table["roles"].items()},
    )
