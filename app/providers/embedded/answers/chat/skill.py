"""One skill or requirement: its state in a few words, then the words of both texts that say so."""

from app.providers.base import Requirement
from app.providers.embedded.answers.phrases import terms_of
from app.providers.embedded.answers.score import adds_alone, gain_of
from app.providers.embedded.answers.skill import SKILLS_ANSWERED
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.subject import Subject
from app.providers.embedded.voice import Voice, bullets
from app.tenure import months_between, years_quoted

LINES_QUOTED = 2


def skill(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The state of each thing that the question names, three at most."""
    subjects = [Subject(term, ask.question, reading) for term in ask.terms[:SKILLS_ANSWERED]]
    return [
        block
        for subject in subjects or [Subject(ask.phrase, ask.question, reading)]
        for block in _about(subject, reading, voice)
    ]


def _about(subject: Subject, reading: Reading, voice: Voice) -> list[str]:
    held = "shown" if subject.shown else "listed" if subject.lines else "absent"
    state = voice.say(
        "chat.skill.state",
        term=voice.named([subject.name]),
        asked=voice.say(f"chat.skill.{_asked(subject)}"),
        held=voice.say(f"chat.skill.{held}"),
    )
    said = [voice.say("chat.skill.posting", words=words) for words in _words_of_posting(subject, voice)]
    lines = subject.shown[:LINES_QUOTED] or subject.lines[:1]
    said += [voice.say("chat.skill.resume", line=voice.line(line)) for line in lines]
    nearest = subject.closest(reading) if not lines else None
    if nearest:
        said.append(voice.say("chat.skill.nearest", line=voice.line(nearest)))
    gain = [gain_of(subject, reading, voice)] if adds_alone(subject, reading) else []
    return [state, *([bullets(said)] if said else []), *_measure(subject, reading, voice), *gain]


def _asked(subject: Subject) -> str:
    if subject.requirements:
        return "asked" if subject.requirements[0].must else "nice"
    return "mentioned" if subject.mentions else "unasked"


def _words_of_posting(subject: Subject, voice: Voice) -> list[str]:
    if subject.requirements:
        return [voice.asked(one) for one in subject.requirements[:LINES_QUOTED]]
    return [voice.quote(subject.mentions[0])] if subject.mentions else []


def _measure(subject: Subject, reading: Reading, voice: Voice) -> list[str]:
    """What the posting measures it by: years, and what else stands in the same requirement; for what is held only."""
    if not subject.requirements or not subject.lines:
        return []
    said = _years(subject, reading, voice)
    others = _others(subject.requirements[0], subject, reading)
    if others:
        said.append(voice.say("chat.skill.others", terms=voice.named(others[:3], "or")))
    return [" ".join(said)]


def _years(subject: Subject, reading: Reading, voice: Voice) -> list[str]:
    asked = next(filter(None, (years_quoted(one.text) for one in subject.requirements)), "")
    if not asked:
        return [voice.say("chat.skill.no_years")]
    items = {line.item for line in subject.shown if line.section == "work"}
    lasted = months_between(items, reading.today) // 12
    key = "chat.skill.years" if lasted else "chat.skill.years_undated"
    return [voice.count(key, lasted, years=voice.quote(asked)) if lasted else voice.say(key, years=voice.quote(asked))]


def _others(requirement: Requirement, subject: Subject, reading: Reading) -> list[str]:
    return [name for name in terms_of(requirement, reading, missing=True) if name.lower() != subject.name.lower()]
