"""Greetings, thanks and what the coach can do: each with the next step that this resume and this job call for."""

from app.providers.embedded.answers.coach.gaps import in_short, open_points
from app.providers.embedded.answers.coach.moves import best_lines
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.text import first_name
from app.providers.embedded.voice import Voice, bullets, numbered


def greeting(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """A greeting, the card to play, the point to prepare, and what to ask."""
    name = first_name(reading.facts.name)
    hello = voice.say("coach.courtesy.greeting", name=f" {name}" if name else "", job=voice.job(reading))
    return [hello, *_stand(reading, voice), offer(reading, voice)]


def thanks(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """A word back, and the next step."""
    gaps = open_points(reading)
    blocks = [voice.say("courtesy.thanks", job=voice.job(reading))]
    if gaps:
        return [*blocks, voice.say("coach.courtesy.next_gap", requirement=voice.asked(gaps[0]))]
    return blocks + [voice.say("coach.courtesy.next", line=voice.line(line)) for line in best_lines(reading, 1)]


def capabilities(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What it is, what it can do, and examples."""
    return [voice.say("coach.courtesy.capabilities", job=voice.job(reading)), offer(reading, voice)]


def unknown(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """No guess, and what could be taken up instead."""
    return [voice.say("unsupported.unknown", job=voice.job(reading)), offer(reading, voice)]


def unsupported(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What needs a model, said plainly; for a letter, its order and the lines for each part."""
    if ask.topic != "letter":
        return [voice.say(f"unsupported.{ask.topic}", job=voice.job(reading)), offer(reading, voice)]
    parts = zip(("open", "second"), best_lines(reading, 2), strict=False)
    steps = [voice.say(f"coach.letter.{part}", line=voice.line(line)) for part, line in parts]
    if not steps:
        steps = [voice.say("coach.letter.open_none")]
    gaps = open_points(reading)
    if gaps:
        steps.append(voice.say("coach.letter.gap", requirement=voice.asked(gaps[0])))
    steps += [voice.say("coach.letter.duty", duty=voice.quote(one)) for one in reading.facts.responsibilities[:1]]
    intro = voice.say("coach.letter.intro", job=voice.job(reading))
    return [intro, numbered(steps), voice.say("coach.letter.length")]


def offer(reading: Reading, voice: Voice) -> str:
    """Questions about this application that have an answer."""
    rows = []
    if reading.facts.requirements and reading.facts.lines:
        rows.append(voice.say("coach.courtesy.offer_apply"))
    if reading.gap_terms:
        rows.append(voice.say("coach.courtesy.offer_gap", term=reading.gap_terms[0]))
    if reading.shown_terms:
        rows.append(voice.say("coach.courtesy.offer_lead", term=reading.shown_terms[0]))
    return voice.say("courtesy.offer") + "\n" + bullets([*rows, voice.say("coach.courtesy.offer_interview")])


def _stand(reading: Reading, voice: Voice) -> list[str]:
    gaps = open_points(reading)
    rows = [voice.say("coach.courtesy.card", line=voice.line(line)) for line in best_lines(reading, 1)]
    rows += [voice.say("coach.courtesy.point", point=in_short(one, reading, voice)) for one in gaps[:1]]
    return [bullets(rows)] if rows else []
