"""Serve the explorer to a browser, for colleagues without ssh; needs the extra `kerman-tui[web]`.

    kerman-tui serve seeds/                         at http://localhost:8000, for this machine only
    ssh -L 8000:localhost:8000 HOST                 from another machine: the way there that asks who you are

Whoever reaches the port acts as you: marks go into your basket, and commands that the explorer starts are yours. That
is why nobody but this machine reaches it unless --host says so.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence

from kerman_tui.cli.options import DONE, WRONG_CALL, add_corpus
from kerman_tui.cli.output import warn


def configure(parser: argparse.ArgumentParser) -> None:
    add_corpus(parser)
    parser.add_argument("--host", metavar="NAME", default="localhost", help="who may reach it (default: this machine)")
    parser.add_argument("--port", metavar="N", type=int, default=8000, help="the port (default: 8000)")


def execute(arguments: argparse.Namespace) -> int:
    try:
        from textual_serve.server import Server
    except ImportError:
        warn("serving to a browser needs textual-serve: pipx install 'kerman-tui[web]'")
        return WRONG_CALL
    server = Server(
        shlex.join(explorer(arguments)), host=arguments.host, port=arguments.port, title="kerman-tui"
    )  # fmt: skip
    server.serve()
    return DONE


def explorer(arguments: argparse.Namespace) -> Sequence[str]:
    """The call of the explorer that every visitor gets."""
    given = [sys.executable, "-m", "kerman_tui"]
    if arguments.corpus:
        given += ["--corpus", arguments.corpus]
    if arguments.workers:
        given += ["--workers", str(arguments.workers)]
    return [*given, "--", *arguments.paths] if arguments.paths else given
