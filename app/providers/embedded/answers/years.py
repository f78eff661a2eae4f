"""How many years, by the dates of the jobs."""

import re

from app.providers.embedded.answers.phrases import SHORT
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.voice import Voice, bullets

YEARS_ASKED = re.compile(r"\d+\s*\+?\s*(?:(?:to|-|–|à)\s*\d+\s*)?(?:years?|ans|années)", re.IGNORECASE)


def years_compared(reading: Reading, voice: Voice) -> list[str]:
    """Where the posting counts years: what it asks, and what the dates add up to."""
    found = (YEARS_ASKED.search(one.text) for one in reading.core)
    asked = next((match.group() for match in found if match), "")
    if not asked or not reading.years:
        return []
    least = int(re.match(r"\d+", asked)[0])  # type: ignore[index]
    key = "fit.years_enough" if reading.years >= least else "fit.years_short"
    return [voice.say(key, asked=voice.quote(asked), years=reading.years)]


def years(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The years, the jobs they are counted from, and what the posting says of years."""
    items = list(dict.fromkeys(line.item for line in reading.facts.lines if line.section == "work" and line.item))
    if not reading.years:
        return [voice.say("years.unknown")]
    asked = [one for one in reading.wanted if YEARS_ASKED.search(one.text)]
    blocks = [voice.say("years.total", years=reading.years), bullets(items)]
    if asked:
        blocks.append(voice.say("years.asked", requirement=voice.quote(asked[0].text, SHORT)))
    return [*blocks, voice.say("years.caution")]
