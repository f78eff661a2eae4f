"""The resume chat on the real server: gunicorn, gevent, a real socket to the model and one to the client."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.builders import a_job, a_resume
from tests.fakes.upstream import SILENCE, Upstream, answer, numbered
from tests.server import Server, running_server

pytestmark = pytest.mark.server
STREAM = {"Accept": "text/event-stream"}
TWENTY = answer(*numbered(20), pace=0.05)
ENDLESS = TWENTY.after(21, SILENCE)  # the opening event and twenty more, and no end


@pytest.fixture(scope="module")
def model() -> Iterator[Upstream]:
    with Upstream() as upstream:
        yield upstream


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def served(
    request: pytest.FixtureRequest, model: Upstream, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """One worker on SQLite, two on PostgreSQL; leases short enough for a test to see one run out."""
    workers = 1 if request.param == "sqlite" else 2
    settings = {"OPENAI_BASE_URL": model.url, "TURN_LEASE": "2", "HEARTBEAT": "0.3", "MODEL_SILENCE_TIMEOUT": "20"}
    folder = tmp_path_factory.mktemp("served")
    with running_server(folder, database=request.param, workers=workers, **settings) as server:
        yield server


@pytest.fixture
def seeker(served: Server, model: Upstream) -> Iterator[httpx.Client]:
    """A client of somebody with a resume and a posting (`job_id`), before a model that has nothing scripted."""
    model.reset()
    model.default = answer("Hello ", "there.")
    with served.user() as client:
        assert client.post("/api/v1/resumes", json=a_resume()).status_code == 201
        client.job_id = client.post("/api/v1/jobs", json=a_job()).json()["id"]  # type: ignore[attr-defined]
        yield client


def start(client: httpx.Client, question: str = "How do I tailor this?") -> dict[str, Any]:
    response = client.post("/api/chat/start", json={"job_id": client.job_id, "question": question})  # type: ignore[attr-defined]
    assert response.status_code in (200, 201), response.text
    body: dict[str, Any] = response.json()
    return body


def history(client: httpx.Client, session: str) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = client.get(f"/api/chat/{session}/history?limit=100").json()["messages"]
    return messages


def eventually(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.05)


def chunks(lines: Iterator[str]) -> Iterator[str]:
    """The fragments of a stream as they arrive."""
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: ") and name == "chunk":
            yield json.loads(line.removeprefix("data: "))["content"]


def ask_over_a_socket(client: httpx.Client, served: Server, session: str, *, accept: str) -> socket.socket:
    """Send a message and keep the bare connection, so that the test can leave as it likes."""
    body = json.dumps({"message": "Tell me more"}).encode()
    head = (
        f"POST /api/chat/{session}/message HTTP/1.1\r\nHost: x\r\nAuthorization: {client.headers['Authorization']}\r\n"
        f"Accept: {accept}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    connection = socket.create_connection(("127.0.0.1", served.port), timeout=10)
    connection.sendall(head.encode() + body)
    return connection


@pytest.mark.parametrize("leave_after", [0, 1, 10, 20])
def test_a_client_that_leaves_a_stream_cancels_its_turn(
    seeker: httpx.Client, served: Server, model: Upstream, leave_after: int
) -> None:
    session = start(seeker)["session_id"]
    model.play(ENDLESS)
    connection = ask_over_a_socket(seeker, served, session, accept="text/event-stream")
    with connection, connection.makefile("r", encoding="utf-8", newline="\n") as lines:
        arriving = chunks(line.rstrip("\r\n") for line in lines)
        got = "".join(next(arriving) for _ in range(leave_after))
        if leave_after == 0:
            model.wait_for(lambda upstream: upstream.open == 1)
        connection.shutdown(socket.SHUT_RDWR)
        left_at = time.monotonic()
    model.wait_for(lambda upstream: upstream.open == 0)
    request = model.last
    assert request.disconnected_at is not None
    assert request.disconnected_at - left_at < 1
    model.reset()
    eventually(lambda: seeker.post(f"/api/chat/{session}/message", json={"message": "There?"}).status_code == 200)
    *_, last, _, _ = history(seeker, session)
    if last["role"] == "assistant":
        assert last["status"] == "cancelled"
        assert last["content"].startswith(got)


@pytest.mark.parametrize("accept", ["text/event-stream", "application/json"])
def test_leaving_is_noticed_while_the_model_is_silent(
    seeker: httpx.Client, served: Server, model: Upstream, accept: str
) -> None:
    session = start(seeker)["session_id"]
    model.play(TWENTY.after(0, SILENCE))
    with ask_over_a_socket(seeker, served, session, accept=accept):
        model.wait_for(lambda upstream: upstream.open == 1)
        left_at = time.monotonic()
    model.wait_for(lambda upstream: upstream.open == 0)
    assert model.last.disconnected_at is not None
    assert model.last.disconnected_at - left_at < 1
    eventually(lambda: seeker.post(f"/api/chat/{session}/message", json={"message": "x"}).status_code == 200)


def test_a_silent_model_is_bridged_by_comment_lines(seeker: httpx.Client, served: Server, model: Upstream) -> None:
    session = start(seeker)["session_id"]
    model.play(answer("Hello").after(0, SILENCE))
    with ask_over_a_socket(seeker, served, session, accept="text/event-stream") as connection:
        received = b""
        while received.count(b": still here\n\n") < 2:
            received += connection.recv(4096)


def test_a_second_message_while_one_is_answered_is_refused(seeker: httpx.Client, model: Upstream) -> None:
    session = start(seeker)["session_id"]
    model.play(TWENTY)
    with ThreadPoolExecutor(8) as pool:
        post = lambda _: seeker.post(f"/api/chat/{session}/message", json={"message": "Now?"}).status_code  # noqa: E731
        codes = sorted(pool.map(post, range(8)))
    assert codes == [200] + [409] * 7
    assert len(model.chats) == 2
    assert [message["role"] for message in history(seeker, session)] == ["user", "assistant"] * 2


def test_two_starts_at_once_make_one_session(seeker: httpx.Client, model: Upstream) -> None:
    model.play(TWENTY)
    with ThreadPoolExecutor(6) as pool:
        body = {"job_id": seeker.job_id, "question": "Hello?"}  # type: ignore[attr-defined]
        codes = sorted(pool.map(lambda _: seeker.post("/api/chat/start", json=body).status_code, range(6)))
    assert codes == [201] + [409] * 5
    assert len(seeker.get("/api/chat/sessions").json()["sessions"]) == 1


def test_many_streams_at_once_lose_nothing(seeker: httpx.Client, served: Server, model: Upstream) -> None:
    model.default = answer(*numbered(50), pace=0.01)
    sessions = []
    for number in range(30):
        body = a_job(title=f"Engineer {number}")
        seeker.job_id = seeker.post("/api/v1/jobs", json=body).json()["id"]  # type: ignore[attr-defined]
        sessions.append(seeker.job_id)  # type: ignore[attr-defined]

    def read(job_id: int) -> str:
        with seeker.stream("POST", "/api/chat/start", json={"job_id": job_id, "question": "?"}, headers=STREAM) as got:
            return "".join(chunks(got.iter_lines()))

    with ThreadPoolExecutor(len(sessions)) as pool:
        texts = list(pool.map(read, sessions))
    assert texts == ["".join(numbered(50))] * len(sessions)


def test_looking_after_clients_never_reads_what_the_server_is_to_read(
    seeker: httpx.Client, served: Server, model: Upstream
) -> None:
    """Connections that are kept alive over many short answers: each next request is read by the server alone."""
    model.default = answer("Hello ", "there.", pace=0.01)

    def ask_many(number: int) -> set[int]:
        with served.client(**seeker.headers) as client:
            job = client.post("/api/v1/jobs", json=a_job(title=f"Engineer {number}")).json()["id"]
            body = {"job_id": job, "question": "?"}
            return {client.post("/api/chat/start", json=body).status_code for _ in range(40)}

    with ThreadPoolExecutor(6) as pool:
        statuses = set().union(*pool.map(ask_many, range(6)))
    assert statuses == {200, 201}


def test_a_killed_worker_loses_no_message_and_its_turn_ends(
    seeker: httpx.Client, served: Server, model: Upstream
) -> None:
    session = start(seeker)["session_id"]
    model.play(TWENTY.after(5, SILENCE))
    broken = threading.Thread(target=_ask_and_expect_nothing, args=(seeker, session))
    broken.start()
    model.wait_for(lambda upstream: upstream.open == 1)
    for pid in served.pids:
        served.kill_worker(pid)
    broken.join()
    said = history(seeker, session)
    assert [message["content"] for message in said][-1] == "Do not lose me"
    model.reset()
    eventually(
        lambda: seeker.post(f"/api/chat/{session}/message", json={"message": "Again"}).status_code == 200, seconds=15
    )
    assert "failed: AI_ERROR" in served.log  # by the sweep, or by who asked again, whoever came first


def test_a_quick_stop_ends_running_turns_and_keeps_what_had_arrived(
    seeker: httpx.Client, served: Server, model: Upstream
) -> None:
    session = start(seeker)["session_id"]
    model.play(ENDLESS)
    with ask_over_a_socket(seeker, served, session, accept="text/event-stream") as connection:
        received = b""
        while b"w00019" not in received:
            received += connection.recv(4096)
        served.restart()
    *_, kept = history(seeker, session)
    assert (kept["status"], kept["content"]) == ("failed", "".join(numbered(20)))
    model.reset()
    assert seeker.post(f"/api/chat/{session}/message", json={"message": "Again"}).status_code == 200


def _ask_and_expect_nothing(client: httpx.Client, session: str) -> None:
    with pytest.raises(httpx.HTTPError):
        client.post(f"/api/chat/{session}/message", json={"message": "Do not lose me"})


def test_nothing_of_the_database_is_held_while_streaming(seeker: httpx.Client, served: Server, model: Upstream) -> None:
    """More open streams than the pool has connections, and the service still answers."""
    asked_more = lambda request: request.body["messages"][-1]["content"] == "Tell me more"  # noqa: E731
    model.default = lambda request: ENDLESS if asked_more(request) else answer("Hello")
    connections = []
    for number in range(25):
        job = seeker.post("/api/v1/jobs", json=a_job(title=f"Engineer {number}")).json()["id"]
        seeker.job_id = job  # type: ignore[attr-defined]
        connections.append(ask_over_a_socket(seeker, served, start(seeker)["session_id"], accept="text/event-stream"))
    model.wait_for(lambda upstream: upstream.open == 25)
    assert seeker.get("/api/chat/sessions").status_code == 200
    for connection in connections:
        connection.close()
    model.wait_for(lambda upstream: upstream.open == 0)
