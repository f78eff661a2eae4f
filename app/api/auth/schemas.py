"""What `/api/v1/auth` takes and gives."""

from typing import Any

from marshmallow import fields, validate

from app.api.fields import Email, Text
from app.api.schemas import Schema
from app.models import UserProfile
from app.provider_keys import has_key

NO_KEY = "Must be a key: at least 8 characters, without blanks."


class RegisterSchema(Schema):
    """A new account."""

    email = Email(required=True)
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
    has_provider_key = fields.Boolean(
        required=True, metadata={"description": "Whether a usable key of the user's own for the model is kept."}
    )

    def get_attribute(self, obj: UserProfile, attr: str, default: Any) -> Any:
        """Whether there is a key is no column of the account."""
        return has_key(obj.id) if attr == "has_provider_key" else super().get_attribute(obj, attr, default)


class ProviderKeySchema(Schema):
    """A user's own key for the model."""

    api_key = Text(required=True, max=500, validate=[validate.Regexp(r"[!-~]{8,}\Z", error=NO_KEY)])


class MessageSchema(Schema):
    """That it was done."""

    message = fields.String(required=True)
