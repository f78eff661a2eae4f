"""Sessions of the CV builder: found, begun, listed, put away, completed. One untouched for a week has expired."""

import datetime as dt
import uuid
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, select, update
from sqlalchemy.orm import contains_eager, defer, joinedload

from app.cv.data import EMPTY, Data, DocType, progress_of, to_json
from app.errors import Conflict, NotFound
from app.extensions import db
from app.models import ACTIVE_STATES, ChatMessage, ChatSession, ChatSessionMetrics, ChatTurn, CvDraft
from app.models.columns import now

KIND: Final = "cv"
LIFETIME = dt.timedelta(days=7)
GONE = "Chat session not found or expired"
TITLE_LENGTH = 80


def get_owned_cv_session(user_id: int, session_id: uuid.UUID) -> ChatSession:
    """The user's session with its draft and the turn that runs in it, or `NotFound`."""
    mine = select(ChatSession).join(ChatSession.cv).where(_is_live(user_id), ChatSession.id == session_id)
    with_draft = (
        contains_eager(ChatSession.cv),
        joinedload(ChatSession.active_turn),
        defer(ChatSession.initial_context),
    )
    row = db.session.scalar(mine.options(*with_draft))
    if row is None:
        raise NotFound(GONE)
    return row


def draft_cv_session(user_id: int, doc_type: DocType, data: Data, *, title: str) -> ChatSession:
    """A session that is not stored yet; it is with its first message, or by `create_cv_session`."""
    at = now()
    draft = CvDraft(doc_type=doc_type, status="active", data=to_json(data), said={}, asked=[])
    draft.progress = progress_of(data).percent
    shortened = " ".join(title.split())[:TITLE_LENGTH]
    return ChatSession(user_profile_id=user_id, kind=KIND, title=shortened, cv=draft, created_at=at, updated_at=at)


def create_cv_session(user_id: int, doc_type: DocType, data: Data | None = None) -> ChatSession:
    """Store a session in which nothing was said yet."""
    begun = EMPTY[doc_type] if data is None else data
    session = draft_cv_session(user_id, doc_type, begun, title="")
    session.id, session.message_count = uuid.uuid4(), 0
    db.session.add(session)
    db.session.flush()
    db.session.add(ChatSessionMetrics(session_id=session.id))
    db.session.commit()
    return session


def rename(session: ChatSession, title: str) -> ChatSession:
    """Give a session another title, and commit."""
    session.title = title
    db.session.commit()
    return session


def put_away(session: ChatSession) -> None:
    """End a session for good: its id answers no more. A message that is being answered is answered in vain."""
    db.session.execute(update(ChatSession).where(ChatSession.id == session.id).values(is_active=False))
    db.session.commit()


def list_cv_sessions(user_id: int) -> Select[ChatSession]:
    """The user's sessions with their drafts, the latest first; one whose first message has no answer is not listed."""
    mine = select(ChatSession).join(ChatSession.cv).where(_is_live(user_id), ChatSession.message_count != 1)
    without_text = (contains_eager(ChatSession.cv).defer(CvDraft.data), defer(ChatSession.initial_context))
    return mine.options(*without_text).order_by(ChatSession.updated_at.desc(), ChatSession.id)


def list_all_messages(session_id: uuid.UUID) -> list[ChatMessage]:
    """Everything said in a session, oldest first."""
    said = select(ChatMessage).where(ChatMessage.session_id == session_id).order_by(ChatMessage.number)
    return list(db.session.scalars(said))


def latest_questions(session_id: uuid.UUID, count: int) -> list[str]:
    """The user's latest messages, oldest first."""
    said = select(ChatMessage.content).where(ChatMessage.session_id == session_id, ChatMessage.role == "user")
    return list(db.session.scalars(said.order_by(ChatMessage.number.desc()).limit(count)))[::-1]


def complete(session: ChatSession) -> None:
    """Mark a session as completed, in the caller's transaction; raise `Conflict` while a message is being answered."""
    running = select(ChatTurn.id).where(ChatTurn.session_id == session.id, ChatTurn.state.in_(ACTIVE_STATES))
    touched = update(ChatSession).where(ChatSession.id == session.id, ~running.exists()).values(updated_at=now())
    if db.session.execute(touched.returning(ChatSession.id)).first() is None:
        raise Conflict("A message is being answered in this session. Wait for its answer.")
    db.session.execute(update(CvDraft).where(CvDraft.session_id == session.id).values(status="completed"))


def _is_live(user_id: int) -> ColumnElement[bool]:
    mine = and_(ChatSession.user_profile_id == user_id, ChatSession.kind == KIND, ChatSession.is_active)
    return and_(mine, ChatSession.updated_at > now() - LIFETIME)
