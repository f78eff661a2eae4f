"""What the CV builder takes and gives."""

from typing import get_args

from marshmallow import fields, validate

from app.api.fields import Key, Reference, Text
from app.api.schemas import ChunkSchema, Schema, StreamErrorSchema
from app.cv.data import DocType

MESSAGE_CHARACTERS = 8_000
DOC_TYPES = get_args(DocType)


class BuilderStartSchema(Schema):
    """The first message of a session, and what it is to become."""

    initial_message = Text(required=True, max=MESSAGE_CHARACTERS)
    doc_type = fields.String(required=True, validate=validate.OneOf(DOC_TYPES))
    resume_id = Reference(metadata={"description": "A resume of yours, for a CV to begin with what it holds."})


class BuilderMessageSchema(Schema):
    """The next message of a session."""

    session_id = Key(required=True)
    message = Text(required=True, max=MESSAGE_CHARACTERS)


class FinalizeSchema(Schema):
    """How the document is called and what it looks like."""

    title = Text(max=200, metadata={"description": "`My cv` or `My cover_letter` without it."})
    template_code = fields.String(load_default="default")


class BuilderSessionSchema(Schema):
    """A session to be made without a message."""

    doc_type = fields.String(required=True, validate=validate.OneOf(DOC_TYPES))
    resume_id = Reference(metadata={"description": "A resume of yours, for a CV to begin with what it holds."})


class StateSchema(Schema):
    """How far a document has come."""

    cv_data = fields.Dict(required=True, metadata={"description": "The CV, or the cover letter, as far as it is told."})
    progress = fields.Integer(required=True, metadata={"description": "From 0 to 100."})
    is_complete = fields.Boolean(required=True)
    fields_collected = fields.List(fields.String(), required=True)
    missing_fields = fields.List(fields.String(), required=True)


class BuilderAnswerSchema(StateSchema):
    """A reply, stored together with what the message told."""

    session_id = fields.UUID(required=True)
    message = fields.String(required=True)
    left_out = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "What a model would have stored and the user's words don't hold, each with its path."},
    )


class BuilderStreamStartSchema(Schema):
    """The message is stored and being answered."""

    session_id = fields.UUID(required=True)
    turn_id = fields.UUID(required=True)
    message_id = fields.UUID(required=True)


class CvChangedSchema(Schema):
    """The document has changed."""

    cv_data = fields.Dict(required=True)
    progress = fields.Integer(required=True)


class FinalizedSchema(Schema):
    """The document that was made."""

    message = fields.String(required=True)
    document = fields.Dict(required=True)
    cv_data = fields.Dict(required=True)


EVENTS = {
    "start": BuilderStreamStartSchema,
    "chunk": ChunkSchema,
    "cv_data": CvChangedSchema,
    "done": BuilderAnswerSchema,
    "error": StreamErrorSchema,
}
TURN = """Answers with JSON, or with the same as server-sent events if the request says `Accept: text/event-stream`.

Of what the message tells, the document takes what the user's own words hold, and nothing else. The stream is one
`start`, any number of `chunk`, a `cv_data` if the document has changed, and one `done` with the very JSON answer, or
one `error` instead.
"""
