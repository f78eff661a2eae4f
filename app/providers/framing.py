"""The three ways in which HTTP/1.1 marks where a body ends, each taking it off what one read brought.

`take(b"")` says that the connection was closed: an answer that is not whole raises then, as does a broken one.
"""

from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import Protocol

LINE_LIMIT = 4096


class Framing(Protocol):
    """`complete` once the body is whole; `excess` if more came than belongs to it."""

    complete: bool
    excess: bool

    def take(self, data: bytes) -> bytes:
        """Give the payload in what was read."""


class Chunked:
    """Chunks, each after a line with its size; the last is empty, and lines that nobody needs may follow it."""

    def __init__(self) -> None:
        self.complete = self.excess = False
        self._held = b""
        self._left = 0
        self._in_trailer = False

    def take(self, data: bytes) -> bytes:
        """Give the payload of every chunk in what was read, joined."""
        if not data:
            raise IncompleteRead(b"")
        if (payload := self._whole_chunk(data)) is not None:
            return payload
        return self._take_piecewise(self._held + data)

    def _whole_chunk(self, data: bytes) -> bytes | None:
        """The payload, if this read brought just one chunk, as most do; the rest of the class is for all others."""
        if self._held or self._left or self._in_trailer:
            return None
        size, found, rest = data.partition(b"\r\n")
        if not (found and size.isalnum() and len(size) < 8 and rest.endswith(b"\r\n")):
            return None
        payload = rest[:-2]
        return payload if payload and len(payload) == int(size, 16) else None

    def _take_piecewise(self, data: bytes) -> bytes:
        at, payload = 0, []
        while at < len(data):
            if self._left:
                piece = data[at : at + self._left]
                payload.append(piece)
                self._left -= len(piece)
                at += len(piece)
                continue
            end = data.find(b"\n", at)
            if end < 0 or self.complete:
                break
            self._read_line(data[at:end].strip())
            at = end + 1
        self._held = data[at:]
        self.excess = self.complete and bool(self._held)
        if len(self._held) > LINE_LIMIT:
            raise HTTPException("a chunk's head is too long")
        return b"".join(payload)

    def _read_line(self, line: bytes) -> None:
        """A size, one of the lines after the last chunk, or the empty line after a chunk's payload."""
        if self._in_trailer:
            self.complete = not line
        elif line:
            self._left = int(line.partition(b";")[0], 16)
            if self._left < 0:
                raise HTTPException("a chunk's size is negative")
            self._in_trailer = self._left == 0


class Sized:
    """As many bytes as the head announced."""

    def __init__(self, length: int) -> None:
        self.excess = False
        self.complete = length == 0
        self._left = length

    def take(self, data: bytes) -> bytes:
        """Give what was read, up to the announced length."""
        if not data:
            raise IncompleteRead(b"", self._left)
        payload = data[: self._left]
        self.excess = len(data) > self._left
        self._left -= len(payload)
        self.complete = self._left == 0
        return payload


class UntilClosed:
    """Everything until the connection closes."""

    def __init__(self) -> None:
        self.complete = self.excess = False

    def take(self, data: bytes) -> bytes:
        """Give what was read."""
        self.complete = not data
        return data


def framing_of(response: HTTPResponse) -> Framing:
    """Choose by what the head says."""
    if response.chunked:
        return Chunked()
    return UntilClosed() if response.length is None else Sized(response.length)
