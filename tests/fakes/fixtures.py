"""The fakes as pytest fixtures; tests/conftest.py names this module in `pytest_plugins`."""

from collections.abc import Iterator

import pytest

from tests.fakes.upstream import Upstream


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as server:
        yield server
