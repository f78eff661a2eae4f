"""What a long session costs: a message after 10,000 others, beside one after 10 others."""

import itertools
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
from flask import Flask
from sqlalchemy import Engine, event, insert, select, update

from app import create_app
from app.extensions import db
from app.models import ChatMessage, ChatSession, ChatTurn
from app.models.columns import now
from app.tokens import tokenizer_for
from benchmarks.figures import Figure, progress
from benchmarks.relay import fake_upstream, open_sessions
from tests.databases import settings_for_tests
from tests.server import running_server

SHORT, LONG = 10, 10_000
MESSAGES = 40
QUESTION = "Which of my projects should I put first for the requirement about event logs, and how would I word it?"
ANSWER = (
    "Put the settlement service first: the posting asks for Kafka or another event log, and your line about 40"
    " transactions a second shows one in production. I would open with the outcome, then name the log. "
) * 3


def run() -> list[Figure]:
    """Start the service, write the history straight into its database, and time messages over HTTP, in turns."""
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        base_url = running.enter_context(fake_upstream())
        server = running.enter_context(running_server(folder, database="postgresql", OPENAI_BASE_URL=base_url))
        headers, (long, *short) = open_sessions(server, 1 + MESSAGES)
        settings = settings_for_tests(
            server.environ["DATABASE_URL"],
            folder,
            OPENAI_BASE_URL=base_url,
            JWT_SECRET_KEY=server.environ["JWT_SECRET_KEY"],
        )
        app = create_app(settings)
        progress(f"writing {LONG} messages into one session …")
        with app.app_context():
            for session in short:
                _lengthen(session, SHORT)
            _lengthen(long, LONG)
        client = server.client(**headers)
        _ask(client, long)
        times: dict[int, list[float]] = {SHORT: [], LONG: []}
        progress(f"{MESSAGES} messages to each …")
        for session in short:
            times[SHORT].append(_ask(client, session))
            times[LONG].append(_ask(client, long))
        statements = [_statements(app, headers, session) for session in (short[0], long)]
        with app.app_context():
            db.engine.dispose()
        return list(_figures(times, *statements))


def _figures(times: dict[int, list[float]], statements_short: int, statements_long: int) -> Iterator[Figure]:
    medians = {length: statistics.median(values) * 1000 for length, values in times.items()}
    for length, median in medians.items():
        yield Figure(what=f"message {length:,} of a session", value=median, unit="ms")
    ratio = medians[LONG] / medians[SHORT]
    yield Figure(what=f"message {LONG:,} over message {SHORT}: ratio", value=ratio, most=1.2)
    yield Figure(what=f"database statements, message {SHORT}", value=statements_short)
    yield Figure(what=f"database statements, message {LONG:,}", value=statements_long, most=statements_short)


def _lengthen(session: str, length: int) -> None:
    """Add whole turns to a session until it has `length` messages."""
    row = db.session.get_one(ChatSession, uuid.UUID(session))
    made = db.session.scalars(select(ChatTurn).where(ChatTurn.session_id == row.id)).first()
    assert made is not None
    columns = {column.name: getattr(made, column.name) for column in ChatTurn.__table__.columns}
    turns = [
        {**columns, "id": uuid.uuid4(), "answer_id": uuid.uuid4()} for _ in range((length - row.message_count) // 2)
    ]
    count = tokenizer_for("gpt-4.1-mini").count
    spoken = [("user", QUESTION, count(QUESTION)), ("assistant", ANSWER, count(ANSWER))]
    numbers = itertools.count(row.message_count + 1)
    messages = [
        {
            "id": uuid.uuid4(),
            "session_id": row.id,
            "turn_id": turn["id"],
            "number": next(numbers),
            "role": role,
            "content": content,
            "tokens": tokens,
            "status": "complete",
            "created_at": now(),
        }
        for turn in turns
        for role, content, tokens in spoken
    ]
    db.session.execute(insert(ChatTurn), turns)
    db.session.execute(insert(ChatMessage), messages)
    db.session.execute(update(ChatSession).where(ChatSession.id == row.id).values(message_count=length))
    db.session.commit()


def _ask(client: httpx.Client, session: str) -> float:
    began = time.perf_counter()
    answer = client.post(f"/api/chat/{session}/message", json={"message": QUESTION})
    assert answer.status_code == 200, answer.text
    return time.perf_counter() - began


def _statements(app: Flask, headers: dict[str, str], session: str) -> int:
    """Count what one message sends to the database."""
    with _counting() as statements:
        answer = app.test_client().post(f"/api/chat/{session}/message", json={"message": QUESTION}, headers=headers)
    assert answer.status_code == 200, answer.text
    return len(statements)


@contextmanager
def _counting() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(Engine, "after_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "after_cursor_execute", note)
