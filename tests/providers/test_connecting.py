"""From the name to the first byte: no step outlasts the call, and no connection brings what belongs to another call.

All of it holds for threads and, run again, for greenlets.
"""

import contextlib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.errors import ModelFailed, ModelUnavailable
from app.providers.base import Cancellation, Cancelled, Delta, Message, Prompt
from app.providers.openai import OpenAIProvider
from tests.providers.servers import CERTIFICATE, Talk, request, secured, serving, whole

ROOT = Path(__file__).parents[2]
PROMPT = Prompt(messages=(Message(role="user", content="hi", tokens=1),), model="m", max_tokens=5, prompt_tokens=8)
PATIENCE = 10.0  # a step that would not end does so after this, and the test fails


@pytest.fixture(autouse=True)
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))


def provider(url: str, *, connect: float = PATIENCE, silence: float = PATIENCE, total: float = 30) -> OpenAIProvider:
    return OpenAIProvider(
        api_key="k", base_url=url, connect_timeout=connect, silence_timeout=silence, total_timeout=total
    )


def outcome(model: OpenAIProvider, *, cancel_after: float | None = None) -> str:
    """The answer, or the error's name; that within half the patience of whatever would not end."""
    cancellation = Cancellation()
    if cancel_after is not None:
        threading.Timer(cancel_after, cancellation.cancel).start()
    started = time.monotonic()
    try:
        return "".join(piece.text for piece in model.stream(PROMPT, cancellation) if isinstance(piece, Delta))
    except (ModelFailed, Cancelled) as error:
        return type(error).__name__
    finally:
        assert time.monotonic() - started < PATIENCE / 2


def numbered() -> Talk:
    """Answer every request with the connection's number."""
    connections: list[socket.socket] = []

    def talk(connection: socket.socket) -> None:
        connections.append(connection)
        number = len(connections)
        while request(connection):
            connection.sendall(whole(f"connection {number}"))

    return talk


def silent(connection: socket.socket) -> None:
    request(connection)
    connection.recv(1)


def by_the_byte(connection: socket.socket) -> None:
    """Begin a handshake that has no end."""
    connection.recv(65536)
    connection.sendall(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc")
    for _ in range(int(PATIENCE / 0.1)):
        connection.sendall(b"\x00")
        time.sleep(0.1)


@contextlib.contextmanager
def black_hole() -> Iterator[str]:
    """An address where the kernel drops every attempt, since the backlog is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, contextlib.ExitStack() as waiting:
        for _ in range(3):
            client = waiting.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"


@contextlib.contextmanager
def lost_name() -> Iterator[str]:
    """A name whose lookup does not end."""
    over = threading.Event()

    def never(*_args: object, **_options: object) -> object:
        over.wait(PATIENCE)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", never)
        yield "http://model.invalid/v1"
        over.set()


def slow_handshake() -> contextlib.AbstractContextManager[str]:
    return serving(by_the_byte, tls=True)


STUCK = pytest.mark.parametrize("stuck", [lost_name, black_hole, slow_handshake])
Stuck = Callable[[], contextlib.AbstractContextManager[str]]


# No step outlasts the call


@STUCK
def test_a_step_that_takes_too_long_is_a_model_out_of_reach(stuck: Stuck) -> None:
    with stuck() as url:
        assert outcome(provider(url, connect=0.5)) == "ModelUnavailable"


@STUCK
def test_a_call_in_any_step_ends_with_its_total_time(stuck: Stuck) -> None:
    with stuck() as url:
        assert outcome(provider(url, total=0.5)) == "ModelTimeout"


@STUCK
def test_a_call_in_any_step_can_be_cancelled(stuck: Stuck) -> None:
    with stuck() as url:
        assert outcome(provider(url), cancel_after=0.3) == "Cancelled"


@STUCK
def test_the_check_is_bounded_in_every_step(stuck: Stuck) -> None:
    with stuck() as url:
        started = time.monotonic()
        with pytest.raises(ModelUnavailable):
            provider(url).check()
        assert time.monotonic() - started < PATIENCE / 2


def test_an_address_that_refuses_does_not_hide_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(numbered()) as url, socket.create_server(("127.0.0.1", 0)) as refusing:
        unused = refusing.getsockname()
        refusing.close()
        (*kind, there), *_ = socket.getaddrinfo("127.0.0.1", int(url.split(":")[2][:-3]), type=socket.SOCK_STREAM)
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: [(*kind, unused), (*kind, there)])
        assert outcome(provider(url)) == "connection 1"


# TLS


def test_a_secured_connection_serves_one_answer_after_the_other() -> None:
    with serving(secured(numbered()), tls=True) as url:
        model = provider(url)
        assert [outcome(model) for _ in range(3)] == ["connection 1"] * 3


def test_a_secured_call_ends_like_any_other() -> None:
    with serving(secured(silent), tls=True) as url:
        assert outcome(provider(url), cancel_after=0.3) == "Cancelled"
        assert outcome(provider(url, silence=0.5)) == "ModelTimeout"


def test_a_certificate_that_nobody_vouches_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with serving(secured(numbered()), tls=True) as url:
        assert outcome(provider(url)) == "ModelUnavailable"


# What a connection brings


@pytest.mark.parametrize("tls", [False, True])
def test_what_comes_after_an_answer_is_nobodys_answer(tls: bool) -> None:
    late = threading.Event()
    fresh = numbered()

    def talk(connection: socket.socket) -> None:
        if late.is_set():
            fresh(connection)
            return
        request(connection)
        connection.sendall(whole("mine"))
        time.sleep(0.1)  # until the answer is read and the connection kept
        connection.sendall(whole("of another user"))
        late.set()
        request(connection)

    with serving(secured(talk) if tls else talk, tls=tls) as url:
        model = provider(url)
        assert outcome(model) == "mine"
        assert late.wait(PATIENCE)
        assert outcome(model) == "connection 1"


def test_a_spoilt_connection_is_passed_over_for_one_that_serves() -> None:
    both, spoil, spoilt = threading.Barrier(2), threading.Event(), threading.Event()
    numbers = iter((1, 2))

    def talk(connection: socket.socket) -> None:
        number = next(numbers)
        request(connection)
        both.wait(PATIENCE)  # so that the two calls need two connections
        time.sleep(0.2 * number)  # and the second is kept last, hence tried first
        connection.sendall(whole(f"connection {number}"))
        if number == 2:
            spoil.wait(PATIENCE)
            connection.sendall(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")
            spoilt.set()
        while request(connection):
            connection.sendall(whole(f"connection {number}"))

    with serving(talk) as url:
        model = provider(url)
        calls = [threading.Thread(target=outcome, args=(model,)) for _ in range(2)]
        for call in calls:
            call.start()
        for call in calls:
            call.join()
        spoil.set()
        assert spoilt.wait(PATIENCE)
        assert outcome(model) == "connection 1"


def test_an_interim_head_is_not_the_answer() -> None:
    def talk(connection: socket.socket) -> None:
        request(connection)
        hints = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" + hints + hints + whole("after the hints"))

    with serving(talk) as url:
        assert outcome(provider(url)) == "after the hints"


def test_greenlets_are_served_as_threads_are() -> None:
    if "gevent.monkey" in sys.modules:
        return  # this is that run
    command = [sys.executable, "-m", "gevent.monkey", "--module", "pytest", "-q", "-p", "no:cacheprovider", __file__]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
