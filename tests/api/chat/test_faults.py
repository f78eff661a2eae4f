"""Every way in which a model fails, as the person who asked sees it: a clear error, nothing lost, usable at once."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.extensions import db
from app.models import ChatTurn
from tests.api.chat.conftest import Seeker
from tests.fakes import upstream as fake
from tests.fakes.upstream import CUT, RESET, Answer, Upstream, answer

STREAM = {"Accept": "text/event-stream"}
WHOLE = answer("Hel", "lo ", "there")
HTML = Answer(steps=(b"<html>login secret</html>",), content_type="text/html")

FAULTS: dict[str, tuple[Answer, int, str, str]] = {
    "a wrong key": (fake.error(401, message="secret"), 502, "AI_ERROR", ""),
    "too many requests": (fake.error(429, message="secret", headers={"Retry-After": "7"}), 503, "AI_UNAVAILABLE", ""),
    "a server error": (fake.error(500, message="secret"), 502, "AI_ERROR", ""),
    "silence before the head": (fake.silence(), 504, "AI_TIMEOUT", ""),
    "silence after the head": (fake.silence(head=True), 504, "AI_TIMEOUT", ""),
    "one byte now and then": (fake.trickle(pace=0.2), 504, "AI_TIMEOUT", ""),
    "a reset at once": (WHOLE.after(0, RESET), 502, "AI_ERROR", ""),
    "a reset in the middle": (WHOLE.after(3, 0.05, RESET), 502, "AI_ERROR", "Hello "),
    "a cut in the middle": (WHOLE.after(3, 0.05, CUT), 502, "AI_ERROR", "Hello "),
    "a proper end without a finish": (answer("Hel", "lo ", finish=None, done=False), 502, "AI_ERROR", "Hello "),
    "a malformed event": (WHOLE.after(3, 0.05, b'data: {"choices": [\n\n'), 502, "AI_ERROR", "Hello "),
    "a page instead of a stream": (HTML, 502, "AI_ERROR", ""),
    "an error with status 200": (
        Answer(steps=(b'{"error": {"message": "secret"}}',), content_type="application/json"),
        502,
        "AI_ERROR",
        "",
    ),
    "a line of 10 MB": (Answer(steps=(b"data: ", b"x" * 10_000_000)), 502, "AI_ERROR", ""),
    "an empty answer": (answer(), 502, "AI_ERROR", ""),
    "a blank answer": (answer(" ", "\n"), 502, "AI_ERROR", ""),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_as_json(name: str, seeker: Seeker, upstream: Upstream, chat_app: Flask) -> None:
    script, status, code, kept = FAULTS[name]
    upstream.play(script)
    response = seeker.start("Am I qualified?")
    assert (response.status_code, response.get_json()["error"]["code"]) == (status, code)
    assert "secret" not in response.text
    assert response.headers["X-Turn-Id"]
    if name == "too many requests":
        assert response.headers["Retry-After"] == "7"
    _nothing_is_lost(seeker, chat_app, code, kept)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_as_a_stream(name: str, seeker: Seeker, upstream: Upstream, chat_app: Flask) -> None:
    script, _, code, kept = FAULTS[name]
    upstream.play(script)
    body = {"job_id": seeker.job["id"], "question": "Am I qualified?"}
    response = seeker.post("/api/chat/start", json=body, headers=STREAM)
    assert response.status_code == 200
    names, data = zip(*_frames(response.text), strict=True)
    assert names[0] == "start"
    assert (names[-1], data[-1]["code"]) == ("error", code)
    assert "".join(each["content"] for each in data[1:-1]).strip() == kept.strip()
    assert "secret" not in response.text
    _nothing_is_lost(seeker, chat_app, code, kept)


def test_a_model_that_cannot_be_reached(seeker: Seeker, chat_app: Flask) -> None:
    chat_app.extensions["provider"] = type(chat_app.extensions["provider"])(
        api_key="k", base_url="http://127.0.0.1:9/v1", connect_timeout=1, silence_timeout=1, total_timeout=2
    )
    response = seeker.start()
    assert (response.status_code, response.get_json()["error"]["code"]) == (503, "AI_UNAVAILABLE")


def _nothing_is_lost(seeker: Seeker, chat_app: Flask, code: str, kept: str) -> None:
    """The question is kept, the turn failed, and the session answers the next one."""
    (session,) = seeker.get("/api/chat/sessions").get_json()["sessions"]
    said = seeker.history(session["session_id"])
    expected = [("user", "Am I qualified?", "complete")] + ([("assistant", kept, "failed")] if kept.strip() else [])
    assert [(message["role"], message["content"], message["status"]) for message in said] == expected
    with chat_app.app_context():
        turn = db.session.scalars(select(ChatTurn).where(ChatTurn.user_profile_id == seeker.id)).one()
        assert (turn.state, turn.error_code) == ("failed", code)
        assert turn.finished_at is not None
    again = seeker.ask(session["session_id"])
    assert again.status_code == 200
    assert again.get_json()["response"] == "Hello from the fake model."


def _frames(text: str) -> list[tuple[str, dict[str, Any]]]:
    frames = [frame.split("\n") for frame in text.split("\n\n") if frame and not frame.startswith(":")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in frames]
