"""The event splitter: the same events, however the bytes were cut into reads."""

import itertools
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.providers.sse import EventSplitter, EventTooLong

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
NEWLINES = st.sampled_from(["\n", "\r\n", "\r"])


def split(data: bytes, cuts: list[int]) -> list[bytes]:
    splitter = EventSplitter()
    edges = [0, *sorted(cut for cut in cuts if cut < len(data)), len(data)]
    events = [event for a, b in itertools.pairwise(edges) for event in splitter.feed(data[a:b])]
    return events + splitter.flush()


@given(texts=st.lists(TEXTS), newline=NEWLINES, cuts=st.lists(st.integers(0, 300)))
def test_events_are_the_same_wherever_the_reads_cut(texts: list[str], newline: str, cuts: list[int]) -> None:
    frames = (f": beat{newline}{newline}data: {json.dumps(t, ensure_ascii=False)}{newline}{newline}" for t in texts)
    assert [json.loads(event) for event in split("".join(frames).encode(), cuts)] == texts


@given(data=st.text(alphabet="\r\nda:t x").map(str.encode), cuts=st.lists(st.integers(0, 60)))
@example(data=b"data:a\r\n\r\ndata:b\r\n\r\n", cuts=[7, 9])
@example(data=b"data:a\r\r\ndata:b\n\r\n", cuts=[7, 8])
def test_even_untidy_bytes_read_the_same_wherever_they_are_cut(data: bytes, cuts: list[int]) -> None:
    assert split(data, cuts) == split(data, [])


@pytest.mark.parametrize(
    ("stream", "events"),
    [
        (b"data:a\n\ndata: b\n\n", [b"a", b"b"]),
        (b"data:  a \n\n", [b" a "]),
        (b"data: a\ndata: b\n\n", [b"a\nb"]),
        (b"event: x\ndata: a\nid: 1\n\n", [b"a"]),
        (b"\xef\xbb\xbfdata: a\n\n", [b"a"]),
        (b"\n\n\ndata: a\n\n\n\n", [b"a"]),
        (b"data\n\n: data: x\n\n", [b""]),
        (b"data: a", [b"a"]),
        ("data: a\u2028b\u0085c\n\n".encode(), ["a\u2028b\u0085c".encode()]),
    ],
)
def test_events_are_read_as_the_standard_says(stream: bytes, events: list[bytes]) -> None:
    assert split(stream, []) == events


def test_an_event_that_never_ends_is_refused_whether_it_comes_at_once_or_in_pieces() -> None:
    with pytest.raises(EventTooLong):
        EventSplitter(limit=10).feed(b"data: 123456\n\n")
    splitter = EventSplitter(limit=10)
    for _ in range(10):
        splitter.feed(b"x")
    with pytest.raises(EventTooLong):
        splitter.feed(b"x")


def test_many_events_in_one_read_may_be_longer_than_one_event_may() -> None:
    assert EventSplitter(limit=10).feed(b"data: a\n\n" * 100) == [b"a"] * 100
