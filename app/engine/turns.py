"""How a turn begins: `admit`, the transaction before the model is asked, and `start`, which asks it.

Everything that can fail with a status code fails in `admit`. From then until `settle` nothing is held: no connection,
no row, no Flask context, only the frozen `Turn`.
"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from flask import current_app
from msgspec import to_builtins
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.context.history import HistoryMessage
from app.context.request import BuiltPrompt, Limits
from app.credits import hold, refuse_without
from app.engine import statements
from app.engine.events import End, Event
from app.engine.generation import Generation, Keep, run
from app.engine.leases import Keeper, new_lease, worker_name
from app.engine.recipes import Recipe
from app.engine.relay import Relay
from app.engine.settling import ABANDONED, end_turn, settle
from app.errors import AppError, Conflict, NotFound
from app.extensions import db
from app.models import ChatSession, ChatSessionMetrics
from app.models.columns import now
from app.provider_keys import provider_for
from app.providers.base import Provider

HISTORY_MESSAGES = 20
BUSY = "A message is being answered in this session. Wait for its answer, or for it to be cancelled."
About = TypeVar("About")
Build = Callable[[Sequence[HistoryMessage], bool], BuiltPrompt]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn(Generic[About]):
    """One question and its answer, and what its surface says besides (`about`, a frozen value)."""

    id: uuid.UUID
    about: About


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmittedTurn(Turn[About]):
    """A turn that was stored and has not begun: what the model is to be asked."""

    generation: Generation


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedTurn(Turn[About]):
    """A turn that ended before, whose request has come again. It is followed like one that runs, and ends at once."""

    events: tuple[Event, ...]
    end: End

    def follow(self) -> Iterator[Event]:
        """Every event, from what is stored."""
        return iter(self.events)

    def wait(self) -> End:
        """The terminal event."""
        return self.end

    def leave(self) -> None:
        """Nothing runs that could be ended."""


@dataclass(frozen=True, slots=True)
class RequestKey:
    """The client's own name for a request, and a hash of what it asks: a repeat of both is the same turn."""

    key: str
    request_hash: str


class Followed(Protocol):
    """The events of a turn, as a response follows them."""

    def follow(self) -> Iterator[Event | None]:
        """Yield every event; None when a sign of life is due."""

    def wait(self) -> End:
        """Wait for the terminal event."""

    def leave(self) -> None:
        """Nobody reads any more."""


class SessionTaken(Conflict):
    """Somebody else has just made the session that this turn was about to make: admit again, into theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking(Generic[About]):
    """A question as its surface puts it.

    `build` makes the prompt from the history, and with facts if the provider reads them; `remember` says which columns
    of the session change with it, `about` what the surface will say besides the answer, and `keep` stores what comes of
    a whole one.
    """

    recipe: Recipe
    user_id: int
    question: str
    build: Build
    about: Callable[[BuiltPrompt], About]
    remember: Callable[[BuiltPrompt], dict[str, Any]] = lambda _: {}
    keep: Keep | None = None


def admit(
    asking: Asking[About], *, session: ChatSession | None = None, key: RequestKey | None = None
) -> AdmittedTurn[About]:
    """Store the user's message, an active turn and the hold of its price, or raise: one short transaction.

    A `session` comes with its `active_turn`, or is a draft, which is stored with its first message; a turn without one
    has no history of ours. The session's `message_count` is compared and set, so a turn that slipped in between reading
    the history and writing is a conflict, never a prompt without it.
    """
    if session is not None:
        refuse_second_turn(session)
    if asking.recipe.price:
        refuse_without(asking.user_id, asking.recipe.price)
    seen = (session.message_count or 0) if session is not None else 0
    history = _history(session, seen) if session is not None else []
    provider = provider_for(asking.user_id)
    built = asking.build(history, provider.reads_facts)
    said = asking.about(built)
    row = _turn_row(asking.recipe, asking.user_id, built, provider)
    row |= {"about": to_builtins(said), "idempotency_key": key and key.key, "request_hash": key and key.request_hash}
    try:
        if session is not None:
            _store_session(session, seen, asking.remember(built))
        row["session_id"] = session.id if session is not None else None
        question_id = _store_turn(row, asking.question, number=seen + 1, tokens=built.question_tokens)
        if asking.recipe.price:
            hold(asking.user_id, row["id"], asking.recipe.price)
        db.session.commit()
    except IntegrityError as error:
        raise _refusal(error) from None
    finally:
        db.session.remove()
    generation = Generation(
        turn_id=row["id"],
        session_id=row["session_id"],
        question_id=question_id,
        answer_id=row["answer_id"],
        prompt=built.prompt,
        provider=provider,
        keep=asking.keep,
    )
    return AdmittedTurn(id=row["id"], about=said, generation=generation)


def limits(recipe: Recipe) -> Limits:
    """The model of this deployment, and how much it may be sent and may say."""
    config = current_app.config
    return Limits(config["CHAT_MODEL"], config["CONTEXT_TOKENS"], max(config["REPLY_TOKENS"], recipe.reply_tokens))


def _turn_row(recipe: Recipe, user_id: int, built: BuiltPrompt, provider: Provider) -> dict[str, Any]:
    return {
        "id": uuid.uuid4(),
        "user_profile_id": user_id,
        "surface": recipe.surface,
        "price": recipe.price,
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


def _store_turn(row: dict[str, Any], question: str, *, number: int, tokens: int) -> uuid.UUID:
    """Write the turn and its question; return the question's id."""
    message_id = uuid.uuid4()
    statements.run(statements.ADD_TURN, **row)
    statements.run(
        statements.ADD_MESSAGE,
        id=message_id,
        session_id=row["session_id"],
        turn_id=row["id"],
        number=number,
        role="user",
        content=question,
        tokens=tokens,
    )
    return message_id


def _refusal(error: IntegrityError) -> AppError:
    """What a constraint means; the databases word it differently, but name the same things."""
    words = str(error.orig)
    if "idempotency_key" in words:
        return Conflict("The same request has just been admitted.")
    if "foreign key" in words.lower():
        return NotFound("What this question is about was deleted just now.")
    return SessionTaken(BUSY) if "chat_sessions" in words else Conflict(BUSY)  # else: another turn of the session


def _store_session(session: ChatSession, seen: int, changed: dict[str, Any]) -> None:
    if session.id is None:
        _add_session(session, changed)
    else:
        _count_message(session, seen, changed)


def _add_session(session: ChatSession, values: dict[str, Any]) -> None:
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


def start(turn: AdmittedTurn[About] | EndedTurn[About], *, client: Any = None) -> Followed:
    """Ask the model in a thread of its own; the turn ends properly whether or not anybody follows it.

    A turn that ended before asks nobody.
    """
    if isinstance(turn, EndedTurn):
        return turn
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
