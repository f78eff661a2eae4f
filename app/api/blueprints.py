"""The blueprint that every resource and surface uses: strict bodies in, the contract's errors documented."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, NoReturn, TypeVar

import flask_smorest
from marshmallow import Schema, ValidationError
from webargs import core
from webargs.flaskparser import FlaskParser

from app.api import body
from app.errors import InvalidInput

View = TypeVar("View", bound=Callable[..., Any])
MAX_NAMED = 50


class StrictParser(FlaskParser):  # type: ignore[misc]
    """Reads bodies through `body`, and raises `InvalidInput` with `fields` as dotted paths."""

    DEFAULT_VALIDATION_STATUS = 400

    def load_json(self, req: object, schema: Schema) -> Any:
        """The body's value; none at all counts as an empty object."""
        value = body.read_json()
        return core.missing if value is None and not body.receive() else value

    def handle_error(self, error: ValidationError, *args: object, **kwargs: object) -> NoReturn:
        """Name every field that is wrong, up to a bound."""
        (messages,) = error.normalized_messages().values()
        raise InvalidInput(fields=dict(islice(_flat(messages), MAX_NAMED))) from None


def _flat(messages: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    if not isinstance(messages, Mapping):
        yield ".".join(path) or "body", messages
        return
    for name, below in messages.items():
        yield from _flat(below, path if name == "_schema" else (*path, body.shown(str(name))))


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]
    """A flask-smorest blueprint. Order of decorators: `route`, `signed_in`, a limit, `arguments`, `response`."""

    ARGUMENTS_PARSER = StrictParser()

    def arguments(
        self, schema: Any, *, location: str = "json", max_bytes: int | None = None, **kwargs: Any
    ) -> Callable[[View], View]:
        """Pass the validated body (or query) to the view; `max_bytes` bounds this route's body instead of 64 KB."""
        decorate = super().arguments(schema, location=location, **kwargs)

        def decorator(view: View) -> View:
            decorated: View = decorate(view)
            if max_bytes is not None:
                decorated.max_bytes = max_bytes  # type: ignore[attr-defined]
            return decorated

        return decorator
