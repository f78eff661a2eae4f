"""How often somebody may ask: windows that move, shared by all workers through Redis.

Without `REDIS_URL` the counts are this process's own. A Redis that is away never refuses anybody: its place is taken by
counts in memory until it answers again.
"""

import ipaddress
import logging
import math
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, current_app, g, request
from limits import parse_many
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from redis.backoff import NoBackoff
from redis.retry import Retry

from app.errors import RateLimited

P = ParamSpec("P")
R = TypeVar("R")
REDIS_PATIENCE = 0.5
REDIS_PAUSE = 5.0
_log = logging.getLogger(__name__)


class Limiter:
    """The counters of one application."""

    def __init__(self, redis_url: str) -> None:
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._shared: MovingWindowRateLimiter | None = None
        self._away_until = 0.0
        self._away = False
        if redis_url:
            options: dict[str, Any] = {
                "socket_connect_timeout": REDIS_PATIENCE,
                "socket_timeout": REDIS_PATIENCE,
                "retry": Retry(NoBackoff(), 1),  # the client's own three retries sleep for seconds
            }
            storage: Any = storage_from_string(redis_url, wrap_exceptions=True, key_prefix="bespoke", **options)
            self._shared = MovingWindowRateLimiter(storage)

    def hit(self, limits: str, *key: str) -> None:
        """Count one call of `key` against `"20 per minute"` (or several, by `;`); raise `RateLimited` over it."""
        if self._shared is not None and time.monotonic() >= self._away_until:
            try:
                _count(self._shared, limits, key)
            except StorageError:
                self._step_in()
            else:
                self._step_back()
                return
        _count(self._own, limits, key)

    def _step_in(self) -> None:
        self._away_until = time.monotonic() + REDIS_PAUSE
        if not self._away:
            _log.warning("Redis is out of reach: limits are counted by each process until it answers.")
        self._away = True

    def _step_back(self) -> None:
        if self._away:
            _log.warning("Redis answers again: limits are shared.")
        self._away = False


def _count(counter: MovingWindowRateLimiter, limits: str, key: tuple[str, ...]) -> None:
    for limit in parse_many(limits):
        if not counter.hit(limit, *key):
            reset_at = counter.get_window_stats(limit, *key).reset_time
            raise RateLimited(retry_after=max(1, math.ceil(reset_at - time.time())))


def init_app(app: Flask) -> None:
    """Give the application counters of its own."""
    app.extensions["limits"] = Limiter(app.config["REDIS_URL"])


def limit_turns(view: Callable[P, R]) -> Callable[P, R]:
    """Bound the turns of a user by `RATE_LIMIT_TURNS`; below `signed_in`."""
    return _limited(view, "RATE_LIMIT_TURNS", lambda: str(g.user_id))


def limit_auth(view: Callable[P, R]) -> Callable[P, R]:
    """Bound the calls of a client's address by `RATE_LIMIT_AUTH`."""
    return _limited(view, "RATE_LIMIT_AUTH", _client_network)


def _limited(view: Callable[P, R], setting: str, key: Callable[[], str]) -> Callable[P, R]:
    @wraps(view)
    def limited(*args: P.args, **kwargs: P.kwargs) -> R:
        current_app.extensions["limits"].hit(current_app.config[setting], setting, key())
        return view(*args, **kwargs)

    described: Any = limited
    described.raises = {RateLimited, *getattr(view, "raises", ())}
    return limited


def _client_network() -> str:
    """The client's address; of IPv6 its /64, of which one household has every address."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return request.remote_addr or "unknown"
    if address.version == 4 or address.ipv4_mapped:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))
