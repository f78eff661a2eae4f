"""A posting goes in in any form and comes out as plain text with its parts; what it doesn't say is asked for."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.extensions import db
from app.formats.posting import LIMIT_BYTES
from app.models import JobPosting
from tests.api_client import ApiUser
from tests.builders import a_job, a_resume

SAMPLES = Path(__file__).parents[1] / "data" / "postings"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "jobs"
SCHEMA_ORG = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Night Baker",
    "hiringOrganization": {"@type": "Organization", "name": "Oven Street"},
    "description": "&lt;p&gt;We bake while you sleep.&lt;/p&gt;",
    "qualifications": ["Two years at an oven"],
    "x-anything": [{"may": "stand here"}],
}


def store(user: ApiUser, posting: Any = None) -> dict[str, Any]:
    answer = user.post("/api/v1/jobs", json=posting or a_job())
    assert answer.status_code == 201, answer.text
    return answer.get_json()


def refused(answer: Any, *fields: str) -> None:
    assert answer.status_code == 400
    assert answer.get_json()["code"] == "VALIDATION_ERROR"
    assert set(answer.get_json()["fields"]) == set(fields)


def test_a_stored_posting_is_answered_with_what_was_understood(user: ApiUser) -> None:
    job = store(user)
    assert isinstance(job["id"], int)
    assert len(job["uuid"]) == 36
    given = a_job()
    assert {name: job[name] for name in ("title", "company", "location", "url")} == {
        name: given[name] for name in ("title", "company", "location", "url")
    }
    assert [(part["kind"], part["heading"], part["lines"]) for part in job["parts"]] == [
        ("summary", "", 1),
        ("responsibilities", "What you will do", 2),
        ("requirements", "What we ask for", 4),
        ("nice_to_have", "Nice to have", 2),
        ("benefits", "What we offer", 1),
    ]
    assert "## What we ask for\n- 5+ years of Python in production\n" in job["description"]


def test_a_posting_is_found_by_its_id_and_by_its_uuid_and_by_nobody_else(user: ApiUser, other: ApiUser) -> None:
    job = store(user)
    for reference in (job["id"], job["uuid"]):
        assert user.get(f"/api/v1/jobs/{reference}").get_json() == job
        for method in ("GET", "DELETE"):
            assert other.open(f"/api/v1/jobs/{reference}", method=method).status_code == 404
        assert other.put(f"/api/v1/jobs/{reference}", json=a_job()).status_code == 404
        assert other.patch(f"/api/v1/jobs/{reference}", json={"title": "Mine"}).status_code == 404
    assert user.get(f"/api/v1/jobs/{job['id']}").get_json() == job


def test_postings_are_listed_newest_first_in_pages(user: ApiUser, other: ApiUser) -> None:
    store(other)
    titles = [store(user, a_job(title=f"Job {number}"))["title"] for number in range(3)]
    page = user.get("/api/v1/jobs?page=1&limit=2").get_json()
    assert [row["title"] for row in page["data"]] == titles[:0:-1]
    assert page["meta"] == {"total": 3, "page": 1, "limit": 2, "totalPages": 2}
    assert "description" not in page["data"][0]


def test_schema_org_and_json_resume_are_read_too(user: ApiUser) -> None:
    job = store(user, SCHEMA_ORG)
    assert (job["title"], job["company"]) == ("Night Baker", "Oven Street")
    assert job["description"] == "We bake while you sleep.\n## Qualifications\n- Two years at an oven"
    form = {"title": "Cook", "company": "Inn", "description": "Cook.", "skills": [{"name": "Soup"}], "remote": "no"}
    assert store(user, form)["description"] == "Cook.\n## Skills\n- Soup"


def test_a_page_or_a_text_may_be_sent_as_it_is(user: ApiUser) -> None:
    page = (SAMPLES / "page.html").read_bytes()
    answer = user.post("/api/v1/jobs", data=page, content_type="text/html; charset=utf-8")
    assert answer.status_code == 201
    assert (answer.get_json()["title"], answer.get_json()["company"]) == ("Data Analyst", "Lanternfish")
    text = "We need somebody who bakes."
    refused(user.post("/api/v1/jobs", data=text, content_type="text/plain"), "title", "company")
    named = {"title": "Baker", "company": "Oven Street"}
    answer = user.post("/api/v1/jobs", data=text, content_type="text/plain", query_string=named)
    assert answer.get_json()["company"] == "Oven Street"
    assert answer.get_json()["description"] == text


@pytest.mark.parametrize("data", [b"\xff\xfe<\x00p\x00>\x00", b"caf\xe9", b""])
def test_a_raw_body_that_is_no_text_is_refused(user: ApiUser, data: bytes) -> None:
    answer = user.post("/api/v1/jobs?title=T&company=C", data=data, content_type="text/html")
    assert answer.status_code == 400
    assert user.post("/api/v1/jobs", data=b"%PDF-", content_type="application/pdf").status_code == 415


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"salary": 1}, "salary"),
        ({"title": " "}, "title"),
        ({"company": None}, "company"),
        ({"description": "<p> </p>"}, "description"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://a.example/ b"}, "url"),
        ({"location": "x" * 2001}, "location"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_stored(user: ApiUser, change: dict[str, Any], field: str) -> None:
    refused(user.post("/api/v1/jobs", json=a_job(**change)), field)
    assert user.get("/api/v1/jobs").get_json()["meta"]["total"] == 0


def test_title_and_company_are_found_in_the_description_or_asked_for(user: ApiUser) -> None:
    text = (SAMPLES / "run-on.txt").read_text()
    assert store(user, {"description": text})["company"] == "Millrace"
    refused(user.post("/api/v1/jobs", json={"description": "we need somebody."}), "title", "company")
    refused(user.post("/api/v1/jobs", json={"title": "Baker", "description": "we need somebody."}), "company")
    refused(user.post("/api/v1/jobs", json={"title": "Baker", "company": "Inn"}), "description")


def test_a_resume_is_no_posting_whatever_is_stated_beside_it(user: ApiUser) -> None:
    named = {"title": "Baker", "company": "Oven Street"}
    for sent in (a_resume(), {"work": [], "skills": []}, {"description": json.dumps(a_resume())}):
        answer = user.post("/api/v1/jobs", json=sent, query_string=named)
        assert answer.status_code == 400
        assert answer.get_json()["error"].startswith("This is a resume, not a posting: ")
    assert user.get("/api/v1/jobs").get_json()["meta"]["total"] == 0


@pytest.mark.parametrize("length", [LIMIT_BYTES + 1, 4 * LIMIT_BYTES])
def test_a_posting_over_its_limit_is_too_large(user: ApiUser, length: int) -> None:
    for method in (user.post, user.put):
        answer = method("/api/v1/jobs" + ("/1" if method == user.put else ""), json=a_job(description="x" * length))
        assert answer.status_code == 413
        assert answer.get_json()["code"] == "PAYLOAD_TOO_LARGE"


def test_the_largest_posting_is_stored_however_its_json_is_escaped(user: ApiUser) -> None:
    text = 'é"\\ ' * (LIMIT_BYTES // 5)
    assert len(store(user, a_job(description=text))["description"]) > LIMIT_BYTES // 2


def test_a_posting_is_replaced_and_keeps_its_id(user: ApiUser) -> None:
    job = store(user)
    answer = user.put(f"/api/v1/jobs/{job['uuid']}", json=SCHEMA_ORG)
    assert answer.status_code == 200
    replaced = answer.get_json()
    assert (replaced["id"], replaced["title"], replaced["url"]) == (job["id"], "Night Baker", "")
    assert replaced["updated_at"] > job["updated_at"]
    assert user.get(f"/api/v1/jobs/{job['id']}").get_json() == replaced


def test_single_fields_are_changed(user: ApiUser) -> None:
    job = store(user)
    changes = {"title": "Baker", "location": "", "description": "<ul><li>Bread<li>Buns</ul>"}
    changed = user.patch(f"/api/v1/jobs/{job['id']}", json=changes).get_json()
    assert (changed["title"], changed["location"], changed["company"]) == ("Baker", "", job["company"])
    assert changed["description"] == "- Bread\n- Buns"
    assert user.get(f"/api/v1/jobs/{job['id']}").get_json() == changed


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"company": "**"},
        {"url": "ftp://x"},
        {"description": "<p></p>"},
        {"uuid": "x"},
        {"title": None},
        {"location": 3},
    ],
)
def test_a_wrong_change_is_named(user: ApiUser, changes: dict[str, Any]) -> None:
    job = store(user)
    refused(user.patch(f"/api/v1/jobs/{job['id']}", json=changes), *changes)
    assert user.get(f"/api/v1/jobs/{job['id']}").get_json() == job


def test_a_description_read_back_and_sent_again_is_the_same(user: ApiUser) -> None:
    for path in sorted(SAMPLES.iterdir()):
        job = store(user, {"title": "T", "company": "C", "description": path.read_text()})
        again = user.put(
            f"/api/v1/jobs/{job['id']}",
            json={name: job[name] for name in ("title", "company", "location", "url", "description")},
        )
        assert again.get_json()["description"] == job["description"]


def test_a_deleted_posting_is_gone(app: Flask, user: ApiUser) -> None:
    job = store(user)
    answer = user.delete(f"/api/v1/jobs/{job['uuid']}")
    assert (answer.status_code, answer.get_json()["id"]) == (200, job["id"])
    assert user.get(f"/api/v1/jobs/{job['id']}").status_code == 404
    with app.app_context():
        assert db.session.get(JobPosting, job["id"]) is None


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared sample postings are not beside the project")
def test_every_real_posting_is_stored(user: ApiUser) -> None:
    paths = sorted(SHARED.glob("*"))
    for path in paths:
        kind = "text/html" if path.suffix == ".html" else "text/plain"
        company = {"company": "Company"} if "resume-matcher" in path.name else {}
        answer = user.post("/api/v1/jobs", data=path.read_bytes(), content_type=kind, query_string=company)
        assert answer.status_code == 201, (path.name, answer.text)
        assert "requirements" in {part["kind"] for part in answer.get_json()["parts"]}
    assert user.get("/api/v1/jobs").get_json()["meta"]["total"] == len(paths)
