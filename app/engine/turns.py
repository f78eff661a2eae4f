"""How a turn begins: `admit`, the transaction before the model is asked, and `start`, which asks it.

Everything that can fail with a status code fails in `admit`. From then until `settle` nothing is held: no connection,
no row, no Flask context, only the frozen `Turn`.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from flask import current_app
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.context.history import HistoryMessage
from app.context.prompt import BuiltPrompt
from app.engine import statements
from app.engine.generation import Generation, run
from app.engine.leases import Keeper, new_lease, worker_name
from app.engine.recipes import Recipe
from app.engine.relay import Relay
from app.engine.settling import ABANDONED, end_turn, settle
from app.errors import AppError, Conflict, NotFound
from app.extensions import db
from app.models import ChatSession, ChatSessionMetrics
from app.models.columns import now
from app.providers.base import Provider

HISTORY_MESSAGES = 20
BUSY = "A message is being answered in this session. Wait for its answer, or for it to be cancelled."
About = TypeVar("About")
Build = Callable[[Sequence[HistoryMessage], bool], BuiltPrompt]
Remember = Callable[[BuiltPrompt], dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn(Generic[About]):
    """An admitted turn: what the model is asked, and what its surface says besides (`about`, a frozen value)."""

    generation: Generation
    session_created_at: dt.datetime
    resumed: bool
    about: About

    @property
    def id(self) -> uuid.UUID:
        """The turn's id, which every response that answers it carries."""
        return self.generation.turn_id


class SessionTaken(Conflict):
    """Somebody else has just made the session that this turn was about to make: admit again, into theirs."""


def admit(
    *, recipe: Recipe, session: ChatSession, question: str, build: Build, remember: Remember, about: About
) -> Turn[About]:
    """Store the user's message and an active turn, or raise: one short transaction, with the prompt built in it.

    `session` comes with its `active_turn`, or is a draft, which is stored with its first message. `build` makes the
    prompt from the history, and with facts if the provider reads them; `remember` says which columns of the session
    change with it. The session's `message_count` is compared and set, so a turn that slipped in between reading the
    history and writing is a conflict, never a prompt without it.
    """
    refuse_second_turn(session)
    resumed, seen = session.message_count is not None, session.message_count or 0
    history = _history(session, seen)
    provider: Provider = current_app.extensions["provider"]
    built = build(history, provider.reads_facts)
    row = _turn_row(session, recipe, built, provider)
    question_id = _store(session, seen, row, built, question=question, changed=remember(built))
    return Turn(
        generation=Generation(
            turn_id=row["id"],
            session_id=session.id,
            question_id=question_id,
            answer_id=row["answer_id"],
            prompt=built.prompt,
            provider=provider,
        ),
        session_created_at=session.created_at,
        resumed=resumed,
        about=about,
    )


def _turn_row(session: ChatSession, recipe: Recipe, built: BuiltPrompt, provider: Provider) -> dict[str, Any]:
    return {
        "id": uuid.uuid4(),
        "user_profile_id": session.user_profile_id,
        "surface": recipe.surface,
        "state": "pending",
        "answer_id": uuid.uuid4(),
        "provider": provider.name,
        "model": built.prompt.model,
        "receipt": built.receipt.as_dict(),
        "prompt_tokens": built.prompt.prompt_tokens,
        "worker": worker_name(),
        "lease_expires_at": new_lease(),
    }


def refuse_second_turn(session: ChatSession) -> None:
    """Raise `Conflict` while a turn of this session is active; end one whose worker died instead."""
    active = session.active_turn
    if active is None:
        return
    if active.lease_expires_at > now():
        raise Conflict(BUSY)
    end_turn(active.id, ABANDONED)


def _history(session: ChatSession, seen: int) -> list[HistoryMessage]:
    """The latest whole turns, oldest first: a question whose answer failed is not replayed to the model."""
    if not seen:
        return []
    rows = statements.run(statements.RECENT_MESSAGES, session=session.id, after=seen - HISTORY_MESSAGES)
    return [HistoryMessage(**row) for row in rows.mappings()]


def _store(
    session: ChatSession, seen: int, turn: dict[str, Any], built: BuiltPrompt, *, question: str, changed: dict[str, Any]
) -> uuid.UUID:
    """Write the message and the turn; what the database refuses is a conflict."""
    message_id = uuid.uuid4()
    try:
        if session.id is None:
            _store_session(session, changed)
        else:
            _count_message(session, seen, changed)
        statements.run(statements.ADD_TURN, **turn, session_id=session.id)
        statements.run(
            statements.ADD_MESSAGE,
            id=message_id,
            session_id=session.id,
            turn_id=turn["id"],
            number=seen + 1,
            role="user",
            content=question,
            tokens=built.question_tokens,
        )
        db.session.commit()
    except IntegrityError as error:
        raise _refusal(error) from None
    finally:
        db.session.remove()
    return message_id


def _refusal(error: IntegrityError) -> AppError:
    """What a constraint means; the databases word it differently, but name the same things."""
    words = str(error.orig)
    if "foreign key" in words.lower():
        return NotFound("What this question is about was deleted just now.")
    return SessionTaken(BUSY) if "chat_sessions" in words else Conflict(BUSY)


def _store_session(session: ChatSession, values: dict[str, Any]) -> None:
    session.id = uuid.uuid4()
    session.message_count = 1
    for name, value in values.items():
        setattr(session, name, value)
    db.session.add(session)
    db.session.flush()
    db.session.add(ChatSessionMetrics(session_id=session.id, total_messages=1))
    db.session.flush()


def _count_message(session: ChatSession, seen: int, changed: dict[str, Any]) -> None:
    counting = {"session": session.id, "seen": seen, "count": seen + 1, "at": now()}
    if statements.run(statements.COUNT_QUESTION, **counting).first() is None:
        raise Conflict(BUSY)
    if changed:
        db.session.execute(update(ChatSession).where(ChatSession.id == session.id).values(**changed))


def start(turn: Turn[About], *, client: Any = None) -> Relay:
    """Ask the model in a thread of its own; the turn ends properly whether or not anybody follows it."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  (Flask's documented way)
    generation = turn.generation
    keeper: Keeper = app.extensions["keeper"]
    keeper.hold(turn.id, generation.cancellation)
    relay = Relay(
        turn.id,
        run(generation, settle=partial(settle, app, generation)),
        generation.cancellation,
        heartbeat=app.config["HEARTBEAT"],
        on_end=partial(keeper.drop, turn.id),
    )
    return relay.start(client=client)
