"""The `Idempotency-Key` header: how a client names a request, so that it can send it again without asking twice."""

import hashlib
import json
import re

from flask import request

from app.api import body
from app.engine.turns import RequestKey
from app.errors import InvalidInput

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
_KEY = re.compile(r"[\x21-\x7e]{1,255}")


def request_key() -> RequestKey | None:
    """The key that the request carries, with a hash of what it asks: its route and its JSON, however they are written.

    Whether it asks for a stream or for JSON is no part of it: a repeat may want the other.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not _KEY.fullmatch(key):
        raise InvalidInput(fields={HEADER: ["Must be 1 to 255 visible ASCII characters."]})
    route = [
        request.method,
        str(request.url_rule),
        {name: str(value) for name, value in (request.view_args or {}).items()},
    ]
    asked = json.dumps([route, body.read_json()], sort_keys=True)
    return RequestKey(key, hashlib.sha256(asked.encode()).hexdigest())
