"""What being paid costs: a studio turn beside a turn of the resume chat, both as streams, asked in turns."""

import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx

from benchmarks.figures import Figure, progress
from benchmarks.relay import fake_upstream, open_sessions
from tests.server import running_server

ROUNDS = 80
QUESTION = "Is my Kubernetes experience enough for this job?"
STREAM = {"Accept": "text/event-stream"}


def run() -> list[Figure]:
    """Start the service before a model that answers at once, and time whole answers over HTTP."""
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        base_url = running.enter_context(fake_upstream())
        settings = {"OPENAI_BASE_URL": base_url, "CREDITS_ON_SIGNUP": "1000"}
        server = running.enter_context(running_server(folder, database="postgresql", **settings))
        headers, sessions = open_sessions(server, ROUNDS + 1)
        client = server.client(**headers, **STREAM)
        job = client.get("/api/v1/jobs", params={"limit": 1}, headers={"Accept": "*/*"}).json()["data"][0]["id"]
        assert client.post("/v1/ai/match", json={"job_id": job}, headers={"Accept": "*/*"}).status_code == 201
        times: dict[str, list[float]] = {"chat": [], "studio chat": [], "studio coach": []}
        progress(f"{ROUNDS} turns of each kind …")
        for number, session in enumerate(sessions):
            took = {
                "chat": _ask(client, f"/api/chat/{session}/message", {"message": QUESTION}),
                "studio chat": _ask(client, "/v1/ai/chat", _studio(job, "chat")),
                "studio coach": _ask(client, "/v1/ai/chat", _studio(job, "coach")),
            }
            for kind, seconds in took.items() if number else ():  # the first of each warms up
                times[kind].append(seconds)
    medians = {kind: statistics.median(values) for kind, values in times.items()}
    return [
        *(Figure(what=f"a turn: {kind}", value=median * 1000, unit="ms") for kind, median in medians.items()),
        *(
            Figure(what=f"{kind} over chat: ratio of medians", value=medians[kind] / medians["chat"])
            for kind in ("studio chat", "studio coach")
        ),
    ]


def _studio(job: int, kind: str) -> dict[str, Any]:
    return {"job_id": job, "message": QUESTION, "context_type": kind}


def _ask(client: httpx.Client, path: str, body: dict[str, Any]) -> float:
    began = time.perf_counter()
    answer = client.post(path, json=body)
    seconds = time.perf_counter() - began
    assert "event: done" in answer.text, answer.text
    return seconds
