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
        errors = {
            status: answer for status, answer in operation["responses"].items() if status in ("default", "400", "401")
        }
        assert "default" in errors
        assert all(answer == {"$ref": f"#/components/responses/{form}"} for answer in errors.values()), path


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
