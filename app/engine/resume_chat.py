"""The turns of the resume chat: the first for a posting, and those that follow."""

import uuid

from app.engine.recipes import RESUME_CHAT
from app.engine.sessions import get_or_draft_for_job, get_owned_session_with_material
from app.engine.turns import SessionTaken, Turn, admit
from app.errors import Conflict
from app.models.jobs import get_owned_job
from app.models.references import Reference
from app.models.resumes import get_default_resume, get_owned_resume


def admit_start(user_id: int, *, job: Reference, resume: Reference | None, question: str) -> Turn:
    """Admit a question about a posting, into the active session for it or a new one.

    A resume named here, when it is another than the session's, is the session's from now on.
    """
    try:
        return _admit_start(user_id, job, resume, question)
    except SessionTaken:  # somebody else made the session meanwhile: this question continues it
        return _admit_start(user_id, job, resume, question)


def _admit_start(user_id: int, job: Reference, resume: Reference | None, question: str) -> Turn:
    posting = get_owned_job(user_id, job)
    session = get_or_draft_for_job(user_id, posting)
    named = resume if resume is not None else session.resume_id
    row = get_default_resume(user_id) if named is None else get_owned_resume(user_id, named)
    return admit(recipe=RESUME_CHAT, session=session, resume=row, job=posting, question=question)


def admit_message(user_id: int, session_id: uuid.UUID, question: str) -> Turn:
    """Admit the next question of a session."""
    session = get_owned_session_with_material(user_id, session_id)
    if session.job is None:
        raise Conflict("The posting of this session was deleted. Its history stays readable; start another session.")
    if session.resume is None:
        raise Conflict("The resume of this session was deleted. Start again with another: POST /api/chat/start.")
    return admit(recipe=RESUME_CHAT, session=session, resume=session.resume, job=session.job, question=question)
