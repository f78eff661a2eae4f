"""What the posting says of its interviews, and what in it they could ask about."""

from app.providers.embedded.answers.chat.skill import skill
from app.providers.embedded.answers.chat.standing import standing_row
from app.providers.embedded.answers.interview import mixed
from app.providers.embedded.answers.phrases import nothing_to_hold, page_of
from app.providers.embedded.answers.posting import lines_on
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.voice import Voice, bullets

PAGE, PROCESS = 4, 2


def interview(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The posting's lines on how it chooses people; then the skill that is meant, or what it asks for, with proofs."""
    nothing = nothing_to_hold(reading, voice)
    if nothing:
        return nothing
    ordered = mixed(reading)
    chosen = page_of(ordered, ask.page, PAGE) if not ask.nth else ordered[ask.nth - 1 : ask.nth]
    rows = [standing_row(one, reading, voice) for one in chosen]
    if not rows:
        return [voice.say("empty.more", job=voice.job(reading))]
    if ask.page or ask.nth:
        return [bullets(rows)]
    said = lines_on("process", reading)[:PROCESS]
    if said:
        process = voice.say("chat.interview.process", job=voice.job(reading))
        blocks = [process, bullets(voice.quote(line) for line in said)]
    else:
        blocks = [voice.say("chat.interview.silent", job=voice.job(reading))]
    if ask.terms:
        return [*blocks, *skill(ask, reading, voice)]
    return [*blocks, voice.say("chat.interview.asked"), bullets(rows)]
