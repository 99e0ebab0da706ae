"""A small program that sends the text of a file towards the clipboard, as the explorer does, and prints what it did.

Arguments: the file, and a setting (default ``auto``). Afterwards it waits for a line, so that the screen can be read.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kerman_tui.clips.clipboard import send
from kerman_tui.clips.surroundings import controlling_terminal


def main() -> None:
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    setting = sys.argv[2] if len(sys.argv) > 2 else "auto"
    with controlling_terminal() as write:
        sent = send(text, write, environment=os.environ, setting=setting)
    sys.stdout.write(f"road={sent.road}\nfile={sent.file}\nsaid={sent.message}\n.\n")
    sys.stdout.flush()
    sys.stdin.readline()


if __name__ == "__main__":
    main()
