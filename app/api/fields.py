"""Fields that many bodies share. They take the JSON type they name and no other; marshmallow's own take more."""

import datetime as dt
import re
import uuid
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate
from werkzeug.routing import BaseConverter

from app.accounts import normal_email
from app.formats.json_text import MAX_INTEGER
from app.models.references import Reference as Named

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DIGITS = re.compile(r"[0-9]{1,18}")
_NOTHING = uuid.UUID(int=0)
KEY = {"type": "string", "format": "uuid"}
NAMED = {"oneOf": [{"type": "integer"}, KEY]}
ORDINAL = {"type": "integer", "minimum": 1}
"""How OpenAPI says `KeyConverter`, `ReferenceConverter` and `Reference`, and `OrdinalConverter`."""


def stamp(moment: dt.datetime) -> str:
    """A point in time as JavaScript writes one: `2025-11-15T20:58:14.954Z`."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Text(fields.String):
    """Text for people, kept as it is: not blank unless `blank` says so, at most `max` characters."""

    def __init__(self, *, max: int, blank: bool = False, **kwargs: Any) -> None:  # noqa: A002
        self.blank = blank
        length = validate.Length(min=0 if blank else 1, max=max)
        super().__init__(validate=[length, *kwargs.pop("validate", ())], **kwargs)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, *args, **kwargs)
        if not self.blank and not any(c.isprintable() and not c.isspace() for c in text):
            raise ValidationError("Must not be empty.")
        return text


class Email(Text):
    """An e-mail address, turned into the form in which accounts are stored."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max=254, metadata={"format": "email"}, **kwargs)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        try:
            return normal_email(super()._deserialize(value, *args, **kwargs))
        except ValueError as error:
            raise ValidationError(str(error)) from None


class Flag(fields.Boolean):
    """true or false, and nothing that looks like them."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Whole(fields.Integer):
    """A whole number; in a query, its digits."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> int:
        if isinstance(value, str) and _DIGITS.fullmatch(value):
            return int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid", input=value)
        return value


class Reference(fields.Field[Named]):
    """How a body names a row: its integer id or its UUID."""

    def __init__(self, *, metadata: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(metadata={**NAMED, **(metadata or {})}, **kwargs)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Named:
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MAX_INTEGER:
            return value
        if isinstance(value, str) and _UUID.fullmatch(value):
            return uuid.UUID(value)
        raise ValidationError("Must be an integer id or a UUID.")


class Key(fields.UUID):
    """A UUID in its usual form."""

    def _validated(self, value: Any) -> uuid.UUID:
        if not isinstance(value, str) or not _UUID.fullmatch(value):
            raise self.make_error("invalid_uuid")
        return uuid.UUID(value)


class ReferenceConverter(BaseConverter):
    """`<reference:resume_id>`: an integer id or a UUID in a path.

    Text that can name nothing becomes the UUID that no row has: so an anonymous request for it is answered with 401 and
    a signed-in one with 404, instead of a 404 from the router to both.
    """

    def to_python(self, value: str) -> Named:
        """The id or the UUID."""
        if _DIGITS.fullmatch(value):
            return int(value)
        return uuid.UUID(value) if _UUID.fullmatch(value) else _NOTHING


class KeyConverter(BaseConverter):
    """`<key:session_id>`: a UUID in a path; other text becomes the UUID that no row has."""

    def to_python(self, value: str) -> uuid.UUID:
        """The UUID."""
        return uuid.UUID(value) if _UUID.fullmatch(value) else _NOTHING


class OrdinalConverter(BaseConverter):
    """`<ordinal:number>`: a number from 1 in a path; other text becomes 0, which nothing has."""

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value) if re.fullmatch(r"[0-9]{1,9}", value) else 0
