"""Print completions for a shell: source the output, or keep it where your shell looks for completions.

kerman-tui completions bash > ~/.local/share/bash-completion/completions/kerman-tui
"""

from __future__ import annotations

import argparse

from kerman_tui.cli.options import DONE
from kerman_tui.cli.output import print_lines

SHELLS = ("bash", "zsh", "tcsh")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=SHELLS)


def execute(arguments: argparse.Namespace) -> int:
    import shtab

    from kerman_tui.cli.main import whole_parser

    print_lines(shtab.complete(whole_parser(), arguments.shell).split("\n"))
    return DONE
