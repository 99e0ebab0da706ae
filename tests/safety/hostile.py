"""A corpus and a home that attack the terminal by every road there is, and scanners that see whether one got through.

Every sequence carries a mark (``OWNED`` or the number 4242) that the program itself never writes.
"""

from __future__ import annotations

import base64
import json
import os
import pty
import re
import select
import sqlite3
import subprocess
import sys
from pathlib import Path

MARK = "OWNED"
MARK64 = base64.b64encode(MARK.encode()).decode()

PATIENCE = 60.0
"""Seconds without a byte after which a command is taken to hang."""

GO_ON = b"Enter goes back --"
"""What the program asks after another program had the screen."""

SEQUENCES = (
    f"\x1b]52;c;{MARK64}\x07",  # the clipboard
    f"\x1b]8;;file:///{MARK}\x1b\\link\x1b]8;;\x1b\\",  # a link
    f"\x1b]0;{MARK}\x07",  # the title
    "\x1b[31;4242m",  # a colour
    "\x1b[4242;4242H",  # the cursor
    "\x1b[?4242h",  # a mode
    f"\x1bP$q{MARK}\x1b\\",  # a device control string
    f"\x1bPtmux;\x1b\x1b]52;c;{MARK64}\x07\x1b\\",  # the same through tmux
    f"\x1b_G{MARK}\x1b\\\x1b^{MARK}\x1b\\\x1bX{MARK}\x1b\\",  # APC, PM, SOS
    "\x1bc",  # reset
    f"\x9d52;c;{MARK64}\x9c\x9b4242m\x90{MARK}\x9c",  # the same in C1
    "\u202egnp.exe\u202c \u2066isolated\u2069 \u200e\u200f",  # text turned round
    "over\rwrite back\b\b\b\b\x07\x0e\x0f\x7f",  # C0
    f"[@click=app.quit]quit[/] [link=file:///{MARK}]l[/] [bold red]b[/] [/nope] [[ \\[",  # markup
)
ALL = " ".join(SEQUENCES)
NAME = "evil \x1b]0;OWNED\x07\x1b[31;4242m \u202etxt [@click=app.quit]q.txt"
"""A file name; it may hold no slash."""

PROSE = (
    "Mayor Anna Telder told reporters on Tuesday that the bridge would reopen, and 12 people were hurt. ",
    "“We have checked every cable twice,” President Ruben Oyelaran said in Port Ellery on Wednesday. ",
    "At least 30 people were killed near Kerman, Foreign Minister Mirela Stanck said on 4 January. ",
)


def write_corpus(folder: Path) -> Path:
    """Articles of several formats whose every field attacks; the same prose in two outlets, so that they compare."""
    folder.mkdir()
    bodies = ["\n\n".join(f"{prose}{sequence}" for prose in PROSE) for sequence in SEQUENCES]
    records = [
        {
            "id": f"r{number}{SEQUENCES[3]}",
            "title": f"Bridge {number} {SEQUENCES[number % len(SEQUENCES)]} reopens",
            "outlet": ("The Post ", "Daily ", "Evening ")[number % 3] + SEQUENCES[(number * 3) % len(SEQUENCES)],
            "author": f"Anna {SEQUENCES[(number + 1) % len(SEQUENCES)]} Bell",
            "date": ("2024-01-04", f"2024-01-05{SEQUENCES[3]}")[number % 2],
            "url": f"https://example.org/{number}/{ALL}",
            "body": body,
        }
        for number, body in enumerate(bodies)
    ]
    (folder / "records.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    text = f"Bridge {ALL} reopens\n\nBy Anna {ALL}\nJan 4, 2024\n\n" + "\n\n".join(f"{p} {ALL}" for p in PROSE * 2)
    (folder / NAME).write_bytes(text.encode("utf-8", "surrogatepass"))
    entities = "".join(f"&#{ord(char)};" for char in ALL if ord(char) > 0)
    (folder / "page.html").write_text(
        f"<html><head><title>{ALL}</title><meta property='og:site_name' content='{entities}'></head><body><article>"
        f"<h1>{entities}</h1>" + "".join(f"<p>{p}{entities}</p>" for p in PROSE * 2) + "</article></body></html>"
    )
    (folder / f"broken {NAME}.pdf").write_bytes(b"\x00\x01 no document")
    (folder / ("a" + NAME[4:-4] + ".json")).write_text('[{"title": ' + ALL)
    quoted = json.dumps(ALL)
    (folder / "manifest.toml").write_text(f'[[file]]\nname = "page.html"\noutlet = {quoted}\nurl = {quoted}\n')
    return folder


def write_home(home: Path, corpus: Path) -> dict[str, str]:
    """Files of hers that attack; returns the environment in which the program finds them."""
    places = {name: home / name for name in ("config", "data", "state", "cache")}
    own = {name: path / "kerman-tui" for name, path in places.items()}
    for folder in own.values():
        folder.mkdir(parents=True, mode=0o700)
    quoted = json.dumps(ALL)
    (own["config"] / "config.toml").write_text(
        f"theme = {quoted}\ncitation_style = {quoted}\n{quoted} = 1\n[keys]\n{quoted} = {quoted}\n"
    )
    (own["config"] / "corrections.toml").write_text(
        "".join(
            f'[[correction]]\nwhat = "{what}"\nnames = [{names}]\n'
            for what, names in (
                ("rename", f'"Anna Telder", {json.dumps("Anna " + ALL)}'),
                ("merge", f'"Mirela Stanck", {quoted}'),
                ("leader", '"Anna Telder"'),
                ("not a person", quoted),
            )
        )
    )
    searches = own["data"] / "searches"
    searches.mkdir(mode=0o700)
    (searches / "saved.jsonl").write_text(json.dumps({"name": ALL, "query": ALL, "saved_at": ALL}) + "\n")
    (own["state"] / "search").mkdir(mode=0o700)
    (own["state"] / "search" / "history.jsonl").write_text(json.dumps(ALL) + "\n")
    place = {"query": "", "article": ALL, "paragraph": 0, "offset": 0, "reading": False}
    state = {"theme": ALL, "project": ALL, "queries": [ALL], "saved": {ALL: 3}, "places": {str(corpus): place}}
    (own["state"] / "explorer.json").write_text(json.dumps(state))
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        "PAGER": "cat",
        "EDITOR": "true",
        **{f"XDG_{name.upper()}_HOME": str(path) for name, path in places.items()},
    }
    _fill_basket(own["data"], environment)
    _tamper_with_a_kept_corpus(corpus, environment)
    return environment


def _fill_basket(data: Path, environment: dict[str, str]) -> None:
    """Passages whose every column was changed behind the program's back."""
    made = (
        "from kerman_tui.clips.basket import Basket, new_clip\n"
        "from kerman_tui.model import Article, Paragraph, Source, Span\n"
        "article = Article('x', 'Title', 'Post', (Paragraph('The bridge will reopen.', 3),), Source('a.txt'))\n"
        "with Basket.open() as basket:\n"
        "    basket.add_all([new_clip(article, Span('x', 0, at, 20), 'p') for at in range(3)])\n"
    )
    subprocess.run([sys.executable, "-c", made], env=environment, check=True, timeout=60)
    with sqlite3.connect(data / "basket.sqlite") as base:
        columns = "text outlet title published byline url source sha256 note project".split()
        base.execute(f"UPDATE clips SET {', '.join(f'{column} = ?' for column in columns)}, tags = ?",
                     [*[ALL] * len(columns), json.dumps([ALL])])  # fmt: skip
    base.close()


def _tamper_with_a_kept_corpus(corpus: Path, environment: dict[str, str]) -> None:
    """A kept corpus, and a cache of parsed files, into which text came without passing the gate at ingest."""
    made = (
        "import kerman_tui.text.safe as safe\n"
        "safe.make_safe = lambda text: text.encode('utf-8', 'replace').decode()\n"
        "safe.make_safe_line = lambda text: safe.make_safe(text).replace('\\n', ' ')\n"
        "from kerman_tui.cli.main import main\n"
        "import sys\n"
        f"sys.exit(main(['index', {str(corpus)!r}, '--name', 'tampered', '--workers', '1']))\n"
    )
    subprocess.run([sys.executable, "-c", made], env=environment, check=True, timeout=60, capture_output=True)


def faults_in_text(data: bytes) -> list[str]:
    """What stands in standard output, or on a terminal's plain lines, that should not."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return [f"not UTF-8: {data[max(0, error.start - 40) : error.end + 40]!r}"]
    unsafe = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\r(?!\n)")
    return [
        f"{match.group()!r} in {text[max(0, match.start() - 40) : match.end() + 40]!r}"
        for match in unsafe.finditer(text)
    ]


_SMUGGLED = re.compile(
    r"\x1b[\]P_^X][^\x07\x1b]*(?:OWNED|" + re.escape(MARK64) + r")"  # a string sequence that carries the mark
    r"|\x1b\]8;|\x1b\[[\d;?]*4242"
    r"|\x1b[cPX^_]"  # the program resets nothing and sends no string but OSC
    r"|[\x00-\x06\x08\x0e\x0f\x7f-\x9f]"
    r"|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def faults_on_a_screen(data: bytes) -> list[str]:
    """What a session at a terminal sent that only data can have brought in."""
    text = data.decode("utf-8", "backslashreplace")
    return [
        f"{match.group()!r} in {text[max(0, match.start() - 60) : match.end() + 40]!r}"
        for match in _SMUGGLED.finditer(text)
    ]


def on_a_terminal(command: list[str], environment: dict[str, str]) -> bytes:
    """Run a command whose input and output are a terminal; returns all that it wrote."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        command,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**environment, "TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(slave)
    written = b""
    while select.select([master], [], [], PATIENCE)[0]:
        try:
            part = os.read(master, 1 << 16)
        except OSError:  # the other end was closed
            break
        if not part:
            break
        written += part
        if part.endswith(GO_ON):
            os.write(master, b"\r")
    if not select.select([master], [], [], 0)[0] and process.poll() is None:
        process.kill()
    process.wait(PATIENCE)
    os.close(master)
    return written
