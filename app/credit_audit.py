"""What must be true of credits at every moment, as SQL: each check is one SELECT of what it is not true of.

One statement sees one state of the database, on PostgreSQL's READ COMMITTED too, and whatever belongs together is
committed together. So a check that is one statement can be asked while turns run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from app.extensions import db
from app.models import ACTIVE_STATES, ChatTurn, CreditAccount, CreditEntry, CreditHold, UserProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditCheck:
    """One invariant: `statement` selects the ids of the `subjects` that break what the `sentence` says."""

    name: str
    sentence: str
    subjects: str
    statement: Select[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A check that failed, and the ids of what broke it, in their order."""

    check: AuditCheck
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How many rows there are to look at."""

    accounts: int
    entries: int
    holds: int


def audit() -> list[Finding]:
    """Ask every check, in the session's transaction; empty when all is well."""
    found = ((check, db.session.scalars(check.statement).all()) for check in CHECKS)
    return [Finding(check=check, ids=tuple(map(str, ids))) for check, ids in found if ids]


def extent() -> Extent:
    """Count what an audit looks at."""
    tables = {"accounts": CreditAccount, "entries": CreditEntry, "holds": CreditHold}
    counts = (select(func.count()).select_from(table).scalar_subquery().label(name) for name, table in tables.items())
    return Extent(**db.session.execute(select(*counts)).mappings().one())


def _sums_differ(kept: Any, amount: Any, user: Any, *only: ColumnElement[bool]) -> Select[Any]:
    """The users whose account keeps another number than the sum of the rows. Summed once for all, then joined."""
    sums = select(user.label("user_id"), func.sum(amount).label("total")).where(*only).group_by(user).subquery()
    return (
        select(CreditAccount.user_profile_id)
        .outerjoin(sums, sums.c.user_id == CreditAccount.user_profile_id)
        .where(kept != func.coalesce(sums.c.total, 0))
        .order_by(CreditAccount.user_profile_id)
    )


def _jumps() -> Select[Any]:
    """Entries in the order of their ids: a user's are written one after the other, under the lock of the account."""
    before = func.lag(CreditEntry.balance_after, 1, 0).over(
        partition_by=CreditEntry.user_profile_id, order_by=CreditEntry.id
    )
    jump = (CreditEntry.balance_after - before - CreditEntry.amount).label("jump")
    entries = select(CreditEntry.id, jump).subquery()
    return select(entries.c.id).where(entries.c.jump != 0).order_by(entries.c.id)


def _turns(wrong: ColumnElement[bool]) -> Select[Any]:
    """The turns of which this is true, each with its hold and its entry where it has them."""
    return (
        select(ChatTurn.id)
        .outerjoin(CreditHold, CreditHold.turn_id == ChatTurn.id)
        .outerjoin(CreditEntry, CreditEntry.turn_id == ChatTurn.id)
        .where(wrong)
        .order_by(ChatTurn.created_at, ChatTurn.id)
    )


_IS_ACTIVE = ChatTurn.state.in_(ACTIVE_STATES)
_HAS_HOLD = CreditHold.turn_id.is_not(None)
_IS_OPEN = CreditHold.state == "open"
_HAS_ENTRY = CreditEntry.id.is_not(None)
_IS_CHARGED = func.coalesce(CreditHold.state, "") == "charged"

CHECKS: Sequence[AuditCheck] = (
    AuditCheck(
        name="accounts",
        sentence="Every user has an account.",
        subjects="users",
        statement=select(UserProfile.id)
        .outerjoin(CreditAccount, CreditAccount.user_profile_id == UserProfile.id)
        .where(CreditAccount.user_profile_id.is_(None))
        .order_by(UserProfile.id),
    ),
    AuditCheck(
        name="bounds",
        sentence="No balance is below zero, and no account holds more than it has or less than nothing.",
        subjects="users",
        statement=select(CreditAccount.user_profile_id)
        .where(or_(CreditAccount.balance < 0, CreditAccount.held < 0, CreditAccount.held > CreditAccount.balance))
        .order_by(CreditAccount.user_profile_id),
    ),
    AuditCheck(
        name="balance",
        sentence="Every account's balance is the sum of its ledger.",
        subjects="users",
        statement=_sums_differ(CreditAccount.balance, CreditEntry.amount, CreditEntry.user_profile_id),
    ),
    AuditCheck(
        name="held",
        sentence="What an account holds is the sum of its open holds.",
        subjects="users",
        statement=_sums_differ(
            CreditAccount.held, CreditHold.amount, CreditHold.user_profile_id, CreditHold.state == "open"
        ),
    ),
    AuditCheck(
        name="ledger",
        sentence="The balance after an entry is the balance after the one before it, and its amount.",
        subjects="entries",
        statement=_jumps(),
    ),
    AuditCheck(
        name="open",
        sentence="A hold is open as long as its turn is active, and no longer.",
        subjects="turns",
        statement=_turns(and_(_HAS_HOLD, _IS_OPEN != _IS_ACTIVE)),
    ),
    AuditCheck(
        name="price",
        sentence="A turn holds its price, and one without a price nothing.",
        subjects="turns",
        statement=_turns(func.coalesce(CreditHold.amount, 0) != ChatTurn.price),
    ),
    AuditCheck(
        name="paid",
        sentence="A complete turn with a hold is charged what was held, in one entry.",
        subjects="turns",
        statement=_turns(
            and_(
                ChatTurn.state == "complete",
                _HAS_HOLD,
                or_(~_IS_CHARGED, func.coalesce(CreditEntry.amount, 0) != -CreditHold.amount),
            )
        ),
    ),
    AuditCheck(
        name="free",
        sentence="A turn that is not complete is charged nothing.",
        subjects="turns",
        statement=_turns(and_(ChatTurn.state != "complete", or_(_IS_CHARGED, _HAS_ENTRY))),
    ),
    AuditCheck(
        name="entries",
        sentence="Every entry of a turn is of one whose hold is charged.",
        subjects="entries",
        statement=select(CreditEntry.id)
        .outerjoin(CreditHold, CreditHold.turn_id == CreditEntry.turn_id)
        .where(CreditEntry.reason == "turn", ~_IS_CHARGED)
        .order_by(CreditEntry.id),
    ),
    AuditCheck(
        name="owners",
        sentence="What a turn holds and costs is its own user's.",
        subjects="turns",
        statement=_turns(
            or_(
                CreditHold.user_profile_id != ChatTurn.user_profile_id,
                CreditEntry.user_profile_id != ChatTurn.user_profile_id,
            )
        ),
    ),
)
