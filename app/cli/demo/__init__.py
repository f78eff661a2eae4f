"""`flask seed demo`: a person, a resume and three postings, written for this project, to try the service with."""

import json
import secrets
import shlex
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import exists, select

from app import accounts
from app.cli.users import LONGEST, SHORTEST, Email
from app.errors import Conflict
from app.extensions import db
from app.formats.posting import read_posting
from app.jobs import create_parsed_job, get_same_job
from app.models.accounts import UserProfile, get_user_by_email
from app.resumes import create_resume, get_same_resume

HERE = Path(__file__).parent
RESUME = HERE / "resume.json"
POSTINGS = HERE / "postings"
EMAIL, NAME = "demo@example.com", "Nora Belmonte"


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Do nothing in production, or if there is any user already.")
@click.option("--email", type=Email(), default=EMAIL, show_default=True, help="The demo user's address.")
@click.option("--password", help=f"{SHORTEST} to {LONGEST} characters; without it, one is made and shown once.")
@click.option("--reset-password", is_flag=True, help="Give a demo user who exists another password.")
@with_appcontext
def demo(*, if_empty: bool, email: str, password: str | None, reset_password: bool) -> None:
    """Create a demo user with a resume and three postings, and print what to try with them.

    What is there already is left alone, except for a password with --reset-password.

    \b
    Examples:
      flask seed demo
      flask seed demo --if-empty
      flask seed demo --reset-password
    """
    if password is not None and not SHORTEST <= len(password) <= LONGEST:
        raise click.BadParameter(f"It must have {SHORTEST} to {LONGEST} characters.", param_hint="--password")
    if if_empty and current_app.config["APP_ENV"] == "production":
        click.echo("This is production: no demo data.")
        return
    if if_empty and db.session.scalar(select(exists().where(UserProfile.id.is_not(None)))):
        click.echo("There are users already: no demo data needed.")
        return
    known = _seed_user(email, password, reset=reset_password)
    user = get_user_by_email(email)
    if user is None:
        raise click.ClickException(f"{email} was deleted meanwhile. Run the command again.")
    user_id = user.id
    _seed_resume(user_id)
    job_ids = [_seed_posting(user_id, path) for path in sorted(POSTINGS.iterdir())]
    click.echo(_what_to_try(email, known, job_ids[0]))


def _seed_user(email: str, password: str | None, *, reset: bool) -> str:
    """Create the user, or say that there is one; return the password if it is known."""
    chosen = password or secrets.token_urlsafe(12)
    shown = "" if password else f"\nPassword (shown only now): {chosen}"
    try:
        accounts.create_user(email=email, password=chosen, name=NAME)
    except Conflict:
        user = get_user_by_email(email)
        if user is None or not reset:
            click.echo(f"{email} exists already, with its password. To set another: flask seed demo --reset-password")
            return ""
        accounts.set_password(user.id, chosen)
        click.echo(f"{email} has another password now; its logins have ended.{shown}")
        return chosen
    click.echo(f"{email} created.{shown}")
    return chosen


def _seed_resume(user_id: int) -> None:
    document = json.loads(RESUME.read_text(encoding="utf-8"))
    same = get_same_resume(user_id, document)
    resume = same or create_resume(user_id, document).resume
    default = " (default)" if resume.is_default else ""
    click.echo(f"Resume {resume.id}: {resume.title}{default}{', was there already' if same else ''}")


def _seed_posting(user_id: int, path: Path) -> int:
    posting = read_posting(path.read_text(encoding="utf-8"))
    same = get_same_job(user_id, posting)
    job = same or create_parsed_job(user_id, posting)
    click.echo(f"Posting {job.id}: {job.title}, {job.company}{', was there already' if same else ''}")
    return job.id


def _what_to_try(email: str, password: str, job_id: int) -> str:
    """Two commands that log in and ask about the first job, ready to paste."""
    base = f"http://127.0.0.1:{current_app.config['PORT']}"
    login = json.dumps({"email": email, "password": password or "YOUR PASSWORD"})
    question = json.dumps({"job_id": job_id, "question": "How can I tailor my resume for this role?"})
    as_json = "-H 'Content-Type: application/json'"
    take_token = "python3 -c 'import json, sys; print(json.load(sys.stdin)[\"access_token\"])'"  # noqa: S105
    return (
        "\nWith the server running, log in and ask:\n\n"
        f"TOKEN=$(curl -s {base}/api/v1/auth/login {as_json} -d {shlex.quote(login)} | {take_token})\n"
        f"curl -N {base}/api/chat/start -H \"Authorization: Bearer $TOKEN\" -H 'Accept: text/event-stream' {as_json} "
        f"-d {shlex.quote(question)}"
    )
