"""What a view is given: the strict value of a body or a query, or an error that names every field that is wrong."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NoReturn

from marshmallow import Schema, ValidationError
from webargs import core
from webargs.flaskparser import FlaskParser

from app.api import body
from app.errors import InvalidInput
from app.formats.json_text import MAX_NAMED, printable


class StrictParser(FlaskParser):
    """Reads bodies through `body`, and raises `InvalidInput` with `fields` as dotted paths."""

    DEFAULT_VALIDATION_STATUS = 400

    def load_json(self, req: object, schema: Schema) -> Any:
        """The body's value; none at all counts as an empty object."""
        value = body.read_json()
        return core.missing if value is None and not body.receive() else value

    def handle_error(self, error: ValidationError, *args: object, **kwargs: object) -> NoReturn:
        """Name every field that is wrong, up to a bound."""
        (messages,) = error.messages_dict.values()
        raise InvalidInput(fields=dict(islice(_flat(messages), MAX_NAMED))) from None


def _flat(messages: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    if not isinstance(messages, Mapping):
        yield ".".join(path) or "body", messages
        return
    for name, below in messages.items():
        yield from _flat(below, path if name == "_schema" else (*path, printable(str(name))))
