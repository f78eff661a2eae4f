"""Server-sent events: what a frame looks like, and the response that carries a turn's events.

A frame's data is JSON, in which every line break is escaped, so no text of a model can end a frame early.
"""

from collections.abc import Callable, Iterator

import msgspec
from flask import Response, request

from app.engine.events import Event
from app.engine.turns import Followed

MIMETYPE = "text/event-stream"
HEARTBEAT = b": still here\n\n"
HEADERS = {
    "Content-Type": f"{MIMETYPE}; charset=utf-8",
    "Cache-Control": "no-cache",
    "X-Accel-Buffering": "no",
}
Spell = Callable[[Event], bytes]
_encode = msgspec.json.Encoder().encode


def frame(event: str, data: object) -> bytes:
    """One event, e.g. `frame("chunk", {"content": "Hi"})` → `event: chunk\\ndata: {"content":"Hi"}\\n\\n`."""
    return b"event: %b\ndata: %b\n\n" % (event.encode(), _encode(data))


def wants_stream() -> bool:
    """Whether the request prefers a stream to JSON; `*/*` does not."""
    return request.accept_mimetypes.best_match(["application/json", MIMETYPE]) == MIMETYPE


def stream(turn: Followed, spell: Spell) -> Response:
    """The response that follows a turn; however it ends, the turn is left."""
    response = Response(_frames(turn, spell), headers=HEADERS)
    response.call_on_close(turn.leave)
    return response


def _frames(turn: Followed, spell: Spell) -> Iterator[bytes]:
    for event in turn.follow():
        yield HEARTBEAT if event is None else spell(event)
