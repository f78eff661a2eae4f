"""A call that was given up is over, whatever state its socket is in."""

import os
import resource
import socket
import time

import pytest

from app.providers.deadlines import Call


def test_a_call_ends_also_when_no_descriptor_is_left() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        call = Call(silence=5, total=5)
        call.attach(ours)
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
        try:
            with pytest.raises(OSError, match="Too many open files"):
                os.dup(ours.fileno())
            call.end("cancelled")
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        theirs.settimeout(5)
        assert theirs.recv(1) == b""


def test_a_call_that_ended_before_it_was_connected_is_ended_at_the_next_look() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket() as connecting:
        call = Call(silence=5, total=5)
        call.attach(connecting)
        call.end("cancelled")
        connecting.connect(listener.getsockname())
        call.end_if_due(time.monotonic())
        connecting.settimeout(5)
        assert connecting.recv(1) == b""
        assert call.ended_by == "cancelled"
