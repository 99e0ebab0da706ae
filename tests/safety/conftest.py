"""The corpus and the home that attack, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import hostile


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A corpus that attacks, and the environment of a home that does."""
    base = tmp_path_factory.mktemp("attacked")
    corpus = hostile.write_corpus(base / "corpus")
    return corpus, hostile.write_home(base / "home", corpus)
