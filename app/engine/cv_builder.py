"""The turns of the CV builder: a message is answered, and what it tells becomes part of a CV or a letter.

Whoever answers, a model or the built-in assistant, gives a reply and a patch. Of the patch is kept what the user's own
words hold, in the transaction that stores the reply.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from flask import current_app
from sqlalchemy import update

from app import offload
from app.context.draft import build_draft_prompt
from app.context.history import HistoryMessage
from app.context.readings import read_resume
from app.context.request import BuiltPrompt
from app.cv.answer import Answer, load
from app.cv.changes import Add, Change, Put, Remove, Set
from app.cv.data import EMPTY, Data, DocType, from_json, progress_of, to_json
from app.cv.lead import next_question
from app.cv.patch import apply
from app.cv.truth import judge
from app.engine.cv_sessions import draft_cv_session, get_owned_cv_session, latest_questions
from app.engine.generation import Outcome, Store
from app.engine.recipes import COVER_LETTER, CV_BUILDER, Recipe
from app.engine.repeats import once
from app.engine.turns import AdmittedTurn, Asking, EndedTurn, RequestKey, admit, limits
from app.errors import Conflict, NotFound
from app.extensions import db
from app.models import ChatSession, CvDraft
from app.models.resumes import TO_READ, get_default_resume
from app.providers.base import Draft
from app.tokens import tokenizer_for

RECIPES: Final[dict[DocType, Recipe]] = {"cv": CV_BUILDER, "cover_letter": COVER_LETTER}
REMEMBERED = 40  # of the user's messages, whose words hold what is told
COMPLETED = "This session is completed. Start another one to change its document, or to make a new one."


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftBrief:
    """What a message's answer says besides: which document the session makes."""

    doc_type: DocType


def admit_start(
    user_id: int, *, doc_type: DocType, message: str, data: Data | None = None, key: RequestKey | None = None
) -> AdmittedTurn[DraftBrief] | EndedTurn[DraftBrief]:
    """Admit the first message of a new session; `data` is what it begins with."""
    begun = EMPTY[doc_type] if data is None else data

    def start() -> AdmittedTurn[DraftBrief]:
        return _admit(draft_cv_session(user_id, doc_type, begun, title=message), message, "initial_message", key)

    return once(user_id, key, DraftBrief, start)


def admit_message(
    user_id: int, session_id: uuid.UUID, message: str, *, key: RequestKey | None = None
) -> AdmittedTurn[DraftBrief] | EndedTurn[DraftBrief]:
    """Admit the next message of a session; raise `Conflict` for a completed one."""

    def send() -> AdmittedTurn[DraftBrief]:
        return _admit(get_owned_cv_session(user_id, session_id), message, "message", key)

    return once(user_id, key, DraftBrief, send)


def state_of(data: Data) -> dict[str, Any]:
    """What every answer of the CV builder says of its document."""
    progress = progress_of(data)
    return {
        "cv_data": to_json(data),
        "progress": progress.percent,
        "is_complete": progress.is_complete,
        "fields_collected": list(progress.collected),
        "missing_fields": list(progress.missing),
    }


def _admit(session: ChatSession, message: str, field: str, key: RequestKey | None) -> AdmittedTurn[DraftBrief]:
    row = session.cv
    if row.status != "active":
        raise Conflict(COMPLETED)
    draft, before = _draft(session, row, message), dict(row.said)
    recipe = RECIPES[draft.doc_type]

    def build(history: Sequence[HistoryMessage], _facts: bool) -> BuiltPrompt:
        return build_draft_prompt(
            system=recipe.system, draft=draft, history=history, limits=limits(recipe), question_field=field
        )

    asking = Asking(
        recipe=recipe,
        user_id=session.user_profile_id,
        question=message,
        build=build,
        about=lambda _: DraftBrief(doc_type=draft.doc_type),
        keep=partial(_keep, draft, before),
    )
    return admit(asking, session=session, key=key)


def _draft(session: ChatSession, row: CvDraft, message: str) -> Draft:
    doc_type: DocType = "cv" if row.doc_type == "cv" else "cover_letter"
    said = latest_questions(session.id, REMEMBERED) if session.id is not None else []
    return Draft(
        doc_type=doc_type,
        data=from_json(doc_type, row.data),
        message=message,
        said=(*said, message),
        asked=row.asked[-1] if row.asked else "",
        asked_before=tuple(row.asked),
        resume_lines=_resume_lines(session.user_profile_id) if doc_type == "cover_letter" else (),
    )


def _resume_lines(user_id: int) -> tuple[str, ...]:
    """The lines of the default resume, which may prove what a letter says; none without one."""
    try:
        resume = get_default_resume(user_id, *TO_READ)
    except NotFound:
        return ()
    return tuple(line.text for line in read_resume(resume, tokenizer_for(current_app.config["CHAT_MODEL"])).lines())


def _keep(draft: Draft, before: Mapping[str, str], outcome: Outcome) -> Store:
    """Work out what the user's words hold of the answer's patch, in a native thread; `before` was polished earlier."""
    values, told = offload.run("encode", _worked_out, draft, before, outcome)

    def store(session_id: uuid.UUID | None) -> Mapping[str, Any]:
        active = (CvDraft.session_id == session_id, CvDraft.status == "active")
        db.session.execute(update(CvDraft).where(*active).values(**values))
        return told

    return store


def _worked_out(draft: Draft, before: Mapping[str, str], outcome: Outcome) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns of the draft after this answer, and what is said of it."""
    answer = _answer(draft.doc_type, outcome)
    kept = judge(answer.patch, draft.said, data=draft.data, known=draft.resume_lines, polished=answer.polished)
    data = apply(draft.data, kept.patch)
    topic = next_question(data, asked_before=draft.asked_before)
    values = {
        "data": to_json(data),
        "progress": progress_of(data).percent,
        "said": {**before, **kept.said},
        "asked": [*draft.asked_before, *([topic.path] if topic else [])],
    }
    left_out = [text for change in kept.refused for text in _told(change)]
    return values, state_of(data) | {"changed": data != draft.data, "left_out": left_out}


def _told(change: Change) -> Iterator[str]:
    """A change that the user's words do not hold, as texts with their paths."""
    match change:
        case Set():
            yield f"{change.path}: {change.value}"
        case Add():
            yield from (f"{change.path}: {value}" for value in change.values)
        case Put():
            yield from (f"{change.section}.{name}: {value}" for name, value in change.values.items())
            yield from (f"{change.section}.{name}: {one}" for name, texts in change.lists.items() for one in texts)
        case Remove():
            yield f"{change.path}: (remove) {change.which}".rstrip()


def _answer(doc_type: DocType, outcome: Outcome) -> Answer:
    """The answer as one value; one without a patch that can be read is a reply, and changes nothing."""
    try:
        return load(doc_type, outcome.finish.data if outcome.finish else None)
    except ValueError:
        return Answer(reply=outcome.text, patch=())
