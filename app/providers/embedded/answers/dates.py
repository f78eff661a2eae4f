"""The times between jobs: what the dates show of them, since how to tell them takes a model or the person."""

from app.providers.embedded.answers.phrases import nothing_to_hold
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.voice import Voice, bullets
from app.tenure import span

LEAST_MONTHS = 2


def breaks(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """Each time of two months or more without a job, between which jobs, and what may honestly be said of it."""
    if not reading.facts.lines:
        return nothing_to_hold(reading, voice)
    items = dict.fromkeys(line.item for line in reading.facts.lines if line.section == "work" and line.item)
    rows = break_rows(reading, voice)
    if rows is None:
        return [voice.say("break.unknown")]
    if not rows:
        return [voice.say("break.none"), bullets(items)]
    return [voice.say("break.intro"), bullets(rows), voice.say("break.advice")]


def break_rows(reading: Reading, voice: Voice) -> list[str] | None:
    """Each time without a job and the jobs around it; None where no dates can be read."""
    items = dict.fromkeys(line.item for line in reading.facts.lines if line.section == "work" and line.item)
    spans = sorted((months, item) for item in items if (months := span(item, reading.today, whole_years=True)))
    if not spans:
        return None
    rows, (last, last_item) = [], (spans[0][0][1], spans[0][1])
    for (start, end), item in spans[1:]:
        if start - last > LEAST_MONTHS:
            rows.append(voice.say("break.row", months=start - last - 1, before=last_item, after=item))
        if end > last:
            last, last_item = end, item
    now = reading.today.year * 12 + reading.today.month
    if now - last > LEAST_MONTHS:
        rows.append(voice.say("break.since", months=now - last, before=last_item))
    return rows
