"""What every `flask seed` command says where the database is not ready for it: one line, and no trace."""

from pathlib import Path

import pytest
from click.testing import Result

from app import create_app
from app.extensions import db
from tests.databases import fresh_database, settings_for_tests

COMMANDS = [
    ["user", "--email", "sam@example.com", "--name", "Sam"],
    ["resume", "resume.json", "--user", "sam@example.com"],
    ["job", "job.txt", "--user", "sam@example.com"],
    ["demo"],
]


def seed(url: str, folder: Path, command: list[str]) -> Result:
    app = create_app(settings_for_tests(url, folder))
    result = app.test_cli_runner().invoke(args=["seed", *command])
    with app.app_context():
        db.engine.dispose()
    return result


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_without_tables_it_says_what_to_run(kind: str, tmp_path: Path) -> None:
    with fresh_database(kind, tmp_path) as url:
        for command in COMMANDS:
            result = seed(url, tmp_path, command)
            assert result.exit_code == 1
            assert result.output == "Error: The database is not at the newest revision: run `make migrate` first.\n"


def test_without_a_database_it_says_why_and_no_secret(tmp_path: Path) -> None:
    result = seed("postgresql://postgres:hunter2@127.0.0.1:1/gone", tmp_path, COMMANDS[0])
    assert result.exit_code == 1
    assert result.output.startswith("Error: The database does not answer: ")
    assert len(result.output.splitlines()) == 1
    assert "hunter2" not in result.output
