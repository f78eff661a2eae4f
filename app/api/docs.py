"""`/openapi.json`, `/docs`, and `/` that names them: every route described, on a page that needs no network."""

from typing import Any

from flask import Flask
from flask_smorest import Api
from flask_swagger_ui import get_swaggerui_blueprint

from app.api import fields
from app.api.blueprints import ENVELOPE_ERROR, FLAT_ERROR

OPENAPI_PATH = "/openapi.json"
DOCS_PATH = "/docs"
_FIELDS = {
    "type": "object",
    "description": "What is wrong, by the place where it is: `work.2.name`.",
    "additionalProperties": {"type": "array", "items": {"type": "string"}},
}
_CODE = {"type": "string", "pattern": "^[A-Z_]+$"}
_FLAT = {
    "type": "object",
    "properties": {"error": {"type": "string"}, "code": _CODE, "fields": _FIELDS},
    "required": ["error", "code"],
    "additionalProperties": False,
}
_ENVELOPE = {
    "type": "object",
    "properties": {
        "success": {"const": False},
        "error": {
            "type": "object",
            "properties": {"code": _CODE, "message": {"type": "string"}, "fields": _FIELDS},
            "required": ["code", "message"],
            "additionalProperties": False,
        },
    },
    "required": ["success", "error"],
    "additionalProperties": False,
}


class Description(Api):  # type: ignore[misc]
    """flask-smorest's description, without its own forms of errors and pages: ours are the contract's."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Leave errors to `errors.py`."""

    def _register_responses(self) -> None:
        """Leave their form to `Blueprint`."""

    def _register_pagination_header(self) -> None:
        """Pages say where they are in their `meta`."""


def init_app(app: Flask) -> Description:
    """Serve the description and its page; what is registered on the result is described."""
    app.config.update(
        API_TITLE="Bespoke",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH=OPENAPI_PATH,
    )
    description = Description(app)
    description.register_converter(fields.KeyConverter, lambda _: fields.KEY)
    description.register_converter(fields.ReferenceConverter, lambda _: fields.NAMED)
    description.register_converter(fields.OrdinalConverter, lambda _: fields.ORDINAL)
    components = description.spec.components
    components.security_scheme("bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    for name, schema in ((FLAT_ERROR, _FLAT), (ENVELOPE_ERROR, _ENVELOPE)):
        components.schema(name, schema)
        components.response(name, _error_response(name))
    app.add_url_rule("/", "root", root)
    page = {"app_name": "Bespoke", "oauth2RedirectUrl": "", "persistAuthorization": True}
    app.register_blueprint(get_swaggerui_blueprint(DOCS_PATH, OPENAPI_PATH, config=page, blueprint_name="docs"))
    return description


def root() -> dict[str, str]:
    """Say what answers here, and where to read on."""
    return {"name": "Bespoke", "docs": DOCS_PATH, "openapi": OPENAPI_PATH, "health": "/healthz"}


def _error_response(schema: str) -> dict[str, Any]:
    return {
        "description": "Anything else that went wrong. 429 and 503 carry `Retry-After`, in seconds.",
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }
