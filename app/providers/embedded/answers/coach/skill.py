"""One skill or requirement: whether it is a card to play or a point to prepare, and how."""

from app.providers.base import Requirement
from app.providers.embedded.answers.coach.gaps import open_points, worked_through
from app.providers.embedded.answers.coach.moves import best_lines, place, tell
from app.providers.embedded.answers.phrases import terms_of
from app.providers.embedded.answers.score import adds_alone, gain_of
from app.providers.embedded.answers.skill import SKILLS_ANSWERED
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.subject import Subject
from app.providers.embedded.voice import Voice, numbered
from app.tenure import years_quoted

TERMS = 2


def skill(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What to do with each thing that the question names, three at most."""
    subjects = [Subject(term, ask.question, reading) for term in ask.terms[:SKILLS_ANSWERED]]
    return [
        block
        for subject in subjects or [Subject(ask.phrase, ask.question, reading)]
        for block in _about(subject, reading, voice)
    ]


def _about(subject: Subject, reading: Reading, voice: Voice) -> list[str]:
    term = voice.named([subject.name])
    if not subject.requirements:
        return unasked(subject, term, reading, voice)
    asked = subject.requirements[0]
    level = "must" if asked.must else "nice"
    if subject.shown:
        return _held(subject, asked, term, level, reading, voice)
    if subject.lines:
        opening = voice.say(f"coach.skill.listed_{level}", term=term, requirement=voice.asked(asked))
        steps = [voice.say(f"coach.skill.listed_{step}", term=term) for step in ("write", "else", "prepare")]
        return [opening, numbered(steps)]
    opening = voice.say(f"coach.skill.absent_{level}", term=term, requirement=voice.asked(asked))
    gain = [gain_of(subject, reading, voice)] if adds_alone(subject, reading) else []
    return [
        opening,
        numbered(worked_through(asked, reading, voice, about=subject)),
        *gain,
        *_in_proportion(reading, voice),
    ]


def _held(subject: Subject, asked: Requirement, term: str, level: str, reading: Reading, voice: Voice) -> list[str]:
    """The line to lead with, then the steps: where to put it, how to tell it, what else they will probe."""
    line = subject.deed or subject.shown[0]
    if subject.is_half:
        opening = voice.say("coach.skill.half", term=term, requirement=voice.asked(asked), line=voice.line(line))
        return [opening, numbered(voice.say(f"coach.skill.half_{step}", term=term) for step in ("write", "say"))]
    opening = voice.say(f"coach.skill.held_{level}", term=term, requirement=voice.asked(asked), line=voice.line(line))
    steps = [place(line, reading, voice), tell(line, voice)]
    years = next(filter(None, (years_quoted(one.text) for one in subject.requirements)), "")
    if years:
        steps.append(voice.say("coach.skill.years", term=term, years=voice.quote(years)))
    others = [name for name in terms_of(asked, reading, missing=True) if name.lower() != subject.name.lower()]
    if not others:
        return [opening, numbered(steps)]
    named = voice.named(others[:TERMS])
    steps.append(voice.say("coach.skill.others_do", terms=named))
    return [opening, voice.say("coach.skill.others", terms=named), numbered(steps)]


def unasked(subject: Subject, term: str, reading: Reading, voice: Voice) -> list[str]:
    """What nobody asks for: how little room to give it, and what deserves the time instead."""
    if subject.mentions:
        opening = voice.say("coach.skill.mentioned", term=term, line=voice.quote(subject.mentions[0]))
    else:
        opening = voice.say("coach.skill.unasked", term=term, job=voice.job(reading))
    if subject.shown:
        opening += " " + voice.say("coach.skill.spare", line=voice.line(subject.shown[0]))
    elif not subject.lines:
        opening += " " + voice.say("coach.skill.leave")
    gaps = open_points(reading)
    if gaps:
        return [opening, voice.say("coach.skill.instead", requirement=voice.asked(gaps[0]))]
    instead = (voice.say("coach.skill.instead_lead", line=voice.line(line)) for line in best_lines(reading, 1))
    return [opening, *instead]


def _in_proportion(reading: Reading, voice: Voice) -> list[str]:
    """What the resume shows all the same."""
    shown, core = sum(one in reading.met for one in reading.core), reading.core
    return [voice.say("coach.skill.proportion", count=shown, all=len(core))] if shown and len(core) > 1 else []
