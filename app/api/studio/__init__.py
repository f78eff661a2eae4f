"""The studio, `/v1/ai/chat`: one streamed answer about a posting, paid with a credit."""

from app.api.studio.routes import blueprint

__all__ = ["blueprint"]
