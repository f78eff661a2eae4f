"""One skill or requirement: what the posting says of it, what the resume shows, and what follows."""

import re

from app.providers.base import Line
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.subject import Subject
from app.providers.embedded.voice import Voice, bullets
from app.tenure import years_quoted

SKILLS_ANSWERED, LINES_QUOTED = 3, 3
_GENERAL = re.compile(
    r"^\s*(?:what(?:’|')?s?(?: is| are)? (?!about)|explain|define|qu(?:’|')est-ce qu|c(?:’|')est quoi|explique)",
    re.IGNORECASE,
)


def skill(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """An answer for each skill that the question names, three at most."""
    subjects = [Subject(term, ask.question, reading) for term in ask.terms[:SKILLS_ANSWERED]]
    blocks: list[str] = []
    for subject in subjects or [Subject(ask.phrase, ask.question, reading)]:
        if _GENERAL.search(ask.question) and len(ask.question.split()) <= 6:
            blocks.append(voice.say("skill.what", term=voice.named([subject.name]), job=voice.job(reading)))
        blocks += _about(subject, reading, voice)
    return blocks


def _about(subject: Subject, reading: Reading, voice: Voice) -> list[str]:
    if not (subject.requirements or subject.lines or subject.mentions):
        return [voice.say("skill.neither", term=voice.named([subject.name]))]
    blocks = [_what_is_asked(subject, reading, voice)]
    if subject.shown:
        return [*blocks, *_shown(subject, subject.shown, voice)]
    if subject.lines:
        return [*blocks, voice.say("skill.listed", line=voice.line(subject.lines[0]))]
    close = subject.closest(reading)
    absent = voice.say("skill.absent", term=voice.named([subject.name]))
    return [
        *blocks,
        absent + (" " + voice.say("skill.close", line=voice.line(close)) if close else ""),
        voice.say("skill.absent_advice"),
    ]


def _what_is_asked(subject: Subject, reading: Reading, voice: Voice) -> str:
    if subject.requirements:
        first = subject.requirements[0]
        key = "skill.asked" if first.must else "skill.asked_nice"
        return voice.say(key, term=voice.named([subject.name]), requirement=voice.asked(first))
    if subject.mentions:
        return voice.say("skill.mentioned", term=voice.named([subject.name]), line=voice.quote(subject.mentions[0]))
    return voice.say("skill.not_asked", term=voice.named([subject.name]), job=voice.job(reading))


def _shown(subject: Subject, shown: list[Line], voice: Voice) -> list[str]:
    blocks = [voice.say("skill.shown"), bullets(voice.line(line) for line in shown[:LINES_QUOTED])]
    years = next(filter(None, (years_quoted(one.text) for one in subject.requirements)), "")
    if years:
        return [*blocks, voice.say("skill.enough", years=voice.quote(years))]
    if not subject.requirements:
        return [*blocks, voice.say("skill.extra")]
    is_met = any(one.verdict == "met" for one in subject.requirements)
    return [*blocks, voice.say("skill.lead" if is_met else "skill.partly")]
