"""The turns of the resume chat: the first for a posting, and those that follow."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.context.history import HistoryMessage
from app.context.prompt import BuiltPrompt, build_prompt
from app.engine.recipes import RESUME_CHAT
from app.engine.repeats import once
from app.engine.sessions import get_or_draft_for_job, get_owned_session_with_material
from app.engine.turns import AdmittedTurn, Asking, EndedTurn, RequestKey, SessionTaken, admit, limits
from app.errors import Conflict
from app.models import ChatSession, JobPosting, Resume
from app.models.jobs import get_owned_job
from app.models.references import Reference
from app.models.resumes import TO_READ, get_default_resume, get_owned_resume


@dataclass(frozen=True, slots=True, kw_only=True)
class JobBrief:
    """The posting that a session is about."""

    id: int
    title: str
    company: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionBrief:
    """The session that a turn belongs to; `resumed` if it was there before."""

    job: JobBrief
    resumed: bool
    created_at: dt.datetime


def admit_start(
    user_id: int, *, job: Reference, resume: Reference | None, question: str, key: RequestKey | None = None
) -> AdmittedTurn[SessionBrief] | EndedTurn[SessionBrief]:
    """Admit a question about a posting, into the active session for it or a new one.

    A resume named here, when it is another than the session's, is the session's from now on.
    """

    def admit_once_more() -> AdmittedTurn[SessionBrief]:
        try:
            return _admit_start(user_id, job, resume, question, key)
        except SessionTaken:  # somebody else made the session meanwhile: this question continues it
            return _admit_start(user_id, job, resume, question, key)

    return once(user_id, key, SessionBrief, admit_once_more)


def _admit_start(
    user_id: int, job: Reference, resume: Reference | None, question: str, key: RequestKey | None
) -> AdmittedTurn[SessionBrief]:
    posting = get_owned_job(user_id, job)
    session = get_or_draft_for_job(user_id, posting)
    named = resume if resume is not None else session.resume_id
    row = get_default_resume(user_id, *TO_READ) if named is None else get_owned_resume(user_id, named, *TO_READ)
    return _admit(session, row, posting, question, field="question", key=key)


def admit_message(
    user_id: int, session_id: uuid.UUID, question: str, *, key: RequestKey | None = None
) -> AdmittedTurn[SessionBrief] | EndedTurn[SessionBrief]:
    """Admit the next question of a session."""
    return once(user_id, key, SessionBrief, lambda: _admit_message(user_id, session_id, question, key))


def _admit_message(
    user_id: int, session_id: uuid.UUID, question: str, key: RequestKey | None
) -> AdmittedTurn[SessionBrief]:
    session = get_owned_session_with_material(user_id, session_id)
    if session.job is None:
        raise Conflict("The posting of this session was deleted. Its history stays readable; start another session.")
    if session.resume is None:
        raise Conflict("The resume of this session was deleted. Start again with another: POST /api/chat/start.")
    return _admit(session, session.resume, session.job, question, field="message", key=key)


def _admit(
    session: ChatSession, resume: Resume, job: JobPosting, question: str, *, field: str, key: RequestKey | None
) -> AdmittedTurn[SessionBrief]:
    brief = SessionBrief(
        job=JobBrief(id=job.id, title=job.title, company=job.company),
        resumed=session.id is not None,
        created_at=session.created_at,
    )

    def build(history: Sequence[HistoryMessage], facts: bool) -> BuiltPrompt:
        return build_prompt(
            system=RESUME_CHAT.system,
            resume=resume,
            job=job,
            history=history,
            question=question,
            limits=limits(RESUME_CHAT),
            question_field=field,
            manner=RESUME_CHAT.manner if facts else None,
        )

    def remember(built: BuiltPrompt) -> dict[str, Any]:
        """The context as it was when the session, or its resume, was new."""
        if session.resume_id == resume.id:
            return {}
        budget = built.receipt.as_dict()
        shown = {"resume": built.texts[0], "job_description": built.texts[1], "budget": budget}
        return {"resume_id": resume.id, "initial_context": shown}

    asking = Asking(
        recipe=RESUME_CHAT,
        user_id=session.user_profile_id,
        question=question,
        build=build,
        remember=remember,
        about=lambda _: brief,
    )
    return admit(asking, session=session, key=key)
