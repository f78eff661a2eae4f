"""`/api/v1/resumes`: resumes as JSON Resume documents in, as a resource or as the very same document out."""

import json
from typing import Any

from flask import Response, jsonify

from app import models, resumes
from app.api import body
from app.api.blueprints import Blueprint
from app.api.body import KB
from app.api.decorators import current_user_id, raises, signed_in
from app.api.pagination import PageArguments, page_of, paginate
from app.api.resumes import schemas
from app.api.schemas import DeletedSchema, DocumentSchema
from app.errors import Conflict, InvalidInput, PayloadTooLarge, RateLimited, Unavailable, UnsupportedMedia
from app.extensions import db
from app.formats.intake.reader import Imported, read_file
from app.models.references import Reference
from app.models.resumes import ITEMS, Resume, get_owned_resume
from app.resumes import StoredResume

blueprint = Blueprint("resumes", __name__, url_prefix="/api/v1/resumes", description="Resumes, as JSON Resume 1.x.")
MAX_BYTES = 256 * KB
MAX_FILE_BYTES = 5 * 1024 * KB


@blueprint.get("")
@signed_in
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, page_of(schemas.ResumeRowSchema))
def list_resumes(query: dict[str, int]) -> dict[str, Any]:
    """List the caller's resumes, newest first."""
    rows, meta = paginate(models.resumes.list_resumes(current_user_id()), **query)
    return {"data": rows, "meta": meta}


@blueprint.post("")
@signed_in
@blueprint.arguments(DocumentSchema, max_bytes=MAX_BYTES)
@blueprint.arguments(schemas.CreateResumeArguments, location="query")
@blueprint.doc(**schemas.DOCUMENT_BODY)
@blueprint.response(201, schemas.StoredResumeSchema)
def create_resume(document: dict[str, Any], query: dict[str, Any]) -> StoredResume:
    """Store a JSON Resume; the first one is the default."""
    return resumes.create_resume(
        current_user_id(), document, title=query.get("title", ""), make_default=query["default"]
    )


@blueprint.post("/import")
@signed_in
@raises(InvalidInput, PayloadTooLarge, UnsupportedMedia, RateLimited, Unavailable)
@body.limited(MAX_FILE_BYTES)
@blueprint.doc(**schemas.FILE_BODY)
@blueprint.response(200, schemas.ImportedSchema)
def import_resume() -> Imported:
    """Read a PDF or a DOCX as a JSON Resume, for you to look at: nothing is stored until you send it to `POST`."""
    file = body.read_file("file", schemas.FILE_TYPES)
    sender = current_user_id()
    db.session.remove()  # who the caller is was looked up: no connection is held while the file is read
    return read_file(file, sender=sender)


@blueprint.get("/<reference:resume_id>")
@signed_in
@blueprint.arguments(schemas.ShowResumeArguments, location="query")
@blueprint.response(200, schemas.RESUME_OR_DOCUMENT)
def get_resume(query: dict[str, str], resume_id: Reference) -> Response:
    """Show a resume, or give its document back as it came."""
    row = get_owned_resume(current_user_id(), resume_id, *ITEMS)
    if query.get("format") != "jsonresume":
        return jsonify(schemas.ResumeSchema().dump(row))
    return Response(json.dumps(row.document, ensure_ascii=False), mimetype="application/json")


@blueprint.put("/<reference:resume_id>")
@signed_in
@blueprint.arguments(DocumentSchema, max_bytes=MAX_BYTES)
@blueprint.doc(**schemas.DOCUMENT_BODY)
@blueprint.response(200, schemas.StoredResumeSchema)
def replace_resume(document: dict[str, Any], resume_id: Reference) -> StoredResume:
    """Replace a resume's document."""
    return resumes.replace_resume(current_user_id(), resume_id, document)


@blueprint.patch("/<reference:resume_id>")
@signed_in
@raises(Conflict)
@blueprint.arguments(schemas.ResumeChangeSchema)
@blueprint.response(200, schemas.ResumeSchema)
def change_resume(changes: dict[str, Any], resume_id: Reference) -> Resume:
    """Rename a resume, or make it the default."""
    return resumes.change_resume(current_user_id(), resume_id, **changes)


@blueprint.delete("/<reference:resume_id>")
@signed_in
@blueprint.response(200, DeletedSchema)
def delete_resume(resume_id: Reference) -> dict[str, Any]:
    """Delete a resume; if it was the default, the newest one left becomes it."""
    return {"message": "The resume was deleted.", "id": resumes.delete_resume(current_user_id(), resume_id)}
