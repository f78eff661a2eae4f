"""How to tailor the resume to the posting, and what to cut."""

from app import vocabulary
from app.providers.base import Line
from app.providers.embedded.answers.highlight import concrete_lines
from app.providers.embedded.answers.phrases import nothing_to_hold, page_of, to_check, what_it_shows, worth_naming
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import SHOWN, Reading, Strong, are_two_names, spelling
from app.providers.embedded.sharpen import tells_a_result
from app.providers.embedded.text import fold, holds
from app.providers.embedded.voice import Voice, bullets, numbered
from app.providers.lines import only_lists

PAGE, FEW = 3, 2


def tailor(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """What to lead with, what to show instead of listing, whose words to use, what is missing; in this order."""
    if reading.facts.lines and not reading.facts.requirements:
        return [*concrete_lines(reading, voice), *to_check(reading, voice)]
    if not reading.facts.lines:
        return nothing_to_hold(reading, voice)
    if ask.page:
        return _further(ask, reading, voice)
    blocks = [voice.say("tailor.intro", job=voice.job(reading))]
    if reading.strongest:
        blocks += [voice.say("tailor.lead"), numbered(_lead(one, reading, voice) for one in reading.strongest[:PAGE])]
    else:
        blocks += concrete_lines(reading, voice)
    others = [line for line in reading.achievements if line not in [one.line for one in reading.strongest]]
    if 0 < len(reading.strongest) < FEW and others:
        blocks += [voice.say("tailor.concrete"), bullets(voice.line(line) for line in others[:2])]
    if reading.listed_terms:
        row = voice.say("tailor.listed_row", terms=voice.listed(reading.listed_terms[:4]))
        blocks += [voice.say("tailor.listed"), row]
    words = wordings(reading, voice)
    if words:
        blocks += [voice.say("tailor.words"), bullets(words)]
    gaps = _gaps(reading, voice)
    if gaps:
        blocks += [voice.say("tailor.gaps"), bullets(gaps), voice.say("tailor.gap_advice")]
    blocks += to_check(reading, voice)
    if reading.suspects:
        blocks.append(voice.say("tailor.suspects"))
    return [*blocks, voice.say("tailor.next")]


def cut(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The lines that show neither what the posting asks for nor a result."""
    nothing = nothing_to_hold(reading, voice)
    if nothing:
        return nothing
    idle = idle_lines(reading)
    chosen = page_of(idle, ask.page, 4)
    if not chosen:
        return [voice.say("empty.more" if idle else "cut.none", job=voice.job(reading))]
    rows = bullets(voice.say("cut.row", line=voice.line(line)) for line in chosen)
    return [voice.say("cut.intro", job=voice.job(reading)), rows, voice.say("cut.advice")]


def _further(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The next lines to bring forward, and where to save room."""
    chosen = page_of(reading.strongest, ask.page, PAGE)
    if not chosen:
        return [voice.say("empty.more", job=voice.job(reading))]
    rows = numbered((_lead(one, reading, voice) for one in chosen), ask.page * PAGE + 1)
    idle = idle_lines(reading)
    return [voice.say("tailor.lead"), rows, *([voice.say("tailor.trim", line=voice.line(idle[0]))] if idle else [])]


def _lead(strong: Strong, reading: Reading, voice: Voice) -> str:
    moves = strong.line.section == "work" and reading.place(strong.line) > 0
    row = f"{voice.line(strong.line)}\n   {what_it_shows(strong, voice)}"
    return f"{row} {voice.say('tailor.move')}" if moves else row


def wordings(reading: Reading, voice: Voice) -> list[str]:
    """Where the two spell one skill differently, and what headline and summary should name."""
    return [*renamings(reading, voice), *headline_beside(reading, voice)][-3:]


def renamings(reading: Reading, voice: Voice) -> list[str]:
    """Where resume and posting spell one skill differently."""
    rows = []
    for term in dict.fromkeys(term for one in reading.wanted for term in one.terms):
        theirs = reading.name(term)
        mine = [line for line in reading.facts.lines if term in line.terms and line.section in (*SHOWN, "skills")]
        yours = next(filter(None, (spelling(term, line.text) for line in mine)), "")
        if yours and are_two_names(yours, theirs) and not any(holds(fold(line.text), theirs) for line in mine):
            rows.append(voice.say("tailor.words_row", theirs=voice.quote(theirs), yours=voice.quote(yours)))
    return rows


def headline_beside(reading: Reading, voice: Voice) -> list[str]:
    """What the summary should name where the headline is another than the job's title."""
    headline, title = reading.facts.headline, reading.facts.job_title
    shared = voice.listed(reading.shown_terms[:3])
    if headline and title and shared and fold(headline) != fold(title):
        quoted = {"headline": voice.quote(headline), "title": voice.quote(title)}
        return [voice.say("tailor.headline", terms=shared, **quoted)]
    return []


def _gaps(reading: Reading, voice: Voice) -> list[str]:
    rows: list[str] = []
    told: set[str] = set()
    for requirement in reading.gaps:
        quoted = voice.asked(requirement)
        names = worth_naming(requirement, reading)
        if names and told.issuperset(names):
            continue
        told.update(names)
        if names:
            rows.append(voice.say("tailor.gap_row", requirement=quoted, terms=voice.named(names[:4], "or")))
        elif requirement.verdict == "missing":
            rows.append(voice.say("tailor.gap_row_plain", requirement=quoted))
    return rows[:3]


def idle_lines(reading: Reading) -> tuple[Line, ...]:
    """The lines of jobs and projects that show nothing asked for and no result, the oldest job's first."""
    useful = {line for one in reading.wanted for line in one.evidence}
    duties = frozenset[str]().union(*(vocabulary.terms(duty) for duty in reading.facts.responsibilities))
    lines = [line for line in reading.facts.lines if line.section in ("work", "projects") and line in reading.bullets]
    return tuple(
        line
        for line in reversed(lines)
        if line not in useful and not only_lists(line) and not line.terms & duties and not tells_a_result(line.text)
    )
