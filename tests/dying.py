"""The application as a worker serves it, which kills that worker at a chosen step of a turn.

gunicorn loads this instead of `wsgi`; nothing of it is in the application. A step is whatever the outside could see done
or not done: each statement before it is sent, each commit before and after it, each piece of the model before it is
taken, each frame before it is sent. A request says by `X-Die-At: 7` at which of its steps its worker dies; without the
header its steps are counted, and written down for `step_names`.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.extensions import db
from wsgi import app

STEPS = "STEPS_FILE"
PATH = "/v1/ai/chat"


class _Steps:
    """The steps of the one request that is looked at."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.die_at: int | None = None
        self.on = False

    def begin(self, die_at: str | None) -> None:
        self.names, self.die_at, self.on = [], int(die_at) if die_at else None, True

    def pass_by(self, name: str) -> None:
        if not self.on or threading.current_thread().name == "leases":
            return
        self.names.append(name)
        if len(self.names) == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def end(self) -> None:
        if self.on and self.die_at is None:
            Path(os.environ[STEPS]).write_text("\n".join(self.names))
        self.on = False


_steps = _Steps()


def step_names(file: Path) -> list[str]:
    """The steps of the last request that was not to die."""
    return file.read_text().split("\n")


@event.listens_for(Engine, "before_cursor_execute")
def _statement(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
    _steps.pass_by(" ".join(statement.split()[:3]))


@event.listens_for(Engine, "commit")
def _commit(_connection: Any) -> None:
    _steps.pass_by("commit")


@event.listens_for(db.session, "after_commit")
def _committed(_session: Any) -> None:
    _steps.pass_by("committed")


def _step_by_step(stream: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    def stepping(*args: Any) -> Iterator[Any]:
        pieces = stream(*args)
        try:
            for piece in pieces:
                _steps.pass_by(f"model: {type(piece).__name__}")
                yield piece
        finally:
            pieces.close()  # type: ignore[attr-defined]

    return stepping


def _frame_by_frame(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    def stepping(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] != PATH:
            return application(environ, start_response)
        _steps.begin(environ.get("HTTP_X_DIE_AT"))
        return _frames(application(environ, start_response))

    return stepping


def _frames(response: Iterable[bytes]) -> Iterator[bytes]:
    try:
        for frame in response:
            _steps.pass_by("frame")
            yield frame
    finally:
        response.close()  # type: ignore[attr-defined]
        _steps.pass_by("closed")
        _steps.end()


app.extensions["provider"].stream = _step_by_step(app.extensions["provider"].stream)
app.wsgi_app = _frame_by_frame(app.wsgi_app)  # type: ignore[method-assign]
