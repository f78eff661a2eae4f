"""`flask credits grant|show|audit`: give credits away, look at an account, prove that all of them add up."""

import datetime as dt
from collections.abc import Iterable

import click
from sqlalchemy import select, text

from app.cli.groups import DatabaseGroup
from app.cli.users import Email, user_named
from app.credit_audit import CHECKS, audit, extent
from app.credits import get_or_open_account, grant
from app.extensions import db
from app.models.credits import CreditAccount, CreditEntry, CreditHold, list_entries

MOST, NOTE_CHARACTERS = 1_000_000, 200
SHOWN_IDS = 20

group = DatabaseGroup("credits", help="Grant credits, show an account, and audit them all.")


def _checked_note(_context: click.Context, _option: click.Parameter, note: str) -> str:
    if len(note) > NOTE_CHARACTERS or not note.isprintable():
        raise click.BadParameter(f"It must be one line of at most {NOTE_CHARACTERS} characters.")
    return note


@group.command("grant")
@click.option("--user", "email", type=Email(), required=True, help="Whose account it is.")
@click.option("--amount", type=click.IntRange(1, MOST), required=True, help="How many credits to add.")
@click.option("--note", default="", callback=_checked_note, help="Why, for the ledger; the user sees it.")
def grant_credits(email: str, amount: int, note: str) -> None:
    """Add credits to a user's account.

    \b
    Examples:
      flask credits grant --user sarah@example.com --amount 50
      flask credits grant --user sarah@example.com --amount 5 --note "Sorry for Tuesday"
    """
    account = grant(user_named(email).id, amount, note=note.strip())
    click.echo(f"{amount:,} granted. {email} has {_credits(account.balance)} now.")


@group.command("show")
@click.option("--user", "email", type=Email(), required=True, help="Whose account it is.")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many entries, the latest."
)
def show(email: str, limit: int) -> None:
    """Show what a user has, what of it is held for answers that still run, and the latest entries of the ledger.

    \b
    Examples:
      flask credits show --user sarah@example.com
      flask credits show --user sarah@example.com --limit 100
    """
    user_id = user_named(email).id
    account = get_or_open_account(user_id)
    entries = db.session.scalars(list_entries(user_id).limit(limit)).all()
    holds = db.session.scalars(
        select(CreditHold)
        .where(CreditHold.user_profile_id == user_id, CreditHold.state == "open")
        .order_by(CreditHold.created_at)
    ).all()
    click.echo("\n".join([*_summary(account), *_hold_lines(holds), *_entry_lines(entries)]))


@group.command("audit")
@click.option("--all", "every", is_flag=True, help=f"Print every offending id, not the first {SHOWN_IDS} of a check.")
def audit_credits(*, every: bool) -> None:
    """Check that every credit adds up, while the service runs or not; the exit code is 1 if one does not.

    \b
    Examples:
      flask credits audit
      flask credits audit --all > findings.txt
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SET LOCAL statement_timeout = 0"))  # the bound of requests is not for this
    found = {finding.check.name: finding.ids for finding in audit()}
    width = max(len(check.name) for check in CHECKS)
    for check in CHECKS:
        ids = found.get(check.name)
        click.echo(f"{'FAILED' if ids else 'ok':6}  {check.name:{width}}  {check.sentence}", nl=not ids)
        if ids:
            click.echo(f" Not so for {check.subjects} {_listed(ids, every=every)}")
    seen = extent()
    click.echo(f"Looked at {seen.accounts:,} accounts, {seen.entries:,} entries and {seen.holds:,} holds.")
    raise SystemExit(1 if found else 0)


def _listed(ids: tuple[str, ...], *, every: bool) -> str:
    shown = ids if every else ids[:SHOWN_IDS]
    more = len(ids) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")


def _summary(account: CreditAccount) -> list[str]:
    free = account.balance - account.held
    rows = [("Balance", account.balance), ("Held", account.held), ("Free to spend", free)]
    return [f"{name:14}{number:>10,}" for name, number in rows]


def _hold_lines(holds: Iterable[CreditHold]) -> list[str]:
    lines = [f"  turn {hold.turn_id}  {hold.amount:>9,}  since {_utc(hold.created_at)}" for hold in holds]
    return ["", "Open holds", *lines] if lines else []


def _entry_lines(entries: Iterable[CreditEntry]) -> list[str]:
    lines = [_entry_line(entry) for entry in entries]
    head = f"  {'time':20}  {'amount':>10}  {'balance':>10}  {'reason':8}turn or note"
    return ["", "Latest entries", head, *lines] if lines else ["", "The ledger is empty."]


def _entry_line(entry: CreditEntry) -> str:
    what = entry.turn_id or entry.note
    columns = f"{_utc(entry.created_at)}  {entry.amount:>+10,}  {entry.balance_after:>10,}  {entry.reason:8}{what}"
    return f"  {columns}".rstrip()


def _utc(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%SZ}"


def _credits(number: int) -> str:
    return f"{number:,} credit" if number == 1 else f"{number:,} credits"
