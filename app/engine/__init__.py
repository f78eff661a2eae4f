"""The one lifecycle of a turn, for every surface."""

from flask import Flask

from app.providers import make_provider


def init_app(app: Flask) -> None:
    """Choose the model that turns are answered by."""
    app.extensions["provider"] = make_provider(app.config)
