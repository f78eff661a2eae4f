"""Years, studies, breaks and changes: the facts, and how to speak of them without hiding or stretching them."""

from app.providers.embedded.answers.coach.moves import best_lines, carrying, place, tell
from app.providers.embedded.answers.dates import break_rows
from app.providers.embedded.answers.education import asked_studies
from app.providers.embedded.answers.education import education as whole_education
from app.providers.embedded.answers.entry import entry as whole_entry
from app.providers.embedded.answers.highlight import concrete_lines
from app.providers.embedded.answers.phrases import nothing_to_hold
from app.providers.embedded.answers.years import years as whole_years
from app.providers.embedded.answers.years import years_short
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.voice import Voice, bullets, numbered

TWO, CARRIED = 2, 3


def years(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The number asked for and the number there is, then what to say instead of arguing about it."""
    blocks = whole_years(ask, reading, voice)
    lines = best_lines(reading, 1)
    if not reading.facts.lines:
        return blocks
    if not reading.years or not lines:
        return [*blocks, voice.say("coach.years.bare" if reading.years else "coach.years.undated")]
    key = "coach.years.short" if years_short(reading) else "coach.years.enough"
    return [*blocks, voice.say(key, line=voice.line(lines[0]))]


def education(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What is asked and held, and how much room to give it."""
    blocks = whole_education(ask, reading, voice)
    lines = best_lines(reading, 1)
    if not reading.facts.lines:
        return blocks
    if not lines:
        return [*blocks, voice.say("coach.education.bare")]
    key = "coach.education.asked" if asked_studies(reading) else "coach.education.free"
    return [*blocks, voice.say(key, line=voice.line(lines[0]))]


def breaks(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What a reader sees in the dates, and the answer to have ready."""
    if not reading.facts.lines:
        return nothing_to_hold(reading, voice)
    rows = break_rows(reading, voice)
    if not rows:
        return [voice.say("break.unknown" if rows is None else "chat.break.none"), voice.say("coach.break.none")]
    steps = [voice.say("coach.break.what"), voice.say("coach.break.used")]
    steps += [voice.say("coach.break.bridge", line=voice.line(line)) for line in best_lines(reading, 1)]
    return [voice.say("chat.break.intro"), bullets(rows), voice.say("coach.break.answer"), numbered(steps)]


def change(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What carries over, and the three sentences that tell a change."""
    strong = carrying(reading)
    if not strong:
        return [*concrete_lines(reading, voice), voice.say("coach.change.alone")]
    rows = [voice.line(one.line) for one in strong[:CARRIED]]
    asked = next((one for one in (*strong[0].met, *strong[0].partly)), None)
    steps = [voice.say("coach.change.why"), voice.say("coach.change.proof")]
    if asked is not None:
        steps.append(voice.say("coach.change.link", requirement=voice.asked(asked)))
    intro = voice.say("coach.change.intro", job=voice.job(reading))
    return [intro, bullets(rows), voice.say("coach.change.tell"), numbered(steps)]


def entry(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The lines of one job or project, and which of them to tell first."""
    blocks = whole_entry(ask, reading, voice)
    told = [strong.line for strong in reading.strongest if strong.line.item == ask.phrase]
    if not told:
        return blocks
    steps = numbered([place(told[0], reading, voice), tell(told[0], voice)])
    return [*blocks[:TWO], voice.say("coach.entry.first", line=voice.quote(told[0].text)), steps]
