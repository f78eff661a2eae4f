"""Whether the resume meets the posting, and what it lacks: by the verdicts alone."""

from collections.abc import Sequence

from app.providers.base import Requirement
from app.providers.embedded.answers.phrases import SHORT, nothing_to_hold, page_of, terms_of, worth_naming
from app.providers.embedded.answers.years import YEARS_ASKED, years_compared
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.voice import Voice, bullets

PAGE, ROWS = 4, 3
STRONG, FAIR = 0.7, 0.4


def fit(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """How many requirements the resume shows, with the proof, and what that is worth."""
    nothing = nothing_to_hold(reading, voice)
    if nothing:
        return nothing
    core = reading.core
    met, partly, lacking = ([one for one in core if one.verdict == verdict] for verdict in ("met", "partly", "missing"))
    counts = {"total": len(core), "met": len(met), "partly": len(partly), "missing": len(lacking)}
    share = (len(met) + len(partly) / 2) / len(core)
    verdict = "fit.strong" if share >= STRONG else "fit.fair" if share >= FAIR else "fit.weak"
    blocks = [voice.say("fit.count", job=voice.job(reading), **counts) + " " + voice.say(verdict)]
    for kind, rows in (
        ("met", [_proof(one, reading, voice) for one in met]),
        ("partly", [_half(one, reading, voice) for one in partly]),
        ("missing", [voice.say("fit.missing_row", requirement=voice.quote(one.text, SHORT)) for one in lacking]),
    ):
        if rows:
            blocks += [voice.say(f"fit.{kind}"), bullets(_first(rows, voice))]
    blocks += years_compared(reading, voice)
    return [*blocks, voice.say("fit.advice")] if partly or lacking else blocks


def missing(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """Each gap with what comes closest, and what to do about it honestly."""
    nothing = nothing_to_hold(reading, voice)
    if nothing:
        return nothing
    gaps = sorted((one for one in reading.wanted if one.verdict != "met"), key=_urgency)
    chosen = page_of(gaps, ask.page, PAGE)
    if gaps and not chosen:
        return [voice.say("empty.more", job=voice.job(reading))]
    blocks = [voice.say("missing.intro" if gaps else "missing.none", job=voice.job(reading))]
    if chosen:
        blocks.append(bullets(_gap(one, reading, voice) for one in chosen))
    if len(gaps) > (ask.page + 1) * PAGE:
        blocks[-1] += "\n- " + voice.say("fit.rest", count=len(gaps) - (ask.page + 1) * PAGE)
    if reading.listed_terms and not ask.page:
        blocks.append(voice.say("missing.listed", terms=voice.listed(reading.listed_terms[:4])))
    return [*blocks, voice.say("missing.advice")] if gaps else blocks


def _urgency(requirement: Requirement) -> tuple[bool, bool, bool]:
    """Musts first, then what is wholly missing, then what names a skill."""
    return (not requirement.must, requirement.verdict != "missing", not requirement.terms)


def _first(rows: Sequence[str], voice: Voice) -> list[str]:
    rest = len(rows) - ROWS
    return [*rows[:ROWS], *([voice.say("fit.rest", count=rest)] if rest > 0 else [])]


def _proof(requirement: Requirement, reading: Reading, voice: Voice) -> str:
    line = reading.best(requirement)
    quoted = voice.quote(requirement.text, SHORT)
    key = "fit.row_listed" if line and line.section == "skills" else "fit.row"
    return voice.say(key, requirement=quoted, line=voice.line(line)) if line else quoted


def _half(requirement: Requirement, reading: Reading, voice: Voice) -> str:
    line, quoted = reading.best(requirement), voice.quote(requirement.text, SHORT)
    if line is None:
        return quoted
    names = terms_of(requirement, reading, missing=True)
    if names:
        return voice.say(
            "fit.partly_row", requirement=quoted, line=voice.line(line), terms=voice.named(names[:4], "or")
        )
    key = "fit.partly_years" if requirement.terms and YEARS_ASKED.search(requirement.text) else "fit.partly_plain"
    return voice.say(key, requirement=quoted, line=voice.line(line))


def _gap(requirement: Requirement, reading: Reading, voice: Voice) -> str:
    names = worth_naming(requirement, reading)
    line = reading.closest(requirement)
    places = {
        "requirement": voice.quote(requirement.text, SHORT),
        "level": "" if requirement.must else " " + voice.say("missing.nice"),
        "terms": voice.named(names[:4], "or"),
        "line": voice.line(line) if line else "",
    }
    if requirement.verdict == "partly" and line:
        return voice.say("missing.row_partly" if names else "missing.row_half", **places)
    close = " " + voice.say("missing.close", line=places["line"]) if line else ""
    return voice.say("missing.row" if names else "missing.row_plain", **places) + close
