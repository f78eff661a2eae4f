"""Requests that come twice: a client that cannot know whether its request arrived sends it again, under the same key.

The key is unique among a user's turns, so of many that come at once one is admitted; the others find its turn.
"""

from collections.abc import Callable

from msgspec import convert
from sqlalchemy import select

from app.engine.events import Delta, Event, Started
from app.engine.settling import ABANDONED, as_it_ended, end_turn
from app.engine.turns import About, AdmittedTurn, EndedTurn, RequestKey
from app.errors import AppError, KeyReused, TurnRunning
from app.extensions import db
from app.models import ACTIVE_STATES, ChatMessage, ChatTurn
from app.models.columns import now


def once(
    user_id: int, key: RequestKey | None, about: type[About], admit: Callable[[], AdmittedTurn[About]]
) -> AdmittedTurn[About] | EndedTurn[About]:
    """Admit a turn unless this request was admitted before; then return that turn, as it ended.

    Raises `TurnRunning` while it is being answered, and `KeyReused` if the key came with another request. Whatever
    `admit` raises stands only if no request with this key was admitted meanwhile: to the second of two equal requests
    the session is busy, or the last credit held, by the first.
    """
    if key is None:
        return admit()
    earlier = _get_earlier(user_id, key, about)
    if earlier is not None:
        return earlier
    try:
        return admit()
    except AppError:
        db.session.rollback()
        earlier = _get_earlier(user_id, key, about)
        if earlier is None:
            raise
        return earlier


def _get_earlier(user_id: int, key: RequestKey, about: type[About]) -> EndedTurn[About] | None:
    turn = db.session.scalar(
        select(ChatTurn).where(ChatTurn.user_profile_id == user_id, ChatTurn.idempotency_key == key.key)
    )
    if turn is None:
        return None
    if turn.request_hash != key.request_hash:
        raise KeyReused
    if turn.state in ACTIVE_STATES:
        if turn.lease_expires_at > now():
            raise TurnRunning(turn.id)
        end_turn(turn.id, ABANDONED)  # its worker died
    return _ended(turn, about)


def _ended(turn: ChatTurn, about: type[About]) -> EndedTurn[About]:
    """The turn's events as a client that lagged would have been sent them: one delta, and the end."""
    said = {
        message.role: message
        for message in db.session.scalars(select(ChatMessage).where(ChatMessage.turn_id == turn.id))
    }
    started = Started(
        turn_id=turn.id, session_id=turn.session_id, question_id=said["user"].id, answer_id=turn.answer_id
    )
    end = as_it_ended(turn.id)
    delta = (Delta(said["assistant"].content),) if "assistant" in said else ()
    events: tuple[Event, ...] = (started, *delta, end)
    db.session.remove()
    return EndedTurn(id=turn.id, about=convert(turn.about, about), events=events, end=end)
