"""What the posting says on a topic, and what to do with it."""

from app.providers.base import Requirement
from app.providers.embedded.answers.coach.gaps import in_short
from app.providers.embedded.answers.coach.interview import nearest
from app.providers.embedded.answers.coach.moves import best_lines
from app.providers.embedded.answers.phrases import page_of, standing, to_check
from app.providers.embedded.answers.posting import rows_on
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.voice import Voice, bullets, numbered

QUOTED, PAGE = 2, 4


def posting(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The posting's lines and the advice that follows from them; where it is silent, how to find out."""
    if ask.topic in ("requirements", "musts"):
        return _requirements(ask, reading, voice)
    if ask.topic == "responsibilities":
        return _duties(ask, reading, voice)
    rows, job = rows_on(ask, reading, voice), voice.job(reading)
    if not rows and ask.page:
        return [voice.say("empty.more", job=job)]
    if not rows:
        return [voice.say(f"chat.silent.{ask.topic}", job=job), voice.say(f"coach.silent.{ask.topic}")]
    blocks = [voice.say(f"posting.{ask.topic}", job=job), bullets(rows[:QUOTED])]
    return blocks if ask.page else [*blocks, *_advice(ask.topic, reading, voice)]


def _advice(topic: str, reading: Reading, voice: Voice) -> list[str]:
    """What to do with what it says; pay is argued for with the strongest line."""
    advice = [voice.say(f"coach.said.{topic}")]
    lines = best_lines(reading, 1) if topic == "salary" else ()
    return advice + [voice.say("coach.said.salary_line", line=voice.line(line)) for line in lines]


def _requirements(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What they insist on, and what to do with each."""
    job = voice.job(reading)
    wanted = reading.core if ask.topic == "musts" else reading.wanted
    if not wanted:
        return [voice.say("chat.silent.requirements", job=job), voice.say("coach.silent.requirements")]
    chosen = page_of(wanted, ask.page, PAGE)
    if not chosen:
        return [voice.say("empty.more", job=job)]
    rows = [_use(one, reading, voice) for one in chosen]
    blocks = [voice.say("coach.said.requirements", job=job), numbered(rows, ask.page * PAGE + 1)]
    if ask.page:
        return blocks
    rest = len(wanted) - PAGE
    more = [voice.say("coach.said.rest", count=rest)] if rest > 0 else []
    return [*blocks, *more, *to_check(reading, voice)]


def _use(requirement: Requirement, reading: Reading, voice: Voice) -> str:
    kind, line = standing(requirement, reading), reading.best(requirement)
    if line is None or kind in ("missing", "partly"):
        return in_short(requirement, reading, voice)
    quoted = voice.own(line.text) if kind == "listed" else voice.line(line)
    return voice.say(f"coach.said.{kind}", requirement=voice.asked(requirement), line=quoted)


def _duties(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The duties, each with the line of the resume that comes near."""
    duties, job = page_of(reading.facts.responsibilities, ask.page, PAGE), voice.job(reading)
    if not duties and ask.page:
        return [voice.say("empty.more", job=job)]
    if not duties:
        return [voice.say("chat.silent.responsibilities", job=job), voice.say("coach.silent.responsibilities")]
    near = sorted(((nearest(duty, reading), duty) for duty in duties), key=lambda pair: pair[0] is None)
    rows = [
        voice.say("coach.said.duty_line", duty=voice.quote(duty), line=voice.line(line)) if line else voice.quote(duty)
        for line, duty in near
    ]
    held = any(line for line, _ in near)
    blocks = [voice.say("coach.said.duties" if held else "posting.responsibilities", job=job), bullets(rows)]
    choose = voice.say("coach.said.duties_choose" if held else "coach.said.duties_none")
    return blocks if ask.page else [*blocks, choose]
