"""JSON as strictly as databases and other programs need it: what Python's own reader lets through is refused."""

import json
import math
from typing import NoReturn

from app.errors import InvalidInput

DEPTH = 64


def parse_json(text: str) -> object:
    """Parse one JSON value; raise `InvalidInput` with a sentence, and the line where there is one.

    Refused beyond the grammar: NaN and infinities (also `1e999`), a key twice in one object, NUL and lone surrogates
    (PostgreSQL stores neither), and nesting deeper than `DEPTH`.
    """
    try:
        value: object = json.loads(
            text, object_pairs_hook=_object, parse_constant=_no_number, parse_float=_finite, strict=True
        )
    except json.JSONDecodeError as error:
        raise InvalidInput(f"Not valid JSON: line {error.lineno}, column {error.colno}: {error.msg}.") from None
    except RecursionError:
        raise InvalidInput(_TOO_DEEP) from None
    except ValueError:  # an integer of thousands of digits
        raise InvalidInput("Not valid JSON: a number is too long.") from None
    _check(value)
    return value


_TOO_DEEP = f"The JSON is nested too deeply: at most {DEPTH} levels."


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise InvalidInput(f"Not valid JSON: the key {twice[:80]!a} is there twice in one object.")
    return found


def _no_number(name: str) -> NoReturn:
    raise InvalidInput(f"Not valid JSON: {name} is not a JSON number.")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise InvalidInput(f"Not valid JSON: {digits[:40]} is too large a number.")
    return number


def _check(value: object) -> None:
    """Walk without recursion, so that depth itself can do no harm."""
    waiting = [(value, 1)]
    while waiting:
        part, depth = waiting.pop()
        if isinstance(part, str):
            _check_text(part)
        elif isinstance(part, dict | list):
            if depth > DEPTH:
                raise InvalidInput(_TOO_DEEP)
            inner = part if isinstance(part, list) else [*part.keys(), *part.values()]
            waiting.extend((each, depth + 1) for each in inner)


def _check_text(text: str) -> None:
    if "\0" in text:
        raise InvalidInput("The JSON holds a NUL character, which cannot be stored.")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise InvalidInput("The JSON holds half of a surrogate pair, which is not a character.") from None
