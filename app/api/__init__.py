"""The HTTP side: one folder a surface, one module a small resource."""

from flask import Flask
from flask_smorest import Api

from app.api import auth, body, errors, fields, health


def init_app(app: Flask) -> None:
    """Register every surface and resource, how errors look, and how requests are read."""
    app.url_map.strict_slashes = False  # a redirect would be HTML, and clients lose the body of a POST on it
    app.url_map.merge_slashes = False
    app.url_map.converters.update(reference=fields.ReferenceConverter, key=fields.KeyConverter)
    app.config.update(API_TITLE="Bespoke", API_VERSION="1", OPENAPI_VERSION="3.1.0", OPENAPI_URL_PREFIX="/")
    body.init_app(app)
    api = Api(app)
    errors.init_app(app)
    for module in (health, auth):
        api.register_blueprint(module.blp)
