"""The tables, and the ways to look rows up. Nothing else lives here."""

from app.models.accounts import LoginFamily, UserProfile
from app.models.chat import (
    ACTIVE_STATES,
    ChatMessage,
    ChatSession,
    ChatSessionMetrics,
    ChatTurn,
)
from app.models.credits import CreditAccount, CreditEntry, CreditHold
from app.models.documents import CvDraft, Document, DocumentVersion
from app.models.jobs import JobPosting
from app.models.matches import MatchAnalysis
from app.models.provider_keys import ProviderKey
from app.models.resumes import EducationHistory, Project, Resume, Skill, WorkHistory

__all__ = [
    "ACTIVE_STATES",
    "ChatMessage",
    "ChatSession",
    "ChatSessionMetrics",
    "ChatTurn",
    "CreditAccount",
    "CreditEntry",
    "CreditHold",
    "CvDraft",
    "Document",
    "DocumentVersion",
    "EducationHistory",
    "JobPosting",
    "LoginFamily",
    "MatchAnalysis",
    "Project",
    "ProviderKey",
    "Resume",
    "Skill",
    "UserProfile",
    "WorkHistory",
]
