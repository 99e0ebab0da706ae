"""``python -m kerman_tui`` is the command ``kerman-tui``."""

from kerman_tui.cli.main import run

if __name__ == "__main__":
    run()
