"""A program in a pseudo-terminal: what it paints for a key is counted, and when the first and the last of it came."""

import os

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are POSIX")


def test_what_comes_after_a_key_is_counted_from_its_first_byte_to_its_last() -> None:
    from pty_session import PtySession

    script = "stty -echo; printf ready; read key; printf one; printf three; read key"
    with PtySession(["sh", "-c", script]) as session:
        session.wait_for(b"ready")
        painted = session.press(b"\n", quiet=1.0)
        nothing = session.settle(quiet=0.01)
    assert painted.bytes == len("onethree") and 0 < painted.first <= painted.seconds
    assert nothing == (0, 0.0, 0.0)
