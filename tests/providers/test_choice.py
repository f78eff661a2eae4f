"""Which model answers: another than the built-in assistant as soon as there is a key or an address."""

import pytest

from app.providers import make_provider

NO_MODEL = {
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
        ({"OPENAI_BASE_URL": "http://127.0.0.1:11434/v1"}, "openai"),
    ],
)
def test_a_key_or_an_address_chooses_the_model(given: dict[str, str], name: str) -> None:
    provider = make_provider(NO_MODEL | given)
    assert provider.name == name
    provider.close()
