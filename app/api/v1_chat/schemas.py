"""What the shared paths take and give."""

from marshmallow import fields, validate

from app.api.fields import Text, Whole
from app.api.pagination import MAX_PAGE
from app.api.schemas import Schema

KINDS = ("cv",)


class SharedSessionsArguments(Schema):
    """Which sessions are wanted."""

    kind = fields.String(validate=validate.OneOf(KINDS), metadata={"description": "Only those of this kind."})
    page = Whole(load_default=1, validate=validate.Range(min=1, max=MAX_PAGE))
    limit = Whole(load_default=100, validate=validate.Range(min=1, max=100))


class SessionRowSchema(Schema):
    """One session in a list, with the fields of both documents."""

    session_id = fields.UUID(required=True)
    id = fields.UUID(required=True, metadata={"description": "The same as `session_id`."})
    user_id = fields.Integer(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    title = fields.String(required=True)
    doc_type = fields.String(required=True, allow_none=True)
    status = fields.String(required=True, validate=validate.OneOf(["active", "completed"]))
    progress = fields.Integer(required=True, allow_none=True)
    message_count = fields.Integer(required=True)
    created_at = fields.String(required=True)
    updated_at = fields.String(required=True)


class SharedSessionsSchema(Schema):
    """A page of the caller's sessions, the latest first."""

    sessions = fields.List(fields.Nested(SessionRowSchema), required=True)
    total = fields.Integer(required=True)


class ConversationPartSchema(Schema):
    """A piece of a message."""

    text = fields.String(required=True)


class ConversationMessageSchema(Schema):
    """One message of a conversation."""

    role = fields.String(required=True, validate=validate.OneOf(["user", "model"]))
    parts = fields.List(fields.Nested(ConversationPartSchema), required=True)
    timestamp = fields.String(required=True)


class BuilderSessionShownSchema(Schema):
    """A session of the CV builder with all that was said in it."""

    session_id = fields.UUID(required=True)
    doc_type = fields.String(required=True)
    status = fields.String(required=True, validate=validate.OneOf(["active", "completed"]))
    conversation_history = fields.List(fields.Nested(ConversationMessageSchema), required=True)
    current_cv_data = fields.Dict(required=True)
    progress = fields.Integer(required=True)
    fields_collected = fields.List(fields.String(), required=True)
    missing_fields = fields.List(fields.String(), required=True)
    created_at = fields.String(required=True)
    updated_at = fields.String(required=True)


class TitleSchema(Schema):
    """A session's new title."""

    title = Text(required=True, max=200)


class SessionGoneSchema(Schema):
    """The session answers no more."""

    message = fields.String(required=True)
    id = fields.UUID(required=True)
