"""More applications than one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.extensions import db
from tests.databases import settings_for_tests


@pytest.fixture
def another_app(tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Make applications with settings of their own: `another_app(url, RATE_LIMIT_AUTH="1 per minute")`."""
    made = []

    def make(url: str, **settings: str) -> Flask:
        made.append(create_app(settings_for_tests(url, tmp_path, **settings)))
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()
