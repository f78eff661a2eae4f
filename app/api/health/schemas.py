"""What `/healthz` and `/readyz` give."""

from marshmallow import fields, validate

from app.api.schemas import Schema


class LiveSchema(Schema):
    """The process answers."""

    status = fields.String(required=True, validate=validate.OneOf(["ok"]))


class ReadySchema(Schema):
    """Each check by name: `ok` or `failed`."""

    status = fields.String(required=True, validate=validate.OneOf(["ready", "not ready"]))
    checks = fields.Dict(
        keys=fields.String(), values=fields.String(validate=validate.OneOf(["ok", "failed"])), required=True
    )
