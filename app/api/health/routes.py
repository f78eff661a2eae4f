"""`/healthz`: the process answers. `/readyz`: what it stands on answers too. Neither needs a token."""

from flask import Response, current_app, jsonify

from app.api.blueprints import Blueprint
from app.api.health import schemas

blueprint = Blueprint("health", __name__, description="Whether the service lives, and whether it is ready.")


@blueprint.get("/healthz")
@blueprint.response(200, schemas.LiveSchema)
def get_health() -> dict[str, str]:
    """Say that the process is alive."""
    return {"status": "ok"}


@blueprint.get("/readyz")
@blueprint.response(200, schemas.ReadySchema)
@blueprint.alt_response(503, schema=schemas.ReadySchema, description="The checks that failed, by name")
def get_readiness() -> Response:
    """Say whether the database, its migrations and the model are there; at most a few seconds old."""
    checks = current_app.extensions["readiness"].get()
    ready = "failed" not in checks.values()
    response = jsonify(status="ready" if ready else "not ready", checks=checks)
    response.status_code = 200 if ready else 503
    return response
