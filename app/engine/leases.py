"""Which worker a turn belongs to, and for how long: a worker renews the leases of its turns, a dead one cannot.

One thread a process, the keeper, renews what this process runs and sweeps what no process runs any more, whoever ran
it. In a server it runs as long as the worker; elsewhere it starts with a turn and ends when there is none.
"""

import datetime as dt
import logging
import os
import secrets
import socket
import threading
import time
import uuid
from functools import cache

from flask import Flask, current_app
from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from app.engine.settling import ABANDONED, end_turn
from app.extensions import db
from app.models import ACTIVE_STATES, ChatTurn
from app.models.columns import now

log = logging.getLogger(__name__)
SWEEP_BATCH = 100
_held: set[uuid.UUID] = set()
_lock = threading.Lock()


def worker_name() -> str:
    """This process, unlike any other before or after it."""
    return _name_of(os.getpid())


@cache
def _name_of(pid: int) -> str:
    return f"{socket.gethostname()[:40]}:{pid}:{secrets.token_hex(4)}"


def new_lease() -> dt.datetime:
    """Until when a turn of this moment is safe from the sweep."""
    return now() + dt.timedelta(seconds=current_app.config["TURN_LEASE"])


def hold(app: Flask, turn_id: uuid.UUID) -> None:
    """Renew this turn's lease until it is dropped."""
    with _lock:
        _held.add(turn_id)
    keep(app, while_held=True)


def drop(turn_id: uuid.UUID) -> None:
    """The turn has ended, or is given up: the sweep may have it."""
    with _lock:
        _held.discard(turn_id)


def keep(app: Flask, *, while_held: bool = False) -> None:
    """Start this process's keeper unless it runs: for as long as a turn is held, or for good."""
    with _lock:
        if "lease_keeper" in app.extensions:
            return
        keeper = threading.Thread(target=_keep, args=(app, while_held), name="leases", daemon=True)
        app.extensions["lease_keeper"] = keeper
    keeper.start()


def _keep(app: Flask, while_held: bool) -> None:
    while True:
        try:
            with app.app_context():
                renew()
                sweep()
        except SQLAlchemyError as error:
            log.warning("Leases could not be renewed, which is tried again: %s", type(error).__name__)
        time.sleep(app.config["TURN_LEASE"] / 3)
        with _lock:
            if while_held and not _held:
                del app.extensions["lease_keeper"]
                return


def renew() -> None:
    """Move the leases of this process's turns forward, in one statement."""
    with _lock:
        mine = list(_held)
    if mine:
        db.session.execute(
            update(ChatTurn)
            .where(ChatTurn.id.in_(mine), ChatTurn.state.in_(ACTIVE_STATES))
            .values(lease_expires_at=new_lease())
        )
        db.session.commit()


def sweep() -> int:
    """End the turns whose lease ran out as failed; return how many there were."""
    ids = db.session.scalars(
        select(ChatTurn.id)
        .where(ChatTurn.state.in_(ACTIVE_STATES), ChatTurn.lease_expires_at < now())
        .order_by(ChatTurn.lease_expires_at)
        .limit(SWEEP_BATCH)
    ).all()
    db.session.rollback()
    for turn_id in ids:
        log.warning("turn %s: its worker is gone, ending it as failed", turn_id)
        end_turn(turn_id, ABANDONED)
    return len(ids)
