"""Print the manual page, made from what the program takes; keep it where `man` looks for pages.

kerman-tui manual > ~/.local/share/man/man1/kerman-tui.1
man kerman-tui
"""

from __future__ import annotations

import argparse
import os

from kerman_tui import __version__
from kerman_tui.cli.options import DONE
from kerman_tui.cli.output import print_lines

SUMMARY = "explore news articles in the terminal: find a passage, lay outlets side by side, cite it"
WIDTH = "80"


def configure(parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def execute(arguments: argparse.Namespace) -> int:
    print_lines(manual().split("\n"))
    return DONE


def manual() -> str:
    """The page in roff: the same on every machine and every day."""
    from argparse_manpage.manpage import Manpage

    os.environ["COLUMNS"] = WIDTH  # argparse breaks lines by it
    from kerman_tui.cli.main import whole_parser

    page = Manpage(whole_parser())
    page.description, page.date, page.manual = SUMMARY, "", "User Commands"
    page.source = f"kerman-tui {__version__}"
    return str(page).replace("\n.SH COMMENTS\n", "\n.SH EXAMPLES AND EXIT CODES\n").rstrip("\n")
