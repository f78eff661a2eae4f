"""What the resume chat takes and gives."""

from marshmallow import fields, validate

from app.api.fields import Key, Reference, Text
from app.api.pagination import MetaSchema
from app.api.schemas import ChunkSchema, Schema, StreamErrorSchema, UsageSchema

MESSAGE_CHARACTERS = 8_000


class StartSchema(Schema):
    """A question about a posting."""

    job_id = Reference(required=True, metadata={"description": "A posting of yours, by id or UUID."})
    resume_id = Reference(metadata={"description": "A resume of yours; your default resume without it."})
    question = Text(required=True, max=MESSAGE_CHARACTERS)


class AskSchema(Schema):
    """The next question of a session."""

    message = Text(required=True, max=MESSAGE_CHARACTERS)


class AnswerSchema(Schema):
    """A whole, stored answer."""

    session_id = fields.UUID(required=True)
    turn_id = fields.UUID(required=True)
    message_id = fields.UUID(required=True)
    response = fields.String(required=True)
    message_count = fields.Integer(required=True)
    finish_reason = fields.String(
        required=True,
        validate=validate.OneOf(["stop", "length"]),
        metadata={"description": "`stop` when it is whole, `length` when it was cut at the longest that is allowed."},
    )
    usage = fields.Nested(UsageSchema, required=True)


class JobBriefSchema(Schema):
    """The posting a session is about."""

    id = fields.Integer(required=True)
    title = fields.String(required=True)
    company = fields.String(required=True)


class StartedSchema(AnswerSchema):
    """The same, and which session it is."""

    resumed = fields.Boolean(required=True, metadata={"description": "Whether the session was there before."})
    created_at = fields.AwareDateTime(required=True)
    job = fields.Nested(JobBriefSchema, required=True)


class StreamStartSchema(Schema):
    """The question is stored and the model is being asked."""

    session_id = fields.UUID(required=True)
    turn_id = fields.UUID(required=True)
    message_id = fields.UUID(required=True, metadata={"description": "The answer's id, once it is whole."})
    resumed = fields.Boolean(required=True)


EVENTS = {"start": StreamStartSchema, "chunk": ChunkSchema, "error": StreamErrorSchema}
"""What a stream sends before, and instead of, its `done`."""
TURN = """Answers with JSON, or with the same as server-sent events if the request says `Accept: text/event-stream`.

The stream is one `start`, any number of `chunk`, and one `done` with the very JSON answer, or one `error` instead.
Each event's data is one line of JSON; the chunks' `content` put together is the answer's `response`. A comment line
shows that a silent stream is alive. What is wrong before the first event is an error with its status, as for JSON.

A client that goes away cancels the turn: what had arrived is kept in the history.
"""


class HistoryMessageSchema(Schema):
    """One message; an answer whose turn ended early says so in `status`."""

    id = fields.UUID(required=True)
    turn_id = fields.UUID(required=True, metadata={"description": "The turn it belongs to, a question and its answer."})
    role = fields.String(required=True, validate=validate.OneOf(["user", "assistant"]))
    content = fields.String(required=True)
    status = fields.String(required=True, validate=validate.OneOf(["complete", "cancelled", "failed"]))
    timestamp = fields.AwareDateTime(required=True, attribute="created_at")


class HistorySchema(Schema):
    """A page of a session's messages, oldest first."""

    session_id = fields.UUID(required=True)
    messages = fields.List(fields.Nested(HistoryMessageSchema), required=True)
    message_count = fields.Integer(required=True)
    meta = fields.Nested(MetaSchema, required=True)


class ContextArguments(Schema):
    """Which turn's budget is asked for besides."""

    turn = Key(metadata={"description": "A turn of the session: adds what the budget did for it, `turn_budget`."})


class BudgetSectionSchema(Schema):
    """What became of one part of the prompt, in tokens."""

    name = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(["kept", "shortened", "left_out"]))
    tokens_available = fields.Integer(required=True)
    tokens_kept = fields.Integer(required=True)
    pieces_left_out = fields.Integer(required=True)
    left_out = fields.List(
        fields.String(), required=True, metadata={"description": "How the first of the pieces left out begin."}
    )


class BudgetSchema(Schema):
    """What the budget did for a prompt, in tokens; `exact` says whether they are counted as the model counts."""

    budget = fields.Integer(required=True)
    tokens_available = fields.Integer(required=True)
    tokens_kept = fields.Integer(required=True)
    exact = fields.Boolean(required=True)
    sections = fields.List(fields.Nested(BudgetSectionSchema), required=True)


class InitialContextSchema(Schema):
    """What the model was given about the resume and the posting, as texts, and what the budget did."""

    resume = fields.String(required=True)
    job_description = fields.String(required=True)
    budget = fields.Nested(BudgetSchema, required=True)


class ContextSchema(Schema):
    """What the model was given at the session's beginning, and what the budget did then, last, and for a turn."""

    session_id = fields.UUID(required=True)
    initial_context = fields.Nested(InitialContextSchema, required=True)
    latest_budget = fields.Nested(BudgetSchema, required=True)
    turn_budget = fields.Nested(BudgetSchema, metadata={"description": "Of the turn that was asked for."})


class SessionSchema(Schema):
    """One active session."""

    session_id = fields.UUID(required=True, attribute="id")
    title = fields.String(required=True)
    job = fields.Nested(
        JobBriefSchema, required=True, allow_none=True, metadata={"description": "null once it was deleted."}
    )
    resume_id = fields.Integer(required=True, allow_none=True)
    message_count = fields.Integer(required=True)
    created_at = fields.AwareDateTime(required=True)
    updated_at = fields.AwareDateTime(required=True)


class SessionsSchema(Schema):
    """A page of the caller's active sessions, the latest first."""

    sessions = fields.List(fields.Nested(SessionSchema), required=True)
    meta = fields.Nested(MetaSchema, required=True)


class DeactivatedSchema(Schema):
    """The session answers no more."""

    session_id = fields.UUID(required=True)
    is_active = fields.Boolean(required=True)


class HealthSchema(Schema):
    """The chat's route is up, and which model answers."""

    status = fields.String(required=True)
    provider = fields.String(required=True)
    model = fields.String(required=True)
