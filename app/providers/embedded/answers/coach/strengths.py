"""What to put forward and how to tell it; and the texts that carry it: a bullet, a summary, a shorter resume."""

from app.providers.embedded.answers.coach.moves import best_lines, carrying, lead, place, second, tell, unmeasured
from app.providers.embedded.answers.highlight import highlight as whole_highlight
from app.providers.embedded.answers.phrases import what_it_shows
from app.providers.embedded.answers.rewrite import rewrite as whole_rewrite
from app.providers.embedded.answers.summary import summary as whole_summary
from app.providers.embedded.answers.tailor import cut as whole_cut
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.voice import Voice, numbered

MOST, TWO = 3, 2


def highlight(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """One line to lead with, how to tell it, and one in reserve."""
    if ask.topic or ask.page or not reading.strongest:
        return [*whole_highlight(ask, reading, voice), *_use_of_part(ask, reading, voice)]
    if not carrying(reading):
        return [lead(reading, voice), *_use_of_part(ask, reading, voice)]
    first = carrying(reading)[0]
    steps = [place(first.line, reading, voice), tell(first.line, voice)]
    reserve = second(reading)
    if reserve:
        shows = what_it_shows(reserve, voice)
        steps.append(voice.say("coach.highlight.reserve", line=voice.line(reserve.line), shows=shows))
    blocks = [voice.say("coach.highlight.intro", job=voice.job(reading)), lead(reading, voice), numbered(steps)]
    if first.partly and not first.met:
        blocks.append(voice.say("coach.highlight.bounds"))
    return blocks


def met(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What is met, each with its line, and what each is for."""
    nothing = unmeasured(reading, voice)
    if nothing:
        return nothing
    if not reading.met:
        return [voice.say("met.none", job=voice.job(reading)), lead(reading, voice)]
    proofs = [(one, reading.best(one)) for one in reading.met[:MOST]]
    rows = [voice.say("fit.row", requirement=voice.asked(one), line=voice.line(line)) for one, line in proofs if line]
    blocks = [voice.say("coach.met.intro", job=voice.job(reading)), numbered(rows), voice.say("coach.met.use")]
    terms = reading.listed_terms[:MOST]
    if terms:
        blocks.append(voice.count("coach.missing.listed", len(terms), terms=voice.listed(terms)))
    return blocks


def rewrite(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """A bullet sharpened with its own words, what could be added, and what else it is good for."""
    blocks = whole_rewrite(ask, reading, voice)
    if ask.form or len(blocks) < TWO:
        return blocks
    return [*blocks, voice.say("coach.rewrite.use")]


def summary(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The drafts, and how to speak the same."""
    blocks = whole_summary(ask, reading, voice)
    return blocks if ask.form or ask.page or len(blocks) < TWO else [*blocks, voice.say("coach.summary.use")]


def cut(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What to shorten, and what to give the room to."""
    blocks = whole_cut(ask, reading, voice)
    lines = best_lines(reading, 1)
    if ask.page or not lines or not reading.facts.requirements:
        return blocks
    return [*blocks, voice.say("coach.cut.room", line=voice.line(lines[0]))]


def _use_of_part(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What to do with one part of the resume, or with lines that nobody asks for; once, not with every page."""
    if ask.page or not reading.facts.lines:
        return []
    if not ask.topic:
        return [voice.say("coach.highlight.concrete_use")] if reading.achievements else []
    held = len(whole_highlight(ask, reading, voice)) > 1
    return [voice.say("coach.highlight.part_use" if held else "coach.highlight.part_none")]
