"""What a user has, what of it is held, and the ledger that says how it came to be so."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from app.credits import grant
from app.engine.settling import end_turn
from tests.api_client import ApiUser
from tests.paid_turns import FAILED, WHOLE, open_turn

CREDITS = "/v1/ai/credits"


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def read(user: ApiUser, query: str = "") -> dict[str, Any]:
    answer = user.get(CREDITS + query)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.get_json()
    assert set(body) == {"success", "data", "meta"}
    assert body["success"] is True
    return body


def test_a_new_user_has_the_gift_and_a_ledger_that_says_so(user: ApiUser) -> None:
    body = read(user)
    (entry,) = body["data"].pop("entries")
    assert body["data"] == {"balance": 10, "held": 0}
    assert body["meta"] == {"total": 1, "page": 1, "limit": 20, "totalPages": 1}
    assert isinstance(entry.pop("id"), int)
    assert dt.datetime.fromisoformat(entry.pop("created_at")).utcoffset() == dt.timedelta(0)
    assert entry == {"amount": 10, "balance_after": 10, "reason": "signup", "turn_id": None, "note": ""}


def test_a_running_answer_is_held_a_whole_one_paid_and_a_failed_one_given_back(user: ApiUser) -> None:
    whole, failed = open_turn(user.id), open_turn(user.id)
    held = read(user)["data"]
    assert (held["balance"], held["held"], len(held["entries"])) == (10, 2, 1)
    end_turn(whole, WHOLE)
    end_turn(failed, FAILED)
    after = read(user)["data"]
    assert (after["balance"], after["held"]) == (9, 0)
    (paid, _) = after["entries"]
    assert (paid["amount"], paid["balance_after"], paid["reason"], paid["turn_id"]) == (-1, 9, "turn", str(whole))


def test_the_ledger_comes_newest_first_and_in_pages(user: ApiUser) -> None:
    for number in range(1, 5):
        grant(user.id, number, note=f"Gift {number}")
    pages = [read(user, f"?page={page}&limit=2") for page in (1, 2, 3)]
    assert [[entry["amount"] for entry in page["data"]["entries"]] for page in pages] == [[4, 3], [2, 1], [10]]
    assert pages[0]["data"]["entries"][0]["note"] == "Gift 4"
    assert {page["data"]["balance"] for page in pages} == {20}
    assert pages[2]["meta"] == {"total": 5, "page": 3, "limit": 2, "totalPages": 3}


def test_everybody_sees_only_their_own(user: ApiUser, other: ApiUser) -> None:
    grant(other.id, 5, note="For the other one")
    assert read(user)["data"]["balance"] == 10
    assert [entry["note"] for entry in read(user)["data"]["entries"]] == [""]


def test_without_a_token_it_is_a_401_in_the_studios_form(app: Flask) -> None:
    answer = app.test_client().get(CREDITS)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (401, "UNAUTHORIZED")
    assert answer.get_json()["success"] is False


@pytest.mark.parametrize("query", ["?page=0", "?limit=101", "?limit=x"])
def test_a_page_that_cannot_be_is_named(user: ApiUser, query: str) -> None:
    answer = user.get(CREDITS + query)
    assert answer.status_code == 400
    assert list(answer.get_json()["error"]["fields"]) == [query[1:].partition("=")[0]]


def test_a_user_without_a_gift_has_an_empty_ledger(app: Flask, another_app: Callable[..., Flask]) -> None:
    poor = another_app(app.config["DATABASE_URL"], CREDITS_ON_SIGNUP="0")
    body = read(ApiUser(poor.test_client()))
    assert body["data"] == {"balance": 0, "held": 0, "entries": []}
    assert body["meta"] == {"total": 0, "page": 1, "limit": 20, "totalPages": 0}
