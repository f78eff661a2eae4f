"""Bodies are strict JSON of a bounded size, and what is wrong is named."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.api.body import DEFAULT_BYTES

LOGIN = "/api/v1/auth/login"
SOUND = {"email": "nobody@example.com", "password": "not the password"}


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 401),
        ("application/json; charset=utf-8", 401),
        ("application/json; charset=UTF8", 401),
        ("application/vnd.bespoke+json", 401),
        ("application/json; charset=utf-16", 415),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("text/json+json", 415),
        ("", 415),
    ],
)
def test_only_json_is_read(client: FlaskClient, content_type: str, status: int) -> None:
    answer = client.post(LOGIN, data=json.dumps(SOUND), content_type=content_type)
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "latin-1"])
def test_another_encoding_is_refused(client: FlaskClient, encoding: str) -> None:
    answer = client.post(LOGIN, data='{"email": "é"}'.encode(encoding), content_type="application/json")
    assert answer.status_code == 400


def test_what_no_database_stores_is_named_with_its_place(client: FlaskClient) -> None:
    answer = client.post(LOGIN, data=rb'{"email": "a", "password": ["\u0000"]}', content_type="application/json")
    assert (answer.status_code, list(answer.get_json()["fields"])) == (400, ["password.0"])


def test_a_compressed_body_is_not_unpacked(client: FlaskClient) -> None:
    answer = client.post(LOGIN, json=SOUND, headers={"Content-Encoding": "gzip"})
    assert answer.status_code == 415


def test_no_body_at_all_counts_as_an_empty_object(client: FlaskClient) -> None:
    answer = client.post(LOGIN)
    assert answer.status_code == 400
    assert set(answer.get_json()["fields"]) == {"email", "password"}


@pytest.mark.parametrize("value", [[], [SOUND], "text", 1, None, True])
def test_a_body_that_is_no_object_is_refused(client: FlaskClient, value: Any) -> None:
    answer = client.post(LOGIN, data=json.dumps(value), content_type="application/json")
    assert answer.status_code == 400
    assert list(answer.get_json()["fields"]) == ["body"]


def test_a_field_nobody_knows_is_named(client: FlaskClient) -> None:
    answer = client.post(LOGIN, json=SOUND | {"admin": True})
    assert (answer.status_code, list(answer.get_json()["fields"])) == (400, ["admin"])


def test_many_wrong_fields_make_a_short_answer(client: FlaskClient) -> None:
    answer = client.post(LOGIN, json=SOUND | {f"field{number}": 1 for number in range(3000)})
    assert answer.status_code == 400
    assert len(answer.data) < 5_000


@pytest.mark.parametrize(("size", "status"), [(DEFAULT_BYTES, 400), (DEFAULT_BYTES + 1, 413)])
def test_a_body_has_a_greatest_size(client: FlaskClient, size: int, status: int) -> None:
    data = b'{"email": "' + b"x" * (size - 13) + b'"}'
    answer = client.post(LOGIN, data=data, content_type="application/json")
    assert answer.status_code == status


def test_a_refused_body_ends_its_connection_and_a_read_one_does_not(client: FlaskClient) -> None:
    refused = client.post(LOGIN, data=b"x" * (DEFAULT_BYTES + 1), content_type="application/json")
    assert refused.headers["Connection"] == "close"
    assert "Connection" not in client.post(LOGIN, json=SOUND).headers


def test_401_comes_before_the_body_is_looked_at(client: FlaskClient) -> None:
    for data, content_type in [(b"{", "application/json"), (b"x" * 300_000, "application/json"), (b"", "text/plain")]:
        assert client.post("/api/v1/auth/logout", data=data, content_type=content_type).status_code == 401
