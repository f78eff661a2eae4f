"""Each check of the audit, proven by breaking what it watches over; every break is taken back with its transaction."""

import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import Executable, delete, insert, text, update

from app.credit_audit import Extent, audit, extent
from app.credits import grant
from app.engine.generation import Outcome
from app.engine.settling import end_turn
from app.extensions import db
from app.models import ChatTurn, CreditAccount, CreditEntry, CreditHold, UserProfile
from app.models.columns import now
from app.models.credits import list_entries
from tests.api_client import ApiUser, new_user
from tests.paid_turns import FAILED, WHOLE, cancelled_after, open_turn


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield
        db.session.rollback()


@pytest.fixture
def unchecked(app: Flask) -> Iterator[None]:
    """Take away for one transaction what the database itself would refuse."""
    if db.engine.dialect.name == "sqlite":
        connection = db.session.connection()
        connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        yield
        connection.execute(text("PRAGMA ignore_check_constraints = OFF"))
    else:
        db.session.execute(text("ALTER TABLE credit_accounts DROP CONSTRAINT ck_credit_accounts_held"))
        yield


def findings() -> dict[str, tuple[str, ...]]:
    """What the audit finds, by the names of its checks."""
    db.session.flush()
    return {finding.check.name: finding.ids for finding in audit()}


def entry(user: ApiUser, amount: int, balance_after: int, *, turn: uuid.UUID | None = None) -> Executable:
    reason = "grant" if turn is None else "turn"
    return insert(CreditEntry).values(
        user_profile_id=user.id,
        amount=amount,
        balance_after=balance_after,
        reason=reason,
        turn_id=turn,
        created_at=now(),
    )


def account(user: ApiUser, **values: int) -> Executable:
    return update(CreditAccount).where(CreditAccount.user_profile_id == user.id).values(**values)


def hold(turn: uuid.UUID, **values: object) -> Executable:
    return update(CreditHold).where(CreditHold.turn_id == turn).values(**values)


def latest_entry(user: ApiUser) -> str:
    return str(db.session.scalar(list_entries(user.id).limit(1)).id)


def run(*statements: Executable) -> None:
    for statement in statements:
        db.session.execute(statement)


def test_all_that_can_happen_to_a_turn_passes(user: ApiUser) -> None:
    grant(user.id, 5)
    running = open_turn(user.id)
    for outcome in (WHOLE, FAILED, cancelled_after("Hello"), cancelled_after("")):
        end_turn(open_turn(user.id), outcome)
    free = open_turn(user.id, price=0)
    end_turn(free, WHOLE)
    assert findings() == {}
    end_turn(running, FAILED)
    assert findings() == {}


def test_a_user_without_an_account_is_found(user: ApiUser) -> None:
    run(delete(CreditAccount).where(CreditAccount.user_profile_id == user.id))
    assert findings() == {"accounts": (str(user.id),)}


@pytest.mark.parametrize("values", [{"held": 11}, {"held": -1}, {"balance": -1, "held": -2}])
def test_an_account_out_of_bounds_is_found(user: ApiUser, unchecked: None, values: dict[str, int]) -> None:
    run(account(user, **values))
    assert findings()["bounds"] == (str(user.id),)


def test_a_balance_that_is_not_the_sum_of_its_ledger_is_found(user: ApiUser, other: ApiUser) -> None:
    run(account(user, balance=11), account(other, balance=9))
    assert findings() == {"balance": tuple(sorted((str(user.id), str(other.id)), key=int))}


def test_a_line_missing_from_the_ledger_is_found(user: ApiUser) -> None:
    grant(user.id, 5)
    run(delete(CreditEntry).where(CreditEntry.user_profile_id == user.id, CreditEntry.reason == "signup"))
    assert {"balance", "ledger"} == set(findings())


def test_a_whole_ledger_that_is_gone_is_found(user: ApiUser) -> None:
    run(delete(CreditEntry).where(CreditEntry.user_profile_id == user.id))
    assert findings() == {"balance": (str(user.id),)}


def test_held_credits_without_an_open_hold_are_found(user: ApiUser) -> None:
    run(account(user, held=1))
    assert findings() == {"held": (str(user.id),)}


def test_an_open_hold_that_the_account_does_not_count_is_found(user: ApiUser) -> None:
    turn = open_turn(user.id)
    run(account(user, held=0))
    assert findings() == {"held": (str(user.id),)}
    run(account(user, held=1), hold(turn, amount=2))
    assert findings() == {"held": (str(user.id),), "price": (str(turn),)}
    db.session.rollback()
    end_turn(turn, FAILED)


def test_an_entry_that_does_not_follow_from_the_one_before_is_found(user: ApiUser) -> None:
    run(entry(user, 3, 14), account(user, balance=13))
    assert findings() == {"ledger": (latest_entry(user),)}


def test_a_ledger_that_does_not_begin_with_nothing_is_found(user: ApiUser) -> None:
    run(
        delete(CreditEntry).where(CreditEntry.user_profile_id == user.id),
        entry(user, 10, 20),
    )
    assert set(findings()) == {"ledger"}


def test_a_hold_that_outlives_its_turn_is_found(user: ApiUser) -> None:
    turn = open_turn(user.id)
    run(update(ChatTurn).where(ChatTurn.id == turn).values(state="failed"))
    assert findings() == {"open": (str(turn),)}
    db.session.rollback()
    end_turn(turn, FAILED)


@pytest.mark.parametrize("state", ["pending", "streaming"])
def test_an_active_turn_whose_hold_is_closed_is_found(user: ApiUser, state: str) -> None:
    turn = open_turn(user.id)
    end_turn(turn, FAILED)
    run(update(ChatTurn).where(ChatTurn.id == turn).values(state=state))
    assert findings() == {"open": (str(turn),)}


def test_a_complete_turn_that_was_not_paid_is_found(user: ApiUser) -> None:
    turn = open_turn(user.id)
    end_turn(turn, FAILED)
    run(update(ChatTurn).where(ChatTurn.id == turn).values(state="complete"))
    assert findings() == {"paid": (str(turn),)}


def test_a_charge_without_its_entry_is_found(user: ApiUser) -> None:
    turn = open_turn(user.id)
    end_turn(turn, WHOLE)
    run(delete(CreditEntry).where(CreditEntry.turn_id == turn), account(user, balance=10))
    assert findings() == {"paid": (str(turn),)}


def test_a_turn_that_was_charged_another_price_is_found(user: ApiUser) -> None:
    turn = open_turn(user.id)
    end_turn(turn, WHOLE)
    run(hold(turn, amount=2))
    assert findings() == {"paid": (str(turn),), "price": (str(turn),)}


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_a_turn_that_was_charged_without_an_answer_is_found(user: ApiUser, state: str) -> None:
    turn = open_turn(user.id)
    end_turn(turn, WHOLE)
    run(update(ChatTurn).where(ChatTurn.id == turn).values(state=state))
    assert findings() == {"free": (str(turn),)}


def test_an_entry_of_a_turn_whose_credits_came_back_is_found(user: ApiUser) -> None:
    turn = open_turn(user.id)
    end_turn(turn, FAILED)
    run(entry(user, -1, 9, turn=turn), account(user, balance=9))
    assert findings() == {"free": (str(turn),), "entries": (latest_entry(user),)}


def test_a_charge_for_what_costs_nothing_is_found(user: ApiUser) -> None:
    turn = open_turn(user.id, price=0)
    end_turn(turn, WHOLE)
    run(entry(user, -1, 9, turn=turn), account(user, balance=9))
    assert findings() == {"entries": (latest_entry(user),)}


def test_a_charge_for_a_turn_that_never_was_is_found(user: ApiUser) -> None:
    run(entry(user, -1, 9, turn=uuid.uuid4()), account(user, balance=9))
    assert findings() == {"entries": (latest_entry(user),)}


@pytest.mark.parametrize("outcome", [WHOLE, FAILED])
def test_a_turn_with_a_price_that_never_held_it_is_found(user: ApiUser, outcome: Outcome) -> None:
    turn = open_turn(user.id, price=0)
    end_turn(turn, outcome)
    run(update(ChatTurn).where(ChatTurn.id == turn).values(price=1))
    assert findings() == {"price": (str(turn),)}


def test_credits_of_one_user_for_a_turn_of_another_are_found(user: ApiUser, other: ApiUser) -> None:
    turn = open_turn(user.id)
    run(hold(turn, user_profile_id=other.id), account(user, held=0), account(other, held=1))
    assert findings() == {"owners": (str(turn),)}
    db.session.rollback()
    end_turn(turn, WHOLE)
    run(hold(turn, user_profile_id=other.id))
    assert findings() == {"owners": (str(turn),)}


def test_an_audit_finds_nothing_while_turns_begin_and_end(app: Flask) -> None:
    ended = threading.Event()
    users = [new_user(app).id for _ in range(2)]

    def send(user_id: int) -> None:
        with app.app_context():
            while not ended.is_set():
                grant(user_id, 1)
                end_turn(open_turn(user_id), WHOLE)

    with ThreadPoolExecutor() as pool:
        senders = [pool.submit(send, user_id) for user_id in users]
        found = []
        for _ in range(10):
            found += audit()
            db.session.rollback()
        ended.set()
    assert found == []
    assert [sender.result() for sender in senders] == [None, None]


def test_what_is_looked_at_is_counted(user: ApiUser) -> None:
    before = extent()
    end_turn(open_turn(user.id), WHOLE)
    assert extent() == Extent(accounts=before.accounts, entries=before.entries + 1, holds=before.holds + 1)


def test_a_user_is_deleted_with_all_that_was_paid(user: ApiUser) -> None:
    end_turn(open_turn(user.id), WHOLE)
    open_turn(user.id)
    run(delete(UserProfile).where(UserProfile.id == user.id))
    assert findings() == {}
    db.session.rollback()
    run(delete(UserProfile).where(UserProfile.id == user.id))
    db.session.commit()
