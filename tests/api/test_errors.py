"""Errors have the contract's form, whatever goes wrong and wherever."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from app import create_app, errors
from tests.databases import settings_for_tests

PREFIXES = {"/api/v1": True, "/api/chat": False, "/v1/ai": False, "": False}
CASES = {
    errors.InvalidInput: (400, "VALIDATION_ERROR"),
    errors.Unauthorized: (401, "UNAUTHORIZED"),
    errors.NotFound: (404, "NOT_FOUND"),
    errors.Conflict: (409, "CONFLICT"),
    errors.PayloadTooLarge: (413, "PAYLOAD_TOO_LARGE"),
    errors.UnsupportedMedia: (415, "UNSUPPORTED_MEDIA_TYPE"),
    errors.RateLimited: (429, "RATE_LIMITED"),
    errors.ModelFailed: (502, "AI_ERROR"),
    errors.ModelUnavailable: (503, "AI_UNAVAILABLE"),
    errors.ModelTimeout: (504, "AI_TIMEOUT"),
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """An application whose `…/raise/<name>` routes raise what they are named after."""
    folder = tmp_path_factory.mktemp("broken")
    app = create_app(settings_for_tests(f"sqlite:///{folder / 'none.db'}", folder))
    faults: dict[str, Exception] = {error.__name__: error() for error in CASES}
    faults["Bug"] = ZeroDivisionError("secret-detail")
    faults["Away"] = OperationalError("SELECT secret-detail", {}, Exception("secret-detail"))
    faults["Fields"] = errors.InvalidInput(fields={"message": ["Must not be empty."]})
    faults["Wait"] = errors.ModelUnavailable(retry_after=7)

    def fail(name: str) -> None:
        raise faults[name]

    for number, prefix in enumerate(PREFIXES):
        app.add_url_rule(f"{prefix}/raise/<name>", f"raise_{number}", fail)
    return app.test_client()


def sentence_of(answer: dict, flat: bool) -> str:
    """The error's sentence, once its form was found right."""
    if flat:
        assert set(answer) <= {"error", "code", "fields"}
        return answer["error"]
    assert set(answer) == {"success", "error"}
    assert answer["success"] is False
    assert set(answer["error"]) <= {"code", "message", "fields"}
    return answer["error"]["message"]


@pytest.mark.parametrize(("prefix", "flat"), PREFIXES.items())
@pytest.mark.parametrize("error", CASES)
def test_every_error_has_its_status_code_and_form(
    broken: FlaskClient, prefix: str, flat: bool, error: type[errors.AppError]
) -> None:
    status, code = CASES[error]
    answer = broken.get(f"{prefix}/raise/{error.__name__}")
    assert answer.status_code == status
    assert answer.mimetype == "application/json"
    assert sentence_of(answer.get_json(), flat) == error.sentence
    assert (answer.get_json() if flat else answer.get_json()["error"])["code"] == code


def test_fields_are_named_in_both_forms(broken: FlaskClient) -> None:
    fields = {"message": ["Must not be empty."]}
    assert broken.get("/api/v1/raise/Fields").get_json()["fields"] == fields
    assert broken.get("/api/chat/raise/Fields").get_json()["error"]["fields"] == fields


def test_a_bug_is_a_plain_sentence_and_a_logged_trace(broken: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = broken.get("/api/chat/raise/Bug")
    assert answer.status_code == 500
    assert answer.get_json()["error"]["code"] == "INTERNAL_ERROR"
    assert "secret-detail" not in answer.text
    assert "ZeroDivisionError" not in answer.text
    assert "secret-detail" in caplog.text
    assert "Traceback" in caplog.text


def test_a_database_that_is_away_is_said_so_with_a_time_to_come_back(broken: FlaskClient) -> None:
    answer = broken.get("/api/chat/raise/Away")
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (503, "UNAVAILABLE")
    assert int(answer.headers["Retry-After"]) > 0
    assert "secret-detail" not in answer.text


def test_an_error_says_when_to_come_back(broken: FlaskClient) -> None:
    assert broken.get("/api/chat/raise/Wait").headers["Retry-After"] == "7"


def test_a_401_names_the_scheme(broken: FlaskClient) -> None:
    assert broken.get("/api/chat/raise/Unauthorized").headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "path", ["/nope", "/api/chat/nope/nope", "/api/v1/nope", "/%00", "/%ff", "/api//v1/nope", "/docs/x"]
)
def test_an_unknown_path_is_a_json_404(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert sentence_of(answer.get_json(), flat=path.startswith("/api/v1/")) == "Not found."


def test_a_wrong_method_is_a_405_that_lists_the_right_ones(client: FlaskClient) -> None:
    answer = client.delete("/api/v1/auth/login")
    assert (answer.status_code, answer.get_json()["code"]) == (405, "METHOD_NOT_ALLOWED")
    assert "POST" in answer.headers["Allow"]


def test_a_trailing_slash_is_no_redirect(client: FlaskClient) -> None:
    assert client.get("/healthz/").status_code == 200


def test_options_lists_the_methods_without_a_token(client: FlaskClient) -> None:
    answer = client.options("/api/v1/auth/me")
    assert answer.status_code == 200
    assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["Allow"].split(", "))


def test_head_answers_as_get_without_a_body(client: FlaskClient) -> None:
    answer = client.head("/healthz")
    assert (answer.status_code, answer.data) == (200, b"")
    assert client.head("/api/v1/auth/me").status_code == 401


def test_every_answer_is_guarded_by_headers(client: FlaskClient) -> None:
    for path in ("/healthz", "/nope", "/api/v1/auth/me"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_only_as_many_proxies_as_are_trusted_are_believed(tmp_path: Path, another_app: Callable[..., Flask]) -> None:
    seen = {}
    for proxies in ("0", "1"):
        app = another_app(f"sqlite:///{tmp_path}/none.db", TRUSTED_PROXIES=proxies)

        @app.get("/address")
        def address() -> str:
            return str(request.remote_addr)

        forwarded = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
        seen[proxies] = app.test_client().get("/address", headers=forwarded).text
    assert seen == {"0": "127.0.0.1", "1": "198.51.100.7"}
