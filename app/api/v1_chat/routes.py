"""The routes that the CV builder and the coach share."""

import uuid
from typing import Any

from flask import Response

from app.api.answers import answer
from app.api.blueprints import Blueprint
from app.api.cv_builder import dialect as cv_dialect
from app.api.cv_builder import schemas as cv_schemas
from app.api.cv_builder.material import cv_of_resume
from app.api.decorators import current_user_id, raises, signed_in
from app.api.pagination import paginate
from app.api.repeats import request_key
from app.api.v1_chat import dialect, schemas
from app.engine import cv_builder, cv_sessions
from app.errors import NotFound
from app.limits import limit_turns

blueprint = Blueprint("v1_chat", __name__, url_prefix="/api/v1/chat", description="Sessions of the CV builder.")


@blueprint.post("/message")
@signed_in
@limit_turns
@raises(NotFound)
@blueprint.doc(operationId="sendChatMessage", description=cv_schemas.TURN)
@blueprint.arguments(cv_schemas.BuilderMessageSchema)
@blueprint.streams(200, **cv_schemas.EVENTS)
@blueprint.response(200, cv_schemas.BuilderAnswerSchema)
def message(asked: dict[str, Any]) -> Response:
    """Send the next message of a session."""
    turn = cv_builder.admit_message(current_user_id(), asked["session_id"], asked["message"], key=request_key())
    return answer(turn, spell=cv_dialect.spell, body=cv_dialect.body)


@blueprint.post("/session")
@signed_in
@raises(NotFound)
@blueprint.doc(operationId="createChatSession")
@blueprint.arguments(cv_schemas.BuilderSessionSchema)
@blueprint.response(201, schemas.BuilderSessionShownSchema)
def create_session(asked: dict[str, Any]) -> dict[str, Any]:
    """Make a session without a message, for a CV from a stored resume if one is named."""
    data = cv_of_resume(current_user_id(), asked)
    session = cv_sessions.create_cv_session(current_user_id(), asked["doc_type"], data)
    return cv_dialect.session_body(session, ())


@blueprint.get("/sessions")
@signed_in
@blueprint.doc(operationId="listChatSessions")
@blueprint.arguments(schemas.SharedSessionsArguments, location="query")
@blueprint.response(200, schemas.SharedSessionsSchema)
def list_sessions(query: dict[str, Any]) -> dict[str, Any]:
    """List your sessions, the latest first."""
    rows, meta = paginate(cv_sessions.list_cv_sessions(current_user_id()), page=query["page"], limit=query["limit"])
    return {"sessions": [dialect.session_row(row) for row in rows], "total": meta["total"]}


@blueprint.get("/session/<key:session_id>")
@signed_in
@blueprint.doc(operationId="getChatSession")
@blueprint.response(200, schemas.BuilderSessionShownSchema)
def show_session(session_id: uuid.UUID) -> dict[str, Any]:
    """Show a session with everything that was said in it."""
    session = cv_sessions.get_owned_cv_session(current_user_id(), session_id)
    return cv_dialect.session_body(session, cv_sessions.list_all_messages(session.id))


@blueprint.patch("/session/<key:session_id>/title")
@signed_in
@blueprint.doc(operationId="renameChatSession")
@blueprint.arguments(schemas.TitleSchema)
@blueprint.response(200, schemas.SessionRowSchema)
def rename_session(asked: dict[str, str], session_id: uuid.UUID) -> dict[str, Any]:
    """Give a session another title."""
    session = cv_sessions.get_owned_cv_session(current_user_id(), session_id)
    return dialect.session_row(cv_sessions.rename(session, asked["title"]))


@blueprint.delete("/session/<key:session_id>")
@signed_in
@blueprint.doc(operationId="deleteChatSession")
@blueprint.response(200, schemas.SessionGoneSchema)
def delete_session(session_id: uuid.UUID) -> dict[str, Any]:
    """Delete a session; the documents made of it stay."""
    cv_sessions.put_away(cv_sessions.get_owned_cv_session(current_user_id(), session_id))
    return {"message": "Session deleted successfully", "id": session_id}
