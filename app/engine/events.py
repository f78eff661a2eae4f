"""The engine's neutral events. Every surface spells these four in its own dialect, and knows no others."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.errors import AppError


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The turn was admitted: its user message is stored, the model is being asked."""

    turn_id: uuid.UUID
    session_id: uuid.UUID | None
    question_id: uuid.UUID
    answer_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of the answer."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed:
    """The answer is whole and stored. `message_count` counts the session's messages up to this answer.

    `credits_remaining` is the balance after it was paid, None for what costs nothing. `result` is what came of the
    answer besides its text, as JSON, None where nothing does.
    """

    turn_id: uuid.UUID
    session_id: uuid.UUID | None
    answer_id: uuid.UUID
    text: str
    message_count: int
    finish_reason: str
    prompt_tokens: int
    completion_tokens: int
    answered_at: dt.datetime
    credits_remaining: int | None = None
    result: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The turn ended without a whole answer. The error's code and sentence are safe to show."""

    turn_id: uuid.UUID
    error: AppError


Event = Started | Delta | Completed | Failed
End = Completed | Failed
