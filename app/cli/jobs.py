"""`flask seed job`."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.files import load_files, read_text
from app.cli.users import Email, user_named
from app.formats.posting import LIMIT_BYTES, read_posting
from app.jobs import create_parsed_job, get_same_job


@click.command("job")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--user", "email", type=Email(), required=True, help="Whose postings these are.")
@click.option("--title", default="", help="The title, for postings that don't say it.")
@click.option("--company", default="", help="The company, for postings that don't say it.")
@with_appcontext
def job(files: tuple[Path, ...], email: str, title: str, company: str) -> None:
    """Load postings from FILES: text, Markdown, HTML, schema.org JSON-LD or JSON Resume's job form.

    What a file holds is told from its content, not from its name. A file that is no good is named with its reason, and
    the others still load; the exit code is then 1. A posting that the user has already is not stored twice. What
    --title and --company state wins over what is found.

    \b
    Examples:
      flask seed job posting.html --user sarah@example.com
      flask seed job notes.txt --user sarah@example.com --company Northwind
      flask seed job postings/* --user sarah@example.com
    """
    user_id = user_named(email).id
    raise SystemExit(1 if load_files(files, lambda path: _load(path, user_id, title, company)) else 0)


def _load(path: Path, user_id: int, title: str, company: str) -> str:
    posting = read_posting(read_text(path, limit=LIMIT_BYTES), title=title, company=company)
    named = f"({posting.source_format}: {posting.title}, {posting.company})"
    same = get_same_job(user_id, posting)
    if same is not None:
        return f"unchanged, stored as {same.id} {named}"
    return f"stored as {create_parsed_job(user_id, posting).id} {named}"
