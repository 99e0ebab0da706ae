"""Writing what is on the screen to a file she names: never over another without asking."""

from __future__ import annotations

from pathlib import Path

from kerman_tui.tui.host import Host
from kerman_tui.tui.screens.prompt import PromptScreen
from kerman_tui.tui.screens.room import RoomScreen

_FORMS = {
    ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".csv": "csv", ".json": "json",
    ".bib": "bibtex", ".txt": "text",
}  # fmt: skip
_ONLY = {
    "comparison": ("html", "markdown", "text", "csv", "json"),
    "table": ("csv", "markdown", "text", "html", "json"),
}


def form_of(path: str, what: str = "clips") -> str:
    """The format that a file name asks for; plain text where it asks for none that ``what`` can be written in."""
    form = "csl-json" if path.strip().endswith(".csl.json") else _FORMS.get(Path(path.strip()).suffix.lower(), "text")
    return form if form in _ONLY.get(what, (form,)) else "text"


def write(host: Host, screen: RoomScreen, text: str, path: str) -> None:
    """Write ``text`` to ``path`` and say so; where a file of that name is there already, ask first."""
    from kerman_tui.clips.files import AlreadyThereError, ExportError, save

    def done(where: Path) -> None:
        host.say(f"{len(text.encode()):,} bytes written to {where}", "ok")

    try:
        done(save(text, path))
    except AlreadyThereError:

        def answered(answer: str | None) -> None:
            if answer is None or answer.strip().lower() not in ("y", "yes"):
                host.say("nothing was written")
                return
            try:
                done(save(text, path, overwrite=True))
            except ExportError as again:
                host.say(str(again), "error")

        screen.app.push_screen(PromptScreen(f"{path.strip()} is there already. Write over it? (y/n)"), answered)
    except ExportError as error:
        host.say(str(error), "error")
