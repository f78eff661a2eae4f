"""What `/api/v1/jobs` takes and gives."""

from typing import Any

from marshmallow import INCLUDE, fields, post_load, validate

from app.api.fields import Schema, Text
from app.api.pagination import MetaSchema
from app.context.job import split_posting
from app.formats.posting import LIMIT_BYTES, NAME_CHARS, PLACE_CHARS, URL_CHARS
from app.models.jobs import JobPosting

_NAME = {"type": "string", "maxLength": NAME_CHARS, "pattern": "[A-Za-z0-9]"}
_DESCRIPTION = {
    "type": "string",
    "maxLength": LIMIT_BYTES,
    "pattern": "[A-Za-z0-9]",
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
        "url": {
            "type": "string",
            "maxLength": URL_CHARS,
            "format": "uri",
            "pattern": "^https?://[a-z0-9.]+(/[a-z]*)?$",
        },
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


class PostingSchema(Schema):
    """A posting in any of the forms; which one it is, and whether it is sound, is for the reader of postings to say."""

    class Meta:
        """Marshmallow's settings."""

        unknown = INCLUDE

    @post_load(pass_original=True)
    def as_it_came(self, _data: object, original: dict[str, Any], **_: object) -> dict[str, Any]:
        """The document untouched."""
        return original


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


class JobPageSchema(Schema):
    """A page of the user's postings, newest first."""

    data = fields.List(fields.Nested(JobRowSchema), required=True)
    meta = fields.Nested(MetaSchema, required=True)


class DeletedJobSchema(Schema):
    """That it is gone."""

    message = fields.String(required=True)
    id = fields.Integer(required=True)
