"""The blueprint that every resource and surface uses: strict bodies in, and a description made from the decorators."""

from collections.abc import Callable
from typing import Any, TypeVar

import flask
import flask_smorest

from app.api import errors
from app.api.decorators import raises
from app.api.parsing import StrictParser
from app.api.repeats import HEADER, REPLAYED
from app.errors import (
    AppError,
    Conflict,
    InvalidInput,
    KeyReused,
    ModelFailed,
    ModelTimeout,
    ModelUnavailable,
    NotFound,
    PayloadTooLarge,
    RateLimited,
    UnsupportedMedia,
)

View = TypeVar("View", bound=Callable[..., Any])
FLAT_ERROR = "FlatError"
ENVELOPE_ERROR = "EnvelopeError"
MODEL_ERRORS = {ModelFailed, ModelUnavailable, ModelTimeout}
TURN_ID = {"description": "The turn, `turn_id` in the history.", "schema": {"type": "string", "format": "uuid"}}
_KEY = {
    "in": "header",
    "name": HEADER,
    "description": (
        "Your own name for this request: sent again under the same name it is the same turn, whose answer is told "
        "again; 409 with `X-Turn-Id` while it runs, 422 for another request. A turn that failed, or was cancelled by "
        "going away, stays so under its name: make a new one to ask again."
    ),
    "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
}
_IS_REPLAYED = {
    "description": "`true` on an answer that was given before, to the first request with this key.",
    "schema": {"const": "true"},
}
_RETRY_AFTER = {"Retry-After": {"description": "In seconds.", "schema": {"type": "integer"}}}
HEADERS_OF = {RateLimited: _RETRY_AFTER, ModelUnavailable: _RETRY_AFTER}


class Blueprint(flask_smorest.Blueprint, flask.Blueprint):  # type: ignore[misc]
    """A flask-smorest blueprint. Order of decorators: `route`, `signed_in`, a limit, `arguments`, `response`."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._prepare_doc_cbks += [self._prepare_streams_doc, self._prepare_errors_doc]

    def route(self, rule: str, **options: Any) -> Callable[[View], View]:
        """Register a view; one whose path names a row may not find it."""
        register: Callable[[View], View] = super().route(rule, **options)
        return (lambda view: register(raises(NotFound)(view))) if "<" in rule else register

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
        """Document a route that starts a turn: its events, the name of each and the schema of its JSON data."""

        def decorator(view: View) -> View:
            documented: Any = view
            documented._apidoc = {**getattr(view, "_apidoc", {}), "streams": (statuses, events)}  # noqa: SLF001
            return view

        return decorator

    def doc(self, **kwargs: Any) -> Callable[[View], View]:
        """Document what decorators cannot know, in OpenAPI's words."""
        decorate: Callable[[View], View] = super().doc(**kwargs)
        return decorate

    def _store_endpoint_docs(self, endpoint: str, obj: Any, *args: Any, **kwargs: Any) -> None:
        """Keep what the view raises, and name its operation: as `doc(operationId=…)` says, else after the view."""
        super()._store_endpoint_docs(endpoint, obj, *args, **kwargs)
        methods = {name: doc for name, doc in self._docs[endpoint].items() if name != "parameters"}
        for number, (method, doc) in enumerate(methods.items()):
            doc["raises"] = getattr(obj, "raises", ())
            manual = doc.setdefault("manual_doc", {})
            first, *words = obj.__name__.split("_")
            name = manual.get("operationId", first + "".join(word.title() for word in words))
            manual["operationId"] = name if number == 0 else f"{name}By{method.title()}"

    def _prepare_streams_doc(
        self, doc: dict[str, Any], doc_info: dict[str, Any], *, api: Any, **_: object
    ) -> dict[str, Any]:
        statuses, events = doc_info.get("streams", ((), {}))
        resolve = api.ma_plugin.resolver.resolve_schema_dict
        frames = [_frame(name, resolve(schema)) for name, schema in events.items()]
        for status in statuses:
            doc["responses"][status].setdefault("content", {})["text/event-stream"] = {"schema": {"oneOf": frames}}
            doc["responses"][status]["headers"] = {"X-Turn-Id": TURN_ID, REPLAYED: _IS_REPLAYED}
        if statuses:
            doc["parameters"] = [*doc.get("parameters", ()), _KEY]
        return doc

    def _prepare_errors_doc(self, doc: dict[str, Any], doc_info: dict[str, Any], **_: object) -> dict[str, Any]:
        """Document every error that the decorators know of, in the form that this blueprint's path has."""
        form = FLAT_ERROR if errors.is_flat(f"{self.url_prefix}/") else ENVELOPE_ERROR
        raised = set(doc_info["raises"])
        if "arguments" in doc_info:
            raised.add(InvalidInput)
        if "requestBody" in doc:
            raised |= {PayloadTooLarge, UnsupportedMedia}
        if "streams" in doc_info:
            raised |= {Conflict, KeyReused}
            answers = [one for one in doc["responses"].values() if isinstance(one, dict)]
            if any("application/json" in one.get("content", ()) for one in answers):  # a stream says it in an event
                raised |= MODEL_ERRORS
        responses = doc.setdefault("responses", {})
        responses.pop(400, None)  # flask-smorest's own
        for error in sorted(raised, key=lambda error: error.status, reverse=True):  # of one status, the plainest wins
            named = error in MODEL_ERRORS or (error is Conflict and "streams" in doc_info)
            headers = HEADERS_OF.get(error, {}) | ({"X-Turn-Id": TURN_ID} if named else {})
            responses[str(errors.status_of(error, f"{self.url_prefix}/"))] = _error(error, form, headers)
        responses["default"] = form
        return doc


def _error(error: type[AppError], form: str, headers: dict[str, Any]) -> dict[str, Any]:
    meaning = (error.__doc__ or "").splitlines()[0]
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{form}"}}}
    described = {"description": f"`{error.code}`: {meaning}", "content": content}
    return described | {"headers": headers} if headers else described


def _frame(name: str, data: dict[str, Any]) -> dict[str, Any]:
    """One event of a stream, its data a string of JSON, in JSON Schema's words."""
    content = {"type": "string", "contentMediaType": "application/json", "contentSchema": data}
    return {"type": "object", "properties": {"event": {"const": name}, "data": content}, "required": ["event", "data"]}
