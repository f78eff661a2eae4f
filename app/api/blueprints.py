"""The blueprint that every resource and surface uses: strict bodies in, the contract's errors documented."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, NoReturn, TypeVar

import flask
import flask_smorest
from marshmallow import Schema, ValidationError
from webargs import core
from webargs.flaskparser import FlaskParser

from app.api import body, errors
from app.errors import InvalidInput

View = TypeVar("View", bound=Callable[..., Any])
MAX_NAMED = 50
FLAT_ERROR = "FlatError"
ENVELOPE_ERROR = "EnvelopeError"


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
        yield from _flat(below, path if name == "_schema" else (*path, body.shown(str(name))))


class Blueprint(flask_smorest.Blueprint, flask.Blueprint):  # type: ignore[misc]
    """A flask-smorest blueprint. Order of decorators: `route`, `signed_in`, a limit, `arguments`, `response`."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._prepare_doc_cbks += [self._prepare_streams_doc, self._prepare_errors_doc]

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

    def response(
        self, status_code: int, schema: Any = None, **kwargs: Any
    ) -> Callable[[Callable[..., Any]], Callable[..., flask.Response]]:
        """Document the answer, and dump what the view returns unless it is a response already."""
        decorate: Callable[[Callable[..., Any]], Callable[..., flask.Response]] = super().response(
            status_code, schema, **kwargs
        )
        return decorate

    def alt_response(self, status_code: int, **kwargs: Any) -> Callable[[View], View]:
        """Document another answer."""
        decorate: Callable[[View], View] = super().alt_response(status_code, **kwargs)
        return decorate

    def streams(self, *statuses: int, **events: Any) -> Callable[[View], View]:
        """Document the same answer as server-sent events: the name of each, and the schema of its JSON data."""

        def decorator(view: View) -> View:
            documented: Any = view
            documented._apidoc = {**getattr(view, "_apidoc", {}), "streams": (statuses, events)}  # noqa: SLF001
            return view

        return decorator

    def doc(self, **kwargs: Any) -> Callable[[View], View]:
        """Document what decorators cannot know, in OpenAPI's words."""
        decorate: Callable[[View], View] = super().doc(**kwargs)
        return decorate

    def _prepare_streams_doc(
        self, doc: dict[str, Any], doc_info: dict[str, Any], *, api: Any, **_: object
    ) -> dict[str, Any]:
        statuses, events = doc_info.get("streams", ((), {}))
        resolve = api.ma_plugin.resolver.resolve_schema_dict
        frames = [_frame(name, resolve(schema)) for name, schema in events.items()]
        for status in statuses:
            doc["responses"][status]["content"]["text/event-stream"] = {"schema": {"oneOf": frames}}
        return doc

    def _prepare_errors_doc(self, doc: dict[str, Any], doc_info: dict[str, Any], **_: object) -> dict[str, Any]:
        """Document every error in the form that this blueprint's path has."""
        error = FLAT_ERROR if errors.is_flat(f"{self.url_prefix}/") else ENVELOPE_ERROR
        statuses = ["default"]
        if "security" in doc_info.get("manual_doc", {}):
            statuses.append("401")
        if "requestBody" in doc:
            statuses += ["413", "415"]
        responses = doc.setdefault("responses", {})
        responses.pop(400, None)  # flask-smorest's own
        if "arguments" in doc_info:
            statuses.append("400")
        responses.update(dict.fromkeys(statuses, error))
        return doc


def _frame(name: str, data: dict[str, Any]) -> dict[str, Any]:
    """One event of a stream, its data a string of JSON, in JSON Schema's words."""
    content = {"type": "string", "contentMediaType": "application/json", "contentSchema": data}
    return {"type": "object", "properties": {"event": {"const": name}, "data": content}, "required": ["event", "data"]}
