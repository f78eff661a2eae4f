"""A cheap client for many streams at once, run as a process of its own: a job on stdin, what it heard on stdout."""

import asyncio
import dataclasses
import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

FIRST = b"w00000 "
PIECE = re.compile(rb"w(\d{5}) ")
SECONDS = 180
FOLDER = Path(__file__).parents[1]


@dataclasses.dataclass
class Heard:
    """One stream: `first` is the seconds until the first piece, `lost` how many of the pieces never came."""

    status: int
    first: float
    lost: int
    seconds: float


@dataclasses.dataclass(frozen=True, kw_only=True)
class Ask:
    """One request for a stream of `chunks` pieces."""

    port: int
    path: str
    body: dict[str, Any]
    chunks: int
    headers: dict[str, str] = dataclasses.field(default_factory=dict)


def start(asks: list[Ask], *, spread: float) -> "subprocess.Popen[str]":
    """Begin all streams within `spread` seconds, in another process."""
    job = json.dumps({"spread": spread, "asks": [dataclasses.asdict(ask) for ask in asks]})
    client = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.load"], cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert client.stdin is not None
    client.stdin.write(job)
    client.stdin.close()
    return client


def finish(client: "subprocess.Popen[str]") -> list[Heard]:
    """Wait for every stream's end."""
    assert client.stdout is not None
    with client:
        return [Heard(**heard) for heard in json.loads(client.stdout.read())]


class _Stream(asyncio.Protocol):
    """Sends one request, and keeps the bytes that come back."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._received = bytearray()
        self._first = float("inf")
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        body = json.dumps(self._ask.body).encode()
        headers = {
            "Host": "127.0.0.1",
            "Content-Type": "application/json",
            "Accept": "text/event-stream",
            "Connection": "close",
            "Content-Length": str(len(body)),
            **self._ask.headers,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._began = time.monotonic()
        transport.write(f"POST {self._ask.path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._first == float("inf") and FIRST in self._received:
            self._first = time.monotonic() - self._began
        if self._received.endswith(b"0\r\n\r\n"):
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self.seconds = time.monotonic() - self._began
        if not self.ended.done():
            self.ended.set_result(None)

    def heard(self) -> Heard:
        head, _, body = bytes(self._received).partition(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1]) if head else 0
        chunked = b"transfer-encoding: chunked" in head.lower()
        events, done, _ = (_dechunked(body) if chunked else body).partition(b"event: done")
        pieces = [int(number) for number in PIECE.findall(events)]
        lost = len(set(range(self._ask.chunks)) - set(pieces))
        whole = pieces == list(range(self._ask.chunks)) and (done or b"[DONE]" in events)
        return Heard(status=status, first=self._first, lost=0 if whole else max(lost, 1), seconds=self.seconds)


def _dechunked(body: bytes) -> bytes:
    payload = []
    while body:
        size, _, rest = body.partition(b"\r\n")
        length = int(size, 16)
        payload.append(rest[:length])
        body = rest[length + 2 :]
    return b"".join(payload)


async def _all(asks: list[Ask], spread: float) -> list[Heard]:
    loop = asyncio.get_running_loop()
    streams = []
    for ask in asks:
        _, stream = await loop.create_connection(lambda ask=ask: _Stream(ask), "127.0.0.1", ask.port)  # type: ignore[misc]
        streams.append(stream)
        await asyncio.sleep(spread / len(asks))
    await asyncio.wait([stream.ended for stream in streams], timeout=SECONDS)
    return [stream.heard() for stream in streams]


if __name__ == "__main__":
    given = json.load(sys.stdin)
    heard = asyncio.run(_all([Ask(**ask) for ask in given["asks"]], given["spread"]))
    json.dump([dataclasses.asdict(one) for one in heard], sys.stdout)
