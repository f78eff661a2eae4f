"""JSON that this service could not store or send on is refused with the place where it stands."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidInput
from app.formats.json_text import DEPTH, MAX_INTEGER, parse_json


@pytest.mark.parametrize("text", ["", "{", "{'a': 1}", "a=b", "<html>", "[1,]", "{} {}"])
def test_what_is_not_json_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="Not JSON"):
        parse_json(text)


def test_what_is_not_json_is_refused_with_its_line() -> None:
    with pytest.raises(InvalidInput, match="line 3, column 1"):
        parse_json('{"basics":\n{"name": "A"\n"label": "B"}}')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("NaN", "NaN"),
        ('{"a": -Infinity}', "-Infinity"),
        ('{"a": {"b": 1, "c": 2, "b": 3}}', "twice"),
        ("9" * 5000, "too long"),
        ("[" * 100_000, "too deep"),
        ('{"a":' * 30_000 + "1" + "}" * 30_000, "too deep"),
        ("[" * (DEPTH + 1) + "]" * (DEPTH + 1), "too deep"),
        ('{"a":' * (DEPTH + 1) + "1" + "}" * (DEPTH + 1), "too deep"),
    ],
)
def test_what_only_python_takes_for_json_is_refused(text: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        parse_json(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (r'{"work": [{"name": "A\u0000B"}]}', "work.0.name"),
        (r'{"work": ["\ud83d"]}', "work.0"),
        (r'{"a": {"b\u0000": 1}}', "a.b\N{REPLACEMENT CHARACTER}"),
        ('{"a": 1e999}', "a"),
        ('{"a": [1, 9223372036854775808]}', "a.1"),
        ('{"a": [1, -1e999]}', "a.1"),
        (r'"\udfff"', "body"),
        ('{"a": {"b": 1, "c": 2, "b": 3}}', "b"),
    ],
)
def test_what_no_database_stores_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_json(text)
    assert list(caught.value.fields or ()) == [place]


def test_everything_else_is_read_as_it_is() -> None:
    assert parse_json(r'{"a": ["é", "\ud83d\ude00", 1, 1.5, true, null, {}]}') == {
        "a": ["é", "\N{GRINNING FACE}", 1, 1.5, True, None, {}]
    }
    deepest = "[" * DEPTH + "]" * DEPTH
    parse_json(deepest)


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-MAX_INTEGER, MAX_INTEGER)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
        lambda below: st.lists(below) | st.dictionaries(st.text(st.characters(codec="ascii", min_codepoint=32)), below),
    )
)
def test_whatever_is_sound_is_read_as_it_is(value: Any) -> None:
    assert parse_json(json.dumps(value)) == value
