"""The caller's credits, `/v1/ai/credits`."""

from app.api.credits.routes import blueprint

__all__ = ["blueprint"]
