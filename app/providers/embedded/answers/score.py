"""The score of the stored match, and what would raise it; or that none was computed yet."""

from app.providers.base import Requirement
from app.providers.embedded.answers.skill import SKILLS_ANSWERED
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.subject import Subject
from app.providers.embedded.voice import Voice


def score_line(reading: Reading, voice: Voice) -> str:
    """The score, or what to do to get one."""
    match = reading.facts.match
    if match is None:
        return voice.say("match.none", job=voice.job(reading))
    return voice.say("match.score", score=match.score, job=voice.job(reading))


def known_score(reading: Reading, voice: Voice) -> list[str]:
    """The score, where there is one."""
    return [score_line(reading, voice)] if reading.facts.match else []


def gains(reading: Reading) -> list[Requirement]:
    """The requirements that would raise the score, the most first."""
    return sorted((one for one in reading.wanted if reading.gain(one)), key=lambda one: -reading.gain(one))


def gains_of_skills(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What each of the skills that the question names would add; nothing where there is no score."""
    subjects = [Subject(term, ask.question, reading) for term in ask.terms[:SKILLS_ANSWERED]]
    return [gain_of(one, reading, voice) for one in subjects] if reading.facts.match else []


def gain_of(subject: Subject, reading: Reading, voice: Voice) -> str:
    """What showing a skill would add to the score: what is known of it alone, else of the requirement it stands in."""
    match, term = reading.facts.match, voice.named([subject.name])
    alone = match.skills.get(subject.term, 0) if match else 0
    if alone:
        return voice.count("match.skill", alone, term=term)
    whole = max(subject.requirements, key=reading.gain, default=None)
    if whole is None or not reading.gain(whole):
        return voice.say("match.skill_none", term=term)
    return voice.count("match.whole", reading.gain(whole), term=term, requirement=voice.asked(whole))


def adds_alone(subject: Subject, reading: Reading) -> bool:
    """Whether it is known what showing a skill would add."""
    return reading.facts.match is not None and subject.term in reading.facts.match.skills


def level(requirement: Requirement, reading: Reading, voice: Voice) -> str:
    """What is to be said of a gap's weight: that it is merely welcome, and what it would add to a known score."""
    said = "" if requirement.must else " " + voice.say("missing.nice")
    gain = reading.gain(requirement)
    return f"{said} {voice.say('match.worth', count=gain)}" if gain else said
