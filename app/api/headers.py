"""What every answer carries besides its body, and when its connection must end."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from app.api import body
from app.api.docs import DOCS_PATH

_NOTHING = "default-src 'none'; frame-ancestors 'none'"
_PAGE = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def init_app(app: Flask) -> None:
    """Add the headers, believe as many proxies as there are, and close what cannot be read on."""
    app.after_request(_complete)
    app.wsgi_app = _closing(app.wsgi_app)  # type: ignore[method-assign,assignment]
    if proxies := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]


def _complete(response: Response) -> Response:
    is_page = request.path == DOCS_PATH or request.path.startswith(f"{DOCS_PATH}/")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.setdefault("Content-Security-Policy", _PAGE if is_page else _NOTHING)
    if not is_page:
        response.headers.setdefault("Cache-Control", "no-store")
    if body.is_unread():
        response.headers["Connection"] = "close"
    return response


def _closing(application: Wsgi) -> Wsgi:
    """Carry `Connection: close` out in gunicorn, which ignores the header and would first read the body to its end."""

    def closing(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            force_close = getattr(getattr(start_response, "__self__", None), "force_close", None)
            if force_close is not None and ("Connection", "close") in headers:
                force_close()
            return start_response(status, headers, *more)

        return application(environ, start)

    return closing
