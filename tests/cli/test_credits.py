"""`flask credits`: granting, looking, and proving that everything adds up."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import delete, update

from app import create_app
from app.credits import grant
from app.engine.settling import end_turn
from app.extensions import db
from app.models import CreditAccount, CreditEntry, UserProfile
from tests.api_client import ApiUser, new_user
from tests.databases import fresh_database, migrated_database, settings_for_tests
from tests.paid_turns import FAILED, WHOLE, open_turn

TIME = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ"


@pytest.fixture(params=["sqlite", "postgresql"])
def apart(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application whose database may be broken for good."""
    with migrated_database(request.param, tmp_path) as url:
        app = create_app(settings_for_tests(url, tmp_path))
        yield app
        with app.app_context():
            db.engine.dispose()


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["credits", *words])


def test_a_grant_adds_to_the_balance_and_says_what_it_is_now(app: Flask, user: ApiUser) -> None:
    result = run(app, "grant", "--user", user.email.upper(), "--amount", "1000", "--note", " Sorry for Tuesday ")
    assert (result.exit_code, result.output) == (0, f"1,000 granted. {user.email} has 1,010 credits now.\n")
    data = user.get("/v1/ai/credits").get_json()["data"]
    assert data["balance"] == 1010
    latest = data["entries"][0]
    assert (latest["amount"], latest["reason"], latest["note"]) == (1000, "grant", "Sorry for Tuesday")


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--amount", "0"], "--amount"),
        (["--amount", "-5"], "--amount"),
        (["--amount", "1000001"], "--amount"),
        (["--amount", "1.5"], "--amount"),
        ([], "--amount"),
        (["--amount", "1", "--note", "x" * 201], "--note"),
        (["--amount", "1", "--note", "two\nlines"], "--note"),
        (["--amount", "1", "--user", "nobody"], "--user"),
    ],
)
def test_a_grant_that_cannot_be_is_refused_by_the_options_name(
    app: Flask, user: ApiUser, options: list[str], named: str
) -> None:
    result = run(app, "grant", "--user", user.email, *options)
    assert result.exit_code == 2
    assert f"'{named}'" in result.output
    assert user.get("/v1/ai/credits").get_json()["data"]["balance"] == 10


@pytest.mark.parametrize("words", [["grant", "--amount", "1"], ["show"]])
def test_an_unknown_user_is_an_error_that_says_what_to_do(app: Flask, words: list[str]) -> None:
    result = run(app, *words, "--user", "ghost@example.com")
    assert result.exit_code == 1
    assert result.output.startswith("Error: There is no user ghost@example.com. Create one: flask seed user ")


def test_an_account_is_shown_with_its_open_holds_and_its_ledger(app: Flask, user: ApiUser) -> None:
    with app.app_context():
        grant(user.id, 2000, note="For the beta")
        paid, running = open_turn(user.id), open_turn(user.id, price=3)
        end_turn(paid, WHOLE)
    result = run(app, "show", "--user", user.email)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[:3] == [
        "Balance            2,009",
        "Held                   3",
        "Free to spend      2,006",
    ]
    assert lines[3:5] == ["", "Open holds"]
    assert re.fullmatch(rf"  turn {running}          3  since {TIME}", lines[5])
    assert lines[6:8] == ["", "Latest entries"]
    assert [re.sub(TIME, "<time>", line) for line in lines[9:]] == [
        f"  <time>          -1       2,009  turn    {paid}",
        "  <time>      +2,000       2,010  grant   For the beta",
        "  <time>         +10          10  signup",
    ]
    with app.app_context():
        end_turn(running, FAILED)
    assert "Open holds" not in run(app, "show", "--user", user.email).output


def test_as_many_entries_are_shown_as_were_asked_for(app: Flask, user: ApiUser) -> None:
    with app.app_context():
        for _ in range(3):
            grant(user.id, 1)
    assert run(app, "show", "--user", user.email, "--limit", "2").output.count("grant") == 2
    assert run(app, "show", "--user", user.email, "--limit", "0").exit_code == 2


def test_an_account_without_entries_says_so(apart: Flask) -> None:
    apart.config["CREDITS_ON_SIGNUP"] = 0
    user = new_user(apart)
    assert run(apart, "show", "--user", user.email).output.endswith(
        "Free to spend          0\n\nThe ledger is empty.\n"
    )


def test_an_audit_of_sound_credits_is_a_line_a_check_and_what_was_looked_at(apart: Flask) -> None:
    user = new_user(apart)
    with apart.app_context():
        end_turn(open_turn(user.id), WHOLE)
        open_turn(user.id)
    result = run(apart, "audit")
    assert result.exit_code == 0, result.output
    *checks, summary = result.output.splitlines()
    assert len(checks) >= 10
    assert all(re.fullmatch(r"ok      [a-z]+ +[A-Z].+\.", line) for line in checks)
    assert summary == "Looked at 1 accounts, 2 entries and 2 holds."


def test_an_audit_names_what_is_wrong_and_ends_with_1(apart: Flask) -> None:
    users = [new_user(apart) for _ in range(2)]
    with apart.app_context():
        turn = open_turn(users[0].id)
        end_turn(turn, WHOLE)
        db.session.execute(delete(CreditEntry).where(CreditEntry.turn_id == turn))
        db.session.execute(update(CreditAccount).where(CreditAccount.user_profile_id == users[1].id).values(balance=11))
        db.session.commit()
    result = run(apart, "audit")
    assert result.exit_code == 1
    failed = [line for line in result.output.splitlines() if line.startswith("FAILED")]
    assert [line.partition(" Not so for ")[2] for line in failed] == [
        f"users {users[0].id}, {users[1].id}",
        f"turns {turn}",
    ]
    assert len(re.findall("^ok ", result.output, re.MULTILINE)) + len(failed) == len(result.output.splitlines()) - 1


def test_of_very_many_ids_an_audit_shows_the_first_unless_all_are_wanted(apart: Flask) -> None:
    with apart.app_context():
        db.session.add_all(
            UserProfile(email=f"{number}@example.com", name="N", password_hash="-") for number in range(1100)
        )
        db.session.commit()
    shown = run(apart, "audit")
    (line,) = [line for line in shown.output.splitlines() if line.startswith("FAILED")]
    assert line.endswith("users " + ", ".join(map(str, range(1, 21))) + " and 1,080 more")
    assert ", 1099, 1100\n" in run(apart, "audit", "--all").output


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_without_tables_it_says_what_to_run(kind: str, tmp_path: Path) -> None:
    with fresh_database(kind, tmp_path) as url:
        app = create_app(settings_for_tests(url, tmp_path))
        result = run(app, "audit")
        with app.app_context():
            db.engine.dispose()
    assert result.exit_code == 1
    assert result.output == "Error: The database is not at the newest revision: run `make migrate` first.\n"
