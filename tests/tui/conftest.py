"""Corpora for the tests of the screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .fake import FakeCorpus, articles_of


@pytest.fixture
def corpus(seeds: Path, gold: dict[str, Any]) -> FakeCorpus:
    """The seeds, with plain answers."""
    return FakeCorpus(articles_of(seeds, gold), gold["persons"])
