"""Which model answers: another than the built-in assistant as soon as there is a key or an address, or as it is said."""

import pytest

from app.errors import ApiKeyNotSet
from app.providers import KeyNeeded, Providers
from app.providers.base import Cancellation, Prompt

ADDRESS = "http://127.0.0.1:11434/v1"
NO_MODEL = {
    "MODEL_PROVIDER": "auto",
    "OPENAI_API_KEY": "",
    "OPENAI_BASE_URL": "",
    "MODEL_CONNECT_TIMEOUT": 1.0,
    "MODEL_SILENCE_TIMEOUT": 1.0,
    "MODEL_TOTAL_TIMEOUT": 1.0,
}


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({}, "embedded"),
        ({"OPENAI_API_KEY": "sk-1"}, "openai"),
        ({"OPENAI_BASE_URL": ADDRESS}, "openai"),
        ({"MODEL_PROVIDER": "embedded", "OPENAI_API_KEY": "sk-1", "OPENAI_BASE_URL": ADDRESS}, "embedded"),
        ({"MODEL_PROVIDER": "openai"}, "openai"),
        ({"MODEL_PROVIDER": "openai", "OPENAI_API_KEY": "sk-1"}, "openai"),
    ],
)
def test_the_settings_choose_the_model(given: dict[str, str], name: str) -> None:
    providers = Providers(NO_MODEL | given)
    assert providers.default().name == name
    assert providers.takes_keys == (given.get("MODEL_PROVIDER") != "embedded")
    providers.close()


@pytest.mark.parametrize("address", ["", ADDRESS])
def test_a_model_that_needs_a_key_and_has_none_says_so_and_is_ready_for_those_who_bring_one(address: str) -> None:
    provider = Providers(NO_MODEL | {"MODEL_PROVIDER": "openai", "OPENAI_BASE_URL": address}).default()
    assert isinstance(provider, KeyNeeded)
    provider.check()
    prompt = Prompt(messages=(), model="m", max_tokens=1, prompt_tokens=0)
    with pytest.raises(ApiKeyNotSet):
        next(provider.stream(prompt, Cancellation()))
    provider.close()


def test_a_model_that_has_a_key_or_needs_none_is_no_model_that_waits_for_one() -> None:
    for given in ({"MODEL_PROVIDER": "openai", "OPENAI_API_KEY": "sk-1"}, {"OPENAI_BASE_URL": ADDRESS}):
        providers = Providers(NO_MODEL | given)
        assert not isinstance(providers.default(), KeyNeeded)
        providers.close()
