"""The passages that were marked, in the style and format wanted: on standard output, or in a file.

    kerman-tui basket --format bibtex --output ~/kerman.bib
    kerman-tui basket --project Kerman --style chicago

A template of your own takes the place of a style: --style "{text} ({outlet}, {date}, {source}:{line})".
"""

from __future__ import annotations

import argparse
import sys

from kerman_tui.cli.options import DONE, NOTHING_FOUND, WRONG_CALL
from kerman_tui.cli.output import warn
from kerman_tui.clips.export import FORMATS


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="WORD", help="only passages that hold all these words")
    parser.add_argument("--project", metavar="NAME", help="only passages of this project")
    parser.add_argument("--style", metavar="STYLE", help="how passages are cited (default: as in the settings)")
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="default: %(default)s")
    parser.add_argument("--json", action="store_const", dest="format", const="json", help="short for --format json")
    parser.add_argument("--output", metavar="FILE", help="write to FILE (~ is understood) in place of standard output")
    parser.add_argument("--overwrite", action="store_true", help="let --output replace a file that is there")


def execute(arguments: argparse.Namespace) -> int:
    from kerman_tui import config
    from kerman_tui.clips.basket import Basket
    from kerman_tui.clips.citation import CitationError
    from kerman_tui.clips.export import clips
    from kerman_tui.clips.files import ExportError, save

    with Basket.open() as basket:
        if basket.notice:
            warn(basket.notice)
        chosen = basket.clips(arguments.project, " ".join(arguments.query))
    try:
        style = arguments.style or config.load().settings.citation_style
        document = clips(chosen, arguments.format, style, arguments.project or "")
        if arguments.output:
            where = save(document, arguments.output, arguments.overwrite)
            warn(f"{len(chosen)} passages written to {where}")
        else:
            # what the basket gives out has passed the gate already; bytes, since CSV has its own line ends
            sys.stdout.buffer.write(document.encode("utf-8", "backslashreplace"))
            sys.stdout.buffer.flush()
    except (CitationError, ExportError) as error:
        warn(str(error))
        return WRONG_CALL
    if not chosen:
        narrowed = arguments.query or arguments.project is not None
        warn("no marked passage is like that" if narrowed else "nothing is marked yet; Space in the explorer marks")
        return NOTHING_FOUND
    return DONE
