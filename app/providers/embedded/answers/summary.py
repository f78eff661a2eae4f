"""A summary line made of held facts: headline, years by the dates, the skills shown, the best achievement quoted."""

from app.providers.embedded.answers.phrases import nothing_to_hold
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading, item_name
from app.providers.embedded.voice import Voice


def summary(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """Two drafts, what they are made of, and what was left out as unproven."""
    if not reading.facts.lines:
        return nothing_to_hold(reading, voice)
    opening = _opening(reading, voice)
    achievements = reading.achievements[ask.page :]
    result = achievements[0].text.rstrip(".") + "." if achievements else ""
    blocks = [voice.say("summary.intro", job=voice.job(reading)), f"> {opening} {result}".rstrip()]
    if result:
        blocks += [voice.say("summary.second"), f"> {result} {opening}"]
    notes = voice.say("summary.made_of" if reading.years > 1 else "summary.made_of_plain")
    if not reading.shown_terms:
        notes = voice.say("summary.no_terms")
    if reading.gap_terms:
        notes += " " + voice.say("summary.not_named", terms=voice.named(reading.gap_terms[:3]))
    return [*blocks, notes]


def _opening(reading: Reading, voice: Voice) -> str:
    """`Senior Data Scientist, 9 years of work experience: Python, LightGBM and Airflow.`"""
    jobs = [item_name(line) for line in reading.facts.lines if line.section == "work" and line.item]
    title = reading.facts.headline or next(iter(jobs), "") or reading.facts.name
    parts = [title] if title else []
    if reading.years > 1:
        parts.append(voice.say("summary.years", years=reading.years))
    skills = voice.listed(reading.shown_terms[:4])
    opening = ", ".join(parts)
    return voice.say("summary.opening", opening=opening, skills=skills) if skills else f"{opening}."
