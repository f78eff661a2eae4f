"""The way to a connection: the server's name, one of its addresses, its certificate, each within the call's deadlines.

`http.client` shows its socket only when all that is done; until then nobody could end it. Under gevent, besides, a
socket's timeout is for each wait, so that a handshake that comes by the byte would never be too slow.
"""

import contextlib
import socket
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from ssl import SSLContext
from typing import Any

from app.providers.deadlines import LOOK_EVERY, Call

Address = tuple[int, int, int, str, Any]  # what getaddrinfo gives


def connect(host: str, port: int, call: Call, *, timeout: float, tls: SSLContext | None) -> socket.socket:
    """Give a connected socket, attached to `call`; raise an `OSError` or a `UnicodeError`.

    `timeout`, in seconds, is for the name, for each of its addresses, and for the handshake.
    """
    with call.connecting(timeout):
        addresses = _look_up(host, port, call)
    plain = _reach(addresses, call, timeout)
    if tls is None:
        return plain
    with call.connecting(timeout):
        return _shake_hands(plain, host, call, tls)


def _look_up(host: str, port: int, call: Call) -> Sequence[Address]:
    """Ask the resolver in a thread, since nothing can break it off: it is left alone when the call ends."""
    found: Future[Sequence[Address]] = Future()

    def ask() -> None:
        try:
            found.set_result(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.set_exception(error)

    asking = threading.Thread(target=ask, name="model-address", daemon=True)
    asking.start()
    while asking.is_alive() and not call.ended_by:
        asking.join(LOOK_EVERY)
    return found.result(0)


def _reach(addresses: Sequence[Address], call: Call, timeout: float) -> socket.socket:
    problem = OSError("the name has no address")
    for family, kind, protocol, _, address in addresses:
        if call.ended_by:
            break
        try:
            return _reach_one(socket.socket(family, kind, protocol), address, call, timeout)
        except OSError as error:
            problem = error
    raise problem


def _reach_one(reaching: socket.socket, address: Any, call: Call, timeout: float) -> socket.socket:
    with _closed_on_failure(reaching, call):
        reaching.settimeout(timeout)
        reaching.connect(address)
        reaching.settimeout(None)  # from here on the call's deadlines hold
        reaching.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return reaching


def _shake_hands(plain: socket.socket, host: str, call: Call, tls: SSLContext) -> socket.socket:
    with _closed_on_failure(plain, call):
        secured = tls.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
    with _closed_on_failure(secured, call):
        secured.do_handshake()
    return secured


@contextlib.contextmanager
def _closed_on_failure(unready: socket.socket, call: Call) -> Iterator[None]:
    """Attach the socket to the call; detach and close it if what happens inside fails."""
    with contextlib.ExitStack() as undo:
        undo.callback(unready.close)
        undo.callback(call.detach)
        call.attach(unready)
        yield
        undo.pop_all()
