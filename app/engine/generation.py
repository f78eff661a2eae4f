"""The one lifecycle of a turn, from the model's first word to the terminal event. It knows neither Flask nor rows.

    Started → Delta* → settle → Completed | Failed

What is stored is stored by `settle`, which is called exactly once; the terminal event says what it did, so a client
that reads `Completed` knows that the answer is kept.
"""

import logging
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Literal

from app.engine.events import Delta, End, Event, Failed, Started
from app.errors import RETRY_SECONDS, AppError, ModelFailed, ModelUnavailable, TurnCancelled
from app.providers.base import Cancellation, Cancelled, Finish, Prompt, Provider
from app.providers.base import Delta as Piece

log = logging.getLogger(__name__)
FILTERED = "The model's provider withheld the rest of this answer. Your message is kept; try other words."


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One model call to make, and the names its events carry.

    `keep` works out what comes of a whole answer besides its text, and returns what stores that for a session, in the
    transaction that stores the text; what the surface says of it is returned by that.
    """

    turn_id: uuid.UUID
    session_id: uuid.UUID | None
    question_id: uuid.UUID
    answer_id: uuid.UUID
    prompt: Prompt
    provider: Provider
    keep: "Keep | None" = None
    cancellation: Cancellation = field(default_factory=Cancellation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a model call ended, with all the text that had arrived by then."""

    state: Literal["complete", "failed", "cancelled"]
    text: str
    finish: Finish | None = None
    error: AppError | None = None


Settle = Callable[[Outcome], End]
Store = Callable[[uuid.UUID | None], Mapping[str, Any]]
Keep = Callable[[Outcome], Store]


def run(generation: Generation, *, settle: Settle) -> Iterator[Event]:
    """Ask the model and yield the turn's events."""
    yield Started(
        turn_id=generation.turn_id,
        session_id=generation.session_id,
        question_id=generation.question_id,
        answer_id=generation.answer_id,
    )
    received: list[str] = []
    finish: Finish | None = None
    error: AppError | None = None
    try:
        with closing(generation.provider.stream(generation.prompt, generation.cancellation)) as stream:
            for piece in stream:
                if isinstance(piece, Finish):
                    finish = piece
                elif text := _clean(piece):
                    received.append(text)
                    yield Delta(text)
    except Cancelled:
        if finish is None:  # else it is too late: who waits for the last word and hangs up has had the answer
            stopped = generation.cancellation.stopped
            error = ModelUnavailable(retry_after=RETRY_SECONDS) if stopped else TurnCancelled()
    except AppError as failure:
        error = failure
    except Exception:
        log.exception("turn %s: the provider broke", generation.turn_id)
        error = ModelFailed()
    yield _settled(generation, settle, _outcome("".join(received), finish, error))


def _settled(generation: Generation, settle: Settle, outcome: Outcome) -> End:
    """Settle, and say so honestly when nothing could be stored: then the sweep ends the turn by its lease."""
    try:
        return settle(outcome)
    except Exception:
        log.exception("turn %s: its end could not be stored", generation.turn_id)
        return Failed(turn_id=generation.turn_id, error=AppError())


def _clean(piece: Piece) -> str:
    """A model's text without NUL, which PostgreSQL cannot store."""
    return piece.text.replace("\x00", "") if "\x00" in piece.text else piece.text


def _outcome(text: str, finish: Finish | None, error: AppError | None) -> Outcome:
    """An answer is complete only if the model said so and there is one."""
    if error is None and finish is not None and text.strip():
        if finish.reason == "content_filter":
            return Outcome(state="failed", text=text, finish=finish, error=ModelFailed(FILTERED))
        return Outcome(state="complete", text=text, finish=finish)
    if isinstance(error, TurnCancelled):
        return Outcome(state="cancelled", text=text, error=error)
    return Outcome(state="failed", text=text, finish=finish, error=error or ModelFailed())
