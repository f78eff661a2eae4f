"""The operator's side: `flask seed …`, one module a noun."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register every command."""
