"""What the engine gives a provider and what it gets back. Frozen values only: no Flask, no tables.

A provider's `stream` yields `Delta`s and then exactly one `Finish`, or raises one of the `ModelFailed` errors. It never
returns without a `Finish`: an answer that merely stops is an error. What it opens, it closes, however it ends.
"""

import threading
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from app.cv.data import Data, DocType

Role = Literal["system", "user", "assistant"]
Verdict = Literal["met", "partly", "missing"]
FinishReason = Literal["stop", "length", "content_filter"]
Manner = Literal["tailor", "chat", "coach"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a prompt, and its content's length in tokens."""

    role: Role
    content: str
    tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a resume that can prove something: the user's own words and where they stand."""

    text: str
    section: Literal["summary", "work", "projects", "skills", "education", "other"]
    item: str = ""  # "Senior Data Scientist, DataTech (2021-03 – present)"
    terms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing a posting asks for, in its own words, and the resume lines that meet it, best first."""

    text: str
    must: bool
    terms: tuple[str, ...]
    verdict: Verdict
    evidence: tuple[Line, ...] = ()
    missing_terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchFact:
    """A stored match: its score of a hundred, and what each thing would add to it if the resume showed it.

    `requirements` goes by their texts, `skills` by their names; what would add nothing is left out.
    """

    score: int
    requirements: Mapping[str, int]
    skills: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The user's own rows as facts, for a provider that reasons over them instead of over the prompt's text."""

    question: str
    language: Literal["en", "fr"]  # of the question
    job_title: str
    company: str
    name: str
    headline: str
    summary: str
    requirements: tuple[Requirement, ...]
    responsibilities: tuple[str, ...]
    lines: tuple[Line, ...]
    location: str = ""  # as the posting gives it
    posting: tuple[str, ...] = ()  # all its lines in order, headings too: what it says of pay, place and hours
    match: MatchFact | None = None  # of these two as they are now, if it was computed
    manner: Manner = "tailor"  # what is wanted: help with the resume, facts about the job, or a strategy


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A CV or a letter as it stands before this message, for a provider that reads messages by rules."""

    doc_type: DocType
    data: Data
    message: str  # the newest
    said: tuple[str, ...]  # all of the user's messages, the newest last
    asked: str = ""  # the path or section that the assistant asked for last
    asked_before: tuple[str, ...] = ()  # all that it has asked for, in that order
    resume_lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One model call. `prompt_tokens` is exact for a known encoding: contents plus the chat format's overhead.

    `shape` is a JSON schema whose first property is `reply`: the answer is then one JSON object of that shape, of which
    the deltas are the reply's text, and the finish has all of it as `data`.
    """

    messages: tuple[Message, ...]
    model: str
    max_tokens: int
    prompt_tokens: int
    temperature: float | None = None
    facts: Facts | None = None
    shape: Mapping[str, object] | None = None
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of the answer, as it arrived: everything that one read brought, joined."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens, as the provider reports them; None where it said nothing or nonsense."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """The model said that it is done, and why; `data` is the whole answer, if a shape was asked for."""

    reason: FinishReason
    usage: Usage
    data: Mapping[str, Any] | None = None


Stream = Generator[Delta | Finish, None, None]
"""What a provider yields. A generator, so that whoever reads it can close it."""


@dataclass(slots=True)
class Cancellation:
    """Lets somebody else end a stream that is waiting for its upstream: `cancel()` calls what `on_cancel` was given.

    `stopped` is set where the service itself breaks off, because it stops, and not because nobody waits any more.
    """

    cancelled: bool = False
    stopped: bool = False
    _close: Callable[[], None] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def on_cancel(self, close: Callable[[], None] | None) -> None:
        """Say how to break off the read that comes next; called at once if the stream is cancelled already."""
        with self._lock:
            self._close = close
            now = self.cancelled
        if now and close is not None:
            close()

    def cancel(self) -> None:
        """End the stream; safe to repeat, and after its end."""
        with self._lock:
            self.cancelled = True
            close, self._close = self._close, None
        if close is not None:
            close()


class Cancelled(Exception):
    """Raised inside `stream` once its `Cancellation` was used."""


class Provider(Protocol):
    """A language model. `reads_facts` says whether it reasons over `Prompt.facts`, which take time to gather."""

    name: str
    reads_facts: bool

    def stream(self, prompt: Prompt, cancellation: Cancellation) -> Stream:
        """Yield the answer; raise `ModelFailed` (or a subclass), or `Cancelled`."""

    def close(self) -> None:
        """Give back what is kept open between calls; safe to repeat."""

    def check(self) -> None:
        """Return if the model can be reached, else raise `ModelUnavailable`; cheap, and bounded to 2 s."""
