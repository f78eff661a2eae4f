"""What `/api/v1/resumes` takes and gives."""

from typing import Any

from marshmallow import fields, validate

from app.api.body import FORM
from app.api.fields import Flag, Text
from app.api.schemas import Schema
from app.formats.json_resume import KNOWN
from app.formats.json_resume_names import SECTIONS
from app.formats.json_resume_reader import ENTRIES
from app.resumes import TITLE_LENGTH, StoredResume

_DOCUMENT = {
    "type": "object",
    "description": "A JSON Resume 1.x document (https://jsonresume.org/schema), an older draft, or FRESH. "
    "It may be extended; a field of the wrong type is told in the receipt.",
    "properties": {name: {"maxItems": ENTRIES} for name in SECTIONS},
    "anyOf": [{"required": [name]} for name in sorted(KNOWN)],
}
DOCUMENT_BODY = {"requestBody": {"content": {"application/json": {"schema": _DOCUMENT}}}}
"""The body in OpenAPI's words: marshmallow has none for it."""
FILE_TYPES = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
_FORM = {
    "type": "object",
    "properties": {"file": {"type": "string", "format": "binary", "description": "A PDF or a DOCX, up to 5 MB."}},
    "required": ["file"],
    "additionalProperties": False,
}
FILE_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            FORM: {"schema": _FORM},
            **{kind: {"schema": {"type": "string", "format": "binary"}} for kind in FILE_TYPES},
        },
    }
}
RESUME_OR_DOCUMENT = {"anyOf": [{"$ref": "#/components/schemas/Resume"}, _DOCUMENT]}
"""What a resume is shown as: the resource, or with `format=jsonresume` the document."""


class CreateResumeArguments(Schema):
    """How a new resume is stored: its title (else the document's own headline), and whether it is the default."""

    title = Text(max=TITLE_LENGTH)
    default = fields.Boolean(truthy={"true"}, falsy={"false"}, load_default=False)


class ShowResumeArguments(Schema):
    """`format=jsonresume` asks for the document as it was stored."""

    format = fields.String(validate=validate.OneOf(["jsonresume"]))


class ResumeChangeSchema(Schema):
    """What can be changed without a new document."""

    title = Text(max=TITLE_LENGTH)
    is_default = Flag()


class WorkSchema(Schema):
    """A job held; an empty end means still there."""

    company = fields.String(required=True)
    title = fields.String(required=True)
    location = fields.String(required=True)
    url = fields.String(required=True)
    start_date = fields.String(required=True)
    end_date = fields.String(required=True)
    summary = fields.String(required=True)
    highlights = fields.List(fields.String(), required=True)


class EducationSchema(Schema):
    """A course of study."""

    institution = fields.String(required=True)
    degree = fields.String(required=True)
    area = fields.String(required=True)
    start_date = fields.String(required=True)
    end_date = fields.String(required=True)
    score = fields.String(required=True)
    courses = fields.List(fields.String(), required=True)


class ProjectSchema(Schema):
    """A project."""

    name = fields.String(required=True)
    description = fields.String(required=True)
    url = fields.String(required=True)
    start_date = fields.String(required=True)
    end_date = fields.String(required=True)
    highlights = fields.List(fields.String(), required=True)
    keywords = fields.List(fields.String(), required=True)


class SkillSchema(Schema):
    """A named skill, or a group of skills."""

    name = fields.String(required=True)
    level = fields.String(required=True)
    keywords = fields.List(fields.String(), required=True)


class OtherItemSchema(Schema):
    """An item of a section without a table: certificates, languages, …"""

    kind = fields.String(required=True)
    text = fields.String(required=True)


class ResumeRowSchema(Schema):
    """A resume in a list."""

    id = fields.Integer(required=True)
    uuid = fields.UUID(required=True)
    title = fields.String(required=True)
    is_default = fields.Boolean(required=True)
    full_name = fields.String(required=True)
    headline = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)
    updated_at = fields.AwareDateTime(required=True)


class ResumeSchema(ResumeRowSchema):
    """A resume."""

    email = fields.String(required=True)
    phone = fields.String(required=True)
    url = fields.String(required=True)
    location = fields.String(required=True)
    summary = fields.String(required=True)
    work = fields.List(fields.Nested(WorkSchema), required=True)
    education = fields.List(fields.Nested(EducationSchema), required=True)
    projects = fields.List(fields.Nested(ProjectSchema), required=True)
    skills = fields.List(fields.Nested(SkillSchema), required=True)
    other = fields.List(fields.Nested(OtherItemSchema), required=True)


class RenamedSchema(Schema):
    """A field found under an old name."""

    old = fields.String(required=True, data_key="from")
    new = fields.String(required=True, data_key="to")


class NotUnderstoodSchema(Schema):
    """A field that is not what its name promises."""

    path = fields.String(required=True)
    reason = fields.String(required=True)


class ImportReceiptSchema(Schema):
    """What became of each field of the document that holds something."""

    mapped = fields.List(fields.String(), required=True)
    renamed = fields.List(fields.Nested(RenamedSchema), required=True)
    kept = fields.List(fields.String(), required=True)
    not_understood = fields.List(fields.Nested(NotUnderstoodSchema), required=True)


class StoredResumeSchema(ResumeSchema):
    """A resume whose document has just been read, and the receipt of that."""

    receipt = fields.Nested(ImportReceiptSchema, required=True)

    def get_attribute(self, obj: StoredResume, attr: str, default: Any) -> Any:
        """Everything but the receipt is the resume's."""
        return super().get_attribute(obj if attr == "receipt" else obj.resume, attr, default)


class UnderstoodSchema(Schema):
    """Words of a file, and the place in the resume that they went to: `work[0].position`; `work` for a heading."""

    text = fields.String(required=True)
    path = fields.String(required=True)


class LeftSchema(Schema):
    """A line of a file that went nowhere, or not all of it, and the heading that it stands under."""

    text = fields.String(required=True)
    section = fields.String(required=True)


class FileReceiptSchema(Schema):
    """What became of every line of a file."""

    understood = fields.List(fields.Nested(UnderstoodSchema), required=True)
    not_understood = fields.List(fields.Nested(LeftSchema), required=True)
    pages = fields.Integer(required=True)
    source = fields.String(required=True, validate=validate.OneOf(["pdf", "docx"]))


class ImportedSchema(Schema):
    """A JSON Resume as a file was read, and the receipt of it."""

    resume = fields.Dict(keys=fields.String(), required=True, metadata={"description": "A JSON Resume document."})
    receipt = fields.Nested(FileReceiptSchema, required=True)
