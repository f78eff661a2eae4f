"""The operator's side: `flask seed …`, one module a noun."""

from flask import Flask

from app.cli.seed import seed


def init_app(app: Flask) -> None:
    """Register every command. What joins `flask seed` is a click command with `with_appcontext`, added here."""
    app.cli.add_command(seed)
