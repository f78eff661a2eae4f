"""How a request body is read: whole, within a size, before any transaction begins."""

from typing import Any

from flask import Flask, current_app, g, request
from werkzeug.exceptions import HTTPException

from app.errors import InvalidInput, PayloadTooLarge, UnsupportedMedia
from app.formats.json_text import parse_json

KB = 1024
DEFAULT_BYTES = 64 * KB
_BROKEN_OFF = "The body could not be read to its end."


def init_app(app: Flask) -> None:
    """Bound every body: by the route's own limit where `arguments(max_bytes=…)` gave one, else by the default."""
    app.config["MAX_CONTENT_LENGTH"] = DEFAULT_BYTES
    app.before_request(_apply_limit_of_route)


def _apply_limit_of_route() -> None:
    view: Any = current_app.view_functions.get(request.endpoint or "")
    method = getattr(getattr(view, "view_class", None), request.method.lower(), view)
    g.max_bytes = getattr(method, "max_bytes", DEFAULT_BYTES)
    # One more than allowed: a chunked body that reaches Werkzeug's limit is cut there without a word.
    request.max_content_length = g.max_bytes + 1


def receive() -> bytes:
    """Read the body once, up to its limit; raise `PayloadTooLarge`, or `InvalidInput` where it breaks off.

    It waits for the client, so it comes before the first query: a slow client must not hold a connection.
    """
    try:
        data = request.get_data(cache=True)
    except HTTPException:
        raise
    except Exception as error:  # every server has errors of its own for a body that is cut or badly framed
        raise InvalidInput(_BROKEN_OFF) from error
    if len(data) > g.max_bytes:
        raise PayloadTooLarge
    if len(data) < (request.content_length or 0):
        raise InvalidInput(_BROKEN_OFF)
    g.body_received = True
    return data


def is_unread() -> bool:
    """Whether so much of the body may still be on the wire that the connection is of no more use."""
    endless = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
    return "body_received" not in g and (endless or (request.content_length or 0) > DEFAULT_BYTES)


def read_json() -> Any:
    """The request's JSON value; None without a body."""
    if not request.content_type and not request.content_length and not receive():
        return None
    _check_media_type()
    return parse_json(read_text())


def read_text() -> str:
    """The body as text; a byte order mark may lead it."""
    try:
        return receive().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput("The body is not UTF-8.") from None


def _check_media_type() -> None:
    kind = request.mimetype
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise UnsupportedMedia
    if charset not in {"utf-8", "utf8"}:
        raise UnsupportedMedia("Send the body in UTF-8.")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMedia("Send the body uncompressed.")
