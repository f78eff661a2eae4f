"""The one lifecycle of a turn, for every surface."""

from flask import Flask

from app.engine import leases
from app.providers import make_provider
from app.tokens import tokenizer_for


def init_app(app: Flask) -> None:
    """Choose the model that turns are answered by."""
    app.extensions["provider"] = make_provider(app.config)


def warm_up(app: Flask) -> None:
    """What a worker does before its first request: load the model's encoding, and start keeping leases."""
    tokenizer_for(app.config["CHAT_MODEL"])
    leases.keep(app)
