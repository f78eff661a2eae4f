"""A producer and its followers: one greenlet a turn writes a numbered log of events, responses read from it.

Because whoever reads is not whoever writes, heartbeats while the model is silent, joining what piled up for a client
that lags, and noticing that a client has gone are one mechanism. It is written with `threading`, which gevent turns
green. A log is bounded by the length of one answer, which providers bound.
"""

import logging
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress

from app.engine.events import Completed, Delta, End, Event, Failed
from app.errors import AppError
from app.providers.base import Cancellation

log = logging.getLogger(__name__)
WATCH_INTERVAL = 0.25
WRITE_PATIENCE = 30.0
ESTABLISHED = 1  # the first byte of Linux's `struct tcp_info`


class Relay:
    """The events of one turn, while it runs and as long as somebody follows."""

    def __init__(
        self,
        turn_id: uuid.UUID,
        events: Iterator[Event],
        cancellation: Cancellation,
        *,
        heartbeat: float,
        on_end: Callable[[], None],
    ) -> None:
        self._turn_id = turn_id
        self._events = events
        self._on_end = on_end
        self._cancellation = cancellation
        self._heartbeat = heartbeat
        self._log: list[Event] = []
        self._bells: list[threading.Lock] = []
        self._beats = 0
        self._last_sign = time.monotonic()
        self._writing_since: float | None = None
        self.client: socket.socket | None = None

    def start(self, *, client: socket.socket | None = None) -> "Relay":
        """Begin producing; from now on the turn ends properly whether or not anybody reads."""
        self.client = client
        threading.Thread(target=self._produce, name="turn", daemon=True).start()
        watch.add(self)
        return self

    def _produce(self) -> None:
        try:
            for event in self._events:
                self._append(event)
        except BaseException:
            log.exception("turn %s: its producer died", self._turn_id)
        finally:  # so that nobody waits for it for ever
            if not self.ended:
                self._append(Failed(turn_id=self._turn_id, error=AppError()))
            self._on_end()

    def _append(self, event: Event) -> None:
        self._log.append(event)
        self._ring()

    def _ring(self) -> None:
        """Wake everybody who waits."""
        while self._bells:
            with suppress(IndexError):  # the watch rings too
                self._bells.pop().release()

    def _wait(self, seen: int, beats: int) -> None:
        """Wait until the log is longer than `seen`, or another sign of life is due, or somebody rang for another cause.

        The bell is hung up before the second look, and rung after the log has grown, so nothing is missed; a condition,
        which would do the same, costs half as much again for each piece.
        """
        bell = threading.Lock()
        bell.acquire()
        self._bells.append(bell)
        if len(self._log) == seen and self._beats == beats:
            bell.acquire()

    @property
    def ended(self) -> bool:
        """Whether the terminal event is in the log."""
        return bool(self._log) and isinstance(self._log[-1], Completed | Failed)

    def wait(self) -> End:
        """Wait for the terminal event: what a JSON answer is made of."""
        while True:
            seen, beats = len(self._log), self._beats
            if self._log and isinstance(end := self._log[-1], Completed | Failed):
                return end
            self._wait(seen, beats)

    def follow(self) -> Iterator[Event | None]:
        """Yield every event, the deltas that piled up joined into one; None when a sign of life is due."""
        position = beats = 0
        while True:
            while position == len(self._log) and beats == self._beats:
                self._wait(position, beats)
            fresh, beats = self._log[position:], self._beats
            position += len(fresh)
            for event in _joined(fresh) if fresh else [None]:
                self._writing_since = self._last_sign = time.monotonic()
                yield event
                self._writing_since = None
                if isinstance(event, Completed | Failed):
                    return

    def leave(self) -> None:
        """Nobody reads any more: end the turn unless it has ended."""
        watch.remove(self)
        if not self.ended:
            self._cancellation.cancel()

    def beat_if_due(self, now: float) -> None:
        """Wake the follower for a heartbeat when nothing was sent for a while."""
        if now - self._last_sign >= self._heartbeat:
            self._last_sign = now
            self._beats += 1
            self._ring()

    def is_stuck(self, now: float) -> bool:
        """Whether one write to the client has taken so long that it will never read again."""
        return self._writing_since is not None and now - self._writing_since > WRITE_PATIENCE


def _joined(events: list[Event]) -> Iterator[Event]:
    """The same events, with neighbouring deltas as one."""
    texts: list[str] = []
    for event in events:
        if isinstance(event, Delta):
            texts.append(event.text)
            continue
        if texts:
            yield Delta("".join(texts))
            texts.clear()
        yield event
    if texts:
        yield Delta("".join(texts))


class Watch:
    """One thread a process that looks after every open response: heartbeats, clients that left, clients that stopped.

    A server does not read while it answers, so a client that left shows only on the second failed write, and never
    while the model is silent. Asking the kernel for the state of each connection, four times a second, sees it, costs a
    stream nothing a chunk, and reads nothing that the server is to read next. A client that has closed its sending
    side has left. Where the kernel cannot be asked (not Linux, or not TCP), a leaver shows on a write, at the latest
    a heartbeat's.
    """

    def __init__(self) -> None:
        self._relays: set[Relay] = set()
        self._lock = threading.Lock()
        self._running = False

    def add(self, relay: Relay) -> None:
        """Look after this relay until it is left."""
        with self._lock:
            self._relays.add(relay)
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, name="watch", daemon=True).start()

    def remove(self, relay: Relay) -> None:
        """Stop looking after it."""
        with self._lock:
            self._relays.discard(relay)

    def _run(self) -> None:
        while True:
            time.sleep(WATCH_INTERVAL)
            with self._lock:
                self._relays = {relay for relay in self._relays if relay.client is not None or not relay.ended}
                relays = list(self._relays)
                if not relays:
                    self._running = False
                    return
            now = time.monotonic()
            for relay in relays:
                try:
                    _look_at(relay, now)
                except Exception:
                    log.exception("the watch over an open response stumbled")


def _look_at(relay: Relay, now: float) -> None:
    if relay.is_stuck(now) and relay.client is not None:
        with suppress(OSError):
            relay.client.shutdown(socket.SHUT_RDWR)
    if relay.ended:
        return
    if relay.client is not None and _has_left(relay.client):
        relay.leave()
    relay.beat_if_due(now)


def _has_left(client: socket.socket) -> bool:
    if client.family not in (socket.AF_INET, socket.AF_INET6) or not hasattr(socket, "TCP_INFO"):
        return False
    try:
        return client.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] != ESTABLISHED
    except OSError:
        return True


watch = Watch()
