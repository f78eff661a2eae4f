"""Whatever is not yours does not exist: for every route that takes an id, in its path or in its body.

The routes come from the URL map and the description. A new route needs a row in `BODIES` if it takes a body.
"""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.api.route_tables import OPEN_ROUTES, Route, api_routes, assert_error, what_is_stored
from tests.api_client import ApiUser, new_user
from tests.builders import a_job, a_resume
from tests.cvs import a_document

Rows = dict[str, Any]
"""What somebody owns: `resume`, `job`, `session_id` and `document`, each as the API shows it."""

# A body that would do, if the rows that it and the path name were the caller's: made from the caller's own rows.
BODIES: dict[str, Callable[[Rows], Any]] = {
    "PUT /api/v1/resumes/<reference:resume_id>": lambda _: a_resume(),
    "PATCH /api/v1/resumes/<reference:resume_id>": lambda _: {"title": "Mine now"},
    "PUT /api/v1/jobs/<reference:job_id>": lambda _: a_job(),
    "PATCH /api/v1/jobs/<reference:job_id>": lambda _: {"title": "Mine now"},
    "PATCH /api/v1/documents/<reference:document_id>": lambda _: {"title": "Mine now"},
    "POST /api/v1/documents/<reference:document_id>/resume": lambda _: {"make_default": True},
    "POST /v1/ai/match": lambda rows: {"job_id": rows["job"]["uuid"], "resume_id": rows["resume"]["uuid"]},
    "POST /v1/ai/chat": lambda rows: {
        "job_id": rows["job"]["uuid"],
        "resume_id": rows["resume"]["uuid"],
        "message": "What am I missing?",
        "context_type": "coach",
    },
    "POST /api/chat/start": lambda rows: {
        "job_id": rows["job"]["id"],
        "resume_id": rows["resume"]["id"],
        "question": "What am I missing?",
    },
    "POST /api/chat/<key:session_id>/message": lambda _: {"message": "What should I highlight?"},
    "POST /api/v1/chat/start": lambda rows: {
        "initial_message": "Hello",
        "doc_type": "cv",
        "resume_id": rows["resume"]["id"],
    },
    "POST /api/v1/chat/message": lambda rows: {"session_id": rows["cv_session"]["id"], "message": "I live in Porto"},
    "POST /api/v1/chat/session": lambda rows: {"doc_type": "cv", "resume_id": rows["resume"]["id"]},
    "POST /api/v1/chat/session/<key:session_id>/finalize": lambda _: {"title": "Mine now"},
    "PATCH /api/v1/chat/session/<key:session_id>/title": lambda _: {"title": "Mine now"},
}
OWNED_BY_PARAMETER = {
    "resume_id": "resume",
    "job_id": "job",
    "session_id": "session_id",
    "document_id": "document",
}
NAMES_NO_ROW = {"number": 1}
"""Parameters that only count within the row that the path names, with a value that is there."""
OWNED_BY_FIELD = {"job_id": "job", "resume_id": "resume", "session_id": "cv_session"}
NAMES_NOTHING = [
    "x",
    "0",
    "-1",
    "1" * 30,
    str(2**31),
    str(2**63 - 1),
    "%00",
    "1.0",
    "null",
    str(uuid.UUID(int=0)),
    "%F0%9F%92%A3",
    "' OR 1=1 --",
]


NO_ROWS: Rows = {name: {"id": 0, "uuid": ""} for name in ("resume", "job", "session_id", "cv_session", "document")}


def row_named(route: Route, place: str) -> str:
    """Which of somebody's rows a place of a route names."""
    if place == "session_id" and route.rule.startswith("/api/v1/chat"):
        return "cv_session"
    return (OWNED_BY_PARAMETER if place in route.parameters else OWNED_BY_FIELD)[place]


def is_reference(field: dict[str, Any]) -> bool:
    """Whether a field of a body names a row."""
    return field.get("format") == "uuid" or any(is_reference(one) for one in field.get("oneOf", ()))


def routes_with_ids(app: Flask) -> list[tuple[Route, str]]:
    """Each route with each place in it that names a row."""
    places = []
    for route in api_routes(app):
        fields = (route.body_schema(app) or {}).get("properties", {})
        named = [name for name in route.parameters if name not in NAMES_NO_ROW]
        names = [*named, *(name for name, field in fields.items() if is_reference(field))]
        places += [(route, name) for name in names]
    return places


def rows_of(user: ApiUser) -> Rows:
    resume = user.post("/api/v1/resumes", json=a_resume()).get_json()
    job = user.post("/api/v1/jobs", json=a_job()).get_json()
    started = user.post("/api/chat/start", json={"job_id": job["id"], "question": "What am I missing?"}).get_json()
    document = a_document(user.client.application, user).document
    named = {"id": document.id, "uuid": document.uuid}
    begun = user.post("/api/v1/chat/session", json={"doc_type": "cv"}).get_json()
    sessions = {"session_id": {"id": started["session_id"]}, "cv_session": {"id": begun["session_id"]}}
    return {"resume": resume, "job": job, "document": named, **sessions}


def forms_of(row: dict[str, Any]) -> list[Any]:
    """The ways to name a row."""
    return [row[form] for form in ("id", "uuid") if form in row]


def request(caller: ApiUser, route: Route, place: str, name: Any, rows: Rows) -> Any:
    """Call a route with everything the caller's own, but for the row named in one place."""
    body = BODIES[str(route)](rows) if str(route) in BODIES else None
    own = next((rows[row_named(route, one)]["id"] for one in route.parameters if one not in NAMES_NO_ROW), "")
    if place in route.parameters:
        return caller.open(route.at(name, **NAMES_NO_ROW), method=route.method, json=body)
    return caller.open(route.at(own, **NAMES_NO_ROW), method=route.method, json=body | {place: name})


def test_every_place_that_names_a_row_is_known_here(app: Flask) -> None:
    for route, place in routes_with_ids(app):
        assert place in (OWNED_BY_PARAMETER if place in route.parameters else OWNED_BY_FIELD), (
            f"{route}: say what {place} names."
        )
        assert (route.body_schema(app) is None) == (str(route) not in BODIES), f"{route}: give it a body in BODIES."


def test_nobody_reaches_what_is_somebody_elses(app: Flask, user: ApiUser, other: ApiUser) -> None:
    theirs, own = rows_of(other), rows_of(user)
    before = what_is_stored(app)
    complaints = []
    for route, place in routes_with_ids(app):
        target = theirs[row_named(route, place)]
        for name in forms_of(target):
            try:
                assert_error(request(user, route, place, name, own), route.rule, 404)
            except AssertionError as complaint:
                complaints.append(f"{route}, {place}: {complaint}")
    assert complaints == []
    assert what_is_stored(app) == before


def test_the_same_requests_reach_what_is_ones_own(app: Flask) -> None:
    complaints = []
    for route, place in routes_with_ids(app):
        owner = new_user(app)
        rows = rows_of(owner)
        target = rows[row_named(route, place)]
        answer = request(owner, route, place, forms_of(target)[-1], rows)
        if not 200 <= answer.status_code < 300:
            complaints.append(f"{route}, {place}: {answer.status_code} {answer.text[:200]}")
    assert complaints == []


@pytest.mark.parametrize("name", NAMES_NOTHING)
def test_an_id_that_names_nothing_is_a_404_and_without_a_token_a_401(app: Flask, user: ApiUser, name: str) -> None:
    for route in api_routes(app):
        if not route.parameters:
            continue
        body = BODIES[str(route)](NO_ROWS) if str(route) in BODIES else None
        assert_error(user.open(route.at(name), method=route.method, json=body), route.rule, 404)
        assert_error(app.test_client().open(route.at(name), method=route.method), route.rule, 401)


@pytest.mark.parametrize("number", [0, -1, 2**31, 2**53, 2**63 - 1])
def test_a_number_in_a_body_that_no_id_can_be_is_a_404(app: Flask, user: ApiUser, number: int) -> None:
    own = rows_of(user)
    for route, place in routes_with_ids(app):
        if place not in route.parameters and place != "session_id":
            assert_error(request(user, route, place, number, own), route.rule, 404)


def test_without_a_token_every_route_but_the_open_ones_is_a_401(app: Flask) -> None:
    answers = {
        (route.method, route.rule): app.test_client().open(route.at("x"), method=route.method).status_code
        for route in api_routes(app)
    }
    assert {route for route, status in answers.items() if status != 401} | {
        ("POST", "/api/v1/auth/refresh")
    } == OPEN_ROUTES
