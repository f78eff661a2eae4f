"""The real server in a test: gunicorn with gevent workers, as `make run` starts it, on a database of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from pathlib import Path

import httpx
import psutil

from config import ROOT, Config
from tests.api_client import PASSWORD
from tests.databases import audit_database, migrated_database

START_SECONDS = 60
STOP_SECONDS = 20
READY = "Worker ready"
RUNNING: list["Server"] = []  # whose logs a failing test shows


class Server:
    """A running server. `url` is its address, `pids` its workers, `log` what it has printed so far."""

    def __init__(self, environ: dict[str, str], log_file: Path, application: str = "wsgi:app") -> None:
        self._application = application
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environ = environ | {"PORT": str(self.port)}
        self._log_file = log_file
        self._ready_before = 0
        self._clients: list[httpx.Client] = []
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pids(self) -> list[int]:
        """The workers' process ids, oldest first."""
        return sorted(child.pid for child in psutil.Process(self._running().pid).children())

    @property
    def log(self) -> str:
        return self._log_file.read_text(errors="replace")

    def start(self) -> None:
        """Start gunicorn and wait until every worker is ready and one has answered."""
        self._ready_before = self.log.count(READY) if self._log_file.exists() else 0
        with self._log_file.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", self._application],
                cwd=ROOT,
                env=self.environ,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._until_ready(int(self.environ["WEB_CONCURRENCY"]))

    def stop(self, signum: int = signal.SIGINT) -> None:
        """Stop at once; `SIGTERM` lets open answers end first."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.send_signal(signum)
        try:
            process.wait(STOP_SECONDS)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def restart(self) -> None:
        """Stop, and start again on the same address and database."""
        self.stop()
        self.start()

    def kill_worker(self, pid: int | None = None) -> int:
        """Kill a worker as the kernel would, return its id, and wait for the one that takes its place."""
        pid = pid or self.pids[0]
        self._ready_before = self.log.count(READY)
        os.kill(pid, signal.SIGKILL)
        self._until_ready(1)
        return pid

    def client(self, **headers: str) -> httpx.Client:
        """An HTTP client of this server, closed when the server stops for good."""
        client = httpx.Client(base_url=self.url, headers=headers, timeout=30, trust_env=False)
        self._clients.append(client)
        return client

    def user(self) -> httpx.Client:
        """A client with the token of somebody who has just registered."""
        account = {"email": f"user-{uuid.uuid4().hex[:12]}@example.com", "password": PASSWORD, "name": "Sarah Johnson"}
        with httpx.Client(base_url=self.url, timeout=30, trust_env=False) as anonymous:
            answer = anonymous.post("/api/v1/auth/register", json=account)
        assert answer.status_code == 201, answer.text
        return self.client(Authorization=f"Bearer {answer.json()['access_token']}")

    def close(self) -> None:
        """Stop, and close every client."""
        for client in self._clients:
            client.close()
        self.stop()

    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "The server is not running."
        return self._process

    def _until_ready(self, workers: int) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self.log.count(READY) < self._ready_before + workers or not self._answers():
            assert self._running().poll() is None, f"The server ended by itself:\n{self.log}"
            assert time.monotonic() < deadline, f"The server at {self.url} was not ready in time:\n{self.log}"
            time.sleep(0.05)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


@contextmanager
def running_server(
    folder: Path, *, database: str = "sqlite", workers: int = 1, application: str = "wsgi:app", **settings: str
) -> Iterator[Server]:
    """A server on a new database, with the settings of a test and those given.

    However it ended, and whatever was killed in it, every credit adds up afterwards.
    """
    with migrated_database(database, folder) as url:
        environ = _environ(DATABASE_URL=url, WEB_CONCURRENCY=str(workers), **settings)
        server = Server(environ, folder / "server.log", application)
        RUNNING.append(server)
        try:
            server.start()
            yield server
        finally:
            RUNNING.remove(server)
            server.close()
        assert audit_database(url, folder) == []


def _environ(**settings: str) -> dict[str, str]:
    """The environment of a test server; a setting left empty hides what a `.env` may say."""
    unset = {field.name: "" for field in fields(Config)}
    limits = {"RATE_LIMIT_TURNS": "100000 per minute", "RATE_LIMIT_AUTH": "100000 per minute"}
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return inherited | unset | limits | {"APP_ENV": "testing", "JWT_SECRET_KEY": "t" * 32} | settings


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
