"""The built-in assistant: no network, no model. It answers from the user's own rows, and says that it is what it is."""

from app.providers.embedded.provider import EmbeddedProvider

__all__ = ["EmbeddedProvider"]
