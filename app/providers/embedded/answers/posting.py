"""What the posting says of pay, place, duties and so on: in its own words, or that it doesn't say."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from app.providers.base import Requirement
from app.providers.embedded.answers.phrases import page_of, to_check
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.text import EXCERPT, distinct, fold, pattern
from app.providers.embedded.voice import Voice, bullets

LINES_QUOTED, LISTED, NEAR = 3, 7, 40
TOPICS = Path(__file__).parents[1] / "topics.toml"
SENTENCE_LENGTH = 50
_PAY = "salar|pay|rémun|remun|base|wage|brut|compens"
FIGURES = re.compile(rf"(?:{_PAY}).*\d{{2}}|\d{{2}}.*(?:{_PAY})", re.IGNORECASE)


def posting(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The posting's lines on the topic, or the news that there are none."""
    rows = rows_on(ask, reading, voice)
    job = voice.job(reading)
    if not rows and ask.page:
        return [voice.say("empty.more", job=job)]
    if not rows:
        return [voice.say(f"posting.silent_{ask.topic}", job=job)]
    blocks = [voice.say(f"posting.{ask.topic}", job=job), bullets(rows)]
    return [*blocks, *to_check(reading, voice)] if ask.topic == "requirements" and not ask.page else blocks


def rows_on(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What the posting says on the topic of the question, quoted."""
    facts = reading.facts
    if ask.topic in ("requirements", "musts"):
        asked = reading.wanted if ask.topic == "requirements" else reading.core
        return [_requirement(one, voice) for one in page_of(asked, ask.page, LISTED)]
    if ask.topic == "responsibilities":
        return [voice.quote(duty) for duty in page_of(facts.responsibilities, ask.page, LISTED)]
    lines = _on_company(reading) if ask.topic == "company" else lines_on(ask.topic, reading)
    if ask.topic == "location" and not lines and facts.manner != "tailor":
        lines = lines_on("remote", reading)  # "Acme | Remote (North America)" says where, too
    if ask.topic == "location" and facts.location:
        lines = (facts.location, *(line for line in lines if facts.location not in line))
    return [voice.quote(line) for line in page_of(lines, ask.page, LINES_QUOTED)]


def _requirement(requirement: Requirement, voice: Voice) -> str:
    key = "posting.must" if requirement.must else "posting.nice"
    quoted = voice.say(key, requirement=voice.asked(requirement))
    return quoted + " " + voice.say(f"posting.verdict_{requirement.verdict}")


def lines_on(topic: str, reading: Reading) -> tuple[str, ...]:
    """Lines that speak of the topic; where the question is one of money, those with a figure if there are any."""
    words = pattern(_topics()[topic])
    headed = _under_heading(topic, reading)
    if headed:
        return headed
    found = [(words.search(fold(line)), line) for line in _sentences(_body(reading))]
    lines = [line for match, line in sorted(found, key=lambda pair: bool(pair[0] and pair[0].start() > NEAR)) if match]
    if topic == "salary":
        lines = [line for line in lines if FIGURES.search(line)] or lines
    return distinct(lines)


def _under_heading(topic: str, reading: Reading) -> tuple[str, ...]:
    """The lines under a heading that is the topic's own, where there is one."""
    words = _topics()["headings"].get(topic)
    lines: list[str] = []
    inside = False
    for line in reading.facts.posting if words else ():
        if line.startswith("#"):
            inside = bool(pattern(words).search(fold(line)))
        elif inside:
            lines.append(line)
    return distinct(lines)


def _on_company(reading: Reading) -> tuple[str, ...]:
    name = fold(reading.facts.company)
    sentences = [line for line in _sentences(_body(reading)) if len(line) >= SENTENCE_LENGTH]
    return tuple(line for line in sentences if name and name in fold(line)) or tuple(sentences[:2])


def _sentences(lines: Sequence[str]) -> list[str]:
    """Long lines as their sentences, so that the one that matters can be quoted; short ones whole."""
    pieces = ([line] if len(line) <= EXCERPT else re.split(r"(?<=[.!?]) +(?=[A-ZÀ-Ý])", line) for line in lines)
    return [piece for line in pieces for piece in line]


def _body(reading: Reading) -> list[str]:
    """The posting's lines without its headings, which say nothing by themselves."""
    facts = reading.facts
    lines = facts.posting or (*facts.responsibilities, *(one.text for one in facts.requirements))
    return [line.lstrip("-•* ").strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


@cache
def _topics() -> dict[str, Any]:
    return tomllib.loads(TOPICS.read_text(encoding="utf-8"))
