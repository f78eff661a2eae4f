"""Preparing for the interview: the story to begin with, the point they will probe, the work they will talk about."""

from collections.abc import Sequence

from app import vocabulary
from app.providers.base import Line, Requirement
from app.providers.embedded.answers.coach.gaps import lacks_years, open_points, worked_through
from app.providers.embedded.answers.coach.moves import best_lines, carrying, tell
from app.providers.embedded.answers.coach.skill import unasked
from app.providers.embedded.answers.interview import interview as likely_questions
from app.providers.embedded.answers.interview import story
from app.providers.embedded.answers.phrases import nothing_to_hold, terms_of
from app.providers.embedded.answers.skill import SKILLS_ANSWERED
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading, tells_a_deed
from app.providers.embedded.subject import Subject
from app.providers.embedded.text import fold, holds
from app.providers.embedded.voice import Voice, numbered

LEAST_SHARED, REST = 2, 3


def interview(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """Three things to prepare in this order; about one skill or duty, that; asked on, the questions to expect."""
    nothing = nothing_to_hold(reading, voice)
    if nothing and not reading.facts.lines:
        return nothing
    if ask.page or ask.nth:
        return likely_questions(ask, reading, voice)
    duty = next((one for one in reading.facts.responsibilities if ask.quoted and fold(ask.quoted) in fold(one)), "")
    if duty:
        return [voice.say("coach.interview.one"), numbered(_work(duty, reading, voice))]
    subjects = [Subject(term, ask.question, reading) for term in ask.terms[:SKILLS_ANSWERED]]
    known = [one for one in subjects if one.requirements or one.lines or one.mentions]
    if known:
        return [block for subject in known for block in _about_skill(subject, reading, voice)]
    about = [one for one in reading.wanted if holds(fold(one.text), ask.quoted)]
    if about:
        return _about_one(about[0], reading, voice)
    nothing += [voice.say("skill.neither", term=voice.named([one.name])) for one in subjects]
    steps = [*_opening(reading, voice), *_gap(reading, voice)]
    steps += [" ".join(_work(duty, reading, voice)) for duty in reading.facts.responsibilities[:1]]
    intro = voice.say("coach.interview.intro", job=voice.job(reading))
    closing = "coach.interview.aloud_duties" if len(reading.facts.responsibilities) > 1 else "coach.interview.aloud"
    return [*nothing, intro, numbered(steps), voice.say(closing)]


def _opening(reading: Reading, voice: Voice) -> list[str]:
    """The story to begin with, from the line that answers most."""
    for line in best_lines(reading, 1):
        asked = next((one for strong in carrying(reading)[:1] for one in (*strong.met, *strong.partly)), None)
        if asked is None:
            return [
                voice.say("coach.interview.story_plain", line=voice.line(line)) + " " + tell(line, voice, how="plain")
            ]
        deed = line if line.section in ("work", "projects") else story(asked, reading) or line
        told = voice.say("coach.interview.story", line=voice.line(deed), requirement=voice.asked(asked))
        return [told + " " + tell(deed, voice, how="plain")]
    return [voice.say("coach.interview.no_story")]


def _gap(reading: Reading, voice: Voice) -> list[str]:
    gaps = open_points(reading)
    if not gaps:
        return []
    advice = worked_through(gaps[0], reading, voice)[-1]
    return [voice.say("coach.interview.gap", requirement=voice.asked(gaps[0]), advice=advice)]


def _work(duty: str, reading: Reading, voice: Voice) -> list[str]:
    """A duty, what of the resume to think it through with, and what to ask them."""
    near = nearest(duty, reading)
    steps = [voice.say("coach.interview.duty", duty=voice.quote(duty))]
    key = "coach.interview.duty_line" if near else "coach.interview.duty_new"
    return [*steps, voice.say(key, line=voice.line(near) if near else ""), voice.say("coach.interview.duty_ask")]


def _about_one(requirement: Requirement, reading: Reading, voice: Voice) -> list[str]:
    line = story(requirement, reading)
    opening = voice.say("coach.interview.expect", requirement=voice.asked(requirement))
    if requirement.verdict == "missing" or line is None:
        return [opening, numbered(worked_through(requirement, reading, voice))]
    steps = [voice.say("coach.interview.answer", line=voice.line(line)), tell(line, voice, how="plain")]
    steps += _rest(terms_of(requirement, reading, missing=True), voice)
    if lacks_years(requirement):
        steps.append(voice.say("coach.interview.rest_years"))
    return [opening, numbered([*steps, voice.say("coach.interview.stop")])]


def _about_skill(subject: Subject, reading: Reading, voice: Voice) -> list[str]:
    """One skill: the deed to answer with, or what to do where no line shows one; and what they may go on to."""
    term = voice.named([subject.name])
    if not subject.requirements:
        return unasked(subject, term, reading, voice)
    asked = subject.requirements[0]
    opening = voice.say("coach.interview.expect_on", term=term, requirement=voice.asked(asked))
    if not subject.lines:
        return [opening, numbered(worked_through(asked, reading, voice, about=subject))]
    if subject.deed:
        line = voice.line(subject.deed)
        steps = [voice.say("coach.interview.answer_on", term=term, line=line), tell(subject.deed, voice, how="plain")]
    else:
        line = voice.line((subject.shown or subject.lines)[0])
        steps = [voice.say(f"coach.interview.{'named' if subject.shown else 'listed'}", term=term, line=line)]
        steps.append(voice.say("coach.interview.listed_none", term=term))
    others = [name for name in terms_of(asked, reading, missing=True) if fold(name) != fold(subject.name)]
    steps += _rest(others, voice)
    if lacks_years(asked):
        steps.append(voice.say("coach.interview.rest_years"))
    return [opening, numbered([*steps, voice.say("coach.interview.stop")])]


def _rest(names: Sequence[str], voice: Voice) -> list[str]:
    """What else the requirement names and no line does."""
    return [voice.say("coach.interview.rest", terms=voice.named(names[:REST], "or"))] if names else []


def nearest(duty: str, reading: Reading) -> Line | None:
    """The deed of the resume that shares most with a duty; None where it would be far-fetched."""
    said, named = vocabulary.words(duty), vocabulary.terms(duty)
    deeds = [line for line in reading.facts.lines if line.section in ("work", "projects") and tells_a_deed(line)]
    scored = [(len(said & vocabulary.words(line.text)) + len(named & line.terms), line) for line in deeds]
    most = max((score for score, _ in scored), default=0)
    return next((line for score, line in scored if score == most), None) if most >= LEAST_SHARED else None
