"""A structured answer: read change by change, and written in the form in which it is read."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cv.answer import MOST_CHANGES, NAME_CHARS, SCHEMA, TEXT_CHARS, Answer, dump, load, parse
from app.cv.changes import Add, Put, Remove, Set
from app.cv.data import EMPTY, DocType
from app.cv.patch import apply
from app.cv.paths import PATHS

PATCH = (
    Set(path="personal_info.email", value="sarah@datatech.com"),
    Add(path="skills.core_competencies", values=("Python", "SQL")),
    Put(
        section="experience",
        which="Acme Inc",
        values={"company": "Acme Ltd", "end_date": "Present"},
        lists={"description_bullets": ("Cut costs",)},
    ),
    Put(section="education", values={"institution": "MIT"}),
    Remove(path="awards_and_recognitions", which="Employee of the Year"),
)


def test_an_answer_reads_as_it_was_written() -> None:
    answer = load("cv", dump("Thanks!", PATCH, {"Cut costs": "I cut the costs"}))
    assert answer == Answer(reply="Thanks!", patch=PATCH, polished={"Cut costs": "I cut the costs"})
    assert parse("cv", json.dumps(dump("Thanks!", PATCH))).patch == PATCH


def test_a_models_answer_of_the_schema_is_read_whole() -> None:
    written = dump("Thanks!", PATCH, {"Cut costs": "I cut the costs"})
    written["changes"][3].pop("lists")  # courses of study have none
    jsonschema.validate(written, SCHEMA["cv"])
    assert load("cv", written) == Answer(reply="Thanks!", patch=PATCH, polished={"Cut costs": "I cut the costs"})


@pytest.mark.parametrize("doc_type", ["cv", "cover_letter"])
def test_the_schemas_are_closed_as_strict_endpoints_want_them(doc_type: DocType) -> None:
    schema = SCHEMA[doc_type]
    jsonschema.Draft202012Validator.check_schema(schema)
    assert next(iter(schema["properties"])) == "reply"  # type: ignore[call-overload]
    for part in _objects(schema):
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"reply": "x", "changes": [], "polished": [], "more": 1}, schema)


def test_a_letter_has_its_own_places() -> None:
    changes = [{"op": "set", "path": "role", "value": "ML Engineer"}, {"op": "set", "path": "summary", "value": "x"}]
    assert load("cover_letter", {"reply": "x", "changes": changes}).patch == (Set(path="role", value="ML Engineer"),)


@pytest.mark.parametrize(
    "change",
    [
        None,
        "set",
        {},
        {"op": "set"},
        {"op": "set", "path": "personal_info.salary", "value": "1"},
        {"op": "set", "path": "personal_info", "value": "x"},
        {"op": "set", "path": "personal_info.email", "value": 5},
        {"op": "set", "path": "personal_info.email", "value": " "},
        {"op": "set", "path": "personal_info.email", "value": "x" * (NAME_CHARS + 1)},
        {"op": "set", "path": "summary", "value": "x" * (TEXT_CHARS + 1)},
        {"op": "set", "path": ["summary"], "value": "x"},
        {"op": "add", "path": "skills.core_competencies", "values": "Python"},
        {"op": "add", "path": "skills.core_competencies", "values": [None, 1, ""]},
        {"op": "add", "path": "experience", "values": ["Acme"]},
        {"op": "put", "section": "skills", "values": []},
        {"op": "put", "section": "experience", "which": "Acme"},
        {"op": "put", "section": "experience", "values": [{"field": "salary", "value": "1"}, None, {"field": []}]},
        {"op": "put", "section": "experience", "values": {"company": "Acme"}},
        {"op": "remove", "path": "everything"},
        {"op": "drop", "path": "summary"},
    ],
)
def test_a_change_that_is_none_costs_neither_the_reply_nor_the_others(change: Any) -> None:
    answer = load("cv", {"reply": "Thanks!", "changes": [change, {"op": "set", "path": "summary", "value": "x"}]})
    assert answer == Answer(reply="Thanks!", patch=(Set(path="summary", value="x"),))


@pytest.mark.parametrize(
    "text",
    ["", "x", "[]", "null", "{}", '{"reply": ""}', '{"reply": "x"}', '{"reply": 1, "changes": []}', '{"a":' * 100_000],
)
def test_what_is_no_answer_at_all_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse("cv", text)


def test_more_changes_than_one_message_can_make_are_left_out() -> None:
    changes = [{"op": "set", "path": "summary", "value": str(number)} for number in range(MOST_CHANGES + 5)]
    assert len(load("cv", {"reply": "x", "changes": changes}).patch) == MOST_CHANGES


def test_what_no_database_stores_is_not_read() -> None:
    changes = [{"op": "set", "path": "summary", "value": "a\0b\ud83d"}]
    assert load("cv", {"reply": "x\0", "changes": changes}) == Answer(
        reply="x", patch=(Set(path="summary", value="ab\ufffd"),)
    )


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(PATHS["cv"].everywhere),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["op", "path", "value", "values", "section", "which", "lists", "field"]), inner, max_size=5
        )
    ),
    max_leaves=12,
)


@given(st.lists(json_values, max_size=4), json_values, st.sampled_from(["cv", "cover_letter"]))
def test_no_answer_breaks_the_reading_or_the_data(changes: list[Any], polished: Any, doc_type: DocType) -> None:
    answer = load(doc_type, {"reply": "x", "changes": changes, "polished": polished})
    assert load(doc_type, dump("x", answer.patch)).patch == answer.patch
    apply(EMPTY[doc_type], answer.patch)


def _objects(part: Any) -> list[Any]:
    """Every schema of an object within a schema."""
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    found = [one for each in inner for one in _objects(each)]
    return [part, *found] if isinstance(part, dict) and part.get("type") == "object" else found
