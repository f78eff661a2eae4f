"""One skill or requirement: its state in a few words, then the words of both texts that say so."""

import re
from typing import Final

from app.providers.base import Requirement
from app.providers.embedded.answers.phrases import terms_of
from app.providers.embedded.answers.score import adds_alone, gain_of
from app.providers.embedded.answers.skill import SKILLS_ANSWERED
from app.providers.embedded.intents import Ask, tables
from app.providers.embedded.reading import Reading
from app.providers.embedded.subject import Subject
from app.providers.embedded.text import fold, pattern
from app.providers.embedded.voice import Voice, bullets
from app.tenure import months_between, years_asked, years_quoted

LINES_QUOTED = 2
ALTERNATIVES = re.compile(r"\b(?:or|ou)\b|\w/\w|\b(?:any|one|un|une|l[’']un|l[’']une) (?:of|de|des)\b", re.IGNORECASE)


def skill(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The state of each thing that the question names, three at most."""
    subjects = [Subject(term, ask.question, reading) for term in ask.terms[:SKILLS_ANSWERED]]
    return [
        block
        for subject in subjects or [Subject(ask.phrase, ask.question, reading)]
        for block in _about(subject, ask.question, reading, voice)
    ]


def _about(subject: Subject, question: str, reading: Reading, voice: Voice) -> list[str]:
    held = _held(subject, reading)
    answered = _answered(subject, question, reading, voice)
    state = voice.say(
        "chat.skill.state",
        answer=f"{answered} " if answered else "",
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


def _held(subject: Subject, _reading: Reading) -> str:
    return "shown" if subject.shown else "listed" if subject.lines else "absent"


def _answered(subject: Subject, question: str, reading: Reading, voice: Voice) -> str:
    """The word that answers what the question wants to know of it: yes, no, where, how many; else nothing."""
    folded = fold(question)
    aspect = next((name for name, words in tables()["aspects"].items() if pattern(words).search(folded)), "")
    if aspect == "years":
        wanted = _years_wanted(subject)
        return f"{voice.quote(wanted)}." if wanted else voice.say("chat.answer.no_years")
    return voice.say(f"chat.answer.{aspect}_{ASPECTS[aspect](subject, reading)}") if aspect else ""


def _must(subject: Subject, _reading: Reading) -> str:
    """Whether they insist on it: where the requirement names alternatives, on one of them."""
    asked = _asked(subject)
    is_one_of_several = asked == "asked" and all(
        len(one.terms) > 1 and ALTERNATIVES.search(one.text) for one in subject.requirements if one.must
    )
    return "among" if is_one_of_several else asked


def _enough(subject: Subject, reading: Reading) -> str:
    asked = _asked(subject)
    if asked in ("unasked", "mentioned"):
        return "unasked"
    if not subject.shown:
        return f"{_held(subject, reading)}_{asked}" if subject.lines else "absent"
    wanted = years_asked(_years_wanted(subject))
    if wanted:
        return "years" if _years_shown(subject, reading) >= wanted else "years_short"
    return _have(subject, reading)


def _have(subject: Subject, reading: Reading) -> str:
    """Whether it is held, by the verdicts: half met without a gap that has a name is no plain yes."""
    if not subject.shown:
        return _held(subject, reading)
    return "part" if subject.is_half else "shown"


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
    said = _years_said(subject, reading, voice)
    others = _others(subject.requirements[0], subject, reading)
    if others:
        said.append(voice.say("chat.skill.others", terms=voice.named(others[:3], "or")))
    return [" ".join(said)] if said else []


def _years_said(subject: Subject, reading: Reading, voice: Voice) -> list[str]:
    """The years that the posting wants of it, if it counts them, and those that the dates show."""
    asked = _years_wanted(subject)
    if not asked:
        return []
    lasted = _years_shown(subject, reading)
    key = "chat.skill.years" if lasted else "chat.skill.years_undated"
    return [voice.count(key, lasted, years=voice.quote(asked)) if lasted else voice.say(key, years=voice.quote(asked))]


def _years_wanted(subject: Subject) -> str:
    return next(filter(None, (years_quoted(one.text) for one in subject.requirements)), "")


def _years_shown(subject: Subject, reading: Reading) -> int:
    items = {line.item for line in subject.shown if line.section == "work"}
    return months_between(items, reading.today) // 12


def _others(requirement: Requirement, subject: Subject, reading: Reading) -> list[str]:
    return [name for name in terms_of(requirement, reading, missing=True) if name.lower() != subject.name.lower()]


ASPECTS: Final = {"must": _must, "enough": _enough, "where": _held, "have": _have}
