"""How an OpenAI-compatible endpoint is asked for an answer of a given shape, and which of its models take a schema."""

import json
from collections.abc import Mapping
from typing import Final

from app.providers.base import Prompt

REFUSALS: Final = (400, 422)  # what endpoints answer to a parameter that they do not know
_NAME: Final = "answer"
_ASKED: Final = "Answer with one JSON object and nothing else. It has exactly the form of this JSON schema:"


class Shapes:
    """Which models of one endpoint have refused a schema; kept as long as the process lives."""

    def __init__(self) -> None:
        self._refusing: set[str] = set()

    def takes_schema(self, model: str) -> bool:
        """Whether a schema is worth trying."""
        return model not in self._refusing

    def refuses_schema(self, model: str) -> None:
        """Ask this model in words from now on."""
        self._refusing.add(model)


def in_schema(shape: Mapping[str, object]) -> dict[str, object]:
    """The part of a request that asks for a shape by a schema which the model cannot leave."""
    schema = {"name": _NAME, "strict": True, "schema": shape}
    return {"response_format": {"type": "json_schema", "json_schema": schema}}


def in_instructions(prompt: Prompt) -> dict[str, object]:
    """The part that asks for any JSON object, with the schema behind the first message, which is the system's."""
    first, *others = prompt.messages
    asked = f"{first.content}\n\n{_ASKED}\n{json.dumps(prompt.shape)}"
    messages = [{"role": first.role, "content": asked}]
    messages += [{"role": message.role, "content": message.content} for message in others]
    return {"messages": messages, "response_format": {"type": "json_object"}}
