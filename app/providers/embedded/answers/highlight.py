"""What to put forward: the lines that answer most of what the posting wants."""

from app.providers.embedded.answers.phrases import answers_what, nothing_to_hold, page_of
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading, Strong, item_name
from app.providers.embedded.text import number_in
from app.providers.embedded.voice import Voice, bullets, numbered

PAGE = 3


def highlight(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The strongest lines, why each counts, and where to put the first."""
    if not reading.facts.lines:
        return nothing_to_hold(reading, voice)
    if not reading.strongest:
        return concrete_lines(reading, voice)
    chosen = page_of(reading.strongest, ask.page, PAGE)
    if not chosen:
        return [voice.say("empty.more", job=voice.job(reading))]
    first = ask.page * PAGE + 1
    blocks = [
        voice.say("highlight.intro", job=voice.job(reading)),
        numbered([_row(strong, voice, nth) for nth, strong in enumerate(chosen)], first),
    ]
    leader = chosen[0].line
    if ask.page == 0 and leader.item and leader.section == "work" and reading.place(leader) > 0:
        blocks.append(voice.say("highlight.top", item=item_name(leader)))
    if ask.page == 0 and reading.listed_terms:
        blocks.append(voice.say("highlight.also", terms=voice.listed(reading.listed_terms[:4])))
    return blocks


def concrete_lines(reading: Reading, voice: Voice) -> list[str]:
    """Where no line answers the posting: the lines with a figure, and that they don't."""
    key = "empty.evidence" if reading.facts.requirements else "empty.requirements"
    if not reading.achievements:
        return [voice.say("highlight.none", evidence=voice.say(key))]
    rows = [voice.line(line) for line in reading.achievements[:PAGE]]
    return [voice.say("highlight.fallback", evidence=voice.say(key)), bullets(rows)]


def _row(strong: Strong, voice: Voice, nth: int) -> str:
    number = number_in(strong.line.text)
    late = not number.isdigit() and strong.line.text.find(number) > len(strong.line.text) // 3
    if late and nth < 2:
        return voice.say("highlight.number", number=number, **answers_what(strong, voice))
    return voice.say("highlight.row", **answers_what(strong, voice))
