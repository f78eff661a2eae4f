"""The provider without a model: it reads the facts or the draft of a prompt and answers, at once and always alike."""

import datetime as dt
import re
from collections.abc import Callable

from app.cv.answer import dump
from app.cv.changes import Patch
from app.errors import ModelFailed
from app.providers.base import Cancellation, Cancelled, Delta, Finish, FinishReason, Prompt, Stream, Usage
from app.providers.embedded.answers import answer
from app.providers.embedded.builder import answer_draft
from app.providers.embedded.followups import understand
from app.providers.embedded.reading import read
from app.providers.embedded.voice import Voice
from app.tokens import tokenizer_for

# A piece is a few words; a line's end, where Markdown's structure is, always closes one.
PIECE = re.compile(r"(?:\S+[^\S\n]*){1,6}\n*|\s+")
SENTENCE = re.compile(r".+?(?:[.!?…](?:[”»*)]|\u00a0»)*(?=\s)\s*|\n+|$)", re.DOTALL)


class EmbeddedProvider:
    """The built-in assistant. `today` is the clock by which a job without an end is counted."""

    name = "embedded"
    reads_facts = True

    def __init__(self, *, today: Callable[[], dt.date] | None = None) -> None:
        self._today = today or (lambda: dt.datetime.now(dt.UTC).date())

    def stream(self, prompt: Prompt, cancellation: Cancellation) -> Stream:
        """Yield the answer in groups of words; it ends early, at a sentence, only where `max_tokens` says so."""
        text, patch = self._answer(prompt)
        text, reason, tokens = _within(text, prompt)
        for piece in PIECE.findall(text):
            if cancellation.cancelled:
                raise Cancelled
            yield Delta(piece)
        usage = Usage(prompt_tokens=prompt.prompt_tokens, completion_tokens=tokens)
        yield Finish(reason=reason, usage=usage, data=None if patch is None else dump(text, patch))

    def _answer(self, prompt: Prompt) -> tuple[str, Patch | None]:
        """The answer to a prompt, and if it is about a draft, what the message changes there."""
        if prompt.draft is not None:
            answered = answer_draft(prompt.draft)
            return answered.reply, answered.patch
        if prompt.facts is None:
            raise ModelFailed("The built-in assistant answers only about a resume and a job, and was given neither.")
        reading = read(prompt.facts, self._today())
        ask = understand(reading.facts, prompt.messages)
        is_first = all(message.role != "assistant" for message in prompt.messages)
        return answer(ask, reading, Voice(prompt.facts.language), is_first=is_first), None

    def close(self) -> None:
        """Nothing is kept open."""

    def check(self) -> None:
        """There is nothing that could be out of reach."""


def _within(text: str, prompt: Prompt) -> tuple[str, FinishReason, int]:
    """The answer, or as many of its whole sentences as fit; at least the first, since an answer is never empty."""
    tokenizer = tokenizer_for(prompt.model)
    tokens = tokenizer.count(text)
    if tokens <= prompt.max_tokens:
        return text, "stop", tokens
    sentences = SENTENCE.findall(text)
    counts = tokenizer.count_lines(sentences)
    room, kept = prompt.max_tokens, 0
    while kept < len(sentences) and counts[kept] <= room:
        room -= counts[kept]
        kept += 1
    short = "".join(sentences[: max(kept, 1)]).rstrip()
    return short, "length", tokenizer.count(short)
