"""The score of the match, and by how much each gap would raise it."""

from app.providers.embedded.answers.fit import counted
from app.providers.embedded.answers.phrases import nothing_to_hold, page_of
from app.providers.embedded.answers.score import gains, gains_of_skills, score_line
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.voice import Voice, bullets

PAGE = 5


def score(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The score and what would raise it most; without one, the count that stands in for it."""
    if reading.facts.match is None:
        return [score_line(reading, voice), *(nothing_to_hold(reading, voice) or [counted(reading, voice)])]
    if ask.terms:
        return [score_line(reading, voice), *gains_of_skills(ask, reading, voice)]
    raising = gains(reading)
    chosen = page_of(raising, ask.page, PAGE)
    if ask.page and not chosen:
        return [voice.say("empty.more", job=voice.job(reading))]
    rows = [voice.count("match.row", reading.gain(one), requirement=voice.asked(one)) for one in chosen]
    rest = len(raising) - (ask.page + 1) * PAGE
    if rest > 0:
        rows.append(voice.say("fit.rest", count=rest))
    if ask.page:
        return [bullets(rows)]
    said = [voice.say("match.gains"), bullets(rows)] if rows else [voice.say("match.full")]
    return [score_line(reading, voice), *said]
