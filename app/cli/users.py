"""`flask seed user`, and how other commands name one."""

import secrets

import click
from flask.cli import with_appcontext

from app import accounts
from app.errors import Conflict
from app.models.accounts import UserProfile, get_user_by_email

SHORTEST, LONGEST = 8, 128


class Email(click.ParamType[str]):
    """An e-mail address, in the form in which accounts are stored."""

    name = "email"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the normal form."""
        try:
            return accounts.normal_email(value)
        except ValueError as error:
            self.fail(f"{value!r}: {error}", param, ctx)


def user_named(email: str) -> UserProfile:
    """The account with this e-mail address; ends the command with what to do if there is none."""
    user = get_user_by_email(email)
    if user is None:
        raise click.ClickException(f"There is no user {email}. Create one: flask seed user --email {email} --name NAME")
    return user


@click.command("user")
@click.option("--email", type=Email(), required=True, help="The address to log in with.")
@click.option("--name", required=True, help="The person's name.")
@click.option("--password", help=f"{SHORTEST} to {LONGEST} characters; without it, one is made and shown once.")
@with_appcontext
def user(email: str, name: str, password: str | None) -> None:
    """Create a user. One who exists already is left alone.

    \b
    Examples:
      flask seed user --email sarah@example.com --name "Sarah Johnson"
      flask seed user --email sarah@example.com --name Sarah --password "correct horse"
    """
    if not 0 < len(name.strip()) <= 200:
        raise click.BadParameter("The name must have 1 to 200 characters.", param_hint="--name")
    if password is not None and not SHORTEST <= len(password) <= LONGEST:
        raise click.BadParameter(f"It must have {SHORTEST} to {LONGEST} characters.", param_hint="--password")
    chosen = password or secrets.token_urlsafe(12)
    try:
        accounts.create_user(email=email, password=chosen, name=name.strip())
    except Conflict:
        click.echo(f"{email} exists already: unchanged.")
        return
    click.echo(f"{email} created.")
    if password is None:
        click.echo(f"Password (shown only now): {chosen}")
