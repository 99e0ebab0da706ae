"""The readers under atheris, which changes bytes so that they reach new lines of ours: ``python -m fuzz.coverage``.

Arguments are libFuzzer's, as ``-max_total_time=600``. The first byte chooses the format.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kerman_tui.ingest", "kerman_tui.text"]):
    import kerman_tui.ingest.pipeline
    import kerman_tui.ingest.readers.csv
    import kerman_tui.ingest.readers.feed
    import kerman_tui.ingest.readers.html
    import kerman_tui.ingest.readers.json
    import kerman_tui.ingest.readers.jsonl
    import kerman_tui.ingest.readers.mail
    import kerman_tui.ingest.readers.text
    import kerman_tui.ingest.readers.warc  # noqa: F401

from fuzz.inputs import DOCUMENTS
from fuzz.targets import reader

SUFFIXES = sorted(DOCUMENTS)


def one(data: bytes) -> None:
    """Give the bytes after the first to the reader that the first chooses."""
    if data:
        reader((SUFFIXES[data[0] % len(SUFFIXES)], data[1:]))


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        for number, suffix in enumerate(SUFFIXES):
            (Path(folder) / f"seed{suffix}").write_bytes(bytes([number]) + DOCUMENTS[suffix])
        atheris.Setup([sys.argv[0], folder, *sys.argv[1:], "-timeout=30", "-rss_limit_mb=2048"], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
