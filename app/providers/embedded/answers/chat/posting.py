"""What the posting says on a topic, in its own words, or that it says nothing."""

from app.providers.embedded.answers.phrases import to_check
from app.providers.embedded.answers.posting import rows_on
from app.providers.embedded.intents import Ask
from app.providers.embedded.reading import Reading
from app.providers.embedded.voice import Voice, bullets


def posting(ask: Ask, reading: Reading, voice: Voice) -> list[str]:
    """The posting's lines on the topic; without any, that alone."""
    rows, job = rows_on(ask, reading, voice), voice.job(reading)
    if not rows:
        return [voice.say("empty.more" if ask.page else f"chat.silent.{ask.topic}", job=job)]
    blocks = [voice.say(f"posting.{ask.topic}", job=job), bullets(rows)]
    return [*blocks, *to_check(reading, voice)] if ask.topic == "requirements" and not ask.page else blocks
