"""`flask seed resume` loads every format that the API takes, says what it made of each file, and is safe to repeat."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.api_client import ApiUser
from tests.builders import a_resume

SAMPLES = Path(__file__).parents[1] / "data" / "resumes"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "resumes"


def seed(app: Flask, user: ApiUser, *files: Path) -> Result:
    return app.test_cli_runner().invoke(args=["seed", "resume", *map(str, files), "--user", user.email])


def stored(user: ApiUser) -> list[dict[str, object]]:
    return user.get("/api/v1/resumes?limit=100").get_json()["data"][::-1]


def test_every_format_is_loaded_with_a_line_each(app: Flask, user: ApiUser) -> None:
    files = [SAMPLES / name for name in ("modern.json", "old-names.json", "fresh.json", "wrong-types.json")]
    result = seed(app, user, *files)
    assert result.exit_code == 0
    rows = stored(user)
    assert [row["full_name"] for row in rows] == ["Inès Abara-Quint", "Teodor Lindqvist", "Marisol Okonjo", "42"]
    lines = result.output.splitlines()
    assert lines[0] == f"[1/4] {files[0]}  stored as {rows[0]['id']}"
    assert lines[1] == f"[2/4] {files[1]}  stored as {rows[1]['id']} (13 renamed)"
    assert lines[3].endswith("(23 not understood)")
    assert lines[4] == "4 of 4 files loaded, 0 failed."


def test_a_resume_without_anything_to_quote_is_said_to_be_so(app: Flask, user: ApiUser, tmp_path: Path) -> None:
    empty = tmp_path / "empty.json"
    empty.write_text(json.dumps({"basics": {"name": "Amara Osei"}, "work": []}))
    result = seed(app, user, empty)
    assert result.exit_code == 0
    assert "(it holds nothing that an answer could quote)" in result.output
    assert "nothing" not in seed(app, user, SAMPLES / "modern.json").output


def test_a_file_loaded_twice_is_stored_once(app: Flask, user: ApiUser, tmp_path: Path) -> None:
    first, again = tmp_path / "first.json", tmp_path / "again.json"
    first.write_text(json.dumps(a_resume()))
    again.write_text(json.dumps(a_resume(), indent=4, sort_keys=True))
    seed(app, user, first)
    result = seed(app, user, first, again)
    assert result.exit_code == 0
    assert result.output.count(f"unchanged, stored as {stored(user)[0]['id']}") == 2
    assert len(stored(user)) == 1


def test_bad_files_are_named_with_reason_and_line_and_the_others_load(
    app: Flask, user: ApiUser, tmp_path: Path
) -> None:
    bad = {
        "broken.json": (b'{"basics": {\n"name": "A",\n}}', "line 3, column 1: Not JSON"),
        "latin1.json": (b'{"basics":\n{"name": "Ren\xe9"}}', "line 2: It is not UTF-8"),
        "list.json": (b"[]", "A resume is a JSON object. body: Must be a JSON object."),
        "posting.json": (b'{"title": "Engineer"}', "none of its sections"),
        "large.json": (b" " * (256 * 1024 + 1), "larger than 256 KB"),
        "nul.json": (rb'{"basics": {"name": "\u0000"}}', "basics.name: Must not contain NUL."),
        "long.json": (json.dumps({"work": [{"name": "A"}] * 501}).encode(), "work: At most 500 entries."),
    }
    for name, (content, _) in bad.items():
        (tmp_path / name).write_bytes(content)
    files = [tmp_path / name for name in bad]
    result = seed(app, user, files[0], SAMPLES / "modern.json", tmp_path / "missing.json", *files[1:])
    assert result.exit_code == 1
    assert [row["full_name"] for row in stored(user)] == ["Inès Abara-Quint"]
    for name, (_, reason) in bad.items():
        line = next(line for line in result.output.splitlines() if name in line)
        assert "FAILED" in line
        assert reason in line
    assert "missing.json  FAILED: No such file or directory." in result.output
    assert "1 of 9 files loaded, 8 failed." in result.output


def test_an_unknown_user_is_told_how_to_be_created(app: Flask) -> None:
    files = [str(SAMPLES / "modern.json")]
    result = app.test_cli_runner().invoke(args=["seed", "resume", *files, "--user", "nobody@example.com"])
    assert result.exit_code == 1
    assert "flask seed user --email nobody@example.com" in result.output


@pytest.mark.skipif(not SHARED.exists(), reason="the sample resumes are not beside this checkout")
def test_real_files_all_load(app: Flask, user: ApiUser) -> None:
    files = sorted(path for path in SHARED.glob("**/*.json") if not path.name.startswith("_"))
    result = seed(app, user, *files)
    assert result.exit_code == 0, result.output
    assert len(stored(user)) == len(files)
