"""Where an HTTP body ends."""

import itertools
from http.client import HTTPException

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.providers.framing import Chunked, Framing, Sized, UntilClosed


def read(framing: Framing, data: bytes, cuts: list[int]) -> bytes:
    edges = [0, *sorted(cut for cut in cuts if cut < len(data)), len(data)]
    return b"".join(framing.take(data[a:b]) for a, b in itertools.pairwise(edges) if b > a)


@given(chunks=st.lists(st.binary(min_size=1, max_size=40)), cuts=st.lists(st.integers(0, 300)), trailer=st.booleans())
def test_chunks_are_joined_wherever_the_reads_cut(chunks: list[bytes], cuts: list[int], trailer: bool) -> None:
    frames = b"".join(b"%x;note=1\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks)
    framing = Chunked()
    last = b"0\r\nX-After: 1\r\n\r\n" if trailer else b"0\r\n\r\n"
    assert read(framing, frames + last, cuts) == b"".join(chunks)
    assert (framing.complete, framing.excess) == (True, False)


@pytest.mark.parametrize("data", [b"zz\r\n", b"-5\r\nhello", b"<html>\n", b"1" * 5000, b"\xff\r\n"])
def test_a_broken_chunk_size_is_refused(data: bytes) -> None:
    with pytest.raises((HTTPException, ValueError)):
        Chunked().take(data)


@pytest.mark.parametrize("framing", [Chunked(), Sized(9)])
def test_a_connection_that_closes_early_is_refused(framing: Framing) -> None:
    framing.take(b"4\r\nhalf")
    with pytest.raises(HTTPException):
        framing.take(b"")


def test_a_sized_body_ends_with_its_last_byte_and_more_is_excess() -> None:
    framing = Sized(5)
    assert (framing.take(b"hel"), framing.complete) == (b"hel", False)
    assert (framing.take(b"lo, you"), framing.complete, framing.excess) == (b"lo", True, True)
    assert Sized(0).complete


def test_what_follows_the_last_chunk_is_excess() -> None:
    framing = Chunked()
    assert framing.take(b"2\r\nhi\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n") == b"hi"
    assert (framing.complete, framing.excess) == (True, True)


def test_a_body_without_length_ends_with_the_connection() -> None:
    framing = UntilClosed()
    assert (framing.take(b"hi"), framing.complete) == (b"hi", False)
    assert (framing.take(b""), framing.complete) == (b"", True)
