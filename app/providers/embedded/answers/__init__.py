"""One module an intent: facts and a question in, paragraphs of Markdown out. Pure functions, without clock or rows."""

from typing import Final

from app.providers.base import Manner
from app.providers.embedded.answers.chat import CHAT
from app.providers.embedded.answers.coach import COACH
from app.providers.embedded.answers.courtesy import capabilities, career_change, greeting, thanks, unknown, unsupported
from app.providers.embedded.answers.dates import breaks
from app.providers.embedded.answers.education import education
from app.providers.embedded.answers.entry import entry
from app.providers.embedded.answers.fit import fit, met, missing
from app.providers.embedded.answers.highlight import highlight
from app.providers.embedded.answers.interview import interview
from app.providers.embedded.answers.kinds import Answer
from app.providers.embedded.answers.posting import posting
from app.providers.embedded.answers.rewrite import rewrite
from app.providers.embedded.answers.skill import skill
from app.providers.embedded.answers.summary import summary
from app.providers.embedded.answers.tailor import cut, tailor
from app.providers.embedded.answers.years import years
from app.providers.embedded.intents import Ask, Intent
from app.providers.embedded.reading import Reading
from app.providers.embedded.voice import Voice

TAILOR: Final[dict[Intent, Answer]] = {
    "break": breaks,
    "capabilities": capabilities,
    "change": career_change,
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
    "skill": skill,
    "summary": summary,
    "tailor": tailor,
    "thanks": thanks,
    "unknown": unknown,
    "unsupported": unsupported,
    "years": years,
}
ANSWERS: Final[dict[Manner, dict[Intent, Answer]]] = {"tailor": TAILOR, "chat": CHAT, "coach": COACH}
SHORTENED: Final = ("fit", "rewrite", "summary")
IN_PAGES: Final = ("tailor", "highlight", "missing", "rewrite", "score", "summary", "interview", "posting", "cut")
GIST = 2


def answer(ask: Ask, reading: Reading, voice: Voice, *, is_first: bool) -> str:
    """The whole answer: its paragraphs, and last who speaks, at length in a conversation's first answer only."""
    if ask.page and ask.intent not in IN_PAGES:
        blocks = [voice.say("empty.more", job=voice.job(reading))]
    else:
        blocks = ANSWERS[reading.facts.manner][ask.intent](ask, reading, voice)
    if ask.form == "shorter" and ask.intent not in SHORTENED:
        blocks = blocks[:GIST]
    if ask.intent in ("greeting", "thanks"):
        return "\n\n".join(blocks)
    return "\n\n".join([*blocks, voice.say("signature" if is_first else "signature_short")])
