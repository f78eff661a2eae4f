"""How a request names a row: by its integer id or by its UUID."""

import uuid
from typing import TypeVar

from sqlalchemy import select

from app.errors import NotFound
from app.extensions import db

Reference = int | uuid.UUID
Row = TypeVar("Row")


def get_owned(model: type[Row], user_id: int, reference: Reference, *, what: str) -> Row:
    """The user's row with this id or UUID; `NotFound` also when it is somebody else's."""
    key = model.id if isinstance(reference, int) else model.uuid  # type: ignore[attr-defined]
    row = db.session.scalar(select(model).where(key == reference, model.user_profile_id == user_id))  # type: ignore[attr-defined]
    if row is None:
        raise NotFound(f"{what} not found.")
    return row
