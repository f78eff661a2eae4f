"""How many years: those that the posting asks for, that the dates of the jobs show, and that the summary states."""

from app.providers.embedded.answers.phrases import nothing_to_hold
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.voice import Voice, bullets
from app.tenure import years_asked, years_quoted


def own_years(reading: Reading) -> str:
    """How the headline or the summary counts its years ("14 years"); empty where it doesn't."""
    return years_quoted(reading.facts.headline) or years_quoted(reading.facts.summary)


def years_compared(reading: Reading, voice: Voice, *, advice: bool = True) -> list[str]:
    """Where the posting counts years: what it asks, what the dates add up to, and unless told otherwise the advice."""
    asked = _most_asked(reading)
    if not asked or not reading.years:
        return []
    if not advice:
        return [voice.count("years.compared", reading.years, asked=voice.quote(asked))]
    stated = own_years(reading)
    key = "years.short" if reading.years < _least(asked) else "years.stated" if stated else "years.enough"
    return [voice.count(key, reading.years, asked=voice.quote(asked), own=voice.quote(stated))]


def years(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What the posting says of years, and the years of the resume with the jobs that they are counted from."""
    if not reading.facts.lines:
        return nothing_to_hold(reading, voice)
    asked = [one for one in reading.wanted if years_asked(one.text)]
    if asked:
        blocks = [voice.say("years.asked", job=voice.job(reading)), bullets(voice.asked(one) for one in asked)]
    else:
        blocks = [voice.say("years.not_asked", job=voice.job(reading))]
    if not reading.years:
        return [*blocks, voice.say("years.unknown")]
    items = dict.fromkeys(line.item for line in reading.facts.lines if line.section == "work" and line.item)
    blocks += [voice.count("years.total", reading.years), bullets(items)]
    stated = own_years(reading)
    if stated and _least(stated) != reading.years:
        blocks.append(voice.say("years.own", own=voice.quote(stated)))
    enough = reading.years >= _least(_most_asked(reading)) if asked else None
    if enough is not None:
        blocks.append(voice.say("years.in_all_enough" if enough else "years.in_all_short"))
    return blocks


def years_short(reading: Reading) -> bool:
    """Whether the dates show fewer years than the posting asks for."""
    return reading.years < _least(_most_asked(reading))


def _most_asked(reading: Reading) -> str:
    """The greatest number of years that any requirement asks for, in its words."""
    return max((years_quoted(one.text) for one in reading.core), key=_least, default="")


def _least(words: str) -> int:
    return years_asked(words) or 0
