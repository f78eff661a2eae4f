"""What `/v1/ai/credits` gives."""

from marshmallow import fields, validate

from app.api.pagination import MetaSchema
from app.api.schemas import Schema


class EntrySchema(Schema):
    """A line of the ledger; none is ever changed."""

    id = fields.Integer(required=True)
    amount = fields.Integer(required=True, metadata={"description": "Positive for what came in, negative for a price."})
    balance_after = fields.Integer(required=True)
    reason = fields.String(required=True, validate=validate.OneOf(["signup", "grant", "turn"]))
    turn_id = fields.UUID(required=True, allow_none=True, metadata={"description": "What was paid, for `turn`."})
    note = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)


class AccountSchema(Schema):
    """What there is to spend: `balance - held`."""

    balance = fields.Integer(required=True, metadata={"description": "What the ledger adds up to."})
    held = fields.Integer(
        required=True,
        metadata={"description": "Held for answers that are running: spent when they are whole, given back if not."},
    )
    entries = fields.List(fields.Nested(EntrySchema), required=True, metadata={"description": "Newest first."})


class CreditsSchema(Schema):
    """The caller's credits."""

    success = fields.Boolean(required=True)
    data = fields.Nested(AccountSchema, required=True)
    meta = fields.Nested(MetaSchema, required=True)
