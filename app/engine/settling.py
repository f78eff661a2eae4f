"""How a turn ends: one short transaction, by whoever comes first. Text, usage and state are stored together or not.

The worker that ran the turn settles it; the sweep and the next sender use the same function for a turn whose worker
died. The first of them changes the state, by one conditional UPDATE; the others learn how it ended.
"""

import logging
import time
import uuid
from typing import Any

from flask import Flask
from sqlalchemy import Row, select, update

from app.engine.events import Completed, End, Failed
from app.engine.generation import Generation, Outcome
from app.errors import ModelFailed
from app.extensions import DATABASE_AWAY, db
from app.models import ACTIVE_STATES, ChatMessage, ChatSession, ChatSessionMetrics, ChatTurn
from app.models.columns import now
from app.providers.base import Usage
from app.tokens import tokenizer_for

log = logging.getLogger(__name__)
PATIENCE = 10.0
PAUSE = 0.2
ABANDONED = Outcome(state="failed", text="", error=ModelFailed())
NO_USAGE = Usage()
Ended = Row[uuid.UUID, uuid.UUID, uuid.UUID, int, int]


def settle(app: Flask, generation: Generation, outcome: Outcome) -> End:
    """End a turn, trying again while the database is away for a moment."""
    patience = time.monotonic() + PATIENCE
    while True:
        try:
            with app.app_context():
                return end_turn(generation.turn_id, outcome, model=generation.prompt.model)
        except DATABASE_AWAY:
            if time.monotonic() > patience:
                raise
            log.warning("turn %s: the database is away, its end waits", generation.turn_id)
            time.sleep(PAUSE)


def end_turn(turn_id: uuid.UUID, outcome: Outcome, *, model: str = "") -> End:
    """Store how a turn ended unless somebody already has, and return the terminal event that is true."""
    tokens = tokenizer_for(model).count(outcome.text) if outcome.text else 0
    try:
        turn = _change_state(turn_id, outcome, tokens)
        if turn is None:
            return _as_it_ended(turn_id)
        message_count, answered_at = _store_answer(turn, outcome, tokens)
        _count_usage(turn, outcome)
        db.session.commit()
    finally:
        db.session.remove()
    if outcome.finish is None or outcome.state != "complete":
        log.info("turn %s %s: %s", turn_id, outcome.state, outcome.error.code if outcome.error else "")
        return Failed(turn_id=turn_id, error=outcome.error or ModelFailed())
    return Completed(
        turn_id=turn_id,
        session_id=turn.session_id,
        answer_id=turn.answer_id,
        text=outcome.text,
        message_count=message_count,
        finish_reason=outcome.finish.reason,
        prompt_tokens=turn.prompt_tokens,
        completion_tokens=turn.completion_tokens,
        answered_at=answered_at,
    )


def _change_state(turn_id: uuid.UUID, outcome: Outcome, tokens: int) -> Ended | None:
    """Compare and set: None when the turn was ended already. Usage the provider did not report is what we counted."""
    usage = outcome.finish.usage if outcome.finish else NO_USAGE
    values: dict[str, Any] = {
        "state": outcome.state,
        "finish_reason": outcome.finish.reason if outcome.finish else None,
        "error_code": outcome.error.code if outcome.error else None,
        "completion_tokens": tokens if usage.completion_tokens is None else usage.completion_tokens,
        "finished_at": now(),
    }
    if usage.prompt_tokens is not None:
        values["prompt_tokens"] = usage.prompt_tokens
    return db.session.execute(
        update(ChatTurn)
        .where(ChatTurn.id == turn_id, ChatTurn.state.in_(ACTIVE_STATES))
        .values(**values)
        .returning(
            ChatTurn.id, ChatTurn.session_id, ChatTurn.answer_id, ChatTurn.prompt_tokens, ChatTurn.completion_tokens
        )
    ).first()


def _store_answer(turn: Ended, outcome: Outcome, tokens: int) -> tuple[int, Any]:
    """Keep what arrived, whole or not; return the session's message count and the time."""
    answered_at = now()
    more = 1 if outcome.text.strip() else 0
    number: int = db.session.execute(
        update(ChatSession)
        .where(ChatSession.id == turn.session_id)
        .values(message_count=ChatSession.message_count + more, updated_at=answered_at)
        .returning(ChatSession.message_count)
    ).scalar_one()
    if more:
        db.session.add(
            ChatMessage(
                id=turn.answer_id,
                session_id=turn.session_id,
                turn_id=turn.id,
                number=number,
                role="assistant",
                content=outcome.text,
                tokens=tokens,
                status=outcome.state,
                created_at=answered_at,
            )
        )
        db.session.flush()
    return number, answered_at


def _count_usage(turn: Ended, outcome: Outcome) -> None:
    metrics = ChatSessionMetrics
    used = turn.prompt_tokens + turn.completion_tokens if outcome.text else 0
    values: dict[Any, Any] = {
        metrics.total_messages: select(ChatSession.message_count)
        .where(ChatSession.id == turn.session_id)
        .scalar_subquery(),
        metrics.total_tokens_used: metrics.total_tokens_used + used,
    }
    if outcome.text:
        values[metrics.prompt_tokens] = metrics.prompt_tokens + turn.prompt_tokens
        values[metrics.completion_tokens] = metrics.completion_tokens + turn.completion_tokens
    if outcome.state == "failed":
        values[metrics.failed_turns] = metrics.failed_turns + 1
    if outcome.state == "cancelled":
        values[metrics.cancelled_turns] = metrics.cancelled_turns + 1
    db.session.execute(update(metrics).where(metrics.session_id == turn.session_id).values(values))


def _as_it_ended(turn_id: uuid.UUID) -> End:
    """The terminal event of a turn that was ended before, from what is stored."""
    row = db.session.execute(
        select(ChatTurn, ChatMessage, ChatSession.message_count)
        .join(ChatSession, ChatSession.id == ChatTurn.session_id)
        .join(ChatMessage, ChatMessage.id == ChatTurn.answer_id)
        .where(ChatTurn.id == turn_id, ChatTurn.state == "complete")
    ).first()
    if row is None:
        return Failed(turn_id=turn_id, error=ModelFailed())
    turn, message, message_count = row
    return Completed(
        turn_id=turn_id,
        session_id=turn.session_id,
        answer_id=turn.answer_id,
        text=message.content,
        message_count=message_count,
        finish_reason=turn.finish_reason or "stop",
        prompt_tokens=turn.prompt_tokens,
        completion_tokens=turn.completion_tokens,
        answered_at=message.created_at,
    )
