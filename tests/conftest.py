"""What every test stands on: an application on each database, users, a real server, and no way out of the machine."""

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.credit_audit import audit
from app.extensions import db
from tests.api_client import ApiUser, new_user
from tests.databases import migrated_database, settings_for_tests
from tests.server import RUNNING, Server, running_server

hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a migrated database of its own, once a database kind and test process.

    Tests keep apart by fresh users, never by emptying tables. Whatever they all did, every credit adds up in the end.
    """
    folder = tmp_path_factory.mktemp(request.param)
    with migrated_database(request.param, folder) as url:
        app = create_app(settings_for_tests(url, folder))
        yield app
        with app.app_context():
            found = audit()
            db.session.remove()
            db.engine.dispose()
        assert found == []


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody without a token."""
    return app.test_client()


@pytest.fixture
def user(app: Flask) -> ApiUser:
    """Somebody who has just registered."""
    return new_user(app)


@pytest.fixture
def other(app: Flask) -> ApiUser:
    """Somebody else."""
    return new_user(app)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Start real servers: `server(database="postgresql", workers=2, CHAT_MODEL="…")`; all stop after the module."""

    def start(**settings: str | int) -> Server:
        return running.enter_context(running_server(tmp_path_factory.mktemp("server"), **settings))

    with ExitStack() as running:
        yield start


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """Show the end of every running server's log beside a failure."""
    report = yield
    if report.failed:
        report.sections += [(f"Log of {server.url}", server.log[-8000:]) for server in RUNNING]
    return report


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for the network fails: connecting and looking up a name both stop at this machine."""

    def guarded(method: Callable[..., object]) -> Callable[..., object]:
        def connect(self: socket.socket, address: object) -> object:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                _refuse_foreign(address[0])
            return method(self, address)

        return connect

    look_up = socket.getaddrinfo

    def getaddrinfo(host: object, *args: object, **kwargs: object) -> object:
        _refuse_foreign(host)
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def _refuse_foreign(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return
    try:
        local = ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        local = False
    if not local:
        pytest.fail(f"A test reached for {name}: tests stay on this machine.", pytrace=True)
