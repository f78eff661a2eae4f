"""`flask seed resume`."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.files import load_files, read_text
from app.cli.users import Email, user_named
from app.formats.json_text import parse_json
from app.resumes import StoredResume, create_resume, get_same_resume

MAX_BYTES = 256 * 1024


@click.command("resume")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--user", "email", type=Email(), required=True, help="Whose resumes these are.")
@with_appcontext
def resume(files: tuple[Path, ...], email: str) -> None:
    """Load resumes from FILES: JSON Resume 1.x, its older drafts, or FRESH.

    A file that is no good is named with its reason, and the others still load; the exit code is then 1. A document
    that the user has already is not stored twice.

    \b
    Examples:
      flask seed resume resume.json --user sarah@example.com
      flask seed resume resumes/*.json --user sarah@example.com
    """
    user_id = user_named(email).id
    raise SystemExit(1 if load_files(files, lambda path: _load(path, user_id)) else 0)


def _load(path: Path, user_id: int) -> str:
    document = parse_json(read_text(path, limit=MAX_BYTES))
    same = get_same_resume(user_id, document)
    if same is not None:
        return f"unchanged, stored as {same.id}"
    stored = create_resume(user_id, document)
    return f"stored as {stored.resume.id}{_remarks(stored)}"


def _remarks(stored: StoredResume) -> str:
    receipt, resume = stored.receipt, stored.resume
    quotable = resume.summary, resume.work, resume.education, resume.projects, resume.skills, resume.other
    counts = (
        (len(receipt.renamed), "renamed"),
        (len(receipt.kept), "kept as extension"),
        (len(receipt.not_understood), "not understood"),
    )
    told = [f"{count} {what}" for count, what in counts if count]
    if not any(quotable):
        told.insert(0, "it holds nothing that an answer could quote")
    return f" ({', '.join(told)})" if told else ""
