"""Columns that many tables share."""

import datetime as dt
import uuid
from typing import Annotated

from sqlalchemy import ForeignKey, Uuid
from sqlalchemy.orm import mapped_column

from app.extensions import UTCDateTime


def now() -> dt.datetime:
    """The present, aware and in UTC: the only clock that rows know."""
    return dt.datetime.now(dt.UTC)


IntKey = Annotated[int, mapped_column(primary_key=True)]
UuidKey = Annotated[uuid.UUID, mapped_column(Uuid, primary_key=True, default=uuid.uuid4)]
PublicId = Annotated[uuid.UUID, mapped_column(Uuid, unique=True, default=uuid.uuid4)]
Created = Annotated[dt.datetime, mapped_column(UTCDateTime, default=now)]
Updated = Annotated[dt.datetime, mapped_column(UTCDateTime, default=now, onupdate=now)]
Moment = Annotated[dt.datetime, mapped_column(UTCDateTime)]
Owner = Annotated[int, mapped_column(ForeignKey("user_profiles.id", ondelete="CASCADE"), index=True)]
