"""Greetings, thanks, what the assistant can do, and what it cannot: each with something of this job and this resume."""

from app.providers.embedded.answers.highlight import concrete_lines
from app.providers.embedded.answers.phrases import what_it_shows
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading, item_name
from app.providers.embedded.text import first_name
from app.providers.embedded.voice import Voice, bullets

CARRIED = 4


def greeting(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """A greeting, the strongest line, and what to ask."""
    name = first_name(reading.facts.name)
    hello = voice.say("courtesy.greeting", name=f" {name}" if name else "", job=voice.job(reading))
    return [hello, *_strongest(reading, voice), *_offer(reading, voice)]


def thanks(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """A word back, and the one gap to settle."""
    blocks = [voice.say("courtesy.thanks", job=voice.job(reading))]
    gap = first_gap(reading, voice)
    return [*blocks, voice.say("courtesy.thanks_gap", requirement=gap)] if gap else blocks


def capabilities(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What it is, what it can do, and examples for this job and resume."""
    return [voice.say("courtesy.capabilities", job=voice.job(reading)), *_offer(reading, voice)]


def unknown(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """No guess, and what can be asked instead."""
    return [voice.say("unsupported.unknown", job=voice.job(reading)), *_offer(reading, voice)]


def unsupported(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What needs a model, said plainly; for a letter, the material it should be made of."""
    blocks = [voice.say(f"unsupported.{ask.topic}", job=voice.job(reading))]
    if ask.topic != "letter":
        return [*blocks, *_offer(reading, voice)]
    lines = [strong.line for strong in reading.strongest[:3]] or list(reading.achievements[:3])
    if lines:
        blocks.append(bullets(voice.line(line) for line in lines))
    gap = first_gap(reading, voice)
    return [*blocks, voice.say("unsupported.letter_gap", requirement=gap)] if gap else blocks


def career_change(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """No story, which needs a model, but what carries over: the lines that show something this posting asks for."""
    rows = [f"{voice.line(one.line)}\n  {what_it_shows(one, voice)}" for one in reading.strongest[:CARRIED]]
    if not rows:
        return [voice.say("change.alone"), *concrete_lines(reading, voice), voice.say("change.end")]
    return [voice.say("change.intro", job=voice.job(reading)), bullets(rows), voice.say("change.end")]


def _strongest(reading: Reading, voice: Voice) -> list[str]:
    if not reading.strongest:
        return []
    return [voice.say("courtesy.strongest", line=voice.line(reading.strongest[0].line))]


def first_gap(reading: Reading, voice: Voice) -> str:
    """The requirement to settle first, quoted; empty where none is open."""
    gaps = sorted((one for one in reading.core if one.verdict != "met"), key=lambda one: not one.missing_terms)
    return voice.asked(gaps[0]) if gaps else ""


def _offer(reading: Reading, voice: Voice) -> list[str]:
    """Questions that this job and this resume can answer."""
    rows = [voice.say("courtesy.offer_tailor")]
    if reading.gap_terms:
        rows.append(voice.say("courtesy.offer_gap", term=reading.gap_terms[0]))
    elif reading.facts.requirements:
        rows.append(voice.say("courtesy.offer_missing"))
    if reading.shown_terms:
        rows.append(voice.say("courtesy.offer_skill", term=reading.shown_terms[0]))
    companies = [item_name(line) for line in reading.facts.lines if line.section == "work" and "," in line.item]
    if companies:
        rows.append(voice.say("courtesy.offer_company", company=companies[0].rsplit(", ", 1)[-1]))
    rows += [voice.say("courtesy.offer_interview"), voice.say("courtesy.offer_summary")]
    return [voice.say("courtesy.offer") + "\n" + bullets(rows)]
