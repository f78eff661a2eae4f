"""Taking a stream of server-sent events apart, as bytes: https://html.spec.whatwg.org/multipage/server-sent-events.html

Lines end with LF, CRLF or CR, and with nothing else: a U+2028 inside a JSON string is text.
"""

EVENT_LIMIT = 1_000_000
_MARK = b"\xef\xbb\xbf"


class EventTooLong(Exception):
    """One event is longer than any event we want to read."""


class EventSplitter:
    """Bytes in, however they were cut; the data of whole events out. `limit` is in bytes an event."""

    def __init__(self, *, limit: int = EVENT_LIMIT) -> None:
        self._limit = limit
        self._pending: list[bytes] = []  # joined only when an event ends, so that many small reads stay cheap
        self._length = 0
        self._last = b""
        self._after_cr = False
        self._at_start = True

    def feed(self, data: bytes) -> list[bytes]:
        """Give the data of every event that ends in `data`."""
        if not self._length and self._is_one_event(data):
            self._at_start = False
            return [data[6:-2]]
        if b"\r" in data or self._after_cr:
            data = self._with_lf(data)
        if not data:
            return []
        if b"\n\n" not in self._last + data:
            self._keep(data)
            return []
        *events, rest = b"".join((*self._pending, data)).split(b"\n\n")
        self._pending, self._length = [], 0
        self._keep(rest)
        return [found for event in events if (found := self._data_of(event)) is not None]

    def flush(self) -> list[bytes]:
        """Give what is left at the end of the body: some servers leave out the last blank line."""
        return self.feed(b"\n\n")

    def _is_one_event(self, data: bytes) -> bool:
        """Whether a read brought one event whole, in the form in which nearly all do."""
        return (
            data.startswith(b"data: ")
            and data.endswith(b"\n\n")
            and data.count(b"\n") == 2
            and b"\r" not in data
            and not self._after_cr
            and len(data) <= self._limit
        )

    def _keep(self, data: bytes) -> None:
        self._length += len(data)
        if self._length > self._limit:
            raise EventTooLong
        self._last = data[-1:]
        self._pending.append(data)

    def _with_lf(self, data: bytes) -> bytes:
        """A CR ends its line at once; the LF that may follow it, even in the next read, belongs to it."""
        if self._after_cr and data:
            data = data.removeprefix(b"\n")
            self._after_cr = False
        self._after_cr = self._after_cr or data.endswith(b"\r")
        return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")

    def _data_of(self, event: bytes) -> bytes | None:
        if len(event) > self._limit:
            raise EventTooLong
        if self._at_start:
            event = event.removeprefix(_MARK)
            self._at_start = False
        if event.startswith(b"data:") and b"\n" not in event:
            return event[5:].removeprefix(b" ")
        fields = (line.partition(b":") for line in event.split(b"\n"))
        values = [value.removeprefix(b" ") for name, _, value in fields if name == b"data"]
        return b"\n".join(values) if values else None
