"""The one list of what can be done: id, keys, name, help, where it holds, whether the footer shows it.

Bindings, footer, help, command palette, the README's table of keys and remapping are all made from it. An action's
Textual name is the last part of its id, so that ``reader.next-match`` is done by ``action_next_match``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec
from textual.binding import Binding, BindingType

Where = Literal[
    "everywhere", "move", "explorer", "search", "list", "reader", "panel", "compare", "leaders", "passages", "basket",
    "table", "cross", "collation", "searches",
]  # fmt: skip

HEADINGS: dict[Where, str] = {
    "everywhere": "Everywhere",
    "move": "Moving in every list, table and text",
    "explorer": "The explorer",
    "search": "The search field",
    "list": "The list of articles",
    "reader": "The reader",
    "panel": "People, outlets and other facets",
    "compare": "Articles side by side",
    "leaders": "Leaders and outlets",
    "passages": "Passages in context",
    "basket": "The basket",
    "table": "Tables",
    "cross": "Tables with outlets for columns",
    "collation": "One utterance in several outlets",
    "searches": "Searches kept and asked before",
}

UNUSABLE = frozenset("ctrl+h ctrl+i ctrl+m ctrl+j ctrl+b ctrl+a ctrl+s ctrl+z ctrl+left_square_bracket".split())
"""Keys that a terminal, tmux or screen takes for itself or cannot tell from another."""


class Action(msgspec.Struct, frozen=True):
    """One thing that can be done. ``keys`` are Textual's names, the first is the one that is shown."""

    id: str
    keys: tuple[str, ...]
    name: str
    help: str
    where: Where
    footer: bool = False

    @property
    def method(self) -> str:
        """The Textual action that does it."""
        return self.id.rpartition(".")[2].replace("-", "_")


def _actions(where: Where, *rows: tuple[str, str, str, str] | tuple[str, str, str, str, bool]) -> list[Action]:
    return [
        Action(f"{where}.{row[0]}", tuple(row[1].split()), row[2], row[3], where, len(row) > 4 and bool(row[4]))
        for row in rows
    ]


ACTIONS: tuple[Action, ...] = (
    *_actions(
        "everywhere",
        ("help", "question_mark", "help", "Show the keys, those of the focused pane first", True),
        ("palette", "colon", "commands", "Find a command by its name and run it"),
        ("leaders", "p", "leaders", "Table of who is mentioned in which outlet", True),
        ("basket", "b", "basket", "The passages you have marked", True),
        ("quotations", "Q", "quotations", "What was said, by whom, in which outlet"),
        ("utterances", "U", "same words", "What was said, as each outlet ran it: whole, clipped, a word changed"),
        ("figures", "F", "figures", "Numbers by outlet, in order of time; those that cannot all be true are flagged"),
        ("organisations", "I", "organisations", "Organisations and armed groups, with the word each outlet chooses"),
        ("reuse", "R", "shared text", "Passages that stand in more than one article; what flows between outlets"),
        ("stories", "S", "stories", "Articles grouped by the event they tell of"),
        ("wording", "W", "wording", "What one outlet writes where others write something else"),
        ("corpora", "A", "other corpora", "Open another corpus: one that is kept, or one that was open before"),
        ("skipped", "exclamation_mark", "skipped files", "What gave no article, and why"),
        ("message", "at", "last message", "The last message in full, with its details"),
        ("theme", "T", "theme", "Next theme: dark, light, contrast, ansi"),
        ("plain", "P", "plain view", "The text of this pane without its frame, to select with the mouse"),
        ("take-in", "ctrl+r", "take in new", "Take in what was indexed under this name while it was open"),
        ("redraw", "ctrl+l", "redraw", "Draw the screen again, if something else wrote over it"),
        ("quit", "ctrl+q ctrl+c", "quit", "Leave; place, query and marks are kept"),
    ),
    *_actions(
        "move",
        ("down", "j down", "down", "Next line, row or sentence"),
        ("up", "k up", "up", "Previous line, row or sentence"),
        ("page-down", "ctrl+d pagedown", "page down", "Half a page on"),
        ("page-up", "ctrl+u pageup", "page up", "Half a page back"),
        ("first", "g home", "first", "To the beginning"),
        ("last", "G end", "last", "To the end"),
        ("jump", "apostrophe", "jump", "Letters appear at what is on the screen; type one to go there"),
    ),
    *_actions(
        "explorer",
        ("search", "slash", "search", "Type a query; the list follows as you type", True),
        ("next-pane", "tab", "next pane", "To the next pane"),
        ("previous-pane", "shift+tab", "previous pane", "To the previous pane"),
        ("left", "h left", "pane left", "To the pane on the left or above"),
        ("right", "l right", "pane right", "To the pane on the right or below"),
        ("back", "escape q", "back", "Close what was opened last; q in the list leaves", False),
        ("next-match", "n", "next match", "Next match in the article, then in the next article"),
        ("previous-match", "N", "previous match", "Previous match"),
        ("next-article", "J", "next article", "Next article of the list while reading"),
        ("previous-article", "K", "previous article", "Previous article of the list while reading"),
        ("compare", "c", "compare", "Lay this article beside one that shares text with it", True),
        ("concordance", "C", "in context", "Every occurrence of the query in context"),
        ("panel", "e", "people", "Show or hide people, outlets and other facets", True),
        ("maximise", "O", "maximise", "Give the whole screen to this pane, and take it back"),
        ("wider", "greater_than_sign", "wider", "Make the reader wider"),
        ("narrower", "less_than_sign", "narrower", "Make the reader narrower"),
        ("history-back", "H ctrl+o", "back in history", "To where you were before"),
        ("history-forth", "L", "forth in history", "Undo going back"),
        ("strict", "equals_sign", "strict", "Take every word of the query as it is written, or forgive again"),
        ("clear", "ctrl+x", "clear query", "Empty the query and show all articles"),
        ("save-search", "s", "save search", "Keep this query; `o` lists those kept, with what is new since last time"),
        ("saved-searches", "o", "saved searches", "Searches kept, with what is new in them, and queries asked before"),
        ("batch", "B", "names in a file", "Ask every line of a file: names or queries"),
    ),
    *_actions(
        "search",
        ("accept", "enter", "read the best hit", "Read the best hit", True),
        ("to-list", "down", "to the list", "To the list of what was found", True),
        ("leave", "escape", "leave the field", "Leave the field for the list; the query stays", True),
        ("complete", "tab", "complete", "Complete the value of a field, else to the next pane"),
        ("older", "up ctrl+p", "older query", "The query before this one"),
        ("newer", "ctrl+n", "newer query", "The query after this one"),
        ("strict", "ctrl+t", "strict", "Take every word of the query as it is written, or forgive again"),
    ),
    *_actions(
        "list",
        ("open", "enter", "read", "Read the article, from its best passage", True),
        ("mark", "space", "mark", "Keep the best passage of this article in the basket", True),
        ("copy", "y", "copy", "Copy the best passage with its citation", True),
        ("copy-citation", "Y", "copy citation", "Copy the citation of the article alone"),
        ("why", "w", "why", "Why this article matched and ranks here"),
        ("duplicates", "d", "near-copies", "Articles that say the same as this one and stand behind it"),
    ),
    *_actions(
        "reader",
        ("mark", "space", "mark", "Keep the sentence or the range in the basket; again takes it out", True),
        ("copy", "y", "copy", "Copy the sentence or the range with its citation", True),
        ("copy-text", "Y", "copy bare", "Copy it without the citation"),
        ("range", "v", "range", "Begin a range of sentences here; Esc gives it up", True),
        ("paragraph", "V", "paragraph", "Take the whole paragraph as the range"),
        ("next-paragraph", "right_curly_bracket", "next paragraph", "To the next paragraph"),
        ("previous-paragraph", "left_curly_bracket", "previous paragraph", "To the previous paragraph"),
        ("open", "enter", "follow", "Follow: a person's passages, or the same passage in another article"),
        ("people", "1", "show people", "Show people in the text, or not"),
        ("quotations-in-text", "2", "show quotations", "Show quotations in the text, or not"),
        ("figures-in-text", "3", "show figures", "Show figures in the text, or not"),
        ("notes", "4", "show footnotes", "Show where passages stand in other articles, or not"),
        ("lines", "number_sign", "line numbers", "Show the line numbers of the source, or not"),
        ("source", "s", "source", "Open the source file in $PAGER at this line"),
        ("export", "x", "export", "Write the sentence or the range with its citation to a file"),
        ("pipe", "vertical_line", "pipe", "Give the sentence or the range to a command, and show what it prints"),
        ("page", "M", "view", "Show the sentence or the range with its citation in $PAGER"),
        ("edit", "E", "edit", "Edit the sentence or the range in $EDITOR; what you leave there is copied"),
    ),
    *_actions(
        "panel",
        ("filter", "enter f", "filter", "Only articles with this person, outlet or date; again takes it off", True),
        ("passages", "space", "passages", "Every mention in context", True),
        ("timeline", "t", "time line", "Mentions of this person by day, month or year", True),
        ("next-section", "right_curly_bracket", "next section", "To the next of people, outlets, dates, organisations"),
        ("previous-section", "left_curly_bracket", "previous section", "To the one before"),
        ("copy", "y", "copy", "Copy the name and its counts"),
    ),
    *_actions(
        "compare",
        ("next-difference", "right_square_bracket n", "next difference", "To the next difference", True),
        ("previous-difference", "left_square_bracket N", "previous difference", "To the previous difference", True),
        ("fold", "f", "fold same", "Fold what both sides share word for word", True),
        ("swap", "s", "swap", "Swap the sides; of three or four, make the chosen column the first"),
        ("add", "plus", "add column", "Add a third and a fourth article as columns beside the first", True),
        ("remove", "minus", "remove column", "Take the chosen column away, or the last"),
        ("left", "h left", "left", "Choose the column on the left"),
        ("right", "l right", "right", "Choose the column on the right"),
        ("words", "w", "word differences", "Show differences word by word, or whole passages"),
        ("mark", "space", "mark", "Keep the passages of this row in the basket", True),
        ("copy", "y", "copy", "Copy the passages of this row with their citations and differences", True),
        ("other", "c", "other article", "Choose another article for the chosen column, or for the last", True),
        ("open", "enter", "read", "Read the passage of the chosen column in its article"),
        ("evidence", "i", "evidence", "What speaks for a direction, in full"),
        ("next-row", "J", "next passage", "To the next shared passage"),
        ("previous-row", "K", "previous passage", "To the previous shared passage"),
        ("export", "x", "export", "Write the comparison to a file: HTML, Markdown or text by its name"),
        ("pipe", "vertical_line", "pipe", "Give the comparison to a command, and show what it prints"),
        ("page", "v", "view", "Show the comparison in $PAGER"),
        ("back", "escape q", "back", "Back to where you were", False),
    ),
    *_actions(
        "leaders",
        ("open", "enter", "passages", "Every mention behind this number, in context", True),
        ("left", "h left", "left", "Cell on the left"),
        ("right", "l right", "right", "Cell on the right"),
        ("sort", "s", "sort", "Sort by this column; again turns it round", True),
        ("filter", "slash", "filter", "Show rows whose name, role or country has these letters", True),
        ("everyone", "a", "everyone", "All people, or leaders only", True),
        ("measure", "m", "articles or mentions", "Count articles, mentions or both"),
        ("scope", "w", "all or found", "Count in all articles, or in what the query of the explorer found"),
        ("timeline", "t", "time line", "Mentions of this person by day, month or year", True),
        ("quotes", "Q", "quotations", "What this person is said to have said"),
        ("utterances", "U", "same words", "The same words of this person as several outlets ran them"),
        ("verbs", "V", "verbs", "Verbs with which each outlet introduces this person: said, stressed, claimed"),
        ("copy", "y", "copy table", "Copy the table as Markdown", True),
        ("export", "x", "export", "Write the table to a file (CSV or Markdown by its name)"),
        ("keep-table", "B", "keep table", "Keep the whole table in the basket; again takes it out"),
        ("pipe", "vertical_line", "pipe", "Give the table to a command, and show what it prints"),
        ("page", "v", "view", "Show the table in $PAGER"),
        ("merge", "M", "merge", "Say that two rows are one person: press it on one, then on the other"),
        ("split", "c", "split", "Say that one of the spellings of this person is somebody else"),
        ("rename", "r", "rename", "Give this person another name"),
        ("reject", "D", "not a person", "Say that this is not a person"),
        ("promote", "plus", "is a leader", "Say that this person is a leader, or is not"),
        ("undo", "u", "undo", "Take the last correction back"),
        ("back", "escape q", "back", "Back to where you were", False),
    ),
    *_actions(
        "passages",
        ("open", "enter", "read", "Read the article at this passage", True),
        ("mark", "space", "mark", "Keep the sentence of this passage in the basket", True),
        ("copy", "y", "copy", "Copy the sentence with its citation", True),
        ("sort", "s", "sort", "Sort by place, right context, left context, outlet, date or spelling", True),
        ("plot", "d", "where", "Where in each article the passages stand, as a strip; again goes back", True),
        ("export", "x", "export", "Write the passages to a file (CSV or Markdown by its name)"),
        ("keep-table", "B", "keep table", "Keep the whole table in the basket; again takes it out"),
        ("pipe", "vertical_line", "pipe", "Give the passages to a command, and show what it prints"),
        ("page", "v", "view", "Show the passages in $PAGER"),
        ("back", "escape q", "back", "Back to where you were", False),
    ),
    *_actions(
        "basket",
        ("open", "enter", "read", "Read the article at this passage", True),
        ("copy", "y", "copy", "Copy this passage with its citation", True),
        ("copy-all", "Y", "copy all", "Copy all passages with their citations", True),
        ("note", "e", "note", "Write a note to this passage", True),
        ("tag", "t", "tags", "Give this passage tags"),
        ("delete", "d", "delete", "Take this passage out of the basket", True),
        ("undo", "u", "undo", "Bring back what was deleted last", True),
        ("later", "J", "move down", "Move this passage down"),
        ("earlier", "K", "move up", "Move this passage up"),
        ("style", "s", "citation style", "Next style of citation: plain, Markdown, Chicago, APA, BibTeX, CSL-JSON"),
        ("export", "x", "export", "Write the basket to a file; its name says the format", True),
        ("filter", "slash", "filter", "Show passages that have these words"),
        ("only", "f", "project or tag", "Show the passages of one project or tag"),
        ("project", "c", "current project", "Choose the project that new marks go into"),
        ("assign", "m", "move to project", "Put this passage into another project"),
        ("pipe", "vertical_line", "pipe", "Give the passages shown to a command, and show what it prints"),
        ("page", "v", "view", "Show the passages in $PAGER"),
        ("edit", "E", "edit note", "Write the note to this passage in $EDITOR"),
        ("back", "escape q", "back", "Back to where you were", False),
    ),
    *_actions(
        "table",
        ("open", "enter", "open", "Open what this row stands for", True),
        ("filter", "slash", "filter", "Show rows that have these letters", True),
        ("mark", "space", "mark", "Keep this passage in the basket"),
        ("compare", "c", "compare", "Lay the articles of this row side by side, or its one beside another", True),
        ("omissions", "o", "left out", "What each outlet of this story carries and leaves out"),
        ("copy", "y", "copy", "Copy this row with its citation", True),
        ("copy-all", "Y", "copy table", "Copy the table as Markdown"),
        ("sort", "s", "sort", "Sort by the next column", True),
        ("export", "x", "export", "Write the table to a file (CSV or Markdown by its name)"),
        ("keep-table", "B", "keep table", "Keep the whole table in the basket; again takes it out"),
        ("next-view", "tab", "next table", "The next table of this matter: shared text, or wording"),
        ("pipe", "vertical_line", "pipe", "Give the table to a command, and show what it prints"),
        ("page", "v", "view", "Show the table in $PAGER"),
        ("back", "escape q", "back", "Back to where you were", False),
    ),
    *_actions(
        "cross",
        ("open", "enter", "passages", "The passages behind this cell, in context", True),
        ("left", "h left", "left", "Cell on the left"),
        ("right", "l right", "right", "Cell on the right"),
        ("sort", "s", "sort", "Sort by this column; again turns it round", True),
        ("filter", "slash", "filter", "Show rows that have these letters", True),
        ("scope", "w", "all or found", "Count in all articles, or in what the query of the explorer found", True),
        ("turn", "z", "other form", "Day, month, year of a time line; organisations, their spellings, or places", True),
        ("every", "a", "every figure", "Every figure one by one, those that no other outlet has too"),
        ("copy", "y", "copy table", "Copy the table as Markdown", True),
        ("export", "x", "export", "Write the table to a file (CSV or Markdown by its name)"),
        ("keep-table", "B", "keep table", "Keep the whole table in the basket; again takes it out"),
        ("next-view", "tab", "next table", "The next table of this matter: shared text, or wording"),
        ("pipe", "vertical_line", "pipe", "Give the table to a command, and show what it prints"),
        ("page", "v", "view", "Show the table in $PAGER"),
        ("back", "escape q", "back", "Back to where you were", False),
    ),
    *_actions(
        "collation",
        ("open", "enter", "read", "Read this version in its article", True),
        ("mark", "space", "mark", "Keep this version in the basket", True),
        ("copy", "y", "copy", "Copy this version with its citation", True),
        ("copy-all", "Y", "copy all", "Copy all versions with what they changed, as Markdown", True),
        ("export", "x", "export", "Write all versions to a file (CSV or Markdown by its name)", True),
        ("keep-table", "B", "keep table", "Keep the whole table in the basket; again takes it out"),
        ("pipe", "vertical_line", "pipe", "Give all versions to a command, and show what it prints"),
        ("page", "v", "view", "Show all versions in $PAGER"),
        ("back", "escape q", "back", "Back to where you were", False),
    ),
    *_actions(
        "searches",
        ("open", "enter", "ask", "Ask this query in the explorer", True),
        ("fresh", "n", "what is new", "The articles found since last time; then they are new no longer", True),
        ("keep", "s r", "keep, rename", "Keep a query under a name, or give a kept one another name", True),
        ("delete", "d", "delete", "Keep this search no longer", True),
        ("undo", "u", "undo", "Bring back what was deleted last", True),
        ("filter", "slash", "filter", "Show searches that have these letters"),
        ("export", "x", "export", "Write the searches to a file (CSV or Markdown by its name)"),
        ("pipe", "vertical_line", "pipe", "Give the searches to a command, and show what it prints"),
        ("page", "v", "view", "Show the searches in $PAGER"),
        ("back", "escape q", "back", "Back to where you were", False),
    ),
)
BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}

_SIGNS = {
    "question_mark": "?", "colon": ":", "slash": "/", "space": "Space", "enter": "Enter", "escape": "Esc",
    "tab": "Tab", "shift+tab": "Shift+Tab", "greater_than_sign": ">", "less_than_sign": "<", "equals_sign": "=",
    "exclamation_mark": "!", "at": "@", "apostrophe": "'", "number_sign": "#", "right_curly_bracket": "}",
    "left_curly_bracket": "{", "right_square_bracket": "]", "left_square_bracket": "[", "plus": "+", "minus": "-",
    "up": "↑", "down": "↓", "left": "←", "right": "→", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home",
    "end": "End", "semicolon": ";", "comma": ",", "full_stop": ".", "vertical_line": "|", "backspace": "Backspace",
}  # fmt: skip
_NAMES = {sign: name for name, sign in _SIGNS.items() if len(sign) == 1}


def shown(key: str) -> str:
    """A key as people write it: ``?`` for ``question_mark``, ``Ctrl+d`` for ``ctrl+d``."""
    if key in _SIGNS:
        return _SIGNS[key]
    modifier, plus, letter = key.rpartition("+")
    return f"{modifier.capitalize()}+{letter}" if plus and modifier else key


def textual_key(written: str) -> str:
    """Textual's name of a key as a user writes it in a configuration file (``?``, ``ctrl+d``, ``Enter``)."""
    written = written.strip()
    if written in _NAMES:
        return _NAMES[written]
    return written if len(written) == 1 else written.lower()


def bindings(*wheres: Where, by: type | None = None) -> list[BindingType]:
    """The Textual bindings of the actions that hold in ``wheres``; what the class ``by`` cannot do, its screen does."""
    return [
        Binding(
            ",".join(action.keys),
            action.method if by is None or hasattr(by, f"action_{action.method}") else f"screen.{action.method}",
            action.name,
            id=action.id,
            show=action.footer,
        )
        for action in ACTIONS
        if action.where in wheres
    ]


def keys_of(action: Action, keymap: dict[str, str] | None = None) -> tuple[str, ...]:
    """The keys that do ``action``, the user's own where there are any."""
    if keymap and action.id in keymap:
        return tuple(key for key in keymap[action.id].split(",") if key)
    return action.keys


def in_order(first: Sequence[Where]) -> Iterable[tuple[Where, list[Action]]]:
    """All actions by where they hold, the places named ``first`` before the others."""
    order: list[Where] = [*first, *(where for where in HEADINGS if where not in first)]
    for where in order:
        found = [action for action in ACTIONS if action.where == where]
        if found:
            yield where, found


def key_table() -> str:
    """The keys as Markdown, for the README."""
    lines: list[str] = []
    for where, actions in in_order(()):
        lines += [f"**{HEADINGS[where]}**", "", "| key | what it does |", "| --- | --- |"]
        for action in actions:
            keys = " ".join(f"`{shown(key)}`" for key in action.keys).replace("|", "\\|")
            lines.append(f"| {keys} | {action.help} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"
