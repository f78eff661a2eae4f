"""Language models behind one interface: `openai` speaks to any compatible endpoint, `embedded` needs nothing."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.errors import ApiKeyNotSet
from app.providers.base import Cancellation, Prompt, Provider, Stream

if TYPE_CHECKING:
    from app.providers.openai import OpenAIProvider


class KeyNeeded:
    """The model of a deployment without a key of its own: every user's own key asks it, and nobody else can."""

    name = "openai"
    reads_facts = False

    def stream(self, prompt: Prompt, cancellation: Cancellation) -> Stream:
        """Refuse: there is no key to ask with."""
        raise ApiKeyNotSet

    def close(self) -> None:
        """Nothing is open."""

    def check(self) -> None:
        """Nothing can be said of an address that only users' keys open."""


class Providers:
    """The provider that answers whoever has no key of his own, and the model as a user's own key asks it."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self._model: OpenAIProvider | None = None
        self.takes_keys = settings["MODEL_PROVIDER"] != "embedded"

    def default(self) -> Provider:
        """The provider these settings ask for; only the one in use is imported, since the SDK is large."""
        wanted, key = self._settings["MODEL_PROVIDER"], self._settings["OPENAI_API_KEY"]
        if wanted == "openai":
            return self._openai() if key else KeyNeeded()
        if wanted == "auto" and (key or self._settings["OPENAI_BASE_URL"]):
            return self._openai()
        from app.providers.embedded import EmbeddedProvider  # noqa: PLC0415

        return EmbeddedProvider()

    def with_key(self, api_key: str) -> Provider:
        """The model at the deployment's address, with its times and over its connections, asked with a user's key.

        Cheap enough for every turn, so none is kept; there is nothing to close but the connections, which are shared.
        """
        return self._openai().with_key(api_key)

    def close(self) -> None:
        """Close the model's idle connections; safe to repeat."""
        if self._model is not None:
            self._model.close()

    def _openai(self) -> "OpenAIProvider":
        if self._model is None:
            from app.providers.openai import OpenAIProvider  # noqa: PLC0415

            self._model = OpenAIProvider(
                api_key=self._settings["OPENAI_API_KEY"],
                base_url=self._settings["OPENAI_BASE_URL"],
                connect_timeout=self._settings["MODEL_CONNECT_TIMEOUT"],
                silence_timeout=self._settings["MODEL_SILENCE_TIMEOUT"],
                total_timeout=self._settings["MODEL_TOTAL_TIMEOUT"],
            )
        return self._model
