"""The lifecycle of a turn, with providers that end in every way a model can."""

import datetime as dt
import uuid

import pytest

from app.engine.events import Completed, Delta, End, Event, Failed, Started
from app.engine.generation import Generation, Outcome, run
from app.errors import ModelFailed, ModelTimeout
from app.providers.base import Cancellation, Cancelled, Finish, Prompt, Stream, Usage
from app.providers.base import Delta as Piece

PROMPT = Prompt(messages=(), model="m", max_tokens=10, prompt_tokens=3)
STOP = Finish(reason="stop", usage=Usage())


class Scripted:
    """A provider that plays a script: pieces to yield and exceptions to raise."""

    name = "scripted"
    reads_facts = False

    def __init__(self, *script: object) -> None:
        self.script = script
        self.closed = False

    def stream(self, prompt: Prompt, cancellation: Cancellation) -> Stream:
        try:
            for step in self.script:
                if isinstance(step, BaseException):
                    raise step
                yield Piece(step) if isinstance(step, str) else step
        finally:
            self.closed = True

    def check(self) -> None: ...

    def close(self) -> None: ...


class Ledger:
    """Where a turn is settled in these tests: it remembers every outcome."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []

    def settle(self, outcome: Outcome) -> End:
        self.outcomes.append(outcome)
        turn_id = uuid.uuid4()
        if outcome.state != "complete":
            return Failed(turn_id=turn_id, error=outcome.error or ModelFailed())
        return Completed(
            turn_id=turn_id,
            session_id=uuid.uuid4(),
            answer_id=uuid.uuid4(),
            text=outcome.text,
            message_count=2,
            finish_reason="stop",
            prompt_tokens=3,
            completion_tokens=1,
            answered_at=dt.datetime.now(dt.UTC),
        )


def play(*script: object) -> tuple[list[Event], Ledger, Scripted]:
    provider, ledger = Scripted(*script), Ledger()
    key = uuid.uuid4()
    generation = Generation(
        turn_id=key, session_id=key, question_id=key, answer_id=key, prompt=PROMPT, provider=provider
    )
    return list(run(generation, settle=ledger.settle)), ledger, provider


def test_a_whole_answer_is_settled_before_its_last_event() -> None:
    events, ledger, provider = play("Hel", "lo", STOP)
    assert [type(event) for event in events] == [Started, Delta, Delta, Completed]
    assert ledger.outcomes == [Outcome(state="complete", text="Hello", finish=STOP)]
    assert provider.closed


@pytest.mark.parametrize(
    ("script", "state", "text"),
    [
        ((), "failed", ""),
        ((STOP,), "failed", ""),
        ((" \n", STOP), "failed", " \n"),
        (("Half an ans",), "failed", "Half an ans"),
        (("Half", ModelTimeout()), "failed", "Half"),
        (("Half", ValueError("a bug")), "failed", "Half"),
        (("Half", Cancelled()), "cancelled", "Half"),
        ((Cancelled(),), "cancelled", ""),
    ],
)
def test_anything_less_is_settled_once_with_what_had_arrived(script: tuple[object, ...], state: str, text: str) -> None:
    events, ledger, provider = play(*script)
    assert isinstance(events[-1], Failed)
    assert [(outcome.state, outcome.text) for outcome in ledger.outcomes] == [(state, text)]
    assert provider.closed


def test_who_leaves_after_the_model_is_done_has_had_the_answer() -> None:
    events, ledger, _ = play("Hello", STOP, Cancelled())
    assert isinstance(events[-1], Completed)
    assert [outcome.state for outcome in ledger.outcomes] == ["complete"]


def test_an_answer_cut_by_its_length_is_complete_and_one_that_was_filtered_is_not() -> None:
    (*_, cut), _, _ = play("Hello", Finish(reason="length", usage=Usage()))
    (*_, filtered), ledger, _ = play("Hel", Finish(reason="content_filter", usage=Usage()))
    assert isinstance(cut, Completed)
    assert isinstance(filtered, Failed)
    assert "withheld" in filtered.error.sentence
    assert (ledger.outcomes[0].state, ledger.outcomes[0].text) == ("failed", "Hel")


def test_an_unforeseen_error_shows_nothing_of_itself() -> None:
    events, _, _ = play(RuntimeError("secret upstream text"))
    end = events[-1]
    assert isinstance(end, Failed)
    assert end.error.code == "AI_ERROR"
    assert "secret" not in end.error.sentence


def test_nul_never_reaches_the_rows() -> None:
    _, ledger, _ = play("a\x00b", "\x00", STOP)
    assert ledger.outcomes[0].text == "ab"


def test_a_turn_that_cannot_be_stored_is_not_called_complete() -> None:
    provider = Scripted("Hello", STOP)
    key = uuid.uuid4()
    generation = Generation(
        turn_id=key, session_id=key, question_id=key, answer_id=key, prompt=PROMPT, provider=provider
    )

    def broken(outcome: Outcome) -> End:
        raise OSError("the database is gone")

    *_, end = run(generation, settle=broken)
    assert isinstance(end, Failed)
    assert end.error.code == "INTERNAL_ERROR"
