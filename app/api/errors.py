"""Every error as the contract's JSON: flat under `/api/v1/`, in an envelope elsewhere. Never HTML, never a trace."""

from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, jsonify, request
from werkzeug.exceptions import HTTPException

from app.errors import (
    AppError,
    Conflict,
    InvalidInput,
    ModelFailed,
    NotFound,
    PayloadTooLarge,
    RateLimited,
    TurnRunning,
    Unauthorized,
    Unavailable,
    UnsupportedMedia,
)
from app.extensions import DATABASE_AWAY

DATABASE_RETRY = 5
_OF_STATUS: dict[int, type[AppError]] = {
    error.status: error
    for error in (InvalidInput, Unauthorized, NotFound, Conflict, PayloadTooLarge, UnsupportedMedia, RateLimited)
}


def init_app(app: Flask) -> None:
    """Let every exception end here, those of the router included."""
    app.register_error_handler(AppError, render)
    app.register_error_handler(HTTPException, _render_http)
    for error in DATABASE_AWAY:
        app.register_error_handler(error, _render_database_away)
    app.register_error_handler(Exception, _render_unexpected)


def payload(code: str, sentence: str, fields: Any = None) -> dict[str, Any]:
    """The body of an error in the form of the requested path."""
    named = {"fields": fields} if fields else {}
    if is_flat(request.path):
        return {"error": sentence, "code": code, **named}
    return {"success": False, "error": {"code": code, "message": sentence, **named}}


def is_flat(path: str) -> bool:
    """Whether this path's errors have the flat form."""
    return path.startswith("/api/v1/")


def status_of(error: type[AppError] | AppError, path: str) -> int:
    """The status of an error on a path: under `/api/v1/chat` a failure of the model or the database is a plain 500."""
    kind = error if isinstance(error, type) else type(error)
    is_ours = path.startswith("/api/v1/chat") and issubclass(kind, ModelFailed | Unavailable)
    return AppError.status if is_ours else error.status


def render(error: AppError) -> Response:
    """An error of ours as a response."""
    status = status_of(error, request.path)
    code = error.code if status == error.status else ModelFailed.code
    response = jsonify(payload(code, error.sentence, error.fields))
    response.status_code = status
    if error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, TurnRunning):
        response.headers["X-Turn-Id"] = str(error.turn_id)
    if error.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _render_http(error: HTTPException) -> Response:
    """What Flask and Werkzeug raise themselves: unknown paths, wrong methods, bodies over their limit."""
    original = error.get_response()
    status = original.status_code
    known = _OF_STATUS.get(status)
    phrase = HTTPStatus(status).phrase
    code, sentence = (known.code, known.sentence) if known else (phrase.upper().replace(" ", "_"), f"{phrase}.")
    response = jsonify(payload(code, sentence))
    response.status_code = status
    for name in ("Allow", "Location", "Retry-After"):
        if name in original.headers:
            response.headers[name] = original.headers[name]
    return response


def _render_database_away(error: Exception) -> Response:
    current_app.logger.error("%r: the database is out of reach: %s", request.path, type(error).__name__)
    return render(Unavailable(retry_after=DATABASE_RETRY))


def _render_unexpected(error: Exception) -> Response:
    current_app.logger.error("%s %r failed", request.method, request.path, exc_info=error)
    return render(AppError())
