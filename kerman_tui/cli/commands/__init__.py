"""One file a command, each with ``configure(parser)`` and ``execute(arguments) -> exit code``; all named here.

A command is imported only when it is called, so that one command does not pay for the others.
"""

from __future__ import annotations

COMMANDS: dict[str, str] = {
    "articles": "list the articles: outlet, date, title, where each stands",
    "search": "find articles and passages, misspelt words included",
    "people": "who is mentioned in which outlets",
    "quotes": "who said what, in which words",
    "figures": "numbers with unit and attribution, and where outlets disagree",
    "compare": "two articles side by side, passage by passage",
    "reuse": "passages that stand in more than one article",
    "stories": "articles grouped by the event they tell of",
    "wording": "what one outlet writes where others write something else",
    "searches": "the searches kept under a name, and what is new in each",
    "index": "keep a corpus under a name, ready to open",
    "watch": "keep a corpus up to date with its folders until stopped",
    "corpora": "the corpora kept under a name; remove one",
    "basket": "the passages that were marked, in the style and format wanted",
    "doctor": "what the terminal, the clipboard and the caches are, and what to change",
    "config": "the settings as a file to start from, every field explained",
    "serve": "the explorer in a browser, for colleagues without ssh",
    "completions": "completions for bash, zsh or tcsh",
    "manual": "the manual page, for man",
}
"""Command to the one line that ``--help`` shows, in the order shown."""
