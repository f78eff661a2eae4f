"""`/v1/ai/match`: compute the match of a resume and a posting, and read the latest one."""

from typing import Any

from app import match
from app.api.blueprints import Blueprint
from app.api.decorators import current_user_id, raises, signed_in
from app.api.match import schemas
from app.errors import InvalidInput, NotFound
from app.limits import limit_turns
from app.match import StoredMatch
from app.models.references import Reference

blueprint = Blueprint("match", __name__, url_prefix="/v1/ai", description="How well a resume matches a posting.")


@blueprint.post("/match")
@signed_in
@limit_turns
@raises(NotFound, InvalidInput)
@blueprint.doc(operationId="computeMatch", description=schemas.SCORING)
@blueprint.arguments(schemas.MatchPairSchema)
@blueprint.response(201, schemas.MatchAnswerSchema, description="The first match of these two")
@blueprint.alt_response(200, schema=schemas.MatchAnswerSchema, description="The match, in the place of an earlier one")
def compute_match(asked: dict[str, Reference]) -> tuple[dict[str, Any], int]:
    """Match a resume with a posting."""
    stored = match.compute_match(current_user_id(), job=asked["job_id"], resume=asked.get("resume_id"))
    return _answer(stored), 201 if stored.created else 200


@blueprint.get("/match")
@signed_in
@raises(NotFound)
@blueprint.doc(operationId="getMatch")
@blueprint.arguments(schemas.LatestMatchArguments, location="query")
@blueprint.response(200, schemas.MatchAnswerSchema)
def get_match(asked: dict[str, Reference]) -> dict[str, Any]:
    """Show your latest match, or the latest of a posting, a resume, or both."""
    return _answer(match.get_latest_match(current_user_id(), job=asked.get("job_id"), resume=asked.get("resume_id")))


def _answer(stored: StoredMatch) -> dict[str, Any]:
    made = {
        "job_id": stored.job_id,
        "resume_id": stored.resume_id,
        "resume_revision": stored.resume_revision,
        "job_revision": stored.job_revision,
        "stale": stored.stale,
        "created_at": stored.created_at,
    }
    return {"success": True, "data": {**stored.result, **made}}
