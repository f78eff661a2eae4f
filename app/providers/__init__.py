"""Language models behind one interface: `openai` speaks to any compatible endpoint, `embedded` needs nothing."""

from collections.abc import Mapping
from typing import Any

from app.providers.base import Provider


def make_provider(settings: Mapping[str, Any]) -> Provider:
    """The provider these settings ask for; only the one in use is imported, since the SDK is large."""
    if settings["OPENAI_API_KEY"] or settings["OPENAI_BASE_URL"]:
        from app.providers.openai import OpenAIProvider  # noqa: PLC0415

        return OpenAIProvider(
            api_key=settings["OPENAI_API_KEY"],
            base_url=settings["OPENAI_BASE_URL"],
            connect_timeout=settings["MODEL_CONNECT_TIMEOUT"],
            silence_timeout=settings["MODEL_SILENCE_TIMEOUT"],
            total_timeout=settings["MODEL_TOTAL_TIMEOUT"],
        )
    from app.providers.embedded import EmbeddedProvider  # noqa: PLC0415

    return EmbeddedProvider()
