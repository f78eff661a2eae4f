"""Live and ready: who watches the service learns what is missing, by name, and no secret."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.api.health import readiness
from app.errors import ModelUnavailable
from tests.databases import fresh_database


class UnreachableModel:
    name = "unreachable"

    def check(self) -> None:
        raise ModelUnavailable


@pytest.fixture(autouse=True)
def _fresh(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees another's result."""
    monkeypatch.setitem(app.extensions, "readiness", readiness.Readiness(readiness.CHECKS))


def test_the_process_is_live_without_a_token(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}


def test_it_is_ready_when_everything_answers(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json() == {
        "status": "ready",
        "checks": {"database": "ok", "migrations": "ok", "model": "ok"},
    }


def test_it_is_not_ready_without_its_tables(tmp_path: Path, another_app: Callable[..., Flask]) -> None:
    with fresh_database("sqlite", tmp_path) as url:
        answer = another_app(url).test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["checks"] == {"database": "ok", "migrations": "failed", "model": "ok"}


def test_it_is_not_ready_without_its_database_and_says_no_secret(another_app: Callable[..., Flask]) -> None:
    client = another_app("postgresql://postgres:hunter2@127.0.0.1:1/gone").test_client()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["checks"] == {"database": "failed", "migrations": "failed", "model": "ok"}
    assert "hunter2" not in answer.text
    assert client.get("/healthz").status_code == 200


def test_it_is_not_ready_without_its_model(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "provider", UnreachableModel())
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json() == {
        "status": "not ready",
        "checks": {"database": "ok", "migrations": "ok", "model": "failed"},
    }


def test_many_who_ask_cost_one_check(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setitem(app.extensions, "readiness", readiness.Readiness({"counted": lambda: asked.append(1)}))
    for _ in range(5):
        assert client.get("/readyz").status_code == 200
    assert len(asked) == 1
