"""A summary line made of held facts: headline, years by the dates, the skills shown, the best achievement quoted."""

from app.providers.embedded.answers.phrases import nothing_to_hold
from app.providers.embedded.answers.years import own_years
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading, item_name
from app.providers.embedded.voice import Voice
from app.tenure import years_asked


def summary(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """Two drafts, what they are made of, and what was left out as unproven; shorter, or another, if asked."""
    if not reading.facts.lines:
        return nothing_to_hold(reading, voice)
    opening = _opening(reading, voice)
    if ask.form == "shorter":
        return [voice.say("summary.shorter"), f"> {opening}"]
    version = ask.page + (ask.tries if ask.form == "other" else 0)
    achievements = reading.achievements[version:]
    if version and not achievements:
        return [voice.say("summary.no_other")]
    result = achievements[0].text.rstrip(".") + "." if achievements else ""
    blocks = [voice.say("summary.intro", job=voice.job(reading)), f"> {opening} {result}".rstrip()]
    if result:
        blocks += [voice.say("summary.second"), f"> {result} {opening}"]
    return blocks if version else [*blocks, _notes(reading, voice)]


def _notes(reading: Reading, voice: Voice) -> str:
    stated = own_years(reading)
    notes = [voice.say("summary.years_own" if stated else "summary.years_dated")] if stated or reading.years > 1 else []
    notes.append(voice.say("summary.made_of" if reading.shown_terms else "summary.no_terms"))
    if reading.gap_terms:
        notes.append(voice.say("summary.not_named", terms=voice.named(reading.gap_terms[:3])))
    return " ".join(notes)


def _opening(reading: Reading, voice: Voice) -> str:
    """`Senior Data Scientist, 9 years of work experience: Python, LightGBM and Airflow.`"""
    jobs = [item_name(line) for line in reading.facts.lines if line.section == "work" and line.item]
    title = reading.facts.headline or next(iter(jobs), "") or reading.facts.name
    parts = [title] if title else []
    stated = own_years(reading)
    if stated:
        parts.append(voice.say("summary.stated", years=years_asked(stated)))
    elif reading.years > 1:
        parts.append(voice.say("summary.years", years=reading.years))
    skills = voice.listed(reading.shown_terms[:4])
    opening = ", ".join(parts)
    return voice.say("summary.opening", opening=opening, skills=skills) if skills else f"{opening}."
