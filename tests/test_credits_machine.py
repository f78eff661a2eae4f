"""Whatever happens to turns, and in whatever order, credits add up and are what a few lines of Python say they are.

The rules do at the engine's level what users, workers, sweeps and operators do; the provider's part is played by the
outcomes.
"""

import datetime as dt
import itertools
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import bindparam, delete, func, select, update

from app import create_app
from app.context.budget import Receipt
from app.context.request import BuiltPrompt
from app.credit_audit import audit
from app.credits import grant, open_account
from app.engine import leases
from app.engine.events import Completed, End, Failed
from app.engine.generation import Outcome
from app.engine.recipes import STUDIO_CHAT
from app.engine.repeats import once
from app.engine.settling import end_turn
from app.engine.turns import AdmittedTurn, Asking, EndedTurn, RequestKey, admit
from app.engine.turns import Turn as EngineTurn
from app.errors import AppError, InsufficientCredits, KeyReused, ModelFailed, NotFound, RateLimited, TurnRunning
from app.extensions import db
from app.jobs import create_job, delete_job
from app.models import ChatTurn, CreditAccount, CreditHold, UserProfile
from app.models.columns import now
from app.models.credits import list_entries
from app.models.jobs import get_owned_job
from app.models.resumes import get_owned_resume
from app.providers.base import Prompt
from app.resumes import create_resume, delete_resume
from app.tokens import tokenizer_for
from tests.builders import a_job
from tests.databases import migrated_database, settings_for_tests
from tests.paid_turns import FAILED, WHOLE, cancelled_after

DAY = dt.timedelta(days=1)
GIFT, ALLOWANCE, TYPICAL_OF = 6, 1, 20
WHICH = st.integers(0, 9)
WHO = st.sampled_from([0, 0, 0, 1])
PRICE = st.sampled_from([1, 1, 1, 2, 3, 0])
TEXTS = [
    "",
    " ",
    "Hello",
    "Hello there, and",
    "Hello there, and good luck.",
    " a" * 130,
    " a" * 450,
]
JOB = a_job(description="We ask for Python.")
RESUME = {"basics": {"name": "Amara Osei"}}
BUILT = BuiltPrompt(
    prompt=Prompt(messages=(), model="m", max_tokens=1, prompt_tokens=1),
    receipt=Receipt(budget=1, tokens_available=1, tokens_kept=1, exact=True, sections=()),
    texts=("", ""),
    question_tokens=1,
)

_READ_FREE = select(func.coalesce(func.sum(CreditHold.read_share), 0)).where(
    CreditHold.user_profile_id == bindparam("user"), CreditHold.closed_at > bindparam("since")
)


@dataclass(frozen=True, kw_only=True)
class Nothing:
    """What such a turn's surface says besides."""


@dataclass(eq=False)
class Person:
    """A user as the model sees one."""

    id: int
    job: int = 0
    resume: int = 0
    balance: int = GIFT
    answers: list[int] = field(default_factory=list)  # the tokens of those that were paid
    read_free: int = 0  # within a day, in per cent of an answer

    def share_of(self, text: str) -> int:
        latest = self.answers[-TYPICAL_OF:]
        usual = min(max(sum(latest) // len(latest), 100), 400) if latest else 200
        return min(100, 100 * tokenizer_for("").count(text) // usual)


@dataclass(eq=False)
class Turn:
    """A turn as the model sees one."""

    id: uuid.UUID
    of: Person
    price: int
    key: RequestKey | None
    state: str = "open"
    expired: bool = False


class Credits(RuleBasedStateMachine):
    turns = Bundle("turns")
    numbers = itertools.count()

    def __init__(self, app: Flask) -> None:
        super().__init__()
        self.context = app.app_context()
        self.context.push()
        self.people = [self._register() for _ in range(2)]
        self.sent: list[Turn] = []

    def teardown(self) -> None:
        """Leave nothing to the next example, least of all what is wrong."""
        db.session.rollback()
        db.session.execute(delete(UserProfile))
        db.session.commit()
        self.context.pop()

    def _register(self) -> Person:
        row = UserProfile(email=f"user-{next(self.numbers)}@example.com", name="N", password_hash="-")
        db.session.add(row)
        db.session.flush()
        open_account(row.id)
        db.session.commit()
        person = Person(row.id)
        self._store_material(person)
        return person

    def _store_material(self, person: Person) -> None:
        """Whatever of it is missing."""
        person.job = person.job or create_job(person.id, JOB).id
        person.resume = person.resume or create_resume(person.id, RESUME).resume.id

    def _held(self, person: Person) -> int:
        return sum(turn.price for turn in self._open() if turn.of is person)

    # --- what operators and time do

    @precondition(lambda self: any(person.balance <= self._held(person) for person in self.people))
    @rule(who=WHO, amount=st.integers(1, 3))
    def grant(self, who: int, amount: int) -> None:
        person = self.people[who]
        person.balance += amount
        assert grant(person.id, amount).balance == person.balance

    @precondition(lambda self: any(person.read_free > 100 * ALLOWANCE for person in self.people))
    @rule()
    def let_a_day_pass(self) -> None:
        """For what was cancelled, that is."""
        ids = [person.id for person in self.people]
        moved = update(CreditHold).where(CreditHold.user_profile_id.in_(ids), CreditHold.read_share > 0)
        db.session.execute(moved.values(closed_at=now() - DAY - dt.timedelta(seconds=1)))
        db.session.commit()
        for person in self.people:
            person.read_free = 0

    # --- what users do

    @initialize(target=turns, price=PRICE)
    def begin(self, price: int) -> Any:
        return multiple(*(self._send(person, price, self._new_key()) for person in self.people))

    @rule(target=turns, who=WHO, price=PRICE, keyed=st.sampled_from([True, True, False]))
    def send(self, who: int, price: int, keyed: bool) -> Any:
        return self._send(self.people[who], price, self._new_key() if keyed else None)

    def _new_key(self) -> RequestKey:
        return RequestKey(f"key-{next(self.numbers)}", "hash")

    def _send(self, person: Person, price: int, key: RequestKey | None) -> Any:
        refusal = self._refusal(person, price)
        if refusal is not None:
            with pytest.raises(refusal):
                self._once(person, price, key)
            return multiple()
        admitted = self._once(person, price, key)
        assert isinstance(admitted, AdmittedTurn)
        turn = Turn(admitted.id, person, price, key)
        self.sent.append(turn)
        return turn

    def _refusal(self, person: Person, price: int) -> type[AppError] | None:
        if price > person.balance - self._held(person):
            return InsufficientCredits
        running = sum(turn.price > 0 for turn in self._open() if turn.of is person)
        read = person.read_free and person.read_free + 100 * running
        return RateLimited if price and max(read, person.read_free) > 100 * ALLOWANCE else None

    def _once(self, person: Person, price: int, key: RequestKey | None) -> EngineTurn[Nothing]:
        def send() -> AdmittedTurn[Nothing]:
            get_owned_job(person.id, person.job)
            get_owned_resume(person.id, person.resume)
            asking = Asking(
                recipe=replace(STUDIO_CHAT, price=price),
                user_id=person.id,
                question="Am I a fit?",
                build=lambda _history, _facts: BUILT,
                about=lambda _: Nothing(),
            )
            return admit(asking, key=key)

        return once(person.id, key, Nothing, send)

    @rule(target=turns, who=WHO, price=PRICE, text=st.sampled_from(TEXTS[2:]), whole=st.booleans())
    def send_and_read(self, who: int, price: int, text: str, whole: bool) -> Any:
        """To the end, or until enough is known."""
        turn = self._send(self.people[who], price, None)
        if isinstance(turn, Turn):
            self._end(turn, replace(WHOLE, text=text) if whole else cancelled_after(text))
        return turn

    @rule(turn=turns, same=st.sampled_from([True, True, False]), crashed=st.booleans())
    def retry(self, turn: Turn, same: bool, crashed: bool) -> None:
        if turn.key is None:
            return
        if crashed:
            self._expire(turn)
        if not same:
            with pytest.raises(KeyReused):
                self._once(turn.of, turn.price, replace(turn.key, request_hash="another"))
        elif turn.state == "open" and not turn.expired:
            with pytest.raises(TurnRunning) as running:
                self._once(turn.of, turn.price, turn.key)
            assert running.value.turn_id == turn.id
        else:
            self._note(turn, "failed")
            ended = self._once(turn.of, turn.price, turn.key)
            assert isinstance(ended, EndedTurn)
            assert ended.id == turn.id
            self._assert_ended(turn, ended.end)

    @rule(turn=turns, person=st.integers(0, 1))
    def use_the_key_of_somebody_else(self, turn: Turn, person: int) -> None:
        somebody = self.people[person]
        if turn.key is not None and somebody is not turn.of and not self._has(somebody, turn.key):
            self._send(somebody, turn.price, turn.key)

    def _has(self, person: Person, key: RequestKey) -> bool:
        return any(turn.of is person and turn.key == key for turn in self.sent)

    @precondition(lambda self: self._open())
    @rule(who=WHO, price=PRICE, what=st.sampled_from(["job", "resume"]))
    def delete_what_turns_are_about(self, who: int, price: int, what: str) -> None:
        """Those that run end as they would have; a new one needs another posting or resume."""
        person = self.people[who]
        remove = {"job": delete_job, "resume": delete_resume}[what]
        row_id = getattr(person, what)
        assert remove(person.id, row_id) == row_id
        with pytest.raises(NotFound):
            self._once(person, price, None)
        setattr(person, what, 0)
        self._store_material(person)

    # --- what workers do

    @precondition(lambda self: self._open())
    @rule(which=WHICH, text=st.sampled_from(TEXTS[2:]))
    def finish(self, which: int, text: str) -> None:
        self._end(self._pick(which), replace(WHOLE, text=text))

    @precondition(lambda self: self._open())
    @rule(which=WHICH, text=st.sampled_from(TEXTS))
    def fail(self, which: int, text: str) -> None:
        self._end(self._pick(which), Outcome(state="failed", text=text, error=ModelFailed()))

    @precondition(lambda self: self._open())
    @rule(which=WHICH, text=st.sampled_from(TEXTS))
    def cancel(self, which: int, text: str) -> None:
        self._end(self._pick(which), cancelled_after(text))

    @rule(turn=turns, outcome=st.sampled_from([WHOLE, FAILED, cancelled_after("Hello")]))
    def settle_whatever_it_is(self, turn: Turn, outcome: Outcome) -> None:
        """Mostly what ended long ago."""
        self._end(turn, outcome)

    @rule(turn=turns)
    def renew(self, turn: Turn) -> None:
        assert leases.renew([turn.id]) == ({turn.id} if turn.state == "open" else set())
        turn.expired = False

    @precondition(lambda self: self._open())
    @rule(which=WHICH)
    def expire(self, which: int) -> None:
        self._expire(self._pick(which))

    def _expire(self, turn: Turn) -> None:
        past = now() - dt.timedelta(seconds=1)
        db.session.execute(update(ChatTurn).where(ChatTurn.id == turn.id).values(lease_expires_at=past))
        db.session.commit()
        turn.expired = True

    @precondition(lambda self: self._dead())
    @rule()
    def sweep(self) -> None:
        dead = self._dead()
        assert leases.sweep() == len(dead)
        for turn in dead:
            self._note(turn, "failed")

    def _open(self) -> list[Turn]:
        return [turn for turn in self.sent if turn.state == "open"]

    def _dead(self) -> list[Turn]:
        return [turn for turn in self._open() if turn.expired]

    def _pick(self, which: int) -> Turn:
        """One of those that run."""
        return self._open()[which % len(self._open())]

    def _end(self, turn: Turn, outcome: Outcome) -> None:
        self._note(turn, outcome.state, outcome.text)
        self._assert_ended(turn, end_turn(turn.id, outcome))

    def _note(self, turn: Turn, state: str, text: str = "") -> None:
        """End a turn of the model, unless it has ended."""
        if turn.state != "open":
            return
        turn.state = state
        if turn.price and state == "complete":
            turn.of.balance -= turn.price
            turn.of.answers.append(tokenizer_for("").count(text))
        if turn.price and state == "cancelled":
            turn.of.read_free += turn.of.share_of(text)

    def _assert_ended(self, turn: Turn, end: End) -> None:
        assert isinstance(end, Completed if turn.state == "complete" else Failed)
        if isinstance(end, Completed):
            assert (end.credits_remaining is None) == (turn.price == 0)

    # --- what must be true after each of them

    @invariant()
    def every_credit_adds_up(self) -> None:
        found = audit()
        db.session.rollback()
        assert found == []

    @invariant()
    def accounts_are_as_the_model_has_them(self) -> None:
        for person in self.people:
            account = db.session.get_one(CreditAccount, person.id, populate_existing=True)
            assert (account.balance, account.held) == (person.balance, self._held(person))
            assert db.session.scalars(list_entries(person.id)).all()[0].balance_after == person.balance
            assert db.session.scalar(_READ_FREE, {"user": person.id, "since": now() - DAY}) == person.read_free
        db.session.rollback()


@pytest.fixture(params=["sqlite", "postgresql"])
def apart(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application whose sweep meets no turns but the machine's."""
    with migrated_database(request.param, tmp_path) as url:
        limits = {"CREDITS_ON_SIGNUP": str(GIFT), "CANCEL_ALLOWANCE": str(ALLOWANCE)}
        app = create_app(settings_for_tests(url, tmp_path, **limits))
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.mark.timeout(600)  # making a failure short takes much longer than none
def test_credits_add_up_whatever_happens(apart: Flask) -> None:
    on_sqlite = apart.config["DATABASE_URL"].startswith("sqlite")
    examples = settings(max_examples=25 if on_sqlite else 5, stateful_step_count=50, deadline=None)
    run_state_machine_as_test(lambda: Credits(apart), settings=examples)
