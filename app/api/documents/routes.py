"""`/api/v1/documents`: what sessions of the CV builder became, their versions, and files made of them."""

from typing import Any

from flask import Response

from app import documents
from app.api.blueprints import Blueprint
from app.api.decorators import current_user_id, raises, signed_in
from app.api.documents import schemas
from app.api.documents.dialect import document_body, file_response, version_body, whole_body
from app.api.pagination import PageArguments, page_of, paginate
from app.api.resumes.schemas import StoredResumeSchema
from app.errors import InvalidInput
from app.models.documents import get_owned_document
from app.models.documents import list_documents as documents_of
from app.models.documents import list_versions as versions_of
from app.models.references import Reference

blueprint = Blueprint("documents", __name__, url_prefix="/api/v1/documents", description="Finalized CVs and letters.")


@blueprint.get("")
@signed_in
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, page_of(schemas.DocumentRowSchema))
def list_documents(query: dict[str, int]) -> dict[str, Any]:
    """List the caller's documents, the latest changed first."""
    rows, meta = paginate(documents_of(current_user_id()), **query)
    stored = documents.with_versions(rows)
    return {"data": [document_body(one.document, one.version) for one in stored], "meta": meta}


@blueprint.get("/<reference:document_id>")
@signed_in
@blueprint.response(200, schemas.DocumentSchema)
def get_document(document_id: Reference) -> dict[str, Any]:
    """Show a document with its current content."""
    return whole_body(documents.get_document(current_user_id(), document_id))


@blueprint.patch("/<reference:document_id>")
@signed_in
@blueprint.arguments(schemas.DocumentChangeSchema)
@blueprint.response(200, schemas.DocumentSchema)
def change_document(changes: dict[str, str], document_id: Reference) -> dict[str, Any]:
    """Rename a document, or give it another template; its slug stays."""
    return whole_body(documents.change_document(current_user_id(), document_id, **changes))


@blueprint.delete("/<reference:document_id>")
@signed_in
@blueprint.response(200, schemas.DocumentDeletedSchema)
def delete_document(document_id: Reference) -> dict[str, Any]:
    """Delete a document with all its versions."""
    deleted = documents.delete_document(current_user_id(), document_id)
    return {"message": "The document was deleted.", "id": str(deleted)}


@blueprint.get("/<reference:document_id>/versions")
@signed_in
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, page_of(schemas.VersionRowSchema))
def list_versions(query: dict[str, int], document_id: Reference) -> dict[str, Any]:
    """List a document's versions, the latest first."""
    document = get_owned_document(current_user_id(), document_id)
    rows, meta = paginate(versions_of(document.id), **query)
    return {"data": [version_body(row) for row in rows], "meta": meta}


@blueprint.get("/<reference:document_id>/versions/<ordinal:number>")
@signed_in
@blueprint.response(200, schemas.VersionSchema)
def get_version(document_id: Reference, number: int) -> dict[str, Any]:
    """Show a version with its content."""
    version = documents.get_document(current_user_id(), document_id, number=number).version
    return version_body(version) | {"data": version.data}


@blueprint.post("/<reference:document_id>/versions/<ordinal:number>/restore")
@signed_in
@blueprint.response(200, schemas.DocumentSchema)
def restore_version(document_id: Reference, number: int) -> dict[str, Any]:
    """Make a new version with the content of an old one; none is lost."""
    return whole_body(documents.restore_version(current_user_id(), document_id, number))


@blueprint.get("/<reference:document_id>/export")
@signed_in
@blueprint.arguments(schemas.ExportArguments, location="query")
@blueprint.doc(responses={"200": schemas.FILE})
@blueprint.response(200)
def export_document(query: dict[str, Any], document_id: Reference) -> Response:
    """Give a document as a file: PDF, Word, HTML, Markdown, text, or a CV as a JSON Resume."""
    exported = documents.export_document(
        current_user_id(),
        document_id,
        format=query["format"],
        template_code=query.get("template"),
        number=query.get("version"),
    )
    return file_response(exported)


@blueprint.post("/<reference:document_id>/resume")
@signed_in
@raises(InvalidInput)
@blueprint.arguments(schemas.MakeResumeSchema)
@blueprint.doc(operationId="makeResume")
@blueprint.alt_response(201, schema=StoredResumeSchema, description="The resume is new.")
@blueprint.response(200, StoredResumeSchema, description="There was a resume with this very content.")
def make_resume(asked: dict[str, bool], document_id: Reference) -> Any:
    """Store a CV as a resume, which the other surfaces can tailor."""
    stored, is_new = documents.make_resume(current_user_id(), document_id, make_default=asked["make_default"])
    return stored, 201 if is_new else 200
