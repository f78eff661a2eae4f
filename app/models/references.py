"""How a request names a row: by its integer id or by its UUID."""

import uuid

from sqlalchemy import ColumnElement, false
from sqlalchemy.orm import InstrumentedAttribute

Reference = int | uuid.UUID
LARGEST_ID = 2**31 - 1  # PostgreSQL's integer


def is_named(
    reference: Reference, id_column: InstrumentedAttribute[int], uuid_column: InstrumentedAttribute[uuid.UUID]
) -> ColumnElement[bool]:
    """The condition that finds the row a reference names; a number that no id can be names none."""
    if isinstance(reference, uuid.UUID):
        return uuid_column == reference
    return id_column == reference if abs(reference) <= LARGEST_ID else false()
