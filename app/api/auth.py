"""`/api/v1/auth`: register, log in, refresh, log out, and who am I."""

from typing import Any

from marshmallow import fields, validate

from app import accounts
from app.api.blueprints import Blueprint
from app.api.decorators import bearer_token, current_user_id, signed_in
from app.api.fields import Schema, Text
from app.extensions import db
from app.limits import limit_auth
from app.models import UserProfile

blueprint = Blueprint("auth", __name__, url_prefix="/api/v1/auth", description="Accounts and their tokens.")


class RegisterSchema(Schema):
    """A new account."""

    email = Text(required=True, max=254, metadata={"format": "email"})
    password = Text(required=True, max=128, validate=[validate.Length(min=8, max=128)])
    name = Text(required=True, max=200)


class LoginSchema(Schema):
    """Credentials."""

    email = Text(required=True, max=254)
    password = Text(required=True, max=128)


class RefreshSchema(Schema):
    """The refresh token, unless the `Authorization` header carries it."""

    refresh_token = Text(max=2000)


class TokenPairSchema(Schema):
    """What a login hands out."""

    access_token = fields.String(required=True)
    refresh_token = fields.String(required=True)
    token_type = fields.String(required=True, validate=validate.OneOf(["bearer"]))


class UserSchema(Schema):
    """An account."""

    id = fields.Integer(required=True)
    uuid = fields.UUID(required=True)
    email = fields.String(required=True)
    name = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)


class MessageSchema(Schema):
    """That it was done."""

    message = fields.String(required=True)


@blueprint.post("/register")
@limit_auth
@blueprint.arguments(RegisterSchema)
@blueprint.response(201, TokenPairSchema)
def register(data: dict[str, str]) -> accounts.TokenPair:
    """Create an account and log it in."""
    return accounts.register(**data)


@blueprint.post("/login")
@limit_auth
@blueprint.arguments(LoginSchema)
@blueprint.response(200, TokenPairSchema)
def login(data: dict[str, str]) -> accounts.TokenPair:
    """Log in."""
    return accounts.authenticate(**data)


@blueprint.post("/refresh")
@limit_auth
@blueprint.arguments(RefreshSchema, required=False)
@blueprint.response(200, TokenPairSchema)
def refresh(data: dict[str, str]) -> accounts.TokenPair:
    """Exchange a refresh token for a new pair; a token used twice ends its login."""
    return accounts.refresh(data.get("refresh_token") or bearer_token())


@blueprint.post("/logout")
@signed_in
@blueprint.response(200, MessageSchema)
def logout() -> dict[str, Any]:
    """End this login: its access and refresh tokens are dead at once."""
    accounts.revoke(accounts.read_token(bearer_token(), "access"))
    return {"message": "Logged out."}


@blueprint.get("/me")
@signed_in
@blueprint.response(200, UserSchema)
def me() -> UserProfile | None:
    """Show the account that the token belongs to."""
    return db.session.get(UserProfile, current_user_id())
