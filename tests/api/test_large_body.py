"""A body without end, against the real server: refused at once, never read, and of no weight."""

import http.client
import json
import socket
import time
from collections.abc import Callable

import psutil
import pytest

from tests.server import Server

pytestmark = pytest.mark.server
MEGABYTE = 1024 * 1024
CHUNK = b"10000\r\n" + b"[" * 0x10000 + b"\r\n"
LOGIN = "/api/v1/auth/login"


@pytest.fixture(scope="module")
def running(server: Callable[..., Server]) -> Server:
    return server(workers=1)


def send(running: Server, head: list[str], megabytes: int) -> tuple[int, bytes]:
    """Send a request of this size as fast as it goes; how many bytes went out, and all that came back."""
    sent = 0
    with socket.create_connection(("127.0.0.1", running.port), timeout=20) as connection:
        connection.sendall("\r\n".join([*head, "Host: localhost", "Content-Type: application/json", "", ""]).encode())
        try:
            while sent < megabytes * MEGABYTE:
                connection.sendall(CHUNK)
                sent += len(CHUNK)
        except (BrokenPipeError, ConnectionResetError):
            pass
        return sent, received(connection)


def received(connection: socket.socket) -> bytes:
    answer = b""
    try:
        while piece := connection.recv(65536):
            answer += piece
    except ConnectionResetError:
        pass
    return answer


def parts(answer: bytes) -> tuple[int, bytes, dict]:
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), head, json.loads(body)


def memory(running: Server) -> int:
    return sum(psutil.Process(pid).memory_info().rss for pid in running.pids)


def test_a_hundred_megabytes_in_chunks_are_refused_unread(running: Server) -> None:
    send(running, [f"POST {LOGIN} HTTP/1.1", "Transfer-Encoding: chunked"], 1)
    before = memory(running)
    sent, answer = send(running, [f"POST {LOGIN} HTTP/1.1", "Transfer-Encoding: chunked"], 100)
    status, head, body = parts(answer)
    assert (status, body["code"]) == (413, "PAYLOAD_TOO_LARGE")
    assert b"Connection: close" in head
    assert sent < 20 * MEGABYTE, "the server went on reading"
    assert memory(running) - before < 8 * MEGABYTE


def test_a_hundred_megabytes_announced_are_refused_before_the_first(running: Server) -> None:
    with socket.create_connection(("127.0.0.1", running.port), timeout=20) as connection:
        connection.sendall(
            f"POST {LOGIN} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Content-Length: {100 * MEGABYTE}\r\n\r\n".encode()
        )
        status, head, body = parts(received(connection))
    assert (status, body["code"]) == (413, "PAYLOAD_TOO_LARGE")
    assert b"Connection: close" in head


def test_without_a_token_nothing_is_read_at_all(running: Server) -> None:
    sent, answer = send(running, ["POST /api/v1/auth/logout HTTP/1.1", "Transfer-Encoding: chunked"], 100)
    status, head, body = parts(answer)
    assert (status, body["code"]) == (401, "UNAUTHORIZED")
    assert b"Connection: close" in head
    assert sent < 20 * MEGABYTE


@pytest.mark.parametrize("framing", [b"zz\r\n", b"5\r\nabc", b"-1\r\n\r\n", b"fffffffffffffffffff\r\n"])
def test_broken_framing_is_the_clients_error(running: Server, framing: bytes) -> None:
    with socket.create_connection(("127.0.0.1", running.port), timeout=20) as connection:
        head = (
            f"POST {LOGIN} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        connection.sendall(head.encode() + framing)
        connection.shutdown(socket.SHUT_WR)
        status, _, body = parts(received(connection))
    assert (status, body["code"]) == (400, "VALIDATION_ERROR")


def test_a_body_cut_short_is_the_clients_error(running: Server) -> None:
    with socket.create_connection(("127.0.0.1", running.port), timeout=20) as connection:
        head = f"POST {LOGIN} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n"
        connection.sendall(head.encode() + b'{"email": "a"}')
        connection.shutdown(socket.SHUT_WR)
        status, _, body = parts(received(connection))
    assert (status, body["code"]) == (400, "VALIDATION_ERROR")


def test_a_small_request_keeps_its_connection(running: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=20)
    try:
        for _ in range(2):
            connection.request("POST", LOGIN, body="{}", headers={"Content-Type": "application/json"})
            answer = connection.getresponse()
            assert (answer.status, answer.getheader("Connection")) == (400, "keep-alive")
            answer.read()
    finally:
        connection.close()


def test_slow_bodies_keep_nobody_from_the_database(running: Server) -> None:
    """A client that sends its body a byte at a time holds neither a connection nor SQLite's write lock."""
    user = running.user()
    token = user.headers["Authorization"]
    slow = []
    try:
        for _ in range(30):
            connection = socket.create_connection(("127.0.0.1", running.port), timeout=20)
            slow.append(connection)
            connection.sendall(
                f"POST /api/v1/auth/logout HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\n"
                "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{".encode()
            )
        time.sleep(0.2)
        assert user.get("/api/v1/auth/me").status_code == 200
        assert running.user().get("/api/v1/auth/me").status_code == 200
    finally:
        for connection in slow:
            connection.close()
