"""How a turn ends: one short transaction, by whoever comes first. Text, usage, price and state are stored together.

The worker that ran the turn settles it; the sweep and the next sender use the same function for a turn whose worker
died. The first of them changes the state, by one conditional UPDATE; the others learn how it ended.
"""

import datetime as dt
import logging
import time
import uuid
from collections.abc import Mapping
from typing import Any

from flask import Flask
from sqlalchemy import Row, select, update

from app.credits import charge, release
from app.engine.events import Completed, End, Failed
from app.engine.generation import FILTERED, Generation, Outcome, Store
from app.engine.statements import ADD_MESSAGE, COUNT_ANSWER, COUNT_USAGE, END_TURN, run
from app.errors import ModelFailed, error_of
from app.extensions import DATABASE_AWAY, db
from app.models import ChatMessage, ChatTurn, CreditEntry
from app.models.columns import now
from app.providers.base import Usage
from app.tokens import tokenizer_for

log = logging.getLogger(__name__)
PATIENCE = 10.0
PAUSE = 0.2
ABANDONED = Outcome(state="failed", text="", error=ModelFailed())
NO_USAGE = Usage()
Ended = Row[Any]


def settle(app: Flask, generation: Generation, outcome: Outcome) -> End:
    """End a turn, trying again while the database is away for a moment."""
    patience = time.monotonic() + PATIENCE
    store = generation.keep(outcome) if generation.keep and outcome.state == "complete" else None
    while True:
        try:
            with app.app_context():
                return end_turn(generation.turn_id, outcome, model=generation.prompt.model, store=store)
        except DATABASE_AWAY:
            if time.monotonic() > patience:
                raise
            log.warning("turn %s: the database is away, its end waits", generation.turn_id)
            time.sleep(PAUSE)


def end_turn(turn_id: uuid.UUID, outcome: Outcome, *, model: str = "", store: Store | None = None) -> End:
    """Store how a turn ended unless somebody already has, and return the terminal event that is true.

    The session stays the caller's: a question that ends a dead worker's turn goes on with the rows it has loaded.
    """
    tokens = tokenizer_for(model).count(outcome.text) if outcome.text else 0
    turn = _change_state(turn_id, outcome, tokens)
    if turn is None:
        return as_it_ended(turn_id)
    message_count, answered_at = _store_answer(turn, outcome, tokens)
    credits_remaining = _pay(turn_id, outcome, tokens) if turn.price else None
    result = _keep(turn, store) if store else None
    db.session.commit()
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
        credits_remaining=credits_remaining,
        result=result,
    )


def _keep(turn: Ended, store: Store) -> Mapping[str, Any]:
    """Let the surface store what came of the answer, and store what it says of it, so that a repeat says it too."""
    result = store(turn.session_id)
    db.session.execute(update(ChatTurn).where(ChatTurn.id == turn.id).values(result=result))
    return result


def _pay(turn_id: uuid.UUID, outcome: Outcome, tokens: int) -> int | None:
    """A whole answer is paid for, and nothing else; return the balance that is left."""
    if outcome.state == "complete":
        return charge(turn_id)
    release(turn_id, read_tokens=tokens if outcome.state == "cancelled" else 0)
    return None


def _change_state(turn_id: uuid.UUID, outcome: Outcome, tokens: int) -> Ended | None:
    """Compare and set: None when the turn was ended already. Usage the provider did not report is what we counted."""
    usage = outcome.finish.usage if outcome.finish else NO_USAGE
    return run(
        END_TURN,
        turn=turn_id,
        new_state=outcome.state,
        reason=outcome.finish.reason if outcome.finish else None,
        error=outcome.error.code if outcome.error else None,
        prompt=usage.prompt_tokens,
        completion=tokens if usage.completion_tokens is None else usage.completion_tokens,
        at=now(),
    ).first()


def _store_answer(turn: Ended, outcome: Outcome, tokens: int) -> tuple[int, dt.datetime]:
    """Keep what arrived, whole or not; return the session's message count and the time."""
    at = now()
    more = 1 if outcome.text.strip() else 0
    number = 1 + more
    if turn.session_id is not None:
        number = run(COUNT_ANSWER, session=turn.session_id, more=more, at=at).scalar_one()
    if more:
        run(
            ADD_MESSAGE,
            id=turn.answer_id,
            session_id=turn.session_id,
            turn_id=turn.id,
            number=number,
            role="assistant",
            content=outcome.text,
            tokens=tokens,
            status=outcome.state,
            created_at=at,
        )
    if turn.session_id is not None:
        _count_usage(turn, outcome, number, at)
    return number, at


def _count_usage(turn: Ended, outcome: Outcome, messages: int, at: dt.datetime) -> None:
    run(
        COUNT_USAGE,
        session=turn.session_id,
        messages=messages,
        prompt=turn.prompt_tokens if outcome.text else 0,
        completion=turn.completion_tokens if outcome.text else 0,
        failed=int(outcome.state == "failed"),
        cancelled=int(outcome.state == "cancelled"),
        at=at,
    )


def as_it_ended(turn_id: uuid.UUID) -> End:
    """The terminal event of a turn that was ended before, from what is stored."""
    row = db.session.execute(
        select(ChatTurn, ChatMessage, CreditEntry.balance_after)
        .outerjoin(ChatMessage, ChatMessage.id == ChatTurn.answer_id)
        .outerjoin(CreditEntry, CreditEntry.turn_id == ChatTurn.id)
        .where(ChatTurn.id == turn_id)
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        return Failed(turn_id=turn_id, error=ModelFailed())
    turn, answer, balance = row
    if turn.state != "complete":
        filtered = turn.finish_reason == "content_filter"
        return Failed(turn_id=turn_id, error=ModelFailed(FILTERED) if filtered else error_of(turn.error_code))
    return Completed(
        turn_id=turn_id,
        session_id=turn.session_id,
        answer_id=turn.answer_id,
        text=answer.content,
        message_count=answer.number,
        finish_reason=turn.finish_reason or "stop",
        prompt_tokens=turn.prompt_tokens,
        completion_tokens=turn.completion_tokens,
        answered_at=answer.created_at,
        credits_remaining=balance,
        result=turn.result,
    )
