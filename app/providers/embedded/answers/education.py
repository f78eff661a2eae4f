"""What the posting asks of education, and what the resume has."""

from app.providers.base import Requirement
from app.providers.embedded.answers.phrases import nothing_to_hold
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.text import fold, pattern
from app.providers.embedded.voice import Voice, bullets
from app.providers.lines import is_header

DEGREE = (
    "degree|degrees|bachelor|bachelors|bachelor s|master s|masters|phd|ph.d|doctorate|diploma|mba|graduate|education"
    "|diplome*|licence en|master en|baccalaureat|bac|doctorat|etudes"
)
LISTED = 4


def education(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The requirements on degrees with their verdicts, and the studies that the resume names."""
    if not reading.facts.lines:
        return nothing_to_hold(reading, voice)
    asked = asked_studies(reading)
    if asked:
        blocks = [voice.say("education.asked"), bullets(_row(one, voice) for one in asked)]
    else:
        blocks = [voice.say("education.not_asked", job=voice.job(reading))]
    studies = [line for line in reading.facts.lines if line.section == "education" and is_header(line)]
    studies = studies or [line for line in reading.facts.lines if line.section == "education"]
    if not studies:
        return [*blocks, voice.say("education.none")]
    return [*blocks, voice.say("education.yours"), bullets(voice.quote(line.text) for line in studies[:LISTED])]


def asked_studies(reading: Reading) -> list[Requirement]:
    """What the posting asks for that names a degree."""
    return [one for one in reading.wanted if pattern(DEGREE).search(fold(one.text))]


def _row(requirement: Requirement, voice: Voice) -> str:
    return voice.asked(requirement) + " " + voice.say(f"posting.verdict_{requirement.verdict}")
