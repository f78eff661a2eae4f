"""How the resume stands to the posting, requirement by requirement."""

from app.providers.base import Requirement
from app.providers.embedded.answers.fit import counted, urgency
from app.providers.embedded.answers.phrases import nothing_to_hold, page_of, standing, terms_of, to_check, worth_naming
from app.providers.embedded.answers.score import known_score, level
from app.providers.embedded.answers.tailor import renamings
from app.providers.embedded.answers.years import years_compared
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.voice import Voice, bullets
from app.tenure import years_asked

ROWS, PAGE, NAMED = 6, 5, 6


def fit(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """How many of the requirements the resume shows, then each with its line; asked again, only the count."""
    nothing = nothing_to_hold(reading, voice)
    if nothing:
        return nothing
    if ask.again or ask.form == "shorter":
        return [counted(reading, voice)]
    if ask.topic == "gaps":
        return [counted(reading, voice), *missing(ask, reading, voice)]
    core = reading.core
    rows = [standing_row(one, reading, voice) for one in core[:ROWS]]
    if len(core) > ROWS:
        rows.append(voice.say("fit.rest", count=len(core) - ROWS))
    blocks = [
        counted(reading, voice),
        *known_score(reading, voice),
        bullets(rows),
        *_beside(reading, voice),
        *to_check(reading, voice),
    ]
    return [*blocks, *years_compared(reading, voice, advice=False)]


def missing(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What is asked for and not shown: by what it would add to a known score, else the musts first."""
    nothing = nothing_to_hold(reading, voice)
    if nothing:
        return nothing
    gaps = sorted(reading.gaps, key=lambda one: (-reading.gain(one), *urgency(one)))
    chosen = page_of(gaps, ask.page, PAGE)
    if not gaps:
        return [voice.say("missing.none", job=voice.job(reading)), *_only_listed(reading, voice)]
    if not chosen:
        return [voice.say("empty.more", job=voice.job(reading))]
    rows = [_gap(one, reading, voice) for one in chosen]
    rest = len(gaps) - (ask.page + 1) * PAGE
    if rest > 0:
        rows.append(voice.say("fit.rest", count=rest))
    blocks = [voice.count("chat.missing.intro", len(gaps), job=voice.job(reading)), bullets(rows)]
    return blocks if ask.page else [*blocks, *_only_listed(reading, voice), *to_check(reading, voice)]


def compared(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What a resume would be adapted by: what it shows, only lists, calls by another name, and doesn't hold."""
    nothing = nothing_to_hold(reading, voice)
    if nothing:
        return nothing
    rows = []
    if reading.shown_terms:
        rows.append(voice.say("chat.compared.shown", terms=voice.listed(reading.shown_terms[:NAMED])))
    if reading.listed_terms:
        rows.append(voice.say("chat.compared.listed", terms=voice.listed(reading.listed_terms[:NAMED])))
    if reading.gap_terms:
        rows.append(voice.say("chat.compared.absent", terms=voice.named(reading.gap_terms[:NAMED])))
    rows += [voice.say("chat.compared.unshown", requirement=voice.asked(one)) for one in _nameless(reading)[:2]]
    intro = voice.say("chat.compared.intro", job=voice.job(reading))
    blocks = [intro, bullets(rows)] if rows else [counted(reading, voice)]
    words = renamings(reading, voice)
    return [*blocks, voice.say("tailor.words"), bullets(words)] if words else blocks


def standing_row(requirement: Requirement, reading: Reading, voice: Voice) -> str:
    """A requirement, whether the resume shows it, and with which line."""
    line, quoted = reading.best(requirement), voice.asked(requirement)
    kind: str = standing(requirement, reading)
    if line is None or kind == "missing":
        return voice.say("chat.row.missing", requirement=quoted)
    names = terms_of(requirement, reading, missing=True)
    if kind == "partly" and not names:
        kind = "years" if requirement.terms and years_asked(requirement.text) else "half"
    terms = voice.named(names[:4], "or")
    return voice.say(f"chat.row.{kind}", requirement=quoted, line=voice.line(line), terms=terms)


def _gap(requirement: Requirement, reading: Reading, voice: Voice) -> str:
    names = worth_naming(requirement, reading)
    weight = level(requirement, reading, voice)
    line = reading.best(requirement)
    if requirement.verdict == "partly" and line:
        key = "missing.row_partly" if names else "missing.row_half"
        terms = voice.named(names[:4], "or")
        return voice.say(key, requirement=voice.asked(requirement), level=weight, line=voice.line(line), terms=terms)
    key = "missing.row" if names else "missing.row_plain"
    return voice.say(key, requirement=voice.asked(requirement), level=weight, terms=voice.named(names[:4], "or"))


def _beside(reading: Reading, voice: Voice) -> list[str]:
    """How many of the merely welcome things the resume shows."""
    if reading.core == reading.wanted:
        return []
    nice = [one for one in reading.wanted if not one.must]
    held = sum(one in reading.met for one in nice)
    if len(nice) == 1:
        return [voice.say("chat.fit.nice_single" if held else "chat.fit.nice_single_none")]
    return [voice.say("chat.fit.nice" if held else "chat.fit.nice_none", count=held, all=len(nice))]


def _only_listed(reading: Reading, voice: Voice) -> list[str]:
    terms = reading.listed_terms[:4]
    return [voice.say("missing.listed", terms=voice.listed(terms))] if terms else []


def _nameless(reading: Reading) -> list[Requirement]:
    return [one for one in reading.core if one.verdict == "missing" and not one.terms]
