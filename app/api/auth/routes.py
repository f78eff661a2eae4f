"""`/api/v1/auth`: register, log in, refresh, log out, and who am I."""

from typing import Any

from app import accounts, logins, provider_keys
from app.api.auth import schemas
from app.api.blueprints import Blueprint
from app.api.decorators import bearer_token, current_user_id, raises, signed_in
from app.errors import Conflict, Unauthorized, Unavailable
from app.extensions import db
from app.limits import limit_auth
from app.logins import TokenPair
from app.models import UserProfile

blueprint = Blueprint("auth", __name__, url_prefix="/api/v1/auth", description="Accounts and their tokens.")


@blueprint.post("/register")
@limit_auth
@raises(Conflict)
@blueprint.arguments(schemas.RegisterSchema)
@blueprint.response(201, schemas.TokenPairSchema)
def register(data: dict[str, str]) -> TokenPair:
    """Create an account and log it in."""
    return accounts.register(**data)


@blueprint.post("/login")
@limit_auth
@raises(Unauthorized)
@blueprint.arguments(schemas.LoginSchema)
@blueprint.response(200, schemas.TokenPairSchema)
def login(data: dict[str, str]) -> TokenPair:
    """Log in."""
    return accounts.authenticate(**data)


@blueprint.post("/refresh")
@limit_auth
@raises(Unauthorized)
@blueprint.arguments(schemas.RefreshSchema, required=False)
@blueprint.response(200, schemas.TokenPairSchema)
def refresh(data: dict[str, str]) -> TokenPair:
    """Exchange a refresh token for a new pair; a token used twice ends its login."""
    return logins.refresh(data.get("refresh_token") or bearer_token())


@blueprint.post("/logout")
@signed_in
@blueprint.response(200, schemas.MessageSchema)
def logout() -> dict[str, Any]:
    """End this login: its access and refresh tokens are dead at once."""
    logins.revoke(logins.read_token(bearer_token(), "access"))
    return {"message": "Logged out."}


@blueprint.get("/me")
@signed_in
@blueprint.response(200, schemas.UserSchema)
def get_me() -> UserProfile | None:
    """Show the account that the token belongs to."""
    return db.session.get(UserProfile, current_user_id())


@blueprint.put("/me/provider-key")
@signed_in
@raises(Unavailable)
@blueprint.arguments(schemas.ProviderKeySchema)
@blueprint.response(204)
def set_provider_key(data: dict[str, str]) -> None:
    """Keep a key of your own for the model, in place of the one before; it is never shown again."""
    provider_keys.store_key(current_user_id(), data["api_key"])


@blueprint.delete("/me/provider-key")
@signed_in
@blueprint.response(204)
def delete_provider_key() -> None:
    """Forget your own key for the model, if there is one."""
    provider_keys.forget_key(current_user_id())
