"""What they may ask, drawn from the posting, and which line of the resume to answer with."""

import re
from collections.abc import Sequence
from itertools import chain, zip_longest

from app import vocabulary
from app.providers.base import Line, Requirement
from app.providers.embedded.answers.phrases import nothing_to_hold, page_of, terms_of
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading, tells_a_deed
from app.providers.embedded.text import number_in
from app.providers.embedded.voice import Voice, bullets, numbered
from app.providers.lines import only_lists

PAGE = 3


def interview(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """Questions that a line answers mixed with those that find a gap; then one on a figure and one on a duty."""
    if not reading.facts.lines:
        return nothing_to_hold(reading, voice)
    ordered = [one for one in mixed(reading) if not ask.terms or set(ask.terms) & set(one.terms)] or mixed(reading)
    chosen = page_of(ordered, ask.page, PAGE)
    rows = [_question(one, reading, voice) for one in chosen]
    rows += _on_figures(ask, reading, voice)
    rows += _on_duties(ask, reading, voice)
    if not rows or ask.nth > len(rows):
        return [voice.say("empty.more", job=voice.job(reading))]
    if ask.nth:
        return _single(ask.nth, rows, chosen, voice)
    blocks = [voice.say("interview.intro", job=voice.job(reading)), numbered(rows, ask.page * (PAGE + 2) + 1)]
    return [*blocks, voice.say("interview.yours")] if reading.facts.responsibilities and not ask.page else blocks


def _single(nth: int, rows: list[str], asked: Sequence[Requirement], voice: Voice) -> list[str]:
    """One question of the list, by its number, with every line that can answer it."""
    blocks = [f"{nth}. {rows[nth - 1]}"]
    lines = [line for line in asked[nth - 1].evidence if tells_a_deed(line)] if nth <= len(asked) else []
    if len(lines) > 1:
        blocks.append(voice.say("interview.lines") + "\n" + bullets(voice.line(line) for line in lines))
    return [*blocks, voice.say("interview.order")] if lines else blocks


def mixed(reading: Reading) -> list[Requirement]:
    """Two that the resume answers, then one that it doesn't, and so on; those that name a skill first."""
    ranked = sorted(reading.wanted, key=lambda one: (not one.must, not one.terms))
    held = [one for one in ranked if one.verdict != "missing"]
    gaps = [one for one in ranked if one.verdict == "missing"]
    rounds = zip_longest(held[::2], held[1::2], gaps)
    return [one for one in chain.from_iterable(rounds) if one is not None]


def _question(requirement: Requirement, reading: Reading, voice: Voice) -> str:
    asked = voice.asked(requirement)
    line = story(requirement, reading)
    if requirement.verdict == "missing" or line is None:
        close = reading.closest(requirement)
        names = [name for name in terms_of(requirement, reading, missing=True) if not _is_label(name, requirement)]
        key = "interview.close" if names else "interview.close_plain"
        ending = voice.say(key, line=voice.line(close)) if close else ""
        if names:
            return voice.say("interview.missing", requirement=asked, terms=voice.listed(names[:2]), close=ending)
        return voice.say("interview.missing_plain", requirement=asked, close=ending)
    in_line = [term for term in requirement.terms if term in line.terms]
    names = [reading.name_in(term, requirement) for term in in_line][:2]
    quoted = voice.line(line)
    if only_lists(line) and names:
        return voice.say("interview.listed", requirement=asked, terms=voice.listed(names), line=quoted)
    if not tells_a_deed(line) or line.section == "summary":
        return voice.say("interview.header", requirement=asked, line=quoted)
    if not names:
        return voice.say("interview.plain", requirement=asked, line=quoted)
    return voice.say("interview.use", requirement=asked, terms=voice.listed(names), line=quoted)


def story(requirement: Requirement, reading: Reading) -> Line | None:
    """The line to tell: a deed that is proof; else, for a title or a summary, the nearest bullet of a job."""
    best = reading.best(requirement)
    is_story = best is not None and best in reading.bullets and tells_a_deed(best) and best.section != "summary"
    if best is None or is_story or best.section not in ("summary", "work", "projects") or only_lists(best):
        return best
    there = [one for one in reading.facts.lines if one in reading.bullets and tells_a_deed(one)]
    there = [one for one in there if one.item == best.item or (not best.item and one.section == "work")]
    asked = vocabulary.words(requirement.text)
    return max(
        there, key=lambda one: (len(asked & vocabulary.words(one.text)), bool(number_in(one.text))), default=best
    )


def _is_label(name: str, requirement: Requirement) -> bool:
    """Whether nobody would ask about a skill by this name: an ordinary word, or only the label of its line."""
    return name.islower() or bool(re.match(rf"\W*(?:\w+ )?{re.escape(name)}\s*[-–:]", requirement.text))


def _on_figures(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    results = [line for line in reading.achievements if not number_in(line.text).isdigit()]
    lines = page_of(results, ask.page, 1) if not ask.terms else ()
    return [voice.say("interview.number", number=number_in(line.text), line=voice.line(line)) for line in lines]


def _on_duties(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    duties = page_of(reading.facts.responsibilities, ask.page, 1) if not ask.terms else ()
    return [voice.say("interview.duty", duty=voice.quote(duty)) for duty in duties]
