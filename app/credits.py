"""Credits: held when a turn starts, charged in the transaction that stores its answer, released when there is none.

Everything happens in the caller's transaction and by conditional statements, so two turns can never hold the same
credit, and none is charged twice. Prices are whole numbers of ours; what a provider says of usage changes none.
"""

import datetime as dt
import math
import uuid
from typing import Any

from flask import current_app
from sqlalchemy import CursorResult, Executable, Row, bindparam, func, insert, select, update

from app.errors import InsufficientCredits, RateLimited
from app.extensions import db
from app.models.chat import ChatMessage, ChatTurn
from app.models.columns import now
from app.models.credits import (
    CreditAccount,
    CreditEntry,
    CreditHold,
    count_open_holds,
    list_read_free,
    sum_read_free,
)

DAY = dt.timedelta(days=1)
TYPICAL_OF = 20  # charged answers, the latest, that say how long one usually is
USUAL, SHORTEST, LONGEST = 200, 100, 400  # tokens of a usual answer: before the first, and the bounds of the average
WHOLE = 100  # per cent
OFTEN = "You have read and cancelled as much as {allowed} answers within a day. New ones can be asked for later."
AT_ONCE = "You have cancelled answers today: wait for those that are running before you ask for more."
A_MOMENT = 5

_RESERVE = (
    update(CreditAccount)
    .where(CreditAccount.user_profile_id == bindparam("user"))
    .where(CreditAccount.balance - CreditAccount.held >= bindparam("amount"))
    .values(held=CreditAccount.held + bindparam("amount"), updated_at=bindparam("at"))
    .returning(CreditAccount.balance)
)
_FREE = select(CreditAccount.balance - CreditAccount.held).where(CreditAccount.user_profile_id == bindparam("user"))
_ADD_HOLD = insert(CreditHold)
_CLOSE_HOLD = (
    update(CreditHold)
    .where(CreditHold.turn_id == bindparam("turn"), CreditHold.state == "open")
    .values(state=bindparam("new_state"), closed_at=bindparam("at"))
    .returning(CreditHold.user_profile_id, CreditHold.amount)
)
_CHANGE = (
    update(CreditAccount)
    .where(CreditAccount.user_profile_id == bindparam("user"))
    .values(
        balance=CreditAccount.balance + bindparam("change"),
        held=CreditAccount.held - bindparam("given_back"),
        updated_at=bindparam("at"),
    )
    .returning(CreditAccount.balance)
)
_ADD_ENTRY = insert(CreditEntry)
_LATEST_ANSWERS = (
    select(ChatMessage.tokens)
    .join(ChatTurn, ChatTurn.answer_id == ChatMessage.id)
    .join(CreditHold, CreditHold.turn_id == ChatTurn.id)
    .where(CreditHold.user_profile_id == bindparam("user"), CreditHold.state == "charged")
    .order_by(CreditHold.closed_at.desc())
    .limit(TYPICAL_OF)
    .subquery()
)
_TYPICAL = select(func.avg(_LATEST_ANSWERS.c.tokens))


def open_account(user_id: int) -> None:
    """Give a new user an account and the credits that everybody begins with."""
    gift: int = current_app.config["CREDITS_ON_SIGNUP"]
    db.session.add(CreditAccount(user_profile_id=user_id))
    db.session.flush()
    if gift:
        _enter(user_id, gift, reason="signup")


def grant(user_id: int, amount: int, *, note: str = "") -> CreditAccount:
    """Add credits to an account, and commit; `amount` is positive."""
    if amount < 1:
        raise ValueError("A grant adds at least one credit.")
    get_or_open_account(user_id)
    _enter(user_id, amount, reason="grant", note=note)
    db.session.commit()
    return db.session.get_one(CreditAccount, user_id, populate_existing=True)


def get_or_open_account(user_id: int) -> CreditAccount:
    """The user's account; one who has none, by whatever accident, gets what a new user gets, and it is committed."""
    account = db.session.get(CreditAccount, user_id)
    if account is None:
        open_account(user_id)
        db.session.commit()
        account = db.session.get_one(CreditAccount, user_id)
    return account


def refuse_without(user_id: int, amount: int) -> None:
    """Raise `InsufficientCredits` where `hold` would: before work is done for nothing. Only `hold` decides a race."""
    if (_run(_FREE, user=user_id).scalar_one_or_none() or 0) < amount:
        raise InsufficientCredits


def hold(user_id: int, turn_id: uuid.UUID, amount: int) -> None:
    """Hold the price of a turn that was just stored.

    Raises `InsufficientCredits` when fewer are left than that, and `RateLimited` when the user has read and cancelled
    too much today.
    """
    _refuse_free_reader(user_id)
    at = now()
    if _run(_RESERVE, user=user_id, amount=amount, at=at).first() is None:
        raise InsufficientCredits
    _run(_ADD_HOLD, turn_id=turn_id, user_profile_id=user_id, amount=amount, state="open", read_share=0, created_at=at)


def charge(turn_id: uuid.UUID) -> int | None:
    """Take the credits held for a turn; return the balance left, or None for a turn that holds none."""
    closed = _close(turn_id, "charged")
    return closed and _enter(closed.user_profile_id, -closed.amount, reason="turn", turn_id=turn_id, held=closed.amount)


def release(turn_id: uuid.UUID, *, read_tokens: int = 0) -> None:
    """Give the credits held for a turn back; `read_tokens` is what a user who cancelled it had been sent by then."""
    closed = _close(turn_id, "released")
    if closed is None:
        return
    _run(_CHANGE, user=closed.user_profile_id, change=0, given_back=closed.amount, at=now())
    if read_tokens:
        share = min(WHOLE, WHOLE * read_tokens // _usual_length(closed.user_profile_id))
        db.session.execute(update(CreditHold).where(CreditHold.turn_id == turn_id).values(read_share=share))


def _close(turn_id: uuid.UUID, state: str) -> Row[Any] | None:
    """Compare and set: None when the turn holds nothing, or no longer."""
    return _run(_CLOSE_HOLD, turn=turn_id, new_state=state, at=now()).first()


def _enter(
    user_id: int, amount: int, *, reason: str, turn_id: uuid.UUID | None = None, note: str = "", held: int = 0
) -> int:
    """Change a balance and write the line of the ledger that says why; return the balance after it."""
    at = now()
    balance: int = _run(_CHANGE, user=user_id, change=amount, given_back=held, at=at).scalar_one()
    entry = {"user_profile_id": user_id, "amount": amount, "balance_after": balance}
    _run(_ADD_ENTRY, **entry, reason=reason, turn_id=turn_id, note=note, created_at=at)
    return balance


def _refuse_free_reader(user_id: int) -> None:
    """Refuse until no more than the allowance of what was read for nothing is less than a day old.

    Who has read anything so today is not let at many answers at once either: all of them could be cancelled.
    """
    since, allowed = now() - DAY, current_app.config["CANCEL_ALLOWANCE"]
    read = sum_read_free(user_id, since=since)
    if read > WHOLE * allowed:
        for closed_at, share in list_read_free(user_id, since=since):
            read -= share
            if read <= WHOLE * allowed:
                wait = (closed_at + DAY - now()).total_seconds()
                raise RateLimited(OFTEN.format(allowed=allowed), retry_after=max(1, math.ceil(wait)))
    if read and read + WHOLE * count_open_holds(user_id) > WHOLE * allowed:
        raise RateLimited(AT_ONCE, retry_after=A_MOMENT)


def _usual_length(user_id: int) -> int:
    """How many tokens an answer usually has, by the user's latest that were paid for, within bounds.

    One long answer must not make all others count for little, nor a few short ones make little count for much.
    """
    typical = _run(_TYPICAL, user=user_id).scalar()
    return USUAL if typical is None else min(max(int(typical), SHORTEST), LONGEST)


def _run(statement: Executable, **values: Any) -> CursorResult[Any]:
    return db.session.connection().execute(statement, values)
