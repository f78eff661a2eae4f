"""The routes as the URL map knows them, so that tables of tests can be checked for holes."""

import re
from dataclasses import dataclass

from flask import Flask

OPEN_ROUTES = {
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("POST", "/api/v1/auth/register"),
    ("POST", "/api/v1/auth/login"),
    ("POST", "/api/v1/auth/refresh"),
}
_NOT_API = ("/docs", "/openapi.json", "/static/")


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one rule, `Route("POST", "/api/chat/<key:session_id>/message")`."""

    method: str
    rule: str

    @property
    def openapi_path(self) -> str:
        return re.sub(r"<(?:[^:>]+:)?([^>]+)>", r"{\1}", self.rule)

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"<(?:[^:>]+:)?([^>]+)>", self.rule)

    def at(self, value: object) -> str:
        """The path with this value in the place of every parameter."""
        return re.sub(r"<[^>]+>", str(value), self.rule)


def api_routes(app: Flask) -> list[Route]:
    """Every route of the API: not the description, its page, or what Flask adds itself."""
    return [
        Route(method, rule.rule)
        for rule in app.url_map.iter_rules()
        if not rule.rule.startswith(_NOT_API)
        for method in sorted(rule.methods or ())
        if method not in {"HEAD", "OPTIONS"}
    ]
