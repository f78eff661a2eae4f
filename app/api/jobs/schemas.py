"""What `/api/v1/jobs` takes and gives."""

from typing import Any

from marshmallow import fields, validate

from app.api.fields import Text
from app.api.schemas import Schema
from app.context.job import split_posting
from app.formats.posting import LIMIT_BYTES, NAME_CHARS, PLACE_CHARS, URL_CHARS
from app.models.jobs import JobPosting

_NAME = {"type": "string", "minLength": 1, "maxLength": NAME_CHARS}
_DESCRIPTION = {
    "type": "string",
    "minLength": 1,
    "maxLength": LIMIT_BYTES,
    "description": "Text, Markdown or HTML, also HTML that was escaped once or twice; at most 200 KB.",
}
_PLAIN = {
    "title": "Plain posting",
    "type": "object",
    "description": "`title` and `company` may be left out where the description says them: what is not found is asked "
    "for with a 400 that names it.",
    "properties": {
        "title": _NAME,
        "company": _NAME,
        "location": {"type": "string", "maxLength": PLACE_CHARS},
        "url": {"type": "string", "maxLength": URL_CHARS, "format": "uri", "pattern": "^https?://"},
        "description": _DESCRIPTION,
    },
    "required": ["title", "company", "description"],
    "additionalProperties": False,
}
_SCHEMA_ORG = {
    "title": "schema.org JobPosting",
    "type": "object",
    "description": "https://schema.org/JobPosting; any value may be a string, an object or a list.",
    "properties": {
        "@type": {"const": "JobPosting"},
        "title": _NAME,
        "hiringOrganization": _NAME,
        "description": _DESCRIPTION,
    },
    "required": ["@type", "title", "hiringOrganization", "description"],
}
_JSON_RESUME = {
    "title": "JSON Resume job",
    "type": "object",
    "description": "The job form of JSON Resume.",
    "properties": {
        "title": _NAME,
        "company": _NAME,
        "description": _DESCRIPTION,
        "qualifications": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["title", "company", "description", "qualifications"],
}
_RAW = {"type": "string", "maxLength": LIMIT_BYTES}
POSTING_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"anyOf": [_PLAIN, _SCHEMA_ORG, _JSON_RESUME]}},
            "text/html": {"schema": _RAW},
            "text/plain": {"schema": _RAW},
        },
    }
}
"""The body in OpenAPI's words: marshmallow has none for it."""


class GivenArguments(Schema):
    """What a page or a text does not say of itself; it wins over what is found."""

    title = Text(max=NAME_CHARS)
    company = Text(max=NAME_CHARS)


class JobChangeSchema(Schema):
    """What can be changed without a new posting."""

    title = Text(max=NAME_CHARS)
    company = Text(max=NAME_CHARS)
    location = Text(max=PLACE_CHARS, blank=True)
    url = Text(max=URL_CHARS, blank=True, validate=[validate.Regexp(r"(https?://\S+)?\Z", error="Not a valid URL.")])
    description = Text(max=LIMIT_BYTES)


class JobRowSchema(Schema):
    """A posting in a list."""

    id = fields.Integer(required=True)
    uuid = fields.UUID(required=True)
    title = fields.String(required=True)
    company = fields.String(required=True)
    location = fields.String(required=True)
    url = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)
    updated_at = fields.AwareDateTime(required=True)


class PartSchema(Schema):
    """A part of a posting, as it was understood: its kind, the heading it stands under, how many lines it has."""

    kind = fields.String(
        required=True,
        validate=validate.OneOf(
            ["summary", "responsibilities", "requirements", "nice_to_have", "benefits", "boilerplate"]
        ),
    )
    heading = fields.String(required=True)
    lines = fields.Function(lambda part: len(part.lines), required=True, metadata={"type": "integer"})


class JobSchema(JobRowSchema):
    """A posting. `description` is plain text: one line a paragraph or bullet (`- `), headings marked `## `."""

    description = fields.String(required=True)
    parts = fields.List(fields.Nested(PartSchema), required=True)

    def get_attribute(self, obj: JobPosting, attr: str, default: Any) -> Any:
        """The parts are told from the description."""
        return split_posting(obj.description) if attr == "parts" else super().get_attribute(obj, attr, default)
