"""The studio in front of a scriptable model, on either database."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from tests.api.chat.conftest import Seeker, chat_app
from tests.fakes.fixtures import upstream

__all__ = ["chat_app", "upstream"]


@dataclass
class Stream:
    """A whole answer: its status and headers, and its events; `error` is that of an answer that is no stream."""

    status: int
    headers: Any
    events: list[tuple[str, dict[str, Any]]]
    error: dict[str, Any]

    @property
    def text(self) -> str:
        return "".join(data["content"] for name, data in self.events if name == "chunk")

    @property
    def last(self) -> tuple[str, dict[str, Any]]:
        return self.events[-1]

    @property
    def done(self) -> dict[str, Any]:
        name, data = self.last
        assert name == "done", data
        return data


class Asker(Seeker):
    """Somebody with a resume and a posting, who asks the studio about it."""

    def ask_studio(self, message: str = "Is the work remote?", *, headers: Any = None, **over: Any) -> Stream:
        body = {"job_id": self.job["uuid"], "resume_id": self.resume["uuid"], "message": message}
        response = self.post("/v1/ai/chat", json=body | {"context_type": "chat"} | over, headers=headers)
        if response.mimetype != "text/event-stream":
            return Stream(response.status_code, response.headers, [], response.get_json()["error"])
        return Stream(response.status_code, response.headers, frames(response.text), {})

    @property
    def credits(self) -> dict[str, Any]:
        data: dict[str, Any] = self.get("/v1/ai/credits").get_json()["data"]
        return data

    @property
    def balance(self) -> tuple[int, int]:
        """What there is, and what of it is held."""
        return self.credits["balance"], self.credits["held"]


@pytest.fixture
def asker(chat_app: Flask) -> Asker:
    asker = Asker(chat_app.test_client())
    asker.with_material()
    return asker


@pytest.fixture
def embedded_asker(app: Flask) -> Asker:
    """The same, answered by the built-in assistant."""
    asker = Asker(app.test_client())
    asker.with_material()
    return asker


def frames(text: str) -> list[tuple[str, dict[str, Any]]]:
    found = [frame.split("\n") for frame in text.split("\n\n") if frame and not frame.startswith(":")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in found]
