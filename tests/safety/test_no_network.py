"""No command and no screen asks for the network: each is run with sockets that can reach nobody."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

NO_SOCKETS = """
import socket, sys

def forbidden(*given, **named):
    raise BaseException("the network was asked for")

# making a socket reaches nobody: a library tries at its import whether the machine knows IPv6
for name in ("connect", "connect_ex", "sendto", "sendmsg", "listen"):
    setattr(socket.socket, name, forbidden)
for name in ("create_connection", "getaddrinfo", "gethostbyname", "create_server"):
    setattr(socket, name, forbidden)
"""

COMMANDS = (
    NO_SOCKETS
    + """
import json
from kerman_tui.cli.main import main
for words in json.loads(sys.argv[1]):
    code = main(words)
    assert code in (0, 1), (words, code)
print("all ran")
"""
)

EXPLORER = NO_SOCKETS + "from tests.safety.walk import main\nmain()\n"
"""The walk through every screen; `test_every_screen` runs it so."""

PAGE = (
    '<!DOCTYPE html PUBLIC "x" "http://nowhere.example/x.dtd"><html><head><title>Bridge</title>'
    '<link rel="stylesheet" href="http://nowhere.example/x.css"></head><body><article><h1>Bridge</h1>'
    '<img src="http://nowhere.example/x.png"><iframe src="http://nowhere.example/"></iframe>'
    + "<p>The mayor said on Tuesday that the bridge would reopen within a week, after two years of repairs.</p>" * 4
    + "</article></body></html>"
)
FEED = (
    '<?xml version="1.0"?><!DOCTYPE r SYSTEM "http://nowhere.example/x.dtd" [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<rss><channel><item><title>Bridge</title><description>&x; The mayor said that the bridge would reopen."
    "</description></item></channel></rss>"
)


def corpus_in(folder: Path) -> Path:
    folder.mkdir()
    (folder / "page.html").write_text(PAGE)
    (folder / "feed.xml").write_text(FEED)
    return folder


def test_no_command_asks_for_a_socket(seeds: Path, tmp_path: Path) -> None:
    pages = str(corpus_in(tmp_path / "pages"))
    calls = [
        *(["articles", pages, "--json"], ["search", "bridge", pages], ["people", "--all", pages], ["quotes", pages]),
        *(["figures", pages], ["reuse", pages], ["stories", pages], ["wording", pages], ["doctor"], ["corpora"]),
        *(["compare", "000", "003", str(seeds)], ["index", pages, "--name", "n"], ["basket"], ["config"]),
        ["completions", "bash"],
    ]
    done = subprocess.run(
        [sys.executable, "-c", COMMANDS, json.dumps(calls)], capture_output=True, text=True, timeout=120
    )
    assert done.stdout.endswith("all ran\n"), done.stderr[-2000:]
    assert "root:" not in done.stdout, "a file outside was read through an entity"
