"""A producer and its followers: one greenlet a turn writes a numbered log of events, responses read from it.

Because whoever reads is not whoever writes, heartbeats while the model is silent, joining what piled up for a client
that lags, and noticing that a client has gone are one mechanism. It is written with `threading` and `select`, which
gevent turns green. A log is bounded by the length of one answer, which providers bound.
"""

import logging
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator

from app.engine.events import Completed, Delta, End, Event, Failed
from app.providers.base import Cancellation

log = logging.getLogger(__name__)
WATCH_INTERVAL = 0.25
WRITE_PATIENCE = 30.0
POLL_MS = 1  # not 0: under gevent the event loop has to turn once to see anything


class Relay:
    """The events of one turn, while it runs and as long as somebody follows."""

    def __init__(
        self, events: Iterator[Event], cancellation: Cancellation, *, heartbeat: float, on_end: Callable[[], None]
    ) -> None:
        self._events = events
        self._on_end = on_end
        self._cancellation = cancellation
        self._heartbeat = heartbeat
        self._log: list[Event] = []
        self._changed = threading.Condition()
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
        for event in self._events:
            with self._changed:
                self._log.append(event)
                self._changed.notify_all()
        self._on_end()

    @property
    def ended(self) -> bool:
        """Whether the terminal event is in the log."""
        return bool(self._log) and isinstance(self._log[-1], Completed | Failed)

    def wait(self) -> End:
        """Wait for the terminal event: what a JSON answer is made of."""
        with self._changed:
            while not self.ended:
                self._changed.wait()
        end = self._log[-1]
        assert isinstance(end, Completed | Failed)  # noqa: S101  (for the type checker: `ended` has just said so)
        return end

    def follow(self) -> Iterator[Event | None]:
        """Yield every event, the deltas that piled up joined into one; None when a sign of life is due."""
        position = beats = 0
        while True:
            with self._changed:
                while position == len(self._log) and beats == self._beats:
                    self._changed.wait()
                fresh, beats = self._log[position:], self._beats
            position += len(fresh)
            for event in _joined(fresh) or [None]:
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
            with self._changed:
                self._beats += 1
                self._changed.notify_all()

    def is_stuck(self, now: float) -> bool:
        """Whether one write to the client has taken so long that it will never read again."""
        return self._writing_since is not None and now - self._writing_since > WRITE_PATIENCE


def _joined(events: list[Event]) -> list[Event | None]:
    joined: list[Event | None] = []
    for event in events:
        last = joined[-1] if joined else None
        if isinstance(event, Delta) and isinstance(last, Delta):
            joined[-1] = Delta(last.text + event.text)
        else:
            joined.append(event)
    return joined


class Watch:
    """One thread a process that looks after every open response: heartbeats, clients that left, clients that stopped.

    A server does not read while it answers, so a client that left shows only on the second failed write, and never
    while the model is silent. One `poll` over all client sockets, four times a second, sees it, and costs a stream
    nothing a chunk.
    """

    def __init__(self) -> None:
        self._relays: set[Relay] = set()
        self._lock = threading.Lock()
        self._running = False

    def add(self, relay: Relay) -> None:
        """Look after this relay until it is removed or its turn has ended."""
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
                relays = [relay for relay in self._relays if not relay.ended]
                self._relays = set(relays)
                if not relays:
                    self._running = False
                    return
            try:
                self._look_at(relays)
            except Exception:
                log.exception("the watch over open responses stumbled")

    def _look_at(self, relays: list[Relay]) -> None:
        for relay in _clients_gone(relays):
            relay.leave()
        now = time.monotonic()
        for relay in relays:
            relay.beat_if_due(now)
            if relay.is_stuck(now) and relay.client is not None:
                relay.client.shutdown(socket.SHUT_RDWR)


def _clients_gone(relays: list[Relay]) -> Iterator[Relay]:
    """The relays whose client has closed its side, by one poll and a peek at those that have something to read."""
    by_number = {relay.client.fileno(): relay for relay in relays if relay.client is not None}
    by_number.pop(-1, None)
    poll = select.poll()
    for number in by_number:
        poll.register(number, select.POLLIN)
    for number, _ in poll.poll(POLL_MS) if by_number else ():
        relay = by_number[number]
        if relay.client is not None and _at_end(relay.client):
            yield relay


def _at_end(client: socket.socket) -> bool:
    try:
        return client.recv(1, socket.MSG_PEEK) == b""
    except OSError:
        return True


watch = Watch()
