"""A resume goes in as JSON Resume and comes out as a resource, or as the very same document."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from sqlalchemy import func, select

from app.extensions import db
from app.models import Resume, WorkHistory
from tests.api_client import ApiUser
from tests.builders import a_resume

OWN = sorted((Path(__file__).parents[1] / "data" / "resumes").glob("*.json"))
SHARED = Path(__file__).parents[3] / "shared" / "data" / "resumes"
GIVEN = sorted(path for path in SHARED.glob("**/*.json") if not path.name.startswith("_"))
SCHEMA = SHARED / "_schema-jsonresume-1.3.1.json"
KB = 1024


def store(user: ApiUser, document: Any = None, **query: str) -> dict[str, Any]:
    answer = user.post("/api/v1/resumes", json=a_resume() if document is None else document, query_string=query)
    assert answer.status_code == 201, answer.text
    return answer.get_json()


def document_of(user: ApiUser, reference: object) -> Any:
    answer = user.get(f"/api/v1/resumes/{reference}?format=jsonresume")
    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    return json.loads(answer.data)


def default_of(user: ApiUser) -> list[int]:
    return [row["id"] for row in user.get("/api/v1/resumes").get_json()["data"] if row["is_default"]]


def test_a_stored_resume_is_answered_as_a_resource_with_its_receipt(user: ApiUser) -> None:
    resume = store(user, a_resume() | {"x-note": 1, "awards": "many"})
    assert isinstance(resume["id"], int)
    assert len(resume["uuid"]) == 36
    assert resume["is_default"] is True
    assert (resume["full_name"], resume["title"]) == ("Amara Osei", "Backend Engineer")
    assert [job["company"] for job in resume["work"]] == ["Parcelwise", "Tillpoint"]
    assert resume["skills"][0]["keywords"] == ["Python", "Flask", "PostgreSQL", "Redis"]
    assert resume["receipt"]["kept"] == ["x-note"]
    assert resume["receipt"]["not_understood"] == [{"path": "awards", "reason": "text where a list is expected."}]


def test_a_resume_is_found_by_its_id_and_by_its_uuid(user: ApiUser) -> None:
    stored = store(user)
    stored.pop("receipt")
    assert user.get(f"/api/v1/resumes/{stored['id']}").get_json() == stored
    assert user.get(f"/api/v1/resumes/{stored['uuid']}").get_json() == stored


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_a_document_comes_back_equal(user: ApiUser, path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    answer = user.post("/api/v1/resumes", data=path.read_bytes(), content_type="application/json")
    returned = document_of(user, answer.get_json()["id"])
    assert json.dumps(returned) == json.dumps(document)  # the order of its fields included


@pytest.mark.skipif(not GIVEN, reason="the sample resumes are not beside this checkout")
@pytest.mark.parametrize("path", GIVEN, ids=lambda path: path.name)
def test_a_real_document_comes_back_equal_and_as_valid_as_it_was(user: ApiUser, path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    answer = user.post("/api/v1/resumes", data=path.read_bytes(), content_type="application/json")
    returned = document_of(user, answer.get_json()["id"])
    assert returned == document
    if path.parent == SHARED:
        Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(returned)


@pytest.mark.skipif(not SCHEMA.exists(), reason="the schema is not beside this checkout")
def test_our_own_modern_sample_is_valid(user: ApiUser) -> None:
    document = json.loads(next(path for path in OWN if path.name == "modern.json").read_text(encoding="utf-8"))
    Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(
        document_of(user, store(user, document)["id"])
    )


storable = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | storable,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(storable, inner, max_size=3),
    max_leaves=6,
)
known = st.sampled_from(["basics", "work", "name", "position", "startDate", "highlights", "keywords", "a.b"])
objects = st.dictionaries(known | storable, values, max_size=4)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=objects, work=st.lists(objects | values, max_size=3))
def test_any_document_comes_back_equal(user: ApiUser, document: dict[str, Any], work: list[Any]) -> None:
    document = document | {"work": work}
    assert document_of(user, store(user, document)["id"]) == document


@pytest.mark.parametrize(
    ("document", "field"),
    [({}, "basics"), ({"title": "x"}, "basics"), ([], "body"), ("x", "body"), ({"work": [{}] * 501}, "work")],
)
def test_what_is_no_resume_is_refused_and_not_stored(user: ApiUser, document: Any, field: str) -> None:
    answer = user.post("/api/v1/resumes", json=document)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "VALIDATION_ERROR")
    assert list(answer.get_json()["fields"]) == [field]
    assert user.get("/api/v1/resumes").get_json()["meta"]["total"] == 0


def test_a_resume_may_have_256_kb_and_no_more(user: ApiUser) -> None:
    frame = len(json.dumps({"basics": {"summary": ""}}))
    fits = {"basics": {"summary": "a" * (256 * KB - frame)}}
    assert document_of(user, store(user, fits)["id"]) == fits
    too_large = {"basics": {"summary": "a" * (256 * KB - frame + 1)}}
    for answer in (
        user.post("/api/v1/resumes", data=json.dumps(too_large), content_type="application/json"),
        user.put("/api/v1/resumes/1", data=json.dumps(too_large), content_type="application/json"),
    ):
        assert (answer.status_code, answer.get_json()["code"]) == (413, "PAYLOAD_TOO_LARGE")


def test_the_title_is_the_one_asked_for(user: ApiUser) -> None:
    assert store(user, title="For Harbourline")["title"] == "For Harbourline"
    assert len(store(user, {"basics": {"label": "L" * 900}})["title"]) == 200
    assert store(user, {"basics": {}})["title"] == "Resume"


@pytest.mark.parametrize("query", ["title=", "title=" + "x" * 201, "default=perhaps"])
def test_a_query_that_means_nothing_is_refused(user: ApiUser, query: str) -> None:
    answer = user.post(f"/api/v1/resumes?{query}", json=a_resume())
    assert answer.status_code == 400
    assert list(answer.get_json()["fields"]) == [query.partition("=")[0]]


def test_the_first_resume_is_the_default_until_another_is_made_it(user: ApiUser) -> None:
    first, second = store(user)["id"], store(user)["id"]
    assert default_of(user) == [first]
    third = store(user, default="true")["id"]
    assert default_of(user) == [third]
    answer = user.patch(f"/api/v1/resumes/{second}", json={"is_default": True, "title": "Mine"})
    assert (answer.get_json()["is_default"], answer.get_json()["title"]) == (True, "Mine")
    assert default_of(user) == [second]


def test_the_default_cannot_be_given_up_without_another(user: ApiUser) -> None:
    first, second = store(user)["id"], store(user)["id"]
    assert user.patch(f"/api/v1/resumes/{first}", json={"is_default": False}).status_code == 409
    assert user.patch(f"/api/v1/resumes/{second}", json={"is_default": False}).status_code == 200
    assert default_of(user) == [first]


def test_when_the_default_is_deleted_the_newest_left_takes_its_place(user: ApiUser) -> None:
    first, second, third = (store(user)["id"] for _ in range(3))
    assert user.delete(f"/api/v1/resumes/{first}").get_json()["id"] == first
    assert default_of(user) == [third]
    user.delete(f"/api/v1/resumes/{second}")
    assert default_of(user) == [third]
    user.delete(f"/api/v1/resumes/{third}")
    assert default_of(user) == []
    assert user.get(f"/api/v1/resumes/{third}").status_code == 404


def test_defaults_asked_for_at_once_leave_one_and_fail_nowhere(app: Flask, user: ApiUser) -> None:
    ids = [store(user)["id"] for _ in range(6)]

    def ask(at: int) -> int:
        another = ApiUser.__new__(ApiUser)
        another.client, another.tokens = app.test_client(), user.tokens
        if at % 3 == 0:
            return another.post("/api/v1/resumes?default=true", json=a_resume()).status_code
        if at % 3 == 1 and at < 3:
            return another.delete(f"/api/v1/resumes/{ids[0]}").status_code
        return another.patch(f"/api/v1/resumes/{ids[at % 6]}", json={"is_default": True}).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = set(pool.map(ask, range(24)))
    assert statuses <= {200, 201, 404}
    assert len(default_of(user)) == 1


def test_first_resumes_stored_at_once_make_one_default(app: Flask, user: ApiUser) -> None:
    def ask(_: int) -> int:
        another = ApiUser.__new__(ApiUser)
        another.client, another.tokens = app.test_client(), user.tokens
        return another.post("/api/v1/resumes", json=a_resume()).status_code

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(ask, range(6))) == {201}
    assert len(default_of(user)) == 1


def test_a_replaced_document_replaces_every_row(app: Flask, user: ApiUser) -> None:
    stored = store(user, title="Mine")
    document = {"basics": {"name": "Amara O."}, "work": [{"company": "Elsewhere"}], "x": [1]}
    answer = user.put(f"/api/v1/resumes/{stored['uuid']}", json=document)
    assert answer.status_code == 200
    assert answer.get_json()["receipt"]["renamed"] == [{"from": "work[0].company", "to": "work[0].name"}]
    shown = user.get(f"/api/v1/resumes/{stored['id']}").get_json()
    assert [job["company"] for job in shown["work"]] == ["Elsewhere"]
    assert (shown["skills"], shown["headline"], shown["title"], shown["is_default"]) == ([], "", "Mine", True)
    assert document_of(user, stored["id"]) == document
    with app.app_context():
        rows = select(func.count()).where(WorkHistory.resume_id == stored["id"])
        assert db.session.scalar(rows) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"full_name": "X"}, "full_name"),
        ({"title": ""}, "title"),
        ({"title": None}, "title"),
        ({"title": "x" * 2000}, "title"),
        ({"is_default": "true"}, "is_default"),
        ({"is_default": None}, "is_default"),
    ],
)
def test_a_change_that_means_nothing_is_refused_by_name(user: ApiUser, change: dict[str, Any], field: str) -> None:
    stored = store(user)
    answer = user.patch(f"/api/v1/resumes/{stored['id']}", json=change)
    assert answer.status_code == 400
    assert list(answer.get_json()["fields"]) == [field]


def test_the_list_comes_in_pages_newest_first(user: ApiUser) -> None:
    ids = [store(user)["id"] for _ in range(3)]
    page = user.get("/api/v1/resumes?page=1&limit=2").get_json()
    assert [row["id"] for row in page["data"]] == [ids[2], ids[1]]
    assert page["meta"] == {"total": 3, "page": 1, "limit": 2, "totalPages": 2}
    assert [row["id"] for row in user.get("/api/v1/resumes?page=2&limit=2").get_json()["data"]] == [ids[0]]


def test_somebody_elses_resume_does_not_exist(app: Flask, user: ApiUser, other: ApiUser) -> None:
    stored = store(user)
    for reference in (stored["id"], stored["uuid"]):
        path = f"/api/v1/resumes/{reference}"
        for answer in (
            other.get(path),
            other.get(path, query_string={"format": "jsonresume"}),
            other.put(path, json=a_resume()),
            other.patch(path, json={"is_default": True}),
            other.delete(path),
        ):
            assert (answer.status_code, answer.get_json()["code"]) == (404, "NOT_FOUND")
    assert other.get("/api/v1/resumes").get_json()["data"] == []
    assert default_of(user) == [stored["id"]]


def test_a_deleted_resume_takes_its_rows_along(app: Flask, user: ApiUser) -> None:
    stored = store(user)
    user.delete(f"/api/v1/resumes/{stored['id']}")
    with app.app_context():
        assert db.session.get(Resume, stored["id"]) is None
        assert db.session.scalar(select(func.count()).where(WorkHistory.resume_id == stored["id"])) == 0
