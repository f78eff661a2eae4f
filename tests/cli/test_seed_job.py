"""`flask seed job` loads every form that the API takes, names what is no good, and is safe to repeat."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from tests.api_client import ApiUser
from tests.builders import a_resume

SAMPLES = Path(__file__).parents[1] / "data" / "postings"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "jobs"


def seed(app: Flask, user: ApiUser, *arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=["seed", "job", *map(str, arguments), "--user", user.email])


def stored(user: ApiUser) -> list[dict[str, object]]:
    return user.get("/api/v1/jobs?limit=100").get_json()["data"][::-1]


def test_every_format_is_loaded_with_a_line_each(app: Flask, user: ApiUser) -> None:
    files = sorted(SAMPLES.iterdir())
    result = seed(app, user, *files)
    assert result.exit_code == 0, result.output
    rows = stored(user)
    assert len(rows) == len(files)
    lines = result.output.splitlines()
    last = f"(text: {rows[-1]['title']}, {rows[-1]['company']})"
    assert lines[len(files) - 1] == f"[{len(files)}/{len(files)}] {files[-1]}  stored as {rows[-1]['id']} {last}"
    assert lines[-1] == f"{len(files)} of {len(files)} files loaded, 0 failed."


def test_a_file_loaded_twice_is_stored_once_whatever_its_name(app: Flask, user: ApiUser, tmp_path: Path) -> None:
    renamed = tmp_path / "posting.pdf"
    renamed.write_bytes(b"\xef\xbb\xbf" + (SAMPLES / "page.html").read_bytes())
    seed(app, user, SAMPLES / "page.html")
    result = seed(app, user, SAMPLES / "page.html", renamed)
    assert result.exit_code == 0
    assert result.output.count(f"unchanged, stored as {stored(user)[0]['id']}") == 2
    assert len(stored(user)) == 1


def test_what_a_file_does_not_say_is_stated(app: Flask, user: ApiUser, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("we need somebody who bakes.")
    result = seed(app, user, note)
    assert result.exit_code == 1
    assert "doesn't say its title and company: please state it." in result.output
    assert seed(app, user, note, "--title", "Baker", "--company", "Oven Street").exit_code == 0
    assert [(row["title"], row["company"]) for row in stored(user)] == [("Baker", "Oven Street")]


def test_bad_files_are_named_with_reason_and_line_and_the_others_load(
    app: Flask, user: ApiUser, tmp_path: Path
) -> None:
    bad = {
        "broken.json": (b'{"title": "A",\n"company": }', "line 2, column 12: Not JSON"),
        "latin1.txt": (b"Baker\nCaf\xe9 | Remote", "line 2: It is not UTF-8"),
        "empty.html": (b"<html><body><nav>Home</nav></body></html>", "description: Holds no text."),
        "large.txt": (b"a " * 110_000, "larger than 200 KB"),
        "field.json": (b'{"title": "A", "company": "B", "description": "C", "pay": 3}', "pay: Unknown field."),
        "list.json": (b"[1, 2]", "Holds no posting."),
        "resume.json": (json.dumps(a_resume()).encode(), "This is a resume, not a posting: "),
    }
    for name, (content, _) in bad.items():
        (tmp_path / name).write_bytes(content)
    files = [tmp_path / name for name in bad]
    result = seed(app, user, files[0], SAMPLES / "page.html", tmp_path / "missing.txt", *files[1:])
    assert result.exit_code == 1
    assert [row["title"] for row in stored(user)] == ["Data Analyst"]
    for name, (_, reason) in bad.items():
        line = next(line for line in result.output.splitlines() if name in line)
        assert "FAILED" in line
        assert reason in line
    assert "1 of 9 files loaded, 8 failed." in result.output


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared sample postings are not beside the project")
def test_real_files_load_but_for_those_that_name_no_company(app: Flask, user: ApiUser) -> None:
    files = sorted(SHARED.glob("*"))
    result = seed(app, user, *files)
    assert result.output.count("FAILED") == result.output.count("company: Could not be found") == 2
    assert len(stored(user)) == len(files) - 2
    seed(app, user, *files)
    assert len(stored(user)) == len(files) - 2
