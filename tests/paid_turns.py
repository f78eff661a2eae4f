"""Turns that cost something, as `admit` leaves them, without a session or a model; `end_turn` of the engine ends them."""

import datetime as dt
import uuid

from app.credits import hold
from app.engine.generation import Outcome
from app.engine.settling import ABANDONED
from app.errors import TurnCancelled
from app.extensions import db
from app.models import ChatMessage, ChatTurn
from app.models.columns import now
from app.providers.base import Finish, Usage

WHOLE = Outcome(state="complete", text="Hello there, and good luck.", finish=Finish(reason="stop", usage=Usage()))
FAILED = ABANDONED


def cancelled_after(text: str) -> Outcome:
    """A turn whose client left when this much had arrived."""
    return Outcome(state="cancelled", text=text, error=TurnCancelled())


def open_turn(user_id: int, *, price: int = 1, lease: float = 60) -> uuid.UUID:
    """Store a question and an active turn that holds its price, or raise what `hold` does and store nothing."""
    turn = ChatTurn(
        id=uuid.uuid4(),
        user_profile_id=user_id,
        surface="studio",
        price=price,
        provider="fake",
        model="m",
        worker="w",
        lease_expires_at=now() + dt.timedelta(seconds=lease),
    )
    db.session.add(turn)
    db.session.flush()
    db.session.add(ChatMessage(turn_id=turn.id, number=1, role="user", content="Hello?", tokens=2))
    db.session.flush()
    if price:
        try:
            hold(user_id, turn.id, price)
        except Exception:
            db.session.rollback()
            raise
    db.session.commit()
    return turn.id
