"""The route of the studio."""

from flask import Response

from app.api.answers import answer
from app.api.blueprints import Blueprint
from app.api.decorators import current_user_id, raises, signed_in
from app.api.repeats import request_key
from app.api.studio import dialect, schemas
from app.engine import studio
from app.errors import InsufficientCredits, NotFound
from app.limits import limit_turns

blueprint = Blueprint("studio", __name__, url_prefix="/v1/ai", description="Ask about a posting, a credit an answer.")


@blueprint.post("/chat")
@signed_in
@limit_turns
@raises(NotFound, InsufficientCredits)
@blueprint.doc(operationId="askStudio", description=schemas.TURN)
@blueprint.arguments(schemas.QuestionSchema, max_bytes=schemas.BODY_BYTES)
@blueprint.streams(200, **schemas.EVENTS)
@blueprint.response(200, description="The answer, as it comes")
def ask(asked: schemas.Asked) -> Response:
    """Ask about a posting, as `chat` for facts or as `coach` for strategy."""
    turn = studio.admit_question(
        current_user_id(), asked.question, job=asked.job, resume=asked.resume, key=request_key()
    )
    return answer(turn, spell=dialect.spell)
