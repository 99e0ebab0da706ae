"""What stands near a word of her choice, by outlet."""

from __future__ import annotations

from kerman_tui.tui.screens.crossing import CrossScreen
from kerman_tui.tui.screens.prompt import PromptScreen
from kerman_tui.tui.wordings import Collocates


class CollocatesScreen(CrossScreen):
    """The collocates of a word or a person; which one is asked first."""

    def __init__(self, word: str = "") -> None:
        super().__init__(Collocates(word))
        self._word = word

    def on_mount(self) -> None:
        if not self._word:
            self.action_turn()

    def action_turn(self) -> None:
        """Ask for another word."""

        def typed(word: str | None) -> None:
            if word and word.strip():
                self._word = word.strip()
                self.cross(Collocates(self._word))

        self.app.push_screen(PromptScreen("what stands near the word or person", self._word), typed)
