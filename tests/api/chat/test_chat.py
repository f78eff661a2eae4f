"""The resume chat's routes, as a frontend uses them."""

import json
import threading
import uuid
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.extensions import db
from app.models import ChatMessage, ChatSession, ChatSessionMetrics, ChatTurn, Resume
from tests.api.chat.conftest import Seeker
from tests.api_client import ApiUser
from tests.fakes.upstream import Upstream, answer, exact_usage

STREAM = {"Accept": "text/event-stream"}


def events(response: Any) -> list[tuple[str, Any]]:
    """The named events of a stream that has ended."""
    assert response.status_code == 200, response.text
    frames = [frame for frame in response.text.split("\n\n") if frame and not frame.startswith(":")]
    parts = [dict(line.split(": ", 1) for line in frame.split("\n")) for frame in frames]
    return [(part["event"], json.loads(part["data"])) for part in parts]


def test_a_start_answers_and_makes_a_session(seeker: Seeker, upstream: Upstream) -> None:
    response = seeker.start()
    body = response.get_json()
    assert response.status_code == 201
    assert body["response"] == "Hello from the fake model."
    assert (body["resumed"], body["message_count"], body["finish_reason"]) == (False, 2, "stop")
    assert body["usage"] == {"prompt_tokens": 9, "completion_tokens": 5, "total_tokens": 14}
    assert body["job"] == {key: seeker.job[key] for key in ("id", "title", "company")}
    assert response.headers["X-Turn-Id"] == body["turn_id"]
    assert len(upstream.chats) == 1


def test_a_second_start_for_the_job_continues_its_session(seeker: Seeker) -> None:
    first = seeker.start().get_json()
    again = seeker.start("And what about Kubernetes?")
    assert again.status_code == 200
    assert again.get_json()["session_id"] == first["session_id"]
    assert again.get_json()["resumed"] is True
    assert again.get_json()["message_count"] == 4


def test_the_model_is_given_the_resume_the_posting_and_what_was_said(seeker: Seeker, upstream: Upstream) -> None:
    session = seeker.start("How do I tailor this?").get_json()["session_id"]
    seeker.ask(session, "And Kubernetes?")
    messages = upstream.last.body["messages"]
    assert [message["role"] for message in messages] == ["system", "user", "user", "assistant", "user"]
    material = messages[1]["content"]
    assert seeker.resume["work"][0]["company"] in material
    assert seeker.job["company"] in material
    assert [message["content"] for message in messages[2:]] == [
        "How do I tailor this?",
        "Hello from the fake model.",
        "And Kubernetes?",
    ]


def test_the_system_message_is_the_same_for_everybody(seeker: Seeker, upstream: Upstream) -> None:
    seeker.start()
    somebody_else = Seeker(seeker.client).with_material()
    somebody_else.start("Something else?")
    first, second = (request.body["messages"] for request in upstream.chats)
    assert first[0] == second[0]


def test_the_tokens_we_count_are_those_the_endpoint_counts(seeker: Seeker, upstream: Upstream, chat_app: Flask) -> None:
    upstream.play(answer("Fine.", usage=None), answer("Fine.", usage=None))
    session = seeker.start("Comment adapter mon CV à ce poste ? 🙂").get_json()
    second = seeker.ask(session["session_id"], "And now?").get_json()
    for counted, request in zip((session, second), upstream.chats, strict=True):
        assert counted["usage"]["prompt_tokens"] == request.prompt_tokens()


def test_usage_is_what_the_provider_reports(seeker: Seeker, upstream: Upstream) -> None:
    upstream.play(exact_usage)
    assert seeker.start().get_json()["usage"]["completion_tokens"] == 5


def test_the_same_turn_as_a_stream(seeker: Seeker) -> None:
    response = seeker.post(
        "/api/chat/start", json={"job_id": seeker.job["uuid"], "question": "What should I stress?"}, headers=STREAM
    )
    assert response.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["X-Accel-Buffering"] == "no"
    told = events(response)
    (start, started), *chunks, (done, whole) = told
    assert (start, done) == ("start", "done")
    assert {name for name, _ in chunks} == {"chunk"}
    assert "".join(data["content"] for _, data in chunks) == whole["response"]
    assert started["message_id"] == whole["message_id"]
    assert response.headers["X-Turn-Id"] == started["turn_id"]
    assert seeker.history(whole["session_id"])[-1]["content"] == whole["response"]


def test_history_is_everything_said_oldest_first(seeker: Seeker) -> None:
    session = seeker.start("One?").get_json()["session_id"]
    seeker.ask(session, "Two?")
    said = seeker.history(session)
    assert [message["role"] for message in said] == ["user", "assistant", "user", "assistant"]
    assert [message["content"] for message in said if message["role"] == "user"] == ["One?", "Two?"]
    page = seeker.get(f"/api/chat/{session}/history", query_string={"page": 2, "limit": 3}).get_json()
    assert len(page["messages"]) == 1
    assert page["meta"] == {"total": 4, "page": 2, "limit": 3, "totalPages": 2}


def test_context_shows_what_the_budget_did(seeker: Seeker) -> None:
    session = seeker.start().get_json()["session_id"]
    shown = seeker.get(f"/api/chat/{session}/context").get_json()
    context = shown["initial_context"]
    assert seeker.resume["work"][0]["company"] in context["resume"]
    assert seeker.job["company"] in context["job_description"]
    assert context["budget"]["tokens_kept"] <= context["budget"]["budget"]
    assert {section["state"] for section in context["budget"]["sections"]} <= {"kept", "shortened", "left_out"}
    assert shown["latest_budget"]["budget"]


def test_every_answers_budget_can_be_read(seeker: Seeker, stranger: ApiUser) -> None:
    session = seeker.start("One?").get_json()["session_id"]
    seeker.ask(session, "Two " * 50)
    turns = list(dict.fromkeys(message["turn_id"] for message in seeker.history(session)))
    read = lambda turn: seeker.get(f"/api/chat/{session}/context", query_string={"turn": turn})  # noqa: E731
    first, second = (read(turn).get_json() for turn in turns)
    assert first["turn_budget"] == first["initial_context"]["budget"]
    assert second["turn_budget"] == second["latest_budget"] != first["turn_budget"]
    assert read(uuid.uuid4()).status_code == 404
    assert read("x").status_code == 400
    strangers = Seeker(seeker.client).with_material().start().get_json()["turn_id"]
    assert read(strangers).status_code == 404
    assert stranger.get(f"/api/chat/{session}/context", query_string={"turn": turns[0]}).status_code == 404


def test_sessions_lists_the_active_ones_with_their_postings(seeker: Seeker) -> None:
    session = seeker.start().get_json()["session_id"]
    (listed,) = seeker.get("/api/chat/sessions").get_json()["sessions"]
    assert listed["session_id"] == session
    assert listed["job"]["title"] == seeker.job["title"]
    assert listed["message_count"] == 2


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_deactivated_session_answers_no_more(seeker: Seeker, method: str) -> None:
    session = seeker.start().get_json()["session_id"]
    assert seeker.open(f"/api/chat/{session}/deactivate", method=method).status_code == 200
    assert seeker.get("/api/chat/sessions").get_json()["sessions"] == []
    assert seeker.get(f"/api/chat/{session}/history").status_code == 404
    assert seeker.ask(session).status_code == 404
    assert seeker.open(f"/api/chat/{session}/deactivate", method=method).status_code == 404
    fresh = seeker.start()
    assert fresh.status_code == 201
    assert fresh.get_json()["session_id"] != session


def test_without_a_resume_a_start_says_what_to_do(chat_app: Flask) -> None:
    somebody = Seeker(chat_app.test_client())
    somebody.job = somebody.post("/api/v1/jobs", json={"title": "Baker", "company": "B", "description": "Bake."}).json
    response = somebody.start()
    assert response.status_code == 404
    assert "POST /api/v1/resumes" in response.get_json()["error"]["message"]


def test_another_resume_named_in_a_start_is_the_sessions_from_then_on(seeker: Seeker, upstream: Upstream) -> None:
    first = seeker.start().get_json()
    other = seeker.post("/api/v1/resumes", json={"basics": {"name": "Q"}, "work": [{"name": "Zweitfirma AG"}]}).json
    assert seeker.start(resume_id=other["id"]).get_json()["session_id"] == first["session_id"]
    seeker.ask(first["session_id"])
    assert "Zweitfirma AG" in upstream.last.body["messages"][1]["content"]
    context = seeker.get(f"/api/chat/{first['session_id']}/context").get_json()["initial_context"]
    assert "Zweitfirma AG" in context["resume"]


@pytest.mark.parametrize(("kind", "what"), [("jobs", "posting"), ("resumes", "resume")])
def test_deleting_what_a_session_is_about_keeps_its_history(seeker: Seeker, kind: str, what: str) -> None:
    session = seeker.start().get_json()["session_id"]
    row = seeker.job if kind == "jobs" else seeker.resume
    assert seeker.delete(f"/api/v1/{kind}/{row['id']}").status_code == 200
    assert len(seeker.history(session)) == 2
    refused = seeker.ask(session)
    assert refused.status_code == 409
    assert what in refused.get_json()["error"]["message"]


def test_a_turn_leaves_its_rows(seeker: Seeker, chat_app: Flask) -> None:
    body = seeker.start().get_json()
    with chat_app.app_context():
        turn = db.session.scalar(select(ChatTurn).where(ChatTurn.session_id == _key(body)))
        assert turn is not None
        assert (turn.state, turn.provider, turn.surface) == ("complete", "openai", "chat")
        assert turn.receipt["sections"]
        metrics = db.session.get(ChatSessionMetrics, turn.session_id)
        assert metrics is not None
        assert (metrics.total_messages, metrics.total_tokens_used) == (2, 14)
        numbers = db.session.scalars(
            select(ChatMessage.number).where(ChatMessage.session_id == turn.session_id).order_by(ChatMessage.number)
        ).all()
        assert numbers == [1, 2]


def test_two_starts_at_once_make_one_session(seeker: Seeker, upstream: Upstream, chat_app: Flask) -> None:
    upstream.default = answer("slow ", "answer", pace=0.1)
    codes: list[int] = []
    barrier = threading.Barrier(4)

    def start() -> None:
        client = Seeker.__new__(Seeker)
        client.__dict__ |= seeker.__dict__ | {"client": chat_app.test_client()}
        barrier.wait()
        codes.append(client.start().status_code)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [201, 409, 409, 409]
    assert len(upstream.chats) == 1
    with chat_app.app_context():
        rows = db.session.scalars(select(ChatSession).where(ChatSession.user_profile_id == seeker.id)).all()
        assert len(rows) == 1


def test_health_says_which_model_answers(seeker: Seeker) -> None:
    assert seeker.get("/api/chat/health").get_json()["provider"] == "openai"


def test_a_stranger_finds_nothing(seeker: Seeker, stranger: ApiUser) -> None:
    session = seeker.start().get_json()["session_id"]
    assert stranger.get(f"/api/chat/{session}/history").status_code == 404
    assert stranger.post("/api/chat/start", json={"job_id": seeker.job["id"], "question": "?"}).status_code == 404


def _key(body: dict[str, Any]) -> Any:
    return uuid.UUID(body["session_id"])


def test_a_question_that_no_context_can_hold_is_named(seeker: Seeker, chat_app: Flask, monkeypatch: Any) -> None:
    session = seeker.start().get_json()["session_id"]
    monkeypatch.setitem(chat_app.config, "CONTEXT_TOKENS", 900)
    for field, refused in (("question", seeker.start("🙂" * 4000)), ("message", seeker.ask(session, "🙂" * 4000))):
        assert refused.status_code == 400
        assert "shorter" in refused.get_json()["error"]["fields"][field][0]
    assert len(seeker.history(session)) == 2


def test_a_dead_workers_turn_gives_way_though_the_resume_has_to_be_read_again(seeker: Seeker, chat_app: Flask) -> None:
    session = seeker.start().get_json()["session_id"]
    with chat_app.app_context():
        left = db.session.scalars(select(ChatTurn).where(ChatTurn.session_id == uuid.UUID(session))).one()
        left.state, left.lease_expires_at = "streaming", left.created_at
        db.session.execute(update(Resume).where(Resume.id == seeker.resume["id"]).values(reading=None))
        db.session.commit()
    assert seeker.ask(session).status_code == 200
