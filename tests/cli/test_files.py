"""Loading many files says what became of each, and one that is no good stops none of the others."""

from pathlib import Path

import pytest
from flask import Flask

from app.cli.files import BadFile, load_files, read_text
from app.errors import InvalidInput


@pytest.fixture(autouse=True)
def _context(app: Flask) -> object:
    with app.app_context():
        yield


def test_each_file_has_its_line_and_the_good_ones_are_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    loaded = []

    def load(path: Path) -> str:
        if path.name == "bad":
            raise BadFile("line 3: Not JSON.")
        if path.name == "worse":
            raise InvalidInput(fields={"work": ["At most 500 entries."]})
        if path.name == "gone":
            path.read_bytes()
        loaded.append(path.name)
        return "stored as 12"

    assert load_files([Path("bad"), Path("a"), Path("worse"), Path("gone"), Path("b")], load) == 3
    assert loaded == ["a", "b"]
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "[2/5] a  stored as 12",
        "[5/5] b  stored as 12",
        "2 of 5 files loaded, 3 failed.",
    ]
    assert err.splitlines() == [
        "[1/5] bad  FAILED: line 3: Not JSON.",
        "[3/5] worse  FAILED: The request is not valid. work: At most 500 entries.",
        "[4/5] gone  FAILED: No such file or directory.",
    ]


def test_a_programming_error_is_no_bad_file() -> None:
    def load(path: Path) -> str:
        raise KeyError(path)

    with pytest.raises(KeyError):
        load_files([Path("a")], load)


def test_text_is_read_as_utf8_with_or_without_a_mark(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"\xef\xbb\xbfcaf\xc3\xa9")
    assert read_text(file, limit=8) == "café"


def test_other_encodings_and_too_large_files_are_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"one\ntwo\ncaf\xe9")
    with pytest.raises(BadFile, match=r"line 3: It is not UTF-8 text \(byte 0xe9\)"):
        read_text(file, limit=1024)
    file.write_bytes(b"a" * 1025)
    with pytest.raises(BadFile, match="larger than 1 KB"):
        read_text(file, limit=1024)
