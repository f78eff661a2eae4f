"""The CV builder: a conversation under `/api/v1/chat` that becomes a CV or a cover letter, and then a document."""

from app.api.cv_builder.routes import blueprint

__all__ = ["blueprint"]
