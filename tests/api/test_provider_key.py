"""A user's own key for the model: used for that user's turns, and nowhere to be seen again."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.errors import ModelFailed
from app.extensions import Base, db
from app.models.provider_keys import get_provider_key
from tests.api.route_tables import assert_error
from tests.api_client import ApiUser, new_user
from tests.builders import a_job, a_resume
from tests.fakes.fixtures import upstream
from tests.fakes.upstream import Upstream, error

__all__ = ["upstream"]

ROUTE = "/api/v1/auth/me/provider-key"
KEY = "sk-very-secret-0123456789"
STREAM = {"Accept": "text/event-stream"}
SECRET = {"ENCRYPTION_KEY": "e" * 32}


@pytest.fixture
def keyed_app(app: Flask, another_app: Callable[..., Flask], upstream: Upstream) -> Iterator[Flask]:
    """A deployment whose model is the fake one, and that has no key of its own."""
    keyed_app = another_app(app.config["DATABASE_URL"], OPENAI_BASE_URL=upstream.url, **SECRET)
    yield keyed_app
    keyed_app.extensions["providers"].close()


@pytest.fixture
def owner(keyed_app: Flask) -> ApiUser:
    """Somebody with a key of their own."""
    owner = new_user(keyed_app)
    assert owner.put(ROUTE, json={"api_key": KEY}).status_code == 204
    return owner


def ask(user: ApiUser, **kwargs: Any) -> Any:
    """Ask about a resume and a posting, stored first."""
    user.post("/api/v1/resumes", json=a_resume())
    job = user.post("/api/v1/jobs", json=a_job()).get_json()
    answer = user.post("/api/chat/start", json={"job_id": job["id"], "question": "Am I qualified?"}, **kwargs)
    assert answer.text  # a stream is read to its end
    return answer


def asked_with(upstream: Upstream) -> str:
    """The key that the model was asked with last."""
    return upstream.chats[-1].headers["authorization"].removeprefix("Bearer ")


def test_a_stored_key_answers_its_users_turns_and_nobody_elses(
    owner: ApiUser, keyed_app: Flask, upstream: Upstream
) -> None:
    assert ask(owner).status_code == 201
    assert asked_with(upstream) == KEY
    assert ask(new_user(keyed_app)).status_code == 201
    assert KEY not in asked_with(upstream)
    assert ask(owner, headers=STREAM).status_code == 200
    assert asked_with(upstream) == KEY


def test_the_users_of_different_keys_share_the_connection(owner: ApiUser, keyed_app: Flask, upstream: Upstream) -> None:
    another = new_user(keyed_app)
    assert another.put(ROUTE, json={"api_key": "sk-another-secret"}).status_code == 204
    for user in (owner, another):
        assert ask(user).status_code == 201
    first, second = upstream.chats
    assert first.connection == second.connection
    assert first.headers["authorization"] != second.headers["authorization"]


def test_a_key_put_again_takes_the_others_place_and_a_deleted_one_is_of_no_use(
    owner: ApiUser, upstream: Upstream
) -> None:
    assert owner.put(ROUTE, json={"api_key": "sk-a-newer-one"}).status_code == 204
    ask(owner)
    assert asked_with(upstream) == "sk-a-newer-one"
    for _ in range(2):
        assert owner.delete(ROUTE).status_code == 204
    ask(owner, headers=STREAM)
    assert "sk-a-newer-one" not in asked_with(upstream)


def test_the_account_says_that_there_is_a_key_and_no_answer_says_which(owner: ApiUser) -> None:
    answers = [owner.get("/api/v1/auth/me"), owner.put(ROUTE, json={"api_key": KEY}), ask(owner)]
    assert answers[0].get_json()["has_provider_key"] is True
    assert all(KEY not in answer.text and KEY not in str(answer.headers) for answer in answers)
    owner.delete(ROUTE)
    assert owner.get("/api/v1/auth/me").get_json()["has_provider_key"] is False


def test_the_key_is_in_no_row_of_the_database_and_in_no_line_of_the_log(
    owner: ApiUser, keyed_app: Flask, upstream: Upstream, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        upstream.play(error(401, message=f"Incorrect API key provided: {KEY}"))
        assert owner.put(ROUTE, json={"api_key": KEY}).status_code == 204
        ask(owner)
        owner.put(ROUTE, json={"api_key": KEY + " "})
        owner.put(ROUTE, data=f'{{"api_key": "{KEY}"')
        owner.get("/api/v1/auth/me")
    assert KEY not in caplog.text
    with keyed_app.app_context():
        assert get_provider_key(owner.id) is not None
        stored = [str(row) for table in Base.metadata.sorted_tables for row in db.session.execute(select(table))]
    assert stored
    assert not [row for row in stored if KEY in row]


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_the_model_refuses_is_said_to_be_refused_and_not_repeated(
    owner: ApiUser, upstream: Upstream, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    upstream.play(error(status, message=f"Incorrect API key provided: {KEY}"))
    answer = ask(owner)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (502, "AI_ERROR")
    assert answer.get_json()["error"]["message"].startswith("Your own key was refused")
    assert KEY not in answer.text + caplog.text
    assert "OPENAI_API_KEY" not in caplog.text


def test_a_refused_key_of_the_deployment_is_nothing_that_a_user_could_mend(owner: ApiUser, upstream: Upstream) -> None:
    owner.delete(ROUTE)
    upstream.play(error(401))
    answer = ask(owner)
    assert answer.status_code == 502
    assert answer.get_json()["error"]["message"] == ModelFailed.sentence


@pytest.mark.parametrize(
    "key", ["", " ", "short", "with blank in it", "sk-1234567\n", "sk-ключ-ключ", "x" * 501, 7, None]
)
def test_what_is_no_key_is_refused_and_not_repeated(user: ApiUser, key: Any) -> None:
    answer = user.put(ROUTE, json={"api_key": key})
    assert_error(answer, ROUTE, 400)
    assert list(answer.get_json()["fields"]) == ["api_key"]
    if isinstance(key, str) and key.strip():
        assert key.strip() not in answer.text
    assert user.get("/api/v1/auth/me").get_json()["has_provider_key"] is False


def test_a_row_copied_to_somebody_else_opens_nothing(
    owner: ApiUser, keyed_app: Flask, upstream: Upstream, caplog: pytest.LogCaptureFixture
) -> None:
    thief = new_user(keyed_app)
    thief.put(ROUTE, json={"api_key": "sk-the-thief's"})
    with keyed_app.app_context():
        stolen = get_provider_key(owner.id)
        row = get_provider_key(thief.id)
        assert stolen is not None
        assert row is not None
        row.ciphertext = stolen.ciphertext
        db.session.commit()
    assert thief.get("/api/v1/auth/me").get_json()["has_provider_key"] is False
    ask(thief)
    assert KEY not in asked_with(upstream)
    assert "does not open" in caplog.text
    assert stolen.ciphertext not in caplog.text


@pytest.mark.parametrize("ciphertext", ["", "!", "AAAA", "A" * 100, "ключ"])
def test_a_row_that_is_damaged_counts_as_none(owner: ApiUser, keyed_app: Flask, ciphertext: str) -> None:
    with keyed_app.app_context():
        row = get_provider_key(owner.id)
        assert row is not None
        row.ciphertext = ciphertext
        db.session.commit()
    assert owner.get("/api/v1/auth/me").get_json()["has_provider_key"] is False


def test_the_same_key_is_stored_differently_each_time(owner: ApiUser, keyed_app: Flask) -> None:
    seen = set()
    for _ in range(3):
        owner.put(ROUTE, json={"api_key": KEY})
        with keyed_app.app_context():
            row = get_provider_key(owner.id)
            assert row is not None
            seen.add(row.ciphertext)
    assert len(seen) == 3


def moved_to(another: Flask, user: ApiUser) -> ApiUser:
    """The same user with the same token, at another application on the same database."""
    moved = object.__new__(ApiUser)
    moved.__dict__ |= user.__dict__ | {"client": another.test_client()}
    return moved


def test_after_the_encryption_key_has_changed_there_is_no_key_until_one_is_put_again(
    owner: ApiUser, keyed_app: Flask, another_app: Callable[..., Flask], upstream: Upstream
) -> None:
    url, jwt = keyed_app.config["DATABASE_URL"], keyed_app.config["JWT_SECRET_KEY"]
    rotated = another_app(url, OPENAI_BASE_URL=upstream.url, ENCRYPTION_KEY="f" * 32, JWT_SECRET_KEY=jwt)
    there = moved_to(rotated, owner)
    assert there.get("/api/v1/auth/me").get_json()["has_provider_key"] is False
    assert there.put(ROUTE, json={"api_key": KEY}).status_code == 204
    assert there.get("/api/v1/auth/me").get_json()["has_provider_key"] is True
    assert owner.get("/api/v1/auth/me").get_json()["has_provider_key"] is False
    rotated.extensions["providers"].close()


def test_a_model_that_needs_the_users_key_says_so_in_the_documents_words(
    app: Flask, another_app: Callable[..., Flask], upstream: Upstream
) -> None:
    needy = another_app(app.config["DATABASE_URL"], MODEL_PROVIDER="openai", OPENAI_BASE_URL=upstream.url, **SECRET)
    user = new_user(needy)
    for headers in ({}, STREAM):
        refused = ask(user, headers=headers)
        assert (refused.status_code, refused.get_json()["error"]["code"]) == (400, "API_KEY_NOT_SET")
        assert refused.get_json()["error"]["message"] == "Gemini API key not set. Please set your API key first."
    assert upstream.chats == []
    assert user.get("/api/chat/sessions").get_json()["sessions"] == []
    user.put(ROUTE, json={"api_key": KEY})
    assert ask(user).status_code == 201
    assert asked_with(upstream) == KEY
    needy.extensions["providers"].close()


def test_a_deployment_that_needs_the_users_keys_is_ready(app: Flask, another_app: Callable[..., Flask]) -> None:
    needy = another_app(app.config["DATABASE_URL"], MODEL_PROVIDER="openai")
    assert needy.test_client().get("/readyz").status_code == 200


def test_where_the_built_in_assistant_answers_by_choice_a_key_is_neither_kept_nor_used(
    app: Flask, another_app: Callable[..., Flask], upstream: Upstream
) -> None:
    built_in = another_app(app.config["DATABASE_URL"], MODEL_PROVIDER="embedded", OPENAI_BASE_URL=upstream.url)
    user = new_user(built_in)
    refused = user.put(ROUTE, json={"api_key": KEY})
    assert_error(refused, ROUTE, 503)
    assert "MODEL_PROVIDER" in refused.get_json()["error"]
    assert ask(user).status_code == 201
    assert upstream.chats == []


def test_without_an_encryption_key_none_is_kept_and_the_operator_is_told_what_to_set(
    app: Flask, another_app: Callable[..., Flask]
) -> None:
    production = another_app(app.config["DATABASE_URL"])
    production.config["ENCRYPTION_KEY"] = ""  # as production has it by default; testing makes its own
    user = new_user(production)
    refused = user.put(ROUTE, json={"api_key": KEY})
    assert_error(refused, ROUTE, 503)
    assert "ENCRYPTION_KEY" in refused.get_json()["error"]
    assert user.delete(ROUTE).status_code == 204
    assert user.get("/api/v1/auth/me").get_json()["has_provider_key"] is False


def test_a_key_goes_with_its_account_only(owner: ApiUser, keyed_app: Flask) -> None:
    new_user(keyed_app).delete(ROUTE)
    assert owner.get("/api/v1/auth/me").get_json()["has_provider_key"] is True


def test_without_a_token_there_is_nothing_to_set(keyed_app: Flask, tmp_path: Path) -> None:
    client = keyed_app.test_client()
    assert client.put(ROUTE, json={"api_key": KEY}).status_code == 401
    assert client.delete(ROUTE).status_code == 401
