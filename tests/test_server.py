"""gunicorn with gevent, as gunicorn.conf.py sets it up, on each database."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import pytest

from config import ROOT
from tests.builders import a_job, a_resume
from tests.fakes.upstream import Upstream, answer, numbered
from tests.server import Server

pytestmark = pytest.mark.server


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def two_workers(request: pytest.FixtureRequest, server: Callable[..., Server]) -> Server:
    return server(database=request.param, workers=2)


def test_every_worker_serves(two_workers: Server) -> None:
    assert len(two_workers.pids) == 2
    with two_workers.client() as client:
        assert client.get("/healthz").status_code == 200


def test_a_killed_worker_is_replaced(two_workers: Server) -> None:
    dead = two_workers.kill_worker()
    assert dead not in two_workers.pids
    with two_workers.client() as client:
        assert client.get("/readyz").status_code == 200


def test_a_restart_keeps_what_is_stored(two_workers: Server) -> None:
    user = two_workers.user()
    two_workers.restart()
    assert user.get("/api/v1/auth/me").status_code == 200


def test_it_stops_at_once_and_without_a_traceback(two_workers: Server) -> None:
    for pid in two_workers.pids:
        os.kill(pid, signal.SIGINT)  # a terminal sends Ctrl-C to every process
    two_workers.stop(signal.SIGINT)
    assert "Traceback" not in two_workers.log
    two_workers.start()


def test_the_log_has_one_short_line_a_request_and_no_query(two_workers: Server) -> None:
    with two_workers.client() as client:
        client.get("/nowhere?token=verysecret", headers={"User-Agent": "verysecret"})
    deadline = time.monotonic() + 5
    while "/nowhere" not in two_workers.log and time.monotonic() < deadline:
        time.sleep(0.05)  # the line is written after the response
    lines = [line for line in two_workers.log.splitlines() if "/nowhere" in line]
    assert len(lines) == 1
    assert "GET /nowhere 404" in lines[0]
    assert "verysecret" not in two_workers.log


def test_a_stopping_server_lets_its_open_answers_end(server: Callable[..., Server]) -> None:
    with Upstream() as model:
        model.default = answer(*numbered(20), pace=0.05)
        running = server(OPENAI_BASE_URL=model.url)
        user = running.user()
        assert user.post("/api/v1/resumes", json=a_resume()).status_code == 201
        question = {"job_id": user.post("/api/v1/jobs", json=a_job()).json()["id"], "question": "How do I fit?"}
        headers = {"Accept": "text/event-stream"}
        with user.stream("POST", "/api/chat/start", json=question, headers=headers) as response:
            lines = response.iter_lines()
            assert next(lines) == "event: start"
            stopping = threading.Thread(target=running.stop, args=(signal.SIGTERM,))
            stopping.start()
            assert [line for line in lines if line.startswith("event: ")][-1] == "event: done"
        stopping.join()


def test_a_port_in_use_is_one_line_that_says_what_to_run(two_workers: Server) -> None:
    started = [sys.executable, "-m", "gunicorn", "wsgi:app"]
    environ = two_workers.environ | {"LOG_LEVEL": "WARNING"}
    ended = subprocess.run(started, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    port = two_workers.port
    assert ended.stderr == f"bespoke: Port {port} is in use: PORT={port + 1} make run\n"


@pytest.mark.parametrize("command", [["gunicorn", "wsgi:app"], ["flask", "--app", "wsgi", "db", "upgrade"]])
def test_a_wrong_setting_is_one_line_on_stderr(command: list[str]) -> None:
    environ = {"PATH": os.environ["PATH"], "PORT": "eighty"}
    ended = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=30, check=False
    )
    assert ended.returncode != 0
    assert ended.stderr.startswith("bespoke: PORT ")
    assert ended.stderr.count("\n") == 1
    assert ended.stdout == ""
