"""What the studio takes and sends."""

from dataclasses import dataclass
from typing import Any

from marshmallow import fields, post_load, validate

from app.api.body import KB
from app.api.fields import Reference, Text
from app.api.schemas import ChunkSchema, Schema, StreamErrorSchema, UsageSchema
from app.engine.studio import RECIPES, Question
from app.models.references import Reference as Named

MESSAGE_CHARACTERS = 8_000
HISTORY_MESSAGES, HISTORY_CHARACTERS = 50, 8_000
BODY_BYTES = 512 * KB


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request of the studio: the question, and what it is about."""

    question: Question
    job: Named
    resume: Named | None


class SaidSchema(Schema):
    """One message of the conversation so far; an empty one is left out."""

    role = fields.String(required=True, validate=validate.OneOf(["user", "assistant"]))
    content = Text(required=True, blank=True, max=HISTORY_CHARACTERS)


class QuestionSchema(Schema):
    """A question about a posting, and the conversation so far, which is not kept here."""

    job_id = Reference(required=True, metadata={"description": "A posting of yours, by id or UUID."})
    resume_id = Reference(metadata={"description": "A resume of yours; your default resume without it."})
    message = Text(required=True, max=MESSAGE_CHARACTERS)
    conversation_history = fields.List(
        fields.Nested(SaidSchema),
        load_default=list,
        validate=validate.Length(max=HISTORY_MESSAGES),
        metadata={"description": "Oldest first. Where the model has no room for all, the oldest are left out."},
    )
    context_type = fields.String(
        required=True,
        validate=validate.OneOf(list(RECIPES)),
        metadata={"description": "`chat` answers questions about the posting, `coach` advises on strategy."},
    )

    @post_load
    def as_asked(self, data: dict[str, Any], **_: object) -> Asked:
        """The request as one value."""
        said = [(one["role"], one["content"]) for one in data["conversation_history"]]
        question = Question(message=data["message"], history=said, context_type=data["context_type"])
        return Asked(question=question, job=data["job_id"], resume=data.get("resume_id"))


class DoneSchema(Schema):
    """The answer is whole, stored and paid for."""

    credits_remaining = fields.Integer(required=True, metadata={"description": "The balance after this answer."})
    suggestions = fields.List(
        fields.String(), required=True, metadata={"description": "Up to three questions that could be asked next."}
    )
    message_id = fields.UUID(required=True)
    finish_reason = fields.String(
        required=True,
        validate=validate.OneOf(["stop", "length"]),
        metadata={"description": "`stop` when it is whole, `length` when it was cut at the longest that is allowed."},
    )
    usage = fields.Nested(UsageSchema, required=True)


EVENTS = {"chunk": ChunkSchema, "done": DoneSchema, "error": StreamErrorSchema}
TURN = """Answers with server-sent events: any number of `chunk`, and one `done`, or one `error` instead.

Each event's data is one line of JSON; the chunks' `content` put together is the answer. A comment line shows that a
silent stream is alive. What is wrong before the first event is an error with its status, in JSON.

An answer that arrives whole costs one credit, held from the start and taken with `done`. One that fails, is withheld or
is cancelled by going away costs nothing; who goes away too often when much has arrived gets 429 for a while.
"""
