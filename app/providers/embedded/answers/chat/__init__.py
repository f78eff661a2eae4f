"""Answers to whoever wants facts: what the posting says, where the resume stands, and nothing besides."""

from typing import Final

from app.providers.embedded.answers.chat.courtesy import capabilities, carried, greeting, thanks, unknown, unsupported
from app.providers.embedded.answers.chat.interview import interview
from app.providers.embedded.answers.chat.material import breaks, cut, entry, highlight, rewrite, summary
from app.providers.embedded.answers.chat.posting import posting
from app.providers.embedded.answers.chat.score import score
from app.providers.embedded.answers.chat.skill import skill
from app.providers.embedded.answers.chat.standing import compared, fit, missing
from app.providers.embedded.answers.education import education
from app.providers.embedded.answers.fit import met
from app.providers.embedded.answers.kinds import Answer
from app.providers.embedded.answers.years import years
from app.providers.embedded.intents import Intent

CHAT: Final[dict[Intent, Answer]] = {
    "break": breaks,
    "capabilities": capabilities,
    "change": carried,
    "cut": cut,
    "education": education,
    "entry": entry,
    "fit": fit,
    "greeting": greeting,
    "highlight": highlight,
    "interview": interview,
    "met": met,
    "missing": missing,
    "posting": posting,
    "rewrite": rewrite,
    "score": score,
    "skill": skill,
    "summary": summary,
    "tailor": compared,
    "thanks": thanks,
    "unknown": unknown,
    "unsupported": unsupported,
    "years": years,
}
