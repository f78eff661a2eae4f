"""Bad input, for every route that takes a body and every field it has: the contract's error, nothing stored, no 500.

The routes and fields come from the application itself. A new route needs a row in `BODIES`: a body that is right.
"""

import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from flask import Flask

from tests.api.route_tables import OPEN_ROUTES, Route, api_routes, assert_error, what_is_stored
from tests.api_client import ApiUser
from tests.builders import a_job, a_resume
from tests.cvs import a_document

PLACE = "@@"
MANY = 100_000
CREDENTIALS = {"email": "nobody@example.com", "password": "not the password"}
# What is right everywhere else, so that only what is put in its place can be wrong.
BODIES: dict[str, dict[str, Any]] = {
    "POST /api/v1/auth/register": {**CREDENTIALS, "name": "Sarah"},
    "POST /api/v1/auth/login": CREDENTIALS,
    "POST /api/v1/auth/refresh": {"refresh_token": "x"},
    "PUT /api/v1/auth/me/provider-key": {"api_key": "sk-0123456789"},
    "POST /api/v1/resumes": a_resume(),
    "PUT /api/v1/resumes/<reference:resume_id>": a_resume(),
    "PATCH /api/v1/resumes/<reference:resume_id>": {"title": "A title", "is_default": True},
    "POST /api/v1/jobs": a_job(),
    "PUT /api/v1/jobs/<reference:job_id>": a_job(),
    "PATCH /api/v1/jobs/<reference:job_id>": {"title": "A title", "description": "What we ask for: Python."},
    "PATCH /api/v1/documents/<reference:document_id>": {"title": "A title", "template_code": "modern"},
    "POST /api/v1/documents/<reference:document_id>/resume": {"make_default": True},
    "POST /v1/ai/match": {"job_id": 1},
    "POST /v1/ai/chat": {"job_id": 1, "message": "Is it remote?", "context_type": "chat"},
    "POST /api/chat/start": {"job_id": 1, "question": "How can I tailor my resume?"},
    "POST /api/chat/<key:session_id>/message": {"message": "What should I highlight?"},
    "POST /api/v1/chat/start": {"initial_message": "Hello", "doc_type": "cv"},
    "POST /api/v1/chat/message": {"session_id": str(uuid.UUID(int=0)), "message": "I live in Porto"},
    "POST /api/v1/chat/session": {"doc_type": "cv"},
    "POST /api/v1/chat/session/<key:session_id>/finalize": {"title": "A title", "template_code": "modern"},
    "PATCH /api/v1/chat/session/<key:session_id>/title": {"title": "A title"},
}
# Documents of a standard that may be extended: an unknown field is kept, and a wrong type is told in the receipt.
DOCUMENTS = {"POST /api/v1/resumes", "PUT /api/v1/resumes/<reference:resume_id>"}
# What looks wrong in the plain form of a body and is right in another that the route takes.
RIGHT_IN_ANOTHER_FORM = {
    ("POST /api/v1/jobs", "location: object instead"),  # JSON Resume's job has an object there
    ("PUT /api/v1/jobs/<reference:job_id>", "location: object instead"),
}
OF_TYPE = {"string": '"text"', "integer": "3", "number": "1.5", "boolean": "true", "array": "[]", "object": "{}"}


class Case(NamedTuple):
    """One bad request."""

    name: str
    data: bytes
    content_type: str = "application/json"
    statuses: tuple[int, ...] = (400,)


def body_routes(app: Flask) -> dict[str, Route]:
    return {str(route): route for route in api_routes(app) if route.body_schema(app) is not None}


def whole_bodies(row: str) -> Iterator[Case]:
    """What can be wrong with a body as a whole."""
    sound = json.dumps(BODIES[row])
    yield Case("depth 100,000", b"[" * MANY, statuses=(400, 413))
    yield Case("depth 30,000", b"[" * 30_000)
    yield Case("closed depth 30,000", b'{"a":' * 10_000 + b"1" + b"}" * 10_000)
    yield Case("depth 30,000 beside sound fields", (sound[:-1] + ', "a": ' + "[" * 30_000).encode())
    yield Case("UTF-16", sound.encode("utf-16"))
    yield Case("Latin-1", '{"é": 1}'.encode("latin-1"))
    yield Case("not JSON", b"job_id=1&question=x")
    yield Case("half", sound.encode()[:-1])
    yield Case("twice", sound.encode() * 2)
    yield Case("only space", b"   ")
    for name, value in {"list": [BODIES[row]], "text": "text", "number": 1, "null": None, "true": True}.items():
        yield Case(f"a {name}", json.dumps(value).encode())
    yield Case("a form", b"a=b", "application/x-www-form-urlencoded", (415,))
    yield Case("another charset", sound.encode("utf-16"), "application/json; charset=utf-16", (415,))
    yield Case("too large", sound.encode() + b" " * 1_000_000, statuses=(413,))
    for name, value in {"NaN": "NaN", "-Infinity": "-Infinity", "1e999": "1e999", "1e5000": "1" * 5000}.items():
        yield Case(f"{name} in a field", (sound[:-1] + f', "extra": {value}}}').encode())
    yield Case("NUL in a key", (sound[:-1] + ', "a\\u0000": 1}').encode())
    yield Case("half a surrogate pair in a key", (sound[:-1] + ', "\\udc00": 1}').encode())
    yield Case("NUL deep down", (sound[:-1] + ', "extra": {"a": [[{"b": "\\u0000"}]]}}').encode())
    first = next(iter(BODIES[row]))
    yield Case("a key twice", (sound[:-1] + f', "{first}": 1}}').encode())
    if row not in DOCUMENTS:
        yield Case("an unknown field", (sound[:-1] + ', "extra": 1}').encode())


def field_cases(row: str, schema: dict[str, Any]) -> Iterator[Case]:
    """What can be wrong with each field of a body."""
    for name, field in schema.get("properties", {}).items():
        for label, value, statuses in _values(name, field):
            data = json.dumps(BODIES[row] | {name: PLACE}).replace(f'"{PLACE}"', value)
            if (row, f"{name}: {label}") not in RIGHT_IN_ANOTHER_FORM:
                yield Case(f"{name}: {label}", data.encode(), statuses=statuses)
        if name in schema.get("required", ()):
            without = {key: value for key, value in BODIES[row].items() if key != name}
            yield Case(f"{name}: missing", json.dumps(without).encode())


def _values(name: str, field: dict[str, Any]) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    wrong = (400,)
    types = _types(field)
    if types:
        yield from ((f"{kind} instead", value, wrong) for kind, value in OF_TYPE.items() if kind not in types)
        if "null" not in types:
            yield "null", "null", wrong
    if field.get("minLength"):
        yield from ((label, json.dumps(text), wrong) for label, text in {"empty": "", "blank": " \t\n\u200b"}.items())
    if longest := field.get("maxLength"):
        yield "10 times too long", json.dumps("x" * longest * 10), (400, 413)
    yield from (
        (label, value, wrong)
        for label, value in {
            "NUL": '"a\\u0000b"',
            "half a surrogate pair": '"a\\ud800b"',
            "NaN": "NaN",
            "a huge number": "1" + "0" * 30,
            "twice": f'"a", "{name}": "b"',
            "deep": "[" * 1000 + "]" * 1000,
        }.items()
    )


def _types(field: dict[str, Any]) -> set[str]:
    """The JSON types a field may have; text of a fixed format is not just any text."""
    if "oneOf" in field:
        return set().union(*(_types(one) for one in field["oneOf"]))
    types = field.get("type", [])
    types = {types} if isinstance(types, str) else set(types)
    if "number" in types:
        types.add("integer")
    return types - {"string"} | {"a text"} if field.get("format") == "uuid" else types


@pytest.fixture
def send(app: Flask, user: ApiUser) -> Callable[..., Any]:
    """Send a case to a route, about rows that are really there; as nobody if the route is open."""
    names = _rows_of(user)

    def send(route: Route, case: Case) -> Any:
        path = route.at(next((names[name] for name in route.parameters), ""))
        caller = user if (route.method, route.rule) not in OPEN_ROUTES else app.test_client()
        return caller.open(path, method=route.method, data=case.data, content_type=case.content_type)

    return send


def _rows_of(user: ApiUser) -> dict[str, Any]:
    resume = user.post("/api/v1/resumes", json=a_resume()).get_json()
    job = user.post("/api/v1/jobs", json=a_job()).get_json()
    started = user.post("/api/chat/start", json={"job_id": job["id"], "question": "What am I missing?"}).get_json()
    rows = {"resume_id": resume["id"], "job_id": job["id"], "session_id": started["session_id"]}
    return rows | {"document_id": a_document(user.client.application, user).document.id}


def test_every_route_with_a_body_has_a_row(app: Flask) -> None:
    assert set(body_routes(app)) == set(BODIES), "Give the new route a body in BODIES."


@pytest.mark.parametrize("row", BODIES)
def test_a_bad_body_is_an_error_and_stores_nothing(app: Flask, send: Callable[..., Any], row: str) -> None:
    route = body_routes(app)[row]
    schema = route.body_schema(app) or {}
    before = what_is_stored(app)
    complaints = []
    for case in [*whole_bodies(row), *field_cases(row, schema)]:
        try:
            assert_error(send(route, case), route.rule, *case.statuses)
        except AssertionError as complaint:
            complaints.append(f"{case.name}: {complaint}")
    assert complaints == []
    assert what_is_stored(app) == before


def test_a_bad_text_is_an_error_and_stores_nothing_where_a_body_may_be_one(
    app: Flask, send: Callable[..., Any]
) -> None:
    before = what_is_stored(app)
    complaints = []
    for route in body_routes(app).values():
        for content_type in route.body_types(app) - {"application/json"}:
            for case in texts(content_type):
                try:
                    assert_error(send(route, case), route.rule, *case.statuses)
                except AssertionError as complaint:
                    complaints.append(f"{route} {content_type} {case.name}: {complaint}")
    assert complaints == []
    assert what_is_stored(app) == before


def texts(content_type: str) -> Iterator[Case]:
    """What can be wrong with a body that is text."""
    sound = "Senior Engineer at Harbourline\n\nWhat we ask for\n- Python\n" * 3
    for encoding in ("utf-16", "utf-32"):
        yield Case(encoding, sound.encode(encoding), content_type)
    yield Case("Latin-1", ("caf\u00e9" + sound).encode("latin-1"), content_type)
    yield Case("empty", b"", content_type)
    yield Case("blank", " \n\u200b\n".encode(), content_type)
    yield Case("too large", b"word " * 1_000_000, content_type, (413,))


def test_text_with_nul_in_it_is_stored_without_or_refused(send: Callable[..., Any], app: Flask) -> None:
    text = b"Senior Engineer at Harbourline\n\nWhat we ask for\n- Py\0thon\n"
    for route in body_routes(app).values():
        for content_type in route.body_types(app) - {"application/json"}:
            answer = send(route, Case("NUL", text, f"{content_type}; charset=utf-8"))
            assert answer.status_code < 500, answer.text
            assert "\\u0000" not in answer.text


def test_without_a_token_nothing_is_said_about_the_body(app: Flask) -> None:
    for row, route in body_routes(app).items():
        if (route.method, route.rule) not in OPEN_ROUTES:
            for case in whole_bodies(row):
                answer = app.test_client().open(
                    route.at("x"), method=route.method, data=case.data, content_type=case.content_type
                )
                assert_error(answer, route.rule, 401)
