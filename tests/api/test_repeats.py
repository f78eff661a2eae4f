"""A request sent twice under one key is one turn, on every route that starts one."""

import json
import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from app.extensions import db
from app.models import ChatTurn
from app.models.columns import now
from tests.api.chat.conftest import Seeker, chat_app, embedded_seeker, seeker, stranger
from tests.api.route_tables import api_routes, describe
from tests.fakes import upstream as fake
from tests.fakes.fixtures import upstream
from tests.fakes.upstream import Answer, Request, Upstream, answer

__all__ = ["chat_app", "embedded_seeker", "seeker", "stranger", "upstream"]
STREAM = {"Accept": "text/event-stream"}
Send = Callable[..., Any]


def start(seeker: Seeker, *, key: str, headers: dict[str, str] | None = None, **over: Any) -> Any:
    body = {"job_id": seeker.job["id"], "question": "What am I missing?", **over}
    return seeker.post("/api/chat/start", json=body, headers={"Idempotency-Key": key, **(headers or {})})


def message(seeker: Seeker, *, key: str, headers: dict[str, str] | None = None, **over: Any) -> Any:
    sessions = seeker.get("/api/chat/sessions").get_json()["sessions"]
    session = sessions[0]["session_id"] if sessions else seeker.start().get_json()["session_id"]
    body = {"message": "What should I highlight?", **over}
    return seeker.post(f"/api/chat/{session}/message", json=body, headers={"Idempotency-Key": key, **(headers or {})})


def studio(seeker: Seeker, *, key: str, headers: dict[str, str] | None = None, **over: Any) -> Any:
    body = {"job_id": seeker.job["uuid"], "message": "Is it remote?", "context_type": "chat", **over}
    return seeker.post("/v1/ai/chat", json=body, headers={"Idempotency-Key": key, **(headers or {})}, buffered=True)


def begin_cv(seeker: Seeker, *, key: str, headers: dict[str, str] | None = None, **over: Any) -> Any:
    body = {"initial_message": "Hello, I am Ines Duarte", "doc_type": "cv", **over}
    return seeker.post("/api/v1/chat/start", json=body, headers={"Idempotency-Key": key, **(headers or {})})


def tell_cv(seeker: Seeker, *, key: str, headers: dict[str, str] | None = None, **over: Any) -> Any:
    sessions = seeker.get("/api/v1/chat/sessions").get_json()["sessions"]
    session = sessions[0]["session_id"] if sessions else begin_cv(seeker, key=uuid.uuid4().hex).get_json()["session_id"]
    body = {"session_id": session, "message": "I live in Porto", **over}
    return seeker.post("/api/v1/chat/message", json=body, headers={"Idempotency-Key": key, **(headers or {})})


SENDERS = {
    "/api/chat/start": start,
    "/api/chat/<key:session_id>/message": message,
    "/v1/ai/chat": studio,
    "/api/v1/chat/start": begin_cv,
    "/api/v1/chat/message": tell_cv,
}
ANOTHER = {
    "/api/v1/chat/start": {"initial_message": "Another"},
    "/api/v1/chat/message": {"message": "Another?"},
    "/api/chat/start": {"question": "Another?"},
    "/api/chat/<key:session_id>/message": {"message": "Another?"},
    "/v1/ai/chat": {"message": "Another?"},
}


def saying(text: str, *, pace: float = 0.0) -> Callable[[Request], Answer]:
    """An answer in the form that is asked for, in two pieces with a pause between them."""

    def script(request: Request) -> Answer:
        shaped = json.dumps({"reply": text, "changes": [], "polished": []})
        said = shaped if "response_format" in request.body else text
        return answer(said[:5], said[5:], pace=pace)

    return script


@pytest.fixture(autouse=True)
def _model(upstream: Upstream) -> None:
    upstream.default = saying("Hello there.")


def code_of(response: Any) -> str:
    """The code of an error, in whichever form its path has."""
    body = response.get_json()
    code: str = body.get("code") or body["error"]["code"]
    return code


@pytest.fixture(params=SENDERS)
def rule(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def key() -> str:
    return uuid.uuid4().hex


def turns_of(seeker: Seeker, chat_app: Flask, key: str) -> int:
    with chat_app.app_context():
        mine = select(func.count()).where(ChatTurn.user_profile_id == seeker.id, ChatTurn.idempotency_key == key)
        return db.session.scalar(mine) or 0


def test_every_route_that_starts_a_turn_is_tried_here(app: Flask) -> None:
    paths = describe(app)["paths"]
    starting = {
        route.rule
        for route in api_routes(app)
        if any(one.get("name") == "Idempotency-Key" for one in _parameters(paths, route.openapi_path, route.method))
    }
    assert starting == set(SENDERS)


def test_a_repeat_is_the_answer_again_and_asks_nobody(
    seeker: Seeker, chat_app: Flask, upstream: Upstream, rule: str, key: str
) -> None:
    send = SENDERS[rule]
    first = send(seeker, key=key)
    asked = len(upstream.chats)
    again = send(seeker, key=key)
    assert first.status_code in (200, 201)
    assert again.status_code == first.status_code
    assert whole_of(again) == whole_of(first)
    assert again.headers["X-Turn-Id"] == first.headers["X-Turn-Id"]
    assert (first.headers.get("Idempotent-Replayed"), again.headers["Idempotent-Replayed"]) == (None, "true")
    assert len(upstream.chats) == asked
    assert turns_of(seeker, chat_app, key) == 1


def test_a_repeat_may_ask_for_the_stream_of_what_came_as_json(seeker: Seeker, key: str) -> None:
    whole = start(seeker, key=key).get_json()
    stream = start(seeker, key=key, headers=STREAM)
    assert stream.mimetype == "text/event-stream"
    frames = dict(_frames(stream.text))
    assert frames["done"] == whole
    assert frames["chunk"] == {"content": whole["response"]}
    assert frames["start"]["turn_id"] == whole["turn_id"]


def test_the_layout_of_the_json_is_no_difference(seeker: Seeker, upstream: Upstream, key: str) -> None:
    body = {"job_id": seeker.job["id"], "question": "What am I missing?"}
    headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
    first = seeker.post("/api/chat/start", data=json.dumps(body), headers=headers)
    again = seeker.post("/api/chat/start", data=json.dumps(dict(reversed(body.items())), indent=3), headers=headers)
    assert again.headers["X-Turn-Id"] == first.headers["X-Turn-Id"]
    assert len(upstream.chats) == 1


def test_another_request_under_the_same_key_is_refused(seeker: Seeker, upstream: Upstream, rule: str, key: str) -> None:
    SENDERS[rule](seeker, key=key)
    asked = len(upstream.chats)
    other = SENDERS[rule](seeker, key=key, **ANOTHER[rule])
    assert other.status_code == 422
    assert code_of(other) == "IDEMPOTENCY_KEY_REUSED"
    assert len(upstream.chats) == asked


def test_the_same_key_on_another_route_is_another_request(seeker: Seeker, key: str) -> None:
    start(seeker, key=key)
    assert studio(seeker, key=key).status_code == 422


def test_a_key_is_its_users_own(seeker: Seeker, chat_app: Flask, key: str, rule: str) -> None:
    other = Seeker(chat_app.test_client()).with_material()
    mine, theirs = SENDERS[rule](seeker, key=key), SENDERS[rule](other, key=key)
    assert "Idempotent-Replayed" not in theirs.headers
    assert mine.headers["X-Turn-Id"] != theirs.headers["X-Turn-Id"]


def test_a_repeat_while_the_first_runs_names_its_turn(seeker: Seeker, upstream: Upstream, rule: str, key: str) -> None:
    SENDERS[rule](seeker, key=uuid.uuid4().hex)  # the session is there, so that nothing else has to be made
    before = len(upstream.chats)
    upstream.play(saying("Slowly", pace=0.4))
    running = threading.Thread(target=SENDERS[rule], args=(seeker,), kwargs={"key": key})
    running.start()
    upstream.wait_for(lambda model: len(model.chats) > before)
    again = SENDERS[rule](seeker, key=key)
    running.join()
    whole = SENDERS[rule](seeker, key=key)
    assert (again.status_code, code_of(again)) == (409, "CONFLICT")
    assert again.headers["X-Turn-Id"] == whole.headers["X-Turn-Id"]
    assert again.headers["X-Turn-Id"] in again.text
    assert whole.status_code in (200, 201)


def test_twenty_at_once_make_one_upstream_call(seeker: Seeker, chat_app: Flask, upstream: Upstream, key: str) -> None:
    upstream.play(answer("Once", " only", pace=0.2))
    answers: list[Any] = []
    others = [threading.Thread(target=lambda: answers.append(studio(seeker, key=key))) for _ in range(20)]
    for thread in others:
        thread.start()
    for thread in others:
        thread.join()
    assert len(upstream.chats) == 1
    assert {one.status_code for one in answers} <= {200, 409}
    assert len({one.headers["X-Turn-Id"] for one in answers}) == 1
    assert seeker.get("/v1/ai/credits").get_json()["data"]["balance"] == 9


def test_a_failure_is_told_again_too_and_a_new_key_asks_anew(seeker: Seeker, upstream: Upstream, key: str) -> None:
    upstream.play(fake.error(401))
    first, again = start(seeker, key=key), start(seeker, key=key)
    assert (first.status_code, again.status_code) == (502, 502)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(upstream.chats) == 1
    assert start(seeker, key=uuid.uuid4().hex).status_code in (200, 201)


def test_what_was_withheld_is_withheld_again(seeker: Seeker, upstream: Upstream, key: str) -> None:
    upstream.play(answer("It is", finish="content_filter"))
    first, again = start(seeker, key=key), start(seeker, key=key)
    assert "withheld" in first.get_json()["error"]["message"]
    assert (again.status_code, again.get_json()) == (first.status_code, first.get_json())


def test_a_uuid_in_the_path_may_be_written_either_way(seeker: Seeker, upstream: Upstream, key: str) -> None:
    session = seeker.start().get_json()["session_id"]
    said = {"json": {"message": "Hello?"}, "headers": {"Idempotency-Key": key}}
    first = seeker.post(f"/api/chat/{session}/message", **said)
    again = seeker.post(f"/api/chat/{session.upper()}/message", **said)
    assert (again.status_code, again.get_json()) == (200, first.get_json())
    assert len(upstream.chats) == 2


def test_what_was_never_admitted_can_be_sent_again_under_its_key(seeker: Seeker, key: str) -> None:
    assert start(seeker, key=key, job_id=0).status_code == 404
    assert start(seeker, key=key).status_code == 201


def test_the_turn_of_a_dead_worker_is_ended_by_the_repeat(seeker: Seeker, chat_app: Flask, key: str) -> None:
    turn_id = uuid.UUID(start(seeker, key=key).headers["X-Turn-Id"])
    with chat_app.app_context():  # as a worker leaves it that was killed
        left = update(ChatTurn).where(ChatTurn.id == turn_id).values(state="streaming", lease_expires_at=now())
        db.session.execute(left)
        db.session.commit()
    repeat = start(seeker, key=key)
    assert (repeat.status_code, repeat.headers["X-Turn-Id"]) == (502, str(turn_id))


@pytest.mark.parametrize("bad", ["", " ", "a b", "é", "x" * 256])
def test_a_key_that_is_none_is_named(seeker: Seeker, bad: str, upstream: Upstream) -> None:
    refused = start(seeker, key=bad)
    assert refused.status_code == 400
    assert "Idempotency-Key" in refused.get_json()["error"]["fields"]
    assert not upstream.chats


def whole_of(response: Any) -> Any:
    """The answer whole: its JSON, or what its stream says however it was cut into frames."""
    if response.mimetype != "text/event-stream":
        return response.get_json()
    frames = _frames(response.text)
    return "".join(data["content"] for name, data in frames if name == "chunk"), frames[-1]


def _parameters(paths: dict[str, Any], path: str, method: str) -> list[dict[str, Any]]:
    return [*paths[path].get("parameters", ()), *paths[path][method.lower()].get("parameters", ())]


def _frames(text: str) -> list[tuple[str, dict[str, Any]]]:
    frames = [frame.split("\n") for frame in text.split("\n\n") if frame and not frame.startswith(":")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in frames]
