"""What the service stands on, and whether each of it answers."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from sqlalchemy import text

from app.errors import AppError
from app.extensions import db
from config import ROOT

FRESH_SECONDS = 3.0
Check = Callable[[], None]


class NotReady(Exception):
    """A check failed."""


def check_database() -> None:
    """Raise if the database does not answer."""
    db.session.execute(text("SELECT 1"))


def check_migrations() -> None:
    """Raise if the database is not at the newest revision."""
    at = MigrationContext.configure(db.session.connection()).get_current_heads()
    if set(at) != _newest_revisions():
        raise NotReady("The database is not at the newest revision: run `make migrate`.")


def check_model() -> None:
    """Raise if the model cannot be reached."""
    current_app.extensions["provider"].check()


CHECKS: dict[str, Check] = {"database": check_database, "migrations": check_migrations, "model": check_model}


@cache
def _newest_revisions() -> set[str]:
    return set(ScriptDirectory(str(ROOT / "migrations")).get_heads())


@dataclass(slots=True)
class Readiness:
    """The last result of all checks, so that many who ask cost what one does."""

    checks: dict[str, Check]
    results: dict[str, str] = field(default_factory=dict)
    checked_at: float = float("-inf")
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self) -> dict[str, str]:
        """Each check's result, at most `FRESH_SECONDS` old."""
        with self.lock:
            if time.monotonic() - self.checked_at > FRESH_SECONDS:
                self.results = {name: _result(name, check) for name, check in self.checks.items()}
                self.checked_at = time.monotonic()
            return self.results


def _result(name: str, check: Check) -> str:
    try:
        check()
    except Exception as error:  # noqa: BLE001  (whatever it is, this is the place that says so)
        reason = str(error) if isinstance(error, AppError | NotReady) else type(error).__name__
        current_app.logger.warning("Not ready: %s: %s", name, reason)
        return "failed"
    finally:
        db.session.rollback()
    return "ok"


def init_app(app: Flask) -> None:
    """Give the application its checks."""
    app.extensions["readiness"] = Readiness(CHECKS)
