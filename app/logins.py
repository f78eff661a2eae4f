"""Logins, and the tokens that say so.

A login opens a family. Its access tokens are good while the family is; its refresh tokens are good once, and one that
comes back a second time (two thieves, or a thief and an owner, cannot be told apart) ends the family for everybody.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Literal

from flask import Flask, current_app
from flask_jwt_extended import create_access_token, create_refresh_token, decode_token
from flask_jwt_extended.exceptions import JWTExtendedException
from jwt import InvalidTokenError
from sqlalchemy import CursorResult, delete, update

from app.errors import Unauthorized
from app.extensions import db, jwt
from app.models.accounts import LoginFamily, UserProfile, get_user_id_of_live_family
from app.models.columns import now

TokenKind = Literal["access", "refresh"]
CLOCK_SKEW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a token of ours says, its signature and its times checked; whether it was revoked is not."""

    user_uuid: uuid.UUID
    family_id: uuid.UUID
    jti: uuid.UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPair:
    """What a login hands out."""

    access_token: str
    refresh_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105


def init_app(app: Flask) -> None:
    """Let tokens be signed and read with the application's secret."""
    app.config["JWT_DECODE_LEEWAY"] = CLOCK_SKEW
    jwt.init_app(app)


def open_login(user: UserProfile) -> TokenPair:
    """Log a user in; the user's logins that have expired are forgotten, and all is committed."""
    db.session.execute(
        delete(LoginFamily).where(LoginFamily.user_profile_id == user.id, LoginFamily.expires_at < now())
    )
    family = LoginFamily(
        id=uuid.uuid4(), user_profile_id=user.id, current_jti=uuid.uuid4(), expires_at=now() + _refresh_lifetime()
    )
    pair = _pair(user.uuid, family.id, family.current_jti)
    db.session.add(family)
    db.session.commit()
    return pair


def refresh(token: str) -> TokenPair:
    """Exchange a refresh token for a new pair; one that was used before ends its family."""
    claims = read_token(token, "refresh")
    successor, expires_at = uuid.uuid4(), now() + _refresh_lifetime()
    rotate = (
        update(LoginFamily)
        .where(
            LoginFamily.id == claims.family_id,
            LoginFamily.current_jti == claims.jti,
            LoginFamily.revoked_at.is_(None),
        )
        .values(current_jti=successor, expires_at=expires_at)
    )
    result: Any = db.session.execute(rotate)
    if not _changed_a_row(result):
        revoke(claims)
        raise Unauthorized
    db.session.commit()
    return _pair(claims.user_uuid, claims.family_id, successor)


def revoke(claims: Claims) -> None:
    """End the login that a token belongs to, its access tokens included; safe to repeat."""
    db.session.execute(
        update(LoginFamily)
        .where(LoginFamily.id == claims.family_id, LoginFamily.revoked_at.is_(None))
        .values(revoked_at=now())
    )
    db.session.commit()


def revoke_all(user_id: int) -> None:
    """End every login of a user; for the caller to commit."""
    db.session.execute(
        update(LoginFamily)
        .where(LoginFamily.user_profile_id == user_id, LoginFamily.revoked_at.is_(None))
        .values(revoked_at=now())
    )


def read_token(token: str, kind: TokenKind) -> Claims:
    """Check a token's signature, times and kind, without the database; raise `Unauthorized`."""
    try:
        claims = decode_token(token)
        if claims["use"] != kind or not claims["exp"] >= claims["iat"]:
            raise Unauthorized
        return Claims(
            user_uuid=uuid.UUID(claims["sub"]), family_id=uuid.UUID(claims["fam"]), jti=uuid.UUID(claims["jti"])
        )
    except (InvalidTokenError, JWTExtendedException, LookupError, ValueError, TypeError, AttributeError):
        raise Unauthorized from None


def get_signed_in_user_id(claims: Claims) -> int:
    """The user of an access token whose login is still open, or `Unauthorized`; one query."""
    user_id = get_user_id_of_live_family(claims.user_uuid, claims.family_id)
    if user_id is None:
        raise Unauthorized
    return user_id


def _pair(user_uuid: uuid.UUID, family_id: uuid.UUID, refresh_jti: uuid.UUID) -> TokenPair:
    """Tokens of one family. `use` is what decides their kind: the library takes a token without `type` for access."""
    lifetime = dt.timedelta(minutes=current_app.config["ACCESS_TOKEN_MINUTES"])
    access = {"fam": str(family_id), "use": "access"}
    refresh = {"fam": str(family_id), "use": "refresh", "jti": str(refresh_jti)}
    return TokenPair(
        access_token=create_access_token(str(user_uuid), expires_delta=lifetime, additional_claims=access),
        refresh_token=create_refresh_token(
            str(user_uuid), expires_delta=_refresh_lifetime(), additional_claims=refresh
        ),
    )


def _refresh_lifetime() -> dt.timedelta:
    return dt.timedelta(days=current_app.config["REFRESH_TOKEN_DAYS"])


def _changed_a_row(result: CursorResult[Any]) -> bool:
    return result.rowcount == 1
