"""How the application speaks to its database, whichever it is."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, StatementError

from app.extensions import db
from app.models import UserProfile


def test_a_databases_error_never_shows_what_was_written(app: Flask) -> None:
    with app.app_context():
        for _ in range(2):
            db.session.add(UserProfile(email="same@example.com", name="Very Secret", password_hash="-"))
        with pytest.raises(IntegrityError) as refused:
            db.session.flush()
        assert "Very Secret" not in str(refused.value)
        assert "same@example.com" not in str(refused.value).partition("DETAIL")[0]


def test_no_statement_may_wait_for_ever(app: Flask) -> None:
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            assert db.session.scalar(text("SHOW statement_timeout")) == "15s"
            assert db.session.scalar(text("SHOW lock_timeout")) == "5s"
        else:
            assert db.session.scalar(text("PRAGMA busy_timeout")) == 0  # we wait ourselves, where greenlets can run


def test_times_come_back_aware_and_in_utc(app: Flask) -> None:
    with app.app_context():
        paris = dt.timezone(dt.timedelta(hours=2))
        noon = dt.datetime(2026, 7, 1, 12, 0, 0, 123456, tzinfo=paris)
        db.session.add(UserProfile(email="noon@example.com", name="N", password_hash="-", created_at=noon))
        db.session.flush()
        stored = db.session.scalar(select(UserProfile.created_at).where(UserProfile.email == "noon@example.com"))
        assert stored == noon
        assert stored.tzinfo is dt.UTC


def test_a_time_of_nowhere_is_refused(app: Flask) -> None:
    with app.app_context():
        naive = dt.datetime(2026, 7, 1, 12, 0, 0)  # noqa: DTZ001
        db.session.add(UserProfile(email="naive@example.com", name="N", password_hash="-", created_at=naive))
        with pytest.raises(StatementError, match="must be aware"):
            db.session.flush()
