"""What to put forward: the lines that show most of what the posting wants, of all or of one part of the resume."""

from typing import Final

from app.providers.base import Line
from app.providers.embedded.answers.phrases import nothing_to_hold, page_of, what_it_shows
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading, Strong, item_name
from app.providers.embedded.text import number_in
from app.providers.embedded.voice import Voice, bullets, numbered
from app.providers.lines import CERTIFICATE, is_header, only_lists

PAGE = 3
PARTS: Final = {"certificates": CERTIFICATE, "volunteering": "Volunteer:", "awards": "Award:"}
"""A part of the resume that a question may be about, and how its entries begin."""


def highlight(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The strongest lines, why each counts, and where to put the first."""
    if not reading.facts.lines:
        return nothing_to_hold(reading, voice)
    if ask.topic in (*PARTS, "projects"):
        return _part(ask, reading, voice)
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
    """Where no bullet shows what is asked: what else does, then the lines with a figure."""
    rows = [voice.line(line) for line in reading.achievements[:PAGE]]
    elsewhere = [(one, reading.best(one)) for one in (*reading.met, *reading.listed)]
    if not elsewhere:
        key = "empty.evidence" if reading.facts.requirements else "empty.requirements"
        if not rows:
            return [voice.say("highlight.none", evidence=voice.say(key))]
        return [voice.say("highlight.fallback", evidence=voice.say(key)), bullets(rows)]
    proofs = [
        voice.say("fit.row", requirement=voice.asked(one), line=voice.line(line)) for one, line in elsewhere if line
    ]
    blocks = [voice.say("highlight.elsewhere"), bullets(proofs[:PAGE])]
    return [*blocks, voice.say("highlight.concrete"), bullets(rows)] if rows else blocks


def _part(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The projects, certificates and so on by what they show of this posting; those that show nothing come last."""
    lines = [line for line in reading.facts.lines if _belongs(line, ask.topic)]
    if not lines:
        return [voice.say(f"highlight.no_{ask.topic}")]
    shows = {
        line: Strong(
            line,
            tuple(one for one in reading.wanted if one.verdict == "met" and line in one.evidence),
            tuple(one for one in reading.wanted if one.verdict == "partly" and line in one.evidence),
        )
        for line in lines
    }
    entries: dict[str, list[Strong]] = {}
    for line in lines:
        entries.setdefault(item_name(line) or line.text, []).append(shows[line])
    ranked = sorted(entries, key=lambda name: -max(2 * len(one.met) + len(one.partly) for one in entries[name]))
    rows = [_entry(name, entries[name], voice) for name in page_of(ranked, ask.page, PAGE)]
    if not rows:
        return [voice.say("empty.more", job=voice.job(reading))]
    asked = any(one.met or one.partly for one in shows.values())
    return [
        voice.say("highlight.part" if asked else "highlight.part_idle", job=voice.job(reading)),
        numbered(rows, ask.page * PAGE + 1),
    ]


def _belongs(line: Line, topic: str) -> bool:
    return (
        line.section == "projects"
        if topic == "projects"
        else line.text.startswith(PARTS[topic]) or (line.item.startswith(PARTS[topic]))
    )


def _entry(name: str, entry: list[Strong], voice: Voice) -> str:
    """An entry by the line of it that shows most; without one, by its first line."""
    lines = [one for one in entry if not is_header(one.line)] or entry
    best = max(lines, key=_telling)
    shown = what_it_shows(best, voice)
    quoted = voice.own(name) if best.line.text == name or is_header(best.line) else voice.line(best.line)
    return f"{quoted}\n   {shown}" if shown else quoted


def _telling(strong: Strong) -> tuple[bool, int, bool]:
    """What was done and is asked for before what is only named, and that before what nobody asks for."""
    shown = 2 * len(strong.met) + len(strong.partly)
    return (bool(shown) and not only_lists(strong.line), shown, not only_lists(strong.line))


def _row(strong: Strong, voice: Voice, nth: int) -> str:
    number = number_in(strong.line.text)
    late = not number.isdigit() and strong.line.text.find(number) > len(strong.line.text) // 3
    row = f"{voice.line(strong.line)}\n   {what_it_shows(strong, voice)}"
    return f"{row} {voice.say('highlight.number', number=number)}" if late and nth < 2 else row
