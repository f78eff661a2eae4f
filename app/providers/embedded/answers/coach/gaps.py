"""What is missing: what can be done about it now and before the interview, and how to speak of what remains."""

import re
from collections.abc import Sequence

from app.kinds import easily_said, spoken_languages
from app.providers.base import Requirement
from app.providers.embedded.answers.coach.moves import lead, unmeasured
from app.providers.embedded.answers.education import DEGREE
from app.providers.embedded.answers.phrases import nothing_to_hold, page_of, terms_of, to_check
from app.providers.embedded.answers.score import gains, gains_of_skills, level, score_line
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.subject import Subject
from app.providers.embedded.text import fold, holds, pattern
from app.providers.embedded.voice import Voice, numbered
from app.providers.lines import only_lists
from app.tenure import years_asked

PAGE, SHOWN = 3, 4
# "A degree in statistics, or experience with Python": where what can stand in for studies begins.
ALTERNATIVE = re.compile(r"[,;]|\b(?:or|ou) (?:equivalent|experience|expérience|une expérience)\b")


def missing(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The gaps in the order of their weight: the first worked through, the next in a sentence each."""
    nothing = unmeasured(reading, voice)
    if nothing:
        return nothing
    gaps = open_points(reading)
    if not gaps:
        return [voice.say("coach.missing.none", job=voice.job(reading)), lead(reading, voice), *_listed(reading, voice)]
    chosen = page_of(gaps, ask.page, PAGE)
    if not chosen:
        return [voice.say("empty.more", job=voice.job(reading))]
    if ask.page:
        return [numbered([in_short(one, reading, voice) for one in chosen], ask.page * PAGE + 1)]
    worked = voice.asked(chosen[0]) + level(chosen[0], reading, voice)
    for step in worked_through(chosen[0], reading, voice):
        worked += f"\n   - {step}"
    rows = [worked, *(in_short(one, reading, voice) for one in chosen[1:])]
    blocks = [voice.count("coach.missing.intro", len(gaps), job=voice.job(reading)), numbered(rows)]
    blocks += [*_listed(reading, voice), *to_check(reading, voice)]
    if reading.shown_terms:
        blocks.append(voice.say("coach.missing.keep", terms=voice.listed(reading.shown_terms[:SHOWN])))
    return blocks


def score(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The score, and what to do about the gaps, what adds most first; without one, how to get it."""
    head = [] if ask.page else [score_line(reading, voice)]
    if ask.terms and reading.facts.match:
        return [*head, *gains_of_skills(ask, reading, voice), voice.say("coach.score.honest")]
    if nothing_to_hold(reading, voice):
        return [*head, *unmeasured(reading, voice)]
    blocks = [*head, *missing(ask, reading, voice)]
    if ask.page:
        return blocks
    listed = [voice.asked(one) + level(one, reading, voice) for one in gains(reading) if one in reading.listed]
    blocks += [voice.say("coach.score.listed", requirements=voice.listed(listed[:SHOWN]))] if listed else []
    return [*blocks, voice.say("coach.score.honest")] if reading.gaps or listed else blocks


def open_points(reading: Reading) -> list[Requirement]:
    """What is missing: by what it would add to a known score; of equals the musts first, then the skills to learn."""

    def weight(one: Requirement) -> tuple[int, bool, bool, bool]:
        is_learned = bool(one.terms) and not are_soft(one.missing_terms)
        return -reading.gain(one), not one.must, not is_learned, one.verdict != "missing"

    return sorted(reading.gaps, key=weight)


def worked_through(
    requirement: Requirement, reading: Reading, voice: Voice, *, about: Subject | None = None
) -> list[str]:
    """What to do now, before the interview, and in it: about one skill of the requirement, or about what it lacks."""
    line = reading.closest(requirement)
    close = voice.line(line) if line else ""
    if about is None and lacks_years(requirement):
        return [voice.say("coach.gap.years"), voice.say("coach.gap.years_say", line=close)]
    is_skill = about is not None and about.is_skill
    lacking = (about.term,) if about is not None and is_skill else requirement.missing_terms
    names = (about.name,) if about is not None and is_skill else terms_of(requirement, reading, missing=True)
    if are_spoken(lacking):
        steps = [voice.say(f"coach.gap.{when}_language", terms=voice.named(names[:2])) for when in ("now", "before")]
        return [*steps, voice.say("coach.gap.say_language")]
    if are_soft(lacking):
        steps = [voice.say("coach.gap.now_soft", terms=voice.named(names[:2])), voice.say("coach.gap.before_soft")]
        return [*steps, voice.say("coach.gap.say_soft")]
    terms = voice.named(names[:2], "either")
    is_degree = _asks_for_studies(requirement.text, about.name if about is not None and is_skill else "")
    steps = [voice.say("coach.gap.now_skill" if names and not is_degree else "coach.gap.now_plain", terms=terms)]
    kind = "degree" if is_degree else "skill" if names else "plain"
    steps.append(voice.say(f"coach.gap.before_{kind}", terms=voice.named(names[:1])))
    if line is not None and only_lists(line):
        return [*steps, voice.say("coach.gap.say_listed", line=voice.own(line.text))]
    key = "say_new" if line is None else "say_terms" if names and not is_degree else "say"
    return [*steps, voice.say(f"coach.gap.{key}", line=close, terms=terms)]


def in_short(requirement: Requirement, reading: Reading, voice: Voice) -> str:
    """The same in one sentence: the bridge to it, or that there is none."""
    quoted = voice.asked(requirement) + level(requirement, reading, voice)
    if are_spoken(requirement.missing_terms):
        return voice.say("coach.gap.short_language", requirement=quoted)
    if are_soft(requirement.missing_terms):
        return voice.say("coach.gap.short_soft", requirement=quoted)
    line = reading.closest(requirement)
    if line is None:
        return voice.say("coach.gap.short_new", requirement=quoted)
    if only_lists(line):
        return voice.say("coach.gap.short_listed", requirement=quoted, line=voice.own(line.text))
    key = "coach.gap.short_years" if lacks_years(requirement) else "coach.gap.short"
    return voice.say(key, requirement=quoted, line=voice.line(line))


def lacks_years(requirement: Requirement) -> bool:
    """Whether nothing is missing of it but years."""
    return requirement.verdict == "partly" and not requirement.missing_terms and bool(years_asked(requirement.text))


def are_spoken(terms: Sequence[str]) -> bool:
    """Whether these skills are languages that people speak, which are held at some level and not tried out."""
    return bool(terms) and set(terms) <= spoken_languages()


def are_soft(terms: Sequence[str]) -> bool:
    """Whether these skills are qualities or settings, which a case shows and no evening teaches."""
    return bool(terms) and easily_said().issuperset(terms)


def _asks_for_studies(text: str, name: str) -> bool:
    """Whether a requirement asks for a degree; with a skill's name, whether the part that holds it does."""
    parts = [fold(part) for part in ALTERNATIVE.split(text)] if name else [fold(text)]
    return any(pattern(DEGREE).search(part) for part in parts if not name or holds(part, name))


def _listed(reading: Reading, voice: Voice) -> list[str]:
    terms = reading.listed_terms[:SHOWN]
    return [voice.count("coach.missing.listed", len(terms), terms=voice.listed(terms))] if terms else []
