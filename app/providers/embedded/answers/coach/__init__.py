"""Answers to whoever wants a strategy: what to lead with, what to do about a gap, what comes next."""

from typing import Final

from app.providers.embedded.answers.coach.courtesy import capabilities, greeting, thanks, unknown, unsupported
from app.providers.embedded.answers.coach.gaps import missing, score
from app.providers.embedded.answers.coach.interview import interview
from app.providers.embedded.answers.coach.plan import fit, tailor
from app.providers.embedded.answers.coach.posting import posting
from app.providers.embedded.answers.coach.skill import skill
from app.providers.embedded.answers.coach.story import breaks, change, education, entry, years
from app.providers.embedded.answers.coach.strengths import cut, highlight, met, rewrite, summary
from app.providers.embedded.answers.kinds import Answer
from app.providers.embedded.intents import Intent

COACH: Final[dict[Intent, Answer]] = {
    "break": breaks,
    "capabilities": capabilities,
    "change": change,
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
    "tailor": tailor,
    "thanks": thanks,
    "unknown": unknown,
    "unsupported": unsupported,
    "years": years,
}
