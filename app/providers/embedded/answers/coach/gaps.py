"""What is missing: what can be done about it now and before the interview, and how to speak of what remains."""

from app.providers.base import Requirement
from app.providers.embedded.answers.coach.moves import lead, unmeasured
from app.providers.embedded.answers.education import DEGREE
from app.providers.embedded.answers.phrases import page_of, terms_of, to_check
from app.providers.embedded.intents import Ask, tables
from app.providers.embedded.reading import Reading
from app.providers.embedded.text import fold, pattern
from app.providers.embedded.voice import Voice, numbered
from app.providers.lines import only_lists
from app.tenure import years_asked

PAGE, SHOWN = 3, 4


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
    worked = voice.asked(chosen[0]) + _level(chosen[0], voice)
    for step in worked_through(chosen[0], reading, voice):
        worked += f"\n   - {step}"
    rows = [worked, *(in_short(one, reading, voice) for one in chosen[1:])]
    blocks = [voice.count("coach.missing.intro", len(gaps), job=voice.job(reading)), numbered(rows)]
    blocks += [*_listed(reading, voice), *to_check(reading, voice)]
    if reading.shown_terms:
        blocks.append(voice.say("coach.missing.keep", terms=voice.listed(reading.shown_terms[:SHOWN])))
    return blocks


def open_points(reading: Reading) -> list[Requirement]:
    """What is missing: the musts first, of those what names a skill to be learned, then what is wholly missing."""
    return sorted(
        reading.gaps, key=lambda one: (not one.must, not one.terms or _is_soft(one), one.verdict != "missing")
    )


def worked_through(requirement: Requirement, reading: Reading, voice: Voice) -> list[str]:
    """What to do now, before the interview, and in it."""
    line = reading.closest(requirement)
    close = voice.line(line) if line else ""
    if _lacks_years(requirement):
        return [voice.say("coach.gap.years"), voice.say("coach.gap.years_say", line=close)]
    names = terms_of(requirement, reading, missing=True)
    if _is_soft(requirement):
        steps = [voice.say("coach.gap.now_soft", terms=voice.named(names[:2])), voice.say("coach.gap.before_soft")]
        return [*steps, voice.say("coach.gap.say_soft")]
    terms = voice.named(names[:2], "either")
    is_degree = bool(pattern(DEGREE).search(fold(requirement.text)))
    steps = [voice.say("coach.gap.now_skill" if names and not is_degree else "coach.gap.now_plain", terms=terms)]
    kind = "degree" if is_degree else "skill" if names else "plain"
    steps.append(voice.say(f"coach.gap.before_{kind}", terms=voice.named(names[:1])))
    if line is not None and only_lists(line):
        return [*steps, voice.say("coach.gap.say_listed", line=voice.quote(line.text))]
    key = "say_new" if line is None else "say_terms" if names and not is_degree else "say"
    return [*steps, voice.say(f"coach.gap.{key}", line=close, terms=terms)]


def in_short(requirement: Requirement, reading: Reading, voice: Voice) -> str:
    """The same in one sentence: the bridge to it, or that there is none."""
    quoted = voice.asked(requirement) + _level(requirement, voice)
    if _is_soft(requirement):
        return voice.say("coach.gap.short_soft", requirement=quoted)
    line = reading.closest(requirement)
    if line is None:
        return voice.say("coach.gap.short_new", requirement=quoted)
    if only_lists(line):
        return voice.say("coach.gap.short_listed", requirement=quoted, line=voice.quote(line.text))
    key = "coach.gap.short_years" if _lacks_years(requirement) else "coach.gap.short"
    return voice.say(key, requirement=quoted, line=voice.line(line))


def _lacks_years(requirement: Requirement) -> bool:
    return requirement.verdict == "partly" and not requirement.missing_terms and bool(years_asked(requirement.text))


def _is_soft(requirement: Requirement) -> bool:
    """Whether all that is missing of it are qualities or settings, which a case shows and no evening teaches."""
    return bool(requirement.missing_terms) and set(requirement.missing_terms) <= set(tables()["soft"])


def _level(requirement: Requirement, voice: Voice) -> str:
    return "" if requirement.must else " " + voice.say("missing.nice")


def _listed(reading: Reading, voice: Voice) -> list[str]:
    terms = reading.listed_terms[:SHOWN]
    return [voice.say("coach.missing.listed", terms=voice.listed(terms))] if terms else []
