"""The class of our groups of commands."""

import re

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

_OLD = "The database is not at the newest revision: run `make migrate` first."
_NOT_THERE = re.compile(r"no such (table|column)|(relation|column) .* does not exist")


class DatabaseGroup(AppGroup):
    """Commands that end with one line where the database is not ready for them."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; say what to do about a database without its tables, or without an answer."""
        try:
            return super().invoke(ctx)
        except (OperationalError, ProgrammingError) as error:
            reason = str(error.orig).splitlines()[0]
            if _NOT_THERE.search(reason):
                raise click.ClickException(_OLD) from None
            if isinstance(error, OperationalError):
                raise click.ClickException(f"The database does not answer: {reason}") from None
            raise
