"""JSON as strictly as databases and other programs need it: what Python's own reader lets through is refused.

That is NaN and the infinities (also `1e999`), a key twice in one object, NUL and lone surrogates (PostgreSQL stores
neither), integers beyond 64 bits, and nesting deeper than `DEPTH`.
"""

import json
import math
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NoReturn

from app.errors import InvalidInput

DEPTH = 64
MAX_INTEGER = 2**63 - 1
MAX_NAMED = 50
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def parse_json(text: str) -> Any:
    """Parse one JSON value.

    Raises `InvalidInput`, with the line where the grammar ends, or with `fields` by the place: `{"work.0.name": […]}`.
    """
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise InvalidInput(f"line {error.lineno}, column {error.colno}: Not JSON: {error.msg}.") from None
    except RecursionError:
        raise InvalidInput(_TOO_DEEP) from None
    except ValueError:  # an integer of thousands of digits
        raise InvalidInput("A number in the JSON is too long.") from None
    problems = dict(islice(_problems(value), MAX_NAMED))
    if problems:
        raise InvalidInput("The JSON holds what cannot be stored.", fields=problems)
    return value


def printable(name: str) -> str:
    """A name as it may be repeated in an answer: bounded, and without what cannot be encoded."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", name[:100])


_TOO_DEEP = f"The JSON is nested too deeply: at most {DEPTH} levels."


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise InvalidInput("A key is there twice in one object.", fields={printable(twice): ["Given twice."]})
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise InvalidInput(f"Not JSON: {name} is no JSON number.")


def _problems(value: object) -> Iterator[tuple[str, list[str]]]:
    """Walk without recursion, so that depth itself can do no harm."""
    waiting: list[tuple[tuple[str, ...], object]] = [((), value)]
    while waiting:
        path, part = waiting.pop()
        if len(path) >= DEPTH and isinstance(part, list | dict):
            raise InvalidInput(_TOO_DEEP)
        if problem := _problem(part):
            yield _place(path), [problem]
        elif isinstance(part, list):
            waiting.extend(((*path, str(number)), each) for number, each in enumerate(part))
        elif isinstance(part, dict):
            for key, each in part.items():
                if problem := _problem(key):
                    yield _place((*path, printable(key))), [problem]
                else:
                    waiting.append(((*path, printable(key)), each))


def _place(path: tuple[str, ...]) -> str:
    """Where in the value, `work.0.name`; of a very long path its end, so that an answer is never larger than asked."""
    return ".".join(path)[-200:] or "body"


def _problem(part: object) -> str:
    if isinstance(part, str) and (found := _UNSTORABLE.search(part)):
        return "Must not contain NUL." if found[0] == "\0" else "Must not contain half a surrogate pair."
    if isinstance(part, float) and not math.isfinite(part):
        return "Is too large a number."
    if isinstance(part, int) and abs(part) > MAX_INTEGER:
        return "Is too large a number."
    return ""
