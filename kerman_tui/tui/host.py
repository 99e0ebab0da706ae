"""What widgets and screens ask of the program they live in, so that none of them needs to know its class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

from textual.dom import DOMNode
from textual.geometry import Size
from textual.timer import Timer

from kerman_tui.config import Settings
from kerman_tui.tui.asking import Asks
from kerman_tui.tui.theme import Inks, Palette

if TYPE_CHECKING:
    from kerman_tui.clips.basket import Basket
    from kerman_tui.corpus import Corpus
    from kerman_tui.model import Article, Span
    from kerman_tui.tui.evidence import Passages, Scope
    from kerman_tui.tui.marks import Marks
    from kerman_tui.tui.state import State

Tone = Literal["info", "ok", "warn", "error"]


class Host(Asks, Protocol):
    """The program, as its parts see it. Errors of what it is asked go to the status line unless told otherwise."""

    inks: Inks
    palette: Palette
    settings: Settings
    corpus: Corpus | None
    marks: Marks
    state: State
    keymap: dict[str, str]
    citation_style: str
    corpus_name: str

    @property
    def size(self) -> Size:
        """Cells of the terminal."""

    @property
    def news(self) -> str:
        """What was indexed since the corpus was opened, in a few words; "" for nothing."""

    opened: bool
    """Whether opening the corpus has come to an end, well or not."""
    names_read: bool
    """Whether the names of the whole corpus may be asked for: they were read, or reading them takes no time."""

    def set_interval(self, interval: float, callback: Callable[[], None]) -> Timer:
        """Have something called every so many seconds until the timer is stopped."""

    def say(self, message: str, tone: Tone = "info", details: str = "") -> None:
        """Tell in the status line what just happened."""

    def with_basket(self, work: Callable[[Basket], Any], then: Callable[[Any], None]) -> None:
        """Read or change the basket in a thread, one after the other; ``then`` is called when it is on the disk."""

    def send(self, text: str, what: str) -> None:
        """Send text to the clipboard and say by which road it went."""

    def leave(self) -> None:
        """End the program."""

    def give_up_opening(self) -> bool:
        """Stop reading files; False when none were being read."""

    def show_source(self, name: str, line: int) -> None:
        """Open a source file in the pager at a line."""

    @property
    def found(self) -> Scope | None:
        """What the query of the explorer found; None where all articles are shown."""

    def read(self, span: Span, others: Sequence[Span] = ()) -> None:
        """Show a passage in the reader of the explorer; ``others`` of its article are reached from there."""

    def ask_for(self, query: str) -> None:
        """Put a query into the explorer and show what it finds."""

    def lay_beside(self, left: Article, right_id: str | None) -> None:
        """Open the comparison of an article with another, or with its best counterpart."""

    def show_listing(self, name: str, person: str | None = None, *, instead: bool = False) -> None:
        """Open a table by its name, as ``screens.listings`` has it; ``person`` narrows quotations and utterances.

        With ``instead``, in place of the screen that is shown.
        """

    def show_passages(self, title: str, find: Passages) -> None:
        """Open passages in context."""


def host_of(node: DOMNode) -> Host:
    """The program a widget or screen lives in."""
    return cast(Host, node.app)
