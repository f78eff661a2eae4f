"""The Flask extensions, created unbound; `create_app` binds them."""

import datetime as dt
import time
from typing import Any

from flask_jwt_extended import JWTManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError  # noqa: A004
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

DATABASE_AWAY = (OperationalError, InterfaceError, TimeoutError)
"""How SQLAlchemy says that the database is out of reach for now, or its pool is exhausted."""
SQLITE_LOCK_WAIT = 10.0
SQLITE_LOCK_PAUSE = 0.005


class Base(DeclarativeBase):
    """What every table derives from. Constraints are named, so that migrations can drop them on any database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UTCDateTime(TypeDecorator[dt.datetime]):
    """A point in time, aware and in UTC on the way in and out; SQLite alone would hand it back naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Refuse a naive time: nobody can say which hour it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time must be aware")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Mark what comes back as the UTC it is."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
migrate = Migrate()
jwt = JWTManager()


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    """SQLite as a server would have it: foreign keys, a write-ahead log, and no waiting inside C."""
    if type(connection).__module__ != "sqlite3":
        return
    connection.isolation_level = None  # we say BEGIN ourselves, below
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL", "busy_timeout = 0"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    """Take SQLite's one write lock at the start of a transaction, and wait for it with a sleep that yields.

    SQLite's own busy wait happens in C and would stop every greenlet of the worker, the lock's holder included;
    a lock taken later, at the first write, could not be waited for at all once the snapshot is stale.
    """
    if connection.dialect.name != "sqlite":
        return
    patience = time.monotonic() + SQLITE_LOCK_WAIT
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > patience:
                raise
            time.sleep(SQLITE_LOCK_PAUSE)
        else:
            return
