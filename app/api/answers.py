"""How every surface answers a turn: as a stream if the request asks for one, else as the JSON the stream ends with."""

from collections.abc import Callable
from typing import Any

from flask import Response, after_this_request, jsonify, request

from app.api import sse
from app.api.repeats import REPLAYED
from app.engine import turns
from app.engine.events import Completed, Event, Failed
from app.engine.turns import About, AdmittedTurn, EndedTurn, Turn

Spell = Callable[[Event, Turn[About]], bytes]
Body = Callable[[Completed, Turn[About]], dict[str, Any]]


def answer(
    turn: AdmittedTurn[About] | EndedTurn[About],
    *,
    spell: Spell[About],
    body: Body[About] | None = None,
    status: int = 200,
) -> Response:
    """Start an admitted turn and answer with its events, or wait and answer with its end; both from one event log.

    `spell` and `body` are the surface's dialect: one event as a frame, the whole answer as JSON. A surface without a
    `body` only streams. A turn that ended before is told again, marked as such.
    """
    followed = turns.start(turn, client=request.environ.get("gunicorn.socket"))

    @after_this_request
    def name_the_turn(response: Response) -> Response:
        response.headers["X-Turn-Id"] = str(turn.id)
        if isinstance(turn, EndedTurn):
            response.headers[REPLAYED] = "true"
        return response

    if body is None or sse.wants_stream():
        return sse.stream(followed, lambda event: spell(event, turn))
    try:
        end = followed.wait()
    finally:
        followed.leave()
    if isinstance(end, Failed):
        raise end.error
    response = jsonify(body(end, turn))
    response.status_code = status
    return response
