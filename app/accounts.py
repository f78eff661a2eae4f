"""Accounts: who somebody is, and the password that proves it."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from email_validator import validate_email
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app import logins, offload
from app.credits import open_account
from app.errors import Conflict, Unauthorized
from app.extensions import db
from app.logins import TokenPair
from app.models.accounts import UserProfile, get_user_by_email

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's argon2id
# The hash of a password that nobody knows, so that an unknown e-mail costs what a wrong password costs.
_NOBODYS_HASH = "$argon2id$v=19$m=19456,t=2,p=1$GqwwEEI8r86G6utEYrfSgA$uqVIaK9RQ2PVRG4cM6oS9AkQi5BSmvRE8c1TAScUgVk"


def normal_email(email: str) -> str:
    """The form in which an address is stored and looked up; raise `ValueError` with a sentence for what is none."""
    return validate_email(email, check_deliverability=False).normalized.lower()


def create_user(*, email: str, password: str, name: str) -> UserProfile:
    """Create an account for an e-mail in its normal form; raise `Conflict` if that is taken."""
    user = _add_user(email, password, name)
    db.session.commit()
    return user


def register(*, email: str, password: str, name: str) -> TokenPair:
    """Create an account and log it in, both or neither; raise `Conflict` for a taken e-mail."""
    return logins.open_login(_add_user(email, password, name))


def authenticate(*, email: str, password: str) -> TokenPair:
    """Log in; an unknown e-mail and a wrong password look and cost the same."""
    user = get_user_by_email(_as_stored(email))
    password_hash = user.password_hash if user else _NOBODYS_HASH
    user_id = user.id if user else None
    db.session.rollback()  # no transaction waits for a hash: on SQLite it would hold the write lock
    if not offload.run("hash", _verify, password_hash, password) or user_id is None:
        raise Unauthorized("Wrong e-mail address or password.")
    user = db.session.get(UserProfile, user_id)
    if user is None:
        raise Unauthorized
    return logins.open_login(user)


def set_password(user_id: int, password: str) -> None:
    """Give a user another password, and end every login made with the old one, access tokens included."""
    password_hash = offload.run("hash", _HASHER.hash, password)
    db.session.execute(update(UserProfile).where(UserProfile.id == user_id).values(password_hash=password_hash))
    logins.revoke_all(user_id)
    db.session.commit()


def _add_user(email: str, password: str, name: str) -> UserProfile:
    user = UserProfile(email=email, name=name, password_hash=offload.run("hash", _HASHER.hash, password))
    db.session.add(user)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise Conflict("There is already an account with this e-mail address.") from None
    open_account(user.id)
    return user


def _as_stored(email: str) -> str:
    """An address as it would be stored; what is none stays as it is, and is nobody's."""
    try:
        return normal_email(email)
    except ValueError:
        return email


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
