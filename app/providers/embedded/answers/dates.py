"""The times between jobs: what the dates show of them, since how to tell them takes a model or the person."""

import datetime as dt
import re

from app.providers.embedded.answers.phrases import nothing_to_hold
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.text import DATES
from app.providers.embedded.voice import Voice, bullets

LEAST_MONTHS = 2


def breaks(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """Each time of two months or more without a job, between which jobs, and what may honestly be said of it."""
    if not reading.facts.lines:
        return nothing_to_hold(reading, voice)
    items = dict.fromkeys(line.item for line in reading.facts.lines if line.section == "work" and line.item)
    spans = sorted((span, item) for item in items if (span := _span(item, reading.today)))
    if not spans:
        return [voice.say("break.unknown")]
    rows, (last, last_item) = [], (spans[0][0][1], spans[0][1])
    for (start, end), item in spans[1:]:
        if start - last > LEAST_MONTHS:
            rows.append(voice.say("break.row", months=start - last - 1, before=last_item, after=item))
        if end > last:
            last, last_item = end, item
    now = reading.today.year * 12 + reading.today.month
    if now - last > LEAST_MONTHS:
        rows.append(voice.say("break.since", months=now - last, before=last_item))
    if not rows:
        return [voice.say("break.none"), bullets(items)]
    return [voice.say("break.intro"), bullets(rows), voice.say("break.advice")]


def _span(item: str, today: dt.date) -> tuple[int, int] | None:
    """The first and the last month of an item by its dates, counted from year 0; a year alone takes in all of it."""
    match = DATES.search(item)
    if match is None:
        return None
    now = today.year * 12 + today.month
    end = re.match(r"(\d{4})(?:-(\d\d))?", (match["end"] or "").strip())
    last = int(end[1]) * 12 + int(end[2] or 12) if end else now
    return int(match["start"]) * 12 + int(match["start_month"] or 1), min(last, now)
