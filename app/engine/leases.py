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
import uuid
from collections.abc import Collection
from functools import cache

from flask import Flask, current_app
from sqlalchemy import select, update

from app.engine.settling import ABANDONED, end_turn
from app.extensions import DATABASE_AWAY, db
from app.models import ACTIVE_STATES, ChatTurn
from app.models.columns import now
from app.providers.base import Cancellation

log = logging.getLogger(__name__)
SWEEP_BATCH = 100


def worker_name() -> str:
    """This process, unlike any other before or after it."""
    return _name_of(os.getpid())


@cache
def _name_of(pid: int) -> str:
    return f"{socket.gethostname()[:40]}:{pid}:{secrets.token_hex(4)}"


def new_lease() -> dt.datetime:
    """Until when a turn of this moment is safe from the sweep."""
    return now() + dt.timedelta(seconds=current_app.config["TURN_LEASE"])


class Keeper:
    """Keeps the leases of one application's turns in this process."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._held: dict[uuid.UUID, Cancellation] = {}
        self._for_good = False
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def hold(self, turn_id: uuid.UUID, cancellation: Cancellation) -> None:
        """Renew this turn's lease until it is dropped; break it off if somebody else has ended it."""
        with self._changed:
            self._held[turn_id] = cancellation
            self._start()

    def drop(self, turn_id: uuid.UUID) -> None:
        """The turn has ended, or is given up: the sweep may have it."""
        with self._changed:
            self._held.pop(turn_id, None)
            if not self._held:
                self._changed.notify_all()

    def run_for_good(self) -> None:
        """Sweep from now on, also while this process has no turn of its own."""
        with self._changed:
            self._for_good = True
            self._start()

    def end_all(self, patience: float) -> None:
        """End what is running as failed, and wait until it is stored: before a worker stops."""
        with self._changed:
            for cancellation in list(self._held.values()):
                cancellation.stopped = True
                cancellation.cancel()
            self._changed.wait_for(lambda: not self._held, patience)

    def _is_idle(self) -> bool:
        return not self._held and not self._for_good

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="leases", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        if self._for_good:  # a worker that has just started may be there because another died
            self._keep()
        while True:
            with self._changed:
                if self._changed.wait_for(self._is_idle, self._app.config["TURN_LEASE"] / 3):
                    self._thread = None
                    return
            self._keep()

    def _keep(self) -> None:
        with self._changed:
            held = dict(self._held)
        try:
            with self._app.app_context():
                renewed = renew(held)
                sweep()
            for turn_id in held.keys() - renewed:
                held[turn_id].cancel()
        except DATABASE_AWAY as error:
            log.warning("Leases could not be renewed, which is tried again: %s", type(error).__name__)
        except Exception:
            log.exception("Leases could not be renewed, which is tried again")


def renew(turn_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Move the leases of these turns forward, in one statement; return those that are still active.

    A turn that its worker has reported alive is `streaming` from then on; a short one ends as it began, `pending`.
    """
    if not turn_ids:
        return set()
    renewed = db.session.scalars(
        update(ChatTurn)
        .where(ChatTurn.id.in_(turn_ids), ChatTurn.state.in_(ACTIVE_STATES))
        .values(state="streaming", lease_expires_at=new_lease())
        .returning(ChatTurn.id)
    ).all()
    db.session.commit()
    return set(renewed)


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
        try:
            end_turn(turn_id, ABANDONED)
        except DATABASE_AWAY:
            raise
        except Exception:  # the others must not wait for this one
            db.session.rollback()
            log.exception("turn %s: it could not be ended", turn_id)
    return len(ids)
