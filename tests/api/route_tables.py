"""The routes as the URL map and the description know them, so that tables of tests can be checked for holes."""

import json
import re
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from app.extensions import Base, db

OPEN_ROUTES = {
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("POST", "/api/v1/auth/register"),
    ("POST", "/api/v1/auth/login"),
    ("POST", "/api/v1/auth/refresh"),
}
_NOT_API = ("/docs", "/openapi.json")
_PARAMETER = re.compile(r"<(?:[^:>]+:)?([^>]+)>")


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one rule, `Route("POST", "/api/chat/<key:session_id>/message")`."""

    method: str
    rule: str

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"

    @property
    def openapi_path(self) -> str:
        return _PARAMETER.sub(r"{\1}", self.rule)

    @property
    def parameters(self) -> list[str]:
        return _PARAMETER.findall(self.rule)

    def at(self, value: object, **others: object) -> str:
        """The path with this value in the place of its parameter, but for `others`, which are given by their names."""
        return _PARAMETER.sub(lambda found: str(others.get(found[1], value)), self.rule)

    def body_schema(self, app: Flask) -> dict[str, Any] | None:
        """What the description says about this route's JSON body; of several forms, the plain one, which comes first.

        None for a route without one: it takes no body, or a file.
        """
        description = describe(app)
        content = self._content(description)
        if "application/json" not in content:
            return None
        schema: dict[str, Any] = content["application/json"]["schema"]
        if "$ref" in schema:
            schema = description["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        return schema if "properties" in schema else schema.get("anyOf", [schema])[0]

    def body_types(self, app: Flask) -> set[str]:
        """The media types that a body of this route may have."""
        return set(self._content(describe(app)))

    def _content(self, description: dict[str, Any]) -> dict[str, Any]:
        operation = description["paths"][self.openapi_path][self.method.lower()]
        content: dict[str, Any] = operation.get("requestBody", {}).get("content", {})
        return content


def describe(app: Flask) -> dict[str, Any]:
    """The OpenAPI description."""
    description: dict[str, Any] = app.test_client().get("/openapi.json").get_json()
    return description


def api_routes(app: Flask) -> list[Route]:
    """Every route of the API: not the description, its page, or what Flask adds itself."""
    return [
        Route(method, rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule != "/" and not rule.rule.startswith(_NOT_API)
        for method in sorted(rule.methods or ())
        if method not in {"HEAD", "OPTIONS"}
    ]


def what_is_stored(app: Flask) -> dict[str, tuple[Any, ...]]:
    """For each table how many rows it has, and when the last one was changed: equal if nothing was stored between."""
    with app.app_context():
        return {table.name: _size(table) for table in Base.metadata.sorted_tables}


def _size(table: Any) -> tuple[Any, ...]:
    changed = [func.max(table.c[name]) for name in ("created_at", "updated_at") if name in table.c]
    return tuple(db.session.execute(select(func.count(), *changed).select_from(table)).one())


def assert_error(answer: Any, path: str, *statuses: int) -> None:
    """The answer is an error with one of these statuses, in the form of its path."""
    assert answer.status_code in statuses, f"{answer.status_code} {answer.text[:300]}"
    body = json.loads(answer.text)
    if path.startswith("/api/v1/"):
        assert set(body) <= {"error", "code", "fields"}, body
        error, sentence = body, body["error"]
    else:
        assert body["success"] is False
        error, sentence = body["error"], body["error"]["message"]
    assert re.fullmatch("[A-Z_]+", error["code"]), body
    assert isinstance(sentence, str), body
    assert sentence, body
    for name, messages in error.get("fields", {}).items():
        assert isinstance(name, str), body
        assert all(isinstance(message, str) for message in messages), body
