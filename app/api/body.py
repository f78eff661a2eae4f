"""How a request body is read: whole, within a size, before any transaction begins."""

from collections.abc import Callable, Collection
from io import BytesIO
from typing import Any, TypeVar

from flask import Flask, current_app, g, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from app.errors import InvalidInput, PayloadTooLarge, UnsupportedMedia
from app.formats.json_text import parse_json, printable

View = TypeVar("View", bound=Callable[..., Any])
KB = 1024
DEFAULT_BYTES = 64 * KB
FORM = "multipart/form-data"
FORM_PARTS = 10
_ONE_FILE = "Send one file."
_BAD_FORM = "The form could not be read."
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


def limited(max_bytes: int) -> Callable[[View], View]:
    """Bound the body of a route that takes no JSON; the others say it with `arguments(max_bytes=…)`."""

    def decorator(view: View) -> View:
        limited_view: Any = view
        limited_view.max_bytes = max_bytes
        return view

    return decorator


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


def read_file(name: str, media_types: Collection[str]) -> bytes:
    """The one file of a form (`multipart/form-data`), in its field `name`, or the body itself as one of these types.

    What the form says of its file, a path perhaps, is not looked at; nothing is written to disk.
    """
    kind = request.mimetype
    if kind not in {FORM, *media_types}:
        raise UnsupportedMedia(f"Send the file as {FORM}, or the body as {' or '.join(media_types)}.")
    _check_not_encoded()
    return _file_of_form(receive(), name) if kind == FORM else receive()


def _file_of_form(body: bytes, name: str) -> bytes:
    # Of the memory too, all that the body has may be taken: Werkzeug counts the chunk in hand and what it left of the
    # one before, so that a lower limit refuses files by where a line of theirs happens to end.
    parser = FormDataParser(
        stream_factory=lambda *_, **__: BytesIO(),
        max_form_memory_size=len(body),
        max_form_parts=FORM_PARTS,
        silent=False,
    )
    try:
        _, fields, files = parser.parse(BytesIO(body), FORM, len(body), request.mimetype_params)
    except (ValueError, RequestEntityTooLarge):  # Werkzeug's own for a form that is broken, or has too many parts
        raise InvalidInput(_BAD_FORM) from None
    unknown = [printable(each) for each in (*fields, *files) if each != name]
    if unknown:
        raise InvalidInput(fields={each: ["Unknown field."] for each in unknown})
    if len(found := files.getlist(name)) != 1:
        raise InvalidInput(fields={name: [_ONE_FILE]})
    data: bytes = found[0].read()
    return data


def _check_media_type() -> None:
    kind = request.mimetype
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise UnsupportedMedia
    if charset not in {"utf-8", "utf8"}:
        raise UnsupportedMedia("Send the body in UTF-8.")
    _check_not_encoded()


def _check_not_encoded() -> None:
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMedia("Send the body uncompressed.")
