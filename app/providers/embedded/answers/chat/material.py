"""The resume's own lines: those that answer the posting, those of one entry, those that answer nothing."""

from app.providers.embedded.answers.dates import break_rows
from app.providers.embedded.answers.entry import entry as whole_entry
from app.providers.embedded.answers.highlight import highlight as whole_highlight
from app.providers.embedded.answers.phrases import nothing_to_hold, page_of, what_it_shows
from app.providers.embedded.answers.rewrite import rewrite as whole_rewrite
from app.providers.embedded.answers.summary import summary as whole_summary
from app.providers.embedded.answers.tailor import cut as whole_cut
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.voice import Voice, bullets, numbered

PAGE, TWO = 3, 2


def highlight(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The lines that answer most of what is asked for, and what they answer."""
    chosen = page_of(reading.strongest, ask.page, PAGE)
    if ask.topic or not chosen:
        return whole_highlight(ask, reading, voice)[:TWO]
    rows = (f"{voice.line(one.line)}\n   {what_it_shows(one, voice)}" for one in chosen)
    intro = voice.say("chat.highlight.intro", job=voice.job(reading))
    return [intro, numbered(rows, ask.page * PAGE + 1)]


def entry(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The lines of one job or project, and what each answers."""
    return whole_entry(ask, reading, voice)[:TWO]


def cut(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The lines that show neither what the posting asks for nor a result."""
    blocks = whole_cut(ask, reading, voice)
    if len(blocks) < TWO or not reading.facts.requirements:
        return blocks
    return [voice.say("chat.cut.intro", job=voice.job(reading)), blocks[1]]


def rewrite(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """A bullet sharpened with its own words."""
    return whole_rewrite(ask, reading, voice, asks=False)


def summary(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """One draft, made of held facts."""
    return whole_summary(ask, reading, voice)[:TWO]


def breaks(_ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The times without a job, by the dates."""
    if not reading.facts.lines:
        return nothing_to_hold(reading, voice)
    rows = break_rows(reading, voice)
    if not rows:
        return [voice.say("break.unknown" if rows is None else "chat.break.none")]
    return [voice.say("chat.break.intro"), bullets(rows)]
