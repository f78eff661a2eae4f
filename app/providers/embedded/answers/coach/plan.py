"""The application as steps: whether and how to apply, and what to do with the resume for it."""

from app.providers.embedded.answers.coach.gaps import open_points, worked_through
from app.providers.embedded.answers.coach.moves import carrying, footing, lead, leading_requirement, place, unmeasured
from app.providers.embedded.answers.phrases import to_check
from app.providers.embedded.answers.score import known_score
from app.providers.embedded.answers.tailor import headline_beside, renamings
from app.providers.embedded.answers.years import years_compared
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.voice import Voice, numbered

TERMS = 3


def fit(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """Where the person stands, what carries the application, what to settle, and the next steps in their order."""
    nothing = unmeasured(reading, voice)
    if nothing:
        return nothing
    blocks = [footing(reading, voice), *known_score(reading, voice), lead(reading, voice)]
    gaps = open_points(reading)
    if ask.again or ask.form == "shorter":
        return blocks
    if gaps:
        first = worked_through(gaps[0], reading, voice)
        blocks.append(voice.say("coach.fit.settle", requirement=voice.asked(gaps[0]), advice=first[-1]))
    steps = [
        *_place(reading, voice),
        *_show(reading, voice),
        *_gap(reading, voice),
        *_message(reading, voice),
        _interview(reading, voice),
    ]
    blocks += [voice.say("coach.fit.steps"), numbered(steps), *to_check(reading, voice)]
    return [*blocks, *years_compared(reading, voice)]


def tailor(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What to do with the resume, in the order in which it pays."""
    nothing = unmeasured(reading, voice)
    if nothing:
        return nothing
    if ask.page:
        return [voice.say("empty.more", job=voice.job(reading))]
    steps = [*_place(reading, voice), *_show(reading, voice), *renamings(reading, voice), *_summary(reading, voice)]
    steps += [*_gap(reading, voice), *_message(reading, voice)]
    blocks = [footing(reading, voice), lead(reading, voice), voice.say("coach.tailor.steps"), numbered(steps)]
    if reading.suspects:
        blocks.append(voice.say("tailor.suspects"))
    return [*blocks, *to_check(reading, voice)]


def _place(reading: Reading, voice: Voice) -> list[str]:
    return [place(one.line, reading, voice, of="step") for one in carrying(reading)[:1]]


def _show(reading: Reading, voice: Voice) -> list[str]:
    terms = reading.listed_terms[:TERMS]
    return [voice.count("coach.step.show", len(terms), terms=voice.listed(terms))] if terms else []


def _summary(reading: Reading, voice: Voice) -> list[str]:
    beside = headline_beside(reading, voice)
    if beside:
        return beside
    terms = reading.shown_terms[:TERMS]
    return [voice.say("coach.step.summary", terms=voice.listed(terms))] if terms else []


def _gap(reading: Reading, voice: Voice) -> list[str]:
    gaps = open_points(reading)
    return [voice.say("coach.step.gap", requirement=voice.asked(gaps[0]))] if gaps else []


def _message(reading: Reading, voice: Voice) -> list[str]:
    asked = leading_requirement(reading)
    return [voice.say("coach.step.message", requirement=voice.asked(asked))] if asked else []


def _interview(reading: Reading, voice: Voice) -> str:
    gaps = open_points(reading)
    return voice.say("coach.step.interview_gap" if gaps else "coach.step.interview")
