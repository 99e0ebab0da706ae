"""Corpora for the tests of the screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kerman_tui.tui.screens import browsing, explorer

from .fake import FakeCorpus, articles_of


@pytest.fixture
def corpus(seeds: Path, gold: dict[str, Any]) -> FakeCorpus:
    """The seeds, with plain answers."""
    return FakeCorpus(articles_of(seeds, gold), gold["persons"])


@pytest.fixture(autouse=True)
def _no_rest_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits until the cursor rests comes at once: nobody moves it, and every key would cost that rest."""
    monkeypatch.setattr(browsing, "PREVIEW_AFTER", 0.001)
    monkeypatch.setattr(explorer, "PANEL_AFTER", 0.001)
