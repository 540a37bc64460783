"""A bad network between the browser and the server: cuts, silence, nobody there."""

import select
import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

_CHUNK = 65536


@dataclass
class BadNetwork:
    """Forwards bytes between a port of its own and the server, as far as it is told to."""

    server_port: int
    port: int = 0
    cut_after_s: float | None = None
    _silent: set[socket.socket] = field(default_factory=set[socket.socket])
    _open: dict[socket.socket, socket.socket] = field(
        default_factory=dict[socket.socket, socket.socket]
    )
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        """Where the browser finds the server."""
        return f"http://127.0.0.1:{self.port}"

    def fall_silent(self) -> None:
        """Keep every connection that is open now, and bring nothing through it any more."""
        self._silent |= set(self._open)

    def serve(self, listener: socket.socket) -> None:
        """Accept connections until the end."""
        while not self._ended.is_set():
            with suppress(TimeoutError, OSError):
                inner, _ = listener.accept()
                threading.Thread(target=self._forward, args=(inner,), daemon=True).start()

    def end(self) -> None:
        """Close everything."""
        self._ended.set()

    def _forward(self, browser: socket.socket) -> None:
        there = ("127.0.0.1", self.server_port)
        with browser, suppress(OSError), socket.create_connection(there, 5) as server:
            self._open[browser] = server
            began = time.monotonic()
            while not self._ended.is_set() and not self._is_due(began):
                ready, _, _ = select.select([browser, server], [], [], 0.05)
                if browser in self._silent:
                    self._ended.wait(0.05)
                elif not all(self._bring(end, browser, server) for end in ready):
                    break
        self._open.pop(browser, None)

    def _is_due(self, began: float) -> bool:
        return self.cut_after_s is not None and time.monotonic() - began > self.cut_after_s

    def _bring(self, end: socket.socket, browser: socket.socket, server: socket.socket) -> bool:
        data = end.recv(_CHUNK)
        (server if end is browser else browser).sendall(data)
        return bool(data)


@contextmanager
def bad_network(server_port: int, *, cut_after_s: float | None = None) -> Generator[BadNetwork]:
    """Stand between whoever connects and the server on `server_port`."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        listener.settimeout(0.2)
        network = BadNetwork(server_port, int(listener.getsockname()[1]), cut_after_s)
        thread = threading.Thread(target=network.serve, args=(listener,), daemon=True)
        thread.start()
        yield network
        network.end()
        thread.join(5)
