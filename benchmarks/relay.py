"""Relaying a stream: the real server and a bare view, beside each other over the same fake upstream.

CPU is that of the worker process alone, whatever else the machine does; both sides are measured in turns.
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psutil
import psycopg
from sqlalchemy import make_url

from benchmarks.figures import Figure, progress
from benchmarks.load import Ask, Heard, finish, start
from config import ROOT
from tests.builders import a_job, a_resume
from tests.server import Server, running_server

STREAMS = 300
ROUNDS = 3


class Side:
    """One server to measure: how to ask it for a stream, and the process that answers."""

    def __init__(self, name: str, pid: int, ask: Callable[[int, int, int], Ask]) -> None:
        self.name = name
        self.worker = psutil.Process(pid)
        self._ask = ask

    def asks(self, streams: int, *, chunks: int, rate: int) -> list[Ask]:
        """Make requests for that many streams at once; a rate of 0 is as fast as they go."""
        return [self._ask(number, chunks, rate) for number in range(streams)]

    def cpu(self) -> float:
        """Give the seconds of CPU that the worker has used."""
        used = self.worker.cpu_times()
        return float(used.user + used.system)


def question(chunks: int, rate: int) -> str:
    return f"Please answer {chunks} chunks at {rate} a second"


@contextmanager
def fake_upstream() -> Iterator[str]:
    """Run the fake upstream as a process; give its base URL."""
    command = [sys.executable, "-m", "tests.fakes.upstream", "--chunks", "3"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@contextmanager
def bare_view(base_url: str) -> Iterator[Side]:
    """Run the bare view as gunicorn runs any application: from a folder where our settings are not."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    options = ["-k", "gevent", "--worker-connections", "2000", "--no-control-socket", "--log-level", "warning"]
    command = [sys.executable, "-m", "gunicorn", *options, "-b", f"127.0.0.1:{port}", "benchmarks.bare:app"]
    environ = {**os.environ, "OPENAI_BASE_URL": base_url, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT / "benchmarks", env=environ) as process:
        try:
            for _ in range(300):
                with suppress(httpx.TransportError):
                    httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False)
                    break
                time.sleep(0.1)

            def ask(_number: int, chunks: int, rate: int) -> Ask:
                return Ask(port=port, path="/chat", body={"message": question(chunks, rate)}, chunks=chunks)

            yield Side("bare view", psutil.Process(process.pid).children()[0].pid, ask)
        finally:
            process.terminate()


@contextmanager
def real_server(base_url: str, folder: Path) -> Iterator[tuple[Server, Side]]:
    """Run the service on PostgreSQL, with a session for each stream."""
    with running_server(folder, database="postgresql", OPENAI_BASE_URL=base_url) as server:
        progress(f"opening {STREAMS} sessions …")
        headers, sessions = open_sessions(server, STREAMS)

        def ask(number: int, chunks: int, rate: int) -> Ask:
            path = f"/api/chat/{sessions[number]}/message"
            body = {"message": question(chunks, rate)}
            return Ask(port=server.port, path=path, body=body, headers=headers, chunks=chunks)

        yield server, Side("service", server.pids[0], ask)


def open_sessions(server: Server, count: int) -> tuple[dict[str, str], list[str]]:
    """Register, store a resume, and start a session about each of `count` postings; give the token's header too."""
    user = server.user()
    _post(user, "/api/v1/resumes", a_resume())
    sessions = []
    for number in range(count):
        job = _post(user, "/api/v1/jobs", a_job(title=f"Engineer {number}"))
        started = _post(user, "/api/chat/start", {"job_id": job["id"], "question": "How do I tailor this?"})
        sessions.append(str(started["session_id"]))
    return {"Authorization": user.headers["Authorization"]}, sessions


def _post(user: httpx.Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = user.post(path, json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def cpu_per_chunk(side: Side, streams: int, *, chunks: int, rate: int) -> float:
    """Give the worker's CPU in µs for each piece relayed, everything that a turn costs included."""
    before = side.cpu()
    heard = finish(start(side.asks(streams, chunks=chunks, rate=rate), spread=1.0 if rate else 0.0))
    _complain_about_lost(side, heard)
    return (side.cpu() - before) / (streams * chunks) * 1e6


def first_piece(asks: list[Ask]) -> float:
    """Give the median of the milliseconds until the first piece, of several streams at once."""
    return statistics.median(one.first for one in finish(start(asks, spread=0.0))) * 1000


def _complain_about_lost(side: Side, heard: list[Heard]) -> None:
    if lost := sum(one.lost for one in heard):
        statuses = sorted({one.status for one in heard})
        progress(f"{side.name}: {lost} pieces lost, statuses {statuses}")


def cpu(bare: Side, service: Side) -> Iterator[Figure]:
    """Compare what a relayed piece costs, in turns, so that a noisy moment hits both."""
    for name, streams, chunks, rate, most in (("paced", 50, 300, 20, 0.6), ("burst", 20, 1000, 0, 0.35)):
        costs: dict[str, list[float]] = {bare.name: [], service.name: []}
        for number in range(ROUNDS):
            progress(f"{streams} streams, {name}, round {number + 1} of {ROUNDS} …")
            for side in (bare, service):
                costs[side.name].append(cpu_per_chunk(side, streams, chunks=chunks, rate=rate))
        medians = {name: statistics.median(values) for name, values in costs.items()}
        for side in (bare, service):
            yield Figure(
                what=f"CPU per chunk, {streams} streams {name}: {side.name}", value=medians[side.name], unit="µs"
            )
        ratio = medians[service.name] / medians[bare.name]
        yield Figure(what=f"CPU per chunk, {streams} streams {name}: ratio", value=ratio, most=most)


def first_event(base_url: str, bare: Side, service: Side) -> Iterator[Figure]:
    """Compare how much later the first piece comes than straight from the upstream, at 10 streams."""
    direct = [_direct(base_url)] * 10
    times: dict[str, list[float]] = {"direct": [], bare.name: [], service.name: []}
    progress("time to the first piece …")
    for _ in range(7 * ROUNDS):
        times["direct"].append(first_piece(direct))
        for side in (bare, service):
            times[side.name].append(first_piece(side.asks(10, chunks=3, rate=0)))
    medians = {name: statistics.median(values) for name, values in times.items()}
    added = {side.name: medians[side.name] - medians["direct"] for side in (bare, service)}
    yield Figure(what="first piece, direct from the upstream", value=medians["direct"], unit="ms")
    for side in (bare, service):
        yield Figure(what=f"added to the first piece: {side.name}", value=added[side.name], unit="ms")
    yield Figure(what="added to the first piece: ratio", value=added[service.name] / added[bare.name], most=2.5)


def _direct(base_url: str) -> Ask:
    body = {"model": "any", "stream": True, "messages": [{"role": "user", "content": question(3, 0)}]}
    url = urlsplit(base_url)
    assert url.port is not None
    return Ask(port=url.port, path=f"{url.path}/chat/completions", body=body, chunks=3)


def many_streams(server: Server, service: Side) -> Iterator[Figure]:
    """Hold many streams on one worker: nothing may be lost, and no database connection held."""
    progress(f"{STREAMS} streams at once …")
    before = service.worker.memory_info().rss
    client = start(service.asks(STREAMS, chunks=400, rate=20), spread=3.0)
    time.sleep(14)  # all were admitted by then, and none has ended
    held = _connections_held(server)
    memory = service.worker.memory_info().rss - before
    heard = finish(client)
    yield Figure(what=f"{STREAMS} streams on one worker: chunks lost", value=sum(one.lost for one in heard), most=0)
    yield Figure(
        what=f"{STREAMS} streams on one worker: the slowest of 20 s took",
        value=max(one.seconds for one in heard),
        unit="s",
    )
    yield Figure(what="memory per open stream", value=memory / STREAMS / 1024, unit="KiB")
    yield Figure(what=f"database connections held by {STREAMS} open streams", value=held, most=0)


def _connections_held(server: Server) -> float:
    """Look 20 times within two seconds which of the service's connections are in a transaction; give the median."""
    url = make_url(server.environ["DATABASE_URL"]).set(drivername="postgresql")
    busy = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND state <> 'idle' AND pid <> pg_backend_pid()"
    counts = []
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        for _ in range(20):
            counts += connection.execute(busy, [url.database]).fetchone() or ()
            time.sleep(0.1)
    return statistics.median(counts)


def run() -> list[Figure]:
    """Start everything, measure, and stop everything."""
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        base_url = running.enter_context(fake_upstream())
        bare = running.enter_context(bare_view(base_url))
        server, service = running.enter_context(real_server(base_url, folder))
        return [
            *cpu(bare, service),
            *first_event(base_url, bare, service),
            *many_streams(server, service),
        ]
