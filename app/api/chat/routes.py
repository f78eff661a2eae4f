"""The routes of the resume chat."""

import uuid
from typing import Any

from flask import Response, current_app

from app.api.answers import answer
from app.api.blueprints import Blueprint
from app.api.chat import dialect, schemas
from app.api.decorators import current_user_id, raises, signed_in
from app.api.pagination import PageArguments, paginate
from app.api.repeats import request_key
from app.engine import resume_chat, sessions
from app.errors import Conflict, NotFound
from app.limits import limit_turns

blueprint = Blueprint("chat", __name__, url_prefix="/api/chat", description="Tailor a resume to a posting.")


@blueprint.post("/start")
@signed_in
@limit_turns
@raises(NotFound, Conflict)
@blueprint.doc(operationId="startChat", description=schemas.TURN)
@blueprint.arguments(schemas.StartSchema)
@blueprint.streams(200, 201, **schemas.EVENTS, done=schemas.StartedSchema)
@blueprint.response(201, schemas.StartedSchema, description="A new session")
@blueprint.alt_response(200, schema=schemas.StartedSchema, description="The posting's active session, continued")
def start(asked: dict[str, Any]) -> Response:
    """Ask about a posting: continues its active session, or makes one."""
    turn = resume_chat.admit_start(
        current_user_id(),
        job=asked["job_id"],
        resume=asked.get("resume_id"),
        question=asked["question"],
        key=request_key(),
    )
    status = 200 if turn.about.resumed else 201
    return answer(turn, spell=dialect.spell_start, body=dialect.start_body, status=status)


@blueprint.post("/<key:session_id>/message")
@signed_in
@limit_turns
@raises(Conflict)
@blueprint.doc(operationId="sendMessage", description=schemas.TURN)
@blueprint.arguments(schemas.AskSchema)
@blueprint.streams(200, **schemas.EVENTS, done=schemas.AnswerSchema)
@blueprint.response(200, schemas.AnswerSchema)
def message(asked: dict[str, Any], session_id: uuid.UUID) -> Response:
    """Ask the next question of a session."""
    turn = resume_chat.admit_message(current_user_id(), session_id, asked["message"], key=request_key())
    return answer(turn, spell=dialect.spell, body=dialect.body)


@blueprint.get("/<key:session_id>/history")
@signed_in
@blueprint.doc(operationId="listMessages")
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, schemas.HistorySchema)
def history(page: dict[str, Any], session_id: uuid.UUID) -> dict[str, Any]:
    """List a session's messages, oldest first."""
    session = sessions.get_owned_session(current_user_id(), session_id)
    messages, meta = paginate(sessions.list_messages(session.id), **page)
    return {"session_id": session.id, "messages": messages, "message_count": session.message_count, "meta": meta}


@blueprint.get("/<key:session_id>/context")
@signed_in
@blueprint.doc(operationId="getContext")
@blueprint.arguments(schemas.ContextArguments, location="query")
@blueprint.response(200, schemas.ContextSchema)
def context(query: dict[str, uuid.UUID], session_id: uuid.UUID) -> dict[str, Any]:
    """Show what the model was given, and what the budget kept, shortened and left out."""
    session = sessions.get_owned_session(current_user_id(), session_id)
    shown = {
        "session_id": session.id,
        "initial_context": session.initial_context,
        "latest_budget": sessions.get_latest_receipt(session.id),
    }
    return shown | {"turn_budget": sessions.get_receipt(session.id, query["turn"])} if "turn" in query else shown


@blueprint.get("/sessions")
@signed_in
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, schemas.SessionsSchema)
def list_sessions(page: dict[str, Any]) -> dict[str, Any]:
    """List your active sessions, the latest first."""
    rows, meta = paginate(sessions.list_sessions(current_user_id()), **page)
    return {"sessions": rows, "meta": meta}


@blueprint.route("/<key:session_id>/deactivate", methods=["POST", "DELETE"])
@signed_in
@blueprint.doc(operationId="deactivateSession")
@blueprint.response(200, schemas.DeactivatedSchema)
def deactivate(session_id: uuid.UUID) -> dict[str, Any]:
    """Put a session away; a new start for its posting makes a fresh one."""
    sessions.deactivate(current_user_id(), session_id)
    return {"session_id": session_id, "is_active": False}


@blueprint.get("/health")
@signed_in
@blueprint.doc(operationId="getChatHealth")
@blueprint.response(200, schemas.HealthSchema)
def health() -> dict[str, str]:
    """Say that the chat is up, and which model answers."""
    provider = current_app.extensions["provider"].name
    model = current_app.config["CHAT_MODEL"] if provider != "embedded" else "built-in"
    return {"status": "ok", "provider": provider, "model": model}
