"""`/api/v1/jobs`: postings, as text, HTML or structured data in, as plain text with its parts out."""

from typing import Any

from flask import request
from marshmallow import Schema

from app import jobs, models
from app.api import body
from app.api.blueprints import Blueprint
from app.api.decorators import current_user_id, signed_in
from app.api.jobs import schemas
from app.api.pagination import PageArguments, page_of, paginate
from app.api.parsing import StrictParser
from app.api.schemas import DeletedSchema, DocumentSchema
from app.formats.posting import LIMIT_BYTES
from app.models.jobs import JobPosting, get_owned_job
from app.models.references import Reference

MAX_BYTES = 3 * LIMIT_BYTES  # a posting's own limit holds for its text; as JSON, escaped, the same text is longer
RAW_TYPES = frozenset({"text/html", "text/plain"})


class PostingParser(StrictParser):
    """Takes a page or a text as it is, too: it counts as the description of a posting that states nothing else."""

    def load_json(self, req: object, schema: Schema) -> Any:
        """The posting's value."""
        if request.mimetype not in RAW_TYPES:
            return super().load_json(req, schema)
        return {"description": body.read_text()}


class PostingBlueprint(Blueprint):
    """Whose bodies may be postings."""

    ARGUMENTS_PARSER = PostingParser()


blueprint = PostingBlueprint("jobs", __name__, url_prefix="/api/v1/jobs", description="Job postings.")


@blueprint.get("")
@signed_in
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, page_of(schemas.JobRowSchema))
def list_jobs(query: dict[str, int]) -> dict[str, Any]:
    """List the caller's postings, newest first."""
    rows, meta = paginate(models.jobs.list_jobs(current_user_id()), **query)
    return {"data": rows, "meta": meta}


@blueprint.post("")
@signed_in
@blueprint.arguments(DocumentSchema, max_bytes=MAX_BYTES)
@blueprint.arguments(schemas.GivenArguments, location="query")
@blueprint.doc(**schemas.POSTING_BODY)
@blueprint.response(201, schemas.JobSchema)
def create_job(posting: dict[str, Any], given: dict[str, str]) -> JobPosting:
    """Store a posting; what it does not say of itself is asked for."""
    return jobs.create_job(current_user_id(), posting, **given)


@blueprint.get("/<reference:job_id>")
@signed_in
@blueprint.response(200, schemas.JobSchema)
def get_job(job_id: Reference) -> JobPosting:
    """Show a posting and its parts."""
    return get_owned_job(current_user_id(), job_id)


@blueprint.put("/<reference:job_id>")
@signed_in
@blueprint.arguments(DocumentSchema, max_bytes=MAX_BYTES)
@blueprint.arguments(schemas.GivenArguments, location="query")
@blueprint.doc(**schemas.POSTING_BODY)
@blueprint.response(200, schemas.JobSchema)
def replace_job(posting: dict[str, Any], given: dict[str, str], job_id: Reference) -> JobPosting:
    """Replace a posting."""
    return jobs.replace_job(current_user_id(), job_id, posting, **given)


@blueprint.patch("/<reference:job_id>")
@signed_in
@blueprint.arguments(schemas.JobChangeSchema, max_bytes=MAX_BYTES)
@blueprint.response(200, schemas.JobSchema)
def change_job(changes: dict[str, str], job_id: Reference) -> JobPosting:
    """Change some fields of a posting."""
    return jobs.change_job(current_user_id(), job_id, **changes)


@blueprint.delete("/<reference:job_id>")
@signed_in
@blueprint.response(200, DeletedSchema)
def delete_job(job_id: Reference) -> dict[str, Any]:
    """Delete a posting."""
    return {"message": "The posting was deleted.", "id": jobs.delete_job(current_user_id(), job_id)}
