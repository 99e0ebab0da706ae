"""The other end of a worker process: pieces of work in on standard input, what was parsed out on standard output.

Run as ``python -m kerman_tui.ingest.worker`` by the pool alone. Frames are a length of eight bytes and as many bytes.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
from typing import BinaryIO

from kerman_tui.ingest.codec import encode_parsed
from kerman_tui.ingest.formats import format_named
from kerman_tui.ingest.parsing import Piece, parse_piece

LENGTH = struct.Struct("<Q")
OUT_OF_MEMORY = 71
"""The exit code of a worker that had too little memory for its piece."""


def write_frame(stream: BinaryIO, data: bytes) -> None:
    """Send one frame."""
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def run() -> None:
    """Answer frames until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl+c is the parent's to handle, which then closes the pipe
    frames_in, frames_out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the frames
    while head := frames_in.read(LENGTH.size):
        piece: Piece
        try:
            format_name, piece = pickle.loads(frames_in.read(LENGTH.unpack(head)[0]))  # noqa: S301 - from our parent
            answer = encode_parsed(parse_piece(piece, format_named(format_name)))
        except MemoryError:
            sys.exit(OUT_OF_MEMORY)
        write_frame(frames_out, answer)


if __name__ == "__main__":
    run()
