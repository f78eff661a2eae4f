"""How the resume chat spells a turn: pure functions of the event and the admitted turn."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, assert_never

from app.api.dialects import error_data, usage_of
from app.api.sse import frame
from app.engine.events import Completed, Delta, Event, Failed, Started
from app.engine.resume_chat import SessionBrief
from app.engine.turns import Turn


def body(completed: Completed, _turn: Turn[SessionBrief]) -> dict[str, Any]:
    """The JSON answer to a message."""
    return {
        "session_id": str(completed.session_id),
        "turn_id": str(completed.turn_id),
        "message_id": str(completed.answer_id),
        "response": completed.text,
        "message_count": completed.message_count,
        "finish_reason": completed.finish_reason,
        "usage": usage_of(completed),
    }


def start_body(completed: Completed, turn: Turn[SessionBrief]) -> dict[str, Any]:
    """The JSON answer to a start: the same, and which session it is."""
    return body(completed, turn) | {
        "resumed": turn.about.resumed,
        "created_at": turn.about.created_at.isoformat(),
        "job": asdict(turn.about.job),
    }


def spell(event: Event, turn: Turn[SessionBrief]) -> bytes:
    """One event of a message's stream."""
    return _spell(event, turn, body)


def spell_start(event: Event, turn: Turn[SessionBrief]) -> bytes:
    """One event of a start's stream."""
    return _spell(event, turn, start_body)


def _spell(
    event: Event, turn: Turn[SessionBrief], done: Callable[[Completed, Turn[SessionBrief]], dict[str, Any]]
) -> bytes:
    match event:
        case Delta(text):
            return frame("chunk", {"content": text})
        case Started():
            return frame(
                "start",
                {
                    "session_id": str(event.session_id),
                    "turn_id": str(event.turn_id),
                    "message_id": str(event.answer_id),
                    "resumed": turn.about.resumed,
                },
            )
        case Completed():
            return frame("done", done(event, turn))
        case Failed():
            return frame("error", error_data(event))
        case _:
            assert_never(event)
