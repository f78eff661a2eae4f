"""The routes that are the CV builder's alone; those it shares with the coach are in `app/api/v1_chat`."""

import uuid
from typing import Any

from flask import Response

from app.api.answers import answer
from app.api.blueprints import Blueprint
from app.api.cv_builder import dialect, schemas
from app.api.cv_builder.material import cv_of_resume
from app.api.decorators import current_user_id, raises, signed_in
from app.api.documents.dialect import document_body
from app.api.repeats import request_key
from app.documents import finalize
from app.engine import cv_builder
from app.errors import ApiKeyNotSet, Conflict, NotFound
from app.limits import limit_turns

blueprint = Blueprint("cv_builder", __name__, url_prefix="/api/v1/chat", description="A conversation becomes a CV.")


@blueprint.post("/start")
@signed_in
@limit_turns
@raises(NotFound, ApiKeyNotSet)
@blueprint.doc(operationId="startCv", description=schemas.TURN)
@blueprint.arguments(schemas.BuilderStartSchema)
@blueprint.streams(200, **schemas.EVENTS)
@blueprint.response(201, schemas.BuilderAnswerSchema)
@blueprint.alt_response(200, description="The same as a stream")
def start(asked: dict[str, Any]) -> Response:
    """Begin a CV or a cover letter with a first message."""
    turn = cv_builder.admit_start(
        current_user_id(),
        doc_type=asked["doc_type"],
        message=asked["initial_message"],
        data=cv_of_resume(current_user_id(), asked),
        key=request_key(),
    )
    return answer(turn, spell=dialect.spell, body=dialect.body, status=201)


@blueprint.post("/session/<key:session_id>/finalize")
@signed_in
@raises(Conflict)
@blueprint.doc(operationId="finalizeCv")
@blueprint.arguments(schemas.FinalizeSchema)
@blueprint.response(200, schemas.FinalizedSchema)
def finalize_session(asked: dict[str, Any], session_id: uuid.UUID) -> dict[str, Any]:
    """Make a document of a session, complete or not; a second time makes the next version of the same document."""
    made = finalize(current_user_id(), session_id, title=asked.get("title"), template_code=asked["template_code"])
    what = "CV" if made.document.doc_type == "cv" else "Cover letter"
    return {
        "message": f"{what} created successfully from chat session",
        "document": document_body(made.document, made.version),
        "cv_data": made.version.data,
    }
