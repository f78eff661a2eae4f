"""The fixed sentences of the builder, and how the user's words stand in them."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from app.providers.embedded.text import excerpt, one_line

WORDING = Path(__file__).with_name("wording.toml")
NAME, TEXT = 120, 200


def say(key: str, **values: str) -> str:
    """The sentence of a key ("ask.summary") with its places filled."""
    return sentences()[key].format(**values)


def knows(key: str) -> bool:
    """Whether there is such a sentence."""
    return key in sentences()


def shown(text: str, limit: int = NAME) -> str:
    """The user's text in one line, cut at a word where it is long."""
    return excerpt(one_line(text), limit)


def quoted(text: str) -> str:
    """The user's text in quotation marks."""
    return f"“{shown(text, TEXT)}”"


def listed(items: Sequence[str]) -> str:
    """`a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {say('and')} {items[-1]}"


def bulleted(items: Sequence[str]) -> str:
    """A Markdown list."""
    return "\n".join(f"- {item}" for item in items)


@cache
def sentences() -> dict[str, str]:
    """Every fixed sentence by its dotted key."""
    read = tomllib.loads(WORDING.read_text(encoding="utf-8"))
    flat: dict[str, str] = {}
    for key, value in read.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{name}": text for name, text in value.items()}
        else:
            flat[key] = value
    return flat
