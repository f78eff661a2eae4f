"""Loading many files from a command: a line of progress a file, a bad one named, the others still loaded."""

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from app.errors import AppError
from app.extensions import db


class BadFile(Exception):
    """A file that cannot be read; the message is a sentence for the operator, with the line where there is one."""


def load_files(paths: Sequence[Path], load: Callable[[Path], str]) -> int:
    """Call `load` with each path, print what it returns, and return how many failed.

    `load` stores one file and commits; it returns a few words ("stored as 12", "unchanged"), and raises `BadFile`,
    an `AppError` or an `OSError` for a file that is no good. Prints `[2/14] cv.json  stored as 12` or
    `[3/14] broken.json  FAILED: line 7: …` (on stderr), and a summary when there is more than one file. The caller
    ends with exit code 1 if anything failed: `raise SystemExit(1 if load_files(files, load) else 0)`.
    """
    failed = 0
    for number, path in enumerate(paths, start=1):
        start = f"[{number}/{len(paths)}] {path}  "
        try:
            click.echo(start + load(path))
        except (BadFile, AppError, OSError) as error:
            db.session.rollback()
            failed += 1
            click.echo(f"{start}FAILED: {_reason(error)}", err=True)
    if len(paths) > 1:
        click.echo(f"{len(paths) - failed} of {len(paths)} files loaded, {failed} failed.")
    return failed


def read_text(path: Path, *, limit: int) -> str:
    """Return a file's text; raise `BadFile` if it is over `limit` bytes, or not UTF-8 (a byte order mark may lead)."""
    with path.open("rb") as file:
        raw = file.read(limit + 1)
    if len(raw) > limit:
        raise BadFile(f"It is larger than {limit // 1024} KB.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadFile(f"line {line}: It is not UTF-8 text (byte {raw[error.start]:#04x}).") from None


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.strerror or error}."
    if isinstance(error, AppError) and error.fields:
        return f"{error.sentence} " + "; ".join(f"{name}: {_flat(value)}" for name, value in error.fields.items())
    return str(error)


def _flat(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
