"""Limits: per user and per address, shared through Redis, and never in the way when Redis is away."""

import logging
import os
import socket
import time
import uuid
from collections.abc import Callable, Iterator
from functools import partial

import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient

from app import limits
from app.errors import RateLimited
from app.limits import Limiter
from tests.api_client import PASSWORD, ApiUser

LOGIN = "/api/v1/auth/login"
WRONG = {"email": "nobody@example.com", "password": "not the password"}


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    """A database of the machine's Redis that nobody else uses, emptied of our keys afterwards."""
    url = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
    connection = redis.Redis.from_url(url)
    try:
        connection.ping()
    except redis.ConnectionError:
        pytest.fail("The tests need a Redis on 127.0.0.1:6379, or TEST_REDIS_URL.", pytrace=False)
    yield url
    for key in connection.scan_iter("bespoke*"):
        connection.delete(key)
    connection.close()


@pytest.fixture
def key() -> str:
    """Somebody who has not been counted yet."""
    return uuid.uuid4().hex


@pytest.fixture
def dead_redis_url() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return f"redis://127.0.0.1:{probe.getsockname()[1]}"


def allowed(limiter: Limiter, key: str, limit: str = "2 per minute") -> bool:
    try:
        limiter.hit(limit, key)
    except RateLimited:
        return False
    return True


def test_the_third_of_two_is_refused_with_the_seconds_to_wait(key: str) -> None:
    limiter = Limiter("")
    assert [allowed(limiter, key) for _ in range(2)] == [True, True]
    with pytest.raises(RateLimited) as refused:
        limiter.hit("2 per minute", key)
    assert 0 < refused.value.retry_after <= 61
    assert allowed(limiter, "somebody else")


def test_several_limits_hold_at_once(key: str) -> None:
    limiter = Limiter("")
    assert [allowed(limiter, key, "5 per second; 2 per hour") for _ in range(3)] == [True, True, False]


def test_processes_share_their_counts_through_redis(redis_url: str, key: str) -> None:
    one, another = Limiter(redis_url), Limiter(redis_url)
    assert [allowed(one, key), allowed(another, key), allowed(one, key), allowed(another, key)] == [
        True,
        True,
        False,
        False,
    ]


def test_without_redis_each_process_counts_for_itself(key: str) -> None:
    one, another = Limiter(""), Limiter("")
    assert [allowed(one, key) for _ in range(3)] == [True, True, False]
    assert allowed(another, key)


def test_a_dead_redis_is_replaced_by_memory_and_said_once(
    dead_redis_url: str, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    limiter = Limiter(dead_redis_url)
    with caplog.at_level(logging.WARNING):
        assert [allowed(limiter, key) for _ in range(3)] == [True, True, False]
    assert caplog.text.count("Redis is out of reach") == 1


def test_a_redis_that_never_answers_is_asked_once_in_a_while(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REDIS_PATIENCE", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        limiter = Limiter(f"redis://127.0.0.1:{silent.getsockname()[1]}")
        assert allowed(limiter, key)
        silent.setblocking(False)
        while True:
            try:
                silent.accept()[0].close()
            except BlockingIOError:
                break
        assert allowed(limiter, key)
        with pytest.raises(BlockingIOError):
            silent.accept()


def test_a_redis_that_comes_back_is_used_again(
    redis_url: str, key: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(limits, "REDIS_PAUSE", 0.0)
    limiter, elsewhere = Limiter(redis_url), Limiter(redis_url)
    with monkeypatch.context() as away:
        away.setattr(limits, "_count", _away_unless(limiter._own))
        assert allowed(limiter, key)
    with caplog.at_level(logging.WARNING):
        assert [allowed(limiter, key), allowed(elsewhere, key), allowed(limiter, key)] == [True, True, False]
    assert "Redis answers again" in caplog.text


def _away_unless(own: object) -> object:
    count = limits._count

    def counting(counter: object, *given: object) -> None:
        if counter is not own:
            raise limits.StorageError(redis.ConnectionError("away"))
        count(counter, *given)  # type: ignore[arg-type]

    return counting


# --- the routes


@pytest.fixture
def limited(app: Flask, another_app: Callable[..., Flask]) -> Callable[..., Flask]:
    """Another application on the same database."""
    return partial(another_app, app.config["DATABASE_URL"])


def statuses(client: FlaskClient, calls: int, **environ: str) -> list[int]:
    return [client.post(LOGIN, json=WRONG, environ_overrides=environ).status_code for _ in range(calls)]


def test_logins_are_limited_by_address(limited: Callable[..., Flask]) -> None:
    client = limited(RATE_LIMIT_AUTH="3 per minute").test_client()
    assert statuses(client, 4, REMOTE_ADDR="203.0.113.1") == [401, 401, 401, 429]
    assert statuses(client, 1, REMOTE_ADDR="203.0.113.2") == [401]
    refused = client.post(LOGIN, json=WRONG, environ_overrides={"REMOTE_ADDR": "203.0.113.1"})
    assert refused.get_json()["code"] == "RATE_LIMITED"
    assert 0 < int(refused.headers["Retry-After"]) <= 61


def test_one_household_of_ipv6_is_one_address(limited: Callable[..., Flask]) -> None:
    client = limited(RATE_LIMIT_AUTH="1 per minute").test_client()
    assert statuses(client, 1, REMOTE_ADDR="2001:db8:1:2::1") == [401]
    assert statuses(client, 1, REMOTE_ADDR="2001:db8:1:2:ffff::9") == [429]
    assert statuses(client, 1, REMOTE_ADDR="2001:db8:1:3::1") == [401]


def test_the_limit_comes_before_the_body_and_the_hash(limited: Callable[..., Flask]) -> None:
    client = limited(RATE_LIMIT_AUTH="1 per minute").test_client()
    assert client.post(LOGIN, data="{").status_code == 415
    assert client.post(LOGIN, data="{").status_code == 429


def test_two_applications_share_a_limit(limited: Callable[..., Flask], redis_url: str) -> None:
    settings = {"REDIS_URL": redis_url, "RATE_LIMIT_AUTH": "2 per minute"}
    one, another = (limited(**settings).test_client() for _ in range(2))
    address = f"fd00:{uuid.uuid4().hex[:4]}:{uuid.uuid4().hex[:4]}::1"
    assert statuses(one, 1, REMOTE_ADDR=address) + statuses(another, 2, REMOTE_ADDR=address) == [401, 401, 429]


def test_turns_are_limited_by_user(limited: Callable[..., Flask]) -> None:
    app = limited(RATE_LIMIT_TURNS="2 per minute")
    one, another = ApiUser(app.test_client()), ApiUser(app.test_client())
    ask = {"job_id": 1, "question": " "}
    assert [one.post("/api/chat/start", json=ask).status_code for _ in range(3)] == [400, 400, 429]
    assert another.post("/api/chat/start", json=ask).status_code == 400
    refused = one.post("/api/chat/start", json=ask)
    assert refused.get_json()["error"]["code"] == "RATE_LIMITED"
    assert int(refused.headers["Retry-After"]) > 0


def test_matches_are_limited_as_turns_are(limited: Callable[..., Flask]) -> None:
    user = ApiUser(limited(RATE_LIMIT_TURNS="2 per minute").test_client())
    assert [user.post("/v1/ai/match", json={"job_id": 1}).status_code for _ in range(3)] == [404, 404, 429]


def test_a_dead_redis_costs_nobody_an_answer(limited: Callable[..., Flask], dead_redis_url: str) -> None:
    client = limited(REDIS_URL=dead_redis_url).test_client()
    account = {"email": f"{uuid.uuid4().hex}@example.com", "password": PASSWORD, "name": "Sarah"}
    assert client.post("/api/v1/auth/register", json=account).status_code == 201
    assert client.post(LOGIN, json=account | {"name": None}).status_code == 400


def test_a_window_moves(key: str) -> None:
    limiter = Limiter("")
    assert allowed(limiter, key, "1 per second")
    assert not allowed(limiter, key, "1 per second")
    deadline = time.monotonic() + 10
    while not allowed(limiter, key, "1 per second"):
        assert time.monotonic() < deadline
        time.sleep(0.1)
