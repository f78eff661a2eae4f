"""The operator's side: `flask seed …`, one module a noun, and `flask credits …`."""

from flask import Flask

from app.cli.credits import group as credits_group
from app.cli.demo import demo
from app.cli.jobs import job
from app.cli.resumes import resume
from app.cli.seed import seed
from app.cli.users import user


def init_app(app: Flask) -> None:
    """Register every command. What joins `flask seed` is a click command with `with_appcontext`, added here."""
    for command in (user, resume, job, demo):
        seed.add_command(command)
    app.cli.add_command(seed)
    app.cli.add_command(credits_group)
