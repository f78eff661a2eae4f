"""Lists come in pages: `?page=2&limit=20` in, `meta` out."""

from typing import Any, TypedDict, TypeVar

import marshmallow
from marshmallow import fields, validate
from sqlalchemy import Select, func, select

from app.api.fields import Whole
from app.api.schemas import Schema
from app.extensions import db

T = TypeVar("T")
MAX_PAGE = 1_000_000


class Meta(TypedDict):
    """Where a page stands in its list."""

    total: int
    page: int
    limit: int
    totalPages: int


class PageArguments(Schema):
    """The query of a list."""

    page = Whole(load_default=1, validate=validate.Range(min=1, max=MAX_PAGE))
    limit = Whole(load_default=20, validate=validate.Range(min=1, max=100))


class MetaSchema(Schema):
    """`meta` of a list."""

    total = fields.Integer(required=True)
    page = fields.Integer(required=True)
    limit = fields.Integer(required=True)
    totalPages = fields.Integer(required=True)  # noqa: N815  (the wire's name)


def page_of(row: type[Schema]) -> type[marshmallow.Schema]:
    """The schema of a page of such rows: `page_of(JobRowSchema)` is `JobPage`."""
    page = {"data": fields.List(fields.Nested(row), required=True), "meta": fields.Nested(MetaSchema, required=True)}
    return Schema.from_dict(page, name=row.__name__.replace("RowSchema", "Page"))


def paginate(statement: Select[T], *, page: int, limit: int) -> tuple[list[T], Meta]:
    """The rows of one page of an ordered SELECT, and its `meta`; two queries."""
    everything = statement.order_by(None).subquery()
    total: int = db.session.scalar(select(func.count()).select_from(everything)) or 0
    rows: Any = db.session.scalars(statement.limit(limit).offset((page - 1) * limit)).all()
    return list(rows), {"total": total, "page": page, "limit": limit, "totalPages": -(-total // limit)}
