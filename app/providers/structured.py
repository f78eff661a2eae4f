"""A model that answers with one JSON object, read as it grows: its `reply` is the answer's text, the rest its data.

The reply is decoded piece by piece while it comes first in the object, as it does in a schema that is kept. Where a
model puts it elsewhere, all of it comes at the end. Around the object may stand whatever models put there: a fence, a
sentence, thoughts.
"""

import json
import logging
import re
from collections.abc import Mapping
from contextlib import closing
from typing import Any, Final, Literal

from app.errors import ModelFailed
from app.providers.base import Delta, Finish, Stream

log = logging.getLogger(__name__)

_KEY: Final = '"reply"'
_HEX: Final = "[0-9a-fA-F]"
_HIGH: Final = rf"\\u[dD][89abAB]{_HEX}{{2}}"  # the first half of a surrogate pair, which waits for what follows it
_WHOLE: Final = re.compile(
    rf'(?:[^"\\]++|(?!{_HIGH})\\u{_HEX}{{4}}|{_HIGH}(?:\\u{_HEX}{{4}}|(?=[^\\])|(?=\\[^u]))|\\["\\/bfnrt])*+'
)
_PART: Final = re.compile(rf"(?:{_HIGH})?(?:\\(?:u{_HEX}{{0,3}})?)?")
_TRIES: Final = 20  # braces before the one that begins the object
_decoder: Final = json.JSONDecoder(strict=False)


def structured(pieces: Stream) -> Stream:
    """Turn the deltas of a JSON text into those of its reply, and add the object to the finish.

    `ModelFailed` if it is no object with a reply; what had come of the reply is given before. Of an answer that was cut
    for its length, the reply stays as far as it came, and of its lists what is complete.
    """
    reading = ReplyReading()
    finish: Finish | None = None
    with closing(pieces):
        for piece in pieces:
            if isinstance(piece, Finish):
                finish = piece
            elif text := reading.feed(piece.text):
                yield Delta(text)
    if finish is None:
        raise ModelFailed
    if finish.reason == "content_filter":
        yield finish
        return
    data = reading.whole()
    if data is None and finish.reason == "length":
        data = reading.complete_part()
    if data is None:
        log.warning("The model's answer is not of the shape that was asked for (%d characters).", reading.length)
        raise ModelFailed
    if text := reading.rest(data):
        yield Delta(text)
    yield Finish(reason=finish.reason, usage=finish.usage, data={**data, "reply": reading.reply})


class ReplyReading:
    """One JSON text being read. `reply` is what was given of the reply so far, `length` that of the text."""

    def __init__(self) -> None:
        self.length = 0
        self._parts: list[str] = []
        self._given: list[str] = []
        self._pending = ""
        self._state: Literal["before", "inside", "after"] = "before"

    @property
    def reply(self) -> str:
        """What was given so far."""
        return "".join(self._given)

    def feed(self, text: str) -> str:
        """Take a piece of the text; give what it brings of the reply."""
        self.length += len(text)
        self._parts.append(text)
        if self._state == "after":
            return ""
        self._pending += text
        if self._state == "before":
            self._find_reply()
        return self._decode() if self._state == "inside" else ""

    def whole(self) -> Mapping[str, Any] | None:
        """The object, once all of the text is there; None if there is none with a reply."""
        text = "".join(self._parts)
        at = text.find("{")
        for _ in range(1 if self._given else _TRIES):
            if at < 0:
                break
            try:
                data, _end = _decoder.raw_decode(text, at)
            except (ValueError, RecursionError):
                data = None
            if isinstance(data, dict) and isinstance(data.get("reply"), str):
                return data
            at = text.find("{", at + 1)
        return None

    def complete_part(self) -> Mapping[str, Any] | None:
        """What is complete of an object that was cut, with the reply as far as it came; None if nothing came of it."""
        text = "".join(self._parts)
        at = text.find("{")
        for _ in range(1 if self._given else _TRIES):
            if at < 0:
                break
            data = _complete_members(text, at + 1)
            if self.reply:
                data["reply"] = self.reply
            if isinstance(data.get("reply"), str) and data["reply"].strip():
                return {"changes": [], **data}
            at = text.find("{", at + 1)
        return None

    def rest(self, data: Mapping[str, Any]) -> str:
        """What of the reply was not given yet."""
        if self._given:
            return ""
        return self._give(data["reply"])

    def _find_reply(self) -> None:
        """Look for the reply's opening quote behind the first brace; wait while it may still come."""
        _, brace, text = self._pending.partition("{")
        text = text.lstrip()
        self._pending = brace + text
        if not brace or (len(text) < len(_KEY) and _KEY.startswith(text)):
            return
        colon = text.removeprefix(_KEY).lstrip() if text.startswith(_KEY) else "-"
        quote = colon[1:].lstrip() if colon[:1] in {":", ""} else "-"
        if not quote:
            return
        self._state = "inside" if quote[0] == '"' else "after"
        self._pending = quote[1:]

    def _decode(self) -> str:
        match = _WHOLE.match(self._pending)
        end = match.end() if match else 0
        text, self._pending = self._pending[:end], self._pending[end:]
        if not _PART.fullmatch(self._pending):
            self._state = "after"  # it is the closing quote, or no JSON
        try:
            return self._give(json.loads(f'"{text}"', strict=False)) if text else ""
        except ValueError:
            self._state = "after"
            return ""

    def _give(self, text: str) -> str:
        whole = text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        self._given.append(whole)
        return whole


def _complete_members(text: str, at: int) -> dict[str, Any]:
    """The members of an object that are complete, from behind its brace on; of a list that was cut, its elements."""
    members: dict[str, Any] = {}
    try:
        while True:
            key, at = _decoder.raw_decode(text, _behind(text, at, ""))
            at = _behind(text, at, ":")
            if text[at] == "[":
                members[key] = []
                at = _read_elements(text, at, members[key])
            else:
                members[key], at = _element(text, at)
            at = _behind(text, at, ",")
    except (ValueError, IndexError, TypeError, RecursionError):
        return members


def _read_elements(text: str, at: int, into: list[Any]) -> int:
    """Read the elements of a list into another; `ValueError` or `IndexError` where the text is cut."""
    at = _behind(text, at, "[")
    while text[at] != "]":
        element, at = _element(text, at)
        into.append(element)
        at = _behind(text, at, "")
        at = at if text[at] == "]" else _behind(text, at, ",")
    return at + 1


def _element(text: str, at: int) -> tuple[Any, int]:
    value, end = _decoder.raw_decode(text, at)
    if isinstance(value, int | float) and end == len(text):
        raise ValueError("more digits may have followed")
    return value, end


def _behind(text: str, at: int, sign: str) -> int:
    """The place of what follows a sign and the spaces around it."""
    match = re.compile(rf"\s*{re.escape(sign)}\s*").match(text, at)
    if not match:
        raise ValueError("another sign was expected")
    return match.end()
