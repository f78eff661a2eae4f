"""How the CV builder spells a turn, a session and what was said in it: pure functions."""

from collections.abc import Sequence
from typing import Any, assert_never

from app.api.dialects import error_data
from app.api.fields import stamp
from app.api.sse import frame
from app.cv.data import from_json
from app.engine.cv_builder import DraftBrief, state_of
from app.engine.events import Completed, Delta, Event, Failed, Started
from app.engine.turns import Turn
from app.models import ChatMessage, ChatSession

ROLES = {"user": "user", "assistant": "model"}


def body(completed: Completed, _turn: Turn[DraftBrief]) -> dict[str, Any]:
    """The JSON answer to a message."""
    told = {name: value for name, value in (completed.result or {}).items() if name != "changed"}
    return {"session_id": str(completed.session_id), "message": completed.text, **told}


def spell(event: Event, turn: Turn[DraftBrief]) -> bytes:
    """One event of the stream; before its end, what the document holds if that has changed."""
    match event:
        case Started():
            ids = {"session_id": event.session_id, "turn_id": event.turn_id, "message_id": event.answer_id}
            return frame("start", {name: str(value) for name, value in ids.items()})
        case Delta(text):
            return frame("chunk", {"content": text})
        case Completed():
            result = event.result or {}
            changed = {"cv_data": result["cv_data"], "progress": result["progress"]} if result.get("changed") else None
            return (frame("cv_data", changed) if changed else b"") + frame("done", body(event, turn))
        case Failed():
            return frame("error", error_data(event))
        case _:
            assert_never(event)


def session_body(session: ChatSession, said: Sequence[ChatMessage]) -> dict[str, Any]:
    """A session with all that was said in it."""
    draft = session.cv
    state = state_of(from_json("cv" if draft.doc_type == "cv" else "cover_letter", draft.data))
    return {
        "session_id": str(session.id),
        "doc_type": draft.doc_type,
        "status": draft.status,
        "conversation_history": [
            {"role": ROLES[one.role], "parts": [{"text": one.content}], "timestamp": stamp(one.created_at)}
            for one in said
        ],
        "current_cv_data": state["cv_data"],
        "progress": state["progress"],
        "fields_collected": state["fields_collected"],
        "missing_fields": state["missing_fields"],
        "created_at": stamp(session.created_at),
        "updated_at": stamp(session.updated_at),
    }
