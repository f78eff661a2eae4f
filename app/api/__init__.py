"""The HTTP side: one folder a surface, one module a small resource."""

from flask import Flask

from app.api import (
    auth,
    body,
    chat,
    cv_builder,
    docs,
    documents,
    errors,
    fields,
    headers,
    health,
    jobs,
    match,
    resumes,
    studio,
    v1_chat,
)
from app.api import credits as ledger


def init_app(app: Flask) -> None:
    """Register every surface and resource, how errors look, and how requests are read."""
    app.url_map.strict_slashes = False  # a redirect would be HTML, and clients lose a POST's body on it
    app.url_map.merge_slashes = False
    app.url_map.converters.update(
        reference=fields.ReferenceConverter, key=fields.KeyConverter, ordinal=fields.OrdinalConverter
    )
    headers.init_app(app)
    body.init_app(app)
    errors.init_app(app)
    health.init_app(app)
    description = docs.init_app(app)
    resources = (health, auth, resumes, jobs, match, ledger, documents)
    surfaces = (chat, studio, cv_builder, v1_chat)
    for resource in (*resources, *surfaces):
        description.register_blueprint(resource.blueprint)
