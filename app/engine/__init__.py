"""The one lifecycle of a turn, for every surface."""

from flask import Flask

from app import provider_keys
from app.engine.leases import Keeper
from app.tokens import tokenizer_for
from app.vocabulary import mark

STOP_SECONDS = 3.0


def init_app(app: Flask) -> None:
    """Choose the model that turns are answered by, and who looks after them."""
    provider_keys.init_app(app)
    app.extensions["keeper"] = Keeper(app)


def warm_up(app: Flask) -> None:
    """What a worker does before its first request: load what is large, and start keeping leases."""
    tokenizer_for(app.config["CHAT_MODEL"])
    mark("")
    app.extensions["keeper"].run_for_good()


def wind_down(app: Flask) -> None:
    """What a worker does at its end: the turns that still run are ended and stored, not left to their leases."""
    keeper: Keeper = app.extensions["keeper"]
    keeper.end_all(STOP_SECONDS)
