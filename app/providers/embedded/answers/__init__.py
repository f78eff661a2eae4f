"""One module an intent: facts and a question in, paragraphs of Markdown out. Pure functions, without clock or rows."""

from collections.abc import Callable
from typing import Final

from app.providers.embedded.answers.courtesy import capabilities, greeting, thanks, unknown, unsupported
from app.providers.embedded.answers.entry import entry
from app.providers.embedded.answers.fit import fit, missing
from app.providers.embedded.answers.highlight import highlight
from app.providers.embedded.answers.interview import interview
from app.providers.embedded.answers.posting import posting
from app.providers.embedded.answers.rewrite import rewrite
from app.providers.embedded.answers.skill import skill
from app.providers.embedded.answers.summary import summary
from app.providers.embedded.answers.tailor import cut, tailor
from app.providers.embedded.answers.years import years
from app.providers.embedded.intents import Ask, Intent
from app.providers.embedded.reading import Reading
from app.providers.embedded.voice import Voice

Answer = Callable[[Ask, Reading, Voice], list[str]]
ANSWERS: Final[dict[Intent, Answer]] = {
    "capabilities": capabilities,
    "cut": cut,
    "entry": entry,
    "fit": fit,
    "greeting": greeting,
    "highlight": highlight,
    "interview": interview,
    "missing": missing,
    "posting": posting,
    "rewrite": rewrite,
    "skill": skill,
    "summary": summary,
    "tailor": tailor,
    "thanks": thanks,
    "unknown": unknown,
    "unsupported": unsupported,
    "years": years,
}


def answer(ask: Ask, reading: Reading, voice: Voice) -> str:
    """The whole answer: its paragraphs, and last who speaks."""
    return "\n\n".join([*ANSWERS[ask.intent](ask, reading, voice), voice.say("signature")])
