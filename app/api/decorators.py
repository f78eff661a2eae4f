"""Who may call a view, and what it may answer besides the answer."""

from collections.abc import Callable
from copy import deepcopy
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import g, request

from app import logins
from app.api import body
from app.errors import AppError, Unauthorized

P = ParamSpec("P")
R = TypeVar("R")
View = TypeVar("View", bound=Callable[..., Any])


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """Let only the owner of a valid access token in; the outermost decorator, since 401 comes before all else.

    The token's signature needs no database, and the body is read before the first query, so that neither a forged token
    nor a slow client ever holds a connection (on SQLite, the one write lock).
    """

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        claims = logins.read_token(bearer_token(), "access")
        body.receive()
        g.user_id = logins.get_signed_in_user_id(claims)
        return view(*args, **kwargs)

    documented: Any = guarded
    documented._apidoc = deepcopy(getattr(view, "_apidoc", {}))  # noqa: SLF001  (flask-smorest's own place)
    documented._apidoc.setdefault("manual_doc", {})["security"] = [{"bearer": []}]  # noqa: SLF001
    return raises(Unauthorized)(guarded)


def raises(*errors: type[AppError]) -> Callable[[View], View]:
    """Say what a view may raise, for its description; what other decorators or its path raise is known."""

    def decorator(view: View) -> View:
        raising: Any = view
        raising.raises = {*errors, *getattr(view, "raises", ())}
        return view

    return decorator


def current_user_id() -> int:
    """The id of the user whose token the request carries; only below `signed_in`."""
    user_id: int = g.user_id
    return user_id


def bearer_token() -> str:
    """The token of the `Authorization` header, or `Unauthorized`. The scheme's case does not matter (RFC 9110)."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized
    return token.strip()
