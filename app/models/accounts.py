"""Who uses the service, and where they are logged in."""

import datetime as dt
import uuid

from sqlalchemy import String, Uuid, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import Base, UTCDateTime, db
from app.models.columns import Created, IntKey, Moment, Owner, PublicId, Updated, UuidKey


class UserProfile(Base):
    """A person with an account. `email` is stored in its normal form, so that it can be unique."""

    __tablename__ = "user_profiles"

    id: Mapped[IntKey]
    uuid: Mapped[PublicId]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[Created]
    updated_at: Mapped[Updated]


class LoginFamily(Base):
    """One login and the refresh tokens that descend from it, of which only `current_jti` is still good.

    A refresh token with another `jti` has been used before: then the whole family is revoked, access tokens included.
    """

    __tablename__ = "login_families"

    id: Mapped[UuidKey]
    user_profile_id: Mapped[Owner]
    current_jti: Mapped[uuid.UUID] = mapped_column(Uuid)
    created_at: Mapped[Created]
    expires_at: Mapped[Moment]
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)


def get_user_by_email(email: str) -> UserProfile | None:
    """The user with this e-mail in its normal form."""
    return db.session.scalar(select(UserProfile).where(UserProfile.email == email))


_OF_LIVE_FAMILY = (
    select(UserProfile.id)
    .join(LoginFamily, LoginFamily.user_profile_id == UserProfile.id)
    .where(UserProfile.uuid == bindparam("user"), LoginFamily.id == bindparam("family"))
    .where(LoginFamily.revoked_at.is_(None))
)


def get_user_id_of_live_family(user_uuid: uuid.UUID, family_id: uuid.UUID) -> int | None:
    """Which user a token names, unless its login was revoked: one query, built once, decides both."""
    return db.session.connection().scalar(_OF_LIVE_FAMILY, {"user": user_uuid, "family": family_id})
