"""How a request names a row: by its integer id or by its UUID."""

import uuid

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

Reference = int | uuid.UUID


def is_named(
    reference: Reference, id_column: InstrumentedAttribute[int], uuid_column: InstrumentedAttribute[uuid.UUID]
) -> ColumnElement[bool]:
    """The condition that finds the row a reference names."""
    return id_column == reference if isinstance(reference, int) else uuid_column == reference
