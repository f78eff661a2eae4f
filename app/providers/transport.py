"""What the SDK's HTTP client sends through: one connection a call, one `recv` one batch, and no timer.

The SDK's own pool and parser cost several times more for each piece of a stream. The connections are http.client's;
those whose answer was read to its end are kept for the next call.
"""

import contextlib
import time
from collections import deque
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ssl import SSLContext

import httpx2

from app.providers.connecting import connect
from app.providers.deadlines import Call, current_call
from app.providers.framing import framing_of
from app.providers.sockets import is_quiet

READ_SIZE = 65_536
ANSWER_LIMIT = 64_000_000
ERROR_LIMIT = 100_000
PORTS = {"http": 80, "https": 443}
IDLE_SECONDS = 30.0
GONE = (ConnectionResetError, BrokenPipeError)  # http.client's RemoteDisconnected is one of the first


class Transport(httpx2.BaseTransport):
    """Sends each request over a connection of its own, new or kept, to one server. Its errors are httpx2's."""

    def __init__(self, *, connect_timeout: float, tls: SSLContext | None) -> None:
        self._connect_timeout = connect_timeout
        self._tls = tls
        self._idle: deque[tuple[float, HTTPConnection]] = deque()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send, and return as soon as the head of the answer is there."""
        call = current_call.get()
        if (kept := self._kept()) is not None:
            try:
                return self._exchange(request, kept, call)
            except httpx2.ReadError as error:
                if call.ended_by or not isinstance(error.__cause__, GONE):
                    raise
                # Most likely the other end was just giving up the idle connection. Whether it read the request first
                # cannot be known; at worst the model is asked twice, and this answer is the only one that is read.
        return self._exchange(request, self._connect(request.url, call), call)

    def close(self) -> None:
        """Close the idle connections."""
        while self._idle:
            self._idle.pop()[1].close()

    def __del__(self) -> None:
        self.close()

    def _kept(self) -> HTTPConnection | None:
        """The newest connection that is still open and silent: bytes that came after an answer belong to nobody."""
        with contextlib.suppress(IndexError):
            while True:
                since, connection = self._idle.pop()
                if time.monotonic() - since < IDLE_SECONDS and is_quiet(connection.sock):
                    return connection
                connection.close()
        return None

    def keep(self, connection: HTTPConnection) -> None:
        """Take back a connection whose answer was read to its end."""
        now = time.monotonic()
        self._idle.append((now, connection))
        while now - self._idle[0][0] > IDLE_SECONDS:
            self._idle.popleft()[1].close()

    def _connect(self, url: httpx2.URL, call: Call) -> HTTPConnection:
        port = url.port or PORTS[url.scheme]
        connection = Connection(url.host, port)
        try:
            connection.sock = connect(url.host, port, call, timeout=self._connect_timeout, tls=self._tls)
        except (OSError, UnicodeError) as error:
            if isinstance(error, TimeoutError) or call.ended_by == "connect":
                raise httpx2.ConnectTimeout("no connection in time") from error
            raise httpx2.ConnectError(type(error).__name__) from error
        return connection

    def _exchange(self, request: httpx2.Request, connection: HTTPConnection, call: Call) -> httpx2.Response:
        with contextlib.ExitStack() as undo:
            undo.callback(connection.close)
            undo.callback(call.detach)
            call.attach(connection.sock)
            try:
                response = _send(request, connection)
            except (OSError, HTTPException) as error:
                raise httpx2.ReadError(type(error).__name__) from error
            undo.pop_all()
        return httpx2.Response(
            response.status,
            headers=[(name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers.items()],
            stream=Body(self, connection, response, call),
        )


class FinalResponse(HTTPResponse):
    """The answer itself, without the interim heads (103 Early Hints, say) that may come before it."""

    def begin(self) -> None:
        """Read heads until one is final; `http.client` itself passes over no other than 100."""
        super().begin()
        while self.status < 200:
            self.headers = None  # type: ignore[assignment]  # as it is before a head is read
            super().begin()


class Connection(HTTPConnection):
    """A connection whose answers are final."""

    response_class = FinalResponse


def _send(request: httpx2.Request, connection: HTTPConnection) -> HTTPResponse:
    body = request.read()
    target = request.url.raw_path.decode("ascii")
    connection.putrequest(request.method, target, skip_host=True, skip_accept_encoding=True)
    for name, value in request.headers.raw:
        connection.putheader(name, value)
    connection.endheaders(body or None)
    return connection.getresponse()


class Body(httpx2.SyncByteStream):
    """The body of an answer, in the batches in which it arrives; closing it gives the connection back or away."""

    def __init__(self, transport: Transport, connection: HTTPConnection, response: HTTPResponse, call: Call) -> None:
        self._transport = transport
        self._connection = connection
        self._response = response
        self._call = call
        self._reusable = self._closed = False

    def __iter__(self) -> Iterator[bytes]:
        """Yield what each read brought, without its framing."""
        left = ANSWER_LIMIT if self._response.status < 300 else ERROR_LIMIT
        framing = framing_of(self._response)
        try:
            while not framing.complete:
                payload = framing.take(self._response.fp.read1(READ_SIZE))
                left -= len(payload)
                if left < 0:
                    raise httpx2.ReadError("the answer is too long")
                if payload:
                    yield payload
        except (OSError, HTTPException, ValueError) as error:
            raise httpx2.ReadError(type(error).__name__) from error
        self._reusable = not framing.excess and not self._response.will_close

    def close(self) -> None:
        """Keep the connection if it can serve again, else close it; safe to repeat."""
        if self._closed:
            return
        self._closed = True
        self._call.detach()
        self._response.close()
        if self._reusable:
            self._transport.keep(self._connection)
        else:
            self._connection.close()
