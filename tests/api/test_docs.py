"""The description says what the routes do, and its page needs nothing from outside."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.api.route_tables import OPEN_ROUTES, api_routes


@pytest.fixture
def description(client: FlaskClient) -> dict[str, Any]:
    """The OpenAPI description."""
    return client.get("/openapi.json").get_json()


def operations(description: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method.upper(), path): operation
        for path, item in description["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    }


def test_it_is_openapi_3_1(description: dict[str, Any]) -> None:
    assert (description["openapi"], description["info"]["title"]) == ("3.1.0", "Bespoke")


def test_every_route_is_described_with_a_sentence(app: Flask, description: dict[str, Any]) -> None:
    described = operations(description)
    assert set(described) == {(route.method, route.openapi_path) for route in api_routes(app)}
    assert all(operation["summary"].endswith(".") for operation in described.values())


def test_every_route_but_the_open_ones_asks_for_the_token(app: Flask, description: dict[str, Any]) -> None:
    described = operations(description)
    unguarded = {
        (route.method, route.rule)
        for route in api_routes(app)
        if described[route.method, route.openapi_path].get("security") != [{"bearer": []}]
    }
    assert unguarded == OPEN_ROUTES
    assert description["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


def test_errors_are_described_in_the_form_of_their_path(description: dict[str, Any]) -> None:
    for (_, path), operation in operations(description).items():
        form = "FlatError" if path.startswith("/api/v1/") else "EnvelopeError"
        assert operation["responses"]["default"] == {"$ref": f"#/components/responses/{form}"}
        for status, answer in operation["responses"].items():
            if status[0] in "45" and path != "/readyz":
                schema = answer["content"]["application/json"]["schema"]
                assert schema == {"$ref": f"#/components/schemas/{form}"}, (path, status)
                assert answer["description"].startswith("`"), (path, status)


ERRORS = {
    "POST /api/v1/auth/register": "400 409 413 415 429",
    "POST /api/v1/auth/login": "400 401 413 415 429",
    "POST /api/v1/auth/refresh": "400 401 413 415 429",
    "POST /api/v1/auth/logout": "401",
    "GET /api/v1/auth/me": "401",
    "PUT /api/v1/auth/me/provider-key": "400 401 413 415 503",
    "DELETE /api/v1/auth/me/provider-key": "401",
    "GET /api/v1/resumes": "400 401",
    "POST /api/v1/resumes": "400 401 413 415",
    "POST /api/v1/resumes/import": "400 401 413 415 429 503",
    "GET /api/v1/resumes/{resume_id}": "400 401 404",
    "PUT /api/v1/resumes/{resume_id}": "400 401 404 413 415",
    "PATCH /api/v1/resumes/{resume_id}": "400 401 404 409 413 415",
    "DELETE /api/v1/resumes/{resume_id}": "401 404",
    "GET /api/v1/jobs": "400 401",
    "POST /api/v1/jobs": "400 401 413 415",
    "GET /api/v1/jobs/{job_id}": "401 404",
    "PUT /api/v1/jobs/{job_id}": "400 401 404 413 415",
    "PATCH /api/v1/jobs/{job_id}": "400 401 404 413 415",
    "DELETE /api/v1/jobs/{job_id}": "401 404",
    "GET /api/v1/documents": "400 401",
    "GET /api/v1/documents/{document_id}": "401 404",
    "PATCH /api/v1/documents/{document_id}": "400 401 404 413 415",
    "DELETE /api/v1/documents/{document_id}": "401 404",
    "GET /api/v1/documents/{document_id}/versions": "400 401 404",
    "GET /api/v1/documents/{document_id}/versions/{number}": "401 404",
    "POST /api/v1/documents/{document_id}/versions/{number}/restore": "401 404",
    "GET /api/v1/documents/{document_id}/export": "400 401 404",
    "POST /api/v1/documents/{document_id}/resume": "400 401 404 413 415",
    "POST /api/chat/start": "400 401 404 409 413 415 422 429 502 503 504",
    "POST /api/chat/{session_id}/message": "400 401 404 409 413 415 422 429 502 503 504",
    "GET /api/chat/{session_id}/history": "400 401 404",
    "GET /api/chat/{session_id}/context": "400 401 404",
    "GET /api/chat/sessions": "400 401",
    "POST /api/chat/{session_id}/deactivate": "401 404",
    "DELETE /api/chat/{session_id}/deactivate": "401 404",
    "GET /api/chat/health": "401",
    "POST /v1/ai/match": "400 401 404 413 415 429",
    "GET /v1/ai/match": "400 401 404",
    "GET /v1/ai/credits": "400 401",
    "POST /v1/ai/chat": "400 401 402 404 409 413 415 422 429",
    "POST /api/v1/chat/start": "400 401 404 409 413 415 422 429 500",
    "POST /api/v1/chat/message": "400 401 404 409 413 415 422 429 500",
    "POST /api/v1/chat/session": "400 401 404 413 415",
    "GET /api/v1/chat/sessions": "400 401",
    "GET /api/v1/chat/session/{session_id}": "401 404",
    "DELETE /api/v1/chat/session/{session_id}": "401 404",
    "PATCH /api/v1/chat/session/{session_id}/title": "400 401 404 413 415",
    "POST /api/v1/chat/session/{session_id}/finalize": "400 401 404 409 413 415",
    "GET /healthz": "",
    "GET /readyz": "503",
}


def test_every_error_that_a_route_answers_with_is_described(description: dict[str, Any]) -> None:
    described = {
        f"{method} {path}": " ".join(sorted(status for status in operation["responses"] if status[0] in "45"))
        for (method, path), operation in operations(description).items()
    }
    assert described == ERRORS


def test_an_error_that_passes_says_when_to_come_back(description: dict[str, Any]) -> None:
    start = operations(description)["POST", "/api/chat/start"]["responses"]
    assert all("Retry-After" in start[status]["headers"] for status in ("429", "503"))


def test_every_operation_has_a_name_of_its_own(description: dict[str, Any]) -> None:
    names = {route: operation["operationId"] for route, operation in operations(description).items()}
    assert len(set(names.values())) == len(names)
    assert all(re.fullmatch("[a-z]+([A-Z][a-z]+)*", name) for name in names.values())
    assert names["POST", "/api/chat/start"] == "startChat"
    assert names["POST", "/api/chat/{session_id}/message"] == "sendMessage"
    assert names["GET", "/api/v1/resumes"] == "listResumes"
    assert names["DELETE", "/api/chat/{session_id}/deactivate"] == "deactivateSessionByDelete"


def test_what_is_always_there_is_required(description: dict[str, Any]) -> None:
    optional = {
        (name, field)
        for name, schema in description["components"]["schemas"].items()
        for field in set(schema.get("properties", {})) - set(schema.get("required", ()))
    }
    assert optional == {
        ("BuilderSession", "resume_id"),
        ("BuilderStart", "resume_id"),
        ("Context", "turn_budget"),
        *(("Finalize", field) for field in ("title", "template_code")),
        ("FlatError", "fields"),
        *(("JobChange", field) for field in ("title", "company", "location", "url", "description")),
        *(("DocumentChange", field) for field in ("title", "template_code")),
        ("MakeResume", "make_default"),
        ("MatchPair", "resume_id"),
        *(("Question", field) for field in ("conversation_history", "resume_id")),
        ("Refresh", "refresh_token"),
        *(("ResumeChange", field) for field in ("title", "is_default")),
        ("Start", "resume_id"),
        ("StreamError", "retry_after"),
    }


def test_nothing_is_described_that_nothing_uses(client: FlaskClient, description: dict[str, Any]) -> None:
    used = set(re.findall(r'"#/components/(?:schemas|responses)/([^"]+)"', client.get("/openapi.json").text))
    components = description["components"]
    assert {*components["schemas"], *components["responses"]} == used
    assert set(components) == {"schemas", "responses", "securitySchemes"}


def test_how_to_ask_for_a_stream_is_described(description: dict[str, Any]) -> None:
    for path in ("/api/chat/start", "/api/chat/{session_id}/message"):
        operation = operations(description)["POST", path]
        assert "`Accept: text/event-stream`" in operation["description"]
        assert re.search("one `start`.*any number of `chunk`.*one `done`", operation["description"])
        for status in ("200", "502", "503", "504"):
            assert operation["responses"][status]["headers"]["X-Turn-Id"]["schema"]["format"] == "uuid"


def test_an_answer_that_can_be_a_stream_is_described_with_its_events(description: dict[str, Any]) -> None:
    start = operations(description)["POST", "/api/chat/start"]["responses"]
    for status in ("200", "201"):
        events = start[status]["content"]["text/event-stream"]["schema"]["oneOf"]
        assert {event["properties"]["event"]["const"] for event in events} == {"start", "chunk", "done", "error"}
        assert all(event["properties"]["data"]["contentMediaType"] == "application/json" for event in events)


def test_every_reference_leads_somewhere(client: FlaskClient, description: dict[str, Any]) -> None:
    for reference in set(re.findall(r'"\$ref": ?"#/([^"]+)"', client.get("/openapi.json").text)):
        found: Any = description
        for name in reference.split("/"):
            found = found[name]


def test_the_page_and_all_it_loads_come_from_here(client: FlaskClient) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    assert page.mimetype == "text/html"
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(loaded) >= 4
    for address in loaded:
        assert address.startswith("/docs/"), address
        with client.get(address) as asset:
            assert asset.status_code == 200
    assert '"/openapi.json"' in page.text
    assert "http://" not in re.sub(r"<!--.*?-->", "", page.text)


def test_only_the_page_may_run_scripts(client: FlaskClient) -> None:
    assert "script-src 'self' 'unsafe-inline'" in client.get("/docs").headers["Content-Security-Policy"]
    assert client.get("/openapi.json").headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_the_page_repeats_nothing_of_the_request(client: FlaskClient) -> None:
    page = client.get("/docs", headers={"Host": "evil.example"})
    assert "evil.example" not in page.text


def test_the_root_says_where_to_read_on(client: FlaskClient) -> None:
    shown = client.get("/").get_json()
    assert shown.pop("name") == "Bespoke"
    assert set(shown) == {"docs", "openapi", "health"}
    for path in shown.values():
        with client.get(path) as answer:
            assert answer.status_code == 200
