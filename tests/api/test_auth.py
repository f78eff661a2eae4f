"""Accounts: register, log in, refresh, log out; tokens that are forged, old, used twice or of the wrong kind."""

import base64
import datetime as dt
import json
import threading
import uuid
from collections.abc import Callable
from typing import Any

import httpx
import jwt
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app import accounts
from app.extensions import db
from app.models import LoginFamily, UserProfile
from app.models.columns import now
from tests.api_client import PASSWORD, ApiUser
from tests.server import Server

AUTH = "/api/v1/auth"
NOT_SIGNED_IN = {"error": "Invalid or expired token", "code": "UNAUTHORIZED"}


def an_account(**parts: str) -> dict[str, str]:
    return {"email": f"{uuid.uuid4().hex}@example.com", "password": PASSWORD, "name": "Sarah Johnson", **parts}


def me(client: FlaskClient, token: str, scheme: str = "Bearer") -> TestResponse:
    return client.get(f"{AUTH}/me", headers={"Authorization": f"{scheme} {token}"})


def refresh(client: FlaskClient, token: str) -> TestResponse:
    return client.post(f"{AUTH}/refresh", json={"refresh_token": token})


def claims_of(token: str) -> dict[str, Any]:
    return jwt.decode(token, options={"verify_signature": False})


def at_once(*calls: Any) -> list[Any]:
    """Make all calls at the same moment, each in a thread; their results, in order."""
    results: dict[int, Any] = {}
    gate = threading.Barrier(len(calls))

    def run(number: int) -> None:
        gate.wait()
        results[number] = calls[number]()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [results[number] for number in range(len(calls))]


# --- register


def test_registering_logs_in(client: FlaskClient) -> None:
    account = an_account()
    answer = client.post(f"{AUTH}/register", json=account)
    assert answer.status_code == 201
    assert set(answer.get_json()) == {"access_token", "refresh_token", "token_type"}
    assert answer.get_json()["token_type"] == "bearer"
    shown = me(client, answer.get_json()["access_token"]).get_json()
    assert set(shown) == {"id", "uuid", "email", "name", "created_at", "has_provider_key"}
    assert (shown["email"], shown["name"]) == (account["email"], "Sarah Johnson")
    assert isinstance(shown["id"], int)
    assert uuid.UUID(shown["uuid"])
    assert dt.datetime.fromisoformat(shown["created_at"]).tzinfo is not None


def test_an_email_is_taken_once_in_any_case(client: FlaskClient) -> None:
    account = an_account()
    assert client.post(f"{AUTH}/register", json=account).status_code == 201
    answer = client.post(f"{AUTH}/register", json=account | {"email": account["email"].upper()})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "CONFLICT")


def test_two_who_register_one_email_at_once_make_one_account(app: Flask) -> None:
    account = an_account()
    calls = [lambda: app.test_client().post(f"{AUTH}/register", json=account).status_code] * 4
    assert sorted(at_once(*calls)) == [201, 409, 409, 409]
    with app.app_context():
        count = select(func.count()).where(UserProfile.email == account["email"])
        assert db.session.scalar(count) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "nobody"),
        ("email", "no body@example.com"),
        ("email", "a@b"),
        ("email", f"{'x' * 250}@example.com"),
        (
            "email",
            "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}" * 32 + f"@{'x' * 60}.{'x' * 60}.{'x' * 60}.{'x' * 30}.com",
        ),
        ("password", "1234567"),
        ("password", "x" * 129),
        ("password", "        "),
        ("name", " "),
        ("name", "x" * 201),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_stored(app: Flask, client: FlaskClient, field: str, value: str) -> None:
    account = an_account(**{field: value})
    answer = client.post(f"{AUTH}/register", json=account)
    assert (answer.status_code, list(answer.get_json()["fields"])) == (400, [field])
    with app.app_context():
        assert db.session.scalar(select(UserProfile.id).where(UserProfile.email == account["email"])) is None


def test_all_that_is_wrong_is_named_at_once(client: FlaskClient) -> None:
    answer = client.post(f"{AUTH}/register", json={"email": "nobody", "password": "short", "name": ""})
    assert (answer.status_code, set(answer.get_json()["fields"])) == (400, {"email", "password", "name"})


def test_a_password_is_kept_as_an_argon2id_hash(app: Flask, user: ApiUser) -> None:
    with app.app_context():
        kept = db.session.scalar(select(UserProfile.password_hash).where(UserProfile.id == user.id))
    assert kept is not None
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_password_of_any_script_works(client: FlaskClient) -> None:
    account = an_account(password="пароль — 密码 🔑")
    assert client.post(f"{AUTH}/register", json=account).status_code == 201
    credentials = {"email": account["email"], "password": account["password"]}
    assert client.post(f"{AUTH}/login", json=credentials).status_code == 200


# --- log in


def test_logging_in_gives_a_working_pair_whatever_the_case_of_the_email(client: FlaskClient, user: ApiUser) -> None:
    answer = client.post(f"{AUTH}/login", json={"email": user.email.upper(), "password": PASSWORD})
    assert answer.status_code == 200
    assert me(client, answer.get_json()["access_token"]).get_json()["id"] == user.id


@pytest.mark.parametrize("email", [None, "nobody@example.com", "not an address"])
def test_an_unknown_email_and_a_wrong_password_look_alike(
    client: FlaskClient, user: ApiUser, email: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = []
    verify = accounts._verify
    monkeypatch.setattr(accounts, "_verify", lambda *given: checked.append(given) or verify(*given))
    answer = client.post(f"{AUTH}/login", json={"email": email or user.email, "password": "a wrong password"})
    assert answer.status_code == 401
    assert answer.get_json() == {"error": "Wrong e-mail address or password.", "code": "UNAUTHORIZED"}
    assert len(checked) == 1, "each of them costs one hash"


def test_the_hash_of_nobody_costs_what_a_real_one_costs() -> None:
    assert not accounts._HASHER.check_needs_rehash(accounts._NOBODYS_HASH)


def test_no_transaction_is_open_while_a_password_is_hashed(
    app: Flask, client: FlaskClient, user: ApiUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify = accounts._verify

    def write_meanwhile(*given: str) -> bool:
        with app.app_context():
            family = LoginFamily(id=uuid.uuid4(), user_profile_id=user.id, current_jti=uuid.uuid4(), expires_at=now())
            db.session.add(family)
            db.session.commit()
        return verify(*given)

    monkeypatch.setattr(accounts, "_verify", write_meanwhile)
    answer = client.post(f"{AUTH}/login", json={"email": user.email, "password": PASSWORD})
    assert answer.status_code == 200


def test_a_login_forgets_the_users_logins_that_have_expired(app: Flask, client: FlaskClient, user: ApiUser) -> None:
    days, user_id = app.config["REFRESH_TOKEN_DAYS"] + 1, user.id
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=days), tick=True):
        client.post(f"{AUTH}/login", json={"email": user.email, "password": PASSWORD})
    with app.app_context():
        count = select(func.count()).where(LoginFamily.user_profile_id == user_id)
        assert db.session.scalar(count) == 1


# --- tokens


def test_the_scheme_may_be_spelt_as_token_type_is(client: FlaskClient, user: ApiUser) -> None:
    assert me(client, user.access_token, scheme=user.tokens["token_type"]).status_code == 200


def forged(user: ApiUser, app: Flask, **changes: Any) -> str:
    """The user's access token with some claims changed (None takes one away), signed with the real secret."""
    claims = {name: value for name, value in (claims_of(user.access_token) | changes).items() if value is not None}
    return jwt.encode(claims, app.config["JWT_SECRET_KEY"], "HS256")


@pytest.mark.parametrize("claim", ["sub", "jti", "fam", "use", "iat", "exp"])
def test_a_token_without_one_of_its_claims_is_refused(
    app: Flask, client: FlaskClient, user: ApiUser, claim: str
) -> None:
    assert me(client, forged(user, app)).status_code == 200
    assert me(client, forged(user, app, **{claim: None})).status_code == 401


@pytest.mark.parametrize(
    "changes",
    [
        {"sub": "1"},
        {"sub": str(uuid.uuid4())},
        {"fam": str(uuid.uuid4())},
        {"fam": "x"},
        {"use": "refresh"},
        {"use": ["access"]},
        {"exp": 0},
        {"nbf": 2**40},
        {"exp": "soon"},
    ],
)
def test_a_token_that_says_something_else_is_refused(
    app: Flask, client: FlaskClient, user: ApiUser, changes: dict[str, Any]
) -> None:
    answer = me(client, forged(user, app, **changes))
    assert (answer.status_code, answer.get_json()) == (401, NOT_SIGNED_IN)


def test_one_users_token_does_not_open_anothers_login(
    app: Flask, client: FlaskClient, user: ApiUser, other: ApiUser
) -> None:
    assert me(client, forged(user, app, fam=claims_of(other.access_token)["fam"])).status_code == 401


def unsigned(token: str) -> str:
    header = base64.urlsafe_b64encode(json.dumps({"alg": "none", "typ": "JWT"}).encode()).rstrip(b"=").decode()
    return f"{header}.{token.split('.')[1]}."


@pytest.mark.parametrize(
    "tamper",
    [
        unsigned,
        lambda token: jwt.encode(claims_of(token), "another secret of a sufficient length", "HS256"),
        lambda token: token[:-4],
        lambda token: token + "x",
        lambda token: token.replace(".", "..", 1),
        lambda _: "x",
        lambda _: "é.é.é",
        lambda _: "a b c",
        lambda _: "",
    ],
)
def test_a_token_that_is_not_ours_is_refused(client: FlaskClient, user: ApiUser, tamper: Any) -> None:
    answer = me(client, tamper(user.access_token))
    assert (answer.status_code, answer.get_json()) == (401, NOT_SIGNED_IN)


def test_another_algorithm_is_refused(app: Flask, client: FlaskClient, user: ApiUser) -> None:
    secret = app.config["JWT_SECRET_KEY"].ljust(64, "x")
    assert me(client, jwt.encode(claims_of(user.access_token), secret, "HS512")).status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Token x", "Bearerx"])
def test_another_header_is_refused(client: FlaskClient, header: str) -> None:
    answer = client.get(f"{AUTH}/me", headers={"Authorization": header})
    assert (answer.status_code, answer.get_json()) == (401, NOT_SIGNED_IN)


def test_an_access_token_lasts_its_minutes(app: Flask, client: FlaskClient, user: ApiUser) -> None:
    minutes = app.config["ACCESS_TOKEN_MINUTES"]
    for later, status in ((minutes - 1, 200), (minutes + 1, 401)):
        with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=later), tick=True):
            assert me(client, user.access_token).status_code == status


def test_a_token_of_a_deleted_user_is_refused(app: Flask, client: FlaskClient, user: ApiUser) -> None:
    with app.app_context():
        db.session.delete(db.session.get(UserProfile, user.id))
        db.session.commit()
    assert me(client, user.access_token).status_code == 401


# --- refresh and log out


def test_a_refresh_gives_a_new_pair_and_leaves_access_tokens_be(client: FlaskClient, user: ApiUser) -> None:
    answer = refresh(client, user.tokens["refresh_token"])
    assert answer.status_code == 200
    assert me(client, answer.get_json()["access_token"]).status_code == 200
    assert me(client, user.access_token).status_code == 200


def test_a_refresh_token_may_come_in_the_header(client: FlaskClient, user: ApiUser) -> None:
    headers = {"Authorization": f"Bearer {user.tokens['refresh_token']}"}
    assert client.post(f"{AUTH}/refresh", headers=headers).status_code == 200


def test_the_body_counts_when_the_header_carries_the_access_token(user: ApiUser) -> None:
    assert user.post(f"{AUTH}/refresh", json={"refresh_token": user.tokens["refresh_token"]}).status_code == 200


def test_tokens_are_not_taken_for_each_other(client: FlaskClient, user: ApiUser) -> None:
    assert me(client, user.tokens["refresh_token"]).status_code == 401
    assert refresh(client, user.access_token).status_code == 401
    assert me(client, user.access_token).status_code == 200, "a mistake does not end the login"


def test_a_refresh_without_a_token_is_a_401(client: FlaskClient) -> None:
    assert client.post(f"{AUTH}/refresh").status_code == 401
    assert client.post(f"{AUTH}/refresh", json={}).status_code == 401


def test_a_refresh_token_used_twice_ends_the_login_for_everybody(client: FlaskClient, user: ApiUser) -> None:
    successor = refresh(client, user.tokens["refresh_token"]).get_json()
    assert refresh(client, user.tokens["refresh_token"]).status_code == 401
    assert refresh(client, successor["refresh_token"]).status_code == 401
    assert me(client, successor["access_token"]).status_code == 401
    assert me(client, user.access_token).status_code == 401


def test_a_reuse_ends_no_other_login(client: FlaskClient, user: ApiUser) -> None:
    elsewhere = client.post(f"{AUTH}/login", json={"email": user.email, "password": PASSWORD}).get_json()
    for _ in range(2):
        refresh(client, user.tokens["refresh_token"])
    assert me(client, elsewhere["access_token"]).status_code == 200


def test_of_refreshes_at_once_one_wins_and_the_login_ends(app: Flask, client: FlaskClient, user: ApiUser) -> None:
    calls = [lambda: refresh(app.test_client(), user.tokens["refresh_token"])] * 4
    answers = at_once(*calls)
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]
    winner = next(answer.get_json() for answer in answers if answer.status_code == 200)
    assert me(client, winner["access_token"]).status_code == 401
    assert refresh(client, winner["refresh_token"]).status_code == 401


def test_a_refresh_token_lasts_its_days(app: Flask, client: FlaskClient, user: ApiUser) -> None:
    days = app.config["REFRESH_TOKEN_DAYS"]
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=days + 1), tick=True):
        assert refresh(client, user.tokens["refresh_token"]).status_code == 401


def test_logging_out_ends_access_and_refresh_at_once(client: FlaskClient, user: ApiUser) -> None:
    elsewhere = client.post(f"{AUTH}/login", json={"email": user.email, "password": PASSWORD}).get_json()
    assert user.post(f"{AUTH}/logout").status_code == 200
    assert me(client, user.access_token).status_code == 401
    assert refresh(client, user.tokens["refresh_token"]).status_code == 401
    assert user.post(f"{AUTH}/logout").status_code == 401
    assert me(client, elsewhere["access_token"]).status_code == 200, "other logins stay"


@pytest.mark.server
def test_a_login_that_ended_has_ended_in_every_worker(server: Callable[..., Server]) -> None:
    user = server(workers=2).user()
    assert user.post(f"{AUTH}/logout").status_code == 200
    for _ in range(20):
        answer = httpx.get(f"{user.base_url}{AUTH}/me", headers=user.headers, trust_env=False)
        assert answer.status_code == 401
