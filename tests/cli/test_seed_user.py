"""`flask seed user` makes an account that can log in, once."""

import uuid

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.extensions import db
from app.models import LoginFamily, UserProfile


@pytest.fixture
def email() -> str:
    return f"user-{uuid.uuid4().hex[:12]}@example.com"


def log_in(client: FlaskClient, email: str, password: str) -> int:
    return client.post("/api/v1/auth/login", json={"email": email, "password": password}).status_code


def test_a_user_is_created_with_the_given_password(app: Flask, client: FlaskClient, email: str) -> None:
    seed = ["seed", "user", "--email", email, "--name", "Sam", "--password", "a password of mine"]
    result = app.test_cli_runner().invoke(args=seed)
    assert (result.exit_code, result.output) == (0, f"{email} created.\n")
    assert log_in(client, email, "a password of mine") == 200


def test_a_created_user_is_logged_in_nowhere(app: Flask, email: str) -> None:
    app.test_cli_runner().invoke(args=["seed", "user", "--email", email, "--name", "Sam"])
    with app.app_context():
        logins = select(LoginFamily.id).join(UserProfile).where(UserProfile.email == email)
        assert db.session.scalars(logins).all() == []


def test_without_a_password_one_is_made_and_shown(app: Flask, client: FlaskClient, email: str) -> None:
    result = app.test_cli_runner().invoke(args=["seed", "user", "--email", email, "--name", "Sam"])
    shown = result.output.rpartition("(shown only now): ")[2].strip()
    assert log_in(client, email, shown) == 200


def test_a_user_who_exists_is_left_alone(app: Flask, client: FlaskClient, email: str) -> None:
    seed = ["seed", "user", "--name", "Sam", "--password"]
    app.test_cli_runner().invoke(args=[*seed, "the first password", "--email", email])
    result = app.test_cli_runner().invoke(args=[*seed, "another password", "--email", email.upper()])
    assert (result.exit_code, result.output) == (0, f"{email} exists already: unchanged.\n")
    assert log_in(client, email, "the first password") == 200


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--email", "nobody", "--name", "Sam"], "--email"),
        (["--email", "a@example.com", "--name", " "], "--name"),
        (["--email", "a@example.com", "--name", "Sam", "--password", "short"], "--password"),
        (["--email", "a@example.com"], "--name"),
    ],
)
def test_an_option_that_means_nothing_is_named(app: Flask, options: list[str], said: str) -> None:
    result = app.test_cli_runner().invoke(args=["seed", "user", *options])
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.parametrize("command", ["user", "resume"])
def test_help_shows_examples(app: Flask, command: str) -> None:
    result = app.test_cli_runner().invoke(args=["seed", command, "--help"])
    assert f"  flask seed {command} " in result.output
