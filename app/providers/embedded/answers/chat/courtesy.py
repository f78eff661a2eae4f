"""Greetings, thanks, and what can be asked: by questions that this posting and this resume answer."""

from app.providers.embedded.answers.courtesy import unsupported as whole_unsupported
from app.providers.embedded.answers.highlight import concrete_lines
from app.providers.embedded.answers.phrases import what_it_shows
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.text import first_name
from app.providers.embedded.voice import Voice, bullets

CARRIED, MATERIAL = 3, 2


def greeting(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """A greeting, and what to ask."""
    name = first_name(reading.facts.name)
    return [
        voice.say("chat.courtesy.greeting", name=f" {name}" if name else "", job=voice.job(reading)),
        offer(reading, voice),
    ]


def thanks(_ask: Ask, _reading: Reading, voice: Voice) -> list[str]:
    """A word back."""
    return [voice.say("chat.courtesy.thanks")]


def capabilities(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What it is, what it answers, and examples."""
    return [voice.say("chat.courtesy.capabilities", job=voice.job(reading)), offer(reading, voice)]


def unknown(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """No guess, and what can be asked instead."""
    return [voice.say("unsupported.unknown", job=voice.job(reading)), offer(reading, voice)]


def unsupported(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What needs a model, said plainly; for a letter, the lines that it could be made of."""
    if ask.topic != "letter":
        return [voice.say(f"unsupported.{ask.topic}", job=voice.job(reading)), offer(reading, voice)]
    if not reading.strongest and not reading.achievements:
        return [voice.say("chat.courtesy.no_letter"), offer(reading, voice)]
    return whole_unsupported(ask, reading, voice)[:MATERIAL]


def carried(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What of the resume answers this posting, whatever it came from."""
    rows = [f"{voice.line(one.line)}\n  {what_it_shows(one, voice)}" for one in reading.strongest[:CARRIED]]
    if not rows:
        return concrete_lines(reading, voice)
    return [voice.say("chat.carried.intro", job=voice.job(reading)), bullets(rows)]


def offer(reading: Reading, voice: Voice) -> str:
    """Questions about this posting that have an answer."""
    rows = []
    if reading.facts.requirements:
        rows.append(voice.say("chat.courtesy.offer_asked"))
    if reading.gap_terms:
        rows.append(voice.say("courtesy.offer_gap", term=reading.gap_terms[0]))
    if reading.shown_terms:
        rows.append(voice.say("courtesy.offer_skill", term=reading.shown_terms[0]))
    if reading.facts.responsibilities:
        rows.append(voice.say("chat.courtesy.offer_duties"))
    return voice.say("courtesy.offer") + "\n" + bullets([*rows, voice.say("chat.courtesy.offer_pay")])
