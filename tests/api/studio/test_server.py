"""The studio on the real server: leaving at every point, racing for the last credit, and workers that are killed."""

import contextlib
import json
import socket
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from config import ROOT
from tests import dying
from tests.api.studio.conftest import frames
from tests.builders import a_job, a_resume
from tests.fakes.upstream import SILENCE, Upstream, answer, numbered
from tests.server import Server, running_server

pytestmark = pytest.mark.server
TWENTY = answer(*numbered(20), pace=0.02)
ENDLESS = TWENTY.after(21, SILENCE)  # the opening event and twenty more, and no end
LONG = answer(*numbered(200)).after(201, SILENCE)  # much to read, and no end
LATE_DONE = answer("All ", "of ", "it.").after(5, 2.0)  # whole, with its finish, and then nothing for a while
DATABASES = [("sqlite", 1), ("postgresql", 2)]


@pytest.fixture(scope="module")
def model() -> Iterator[Upstream]:
    with Upstream() as upstream:
        yield upstream


@pytest.fixture(scope="module", params=DATABASES, ids=lambda pair: pair[0])
def served(
    request: pytest.FixtureRequest, model: Upstream, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """One worker on SQLite, two on PostgreSQL; two answers a day may be cancelled late."""
    database, workers = request.param
    settings = {"OPENAI_BASE_URL": model.url, "TURN_LEASE": "2", "CANCEL_ALLOWANCE": "2"}
    folder = tmp_path_factory.mktemp("studio")
    with running_server(folder, database=database, workers=workers, **settings) as server:
        yield server


@pytest.fixture
def asker(served: Server, model: Upstream) -> Iterator[httpx.Client]:
    model.reset()
    model.default = answer("Hello ", "there.")
    with served.user() as client:
        yield with_material(client)


def with_material(client: httpx.Client) -> httpx.Client:
    assert client.post("/api/v1/resumes", json=a_resume()).status_code == 201
    client.job = client.post("/api/v1/jobs", json=a_job()).json()["uuid"]  # type: ignore[attr-defined]
    return client


def ask(client: httpx.Client, **headers: str) -> httpx.Response:
    body = {"job_id": client.job, "message": "Is it remote?", "context_type": "chat"}  # type: ignore[attr-defined]
    return client.post("/v1/ai/chat", json=body, headers=headers)


def last(response: httpx.Response) -> tuple[str, dict[str, Any]]:
    return frames(response.text)[-1]


def balance(client: httpx.Client) -> tuple[int, int]:
    data = client.get("/v1/ai/credits").json()["data"]
    return data["balance"], data["held"]


def eventually(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.05)


def audited(server: Server) -> None:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "credits", "audit"]
    ended = subprocess.run(command, cwd=ROOT, env=server.environ, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def hang_up_after(client: httpx.Client, served: Server, text: str, model: Upstream) -> None:
    """Ask, read until this text has come, and close the connection."""
    body = json.dumps({"job_id": client.job, "message": "Tell me", "context_type": "coach"}).encode()  # type: ignore[attr-defined]
    head = (
        f"POST /v1/ai/chat HTTP/1.1\r\nHost: x\r\nAuthorization: {client.headers['Authorization']}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    before = len(model.chats)
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as connection:
        connection.sendall(head.encode() + body)
        received = ""
        while text not in received:
            received += connection.recv(65536).decode(errors="replace")
        model.wait_for(lambda upstream: len(upstream.chats) > before)


@pytest.mark.parametrize("text", ["", "w00000", "w00009"])
def test_going_away_costs_nothing(asker: httpx.Client, served: Server, model: Upstream, text: str) -> None:
    model.play(ENDLESS)
    hang_up_after(asker, served, text, model)
    model.wait_for(lambda upstream: upstream.open == 0)
    eventually(lambda: balance(asker) == (10, 0))
    assert last(ask(asker))[1]["credits_remaining"] == 9


def test_who_has_read_it_all_and_hangs_up_before_done_pays(
    asker: httpx.Client, served: Server, model: Upstream
) -> None:
    model.play(LATE_DONE)
    hang_up_after(asker, served, "it.", model)
    eventually(lambda: balance(asker) == (9, 0))


def test_who_reads_and_leaves_too_often_has_to_wait(asker: httpx.Client, served: Server, model: Upstream) -> None:
    assert last(ask(asker))[0] == "done"
    for _ in range(3):  # one more than the allowance
        model.play(LONG)
        hang_up_after(asker, served, "w00199", model)
        eventually(lambda: balance(asker) == (9, 0))
    refused = ask(asker)
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "RATE_LIMITED")
    assert 80_000 < int(refused.headers["Retry-After"]) <= 86_400
    assert balance(asker) == (9, 0)


def test_who_leaves_early_may_do_so_often(asker: httpx.Client, served: Server, model: Upstream) -> None:
    model.play(answer(*numbered(200)))
    assert last(ask(asker))[0] == "done"
    for _ in range(4):
        model.play(ENDLESS)
        hang_up_after(asker, served, "w00000", model)
        eventually(lambda: balance(asker) == (9, 0))
    assert last(ask(asker))[1]["credits_remaining"] == 8


def test_a_stop_of_the_service_is_nobodys_cancelling(asker: httpx.Client, served: Server, model: Upstream) -> None:
    model.play(LONG)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(ask, asker)
        model.wait_for(lambda upstream: upstream.open == 1)
        served.restart()
        kind, data = last(asked.result())
    assert (kind, data["code"]) == ("error", "AI_UNAVAILABLE")
    assert balance(asker) == (10, 0)
    with ThreadPoolExecutor(10) as pool:  # who has read nothing for nothing may ask many at once
        assert {one.status_code for one in pool.map(lambda _: ask(asker), range(10))} == {200}


def test_fifty_at_once_with_ten_credits(asker: httpx.Client, served: Server, model: Upstream) -> None:
    model.default = answer("One ", "answer.", pace=0.05)
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: ask(asker), range(50)))
    assert Counter(one.status_code for one in answers) == {200: 10, 402: 40}
    whole = [last(one) for one in answers if one.status_code == 200]
    assert sorted(data["credits_remaining"] for _, data in whole) == list(range(10))
    assert len(model.chats) == 10
    assert balance(asker) == (0, 0)
    audited(served)


def test_twenty_with_one_key_make_one_call(asker: httpx.Client, model: Upstream) -> None:
    model.default = answer("One ", "answer.", pace=0.05)
    key = uuid.uuid4().hex
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: ask(asker, **{"Idempotency-Key": key}), range(20)))
    assert len(model.chats) == 1
    assert len({one.headers["X-Turn-Id"] for one in answers}) == 1
    assert {one.status_code for one in answers} <= {200, 409}
    assert balance(asker) == (9, 0)


@pytest.mark.timeout(400)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_worker_killed_at_any_step_charges_for_whole_answers_only(
    database: str, tmp_path: Path, model: Upstream
) -> None:
    """Each step of a turn once: the turn is then charged if it is complete, free if not, and can be asked again."""
    model.reset()
    model.default = answer("Hello ", "there.", pace=0.02)
    file = tmp_path / "steps"
    settings = {"OPENAI_BASE_URL": model.url, "TURN_LEASE": "1", dying.STEPS: str(file)}
    with running_server(tmp_path, database=database, workers=2, application="tests.dying:app", **settings) as server:
        assert last(ask(with_material(server.user())))[0] == "done"
        eventually(file.exists)
        steps = dying.step_names(file)
        assert {"commit", "committed", "model: Delta", "model: Finish", "frame", "closed"} <= set(steps)
        killed = [(number, name, with_material(server.user())) for number, name in enumerate(steps, 1)]
        for number, _, client in killed:
            with contextlib.suppress(httpx.HTTPError):
                ask(client, **{"Idempotency-Key": f"{number}", "X-Die-At": f"{number}"})
            eventually(lambda n=number: server.log.count("was sent SIGKILL") >= n)  # type: ignore[misc]
        for number, name, client in killed:
            eventually(lambda client=client: balance(client)[1] == 0)  # type: ignore[misc]
            left = balance(client)[0]
            again = ask(client, **{"Idempotency-Key": f"{number}"})
            kind, data = last(again)
            is_new = "Idempotent-Replayed" not in again.headers
            assert (kind == "done") == (balance(client)[0] == 9), (number, name)
            assert left == (10 if is_new or kind == "error" else 9), (number, name)
            assert kind == "error" or data["credits_remaining"] == 9, (number, name)
        audited(server)
