"""The bytes of the resume chat's streams: `golden/*.sse` holds what a client has always been sent."""

import datetime as dt
import json
import uuid
from pathlib import Path

import pytest

from app.api.chat import dialect
from app.engine.events import Completed, Delta, Event, Failed, Started
from app.engine.resume_chat import JobBrief, SessionBrief
from app.engine.turns import Turn
from app.errors import ModelFailed, ModelUnavailable

GOLDEN = Path(__file__).parent / "golden"
TURN_ID, SESSION_ID, QUESTION_ID, ANSWER_ID = (uuid.UUID(int=number) for number in (1, 2, 3, 4))
NOON = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
JOB = JobBrief(id=7, title="Machine Learning Engineer", company="Northwind")
TURN = Turn(id=TURN_ID, about=SessionBrief(job=JOB, resumed=False, created_at=NOON))
STARTED = Started(turn_id=TURN_ID, session_id=SESSION_ID, question_id=QUESTION_ID, answer_id=ANSWER_ID)
COMPLETED = Completed(
    turn_id=TURN_ID,
    session_id=SESSION_ID,
    answer_id=ANSWER_ID,
    text="Lead with “Airflow”\n\n- 40 minutes\u2028é 🙂",
    message_count=2,
    finish_reason="stop",
    prompt_tokens=900,
    completion_tokens=12,
    answered_at=NOON,
)
STREAMS: dict[str, list[Event]] = {
    "whole": [STARTED, Delta("Lead with “Airflow”\n\n- 40"), Delta(" minutes\u2028é 🙂"), COMPLETED],
    "failed": [STARTED, Delta("Lead"), Failed(turn_id=TURN_ID, error=ModelFailed())],
    "unavailable": [STARTED, Failed(turn_id=TURN_ID, error=ModelUnavailable(retry_after=7))],
}


@pytest.mark.parametrize("name", STREAMS)
def test_the_bytes_of_a_stream_never_change(name: str) -> None:
    sent = b"".join(dialect.spell_start(event, TURN) for event in STREAMS[name])
    assert sent == (GOLDEN / f"{name}.sse").read_bytes()


def test_a_line_break_in_the_text_never_breaks_a_frame() -> None:
    sent = dialect.spell(Delta("a\r\nb\rc\n\nevent: done\ndata: {}\n\n"), TURN)
    assert sent.count(b"\n") == 3
    assert b"\r" not in sent


def test_the_json_answer_is_what_the_stream_ends_with() -> None:
    last = dialect.spell_start(COMPLETED, TURN)
    data = json.loads(last.decode().split("\ndata: ", 1)[1])
    assert data == dialect.start_body(COMPLETED, TURN)
