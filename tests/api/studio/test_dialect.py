"""The bytes of the studio's streams: `golden/*.sse` holds what a client has always been sent."""

import datetime as dt
import uuid
from pathlib import Path

import pytest

from app.api.studio import dialect
from app.engine.events import Completed, Delta, Event, Failed, Started
from app.engine.studio import Advice
from app.engine.turns import Turn
from app.errors import ModelFailed, ModelUnavailable

GOLDEN = Path(__file__).parent / "golden"
TURN_ID, QUESTION_ID, ANSWER_ID = (uuid.UUID(int=number) for number in (1, 3, 4))
TURN = Turn(
    id=TURN_ID, about=Advice(suggestions=("How do I close the gap on Kafka?", "Où est «\u00a0l’équipe\u00a0» ?"))
)
STARTED = Started(turn_id=TURN_ID, session_id=None, question_id=QUESTION_ID, answer_id=ANSWER_ID)
COMPLETED = Completed(
    turn_id=TURN_ID,
    session_id=None,
    answer_id=ANSWER_ID,
    text="Lead with “Airflow”\n\n- 40 minutes\u2028é 🙂",
    message_count=2,
    finish_reason="stop",
    prompt_tokens=900,
    completion_tokens=12,
    answered_at=dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC),
    credits_remaining=9,
)
STREAMS: dict[str, list[Event]] = {
    "whole": [STARTED, Delta("Lead with “Airflow”\n\n- 40"), Delta(" minutes\u2028é 🙂"), COMPLETED],
    "failed": [STARTED, Delta("Lead"), Failed(turn_id=TURN_ID, error=ModelFailed())],
    "unavailable": [STARTED, Failed(turn_id=TURN_ID, error=ModelUnavailable(retry_after=7))],
}


@pytest.mark.parametrize("name", STREAMS)
def test_the_bytes_of_a_stream_never_change(name: str) -> None:
    sent = b"".join(dialect.spell(event, TURN) for event in STREAMS[name])
    assert sent == (GOLDEN / f"{name}.sse").read_bytes()
