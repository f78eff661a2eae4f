"""Bodies are strict JSON of a bounded size, and what is wrong is named."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from app.api.body import DEFAULT_BYTES, MAX_DEPTH, MAX_INTEGER, parse
from app.errors import InvalidInput

LOGIN = "/api/v1/auth/login"
SOUND = {"email": "nobody@example.com", "password": "not the password"}


def refusal(data: bytes | str) -> InvalidInput:
    """How `parse` refuses this body."""
    with pytest.raises(InvalidInput) as caught:
        parse(data.encode() if isinstance(data, str) else data)
    return caught.value


def fields_of(data: str) -> list[str]:
    return list(refusal(data).fields or {})


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_json_number_is_refused(value: str) -> None:
    assert value in refusal(f'{{"a": {value}}}').sentence


@pytest.mark.parametrize("number", ["1e999", "-1e999", str(MAX_INTEGER + 1), str(-MAX_INTEGER - 2)])
def test_a_number_that_no_database_holds_is_named(number: str) -> None:
    assert fields_of(f'{{"a": [1, {number}]}}') == ["a.1"]


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    assert "too long" in refusal("1" * 5000).sentence


def test_a_key_given_twice_is_named() -> None:
    assert fields_of('{"a": {"b": 1, "c": 2, "b": 3}}') == ["b"]


@pytest.mark.parametrize("text", ["\\u0000", "x\\ud800y", "\\udfff"])
def test_text_that_cannot_be_stored_is_named_with_its_place(text: str) -> None:
    assert fields_of(f'{{"work": [{{"name": "fine"}}, {{"name": "{text}"}}]}}') == ["work.1.name"]


def test_a_key_that_cannot_be_stored_is_named_as_far_as_it_can_be() -> None:
    assert fields_of('{"a\\u0000b": 1}') == ["a\N{REPLACEMENT CHARACTER}b"]


def test_a_whole_pair_of_surrogates_is_text() -> None:
    assert parse(b'"\\ud83d\\ude00"') == "\N{GRINNING FACE}"


@pytest.mark.parametrize("depth", [MAX_DEPTH + 2, 5_000, 30_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting_is_refused_at_any_depth(depth: int, opening: str, closing: str) -> None:
    assert "too deeply" in refusal(opening * depth + "1" + closing * depth).sentence
    assert "too deeply" in refusal(opening * 30_000).sentence


def test_nesting_up_to_the_bound_is_read() -> None:
    assert parse(("[" * MAX_DEPTH + "]" * MAX_DEPTH).encode()) is not None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "latin-1"])
def test_another_encoding_is_refused(encoding: str) -> None:
    refusal('{"email": "é"}'.encode(encoding))


@pytest.mark.parametrize("data", ["", "{", "{'a': 1}", "a=b", "<html>", "[1,]", "{} {}"])
def test_what_is_not_json_is_refused(data: str) -> None:
    assert "not JSON" in refusal(data).sentence


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-MAX_INTEGER, MAX_INTEGER)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
        lambda below: st.lists(below) | st.dictionaries(st.text(st.characters(codec="ascii", min_codepoint=32)), below),
    )
)
def test_whatever_is_sound_is_read_as_it_is(value: Any) -> None:
    assert parse(json.dumps(value).encode()) == value


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
