"""Credits: the gift, the hold, the charge and the release; what the database refuses; who wins the last one."""

import datetime as dt
import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from app.credits import charge, grant, release
from app.engine.generation import Outcome
from app.engine.settling import end_turn
from app.errors import InsufficientCredits, RateLimited
from app.extensions import db
from app.models import ChatTurn, CreditAccount, CreditEntry, CreditHold
from app.models.columns import now
from app.tokens import tokenizer_for
from tests.api_client import ApiUser, new_user
from tests.paid_turns import FAILED, WHOLE, cancelled_after, open_turn

DAY = dt.timedelta(days=1)
LONG = "Hello there, and good luck with it all, " * 50  # longer than any answer is taken to be


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def allowance(app: Flask, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many cancelled answers a day are free, few enough to run into."""
    monkeypatch.setitem(app.config, "CANCEL_ALLOWANCE", 2)
    return 2


def standing(user: ApiUser) -> tuple[int, int]:
    """The balance, and what of it is held, as stored."""
    account = db.session.get_one(CreditAccount, user.id, populate_existing=True)
    standing = account.balance, account.held
    db.session.rollback()
    return standing


def state(turn: uuid.UUID) -> tuple[str, int]:
    """The state of a turn's hold, and how much of an answer counts as read for nothing, in per cent."""
    row = db.session.execute(select(CreditHold.state, CreditHold.read_share).where(CreditHold.turn_id == turn)).one()
    db.session.rollback()
    return row.state, row.read_share


def ledger(user: ApiUser) -> list[tuple[int, int, str]]:
    rows = db.session.execute(
        select(CreditEntry.amount, CreditEntry.balance_after, CreditEntry.reason)
        .where(CreditEntry.user_profile_id == user.id)
        .order_by(CreditEntry.id)
    )
    return [(row.amount, row.balance_after, row.reason) for row in rows]


def answered(text: str, **changes: Any) -> Outcome:
    return replace(WHOLE, text=text, **changes)


def age(turn: uuid.UUID, by: dt.timedelta) -> None:
    """Make the hold of a turn look as if it had been closed that long ago."""
    db.session.execute(update(CreditHold).where(CreditHold.turn_id == turn).values(closed_at=now() - by))
    db.session.commit()


# --- what everybody begins with


def test_a_new_user_begins_with_a_gift_that_the_ledger_knows(user: ApiUser) -> None:
    assert standing(user) == (10, 0)
    assert ledger(user) == [(10, 10, "signup")]


@pytest.mark.parametrize("gift", [0, 1, 250])
def test_the_gift_is_a_setting(app: Flask, monkeypatch: pytest.MonkeyPatch, gift: int) -> None:
    monkeypatch.setitem(app.config, "CREDITS_ON_SIGNUP", gift)
    user = new_user(app)
    assert standing(user) == (gift, 0)
    assert [amount for amount, *_ in ledger(user)] == ([gift] if gift else [])


def test_a_grant_adds_to_the_balance(user: ApiUser) -> None:
    assert grant(user.id, 5, note="Thanks").balance == 15
    assert ledger(user)[-1] == (5, 15, "grant")


@pytest.mark.parametrize("amount", [0, -1])
def test_a_grant_takes_nothing_away(user: ApiUser, amount: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        grant(user.id, amount)
    assert standing(user) == (10, 0)


# --- a turn's credits


def test_what_is_held_is_no_longer_free_and_not_yet_spent(user: ApiUser) -> None:
    turn = open_turn(user.id, price=4)
    assert standing(user) == (10, 4)
    assert state(turn) == ("open", 0)


def test_a_charge_takes_what_was_held_and_says_what_is_left(user: ApiUser) -> None:
    turn = open_turn(user.id, price=4)
    assert charge(turn) == 6
    assert ledger(user)[-1] == (-4, 6, "turn")
    db.session.rollback()
    end_turn(turn, WHOLE)
    assert standing(user) == (6, 0)
    assert state(turn) == ("charged", 0)


def test_the_last_credit_can_be_spent(user: ApiUser) -> None:
    turn = open_turn(user.id, price=10)
    assert charge(turn) == 0, "Nothing left is a balance too."
    db.session.rollback()
    end_turn(turn, WHOLE)


def test_a_release_gives_back_what_was_held(user: ApiUser) -> None:
    turn = open_turn(user.id, price=4)
    end_turn(turn, FAILED)
    assert standing(user) == (10, 0)
    assert state(turn) == ("released", 0)
    assert len(ledger(user)) == 1


def test_a_turn_is_charged_or_released_once(user: ApiUser) -> None:
    charged, released = open_turn(user.id), open_turn(user.id)
    end_turn(charged, WHOLE)
    end_turn(released, FAILED)
    for turn in (charged, released):
        assert charge(turn) is None
        release(turn)
        release(turn, read_tokens=1000)
        db.session.commit()
    assert standing(user) == (9, 0)
    assert [state(charged), state(released)] == [("charged", 0), ("released", 0)]
    assert len(ledger(user)) == 2


def test_a_turn_that_holds_nothing_costs_nothing(user: ApiUser) -> None:
    turn = open_turn(user.id, price=0)
    assert charge(turn) is None
    release(turn)
    db.session.commit()
    end_turn(turn, WHOLE)
    assert standing(user) == (10, 0)


def test_no_more_is_held_than_is_there(user: ApiUser) -> None:
    turn = open_turn(user.id, price=7)
    with pytest.raises(InsufficientCredits):
        open_turn(user.id, price=4)
    assert standing(user) == (10, 7)
    last = open_turn(user.id, price=3)
    with pytest.raises(InsufficientCredits):
        open_turn(user.id)
    end_turn(turn, FAILED)
    end_turn(last, WHOLE)
    end_turn(open_turn(user.id, price=7), WHOLE)
    assert standing(user) == (0, 0)
    with pytest.raises(InsufficientCredits):
        open_turn(user.id)


def test_everybody_pays_for_themselves(user: ApiUser, other: ApiUser) -> None:
    end_turn(open_turn(user.id, price=10), WHOLE)
    with pytest.raises(InsufficientCredits):
        open_turn(user.id)
    end_turn(open_turn(other.id), WHOLE)
    assert (standing(user), standing(other)) == ((0, 0), (9, 0))


def test_whatever_was_done_is_undone_with_its_transaction(user: ApiUser) -> None:
    turn = open_turn(user.id)
    charge(turn)
    db.session.rollback()
    assert standing(user) == (10, 1)
    assert state(turn) == ("open", 0)
    end_turn(turn, FAILED)


# --- answers that are read and then cancelled


def test_what_had_arrived_counts_by_its_share_of_a_usual_answer(user: ApiUser) -> None:
    end_turn(open_turn(user.id), answered(words(300)))
    for arrived, share in ((0, 0), (3, 1), (150, 50), (300, 100), (900, 100)):
        turn = open_turn(user.id)
        end_turn(turn, cancelled_after(words(arrived)))
        assert state(turn) == ("released", share), arrived
    assert standing(user) == (9, 0)


@pytest.mark.parametrize(("paid", "usual"), [(None, 200), (2, 100), (5_000, 400)])
def test_how_long_an_answer_usually_is_keeps_within_bounds(user: ApiUser, paid: int | None, usual: int) -> None:
    if paid:
        end_turn(open_turn(user.id), answered(words(paid)))
    turn = open_turn(user.id)
    end_turn(turn, cancelled_after(words(usual // 2)))
    assert state(turn) == ("released", 50)


def test_many_beginnings_are_an_answer_too(user: ApiUser, allowance: int) -> None:
    for _ in range(4 * allowance):
        end_turn(open_turn(user.id), cancelled_after(words(50)))  # a quarter of one
    end_turn(open_turn(user.id), cancelled_after(words(50)))
    with pytest.raises(RateLimited):
        open_turn(user.id)


def test_who_stops_early_may_do_so_often(user: ApiUser, allowance: int) -> None:
    for _ in range(10 * allowance):
        end_turn(open_turn(user.id), cancelled_after("Sure, here is"))
    end_turn(open_turn(user.id), WHOLE)


def test_who_has_read_something_for_nothing_is_not_let_at_many_at_once(user: ApiUser, allowance: int) -> None:
    together = [open_turn(user.id) for _ in range(allowance + 1)]  # who never cancelled may
    for turn in together:
        end_turn(turn, WHOLE)
    end_turn(open_turn(user.id), cancelled_after(words(100)))
    running = [open_turn(user.id) for _ in range(allowance)]
    with pytest.raises(RateLimited, match="that are running") as refused:
        open_turn(user.id)
    assert refused.value.retry_after == 5
    for turn in running:
        end_turn(turn, WHOLE)
    end_turn(open_turn(user.id), WHOLE)


def words(count: int) -> str:
    """A text of so many tokens."""
    text = " a" * count
    assert tokenizer_for("").count(text) == count
    return text


def test_an_answer_that_failed_by_itself_never_counts(user: ApiUser) -> None:
    turn = open_turn(user.id)
    end_turn(turn, answered(LONG, state="failed"))
    assert state(turn) == ("released", 0)


def test_who_reads_and_cancels_more_often_than_allowed_has_to_wait(
    user: ApiUser, other: ApiUser, allowance: int
) -> None:
    for _ in range(allowance + 1):
        end_turn(open_turn(user.id), cancelled_after(LONG))
    with pytest.raises(RateLimited, match=f"as much as {allowance} answers") as refused:
        open_turn(user.id)
    assert refused.value.retry_after is not None
    assert DAY.total_seconds() - 60 < refused.value.retry_after <= DAY.total_seconds()
    assert standing(user) == (10, 0), "It is never a charge."
    end_turn(open_turn(other.id), WHOLE)


def test_as_many_as_are_allowed_cost_no_patience(user: ApiUser, allowance: int) -> None:
    for _ in range(allowance):
        end_turn(open_turn(user.id), cancelled_after(LONG))
    end_turn(open_turn(user.id), WHOLE)


def test_what_was_cancelled_a_day_ago_is_forgiven(user: ApiUser, allowance: int) -> None:
    turns = [open_turn(user.id) for _ in range(allowance + 1)]
    for turn in turns:
        end_turn(turn, cancelled_after(LONG))
    age(turns[0], DAY - dt.timedelta(minutes=5))
    with pytest.raises(RateLimited) as refused:
        open_turn(user.id)
    assert refused.value.retry_after is not None
    assert 290 <= refused.value.retry_after <= 300, "Then the first of them is a day old."
    age(turns[0], DAY + dt.timedelta(seconds=1))
    end_turn(open_turn(user.id), WHOLE)


def test_waiting_as_long_as_was_said_is_enough(user: ApiUser, allowance: int) -> None:
    turns = [open_turn(user.id) for _ in range(allowance + 3)]
    for hours, turn in enumerate(turns):
        end_turn(turn, cancelled_after(LONG))
        age(turn, dt.timedelta(hours=20 - hours))
    with pytest.raises(RateLimited) as refused:
        open_turn(user.id)
    assert refused.value.retry_after is not None
    for hours, turn in enumerate(turns):
        age(turn, dt.timedelta(hours=20 - hours, seconds=refused.value.retry_after + 1))
    end_turn(open_turn(user.id), WHOLE)


# --- what the database itself refuses


@pytest.mark.parametrize("change", ["amount = 1000", "balance_after = 0", "note = 'x'"])
def test_the_ledger_is_never_changed(user: ApiUser, change: str) -> None:
    with pytest.raises(DBAPIError, match="credit_entries is append-only"):
        db.session.execute(
            text(f"UPDATE credit_entries SET {change} WHERE user_profile_id = :user"),  # noqa: S608
            {"user": user.id},
        )
    db.session.rollback()


@pytest.mark.parametrize("values", [{"balance": -1}, {"held": -1}, {"held": 11}])
def test_no_account_is_ever_out_of_bounds(user: ApiUser, values: dict[str, Any]) -> None:
    with pytest.raises(DBAPIError, match="ck_credit_accounts_held"):
        db.session.execute(update(CreditAccount).where(CreditAccount.user_profile_id == user.id).values(**values))
    db.session.rollback()


def test_a_turn_has_one_line_in_the_ledger(user: ApiUser) -> None:
    turn = open_turn(user.id)
    end_turn(turn, WHOLE)
    again = {"user_profile_id": user.id, "amount": -1, "balance_after": 8, "reason": "turn", "turn_id": turn}
    db.session.add(CreditEntry(**again, created_at=now()))
    with pytest.raises(DBAPIError, match="turn_id"):
        db.session.flush()
    db.session.rollback()


# --- races


def test_of_twenty_that_race_for_the_last_credit_one_wins(app: Flask, user: ApiUser) -> None:
    end_turn(open_turn(user.id, price=9), WHOLE)
    db.session.remove()
    user_id, start = user.id, threading.Barrier(20)

    def send(_: int) -> uuid.UUID | None:
        with app.app_context():
            start.wait()
            try:
                return open_turn(user_id)
            except InsufficientCredits:
                return None

    with ThreadPoolExecutor(20) as pool:
        (won,) = [turn for turn in pool.map(send, range(20)) if turn is not None]
    assert standing(user) == (1, 1)
    end_turn(won, WHOLE)
    assert standing(user) == (0, 0)


def test_charges_and_releases_at_once_happen_once(app: Flask, user: ApiUser) -> None:
    outcomes = [WHOLE, FAILED, cancelled_after("Hello"), WHOLE]
    for _ in range(5):
        turn, start = open_turn(user.id), threading.Barrier(len(outcomes))
        before = standing(user)[0]
        db.session.remove()

        def end(outcome: Outcome, turn: uuid.UUID = turn, start: threading.Barrier = start) -> None:
            with app.app_context():
                start.wait()
                end_turn(turn, outcome)

        with ThreadPoolExecutor(len(outcomes)) as pool:
            list(pool.map(end, outcomes))
        whole = db.session.scalar(select(ChatTurn.state).where(ChatTurn.id == turn)) == "complete"
        db.session.remove()
        assert standing(user) == (before - whole, 0)
