"""The revisions, on each database: up, down and up again, and nothing that the models say differently."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select, text

from app import create_app
from app.extensions import db
from app.models import ChatSession, Resume, UserProfile
from config import ROOT
from tests.databases import fresh_database, settings_for_tests

MIGRATIONS = ROOT / "migrations"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application whose database has nothing in it yet."""
    with fresh_database(request.param, tmp_path) as url:
        app = create_app(settings_for_tests(url, tmp_path))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def test_up_down_and_up_again(empty: Flask) -> None:
    upgrade(directory=MIGRATIONS)
    assert set(db.metadata.tables) <= _tables()
    downgrade(directory=MIGRATIONS, revision="base")
    assert _tables() <= {"alembic_version"}
    upgrade(directory=MIGRATIONS)
    assert set(db.metadata.tables) <= _tables()


def test_the_revisions_and_the_models_agree(empty: Flask) -> None:
    upgrade(directory=MIGRATIONS)
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_the_partial_indexes_are_the_models_own(empty: Flask) -> None:
    """Comparing metadata doesn't look at an index's condition."""
    upgrade(directory=MIGRATIONS)
    migrated = _indexes()
    downgrade(directory=MIGRATIONS, revision="base")
    db.create_all()
    assert migrated == _indexes()
    assert any(condition for *_, condition in migrated)


def test_rows_survive_a_second_upgrade(empty: Flask) -> None:
    upgrade(directory=MIGRATIONS)
    person = UserProfile(email="a@example.com", name="A", password_hash="-")
    db.session.add(person)
    db.session.flush()
    db.session.add(Resume(user_profile_id=person.id, title="R", document_hash="", document={"basics": {"name": "A"}}))
    db.session.add(ChatSession(user_profile_id=person.id, kind="resume_chat"))
    db.session.commit()
    upgrade(directory=MIGRATIONS)
    assert db.session.scalars(select(Resume.document)).all() == [{"basics": {"name": "A"}}]


def test_deleting_a_user_takes_the_rows_along_in_the_database(empty: Flask) -> None:
    upgrade(directory=MIGRATIONS)
    person = UserProfile(email="a@example.com", name="A", password_hash="-")
    db.session.add(person)
    db.session.flush()
    db.session.add(Resume(user_profile_id=person.id, title="R", document_hash="", document={}))
    db.session.commit()
    db.session.execute(text("DELETE FROM user_profiles"))
    db.session.commit()
    assert db.session.scalars(select(Resume)).all() == []


def test_servers_that_start_at_once_migrate_once(empty: Flask, tmp_path: Path) -> None:
    url = db.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    environ = {"PATH": "", "APP_ENV": "testing", "DATABASE_URL": url, "JWT_SECRET_KEY": "x" * 32}
    started = [
        subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(3)
    ]
    printed = [process.communicate(timeout=60)[0] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], printed
    assert printed == [b"", b"", b""]  # quiet, too
    assert set(db.metadata.tables) <= _tables()


@pytest.mark.parametrize("url", ["postgresql://me:secret@127.0.0.1:1/x", "sqlite:////nowhere/at/all.db"])
def test_a_database_out_of_reach_is_one_line(url: str) -> None:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    environ = {"PATH": "", "APP_ENV": "testing", "DATABASE_URL": url, "JWT_SECRET_KEY": "x" * 32}
    ended = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode != 0
    assert ended.stderr.startswith("bespoke: the database cannot be reached: ")
    assert ended.stderr.count("\n") == 1
    assert "secret" not in ended.stderr


def test_there_is_one_line_of_revisions() -> None:
    scripts = ScriptDirectory(MIGRATIONS)
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1


def _tables() -> set[str]:
    return set(inspect(db.engine).get_table_names())


def _indexes() -> list[tuple[str, str, bool, str]]:
    """Every index: its name, columns, uniqueness and condition, as the database itself gives them back."""
    inspector = inspect(db.engine)
    dialect = db.engine.dialect.name
    return sorted(
        (
            str(index["name"]),
            ",".join(column or "" for column in index["column_names"]),
            bool(index["unique"]),
            str(index.get("dialect_options", {}).get(f"{dialect}_where", "")),
        )
        for table in db.metadata.tables
        for index in inspector.get_indexes(table)
    )
