"""`/api/v1/jobs`: postings, as text, HTML or structured data in, as plain text with its parts out."""

from typing import Any

from flask import request
from marshmallow import Schema
from sqlalchemy import select
from sqlalchemy.orm import defer

from app import postings
from app.api import body
from app.api.blueprints import Blueprint, StrictParser
from app.api.decorators import current_user_id, signed_in
from app.api.job_schemas import (
    POSTING_BODY,
    DeletedJobSchema,
    GivenArguments,
    JobChangeSchema,
    JobPageSchema,
    JobSchema,
    PostingSchema,
)
from app.api.pagination import PageArguments, paginate
from app.errors import InvalidInput
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
        try:
            return {"description": body.receive().decode("utf-8-sig")}
        except UnicodeDecodeError:
            raise InvalidInput("The body is not UTF-8.") from None


class PostingBlueprint(Blueprint):
    """Whose bodies may be postings."""

    ARGUMENTS_PARSER = PostingParser()


blueprint = PostingBlueprint("jobs", __name__, url_prefix="/api/v1/jobs", description="Job postings.")


@blueprint.get("")
@signed_in
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, JobPageSchema)
def list_jobs(query: dict[str, int]) -> dict[str, Any]:
    """List the caller's postings, newest first."""
    mine = select(JobPosting).where(JobPosting.user_profile_id == current_user_id())
    newest_first = mine.options(defer(JobPosting.description), defer(JobPosting.reading)).order_by(
        JobPosting.created_at.desc(), JobPosting.id.desc()
    )
    rows, meta = paginate(newest_first, **query)
    return {"data": rows, "meta": meta}


@blueprint.post("")
@signed_in
@blueprint.arguments(PostingSchema, max_bytes=MAX_BYTES)
@blueprint.arguments(GivenArguments, location="query")
@blueprint.doc(**POSTING_BODY)
@blueprint.response(201, JobSchema)
def create_job(posting: dict[str, Any], given: dict[str, str]) -> JobPosting:
    """Store a posting; what it does not say of itself is asked for."""
    return postings.store_posting(current_user_id(), posting, **given)


@blueprint.get("/<reference:job>")
@signed_in
@blueprint.response(200, JobSchema)
def get_job(job: Reference) -> JobPosting:
    """Show a posting and its parts."""
    return get_owned_job(current_user_id(), job)


@blueprint.put("/<reference:job>")
@signed_in
@blueprint.arguments(PostingSchema, max_bytes=MAX_BYTES)
@blueprint.arguments(GivenArguments, location="query")
@blueprint.doc(**POSTING_BODY)
@blueprint.response(200, JobSchema)
def replace_job(posting: dict[str, Any], given: dict[str, str], job: Reference) -> JobPosting:
    """Replace a posting."""
    return postings.replace_posting(current_user_id(), job, posting, **given)


@blueprint.patch("/<reference:job>")
@signed_in
@blueprint.arguments(JobChangeSchema, max_bytes=MAX_BYTES)
@blueprint.response(200, JobSchema)
def change_job(changes: dict[str, str], job: Reference) -> JobPosting:
    """Change some fields of a posting."""
    return postings.change_posting(current_user_id(), job, **changes)


@blueprint.delete("/<reference:job>")
@signed_in
@blueprint.response(200, DeletedJobSchema)
def delete_job(job: Reference) -> dict[str, Any]:
    """Delete a posting."""
    return {"message": "The posting was deleted.", "id": postings.delete_posting(current_user_id(), job)}
