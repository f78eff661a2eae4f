"""Documents, `/api/v1/documents`."""

from app.api.documents.routes import blueprint

__all__ = ["blueprint"]
