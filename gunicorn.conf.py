"""How gunicorn serves the service: gevent workers, streams that may last, logs that a person can read.

The settings are read and checked here once, before any worker is started, so that a wrong one is one line on stderr.
gunicorn's gevent worker patches the process before it loads `wsgi.py`; nothing imported here or in `config` needs that.
"""

import errno
import logging
import os
import re
import signal
import socket
import sys
from typing import Any

from config import ConfigError, load

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

try:
    settings = load()
except ConfigError as error:
    sys.exit(f"bespoke: {error}")

host = "0.0.0.0" if settings.APP_ENV == "production" else "127.0.0.1"  # noqa: S104  (a container's port is its border)
bind = f"{host}:{settings.PORT}"
workers = settings.WEB_CONCURRENCY
worker_class = "gevent"
worker_connections = 2000  # open streams a worker takes before it stops accepting
preload_app = False  # a preloaded application would be imported before the patch
max_requests = 0  # recycling a worker would cut its streams
timeout = 60  # a worker whose loop stood still for so long is replaced
graceful_timeout = int(settings.MODEL_TOTAL_TIMEOUT) + 10  # longer than the longest turn
keepalive = 5  # a stopping worker waits for idle connections too; nginx as in README.md opens its own for each request
control_socket_disable = True
forwarded_allow_ips = ""  # proxies are counted by TRUSTED_PROXIES in the application, not believed here

accesslog = "-"
access_log_format = "%(m)s %(U)s %(s)s %(L)ss"  # no query, no headers, no address
quiet = {"level": "WARNING"}  # at INFO they chatter, at DEBUG they print whole requests: prompts and keys
quiet_loggers = ("alembic", "httpcore2", "httpx2", "openai", "sqlalchemy", "urllib3")


class OneLine(logging.Formatter):
    """One line a message: what a client sent, a path say, can neither begin another line nor colour this one."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  (logging's name)
        """Spell control characters out; a trace, which comes after the message, keeps its lines."""
        record.message = CONTROL.sub(lambda found: repr(found[0])[1:-1], record.message)
        return super().formatMessage(record)


logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": OneLine, "fmt": "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"level": settings.LOG_LEVEL, "handlers": ["stderr"]},
    "loggers": {
        "gunicorn.error": {"level": settings.LOG_LEVEL, "propagate": True, "handlers": []},
        "gunicorn.access": {"level": settings.LOG_LEVEL, "propagate": True, "handlers": []},
        **dict.fromkeys(quiet_loggers, quiet),
    },
}


def on_starting(server: Any) -> None:
    """Say in one line that the port is taken, where gunicorn would try five times and say it in ten."""
    if os.environ.get("GUNICORN_FD") or os.environ.get("LISTEN_FDS"):
        return  # the sockets are handed over, and are in use because of that
    for address, port in (one for one in server.cfg.address if isinstance(one, tuple)):
        try:
            socket.create_server((address, port)).close()
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                sys.exit(f"bespoke: Port {port} is in use: PORT={port + 1} make run")


def when_ready(_server: object) -> None:
    """Tell a developer where to look, and what to try first."""
    if settings.APP_ENV == "development":
        address = f"http://127.0.0.1:{settings.PORT}"
        print(f"\nBespoke answers at {address}, and describes itself at {address}/docs.", file=sys.stderr)  # noqa: T201
        print(f"Try: curl {address}/readyz    (README.md goes on from there; Ctrl-C stops)\n", file=sys.stderr)  # noqa: T201


def post_worker_init(worker: Any) -> None:
    """Make a worker ready, unless the database driver was imported before the patch: it would block the loop."""
    if settings.DATABASE_URL.startswith("postgresql"):
        from psycopg import waiting  # noqa: PLC0415  (in the worker, after the patch)

        if waiting.wait.__name__ != "wait_poll":
            raise RuntimeError("psycopg was imported before gevent patched the process.")
    from app import engine  # noqa: PLC0415

    engine.warm_up(worker.wsgi)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of us; the master then tells its workers once
    worker.log.info("Worker ready (pid: %s)", worker.pid)


def worker_exit(_server: object, worker: Any) -> None:
    """End the turns that a quick stop leaves behind; a graceful one has waited for them."""
    from app import engine  # noqa: PLC0415

    if getattr(worker, "wsgi", None):
        engine.wind_down(worker.wsgi)
