"""How well a resume matches a posting, `/v1/ai/match`."""

from app.api.match.routes import blueprint

__all__ = ["blueprint"]
