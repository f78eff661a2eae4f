"""Speaking to the API as somebody: an anonymous client, or a registered user with the token set."""

import uuid
from functools import cached_property
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PASSWORD = "correct horse battery staple"


class ApiUser:
    """A registered user. `get`, `post`, … take what Flask's test client takes."""

    def __init__(self, client: FlaskClient, name: str = "Sarah Johnson") -> None:
        self.client = client
        self.email = f"user-{uuid.uuid4().hex[:12]}@example.com"
        self.password = PASSWORD
        account = {"email": self.email, "password": self.password, "name": name}
        answer = client.post("/api/v1/auth/register", json=account)
        assert answer.status_code == 201, answer.text
        self.tokens: dict[str, Any] = answer.get_json()

    @property
    def access_token(self) -> str:
        return self.tokens["access_token"]

    @cached_property
    def id(self) -> int:
        """The integer id, as rows know it."""
        return self.get("/api/v1/auth/me").get_json()["id"]

    def open(self, path: str, *, method: str, headers: dict[str, str] | None = None, **kwargs: Any) -> TestResponse:
        """Send one request with the token set."""
        headers = {"Authorization": f"Bearer {self.access_token}", **(headers or {})}
        return self.client.open(path, method=method, headers=headers, **kwargs)

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        return self.open(path, method="GET", **kwargs)

    def post(self, path: str, **kwargs: Any) -> TestResponse:
        return self.open(path, method="POST", **kwargs)

    def put(self, path: str, **kwargs: Any) -> TestResponse:
        return self.open(path, method="PUT", **kwargs)

    def patch(self, path: str, **kwargs: Any) -> TestResponse:
        return self.open(path, method="PATCH", **kwargs)

    def delete(self, path: str, **kwargs: Any) -> TestResponse:
        return self.open(path, method="DELETE", **kwargs)


def new_user(app: Flask) -> ApiUser:
    """Register somebody who has nothing yet."""
    return ApiUser(app.test_client())
