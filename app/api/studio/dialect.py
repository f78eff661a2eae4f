"""How the studio spells a turn: pure functions of the event and the turn."""

from typing import assert_never

from app.api.dialects import error_data, usage_of
from app.api.sse import frame
from app.engine.events import Completed, Delta, Event, Failed, Started
from app.engine.studio import Advice
from app.engine.turns import Turn


def spell(event: Event, turn: Turn[Advice]) -> bytes:
    """One event of the stream; its beginning needs no frame, since the head of the response says it all."""
    match event:
        case Started():
            return b""
        case Delta(text):
            return frame("chunk", {"content": text})
        case Completed():
            return frame("done", _done(event, turn))
        case Failed():
            return frame("error", error_data(event))
        case _:
            assert_never(event)


def _done(completed: Completed, turn: Turn[Advice]) -> dict[str, object]:
    return {
        "credits_remaining": completed.credits_remaining,
        "suggestions": turn.about.suggestions,
        "message_id": str(completed.answer_id),
        "finish_reason": completed.finish_reason,
        "usage": usage_of(completed),
    }
