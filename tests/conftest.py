"""What every test needs: the user's own folders shut out, the seeds, their gold, and development data where it is."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("untimed", deadline=None)  # speed lives in benchmarks, and machines that run tests are busy
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _own_folders_shut_out(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the folders, the terminal or the settings of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for variable, name in (
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_RUNTIME_DIR", "runtime"),
    ):
        monkeypatch.setenv(variable, str(home / name))
    for variable in [v for v in os.environ if v.startswith(("KERMAN_TUI_", "SSH_", "TMUX")) or v in ("STY", "DISPLAY")]:
        if variable != "KERMAN_TUI_DATA":
            monkeypatch.delenv(variable)
    from kerman_tui import places

    places._base.cache_clear()


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five seed documents."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def gold() -> dict[str, Any]:
    """The hand-labelled reference for the seeds."""
    loaded: dict[str, Any] = json.loads((ROOT / "tests" / "gold" / "gold_seeds.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The development data outside the repository; the test is skipped where there is none."""
    folder = os.environ.get("KERMAN_TUI_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("KERMAN_TUI_DATA names no folder of development data")
    return Path(folder)
