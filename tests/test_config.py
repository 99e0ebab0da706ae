"""Settings: the printed file changes nothing, and what is wrong in hers is named and does no harm."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kerman_tui import config


def loaded(tmp_path: Path, text: str) -> config.Loaded:
    path = tmp_path / "config.toml"
    path.write_text(text)
    return config.load(path)


def test_the_printed_file_is_the_defaults(tmp_path: Path) -> None:
    one = loaded(tmp_path, config.documented())
    assert one == config.Loaded(config.Settings(), {}, ())
    assert tomllib.loads(config.documented())["reader_width"] == config.Settings().reader_width


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    assert config.load(tmp_path / "none.toml") == config.Loaded(config.Settings(), {}, ())


def test_settings_and_keys_are_read(tmp_path: Path) -> None:
    one = loaded(tmp_path, 'clipboard = "file"\nreader_width = 60\n[keys]\ncopy = "Y"\nhelp = ["f1", "?"]\n')
    assert (one.settings.clipboard, one.settings.reader_width) == ("file", 60)
    assert one.keys == {"copy": ("Y",), "help": ("f1", "?")}
    assert one.problems == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("clipboard = 'pigeon'", "clipboard"),
        ("clipboard = 3", "clipboard"),
        ("reader_width = 'wide'", "reader_width"),
        ("reader_width = 2", "reader_width"),
        ("plain = 1", "plain"),
        ("colour = 'red'", "colour"),
        ("[keys]\ncopy = 3", "copy"),
        ("not toml", "config.toml"),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_holds(tmp_path: Path, text: str, named: str) -> None:
    one = loaded(tmp_path, text)
    assert one.settings == config.Settings()
    assert len(one.problems) == 1
    assert named in one.problems[0]
