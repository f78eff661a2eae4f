"""A producer and its followers, with producers that wait and clients that leave."""

import datetime as dt
import queue
import socket
import threading
import time
import uuid
from collections.abc import Iterator

import pytest

from app.engine import relay as relay_module
from app.engine.events import Completed, Delta, Event, Failed
from app.engine.relay import Relay
from app.errors import TurnCancelled
from app.providers.base import Cancellation

KEY = uuid.uuid4()
DONE = Completed(
    turn_id=KEY,
    session_id=KEY,
    answer_id=KEY,
    text="",
    message_count=2,
    finish_reason="stop",
    prompt_tokens=1,
    completion_tokens=1,
    answered_at=dt.datetime.now(dt.UTC),
)


class Source:
    """Events as a test hands them out; cancelling ends them as an engine would."""

    def __init__(self) -> None:
        self.queue: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.cancellation = Cancellation()
        self.cancellation.on_cancel(lambda: self.queue.put(Failed(turn_id=KEY, error=TurnCancelled())))
        self.dropped = threading.Event()

    def events(self) -> Iterator[Event]:
        while True:
            event = self.queue.get()
            yield event
            if isinstance(event, Completed | Failed):
                return

    def say(self, *events: Event) -> None:
        for event in events:
            self.queue.put(event)

    def relay(self, *, heartbeat: float = 60, client: socket.socket | None = None) -> Relay:
        relay = Relay(KEY, self.events(), self.cancellation, heartbeat=heartbeat, on_end=self.dropped.set)
        return relay.start(client=client)


def connected() -> tuple[socket.socket, socket.socket]:
    """Both ends of a TCP connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        theirs = socket.create_connection(listener.getsockname())
        ours, _ = listener.accept()
    return ours, theirs


def until(condition: object, seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_follower_sees_every_event_in_order() -> None:
    source = Source()
    stream = source.relay().follow()
    source.say(Delta("a"))
    assert next(stream) == Delta("a")
    source.say(Delta("b"))
    assert next(stream) == Delta("b")
    source.say(DONE)
    assert list(stream) == [DONE]
    assert source.dropped.wait(5)


def test_what_piled_up_for_a_slow_client_arrives_as_one_piece() -> None:
    source = Source()
    relay = source.relay()
    source.say(*(Delta(str(i)) for i in range(10)), DONE)
    until(lambda: relay.ended)
    assert list(relay.follow()) == [Delta("0123456789"), DONE]


def test_followers_do_not_take_events_from_each_other() -> None:
    source = Source()
    relay = source.relay()
    source.say(Delta("a"), DONE)
    assert list(relay.follow()) == list(relay.follow()) == [Delta("a"), DONE]


def test_waiting_gives_the_end() -> None:
    source = Source()
    relay = source.relay()
    threading.Timer(0.05, source.say, [Delta("a"), DONE]).start()
    assert relay.wait() == DONE


def test_a_silent_model_is_bridged_by_signs_of_life() -> None:
    source = Source()
    stream = source.relay(heartbeat=0.05).follow()
    assert next(stream) is None
    assert next(stream) is None
    source.say(DONE)
    assert [event for event in stream if event is not None] == [DONE]


def test_leaving_cancels_a_running_turn_and_no_ended_one() -> None:
    running, ended = Source(), Source()
    relay = running.relay()
    relay.leave()
    assert relay.wait() == Failed(turn_id=KEY, error=relay.wait().error)  # type: ignore[union-attr]
    assert running.cancellation.cancelled
    ended.say(DONE)
    relay = ended.relay()
    until(lambda: relay.ended)
    relay.leave()
    assert not ended.cancellation.cancelled


def test_a_client_that_hangs_up_is_noticed_while_the_model_is_silent() -> None:
    ours, theirs = connected()
    with ours, theirs:
        source = Source()
        source.relay(client=ours)
        theirs.close()
        until(lambda: source.cancellation.cancelled, seconds=1)


def test_a_client_that_sends_more_is_still_there_until_it_leaves() -> None:
    ours, theirs = connected()
    with ours, theirs:
        source = Source()
        source.relay(client=ours)
        theirs.sendall(b"GET / HTTP/1.1")
        time.sleep(3 * relay_module.WATCH_INTERVAL)
        assert not source.cancellation.cancelled
        theirs.close()
        until(lambda: source.cancellation.cancelled, seconds=1)
        assert ours.recv(100) == b"GET / HTTP/1.1"  # what it sent is the server's to read


def test_a_client_that_never_reads_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = connected()
    monkeypatch.setattr(relay_module, "WRITE_PATIENCE", 0.1)
    with ours, theirs:
        source = Source()
        stream = source.relay(client=ours).follow()
        source.say(Delta("a"))
        next(stream)  # and the server hangs in its write
        until(lambda: source.cancellation.cancelled, seconds=2)
        assert theirs.recv(1) == b""


def test_a_client_that_stops_reading_is_cut_off_after_the_turn_has_ended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = connected()
    monkeypatch.setattr(relay_module, "WRITE_PATIENCE", 0.1)
    with ours, theirs:
        source = Source()
        relay = source.relay(client=ours)
        source.say(Delta("a"), DONE)
        until(lambda: relay.ended)
        next(relay.follow())  # and the server hangs in its write
        theirs.settimeout(5)
        assert theirs.recv(1) == b""


def test_a_left_relay_is_forgotten() -> None:
    source = Source()
    relay = source.relay()
    source.say(DONE)
    relay.wait()
    relay.leave()
    assert relay not in relay_module.watch._relays


def test_a_producer_that_dies_ends_its_turn_for_everybody() -> None:
    class Panic(BaseException):
        pass

    def events() -> Iterator[Event]:
        yield Delta("a")
        raise Panic

    dropped = threading.Event()
    relay = Relay(KEY, events(), Cancellation(), heartbeat=60, on_end=dropped.set).start()
    *_, end = relay.follow()
    assert isinstance(end, Failed)
    assert end.error.code == "INTERNAL_ERROR"
    assert dropped.wait(5)


def test_many_followers_of_a_fast_producer_miss_nothing() -> None:
    """Followers and the producer race for the bell; each follower still gets every piece, and its end."""
    pieces = [str(number) for number in range(3000)]
    heard: list[str] = []

    def events() -> Iterator[Event]:
        for number, piece in enumerate(pieces):
            if number % 7 == 0:
                time.sleep(0.0001)
            yield Delta(piece)
        yield DONE

    relay = Relay(KEY, events(), Cancellation(), heartbeat=0.001, on_end=lambda: None).start()

    def follow() -> None:
        heard.append("".join(event.text for event in relay.follow() if isinstance(event, Delta)))

    followers = [threading.Thread(target=follow) for _ in range(8)]
    for follower in followers:
        follower.start()
    for follower in followers:
        follower.join(30)
    assert relay.wait() == DONE
    assert heard == ["".join(pieces)] * 8
