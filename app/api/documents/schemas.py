"""What `/api/v1/documents` takes and gives."""

from typing import Any

from marshmallow import fields, validate

from app.api.documents.dialect import LEFT_OUT
from app.api.fields import Flag, Text, Whole
from app.api.schemas import Schema
from app.documents import TITLE_LENGTH
from app.formats.export import FORMATS, MEDIA_TYPES, TEMPLATES

MAX_VERSION = 2**31 - 1
_TIME = {"format": "date-time"}


class DocumentRowSchema(Schema):
    """A document in a list. `mongo_document_id` names the content of its current version: same content, same id."""

    id = fields.String(required=True)
    user_id = fields.Integer(required=True)
    doc_type = fields.String(required=True, validate=validate.OneOf(["cv", "cover_letter"]))
    title = fields.String(required=True)
    slug = fields.String(required=True)
    template_code = fields.String(required=True, validate=validate.OneOf(TEMPLATES))
    mongo_document_id = fields.String(required=True)
    current_version = fields.Integer(required=True)
    created_at = fields.String(required=True, metadata=_TIME)
    updated_at = fields.String(required=True, metadata=_TIME)


class DocumentSchema(DocumentRowSchema):
    """A document. `data` is the CV or the letter of its current version, as the session had it."""

    data = fields.Dict(required=True)


class VersionRowSchema(Schema):
    """A version in a list. `note` says where it comes from, if not from a session."""

    version = fields.Integer(required=True)
    mongo_document_id = fields.String(required=True)
    note = fields.String(required=True)
    created_at = fields.String(required=True, metadata=_TIME)


class VersionSchema(VersionRowSchema):
    """A version, with what it holds."""

    data = fields.Dict(required=True)


class DocumentChangeSchema(Schema):
    """What can be changed without a new version."""

    title = Text(max=TITLE_LENGTH)
    template_code = fields.String(validate=validate.OneOf(TEMPLATES))


class DocumentDeletedSchema(Schema):
    """That it is gone."""

    message = fields.String(required=True)
    id = fields.String(required=True)


class MakeResumeSchema(Schema):
    """Whether the resume becomes the default one; a first resume always does."""

    make_default = Flag(load_default=False)


class ExportArguments(Schema):
    """Which file is wanted; without a template the document's own, without a version the current one."""

    format = fields.String(load_default="pdf", validate=validate.OneOf(FORMATS))
    template = fields.String(validate=validate.OneOf(TEMPLATES))
    version = Whole(validate=validate.Range(min=1, max=MAX_VERSION))


def _content(media_type: str) -> dict[str, Any]:
    return {} if media_type == "application/pdf" or "openxml" in media_type else {"schema": {"type": "string"}}


FILE: dict[str, Any] = {
    "description": "The file. Characters that no font of a PDF has are left out of it and named in `X-Left-Out`.",
    "content": {
        media_type.partition(";")[0]: {"schema": {"type": "object"}}
        if media_type == "application/json"
        else _content(media_type)
        for media_type in MEDIA_TYPES.values()
    },
    "headers": {
        "Content-Disposition": {"description": "The file's name, after the title.", "schema": {"type": "string"}},
        LEFT_OUT: {"description": "`U+1F389 U+1F680`, at most 50.", "schema": {"type": "string"}},
    },
}
"""A file in OpenAPI's words: marshmallow has none for it."""
