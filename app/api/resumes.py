"""`/api/v1/resumes`: resumes as JSON Resume documents in, as a resource or as the very same document out."""

import json
from typing import Any

from flask import Response, jsonify
from sqlalchemy import select
from sqlalchemy.orm import defer

from app import resumes
from app.api.blueprints import Blueprint
from app.api.body import KB
from app.api.decorators import current_user_id, signed_in
from app.api.pagination import PageArguments, paginate
from app.api.resume_schemas import (
    DOCUMENT_BODY,
    RESUME_OR_DOCUMENT,
    DeletedResumeSchema,
    ResumeChangeSchema,
    ResumeDocumentSchema,
    ResumePageSchema,
    ResumeSchema,
    ShowResumeArguments,
    StoredResumeSchema,
    StoreResumeArguments,
)
from app.models.references import Reference
from app.models.resumes import Resume, get_owned_resume
from app.resumes import StoredResume

blueprint = Blueprint("resumes", __name__, url_prefix="/api/v1/resumes", description="Resumes, as JSON Resume 1.x.")
MAX_BYTES = 256 * KB


@blueprint.get("")
@signed_in
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, ResumePageSchema)
def list_resumes(query: dict[str, int]) -> dict[str, Any]:
    """List the caller's resumes, newest first."""
    mine = select(Resume).where(Resume.user_profile_id == current_user_id())
    newest_first = mine.options(defer(Resume.document), defer(Resume.reading)).order_by(
        Resume.created_at.desc(), Resume.id.desc()
    )
    rows, meta = paginate(newest_first, **query)
    return {"data": rows, "meta": meta}


@blueprint.post("")
@signed_in
@blueprint.arguments(ResumeDocumentSchema, max_bytes=MAX_BYTES)
@blueprint.arguments(StoreResumeArguments, location="query")
@blueprint.doc(**DOCUMENT_BODY)
@blueprint.response(201, StoredResumeSchema)
def create_resume(document: dict[str, Any], query: dict[str, Any]) -> StoredResume:
    """Store a JSON Resume; the first one is the default."""
    return resumes.store_resume(
        current_user_id(), document, title=query.get("title", ""), make_default=query["default"]
    )


@blueprint.get("/<reference:resume>")
@signed_in
@blueprint.arguments(ShowResumeArguments, location="query")
@blueprint.response(200, RESUME_OR_DOCUMENT)
def get_resume(query: dict[str, str], resume: Reference) -> Response:
    """Show a resume, or give its document back as it came."""
    row = get_owned_resume(current_user_id(), resume)
    if query.get("format") != "jsonresume":
        return jsonify(ResumeSchema().dump(row))
    return Response(json.dumps(row.document, ensure_ascii=False), mimetype="application/json")


@blueprint.put("/<reference:resume>")
@signed_in
@blueprint.arguments(ResumeDocumentSchema, max_bytes=MAX_BYTES)
@blueprint.doc(**DOCUMENT_BODY)
@blueprint.response(200, StoredResumeSchema)
def replace_resume(document: dict[str, Any], resume: Reference) -> StoredResume:
    """Replace a resume's document."""
    return resumes.replace_document(current_user_id(), resume, document)


@blueprint.patch("/<reference:resume>")
@signed_in
@blueprint.arguments(ResumeChangeSchema)
@blueprint.response(200, ResumeSchema)
def change_resume(changes: dict[str, Any], resume: Reference) -> Resume:
    """Rename a resume, or make it the default."""
    return resumes.change_resume(current_user_id(), resume, **changes)


@blueprint.delete("/<reference:resume>")
@signed_in
@blueprint.response(200, DeletedResumeSchema)
def delete_resume(resume: Reference) -> dict[str, Any]:
    """Delete a resume; if it was the default, the newest one left becomes it."""
    return {"message": "The resume was deleted.", "id": resumes.delete_resume(current_user_id(), resume)}
