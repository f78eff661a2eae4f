"""When a call to the model is given up: silence, total time, or somebody who has lost interest.

A timer for every read would cost a seventh of all that relaying costs. So reads have none: one thread a process looks
after all open calls, and ends one by shutting its socket down, which wakes whoever reads from it, thread or greenlet.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Literal

from app.providers.sockets import shut

End = Literal["connect", "silence", "total", "cancelled"]
LOOK_EVERY = 0.25


class Call:
    """One call upstream and its deadlines, in seconds. `ended_by` says who broke it off, None if nobody did."""

    def __init__(self, *, silence: float, total: float) -> None:
        self.ended_by: End | None = None
        self._silence = silence
        self._total_at = time.monotonic() + total
        self._quiet_since = time.monotonic()
        self._connected_by = float("inf")
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()

    @property
    def due(self) -> float:
        """The moment (monotonic) at which this call is given up if nothing is heard."""
        return min(self._quiet_since + self._silence, self._total_at, self._connected_by)

    def heard(self) -> None:
        """The model said something: wait again for the full time of silence."""
        self._quiet_since = time.monotonic()

    def pause(self) -> None:
        """Until the next `heard`, it is not the model that is waited for."""
        self._quiet_since = float("inf")

    @contextlib.contextmanager
    def connecting(self, seconds: float) -> Iterator[None]:
        """Give what happens inside, one step on the way to a connection, no longer than this."""
        self._connected_by = time.monotonic() + seconds
        try:
            yield
        finally:
            self._connected_by = float("inf")

    def hurry(self, seconds: float) -> None:
        """Wait no longer than this for what may still come."""
        self._total_at = min(self._total_at, time.monotonic() + seconds)

    def attach(self, connected: socket.socket) -> None:
        """Say which socket the answer comes from; it is shut down at once if the call has ended already."""
        with self._lock:
            self._socket = connected
            if self.ended_by:
                self._shut()

    def detach(self) -> None:
        """Let go of the socket: it is about to be closed, or to serve another call."""
        with self._lock:
            self._socket = None

    def end(self, by: End) -> None:
        """Break the call off; the first reason stays."""
        with self._lock:
            self.ended_by = self.ended_by or by
            self._shut()

    def end_if_due(self, now: float) -> None:
        """Break the call off if its time has come; again if it was before, since its socket may not have heeded it."""
        if self.ended_by or now >= self.due:
            self.end("total" if now >= self._total_at else "connect" if now >= self._connected_by else "silence")

    def _shut(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):  # not connected yet, say: the next look tries again
                shut(self._socket)


class Sweeper:
    """The thread that ends the calls whose time has come; it sleeps while there are none."""

    def __init__(self) -> None:
        self._calls: set[Call] = set()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def watching(self, call: Call) -> Iterator[None]:
        """Hold `call` to its deadlines."""
        with self._changed:
            if not self._calls:
                self._changed.notify()
            self._calls.add(call)
            if self._thread is None or not self._thread.is_alive():  # also after a fork
                self._thread = threading.Thread(target=self._run, name="model-deadlines", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._changed:
                self._calls.discard(call)

    def _run(self) -> None:
        with self._changed:
            while True:
                now = time.monotonic()
                for call in self._calls:
                    call.end_if_due(now)
                due = min((call.due for call in self._calls if call.ended_by is None), default=now + LOOK_EVERY)
                self._changed.wait(min(max(due - now, 0.01), LOOK_EVERY) if self._calls else None)


sweeper = Sweeper()
current_call: ContextVar[Call] = ContextVar("current_call")
