"""A frame holds whatever text there is, and a reader of event streams gets it back."""

import json

from hypothesis import given
from hypothesis import strategies as st

from app.api.sse import HEARTBEAT, frame

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def read(stream: bytes) -> list[tuple[str, str]]:
    """Events as a browser reads them: lines end with CR, LF or CRLF, and with nothing else."""
    lines = stream.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    events, name, data = [], "message", ""
    for line in (each.decode() for each in lines):
        if line == "" and data:
            events.append((name, data))
            name, data = "message", ""
        elif line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            data += line.removeprefix("data: ")
    return events


@given(st.lists(TEXTS, max_size=5))
def test_any_text_comes_back_from_its_frame(texts: list[str]) -> None:
    sent = b"".join(frame("chunk", {"content": text}) + HEARTBEAT for text in texts)
    assert [(name, json.loads(data)["content"]) for name, data in read(sent)] == [("chunk", text) for text in texts]


def test_a_heartbeat_is_no_event() -> None:
    assert read(HEARTBEAT) == []
