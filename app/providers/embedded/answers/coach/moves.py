"""Sentences of advice that more than one answer needs: where somebody stands, what to lead with, how to tell it."""

from typing import Literal

from app.providers.base import Line, Requirement
from app.providers.embedded.answers.fit import FAIR, STRONG, counted, share_shown
from app.providers.embedded.answers.phrases import nothing_to_hold, what_it_shows
from app.providers.embedded.reading import Reading, Strong, item_name
from app.providers.embedded.text import number_in
from app.providers.embedded.voice import Voice

LEAST_COUNTED = 2  # of a single requirement there is no count to give


def footing(reading: Reading, voice: Voice) -> str:
    """Where the person stands, in a sentence that encourages as far as the resume bears it."""
    core = reading.core
    if len(core) < LEAST_COUNTED:
        return counted(reading, voice)
    shown, listed = (sum(one in held for one in core) for held in (reading.met, reading.listed))
    if not shown:
        kind = "none"
    elif shown == len(core):
        kind = "full"
    else:
        kind = "strong" if shown / len(core) >= STRONG else "fair" if share_shown(reading) >= FAIR else "weak"
    said = voice.say(f"coach.footing.{kind}", count=shown, all=len(core), job=voice.job(reading))
    return f"{said} {voice.count('coach.footing.listed', listed)}" if listed else said


def unmeasured(reading: Reading, voice: Voice) -> list[str]:
    """What to do where there is no resume, or nothing that one could be measured by; empty where there are both."""
    nothing = nothing_to_hold(reading, voice)
    if not nothing or not reading.facts.lines:
        return nothing
    return [*nothing, lead(reading, voice), voice.say("coach.silent.requirements")]


def carrying(reading: Reading) -> tuple[Strong, ...]:
    """The lines that an application can be built on, the most telling first.

    What stands beside the jobs, an award or a sentence of the summary, and shows a part of something at most, is none
    where a job has a result to tell.
    """
    held = tuple(one for one in reading.strongest if one.met or one.line.section in ("work", "projects"))
    return held if held or reading.achievements else reading.strongest


def lead(reading: Reading, voice: Voice) -> str:
    """The line to put first, and what it answers; or what to do where no line answers anything."""
    if carrying(reading):
        first = carrying(reading)[0]
        return voice.say("coach.lead.line", line=voice.line(first.line), shows=what_it_shows(first, voice))
    if reading.achievements:
        key = "coach.lead.concrete" if reading.facts.requirements else "coach.lead.unmeasured"
        return voice.say(key, line=voice.line(reading.achievements[0]))
    return voice.say("coach.lead.none" if reading.facts.requirements else "coach.lead.bare")


def place(line: Line, reading: Reading, voice: Voice, *, of: Literal["place", "step"] = "place") -> str:
    """Where in the resume a line belongs; as a `step` of a plan, with the name that the plan has for it."""
    if line.section != "work" or not line.item:
        return voice.say(f"coach.{of}.{'there' if line.section == 'summary' else 'summary'}")
    return voice.say(f"coach.{of}.{'move' if reading.place(line) else 'stay'}", item=item_name(line))


def tell(line: Line, voice: Voice, *, how: Literal["story", "plain"] = "story") -> str:
    """How to tell what a line says; a figure in it will be asked about. `plain` where an interview is the subject."""
    number = number_in(line.text)
    said = voice.say(f"coach.tell.{how}")
    return said if not number or number.isdigit() else said + " " + voice.say("coach.tell.number", number=number)


def leading_requirement(reading: Reading) -> Requirement | None:
    """What the strongest line answers."""
    return next((one for strong in carrying(reading)[:1] for one in (*strong.met, *strong.partly)), None)


def best_lines(reading: Reading, most: int) -> list[Line]:
    """The lines to speak from, those that answer the posting first."""
    return ([strong.line for strong in carrying(reading)] or list(reading.achievements))[:most]


def second(reading: Reading) -> Strong | None:
    """The next strongest line, of something that the first one doesn't show."""
    strong = carrying(reading)
    if not strong:
        return None
    first = {*strong[0].met, *strong[0].partly}
    return next((one for one in strong[1:] if not first.issuperset((*one.met, *one.partly))), None)
