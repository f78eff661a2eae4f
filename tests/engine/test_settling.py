"""The end of a turn in the database: one outcome, whoever comes first, and the sweep for those whose worker died."""

import datetime as dt
import random
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from app.credits import get_or_open_account, grant, hold
from app.engine import leases
from app.engine.events import Completed, End, Failed
from app.engine.generation import Outcome
from app.engine.settling import ABANDONED, end_turn
from app.errors import ModelTimeout, TurnCancelled
from app.extensions import db
from app.models import ChatMessage, ChatSession, ChatSessionMetrics, ChatTurn
from app.models.columns import now
from app.providers.base import Cancellation, Finish, Usage
from tests.api_client import ApiUser

WHOLE = Outcome(
    state="complete",
    text="Hello there.",
    finish=Finish(reason="stop", usage=Usage(prompt_tokens=10, completion_tokens=4)),
)
ROUNDS = 500
CANCELLED = Outcome(state="cancelled", text="Hel", error=TurnCancelled())


@dataclass
class Open:
    """An active turn with its question, as `admit` leaves it."""

    session_id: uuid.UUID
    turn_id: uuid.UUID


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def open_turn(user: ApiUser, *, lease: float = 60, price: int = 0) -> Open:
    session = ChatSession(id=uuid.uuid4(), user_profile_id=user.id, kind="resume_chat", message_count=1)
    db.session.add(session)
    db.session.flush()
    turn = ChatTurn(
        id=uuid.uuid4(),
        user_profile_id=user.id,
        session_id=session.id,
        surface="chat",
        price=price,
        provider="fake",
        model="m",
        prompt_tokens=8,
        worker="w",
        lease_expires_at=now() + dt.timedelta(seconds=lease),
    )
    db.session.add_all([turn, ChatSessionMetrics(session_id=session.id, total_messages=1)])
    db.session.flush()
    db.session.add(
        ChatMessage(session_id=session.id, turn_id=turn.id, number=1, role="user", content="Hello?", tokens=2)
    )
    db.session.commit()
    return Open(session.id, turn.id)


def open_paid_turn(user: ApiUser) -> Open:
    opened = open_turn(user, price=1)
    hold(user.id, opened.turn_id, 1)
    db.session.commit()
    return opened


def messages(opened: Open) -> list[tuple[int, str, str]]:
    rows = db.session.execute(
        select(ChatMessage.number, ChatMessage.content, ChatMessage.status)
        .where(ChatMessage.session_id == opened.session_id)
        .order_by(ChatMessage.number)
    )
    return [(number, content, status) for number, content, status in rows]


def state(opened: Open) -> str:
    return db.session.execute(select(ChatTurn.state).where(ChatTurn.id == opened.turn_id)).scalar_one()


def test_text_usage_and_state_are_stored_together(context: None, user: ApiUser) -> None:
    opened = open_turn(user)
    end = end_turn(opened.turn_id, WHOLE)
    assert isinstance(end, Completed)
    assert (end.text, end.message_count, end.prompt_tokens, end.completion_tokens) == ("Hello there.", 2, 10, 4)
    assert messages(opened) == [(1, "Hello?", "complete"), (2, "Hello there.", "complete")]
    metrics = db.session.get(ChatSessionMetrics, opened.session_id)
    assert metrics is not None
    assert (metrics.total_messages, metrics.total_tokens_used) == (2, 14)


@pytest.mark.parametrize("usage", [Usage(), Usage(prompt_tokens=None, completion_tokens=None)])
def test_without_reported_usage_ours_is_stored(context: None, user: ApiUser, usage: Usage) -> None:
    opened = open_turn(user)
    end = end_turn(opened.turn_id, Outcome(state="complete", text="Hi", finish=Finish(reason="length", usage=usage)))
    assert isinstance(end, Completed)
    assert (end.prompt_tokens, end.completion_tokens, end.finish_reason) == (8, 1, "length")


def test_what_had_arrived_is_kept_and_marked(context: None, user: ApiUser) -> None:
    opened = open_turn(user)
    end = end_turn(opened.turn_id, CANCELLED)
    assert isinstance(end, Failed)
    assert end.error.code == "CANCELLED"
    assert messages(opened)[-1] == (2, "Hel", "cancelled")
    metrics = db.session.get(ChatSessionMetrics, opened.session_id)
    assert metrics is not None
    assert (metrics.cancelled_turns, metrics.failed_turns) == (1, 0)


def test_nothing_arrived_leaves_no_empty_message(context: None, user: ApiUser) -> None:
    opened = open_turn(user)
    end_turn(opened.turn_id, ABANDONED)
    assert messages(opened) == [(1, "Hello?", "complete")]


def test_an_ended_turn_stays_as_it_ended(context: None, user: ApiUser) -> None:
    opened = open_turn(user)
    first = end_turn(opened.turn_id, WHOLE)
    assert end_turn(opened.turn_id, CANCELLED) == first
    assert state(opened) == "complete"
    assert len(messages(opened)) == 2


def test_settle_cancel_and_sweep_at_once_have_one_outcome(app: Flask, user: ApiUser) -> None:
    outcomes = [WHOLE, CANCELLED, ABANDONED]
    barrier = threading.Barrier(len(outcomes))
    complete = 0
    with app.app_context():
        grant(user.id, ROUNDS)
        before = get_or_open_account(user.id).balance
    with ThreadPoolExecutor(len(outcomes)) as pool:
        for _ in range(ROUNDS):
            with app.app_context():
                opened = open_paid_turn(user)
            ends = list(
                pool.map(
                    lambda outcome, opened=opened: _end_with_others(app, barrier, opened, outcome),
                    random.sample(outcomes, 3),
                )
            )
            with app.app_context():
                whole = state(opened) == "complete"
                assert len(messages(opened)) == (1 if state(opened) == "failed" else 2)
                assert all(isinstance(end, Completed if whole else Failed) for end in ends)
                complete += whole
                assert get_or_open_account(user.id).balance == before - complete
                assert get_or_open_account(user.id).held == 0
    assert 0 < complete < ROUNDS, "each of them should have come first at times"


def _end_with_others(app: Flask, barrier: threading.Barrier, opened: Open, outcome: Outcome) -> End:
    with app.app_context():
        barrier.wait()
        return end_turn(opened.turn_id, outcome)


def test_a_whole_answer_is_charged_and_no_other(context: None, user: ApiUser) -> None:
    whole, cancelled, abandoned = (open_paid_turn(user) for _ in range(3))
    assert (get_or_open_account(user.id).balance, get_or_open_account(user.id).held) == (10, 3)
    end = end_turn(whole.turn_id, WHOLE)
    assert isinstance(end, Completed)
    assert end.credits_remaining == 9
    end_turn(cancelled.turn_id, CANCELLED)
    end_turn(abandoned.turn_id, ABANDONED)
    db.session.expire_all()
    assert (get_or_open_account(user.id).balance, get_or_open_account(user.id).held) == (9, 0)


def test_an_end_told_again_is_the_same(context: None, user: ApiUser) -> None:
    for outcome in (WHOLE, CANCELLED, ABANDONED, Outcome(state="failed", text="", error=ModelTimeout())):
        opened = open_paid_turn(user)
        first = end_turn(opened.turn_id, outcome)
        again = end_turn(opened.turn_id, WHOLE)
        if isinstance(first, Failed):
            assert isinstance(again, Failed)
            assert (again.error.code, again.error.status) == (first.error.code, first.error.status)
        else:
            assert again == first


def test_the_sweep_ends_turns_whose_lease_ran_out_and_no_others(context: None, user: ApiUser) -> None:
    dead, alive = open_turn(user, lease=-1), open_turn(user, lease=60)
    assert leases.sweep() >= 1
    assert (state(dead), state(alive)) == ("failed", "pending")
    assert messages(dead) == [(1, "Hello?", "complete")]


def test_a_renewed_turn_is_safe_from_the_sweep(context: None, user: ApiUser) -> None:
    held, dropped = open_turn(user, lease=-1), open_turn(user, lease=-1)
    leases.renew([held.turn_id])
    leases.sweep()
    assert (state(held), state(dropped)) == ("streaming", "failed")


def test_a_keeper_renews_what_it_holds_and_ends_when_that_is_nothing(
    app: Flask, user: ApiUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "TURN_LEASE", 0.6)
    keeper = leases.Keeper(app)
    with app.app_context():
        opened = open_turn(user, lease=0.6)
        keeper.hold(opened.turn_id, Cancellation())
        time.sleep(1)
        leases.sweep()
        assert state(opened) == "streaming"
    (thread,) = [thread for thread in threading.enumerate() if thread.name == "leases"]
    keeper.drop(opened.turn_id)
    thread.join(5)
    assert not thread.is_alive()


def test_a_keeper_breaks_off_a_turn_that_somebody_else_has_ended(
    app: Flask, user: ApiUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "TURN_LEASE", 0.3)
    keeper, ended = leases.Keeper(app), threading.Event()
    cancellation = Cancellation()
    cancellation.on_cancel(ended.set)
    with app.app_context():
        opened = open_turn(user)
        end_turn(opened.turn_id, ABANDONED)
    keeper.hold(opened.turn_id, cancellation)
    assert ended.wait(5)
    keeper.drop(opened.turn_id)
