"""The ground that the other tests stand on holds."""

import socket

import pytest
from flask import Flask
from sqlalchemy import inspect

from app.extensions import db


def test_the_application_has_every_table_on_each_database(app: Flask) -> None:
    with app.app_context():
        assert set(db.metadata.tables) <= set(inspect(db.engine).get_table_names())


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.com", 80)])
def test_a_test_cannot_leave_the_machine(address: tuple[str, int]) -> None:
    with pytest.raises(pytest.fail.Exception, match="stay on this machine"):
        socket.create_connection(address, timeout=1)


def test_a_test_can_reach_its_own_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()
