"""Reading the chunks of a chat completion: only the fields that are used, typed, and nothing taken on trust."""

import json
from typing import Any

import msgspec

from app.providers.base import FinishReason, Usage
from app.providers.sse import EventSplitter, EventTooLong

TEXT_LIMIT = 1_000_000
PLAUSIBLE_TOKENS = 10_000_000
REASONS: dict[str, FinishReason] = {
    "length": "length",
    "max_tokens": "length",
    "content_filter": "content_filter",
    "safety": "content_filter",
}


class Malformed(Exception):
    """What arrived is not a chat completion; the message is ours, and names no word of it."""


class _Delta(msgspec.Struct):
    content: str | None = None
    reasoning: str | None = None
    reasoning_content: str | None = None


class _Choice(msgspec.Struct):
    index: int = 0
    delta: _Delta | None = None
    finish_reason: str | None = None


class _Chunk(msgspec.Struct):
    choices: list[_Choice] | None = None
    usage: Any = None
    error: Any = None


_decode = msgspec.json.Decoder(_Chunk).decode


class Reading:
    """One answer being read. `complete` once the model said that it is done; `alive` if the last read held any word."""

    def __init__(self) -> None:
        self.reason: FinishReason | None = None
        self.usage = Usage()
        self.alive = False
        self.length = 0
        self._blank = True
        self._done = False
        self._splitter = EventSplitter()

    @property
    def complete(self) -> bool:
        """Whether the model said that it is done, and had said something before."""
        return (self._done or self.reason is not None) and not self._blank

    @property
    def over(self) -> bool:
        """Whether the model said that it is done, whatever it had said before."""
        return self._done or self.reason is not None

    def feed(self, data: bytes) -> str:
        """Take the bytes of one read; give the text that came with them, joined."""
        try:
            return self._read(self._splitter.feed(data))
        except EventTooLong:
            raise Malformed("an event is too long") from None

    def flush(self) -> str:
        """Take the end of the body; give the text of a last event that nothing followed."""
        return self._read(self._splitter.flush())

    def _read(self, events: list[bytes]) -> str:
        self.alive = False
        texts = [text for event in events if (text := self._take(event))]
        if not texts:
            return ""
        text = "".join(texts)
        self.length += len(text)
        if self.length > TEXT_LIMIT:
            raise Malformed("the answer is too long")
        self._blank = self._blank and not text.strip()
        return text

    def _take(self, event: bytes) -> str | None:
        if event.startswith(b"[DONE]"):
            self._done = True
            return None
        chunk = _parse(event)
        if chunk.error is not None:
            raise Malformed("the stream carries an error")
        if chunk.usage is not None:
            self.usage = _plausible(chunk.usage)
        choice = next((choice for choice in chunk.choices or () if choice.index == 0), None)
        if choice is None:
            return None
        if choice.finish_reason:
            if choice.finish_reason == "error":
                raise Malformed("the stream ends in an error")
            self.reason = REASONS.get(choice.finish_reason, "stop")
        delta = choice.delta
        if delta is None:
            return None
        self.alive = self.alive or bool(delta.content or delta.reasoning or delta.reasoning_content)
        return delta.content


def _parse(event: bytes) -> _Chunk:
    try:
        return _decode(event)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _parse_leniently(event)


def _parse_leniently(event: bytes) -> _Chunk:
    """Read what is nearly JSON too: a NaN in the usage, half an emoji. Neither is a reason to throw an answer away."""
    try:
        text = json.dumps(json.loads(event, parse_constant=lambda _name: None), ensure_ascii=False)
        return _decode(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    except (ValueError, msgspec.DecodeError, RecursionError):
        raise Malformed("an event is not a chunk") from None


def _plausible(usage: object) -> Usage:
    counts = usage if isinstance(usage, dict) else {}
    return Usage(
        prompt_tokens=_tokens(counts.get("prompt_tokens")), completion_tokens=_tokens(counts.get("completion_tokens"))
    )


def _tokens(count: object) -> int | None:
    return count if type(count) is int and 0 <= count <= PLAUSIBLE_TOKENS else None
