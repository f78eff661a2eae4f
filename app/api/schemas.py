"""Schemas that many resources share, and the one that all of them derive from."""

from typing import Any

import marshmallow
from marshmallow import INCLUDE, RAISE, fields, post_load


class Schema(marshmallow.Schema):
    """What every request body derives from: a field it does not know is an error that names it."""

    class Meta:
        """Marshmallow's settings."""

        unknown = RAISE


class DocumentSchema(Schema):
    """A JSON object of any form; what it is, and whether it is sound, is for the reader of its format to say."""

    class Meta:
        """Marshmallow's settings."""

        unknown = INCLUDE

    @post_load(pass_original=True)
    def as_it_came(self, _data: object, original: dict[str, Any], **_: object) -> dict[str, Any]:
        """The document untouched: order kept, and a dot in a name is only a dot."""
        return original


class DeletedSchema(Schema):
    """That it is gone."""

    message = fields.String(required=True)
    id = fields.Integer(required=True)


class UsageSchema(Schema):
    """Tokens, as the provider reports them, or as counted where it does not. They change no price."""

    prompt_tokens = fields.Integer(required=True)
    completion_tokens = fields.Integer(required=True)
    total_tokens = fields.Integer(required=True)


class ChunkSchema(Schema):
    """A piece of the answer."""

    content = fields.String(required=True)


class StreamErrorSchema(Schema):
    """The answer ended early; it costs nothing."""

    code = fields.String(required=True)
    message = fields.String(required=True)
    retry_after = fields.Integer(metadata={"description": "In seconds."})
