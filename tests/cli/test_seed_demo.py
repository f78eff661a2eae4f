"""`flask seed demo` makes something to try the service with, as often as it is called, once."""

import json
import re
import uuid
from pathlib import Path

import jsonschema
import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.cli.demo import POSTINGS, RESUME
from app.context.job import requirement_lines, responsibility_lines, split_posting
from app.extensions import db
from app.formats.posting import read_posting
from app.models.accounts import UserProfile, get_user_by_email
from app.models.jobs import JobPosting
from app.models.resumes import Resume

SCHEMA = Path(__file__).parents[2] / ".." / "shared" / "data" / "resumes" / "_schema-jsonresume-1.3.1.json"


@pytest.fixture
def email() -> str:
    return f"demo-{uuid.uuid4().hex[:12]}@example.com"


def seed(app: Flask, *options: str) -> Result:
    result = app.test_cli_runner().invoke(args=["seed", "demo", *options])
    assert result.exit_code == 0, result.output
    return result


def log_in(client: FlaskClient, email: str, password: str) -> int:
    return client.post("/api/v1/auth/login", json={"email": email, "password": password}).status_code


def shown_password(result: Result) -> str:
    return re.search(r"\(shown only now\): (\S+)", result.output)[1]  # type: ignore[index]


def rows_of(app: Flask, email: str) -> tuple[int, int]:
    """How many resumes and postings the user has."""
    with app.app_context():
        user = get_user_by_email(email)
        assert user is not None
        count = [
            db.session.scalar(select(func.count()).select_from(table).where(table.user_profile_id == user.id))
            for table in (Resume, JobPosting)
        ]
        return count[0] or 0, count[1] or 0


def test_the_demo_user_can_log_in_with_the_printed_password(app: Flask, client: FlaskClient, email: str) -> None:
    result = seed(app, "--email", email)
    assert log_in(client, email, shown_password(result)) == 200
    assert rows_of(app, email) == (1, 3)


def test_the_printed_command_asks_about_a_job_that_is_there(app: Flask, client: FlaskClient, email: str) -> None:
    result = seed(app, "--email", email)
    login, question = (json.loads(body) for body in re.findall(r"-d '(\{.*?\})'", result.output))
    token = client.post("/api/v1/auth/login", json=login).get_json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get(f"/api/v1/jobs/{question['job_id']}", headers=headers).status_code == 200


def test_a_second_time_nothing_is_added_and_the_password_stays(app: Flask, client: FlaskClient, email: str) -> None:
    password = shown_password(seed(app, "--email", email))
    again = seed(app, "--email", email)
    assert "exists already" in again.output
    assert "--reset-password" in again.output
    assert "shown only now" not in again.output
    assert rows_of(app, email) == (1, 3)
    assert log_in(client, email, password) == 200


def test_a_reset_gives_another_password_and_ends_the_old_logins(app: Flask, client: FlaskClient, email: str) -> None:
    old = "the old password"
    seed(app, "--email", email, "--password", old)
    token = client.post("/api/v1/auth/login", json={"email": email, "password": old}).get_json()["access_token"]
    new = shown_password(seed(app, "--email", email, "--reset-password"))
    assert log_in(client, email, old) == 401
    assert log_in(client, email, new) == 200
    assert client.get("/api/v1/auth/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_a_given_password_is_not_printed_as_a_new_one(app: Flask, client: FlaskClient, email: str) -> None:
    result = seed(app, "--email", email, "--password", "a password of mine")
    assert "shown only now" not in result.output
    assert log_in(client, email, "a password of mine") == 200


def test_if_empty_seeds_nothing_in_production(app: Flask, email: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "APP_ENV", "production")
    assert seed(app, "--if-empty", "--email", email).output == "This is production: no demo data.\n"
    with app.app_context():
        assert get_user_by_email(email) is None


def test_with_users_there_if_empty_does_nothing_and_says_so_in_one_line(app: Flask, email: str) -> None:
    seed(app, "--email", email)
    with app.app_context():
        before = db.session.scalar(select(func.count()).select_from(UserProfile))
    result = seed(app, "--if-empty", "--email", f"another-{email}")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(UserProfile)) == before
    assert len(result.output.splitlines()) == 1


def test_a_short_password_is_refused(app: Flask, email: str) -> None:
    result = app.test_cli_runner().invoke(args=["seed", "demo", "--email", email, "--password", "short"])
    assert result.exit_code == 2
    assert "--password" in result.output


def test_the_resume_has_every_section_and_nothing_that_was_not_understood(app: Flask, email: str) -> None:
    document = json.loads(RESUME.read_text(encoding="utf-8"))
    sections = "basics work volunteer education awards certificates publications skills languages interests references"
    assert all(document[section] for section in [*sections.split(), "projects", "meta"])
    if SCHEMA.exists():
        jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")))


LEAST_ASKED = {
    "1-senior-data-platform-engineer.html": 9,
    "2-machine-learning-engineer.md": 8,
    "3-ingenieur-devops.txt": 10,
}


@pytest.mark.parametrize("name", LEAST_ASKED)
def test_each_posting_is_long_and_read_into_its_parts(name: str) -> None:
    text = (POSTINGS / name).read_text(encoding="utf-8")
    posting = read_posting(text)
    parts = split_posting(posting.description)
    asked = requirement_lines(parts)
    assert 6000 <= len(text) <= 14000
    assert len(posting.description) >= 6000
    assert {part.kind for part in parts} >= {"summary", "responsibilities", "requirements", "nice_to_have", "benefits"}
    assert sum(must for _, must in asked) == LEAST_ASKED[name]
    assert sum(not must for _, must in asked) == 4
    assert len(responsibility_lines(parts)) >= 5


def test_what_surrounds_a_page_is_not_part_of_the_posting() -> None:
    posting = read_posting((POSTINGS / "1-senior-data-platform-engineer.html").read_text(encoding="utf-8"))
    for chrome in ("cookies", "Similar jobs", "Terms of use", "dataLayer", "Sign in"):
        assert chrome not in posting.description


def test_requirements_come_late_in_the_english_text() -> None:
    text = (POSTINGS / "2-machine-learning-engineer.md").read_text(encoding="utf-8")
    assert text.index("What we ask for") > len(text) * 0.7
