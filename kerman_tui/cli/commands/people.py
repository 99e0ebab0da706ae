"""Who is mentioned in which outlets: a table of leaders (or, with --all, of all people) by outlet.

With --timeline, when each was named where. With --organisations or --places, the groups and places whose name is a
choice, with the word that each outlet chooses.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import get_args

from kerman_tui.cli import shapes, sheets
from kerman_tui.cli.options import add_corpus, add_format, hand_out, open_corpus
from kerman_tui.cli.output import print_lines, print_table
from kerman_tui.model import MentionsAt, Organisation, Person
from kerman_tui.people.timeline import Step

OUTLETS_SHOWN = 8
"""Outlets that get a column in the readable table, those with most articles first."""


def configure(parser: argparse.ArgumentParser) -> None:
    add_corpus(parser)
    parser.add_argument("--all", action="store_true", help="everybody, not leaders only")
    parser.add_argument(
        "--timeline", choices=get_args(Step), metavar="STEP", help="when each was named: by day, week, month or year"
    )
    parser.add_argument(
        "--organisations", action="store_true", help="organisations and armed groups, with the word each outlet chooses"
    )
    parser.add_argument(
        "--places", action="store_true", help="places whose name is a choice, with the name each outlet chooses"
    )
    add_format(parser)


def execute(arguments: argparse.Namespace) -> int:
    with open_corpus(arguments) as corpus:
        people, outlets = corpus.people(everyone=arguments.all), corpus.outlets
        times = [(one, corpus.timeline(one, step=arguments.timeline)) for one in people] if arguments.timeline else []
        tracked: dict[str, Sequence[Organisation]] = {}
        if arguments.organisations:
            tracked["organisations"] = corpus.organisations()
        if arguments.places:
            tracked["places"] = corpus.places()
    chosen = [one for listed in tracked.values() for one in listed]
    nothing = "none found" if tracked else "nobody found" if arguments.all else "no leader found; --all shows everybody"
    return hand_out(
        arguments,
        bool(chosen or (people and not tracked)),
        nothing,
        json=lambda: (
            {
                "outlets": list(outlets),
                "people": [shapes.person(one) | {"timeline": list(map(shapes.mentions_at, at))} for one, at in times]
                or [shapes.person(one) for one in people],
            }
            | {name: [shapes.organisation(one) for one in listed] for name, listed in tracked.items()}
        ),
        sheet=lambda: (
            sheets.spellings(chosen) if tracked else sheets.timeline(times) if times else sheets.people(people, outlets)
        ),
        text=lambda: print_lines(_choices(chosen)) if tracked else _print(people, outlets, times),
    )


def _print(
    people: Sequence[Person], outlets: Sequence[str], times: Sequence[tuple[Person, Sequence[MentionsAt]]]
) -> None:
    if times:
        rows = [
            (one.name, at.date or "no date", at.outlet, f"{at.mentions} in {at.articles}")
            for one, dates in times
            for at in dates
        ]
        print_table(("name", "date", "outlet", "mentions"), rows)
        return
    columns = outlets[:OUTLETS_SHOWN]
    table = [
        (
            one.name,
            one.role or "",
            one.country or "",
            f"{len(one.articles):,}",
            f"{one.mentions:,}",
            *(f"{c.mentions} in {c.articles}" if (c := one.outlets.get(outlet)) else "·" for outlet in columns),
        )
        for one in people
    ]
    print_table(("name", "role", "country", "articles", "mentions", *columns), table, right=(3, 4))


def _choices(listed: Sequence[Organisation]) -> Iterator[str]:
    """One organisation or place with its spellings, and under each the outlets that use it, most first."""
    for one in listed:
        where = f", {one.country}" if one.country else ""
        yield f"{one.name}  ({one.kind.replace('_', ' ')}{where})  {one.mentions} in {len(one.articles)}"
        for spelling, outlets in sorted(one.variants.items(), key=lambda entry: -sum(entry[1].values())):
            shares = ", ".join(f"{outlet} {n}" for outlet, n in sorted(outlets.items(), key=lambda o: (-o[1], o[0])))
            yield f"    {spelling}: {shares}"
