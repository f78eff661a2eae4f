"""One skill or requirement: what the posting says of it, what the resume shows, and what follows."""

import re

from app import vocabulary
from app.providers.base import Line
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import SHOWN, Reading
from app.providers.embedded.text import fold, holds
from app.providers.embedded.voice import Voice, bullets
from app.providers.lines import is_header, only_lists
from app.tenure import years_quoted

SKILLS_ANSWERED, LINES_QUOTED = 3, 3
_GENERAL = re.compile(
    r"^\s*(?:what(?:’|')?s?(?: is| are)? (?!about)|explain|define|qu(?:’|')est-ce qu|c(?:’|')est quoi|explique)",
    re.IGNORECASE,
)


def skill(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """An answer for each skill that the question names, three at most."""
    subjects = [_Subject(term, ask.question, reading) for term in ask.terms[:SKILLS_ANSWERED]]
    blocks: list[str] = []
    for subject in subjects or [_Subject(ask.phrase, ask.question, reading)]:
        if _GENERAL.search(ask.question) and len(ask.question.split()) <= 6:
            blocks.append(voice.say("skill.what", term=voice.named([subject.name]), job=voice.job(reading)))
        blocks += _about(subject, reading, voice)
    return blocks


class _Subject:
    """A skill, or any other thing in the question's words, and where it occurs."""

    def __init__(self, term: str, question: str, reading: Reading) -> None:
        facts = reading.facts
        self.name = reading.name(term, question)
        known = term in vocabulary.terms(term) or any(term in line.terms for line in facts.lines)
        self.requirements = [one for one in reading.wanted if term in one.terms or holds(fold(one.text), term)]
        self.lines = [line for line in facts.lines if term in line.terms or holds(fold(line.text), term)]
        if not known and not self.requirements and not self.lines:
            self._look_for_words(vocabulary.words(term), reading)
        asked = {one.text for one in self.requirements}
        self.mentions = [text for text in facts.posting if text not in asked and holds(fold(text), term)]

    def _look_for_words(self, words: frozenset[str], reading: Reading) -> None:
        """Accept a line that holds every significant word of the thing."""
        if words:
            self.requirements = [one for one in reading.wanted if words <= vocabulary.words(one.text)]
            self.lines = [line for line in reading.facts.lines if words <= vocabulary.words(line.text)]


def _about(subject: _Subject, reading: Reading, voice: Voice) -> list[str]:
    if not (subject.requirements or subject.lines or subject.mentions):
        return [voice.say("skill.neither", term=voice.named([subject.name]))]
    blocks = [_what_is_asked(subject, reading, voice)]
    told = (line for line in subject.lines if line.section in SHOWN and not only_lists(line))
    shown = sorted(told, key=is_header)
    if shown:
        return [*blocks, *_shown(subject, shown, voice)]
    if subject.lines:
        return [*blocks, voice.say("skill.listed", line=voice.line(subject.lines[0]))]
    close = _close(subject, reading)
    absent = voice.say("skill.absent", term=voice.named([subject.name]))
    return [
        *blocks,
        absent + (" " + voice.say("skill.close", line=voice.line(close)) if close else ""),
        voice.say("skill.absent_advice"),
    ]


def _what_is_asked(subject: _Subject, reading: Reading, voice: Voice) -> str:
    if subject.requirements:
        first = subject.requirements[0]
        key = "skill.asked" if first.must else "skill.asked_nice"
        return voice.say(key, term=voice.named([subject.name]), requirement=voice.asked(first))
    if subject.mentions:
        return voice.say("skill.mentioned", term=voice.named([subject.name]), line=voice.quote(subject.mentions[0]))
    return voice.say("skill.not_asked", term=voice.named([subject.name]), job=voice.job(reading))


def _shown(subject: _Subject, shown: list[Line], voice: Voice) -> list[str]:
    blocks = [voice.say("skill.shown"), bullets(voice.line(line) for line in shown[:LINES_QUOTED])]
    years = next(filter(None, (years_quoted(one.text) for one in subject.requirements)), "")
    if years:
        return [*blocks, voice.say("skill.enough", years=voice.quote(years))]
    if not subject.requirements:
        return [*blocks, voice.say("skill.extra")]
    is_met = any(one.verdict == "met" for one in subject.requirements)
    return [*blocks, voice.say("skill.lead" if is_met else "skill.partly")]


def _close(subject: _Subject, reading: Reading) -> Line | None:
    """What the resume has of the same requirement, or near it."""
    found = (reading.closest(one) for one in subject.requirements)
    return next((line for line in found if line), None)
