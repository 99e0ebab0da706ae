"""A slow line on loopback: what comes is passed on late and only so fast, in both directions."""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time


class SlowLine:
    """Passes connections to ``port`` on ``to`` on, ``delay`` seconds late and at ``rate`` bytes a second."""

    def __init__(self, to: int, *, delay: float, rate: float) -> None:
        self._to, self._delay, self._rate = to, delay, rate
        self.carried = 0
        """Bytes carried from the far end so far."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._start(self._accept)

    def close(self) -> None:
        """Take no more connections; those that are open end with their ends."""
        self._listener.close()

    def _start(self, work: object, *given: object) -> None:
        threading.Thread(target=work, args=given, daemon=True).start()  # type: ignore[arg-type]

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                for source, goal in ((near, far), (far, near)):
                    late: queue.Queue[tuple[float, bytes]] = queue.Queue()
                    self._start(self._take, source, late)
                    self._start(self._pass_on, late, goal, goal is near)

    def _take(self, source: socket.socket, late: queue.Queue[tuple[float, bytes]]) -> None:
        data = b"-"
        while data:
            try:
                data = source.recv(1024)
            except OSError:
                data = b""
            late.put((time.monotonic() + self._delay, data))

    def _pass_on(self, late: queue.Queue[tuple[float, bytes]], goal: socket.socket, counted: bool) -> None:
        free = 0.0
        while True:
            due, data = late.get()
            free = max(due, free) + len(data) / self._rate
            time.sleep(max(0.0, free - time.monotonic()))
            try:
                if not data:
                    goal.shutdown(socket.SHUT_WR)
                    return
                goal.sendall(data)
            except OSError:
                return
            if counted:
                self.carried += len(data)
