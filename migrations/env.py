"""How `flask db …` runs the revisions: one transaction for all of them, one process at a time, quietly.

Revisions know plain SQLAlchemy types only, so that one of them still runs after the code it was made from has changed.
"""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

import app.models  # noqa: F401  (every table must be known)
from app.extensions import UTCDateTime

ADVISORY_LOCK = 7_261_894_305  # any number that nothing else in the database locks


def render_item(kind: str, item: object, _autogen_context: object) -> str | bool:
    """Write our own column type as what it is to the database."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UTCDateTime) else False


def run(connection: Connection) -> None:
    """Run the revisions; whoever comes second waits, and then finds nothing to do."""
    context.configure(
        connection=connection,
        target_metadata=extension.db.metadata,
        render_item=render_item,
        transactional_ddl=True,  # on SQLite too: we say BEGIN ourselves
        **extension.configure_args,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))  # the bounds of requests are not for this
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))
        context.run_migrations()


def run_on_sqlite(connection: Connection) -> None:
    """Rebuild tables without their rows' children being deleted with the old table, and check the keys afterwards."""
    raw = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys = OFF")  # has no effect inside a transaction
    try:
        run(connection)
        if broken := raw.execute("PRAGMA foreign_key_check").fetchall():
            raise SystemExit(f"The migration left rows that point nowhere: {broken[:5]}")
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


extension = current_app.extensions["migrate"]
if context.is_offline_mode():
    raise SystemExit("Migrations run against a database; --sql is not supported.")
try:
    opened = extension.db.engine.connect()
except OperationalError as error:
    raise SystemExit(f"bespoke: the database cannot be reached: {str(error.orig).splitlines()[0]}") from None
with opened:
    run_on_sqlite(opened) if opened.dialect.name == "sqlite" else run(opened)
