"""Whether the resume meets the posting, and what it lacks: by the verdicts alone."""

from collections.abc import Sequence

from app.providers.base import Requirement
from app.providers.embedded.answers.phrases import nothing_to_hold, page_of, terms_of, to_check, worth_naming
from app.providers.embedded.answers.years import years_compared
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.voice import Voice, bullets
from app.tenure import years_asked

PAGE, ROWS = 4, 3
STRONG, FAIR = 0.7, 0.4


def fit(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """How much of what counts the resume shows, with the proof, and what that is worth; asked again, only the gist."""
    nothing = nothing_to_hold(reading, voice)
    if nothing:
        return nothing
    if ask.again or ask.form == "shorter":
        return [_verdict(reading, voice), *_first_gap(reading, voice)]
    if ask.topic == "gaps":
        return [_verdict(reading, voice), voice.say("tailor.gaps"), *missing(ask, reading, voice)[1:]]
    core = reading.core
    blocks = [_verdict(reading, voice)]
    for kind, rows in (
        ("met", [_proof(one, reading, voice) for one in reading.met if one in core]),
        ("listed", [_proof(one, reading, voice) for one in reading.listed if one in core]),
        ("partly", [_half(one, reading, voice) for one in reading.half if one in core]),
        ("missing", [voice.asked(one) for one in core if one.verdict == "missing"]),
    ):
        if rows:
            blocks += [voice.say(f"fit.{kind}"), bullets(_first(rows, voice))]
    blocks += [*to_check(reading, voice), *years_compared(reading, voice)]
    return [*blocks, voice.say("fit.advice")] if any(one.verdict != "met" for one in core) else blocks


def met(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """Everything that is met: the skills by their names, then each requirement with its proof."""
    nothing = nothing_to_hold(reading, voice)
    if nothing:
        return nothing
    blocks = []
    if reading.shown_terms:
        blocks.append(voice.say("met.terms", terms=voice.listed(reading.shown_terms)))
    if reading.listed_terms:
        blocks.append(voice.say("met.listed_terms", terms=voice.listed(reading.listed_terms)))
    for kind, requirements in (("met", reading.met), ("listed", reading.listed)):
        if requirements:
            blocks += [voice.say(f"fit.{kind}"), bullets(_proof(one, reading, voice) for one in requirements)]
    if not reading.met and not reading.listed:
        blocks.append(voice.say("met.none", job=voice.job(reading)))
    return [*blocks, voice.count("met.partly", len(reading.half))] if reading.half else blocks


def missing(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """Each gap with what comes closest, and what to do about it honestly."""
    nothing = nothing_to_hold(reading, voice)
    if nothing:
        return nothing
    gaps = sorted(reading.gaps, key=urgency)
    chosen = page_of(gaps, ask.page, PAGE)
    if gaps and not chosen:
        return [voice.say("empty.more", job=voice.job(reading))]
    blocks = [voice.say("missing.intro" if gaps else "missing.none", job=voice.job(reading))]
    if chosen:
        blocks.append(bullets(_gap(one, reading, voice) for one in chosen))
    if len(gaps) > (ask.page + 1) * PAGE:
        blocks[-1] += "\n- " + voice.say("fit.rest", count=len(gaps) - (ask.page + 1) * PAGE)
    if ask.page:
        return blocks
    if reading.listed_terms:
        blocks.append(voice.say("missing.listed", terms=voice.listed(reading.listed_terms[:4])))
    blocks += to_check(reading, voice)
    return [*blocks, voice.say("missing.advice")] if gaps else blocks


def _verdict(reading: Reading, voice: Voice) -> str:
    """How many requirements stand how, and what that is worth."""
    share = share_shown(reading)
    worth = "fit.strong" if share >= STRONG else "fit.fair" if share >= FAIR else "fit.weak"
    return counted(reading, voice) + " " + voice.say(worth)


def share_shown(reading: Reading) -> float:
    """How much of what counts the resume shows, from 0 to 1: what is only listed for the most part, half as half."""
    core = reading.core
    counts = _counts(reading)
    return 1 - (counts["listed"] / 4 + counts["half"] / 2 + counts["absent"]) / len(core)


def counted(reading: Reading, voice: Voice) -> str:
    """How many requirements stand how, in one sentence that leaves out what is none."""
    core, counts = reading.core, _counts(reading)
    number = "fit.one" if len(core) == 1 else "fit.many"
    if counts["absent"] == len(core):
        said = voice.say(f"{number}_none")
    elif counts["shown"] == len(core) > 1:
        said = voice.say("fit.many_all", count=len(core))
    else:
        said = voice.listed([voice.say(f"{number}_{kind}", count=count) for kind, count in counts.items() if count])
    return voice.count("fit.count", len(core), job=voice.job(reading), said=said)


def _counts(reading: Reading) -> dict[str, int]:
    core = reading.core
    return {
        "shown": sum(one in reading.met for one in core),
        "listed": sum(one in reading.listed for one in core),
        "half": sum(one in reading.half for one in core),
        "absent": sum(one.verdict == "missing" for one in core),
    }


def _first_gap(reading: Reading, voice: Voice) -> list[str]:
    gaps = sorted((one for one in reading.gaps if one in reading.core), key=urgency)
    return [voice.say("fit.again", requirement=voice.asked(gaps[0]))] if gaps else []


def urgency(requirement: Requirement) -> tuple[bool, bool, bool]:
    """Musts first, then what is wholly missing, then what names a skill."""
    return (not requirement.must, requirement.verdict != "missing", not requirement.terms)


def _first(rows: Sequence[str], voice: Voice) -> list[str]:
    rest = len(rows) - ROWS
    return [*rows[:ROWS], *([voice.say("fit.rest", count=rest)] if rest > 0 else [])]


def _proof(requirement: Requirement, reading: Reading, voice: Voice) -> str:
    line, quoted = reading.best(requirement), voice.asked(requirement)
    return voice.say("fit.row", requirement=quoted, line=voice.line(line)) if line else quoted


def _half(requirement: Requirement, reading: Reading, voice: Voice) -> str:
    line, quoted = reading.best(requirement), voice.asked(requirement)
    if line is None:
        return quoted
    names = terms_of(requirement, reading, missing=True)
    if names:
        return voice.say(
            "fit.partly_row", requirement=quoted, line=voice.line(line), terms=voice.named(names[:4], "or")
        )
    key = "fit.partly_years" if requirement.terms and years_asked(requirement.text) else "fit.partly_plain"
    return voice.say(key, requirement=quoted, line=voice.line(line))


def _gap(requirement: Requirement, reading: Reading, voice: Voice) -> str:
    names = worth_naming(requirement, reading)
    line = reading.closest(requirement)
    places = {
        "requirement": voice.asked(requirement),
        "level": "" if requirement.must else " " + voice.say("missing.nice"),
        "terms": voice.named(names[:4], "or"),
        "line": voice.line(line) if line else "",
    }
    if requirement.verdict == "partly" and line:
        return voice.say("missing.row_partly" if names else "missing.row_half", **places)
    close = " " + voice.say("missing.close", line=places["line"]) if line else ""
    return voice.say("missing.row" if names else "missing.row_plain", **places) + close
