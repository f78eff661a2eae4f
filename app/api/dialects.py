"""What the dialects of several surfaces have in common: pure functions of an event."""

from typing import Any

from app.engine.events import Completed, Failed


def usage_of(completed: Completed) -> dict[str, int]:
    """The tokens of a turn."""
    return {
        "prompt_tokens": completed.prompt_tokens,
        "completion_tokens": completed.completion_tokens,
        "total_tokens": completed.prompt_tokens + completed.completion_tokens,
    }


def error_data(failed: Failed) -> dict[str, Any]:
    """What an `error` event says: the same code and sentence that a JSON error would."""
    error = failed.error
    data: dict[str, Any] = {"code": error.code, "message": error.sentence}
    return data if error.retry_after is None else data | {"retry_after": error.retry_after}
