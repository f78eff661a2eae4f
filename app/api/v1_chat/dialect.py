"""How a session is spelled in a list: with the fields of both documents, whichever kind it is."""

from typing import Any

from app.api.fields import stamp
from app.models import ChatSession


def session_row(session: ChatSession) -> dict[str, Any]:
    """One row of the list of sessions."""
    draft = session.cv
    return {
        "session_id": session.id,
        "id": session.id,
        "user_id": session.user_profile_id,
        "kind": session.kind,
        "title": session.title,
        "doc_type": draft.doc_type,
        "status": draft.status,
        "progress": draft.progress,
        "message_count": session.message_count,
        "created_at": stamp(session.created_at),
        "updated_at": stamp(session.updated_at),
    }
