"""The CV builder with the built-in assistant, and before a scriptable model, on either database."""

import json
from typing import Any

import pytest
from flask import Flask

from tests.api.chat.conftest import chat_app
from tests.api_client import ApiUser
from tests.fakes.fixtures import upstream
from tests.fakes.upstream import Answer, Upstream, answer

__all__ = ["chat_app", "upstream"]
HELLO = "Hello, I am Ines Duarte, a Site Reliability Engineer"
STREAM = {"Accept": "text/event-stream"}


class Writer(ApiUser):
    """Somebody who builds a CV by telling of themselves."""

    def begin(self, message: str = HELLO, *, doc_type: str = "cv", **kwargs: Any) -> Any:
        body = {"initial_message": message, "doc_type": doc_type, **kwargs.pop("over", {})}
        return self.post("/api/v1/chat/start", json=body, **kwargs)

    def say(self, session_id: str, message: str, **kwargs: Any) -> Any:
        body = {"session_id": session_id, "message": message}
        return self.post("/api/v1/chat/message", json=body, **kwargs)

    def begun(self) -> str:
        """A session that has just begun."""
        session_id: str = self.begin().get_json()["session_id"]
        return session_id

    def fresh_token(self) -> dict[str, str]:
        """The header of a login of this moment: a moved clock ages the first one."""
        login = self.client.post("/api/v1/auth/login", json={"email": self.email, "password": self.password})
        return {"Authorization": f"Bearer {login.get_json()['access_token']}"}

    def shown(self, session_id: str) -> Any:
        return self.get(f"/api/v1/chat/session/{session_id}")

    def finalize(self, session_id: str, **body: Any) -> Any:
        return self.post(f"/api/v1/chat/session/{session_id}/finalize", json=body)


@pytest.fixture
def writer(app: Flask) -> Writer:
    """Answered by the built-in assistant."""
    return Writer(app.test_client(), name="Ines Duarte")


@pytest.fixture
def modelled(chat_app: Flask, upstream: Upstream) -> Writer:
    """Answered by the scripted model."""
    upstream.default = told("Hello.")
    return Writer(chat_app.test_client(), name="Ines Duarte")


def told(reply: str, *changes: dict[str, Any]) -> Answer:
    """A model's structured answer, in pieces."""
    text = json.dumps({"reply": reply, "changes": list(changes), "polished": []})
    return answer(*(text[at : at + 7] for at in range(0, len(text), 7)))


def frames(text: str) -> list[tuple[str, dict[str, Any]]]:
    found = [frame.split("\n") for frame in text.split("\n\n") if frame and not frame.startswith(":")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in found]
