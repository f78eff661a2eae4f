"""How a request body is read: strict JSON, within a size, before any transaction begins.

The standard parser takes NaN, duplicate keys, lone surrogates and NUL; a database or a client later does not. What is
wrong is answered with 400 and the place where it is, `work.2.name`.
"""

import json
import math
import re
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from flask import Flask, current_app, g, request
from werkzeug.exceptions import HTTPException

from app.errors import InvalidInput, PayloadTooLarge, UnsupportedMedia

KB = 1024
DEFAULT_BYTES = 64 * KB
MAX_DEPTH = 64
MAX_INTEGER = 2**63 - 1
_BROKEN_OFF = "The body could not be read to its end."
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


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
    return parse(receive())


def _check_media_type() -> None:
    kind = request.mimetype
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise UnsupportedMedia
    if charset not in {"utf-8", "utf8"}:
        raise UnsupportedMedia("Send the body in UTF-8.")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMedia("Send the body uncompressed.")


def parse(data: bytes) -> Any:
    """One JSON value that every database can store, or `InvalidInput` that names the place."""
    try:
        value = json.loads(data.decode(), object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise InvalidInput("The body is not UTF-8.") from None
    except json.JSONDecodeError as error:
        raise InvalidInput(f"The body is not JSON: {error.msg} at line {error.lineno}.") from None
    except RecursionError:
        raise InvalidInput("The body is nested too deeply.") from None
    except ValueError:
        raise InvalidInput("The body holds a number that is too long.") from None
    problems = {path: [problem] for path, problem in _problems(value, (), 0)}
    if problems:
        raise InvalidInput(fields=problems)
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise InvalidInput(fields={shown(twice): ["Given twice."]})
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise InvalidInput(f"The body is not JSON: {name} is no JSON number.")


def _problems(value: Any, path: tuple[str, ...], depth: int) -> Iterator[tuple[str, str]]:
    if depth > MAX_DEPTH:
        raise InvalidInput("The body is nested too deeply.")
    check = _CHECKS.get(type(value))
    if check is not None and (problem := check(value)):
        yield ".".join(path) or "body", problem
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _problems(item, (*path, str(number)), depth + 1)
    elif isinstance(value, dict):
        for name, item in value.items():
            below = (*path, shown(name))
            if problem := _check_text(name):
                yield ".".join(below), problem
            yield from _problems(item, below, depth + 1)


def _check_text(value: str) -> str:
    found = _UNSTORABLE.search(value)
    if not found:
        return ""
    return "Must not contain NUL." if found[0] == "\0" else "Must not contain half a surrogate pair."


def _check_integer(value: int) -> str:
    return "" if abs(value) <= MAX_INTEGER else "Is too large a number."


def _check_number(value: float) -> str:
    return "" if math.isfinite(value) else "Is too large a number."


_CHECKS: dict[type, Callable[[Any], str]] = {str: _check_text, int: _check_integer, float: _check_number}


def shown(name: str) -> str:
    """A field's name as it may be repeated in an answer: bounded, and without what cannot be encoded."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", name[:100])
