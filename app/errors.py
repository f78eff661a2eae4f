"""What can go wrong, as one tree. Code below `api/` raises these; only `api/errors.py` turns them into responses.

AppError
├── InvalidInput         400 VALIDATION_ERROR    a field is missing, empty, too long, of the wrong type
├── ApiKeyNotSet         400 API_KEY_NOT_SET     the model needs a key of the user's own
├── Unauthorized         401 UNAUTHORIZED
├── InsufficientCredits  402 INSUFFICIENT_CREDITS
├── NotFound             404 NOT_FOUND           also: it is somebody else's
├── Conflict             409 CONFLICT
│   ├── TurnCancelled    409 CANCELLED           the client went away; who repeats its request reads it
│   └── TurnRunning      409 CONFLICT            turn_id; the same request is being answered
├── KeyReused            422 IDEMPOTENCY_KEY_REUSED
├── PayloadTooLarge      413 PAYLOAD_TOO_LARGE
├── UnsupportedMedia     415 UNSUPPORTED_MEDIA_TYPE
├── RateLimited          429 RATE_LIMITED        retry_after
├── Unavailable          503 UNAVAILABLE         retry_after; the database, not the model
└── ModelFailed          502 AI_ERROR
    ├── ModelUnavailable 503 AI_UNAVAILABLE      retry_after
    └── ModelTimeout     504 AI_TIMEOUT
"""

import uuid
from collections.abc import Mapping

RETRY_SECONDS = 5


class AppError(Exception):
    """An error a user may see: a code for programs, a sentence for people, a status for HTTP."""

    code = "INTERNAL_ERROR"
    status = 500
    sentence = "Something went wrong on our side. Please try again."

    def __init__(
        self,
        sentence: str | None = None,
        *,
        fields: Mapping[str, object] | None = None,
        retry_after: int | None = None,
    ) -> None:
        self.sentence = sentence or self.sentence
        self.fields = fields
        self.retry_after = retry_after
        super().__init__(self.sentence)


class InvalidInput(AppError):
    """The request is wrong; `fields` names where, `{"message": ["Must not be empty."]}`."""

    code, status, sentence = "VALIDATION_ERROR", 400, "The request is not valid."


class ApiKeyNotSet(AppError):
    """The model needs a key, the deployment has none, and the user has stored none."""

    code, status = "API_KEY_NOT_SET", 400
    sentence = "Gemini API key not set. Please set your API key first."


class Unauthorized(AppError):
    """There is no valid token, or the credentials are wrong."""

    code, status, sentence = "UNAUTHORIZED", 401, "Invalid or expired token"


class InsufficientCredits(AppError):
    """There are fewer credits left than this costs. Those held for answers that still run may come back."""

    code, status, sentence = "INSUFFICIENT_CREDITS", 402, "You have no credits left for this."


class NotFound(AppError):
    """There is no such thing, or it belongs to somebody else: the two are told apart nowhere."""

    code, status, sentence = "NOT_FOUND", 404, "Not found."


class Conflict(AppError):
    """The state of the thing does not allow this now."""

    code, status, sentence = "CONFLICT", 409, "This conflicts with what is there."


class TurnCancelled(Conflict):
    """A turn was ended before its answer was whole, because nobody waits for it any more."""

    code, sentence = "CANCELLED", "The answer was cancelled. What had arrived is kept."


class TurnRunning(Conflict):
    """The same request, by its idempotency key, is being answered; `turn_id` says by which turn."""

    def __init__(self, turn_id: uuid.UUID) -> None:
        self.turn_id = turn_id
        super().__init__(f"This request is being answered, by turn {turn_id}. Its answer can be had once it is whole.")


class KeyReused(AppError):
    """An idempotency key has come before with another request."""

    code, status = "IDEMPOTENCY_KEY_REUSED", 422
    sentence = "This Idempotency-Key was used for another request. Make a new key for a new request."


class PayloadTooLarge(AppError):
    """The body, or one part of it, is over its limit."""

    code, status, sentence = "PAYLOAD_TOO_LARGE", 413, "The request is too large."


class UnsupportedMedia(AppError):
    """The body is not of a type that this route reads."""

    code, status, sentence = "UNSUPPORTED_MEDIA_TYPE", 415, "Send the body as application/json."


class RateLimited(AppError):
    """Too many requests; `retry_after` is in seconds."""

    code, status, sentence = "RATE_LIMITED", 429, "Too many requests. Please wait a moment."


class Unavailable(AppError):
    """Something we stand on is out of reach for now."""

    code, status, sentence = "UNAVAILABLE", 503, "The service is not available right now. Please try again."


class ModelFailed(AppError):
    """The model answered wrongly, or broke off. The upstream's own words are never repeated here."""

    code, status, sentence = (
        "AI_ERROR",
        502,
        "The model could not answer. Your message is kept; please try again.",
    )


class ModelUnavailable(ModelFailed):
    """The model cannot be reached, or refuses for now."""

    code, status, sentence = (
        "AI_UNAVAILABLE",
        503,
        "The model is not available right now. Your message is kept; please try again.",
    )


class ModelTimeout(ModelFailed):
    """The model took longer than we wait."""

    code, status, sentence = (
        "AI_TIMEOUT",
        504,
        "The model took too long to answer. Your message is kept; please try again.",
    )


def error_of(code: str | None) -> AppError:
    """The error that a turn ended with, by the code that was stored of it."""
    if code == ModelUnavailable.code:
        return ModelUnavailable(retry_after=RETRY_SECONDS)
    return {error.code: error for error in (TurnCancelled, ModelTimeout)}.get(code or "", ModelFailed)()
