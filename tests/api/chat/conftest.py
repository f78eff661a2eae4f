"""The resume chat in front of a scriptable model, on either database."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app
from app.extensions import db
from tests.api_client import ApiUser, new_user
from tests.builders import a_job, a_resume
from tests.databases import settings_for_tests
from tests.fakes.fixtures import upstream
from tests.fakes.upstream import Upstream

__all__ = ["upstream"]


@pytest.fixture
def chat_app(app: Flask, upstream: Upstream, tmp_path: Path) -> Iterator[Flask]:
    """The application with the fake model behind it."""
    settings = {"JWT_SECRET_KEY": app.config["JWT_SECRET_KEY"], "OPENAI_BASE_URL": upstream.url}
    short = {"MODEL_SILENCE_TIMEOUT": "0.5", "MODEL_TOTAL_TIMEOUT": "3", "TURN_LEASE": "2"}
    chat_app = create_app(settings_for_tests(app.config["DATABASE_URL"], tmp_path, **settings, **short))
    yield chat_app
    chat_app.extensions["provider"].close()
    with chat_app.app_context():
        db.engine.dispose()


class Seeker(ApiUser):
    """Somebody with a resume and a posting, who asks about it."""

    def with_material(self) -> "Seeker":
        self.resume: dict[str, Any] = self.post("/api/v1/resumes", json=a_resume()).get_json()
        self.job: dict[str, Any] = self.post("/api/v1/jobs", json=a_job()).get_json()
        return self

    def start(self, question: str = "How can I tailor my resume for this role?", **over: Any) -> Any:
        return self.post("/api/chat/start", json={"job_id": self.job["id"], "question": question, **over})

    def ask(self, session_id: str, message: str = "What should I highlight?", **kwargs: Any) -> Any:
        return self.post(f"/api/chat/{session_id}/message", json={"message": message}, **kwargs)

    def history(self, session_id: str) -> list[dict[str, Any]]:
        return self.get(f"/api/chat/{session_id}/history", query_string={"limit": 100}).get_json()["messages"]


@pytest.fixture
def seeker(chat_app: Flask) -> Seeker:
    return Seeker(chat_app.test_client()).with_material()


@pytest.fixture
def embedded_seeker(app: Flask) -> Seeker:
    """The same, answered by the built-in assistant."""
    return Seeker(app.test_client()).with_material()


@pytest.fixture
def stranger(chat_app: Flask) -> ApiUser:
    return new_user(chat_app)


def a_uuid() -> str:
    return str(uuid.uuid4())
