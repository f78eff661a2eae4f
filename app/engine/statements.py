"""The statements that every turn runs, built once: building one costs as much as running it.

They run on the session's connection, past its unit of work. Parameters have names of their own where a column of the
same name is set, as SQLAlchemy demands.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CursorResult, Executable, bindparam, func, insert, select, update

from app.extensions import db
from app.models import ACTIVE_STATES, ChatMessage, ChatSession, ChatSessionMetrics, ChatTurn

ADD_TURN = insert(ChatTurn)
ADD_MESSAGE = insert(ChatMessage)

COUNT_QUESTION = (
    update(ChatSession)
    .where(ChatSession.id == bindparam("session"), ChatSession.message_count == bindparam("seen"))
    .where(ChatSession.is_active)
    .values(message_count=bindparam("count"), updated_at=bindparam("at"))
    .returning(ChatSession.id)
)
"""Compare and set: no row when another turn has come between."""

RECENT_MESSAGES = (
    select(ChatMessage.role, ChatMessage.content, ChatMessage.tokens)
    .join(ChatTurn, ChatTurn.id == ChatMessage.turn_id)
    .where(ChatMessage.session_id == bindparam("session"), ChatMessage.number > bindparam("after"))
    .where(ChatTurn.state.in_(("complete", "cancelled")))
    .order_by(ChatMessage.number)
)

END_TURN = (
    update(ChatTurn)
    .where(ChatTurn.id == bindparam("turn"), ChatTurn.state.in_(ACTIVE_STATES))
    .values(
        state=bindparam("new_state"),
        finish_reason=bindparam("reason"),
        error_code=bindparam("error"),
        prompt_tokens=func.coalesce(bindparam("prompt"), ChatTurn.prompt_tokens),
        completion_tokens=bindparam("completion"),
        finished_at=bindparam("at"),
    )
    .returning(
        ChatTurn.id,
        ChatTurn.session_id,
        ChatTurn.answer_id,
        ChatTurn.prompt_tokens,
        ChatTurn.completion_tokens,
        ChatTurn.price,
    )
)
"""Compare and set: no row when the turn was ended already."""

COUNT_ANSWER = (
    update(ChatSession)
    .where(ChatSession.id == bindparam("session"))
    .values(message_count=ChatSession.message_count + bindparam("more"), updated_at=bindparam("at"))
    .returning(ChatSession.message_count)
)

COUNT_USAGE = (
    update(ChatSessionMetrics)
    .where(ChatSessionMetrics.session_id == bindparam("session"))
    .values(
        total_messages=bindparam("messages"),
        total_tokens_used=ChatSessionMetrics.total_tokens_used + bindparam("prompt") + bindparam("completion"),
        prompt_tokens=ChatSessionMetrics.prompt_tokens + bindparam("prompt"),
        completion_tokens=ChatSessionMetrics.completion_tokens + bindparam("completion"),
        failed_turns=ChatSessionMetrics.failed_turns + bindparam("failed"),
        cancelled_turns=ChatSessionMetrics.cancelled_turns + bindparam("cancelled"),
        updated_at=bindparam("at"),
    )
)


def run(statement: Executable, **values: Any) -> CursorResult[Any]:
    """Run one of these in the current transaction."""
    parameters: Mapping[str, Any] = values
    return db.session.connection().execute(statement, parameters)
