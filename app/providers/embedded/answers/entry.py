"""One job or project of the resume: its lines, and what each answers."""

from app.providers.base import Line
from app.providers.embedded.answers.phrases import what_it_shows
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading, Strong
from app.providers.embedded.voice import Voice, bullets
from app.providers.lines import is_header

MOST = 5


def entry(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The lines of the entry, those that answer a requirement first."""
    lines = [line for line in reading.facts.lines if line.item == ask.phrase and not is_header(line)]
    if not lines:
        return [voice.say("entry.bare", item=voice.quote(ask.phrase))]
    told = {strong.line: strong for strong in reading.strongest}
    rows = [_row(line, told, voice) for line in sorted(lines, key=lambda line: line not in told)]
    advice = "entry.relevant" if any(line in told for line in lines) else "entry.idle"
    return [
        voice.say("entry.intro", item=ask.phrase),
        bullets(rows[:MOST]),
        voice.say(advice, job=voice.job(reading)),
    ]


def _row(line: Line, told: dict[Line, Strong], voice: Voice) -> str:
    quoted = voice.own(line.text)
    return f"{quoted}\n  {what_it_shows(told[line], voice)}" if line in told else quoted
