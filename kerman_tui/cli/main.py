"""The command ``kerman-tui``: arguments in, one command or the explorer run, an exit code out.

Exit codes: 0 done, 1 nothing found, 2 the call or the input was wrong, 130 interrupted.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from kerman_tui import __version__, memory
from kerman_tui.cli.commands import COMMANDS
from kerman_tui.cli.options import INTERRUPTED, WRONG_CALL, add_corpus, say_passed_over
from kerman_tui.cli.output import warn
from kerman_tui.processes import end_all
from kerman_tui.text.gate import GatedStream, keep_to_ourselves

EXAMPLES = """\
examples:
  kerman-tui seeds/                          open the explorer on a folder
  kerman-tui search solemani seeds/          find a misspelt name
  kerman-tui people seeds/ --json            who is mentioned where, for a script
  kerman-tui compare 000 003 seeds/          what two articles share
  kerman-tui index archive/ --name archive   keep a corpus; then: kerman-tui --corpus archive

PATH is any mix of files, folders and globs. Without it: the corpus opened last, else the current folder when it holds
readable articles. Exit codes: 0 done, 1 nothing found, 2 wrong call or input, 130 interrupted.
"""

_NO_MEMORY = f"memory ran out; {memory.ADVICE}; a corpus kept with `kerman-tui index` takes less"


class _Parser(argparse.ArgumentParser):
    """argparse with one clear line for a wrong call."""

    def error(self, message: str) -> None:  # type: ignore[override]
        warn(f"{message} (see `{self.prog} --help`)")
        raise SystemExit(WRONG_CALL)


def run() -> None:
    """Entry point of the installed command: never returns, never shows a traceback for what a user can cause."""
    if sys.stderr is not None:
        sys.stderr = GatedStream(sys.stderr)
    try:
        _mind_memory()
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # many press it twice
        end_all()
        code = INTERRUPTED
    except BrokenPipeError:
        # The reader has gone: nothing more can be said, and Python must not try at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:  # a full disk behind standard output, a device that went away
        said = f"{error.filename or 'standard output'}: {error.strerror or error}"
        warn(_NO_MEMORY if memory.ran_out(error) else said)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = WRONG_CALL
    except Exception as error:
        from kerman_tui.cli import crash

        if os.environ.get(crash.DEBUG):
            crash.show(error)
        elif memory.ran_out(error):
            warn(_NO_MEMORY)
        else:
            warn(crash.line_for(error))
        code = WRONG_CALL
    sys.exit(code)


def _mind_memory() -> None:
    """Say that memory is short while it can be said: a library that cannot have more may end the process."""
    room = memory.room()
    if room < memory.LITTLE:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # each of its threads takes addresses for itself
    if room < memory.LEAST:
        warn(f"memory is short: this process may take {room >> 20} MiB more; {memory.ADVICE} if it ends early")
        if not _is_for_explorer(sys.argv[1:]):
            keep_to_ourselves()


def _is_for_explorer(words: Sequence[str]) -> bool:
    """Whether these words of a call open the explorer, and are no command."""
    return not words or words[0] not in COMMANDS


def main(argv: Sequence[str]) -> int:
    """Run the command line and return its exit code. Raises BrokenPipeError and KeyboardInterrupt for ``run``."""
    words = [_as_path(word) for word in argv]
    try:
        return _explore(words) if _is_for_explorer(words) else _command(words[0], words[1:])
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else WRONG_CALL


def command_parser(name: str) -> argparse.ArgumentParser:
    """The parser of one command; also what completions and the manual page are made from."""
    module = importlib.import_module(f"kerman_tui.cli.commands.{name}")
    parser = _Parser(
        prog=f"kerman-tui {name}",
        description=module.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    module.configure(parser)
    return parser


def explorer_parser() -> argparse.ArgumentParser:
    """The parser of the call without a command."""
    listed = "\n".join(f"  {name:<{max(map(len, COMMANDS))}} {what}" for name, what in COMMANDS.items())
    parser = _Parser(
        prog="kerman-tui",
        description="Explore news articles in the terminal. With no command, the explorer opens.",
        epilog=f"commands:\n{listed}\n\n{EXAMPLES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add_corpus(parser)
    themes = ("dark", "light", "contrast", "ansi")
    parser.add_argument("--theme", choices=themes, help="colours (default: as left last time)")
    parser.add_argument("--version", action="version", version=f"kerman-tui {__version__}")
    return parser


def whole_parser() -> argparse.ArgumentParser:
    """One parser that holds the explorer's options and every command: what completions and the manual are made from."""
    parser = explorer_parser()
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, what in COMMANDS.items():
        commands.add_parser(name, help=what, parents=[command_parser(name)], add_help=False, prog=f"kerman-tui {name}")
    return parser


def _command(name: str, words: Sequence[str]) -> int:
    from kerman_tui.corpus import CorpusError

    arguments = command_parser(name).parse_intermixed_args(words)
    try:
        code: int = importlib.import_module(f"kerman_tui.cli.commands.{name}").execute(arguments)
    except CorpusError as error:
        warn(str(error))
        return WRONG_CALL
    return code


def _explore(words: Sequence[str]) -> int:
    arguments = explorer_parser().parse_args(words)
    missing = [path for path in arguments.paths if not _may_exist(path)]
    late = next((path for path in missing if path in COMMANDS), "")
    if late:
        warn(f"{late} is a command and comes first: `kerman-tui {late} …`")
        return WRONG_CALL
    meant = _command_like(words[0]) if words and words[0] in missing else ""
    if meant:
        warn(f"{words[0]} is no command, file or folder; did you mean `kerman-tui {meant}`?")
        return WRONG_CALL
    for path in missing:
        warn(f"{path}: no such file or folder")
    if missing and len(missing) == len(arguments.paths):
        return WRONG_CALL
    served = bool(os.environ.get("TEXTUAL_DRIVER"))  # through a browser: a server takes the place of the terminal
    on_terminal = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    if not (served or on_terminal):
        warn("the explorer needs a terminal; without one, use a command such as `kerman-tui search QUERY PATH`")
        return WRONG_CALL
    if arguments.corpus:
        say_passed_over(arguments.paths)
    gc.disable()  # what a start makes is no garbage; the explorer has it collected once its corpus stands
    # Textual reads its settings when it is imported.
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    from kerman_tui.tui.app import explore

    paths = [Path(path) for path in arguments.paths if path not in missing]
    return explore(paths, arguments.corpus, arguments.theme, workers=arguments.workers)


def _may_exist(path: str) -> bool:
    return os.path.lexists(path) or any(char in path for char in "*?[")


def _command_like(word: str) -> str:
    """The command that a word may be a slip for; "" for none."""
    import difflib

    return next(iter(difflib.get_close_matches(word, COMMANDS, 1)), "")


def _as_path(word: str) -> str:
    """A word that begins with a dash but names a file is that file, not an option."""
    return f"./{word}" if word.startswith("-") and len(word) > 1 and os.path.lexists(word) else word
