"""Storing postings: from whatever one comes as to its row. The API and the commands store through here alone.

What is returned is whole and detached: a deletion right after the commit cannot take it away from under the response.
"""

from collections.abc import Callable, Mapping
from typing import Any, ParamSpec, TypeVar

from flask import current_app
from sqlalchemy import select

from app import offload
from app.context.readings import store_job_reading
from app.errors import InvalidInput
from app.extensions import db
from app.formats.posting import ParsedPosting, clean_line, read_description, read_posting
from app.models.jobs import JobPosting, get_owned_job
from app.models.references import Reference
from app.tokens import tokenizer_for

Source = str | Mapping[str, Any]
P = ParamSpec("P")
T = TypeVar("T")


def create_job(user_id: int, source: Source, **given: str) -> JobPosting:
    """Store a new posting; `given` and the errors are those of `read_posting`."""
    return create_parsed_job(user_id, _read(source, **given))


def create_parsed_job(user_id: int, posting: ParsedPosting) -> JobPosting:
    """Store a posting that was read before."""
    job = JobPosting(user_profile_id=user_id)
    return _change(job, _columns(posting), is_new=True)


def replace_job(user_id: int, reference: Reference, source: Source, **given: str) -> JobPosting:
    """Put another posting in a row's place; its id stays."""
    parsed = _read(source, **given)
    job = get_owned_job(user_id, reference)
    return _change(job, _columns(parsed))


def change_job(user_id: int, reference: Reference, **changes: str) -> JobPosting:
    """Change some fields of a posting; a description may be text, Markdown or HTML."""
    values = {
        name: _without_a_connection(read_description, value) if name == "description" else clean_line(value)
        for name, value in changes.items()
    }
    empty = [name for name in ("title", "company") if values.get(name) == ""]
    if empty:
        raise InvalidInput(fields={name: ["Must not be empty."] for name in empty})
    return _change(get_owned_job(user_id, reference), values)


def delete_job(user_id: int, reference: Reference) -> int:
    """Delete a posting and return its id."""
    job = get_owned_job(user_id, reference)
    job_id = job.id
    db.session.delete(job)
    db.session.commit()
    return job_id


def get_same_job(user_id: int, posting: ParsedPosting) -> JobPosting | None:
    """The user's posting that says the very same, if it is stored already."""
    same = [getattr(JobPosting, name) == value for name, value in _columns(posting).items()]
    return db.session.scalars(select(JobPosting).where(JobPosting.user_profile_id == user_id, *same).limit(1)).first()


def _read(source: Source, **given: str) -> ParsedPosting:
    return _without_a_connection(read_posting, source, **given)


def _without_a_connection(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Read a text in its native thread, where requests wait for each other: none holds a connection meanwhile."""
    db.session.rollback()
    return offload.run("document", function, *args, **kwargs)


def _columns(posting: ParsedPosting) -> dict[str, str]:
    return {name: getattr(posting, name) for name in ("title", "company", "location", "url", "description")}


def _change(job: JobPosting, values: Mapping[str, str], *, is_new: bool = False) -> JobPosting:
    for name, value in values.items():
        setattr(job, name, value)
    if "description" in values:
        store_job_reading(job, tokenizer_for(current_app.config["CHAT_MODEL"]))
    if is_new:
        db.session.add(job)
    db.session.flush()
    db.session.expunge(job)
    db.session.commit()
    return job
