"""Servers for one test each: what they do with a connection is a function, run in a thread of its own."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.fakes.upstream import chunk, event

CERTIFICATE = Path(__file__).parents[1] / "data" / "tls" / "certificate.pem"
KEY = CERTIFICATE.with_name("key.pem")  # made for these tests, for 127.0.0.1; it protects nothing
Talk = Callable[[socket.socket], None]


@contextlib.contextmanager
def serving(talk: Talk, *, tls: bool = False) -> Iterator[str]:
    """Let `talk` have each connection, and give the base URL. `tls` is for the URL: `secured` makes the talk so."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        over = threading.Event()
        accepting = threading.Thread(target=_accept, args=(listener, talk, over), daemon=True)
        accepting.start()
        try:
            yield f"http{'s' if tls else ''}://127.0.0.1:{listener.getsockname()[1]}/v1"
        finally:
            over.set()
            accepting.join()


def _accept(listener: socket.socket, talk: Talk, over: threading.Event) -> None:
    while not over.is_set():
        with contextlib.suppress(TimeoutError):
            connection, _ = listener.accept()
            threading.Thread(target=_talk, args=(talk, connection), daemon=True).start()


def _talk(talk: Talk, connection: socket.socket) -> None:
    with connection, contextlib.suppress(OSError):
        connection.settimeout(10)
        talk(connection)


def secured(talk: Talk) -> Talk:
    """The same after a TLS handshake."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE, KEY)

    def talk_securely(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as safe:
            talk(safe)

    return talk_securely


def request(connection: socket.socket) -> bool:
    """Read one request; False if the client has left instead."""
    received = b""
    while b"\r\n\r\n" not in received:
        if not (more := connection.recv(65536)):
            return False
        received += more
    head, _, body = received.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    while len(body) < length:
        body += connection.recv(65536)
    return True


def whole(text: str) -> bytes:
    """A whole answer, head and all."""
    body = b"".join(map(event, (chunk(text), chunk({}, finish_reason="stop"), "[DONE]")))
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
