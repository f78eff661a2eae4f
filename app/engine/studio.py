"""The turns of the studio: one paid answer about a posting, as `chat` or as `coach`.

The conversation is the client's: it comes with each question, is as little to be trusted as a posting, and is not kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from flask import current_app

from app import offload
from app.context.analysis import analysis_section
from app.context.budget import Section
from app.context.facts import match_of
from app.context.history import HistoryMessage, Said, count_messages
from app.context.prompt import BuiltPrompt, build_prompt
from app.context.suggestions import suggest
from app.engine.recipes import STUDIO_CHAT, STUDIO_COACH, Recipe
from app.engine.repeats import once
from app.engine.turns import AdmittedTurn, Asking, EndedTurn, RequestKey, admit, limits
from app.extensions import db
from app.match import fresh_match
from app.models import MatchAnalysis
from app.models.jobs import get_owned_job
from app.models.references import Reference
from app.models.resumes import TO_READ, get_default_resume, get_owned_resume
from app.tokens import Tokenizer, tokenizer_for

ContextType = Literal["chat", "coach"]
RECIPES: Final[dict[ContextType, Recipe]] = {"chat": STUDIO_CHAT, "coach": STUDIO_COACH}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a user asks about a posting: `history` is the conversation so far, oldest first, as the client has it."""

    message: str
    history: Sequence[Said]
    context_type: ContextType


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What comes with an answer: questions that could be asked next."""

    suggestions: tuple[str, ...]


def admit_question(
    user_id: int, question: Question, *, job: Reference, resume: Reference | None, key: RequestKey | None = None
) -> AdmittedTurn[Advice] | EndedTurn[Advice]:
    """Admit a question about a posting, and hold its price; without `resume` the default resume is meant."""
    return once(user_id, key, Advice, lambda: _admit(user_id, question, job, resume, key))


def _admit(
    user_id: int, question: Question, job: Reference, resume: Reference | None, key: RequestKey | None
) -> AdmittedTurn[Advice]:
    tokenizer = tokenizer_for(current_app.config["CHAT_MODEL"])
    said = _counted(question.history, tokenizer)
    posting = get_owned_job(user_id, job)
    row = get_default_resume(user_id, *TO_READ) if resume is None else get_owned_resume(user_id, resume, *TO_READ)
    recipe = RECIPES[question.context_type]

    def build(_history: Sequence[HistoryMessage], _facts: bool) -> BuiltPrompt:
        match = fresh_match(row, posting)
        return build_prompt(
            system=recipe.system,
            resume=row,
            job=posting,
            history=said,
            question=question.message,
            limits=limits(recipe),
            analysis=_analysis(match) if question.context_type == "coach" else None,
            match=match_of(match.result) if match else None,
            manner=recipe.manner,  # the suggestions are made of facts, whichever provider answers
        )

    asking = Asking(
        recipe=recipe,
        user_id=user_id,
        question=question.message,
        build=build,
        about=lambda built: _advice(built, question),
    )
    return admit(asking, key=key)


def _counted(said: Sequence[Said], tokenizer: Tokenizer) -> list[HistoryMessage]:
    """The client's conversation, counted in a native thread; no connection is held while it waits for others there."""
    if not said:
        return []
    db.session.rollback()
    return offload.run("encode", count_messages, said, tokenizer)


def _analysis(match: MatchAnalysis | None) -> Section | None:
    """The match of the two as the prompt tells it, if it was computed from what they are now."""
    if match is None:
        return None
    return analysis_section(match.result, tokenizer_for(current_app.config["CHAT_MODEL"]))


def _advice(built: BuiltPrompt, question: Question) -> Advice:
    facts = built.prompt.facts
    asked = [content for role, content in question.history if role == "user"]
    return Advice(suggestions=suggest(facts, asked=[*asked, question.message]) if facts else ())
