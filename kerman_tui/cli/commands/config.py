"""Print the settings as a file to start from: every field with its default and why one would change it.

    kerman-tui config > ~/.config/kerman-tui/config.toml

With --check it names what is wrong with the file that stands; with --path it says where that file is.
"""

from __future__ import annotations

import argparse

from kerman_tui import config, places
from kerman_tui.cli.options import DONE, WRONG_CALL
from kerman_tui.cli.output import print_lines, warn


def configure(parser: argparse.ArgumentParser) -> None:
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument(
        "--check", action="store_true", help="name what is wrong with the file; exit code 2 if anything is"
    )
    choice.add_argument("--path", action="store_true", help="say where the file is, or would be")


def execute(arguments: argparse.Namespace) -> int:
    if arguments.path:
        print_lines([str(places.config_file())])
    elif arguments.check:
        problems = config.load().problems
        for problem in problems:
            warn(problem)
        return WRONG_CALL if problems else DONE
    else:
        print_lines(config.documented().rstrip("\n").split("\n"))
    return DONE
