"""What the resume chat takes and gives."""

from marshmallow import fields

from app.api.fields import Reference, Schema, Text
from app.api.pagination import MetaSchema

MESSAGE_CHARACTERS = 8_000


class StartSchema(Schema):
    """A question about a posting."""

    job_id = Reference(required=True, metadata={"description": "A posting of yours, by id or UUID."})
    resume_id = Reference(metadata={"description": "A resume of yours; your default resume without it."})
    question = Text(required=True, max=MESSAGE_CHARACTERS)


class AskSchema(Schema):
    """The next question of a session."""

    message = Text(required=True, max=MESSAGE_CHARACTERS)


class UsageSchema(Schema):
    """Tokens, as the provider reports them, or as counted where it does not."""

    prompt_tokens = fields.Integer()
    completion_tokens = fields.Integer()
    total_tokens = fields.Integer()


class AnswerSchema(Schema):
    """A whole, stored answer."""

    session_id = fields.UUID()
    turn_id = fields.UUID()
    message_id = fields.UUID()
    response = fields.String()
    message_count = fields.Integer()
    finish_reason = fields.String(metadata={"description": "`stop`, or `length` when the answer was cut there."})
    usage = fields.Nested(UsageSchema)


class JobBriefSchema(Schema):
    """The posting a session is about."""

    id = fields.Integer()
    title = fields.String()
    company = fields.String()


class StartedSchema(AnswerSchema):
    """The same, and which session it is."""

    resumed = fields.Boolean(metadata={"description": "Whether the session was there before."})
    created_at = fields.DateTime()
    job = fields.Nested(JobBriefSchema)


class StreamStartSchema(Schema):
    """The question is stored and the model is being asked."""

    session_id = fields.UUID(required=True)
    turn_id = fields.UUID(required=True)
    message_id = fields.UUID(required=True, metadata={"description": "The answer's id, once it is whole."})
    resumed = fields.Boolean(required=True)


class ChunkSchema(Schema):
    """A piece of the answer."""

    content = fields.String(required=True)


class StreamErrorSchema(Schema):
    """The answer ended early; what had arrived is kept."""

    code = fields.String(required=True)
    message = fields.String(required=True)
    retry_after = fields.Integer(metadata={"description": "In seconds."})


EVENTS = {"start": StreamStartSchema, "chunk": ChunkSchema, "error": StreamErrorSchema}
"""What a stream sends before, and instead of, its `done`."""


class HistoryMessageSchema(Schema):
    """One message; an answer whose turn ended early says so in `status`."""

    id = fields.UUID()
    role = fields.String()
    content = fields.String()
    status = fields.String(metadata={"description": "`complete`, `cancelled` or `failed`."})
    timestamp = fields.DateTime(attribute="created_at")


class HistorySchema(Schema):
    """A page of a session's messages, oldest first."""

    session_id = fields.UUID()
    messages = fields.List(fields.Nested(HistoryMessageSchema))
    message_count = fields.Integer()
    meta = fields.Nested(MetaSchema)


class ContextSchema(Schema):
    """What the model was given at the session's beginning, and what the budget did then and last."""

    session_id = fields.UUID()
    initial_context = fields.Dict(
        metadata={"description": "`resume`, `job_description` and `budget`, the receipt in tokens."}
    )
    latest_budget = fields.Dict(allow_none=True)


class SessionSchema(Schema):
    """One active session."""

    session_id = fields.UUID(attribute="id")
    title = fields.String()
    job = fields.Nested(JobBriefSchema, allow_none=True, metadata={"description": "null once it was deleted."})
    resume_id = fields.Integer(allow_none=True)
    message_count = fields.Integer()
    created_at = fields.DateTime()
    updated_at = fields.DateTime()


class SessionsSchema(Schema):
    """A page of the caller's active sessions, the latest first."""

    sessions = fields.List(fields.Nested(SessionSchema))
    meta = fields.Nested(MetaSchema)


class DeactivatedSchema(Schema):
    """The session answers no more."""

    session_id = fields.UUID()
    is_active = fields.Boolean()


class HealthSchema(Schema):
    """The chat's route is up, and which model answers."""

    status = fields.String()
    provider = fields.String()
    model = fields.String()
