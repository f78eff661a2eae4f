"""Credits: what a user has, what of it is held for turns that run, and how it came to be so. Whole numbers only."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    String,
    Uuid,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, UTCDateTime, db
from app.models.columns import Created, IntKey, Moment, Owner, Updated

_READ_FREE = text("read_share > 0")


class CreditAccount(Base):
    """What a user has: `balance` is the sum of the ledger, of which `held` is promised to turns that still run."""

    __tablename__ = "credit_accounts"
    __table_args__ = (CheckConstraint("0 <= held AND held <= balance", name="held"),)

    user_profile_id: Mapped[int] = mapped_column(ForeignKey("user_profiles.id", ondelete="CASCADE"), primary_key=True)
    balance: Mapped[int] = mapped_column(BigInteger, default=0)
    held: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[Created]
    updated_at: Mapped[Updated]


class CreditHold(Base):
    """The credits of one turn: `open → charged | released`, in the very transaction that ends the turn.

    `read_share` is how much had arrived of the answer of a cancelled turn, in per cent of one of the usual length.
    """

    __tablename__ = "credit_holds"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("state IN ('open', 'charged', 'released')", name="state"),
        Index(
            "ix_credit_holds_read_free",
            "user_profile_id",
            "closed_at",
            sqlite_where=_READ_FREE,
            postgresql_where=_READ_FREE,
        ),
    )

    turn_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("chat_turns.id"), primary_key=True)
    user_profile_id: Mapped[Owner]
    amount: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(10), default="open")
    read_share: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Created]
    closed_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)


class CreditEntry(Base):
    """One line of the ledger, never changed: the database itself refuses to. A turn is charged at most once.

    `turn_id` is no foreign key: what was paid stays on record whatever becomes of the turn.
    """

    __tablename__ = "credit_entries"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount"),
        CheckConstraint("reason IN ('signup', 'grant', 'turn')", name="reason"),
        CheckConstraint("(reason = 'turn') = (turn_id IS NOT NULL)", name="turn"),
    )

    id: Mapped[IntKey]
    user_profile_id: Mapped[Owner]
    amount: Mapped[int] = mapped_column(BigInteger)
    balance_after: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(String(10))
    turn_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, unique=True)
    note: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[Moment]


def list_entries(user_id: int) -> Select[CreditEntry]:
    """The user's ledger, the latest first."""
    return select(CreditEntry).where(CreditEntry.user_profile_id == user_id).order_by(CreditEntry.id.desc())


def sum_read_free(user_id: int, *, since: dt.datetime) -> int:
    """How much of answers the user has read and cancelled since then, in per cent of one."""
    read: int = db.session.scalar(select(func.sum(CreditHold.read_share)).where(*_read_free(user_id, since))) or 0
    return int(read)


def list_read_free(user_id: int, *, since: dt.datetime) -> Sequence[tuple[dt.datetime, int]]:
    """The same one by one, with the time of each, oldest first."""
    times = select(CreditHold.closed_at, CreditHold.read_share).where(*_read_free(user_id, since))
    return [(at, share) for at, share in db.session.execute(times.order_by(CreditHold.closed_at)) if at is not None]


def count_open_holds(user_id: int) -> int:
    """How many paid turns of the user are running."""
    running = (CreditHold.user_profile_id == user_id, CreditHold.state == "open")
    return db.session.scalar(select(func.count()).select_from(CreditHold).where(*running)) or 0


def _read_free(user_id: int, since: dt.datetime) -> tuple[ColumnElement[bool], ...]:
    return CreditHold.user_profile_id == user_id, CreditHold.read_share > 0, CreditHold.closed_at > since
